//! Whether the reports on a task are verified as they are logged.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::store::self_verifications::SelfVerification;

/// What was decided for a task; two steps unless somebody said otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelfVerificationView {
    /// Id of the task.
    pub task: Id,
    /// Whether its reports are verified as they are logged.
    pub allowed: bool,
    /// Why, since something was decided.
    pub reason: Option<String>,
    /// User name of who decided.
    pub decided_by: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    /// How often it was decided.
    pub version: i32,
}

impl SelfVerificationView {
    /// What was decided, with the user name of who did.
    pub fn new(task: Id, decided: Option<SelfVerification>, author: Option<String>) -> Self {
        let Some(SelfVerification { allowed, reason, decided_at, version, .. }) = decided else {
            return Self { task, allowed: false, reason: None, decided_by: None, decided_at: None, version: 0 };
        };
        Self { task, allowed, reason: Some(reason), decided_by: author, decided_at: Some(decided_at.and_utc()), version }
    }
}
