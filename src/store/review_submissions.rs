//! What units hand in to review rounds: row after row, the latest counts.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{progress_reports, proposals, review_submissions};
use crate::domain::progress_reports::Verification;
use crate::domain::proposals::ProposalState;
use crate::domain::reviews::ReviewTexts;
use crate::domain::{Id, Origin};

/// What a unit handed in once.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_submissions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct ReviewSubmission {
    pub id: Id,
    pub review_id: Id,
    pub unit_id: Id,
    pub position: i64,
    /// Its place among those of its unit, from 1.
    pub revision: i32,
    pub results: Option<String>,
    pub obstacles: Option<String>,
    pub causes: Option<String>,
    pub lessons: Option<String>,
    pub proposals: Option<String>,
    /// Whether the focal office handed it in for the unit.
    pub on_behalf: bool,
    pub recorded_by: Option<Id>,
    pub verification: Verification,
    pub verified_by: Option<Id>,
    pub verified_at: Option<NaiveDateTime>,
    pub verification_reason: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

impl ReviewSubmission {
    /// What it says.
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

versioned!(review_submissions, ReviewSubmission);

/// What one unit handed in to a round, the latest first.
pub fn of_unit(conn: &mut Connection, review: Id, unit: Id) -> StoreResult<Vec<ReviewSubmission>> {
    review_submissions::table
        .filter(review_submissions::review_id.eq(review).and(review_submissions::unit_id.eq(unit)))
        .select(ReviewSubmission::as_select())
        .order(review_submissions::revision.desc())
        .load(conn)
}

/// What each unit handed in to a round last.
pub fn latest(conn: &mut Connection, review: Id) -> StoreResult<Vec<ReviewSubmission>> {
    let later = diesel::alias!(review_submissions as later);
    let of_same = later
        .filter(later.field(review_submissions::review_id).eq(review_submissions::review_id))
        .filter(later.field(review_submissions::unit_id).eq(review_submissions::unit_id))
        .filter(later.field(review_submissions::revision).gt(review_submissions::revision));
    review_submissions::table
        .filter(review_submissions::review_id.eq(review).and(diesel::dsl::not(diesel::dsl::exists(of_same))))
        .select(ReviewSubmission::as_select())
        .load(conn)
}

/// The units that have handed in to a round.
pub fn units(conn: &mut Connection, review: Id) -> StoreResult<Vec<Id>> {
    review_submissions::table.filter(review_submissions::review_id.eq(review)).select(review_submissions::unit_id).distinct().load(conn)
}

/// The obstacles that the latest reports on these tasks tell of, the latest first.
pub fn obstacles(conn: &mut Connection, tasks: &[Id]) -> StoreResult<Vec<(Id, String)>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<(Id, Option<String>, i64)>> {
        load_among!(
            conn,
            progress_reports::table.filter(progress_reports::verification.ne(Verification::Returned)).select((
                progress_reports::task_id,
                progress_reports::obstacles,
                progress_reports::position
            )),
            progress_reports::task_id,
            tasks
        )
    };
    let mut told = load(conn)?;
    told.sort_unstable_by_key(|(_, _, position)| std::cmp::Reverse(*position));
    let mut heard = HashSet::new();
    told.retain(|(task, _, _)| heard.insert(*task));
    Ok(told.into_iter().filter_map(|(task, obstacles, _)| Some((task, obstacles?))).collect())
}

/// What was proposed in reports on these tasks and nobody has answered, the latest first.
pub fn proposals(conn: &mut Connection, tasks: &[Id]) -> StoreResult<Vec<String>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<(String, i64, i32)>> {
        load_among!(
            conn,
            proposals::table.filter(proposals::state.eq(ProposalState::Open)).select((
                proposals::text,
                proposals::position,
                proposals::ordinal
            )),
            proposals::task_id,
            tasks
        )
    };
    let mut told = load(conn)?;
    told.sort_unstable_by_key(|(_, position, ordinal)| (std::cmp::Reverse(*position), *ordinal));
    Ok(told.into_iter().map(|(text, _, _)| text).collect())
}
