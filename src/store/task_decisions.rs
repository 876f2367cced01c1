//! Decisions about tasks.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::task_decisions;
use crate::domain::tasks::Decision;
use crate::domain::{Id, Origin};

/// One decision.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = task_decisions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct TaskDecision {
    pub id: Id,
    pub task_id: Id,
    pub position: i64,
    pub decision: Decision,
    pub reason: Option<String>,
    pub legal_basis: Option<String>,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &TaskDecision) -> StoreResult<()> {
    diesel::insert_into(task_decisions::table).values(row).execute(conn).map(drop)
}

/// The decisions about a task, oldest first.
pub fn of_task(conn: &mut Connection, task: Id) -> StoreResult<Vec<TaskDecision>> {
    task_decisions::table
        .filter(task_decisions::task_id.eq(task))
        .order(task_decisions::position)
        .select(TaskDecision::as_select())
        .load(conn)
}
