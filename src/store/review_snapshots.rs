//! Snapshots of the statistics a review stands on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::review_snapshots;
use crate::domain::Id;

/// One snapshot.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_snapshots, treat_none_as_null = true, treat_none_as_default_value = false)]
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

/// A page of the snapshots of a review, the newest first; `before` is time and id of the last one
/// of the page before.
pub fn of_review(conn: &mut Connection, review: Id, before: Option<(NaiveDateTime, Id)>, limit: i64) -> StoreResult<Vec<ReviewSnapshot>> {
    let mut query = review_snapshots::table
        .filter(review_snapshots::review_id.eq(review))
        .select(ReviewSnapshot::as_select())
        .order((review_snapshots::recorded_at.desc(), review_snapshots::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some((at, id)) = before {
        let same = review_snapshots::recorded_at.eq(at).and(review_snapshots::id.lt(id));
        query = query.filter(review_snapshots::recorded_at.lt(at).or(same));
    }
    query.load(conn)
}
