//! The light path (tự xác nhận): a task of low risk whose reports count as verified when they are logged.
//!
//! The monitoring unit gives that up for one task, with a reason, and may return such a report later.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// Whether the reports on a task are verified as they are logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"allowed": true, "reason": "Việc thường xuyên, ít rủi ro; kiểm tra theo đợt."}))]
pub struct SelfVerificationDraft {
    /// `true` for the light path, `false` for two steps.
    pub allowed: bool,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
}
