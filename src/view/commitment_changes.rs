//! Changes of commitments.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::commitment_changes::Changed;
use crate::domain::{Id, Origin};
use crate::store::commitment_changes::CommitmentChange;

/// A change of what a task is committed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentChangeView {
    pub id: Id,
    pub task: Id,
    /// What changed, from what to what.
    pub changes: Vec<Changed>,
    pub reason: String,
    pub legal_basis: Option<String>,
    pub approver: Option<String>,
    /// Id of the request it granted; `null` where nobody had asked.
    pub request: Option<Id>,
    /// User name of who had asked.
    pub requested_by: Option<String>,
    /// User name of who recorded it.
    pub recorded_by: Option<String>,
    pub origin: Origin,
    pub recorded_at: DateTime<Utc>,
}

impl CommitmentChangeView {
    /// A change, who recorded it, and the request it granted with the user name of who had asked.
    pub fn new(row: CommitmentChange, author: Option<String>, request: Option<(Id, Option<String>)>) -> Self {
        let CommitmentChange { id, task_id, position: _, changes, reason, legal_basis, approver, recorded_by: _, origin, recorded_at } =
            row;
        let changes = super::kept("commitment_changes.changes", &changes);
        let recorded_at = recorded_at.and_utc();
        let (request, requested_by) = request.map_or((None, None), |(id, by)| (Some(id), by));
        let task = task_id;
        Self { id, task, changes, reason, legal_basis, approver, request, requested_by, recorded_by: author, origin, recorded_at }
    }
}

/// The changes of a task's commitments, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentChangesView {
    pub items: Vec<CommitmentChangeView>,
}
