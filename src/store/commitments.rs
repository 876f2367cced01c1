//! Commitments with the time they were recorded, so that the past can be read.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::commitments;
use crate::domain::Id;

/// What a task was committed to, from one position on.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commitments, treat_none_as_null = true)]
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
