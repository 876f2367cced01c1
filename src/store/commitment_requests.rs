//! Requests to change commitments.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::task_rows::{TaskRows, seen_by};
use crate::db::Connection;
use crate::db::schema::{commitment_requests, tasks};
use crate::domain::commitment_requests::RequestState;
use crate::domain::{Id, Origin};

/// One request.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commitment_requests, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct CommitmentRequest {
    pub id: Id,
    pub task_id: Id,
    pub position: i64,
    /// The unit that asks: the one that answered for the task.
    pub unit_id: Id,
    /// What is asked for, as it was sent.
    pub asked: String,
    /// From what to what, when it was asked.
    pub changes: String,
    pub reason: String,
    pub legal_basis: Option<String>,
    pub state: RequestState,
    pub requested_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
    pub decided_by: Option<Id>,
    pub decided_at: Option<NaiveDateTime>,
    pub decision_reason: Option<String>,
    pub change_id: Option<Id>,
    pub version: i32,
}

versioned!(commitment_requests, CommitmentRequest);

/// Which requests a list asks for.
#[derive(Debug, Clone, Default)]
pub struct RequestFilter {
    pub task_id: Option<Id>,
    pub unit_id: Option<Id>,
    pub state: Option<RequestState>,
    /// Position of the last request of the page before.
    pub before: Option<i64>,
    pub limit: i64,
}

/// A page of requests on tasks that the reader sees, newest first; on voided tasks only when one is
/// asked for by itself.
pub fn list(conn: &mut Connection, rows: &TaskRows, filter: &RequestFilter) -> StoreResult<Vec<CommitmentRequest>> {
    let mut query = commitment_requests::table
        .inner_join(tasks::table)
        .filter(seen_by!(rows))
        .select(CommitmentRequest::as_select())
        .order(commitment_requests::position.desc())
        .limit(filter.limit)
        .into_boxed();
    query = match filter.task_id {
        Some(task) => query.filter(commitment_requests::task_id.eq(task)),
        None => query.filter(tasks::voided_at.is_null()),
    };
    if let Some(unit) = filter.unit_id {
        query = query.filter(commitment_requests::unit_id.eq(unit));
    }
    if let Some(state) = filter.state {
        query = query.filter(commitment_requests::state.eq(state));
    }
    if let Some(position) = filter.before {
        query = query.filter(commitment_requests::position.lt(position));
    }
    query.load(conn)
}

/// Whether the same is asked for already, and waits.
pub fn waits(conn: &mut Connection, task: Id, asked: &str) -> StoreResult<bool> {
    let same = commitment_requests::table
        .filter(commitment_requests::task_id.eq(task))
        .filter(commitment_requests::state.eq(RequestState::Open))
        .filter(commitment_requests::changes.eq(asked));
    same.select(commitment_requests::id).first::<Id>(conn).optional().map(|found| found.is_some())
}

/// The request that each of these changes granted, with who had asked.
pub fn granted_by(conn: &mut Connection, changes: &[Id]) -> StoreResult<Vec<(Id, Id, Option<Id>)>> {
    commitment_requests::table
        .filter(commitment_requests::change_id.assume_not_null().eq_any(changes.to_vec()))
        .filter(commitment_requests::change_id.is_not_null())
        .select((commitment_requests::change_id.assume_not_null(), commitment_requests::id, commitment_requests::requested_by))
        .load(conn)
}
