//! Snapshots of the statistics a review stands on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::review_snapshots;
use crate::domain::Id;

/// One snapshot.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_snapshots, treat_none_as_null = true)]
pub struct ReviewSnapshot {
    pub id: Id,
    pub review_id: Id,
    pub as_of: NaiveDate,
    pub position: i64,
    pub statistics: String,
    pub recorded_by: Id,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &ReviewSnapshot) -> StoreResult<()> {
    diesel::insert_into(review_snapshots::table).values(row).execute(conn).map(drop)
}
