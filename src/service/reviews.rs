//! Review rounds: when they are due, which units owe them a report, and the statistics kept for
//! them. They are planned with their resolution, or thematic programme.

use chrono::NaiveDateTime;

use crate::db::Connection;
use crate::domain::dashboards::{Basis, Totals};
use crate::domain::reviews::{ReviewAction, ReviewPartsQuery, ReviewQuery, Statistics, StatisticsUnit, SubmissionState, UnitStatistics};
use crate::domain::roll_up::FORMULA_VERSION;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::store;
use crate::store::areas::Area;
use crate::store::dashboards::LineUnit;
use crate::store::names;
use crate::store::review_rounds::{ReviewFilter, ReviewRound};
use crate::store::review_snapshots::ReviewSnapshot;

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::dashboards::{DocumentTotals, totals_of_document};
use super::journal::{self, Happening};
use super::lookup;
use super::paging::{Page, PageRequest};

/// A page of review rounds, the earliest due first.
///
/// # Errors
/// `invalid_parameter`, also for a resolution that is none of the reader's roots.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: ReviewQuery) -> AppResult<Page<ReviewRound>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let roots = store::documents::root_ids(conn, &permit.actor().roots())?;
    if let Some(id) = query.resolution {
        let known = store::resolutions::find(conn, id)?.filter(|resolution| roots.contains(&resolution.root_id));
        lookup::parameter("resolution", id, lookup::found(Ok(known)))?;
    }
    if let Some(id) = query.programme {
        let known = store::programmes::find(conn, id)?.filter(|programme| roots.contains(&programme.root_id));
        lookup::parameter("programme", id, lookup::found(Ok(known)))?;
    }
    let filter = ReviewFilter {
        roots,
        resolution_id: query.resolution,
        programme_id: query.programme,
        state: query.state,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    page.page(store::review_rounds::list(conn, &filter)?, |round| (round.due_on, round.id))
}

/// A review round.
///
/// # Errors
/// `not_found`, also for rounds of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<ReviewRound> {
    Ok(Reviewed::find(conn, permit, id)?.round)
}

/// The report that a unit owes a review round: each unit that leads counted work of the resolution
/// owes one.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The round.
    pub round: ReviewRound,
    /// The unit that owes it.
    pub unit: LineUnit,
    /// Where it stands.
    pub state: SubmissionState,
    /// What the unit leads itself of the resolution, today.
    pub totals: Totals,
}

/// A page of the reports owed to a round, in Vietnamese order of the units' names; reporters see
/// those of their own units.
///
/// # Errors
/// `invalid_parameter`; `not_found`.
pub fn submissions(
    conn: &mut Connection,
    permit: &Permit<ReadWork>,
    id: Id,
    query: ReviewPartsQuery,
    at: &Moment,
) -> AppResult<Page<Submission>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let (limit, after) = (usize::try_from(page.limit()?).unwrap_or(usize::MAX), page.after::<Id>()?);
    let Reviewed { round, document, root } = Reviewed::find(conn, permit, id)?;
    let mut counted = totals_of_document(conn, document, root.id, at)?;
    let state = SubmissionState::on(at.today(), round.due_on);
    let mut units = store::dashboards::units(conn, &[root.path])?;
    if let Some(last) = after {
        // The last one shown may owe nothing any more; it still has its place in the order.
        let begin = units.iter().position(|unit| unit.id == last).map_or(0, |i| i + 1);
        units.drain(..begin);
    }
    let owing = units.into_iter().filter_map(|unit| {
        let totals = counted.by_unit.remove(&unit.id).filter(|_| permit.covers_unit(&unit.path, &unit.area_path))?;
        Some(Submission { round: round.clone(), unit, state, totals })
    });
    page.page(owing.take(limit + 1).collect(), |submission| submission.unit.id)
}

/// A page of the snapshots kept for a round, the newest first.
///
/// # Errors
/// `invalid_parameter`; `not_found`.
pub fn snapshots(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, query: ReviewPartsQuery) -> AppResult<Page<ReviewSnapshot>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let (limit, after) = (page.limit()?, page.after::<(NaiveDateTime, Id)>()?);
    let round = Reviewed::find(conn, permit, id)?.round;
    let rows = store::review_snapshots::of_review(conn, round.id, after, limit + 1)?;
    page.page(rows, |snapshot| (snapshot.recorded_at, snapshot.id))
}

/// A review round with the document it looks back on.
#[derive(Debug, Clone)]
pub struct Reviewed {
    round: ReviewRound,
    /// The resolution or programme.
    document: Id,
    root: Area,
}

impl Reviewed {
    fn find<R: Right>(conn: &mut Connection, permit: &Permit<R>, id: Id) -> AppResult<Self> {
        let round = lookup::found(store::review_rounds::find(conn, id))?;
        let document = names::document(round.resolution_id, round.programme_id);
        let found = lookup::found(document.map_or(Ok(None), |document| store::documents::find(conn, document)))?;
        let root = lookup::found(store::areas::find(conn, found.root_id))?;
        permit.require_root(&root.path)?;
        Ok(Self { round, document: found.document.id(), root })
    }
}

/// The round, if the statistics of today may be kept for it.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` once it is frozen.
pub fn to_snapshot(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Reviewed> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    permit.require_area(&reviewed.root.path)?;
    let allowed = reviewed.round.state.allowed_actions();
    if allowed.contains(&ReviewAction::Snapshot) { Ok(reviewed) } else { Err(AppError::illegal_state(allowed)) }
}

/// Keeps the task statistics of today: of each unit that leads counted work, and in total.
///
/// # Errors
/// The database's.
pub fn take_snapshot(conn: &mut Connection, permit: &Permit<WriteWork>, reviewed: &Reviewed, at: &Moment) -> AppResult<ReviewSnapshot> {
    // With the place in the journal taken, nobody else's change can come between the numbers and
    // the position they are said to stand at.
    let seat = journal::reserve(conn)?;
    let counted = totals_of_document(conn, reviewed.document, reviewed.root.id, at)?;
    let units = store::dashboards::units(conn, std::slice::from_ref(&reviewed.root.path))?;
    let statistics = statistics(counted, units);
    let snapshot = ReviewSnapshot {
        id: at.new_id(),
        review_id: reviewed.round.id,
        as_of: at.today(),
        position: seat.position() - 1,
        statistics: serde_json::to_string(&statistics).map_err(AppError::internal)?,
        recorded_by: permit.actor().user_id,
        recorded_at: at.recorded_at(),
    };
    store::review_snapshots::insert(conn, &snapshot)?;
    let happening = Happening::created("review.snapshot_taken", "review_snapshot", snapshot.id, &statistics);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(snapshot)
}

fn statistics(mut counted: DocumentTotals, units: Vec<LineUnit>) -> Statistics {
    let line = |unit: LineUnit| {
        let totals = counted.by_unit.remove(&unit.id)?;
        let LineUnit { id, code, name, kind, valid_to, .. } = unit;
        Some(UnitStatistics { unit: StatisticsUnit { id, code, name, kind, valid_to }, totals })
    };
    Statistics {
        basis: Basis::AsAssigned,
        formula_version: FORMULA_VERSION,
        illustrative: counted.illustrative,
        units: units.into_iter().filter_map(line).collect(),
        total: counted.total,
    }
}
