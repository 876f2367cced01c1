//! Contributions (kết quả phối hợp): what a coordinating unit did for a task. They move neither percent nor state.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::Reference;

/// What a coordinating unit says it did. It is never changed: a new one corrects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"result": "Đã góp ý dự thảo kế hoạch, phần kinh phí.", "measured_on": "2023-09-30"}))]
pub struct TaskContributionDraft {
    /// The coordinating unit it speaks for; needed where the caller speaks for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
    /// What was done, in words.
    #[schema(min_length = 1, max_length = 10000)]
    #[validate(length(min = 1, max = 10000))]
    pub result: String,
    /// The day it speaks of.
    #[schema(example = "2023-09-30")]
    pub measured_on: NaiveDate,
}

/// Which contributions to a task a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskContributionQuery {
    /// Only those of this unit (id or code).
    pub unit: Option<Reference>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
