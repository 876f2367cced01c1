//! Fields of work (lĩnh vực): a dimension of every task, the same in the whole deployment.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::forms;

/// What is said of a field when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct FieldDraft {
    /// Stable code, unique in the deployment; cannot be changed later.
    #[schema(example = "xay-dung-dang", min_length = 2, max_length = 80, pattern = "^[a-z0-9-]+$")]
    #[validate(custom(function = forms::code))]
    pub code: String,
    /// Name.
    #[schema(example = "Xây dựng Đảng", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Place in the list.
    #[schema(example = 3, minimum = 1, maximum = 10000)]
    #[validate(range(min = 1, max = 10000))]
    pub ordinal: i32,
}

/// What a list of fields may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FieldQuery {
    /// Only the field with this code.
    #[param(example = "xay-dung-dang")]
    pub code: Option<String>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
