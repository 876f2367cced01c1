//! Deadlines: words and reading.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::deadlines;
use crate::domain::Id;
use crate::domain::deadline::DeadlineKind;
use crate::domain::deadline::DeadlinePrecision;

/// One deadline of a task.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deadlines, treat_none_as_null = true)]
pub struct DeadlineRow {
    pub id: Id,
    pub task_id: Id,
    pub text: String,
    pub reference_date: Option<NaiveDate>,
    pub kind: DeadlineKind,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub precision: Option<DeadlinePrecision>,
    pub recurrence: Option<String>,
    pub binding: bool,
    pub fuzzy: bool,
    pub milestones: String,
    pub parser_version: i32,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &DeadlineRow) -> StoreResult<()> {
    diesel::insert_into(deadlines::table).values(row).execute(conn).map(drop)
}
