//! Proposals that units make in their reports.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::task_rows::{TaskRows, seen_by, told_to};
use crate::db::Connection;
use crate::db::schema::{proposals, tasks};
use crate::domain::proposals::ProposalState;
use crate::domain::{Id, Origin};

/// One proposal.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = proposals, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Proposal {
    pub id: Id,
    pub report_id: Id,
    pub task_id: Id,
    /// That of the report.
    pub position: i64,
    /// Its place among those of the report, from 1.
    pub ordinal: i32,
    /// The unit that asks.
    pub unit_id: Id,
    /// The authority that is asked.
    pub to_unit_id: Id,
    pub text: String,
    pub state: ProposalState,
    /// The answer; why it was withdrawn.
    pub answer: Option<String>,
    pub answer_post_id: Option<Id>,
    /// The day of the answer.
    pub answered_on: Option<NaiveDate>,
    pub decided_by: Option<Id>,
    pub decided_at: Option<NaiveDateTime>,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
    pub version: i32,
}

versioned!(proposals, Proposal);

/// The proposals of these reports, in their order.
pub fn of_reports(conn: &mut Connection, reports: &[Id]) -> StoreResult<Vec<Proposal>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<Proposal>> {
        load_among!(conn, proposals::table.select(Proposal::as_select()), proposals::report_id, reports)
    };
    let mut found = load(conn)?;
    found.sort_by_key(|proposal| (proposal.position, proposal.ordinal));
    Ok(found)
}

/// Which proposals a list asks for.
#[derive(Debug, Clone, Default)]
pub struct ProposalFilter {
    pub unit_id: Option<Id>,
    pub to_unit_id: Option<Id>,
    pub state: Option<ProposalState>,
    /// Position and place of the last proposal of the page before.
    pub before: Option<(i64, i32)>,
    pub limit: i64,
}

/// A page of proposals in reports on tasks that the reader sees, or to units the reader reads, newest first;
/// none on voided tasks.
pub fn list(conn: &mut Connection, rows: &TaskRows, filter: &ProposalFilter) -> StoreResult<Vec<Proposal>> {
    let mut query = proposals::table
        .inner_join(tasks::table)
        .filter(seen_by!(rows).or(told_to!(rows, proposals::to_unit_id)))
        .filter(tasks::voided_at.is_null())
        .select(Proposal::as_select())
        .order((proposals::position.desc(), proposals::ordinal.desc()))
        .limit(filter.limit)
        .into_boxed();
    if let Some(unit) = filter.unit_id {
        query = query.filter(proposals::unit_id.eq(unit));
    }
    if let Some(unit) = filter.to_unit_id {
        query = query.filter(proposals::to_unit_id.eq(unit));
    }
    if let Some(state) = filter.state {
        query = query.filter(proposals::state.eq(state));
    }
    if let Some((position, ordinal)) = filter.before {
        let same = proposals::position.eq(position).and(proposals::ordinal.lt(ordinal));
        query = query.filter(proposals::position.lt(position).or(same));
    }
    query.load(conn)
}

/// Those of these proposals that the reader sees.
pub fn visible_among(conn: &mut Connection, rows: &TaskRows, ids: &[Id]) -> StoreResult<Vec<Id>> {
    proposals::table
        .inner_join(tasks::table)
        .filter(seen_by!(rows).or(told_to!(rows, proposals::to_unit_id)))
        .filter(proposals::id.eq_any(ids.to_vec()))
        .select(proposals::id)
        .load(conn)
}
