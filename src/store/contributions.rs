//! What coordinating units did for tasks.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::contributions;
use crate::domain::{Id, Origin};

/// One contribution.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = contributions)]
pub struct Contribution {
    pub id: Id,
    pub task_id: Id,
    pub position: i64,
    pub unit_id: Id,
    pub result: String,
    pub measured_on: NaiveDate,
    /// Whether the focal office wrote it for the unit.
    pub on_behalf: bool,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &Contribution) -> StoreResult<()> {
    diesel::insert_into(contributions::table).values(row).execute(conn).map(drop)
}

/// Which contributions a list asks for.
#[derive(Debug, Clone)]
pub struct ContributionFilter {
    pub task_id: Id,
    pub unit_id: Option<Id>,
    /// Position of the last one of the page before.
    pub before: Option<i64>,
    pub limit: i64,
}

/// A page of contributions to a task, newest first.
pub fn list(conn: &mut Connection, filter: &ContributionFilter) -> StoreResult<Vec<Contribution>> {
    let mut query = contributions::table
        .filter(contributions::task_id.eq(filter.task_id))
        .select(Contribution::as_select())
        .order(contributions::position.desc())
        .limit(filter.limit)
        .into_boxed();
    if let Some(unit) = filter.unit_id {
        query = query.filter(contributions::unit_id.eq(unit));
    }
    if let Some(position) = filter.before {
        query = query.filter(contributions::position.lt(position));
    }
    query.load(conn)
}
