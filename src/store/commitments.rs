//! Commitments with the time they were recorded, so that the past can be read.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::deadlines::DeadlineRow;
use crate::db::Connection;
use crate::db::schema::{commitments, deadlines};
use crate::domain::Id;

/// What a task was committed to, from one position on.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commitments, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Commitment {
    pub id: Id,
    pub task_id: Id,
    pub position: i64,
    pub change_id: Option<Id>,
    pub deadline_id: Option<Id>,
    pub lead_unit_id: Id,
    pub weight: i32,
    pub scope: Option<String>,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &Commitment) -> StoreResult<()> {
    diesel::insert_into(commitments::table).values(row).execute(conn).map(drop)
}

/// The commitments of a task, oldest first, each with its deadline.
pub fn of_task(conn: &mut Connection, task: Id) -> StoreResult<Vec<(Commitment, Option<DeadlineRow>)>> {
    commitments::table
        .left_join(deadlines::table)
        .filter(commitments::task_id.eq(task))
        .order(commitments::position)
        .select((Commitment::as_select(), Option::<DeadlineRow>::as_select()))
        .load(conn)
}

/// The deadline each of these tasks was issued with.
pub fn original_deadlines(conn: &mut Connection, tasks: &[Id]) -> StoreResult<Vec<(Id, DeadlineRow)>> {
    let originals = commitments::table
        .inner_join(deadlines::table)
        .filter(commitments::change_id.is_null())
        .select((commitments::task_id, DeadlineRow::as_select()));
    load_among!(conn, originals, commitments::task_id, tasks)
}
