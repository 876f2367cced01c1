//! Good practices (mô hình mới, cách làm hay): what a unit does that others may learn from.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::documents;
use super::partial_date::PartialDate;
use super::{Id, Reference};

/// What is said of a good practice when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GoodPracticeDraft {
    /// Its name.
    #[schema(example = "Ngày thứ sáu tuần cuối tháng nghe dân nói", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub title: String,
    /// What is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 5000)]
    #[validate(length(min = 1, max = 5000))]
    pub description: Option<String>,
    /// The unit whose practice it is; of the same province later as well.
    pub owner_unit: Reference,
    /// The programme it grew from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// How often it happens, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Ngày thứ sáu tuần cuối tháng", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub recurring: Option<String>,
    /// Since when, as it is written.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "documents::words_of")]
    #[schema(schema_with = documents::written_date_schema)]
    #[validate(custom(function = documents::written_date))]
    pub since: Option<PartialDate>,
    /// Where what is said here comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub source: Option<String>,
}

/// What a list of good practices may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GoodPracticeQuery {
    /// Only those of this programme (id).
    pub programme: Option<Id>,
    /// Only those of this unit itself (id or code).
    pub owner_unit: Option<Reference>,
    /// Also those that were voided.
    #[serde(default)]
    pub voided: bool,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
