//! Changes of commitments (điều chỉnh, gia hạn): the only way deadline, weight, scope or lead unit
//! of an issued task change.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Reference;
use super::task_drafts::DeadlineDraft;

/// What shall change; what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"deadline": {"text": "chậm nhất ngày 31/12/2021"}, "reason": "Bổ sung nội dung theo ý kiến Ban Thường vụ.", "legal_basis": "159-KL/TU"}))]
pub struct CommitmentChangeDraft {
    /// The new deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub deadline: Option<DeadlineDraft>,
    /// The new weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    #[validate(range(min = 1, max = 1000))]
    pub weight: Option<i32>,
    /// The new scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub scope: Option<String>,
    /// The new lead unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit: Option<Reference>,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
    /// On what basis (căn cứ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub legal_basis: Option<String>,
    /// Who approved it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Thường trực Tỉnh ủy", max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub approver: Option<String>,
}

/// One thing that changed, with how it was and is, as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Changed {
    /// `deadline`, `weight`, `scope` or `lead_unit`.
    #[schema(example = "deadline")]
    pub field: String,
    /// As it was; `null` if there was none.
    #[schema(example = "trong quý III-2021")]
    pub from: Option<String>,
    /// As it is.
    #[schema(example = "chậm nhất ngày 31/12/2021")]
    pub to: Option<String>,
}
