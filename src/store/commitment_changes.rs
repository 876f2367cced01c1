//! Changes of commitments.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::commitment_changes;
use crate::domain::{Id, Origin};

/// One change.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commitment_changes, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct CommitmentChange {
    pub id: Id,
    pub task_id: Id,
    pub position: i64,
    pub changes: String,
    pub reason: String,
    pub legal_basis: Option<String>,
    pub approver: Option<String>,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &CommitmentChange) -> StoreResult<()> {
    diesel::insert_into(commitment_changes::table).values(row).execute(conn).map(drop)
}

/// The changes of a task's commitments, oldest first.
pub fn of_task(conn: &mut Connection, task: Id) -> StoreResult<Vec<CommitmentChange>> {
    commitment_changes::table
        .filter(commitment_changes::task_id.eq(task))
        .order(commitment_changes::position)
        .select(CommitmentChange::as_select())
        .load(conn)
}
