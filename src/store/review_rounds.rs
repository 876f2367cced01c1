//! Review rounds.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

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
