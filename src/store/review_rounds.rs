//! Review rounds.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{programmes, resolutions, review_rounds};
use crate::domain::Id;
use crate::domain::reviews::{ReviewKind, ReviewState, ReviewTexts};
use crate::domain::targets::{KeptBound, MidTermScale};

/// One round.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_rounds, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct ReviewRound {
    pub id: Id,
    pub resolution_id: Option<Id>,
    pub kind: ReviewKind,
    pub title: String,
    pub anchor_on: NaiveDate,
    pub due_on: NaiveDate,
    pub state: ReviewState,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    pub programme_id: Option<Id>,
    /// Of a yearly round the year it speaks of.
    pub year: Option<i32>,
    pub kept_bound: KeptBound,
    pub scale: Option<MidTermScale>,
    pub period: Option<String>,
    pub claimed_score: Option<String>,
    pub results: Option<String>,
    pub obstacles: Option<String>,
    pub causes: Option<String>,
    pub lessons: Option<String>,
    pub proposals: Option<String>,
}

impl ReviewRound {
    /// Whether its document has a beginning its years are counted from; if not, it is counted from the day it is due.
    pub fn has_anchor(&self) -> bool {
        self.anchor_on != self.due_on
    }

    /// What the focal office says.
    pub fn texts(&self) -> ReviewTexts {
        ReviewTexts {
            results: self.results.clone(),
            obstacles: self.obstacles.clone(),
            causes: self.causes.clone(),
            lessons: self.lessons.clone(),
            proposals: self.proposals.clone(),
        }
    }
}

versioned!(review_rounds, ReviewRound);

/// Which rounds a list asks for.
#[derive(Debug, Default, Clone)]
pub struct ReviewFilter {
    /// Root areas the reader may see.
    pub roots: Vec<Id>,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub state: Option<ReviewState>,
    /// Due date and id of the last round of the page before.
    pub after: Option<(NaiveDate, Id)>,
    pub limit: i64,
}

/// A page of rounds, the earliest due first.
pub fn list(conn: &mut Connection, filter: &ReviewFilter) -> StoreResult<Vec<ReviewRound>> {
    let mut query = review_rounds::table
        .left_join(resolutions::table)
        .left_join(programmes::table)
        .filter(resolutions::root_id.eq_any(filter.roots.clone()).or(programmes::root_id.eq_any(filter.roots.clone())))
        .select(ReviewRound::as_select())
        .order((review_rounds::due_on, review_rounds::id))
        .limit(filter.limit)
        .into_boxed();
    if let Some(resolution) = filter.resolution_id {
        query = query.filter(review_rounds::resolution_id.eq(resolution));
    }
    if let Some(programme) = filter.programme_id {
        query = query.filter(review_rounds::programme_id.eq(programme));
    }
    if let Some(state) = filter.state {
        query = query.filter(review_rounds::state.eq(state));
    }
    if let Some((day, id)) = filter.after {
        query = query.filter(review_rounds::due_on.gt(day).or(review_rounds::due_on.eq(day).and(review_rounds::id.gt(id))));
    }
    query.load(conn)
}

/// Which of these rounds look back on documents of these root areas.
pub fn within(conn: &mut Connection, rounds: &[Id], roots: &[Id]) -> StoreResult<Vec<Id>> {
    review_rounds::table
        .left_join(resolutions::table)
        .left_join(programmes::table)
        .filter(review_rounds::id.eq_any(rounds.to_vec()))
        .filter(resolutions::root_id.eq_any(roots.to_vec()).or(programmes::root_id.eq_any(roots.to_vec())))
        .select(review_rounds::id)
        .load(conn)
}

/// The rounds of a resolution or programme, the earliest first.
pub fn of_document(conn: &mut Connection, document: Id) -> StoreResult<Vec<ReviewRound>> {
    review_rounds::table
        .filter(review_rounds::resolution_id.eq(document).or(review_rounds::programme_id.eq(document)))
        .select(ReviewRound::as_select())
        .order((review_rounds::due_on, review_rounds::id))
        .load(conn)
}
