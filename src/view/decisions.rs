//! Decisions about tasks.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::tasks::{Decision, Lifecycle, TaskAction};
use crate::domain::{Id, Origin};
use crate::store::task_decisions::TaskDecision;

/// A decision about a task.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionView {
    pub id: Id,
    pub task: Id,
    pub decision: Decision,
    pub reason: Option<String>,
    pub legal_basis: Option<String>,
    /// User name of who decided.
    pub recorded_by: Option<String>,
    pub origin: Origin,
    pub recorded_at: DateTime<Utc>,
}

impl DecisionView {
    /// A decision, and who made it.
    pub fn new(row: TaskDecision, author: Option<String>) -> Self {
        let TaskDecision { id, task_id, position: _, decision, reason, legal_basis, recorded_by: _, origin, recorded_at } = row;
        Self { id, task: task_id, decision, reason, legal_basis, recorded_by: author, origin, recorded_at: recorded_at.and_utc() }
    }
}

/// A decision just made, with how the task stands now.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionOutcome {
    #[serde(flatten)]
    pub decision: DecisionView,
    pub lifecycle: Lifecycle,
    pub allowed_actions: Vec<TaskAction>,
}

/// The decisions about a task, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionsView {
    pub items: Vec<DecisionView>,
}
