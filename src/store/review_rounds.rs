//! Review rounds.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::review_rounds;
use crate::domain::Id;
use crate::domain::reviews::ReviewKind;
use crate::domain::reviews::ReviewState;

/// One round.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_rounds, treat_none_as_null = true)]
pub struct ReviewRound {
    pub id: Id,
    pub resolution_id: Id,
    pub kind: ReviewKind,
    pub title: String,
    pub anchor_on: NaiveDate,
    pub due_on: NaiveDate,
    pub state: ReviewState,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(review_rounds, ReviewRound);

/// The rounds of a resolution, the earliest first.
pub fn of_resolution(conn: &mut Connection, resolution: Id) -> StoreResult<Vec<ReviewRound>> {
    review_rounds::table
        .filter(review_rounds::resolution_id.eq(resolution))
        .select(ReviewRound::as_select())
        .order((review_rounds::due_on, review_rounds::id))
        .load(conn)
}
