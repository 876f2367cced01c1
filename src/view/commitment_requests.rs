//! Requests to change commitments.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::progress_reports::TaskRef;
use super::units::UnitRef;
use crate::domain::commitment_changes::Changed;
use crate::domain::commitment_requests::{RequestAction, RequestState};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin};
use crate::store::commitment_requests::CommitmentRequest;
use crate::store::tasks::Task;
use crate::store::units::Unit;

/// A request to change what a task is committed to (đề nghị điều chỉnh, gia hạn).
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentRequestView {
    pub id: Id,
    pub task: TaskRef,
    /// The unit that asks.
    pub unit: UnitRef,
    /// What is asked for: from what to what, as it stood when it was asked.
    pub changes: Vec<Changed>,
    pub reason: String,
    pub legal_basis: Option<String>,
    pub state: RequestState,
    /// User name of who asked.
    pub requested_by: Option<String>,
    pub requested_at: DateTime<Utc>,
    pub origin: Origin,
    /// How it was decided, or withdrawn; `null` while it is open.
    pub decision: Option<RequestDecisionView>,
    /// What the reader may do with it now.
    pub allowed_actions: Vec<RequestAction>,
    pub version: i32,
}

/// How a request ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestDecisionView {
    /// User name of who decided, or withdrew it.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
    pub reason: Option<String>,
    /// Id of the change of commitments it led to.
    pub change: Option<Id>,
}

impl CommitmentRequestView {
    /// A request on `task` by `unit`, with the user names of who asked and who decided.
    pub fn new(
        row: CommitmentRequest,
        task: Task,
        unit: &Unit,
        (author, decider): (Option<String>, Option<String>),
        allowed_actions: Vec<RequestAction>,
    ) -> Self {
        let decision = row.decided_at.map(|at| RequestDecisionView {
            by: decider,
            at: at.and_utc(),
            reason: row.decision_reason,
            change: row.change_id,
        });
        Self {
            id: row.id,
            task: TaskRef { id: task.id, title: Some(task.title).filter(|_| task.secrecy == Secrecy::None) },
            unit: UnitRef::from(unit),
            changes: super::kept("commitment_requests.changes", &row.changes),
            reason: row.reason,
            legal_basis: row.legal_basis,
            state: row.state,
            requested_by: author,
            requested_at: row.recorded_at.and_utc(),
            origin: row.origin,
            decision,
            allowed_actions,
            version: row.version,
        }
    }
}
