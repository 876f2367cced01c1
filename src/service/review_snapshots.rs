//! Snapshots of a review round: the task statistics of its document as they were on a day.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use serde_json::Value;

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

/// A page of the snapshots kept for a round, the newest first; reporters see the lines of their own units, and no total.
///
/// # Errors
/// `invalid_parameter`; `not_found`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, query: ReviewPartsQuery) -> AppResult<Page<ReviewSnapshot>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let (limit, after) = (page.limit()?, page.after::<(NaiveDateTime, Id)>()?);
    let reviewed = Reviewed::find(conn, permit, id)?;
    let rows = store::review_snapshots::of_review(conn, reviewed.round.id, after, limit + 1)?;
    let found = page.page(rows, |snapshot| (snapshot.recorded_at, snapshot.id))?;
    if permit.covers_area(&reviewed.root.path) {
        return Ok(found);
    }
    let units = store::dashboards::units(conn, std::slice::from_ref(&reviewed.root.path))?;
    let own = units.iter().filter(|unit| permit.covers_unit(&unit.path, &unit.area_path));
    let own: HashSet<String> = own.map(|unit| unit.id.to_string()).collect();
    let items = found.items.into_iter().map(|snapshot| narrowed(snapshot, &own)).collect::<AppResult<Vec<_>>>()?;
    Ok(Page { items, next: found.next })
}

/// A snapshot with the lines of these units alone, and without the total.
fn narrowed(snapshot: ReviewSnapshot, units: &HashSet<String>) -> AppResult<ReviewSnapshot> {
    let mut statistics: Value = serde_json::from_str(&snapshot.statistics).map_err(AppError::internal)?;
    let shown = |line: &Value| line.pointer("/unit/id").and_then(Value::as_str).is_some_and(|id| units.contains(id));
    if let Some(lines) = statistics.get_mut("units").and_then(Value::as_array_mut) {
        lines.retain(shown);
    }
    if let Some(total) = statistics.get_mut("total") {
        *total = Value::Null;
    }
    Ok(ReviewSnapshot { statistics: statistics.to_string(), ..snapshot })
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
        total: Some(counted.total),
    }
}
