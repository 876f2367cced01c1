//! Snapshots of a review round: the task statistics of its document as they were on a day.

use chrono::NaiveDateTime;

use crate::db::Connection;
use crate::domain::dashboards::Basis;
use crate::domain::review_snapshots::{Statistics, StatisticsUnit, UnitStatistics};
use crate::domain::reviews::{ReviewAction, ReviewPartsQuery};
use crate::domain::roll_up::FORMULA_VERSION;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::review_snapshots::ReviewSnapshot;

use super::access::{Permit, ReadWork, WriteWork};
use super::dashboards::{DocumentTotals, totals_of_document};
use super::journal::{self, Happening};
use super::paging::{Page, PageRequest};
use super::reviews::Reviewed;

/// A page of the snapshots kept for a round, the newest first.
///
/// # Errors
/// `invalid_parameter`; `not_found`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, query: ReviewPartsQuery) -> AppResult<Page<ReviewSnapshot>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let (limit, after) = (page.limit()?, page.after::<(NaiveDateTime, Id)>()?);
    let round = Reviewed::find(conn, permit, id)?.round;
    let rows = store::review_snapshots::of_review(conn, round.id, after, limit + 1)?;
    page.page(rows, |snapshot| (snapshot.recorded_at, snapshot.id))
}

/// The round, if the statistics of today may be kept for it.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` once it is frozen.
pub fn target(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Reviewed> {
    Reviewed::to(ReviewAction::Snapshot, conn, permit, id)
}

/// Keeps the task statistics of today: of each unit that leads counted work, and in total.
///
/// # Errors
/// The database's.
pub fn take(conn: &mut Connection, permit: &Permit<WriteWork>, reviewed: &Reviewed, at: &Moment) -> AppResult<ReviewSnapshot> {
    // With the place in the journal taken, nobody else's change can come between the numbers and
    // the position they are said to stand at.
    let seat = journal::reserve(conn)?;
    let counted = totals_of_document(conn, reviewed.document_id(), reviewed.root.id, at)?;
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
