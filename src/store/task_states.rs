//! States of tasks: hot, moved by reports.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::task_states;
use crate::domain::tasks::Lifecycle;
use crate::domain::{Id, Percent};

/// The state of one task.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = task_states, treat_none_as_null = true, primary_key(task_id))]
pub struct TaskStateRow {
    pub task_id: Id,
    pub deadline_id: Option<Id>,
    pub due_on: Option<NaiveDate>,
    pub lifecycle: Lifecycle,
    pub confirmed: bool,
    pub completed_on: Option<NaiveDate>,
    pub claimed: Option<Percent>,
    pub verified: Option<Percent>,
    pub reported: bool,
    pub has_verified: bool,
    pub waiting: i32,
    pub last_reported_at: Option<NaiveDateTime>,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &TaskStateRow) -> StoreResult<()> {
    diesel::insert_into(task_states::table).values(row).execute(conn).map(drop)
}
