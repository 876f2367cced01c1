//! Decisions about tasks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::tasks::Decision;

/// A decision about a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"decision": "suspend", "reason": "Chờ quy hoạch tỉnh được phê duyệt.", "legal_basis": "Thông báo kết luận của Thường trực Tỉnh ủy"}))]
pub struct DecisionDraft {
    /// What is decided.
    pub decision: Decision,
    /// Why; needed for everything but `issue`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
    /// On what basis (căn cứ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub legal_basis: Option<String>,
}
