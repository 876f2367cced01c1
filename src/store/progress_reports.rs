//! Progress reports.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::attachments::Attachment;
use super::proposals::Proposal;
use super::task_rows::{TaskRows, seen_by};
use super::tasks::Task;
use super::units::Unit;
use crate::db::Connection;
use crate::db::schema::{progress_reports, tasks};
use crate::domain::progress_reports::{ReportState, Verification};
use crate::domain::task_state::ReportFact;
use crate::domain::{Id, Origin, Percent};

/// One report.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = progress_reports, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct ProgressReport {
    pub id: Id,
    pub task_id: Id,
    pub position: i64,
    pub unit_id: Id,
    pub state: ReportState,
    pub result: String,
    pub percent: Option<Percent>,
    pub measured_on: NaiveDate,
    pub product_number: Option<String>,
    pub product_issued_on: Option<NaiveDate>,
    pub product_note: Option<String>,
    pub obstacles: Option<String>,
    /// What it proposes, as it was sent: the records are `proposals`.
    pub proposals: String,
    pub reason: Option<String>,
    pub on_behalf: bool,
    pub recorded_by: Option<Id>,
    pub recorded_at: NaiveDateTime,
    pub origin: Origin,
    pub verification: Verification,
    pub verified_by: Option<Id>,
    pub verified_at: Option<NaiveDateTime>,
    pub verification_reason: Option<String>,
    pub version: i32,
    /// The period or step it speaks of.
    pub period: Option<String>,
    /// Verified as it was logged, because its task lets it.
    pub self_verified: bool,
}

versioned!(progress_reports, ProgressReport);

/// A report with its task and the names of who wrote and who verified it.
#[derive(Debug, Clone)]
pub struct ReportRecord {
    pub report: ProgressReport,
    pub task: Task,
    pub unit: Unit,
    pub author: Option<String>,
    pub verifier: Option<String>,
    /// What it proposes, in order.
    pub proposals: Vec<ReportProposal>,
    /// Its files, in the order in which they came; none of a task that is secret.
    pub attachments: Vec<Attachment>,
}

/// A proposal of a report, with the authority that is asked.
#[derive(Debug, Clone)]
pub struct ReportProposal {
    pub proposal: Proposal,
    pub to_unit: Unit,
}

/// What the state of a task depends on, for every report of it.
pub fn facts(conn: &mut Connection, task: Id) -> StoreResult<Vec<ReportFact>> {
    type Columns = (i64, Option<String>, ReportState, Option<Percent>, NaiveDate, Option<NaiveDate>, Verification, NaiveDateTime);
    let rows: Vec<Columns> = progress_reports::table
        .filter(progress_reports::task_id.eq(task))
        .order(progress_reports::position)
        .select((
            progress_reports::position,
            progress_reports::period,
            progress_reports::state,
            progress_reports::percent,
            progress_reports::measured_on,
            progress_reports::product_issued_on,
            progress_reports::verification,
            progress_reports::recorded_at,
        ))
        .load(conn)?;
    let fact = |(position, period, state, percent, measured_on, product_on, verification, recorded_at): Columns| ReportFact {
        position,
        period,
        state,
        percent,
        measured_on,
        product_on,
        verification,
        recorded_at: recorded_at.and_utc(),
    };
    Ok(rows.into_iter().map(fact).collect())
}

/// The reports on these tasks that name a period or a step, in the order of their positions; with a cutoff those told
/// before it, where what was verified or returned later still waits.
pub fn on_periods(conn: &mut Connection, tasks: &[Id], cutoff: Option<NaiveDateTime>) -> StoreResult<Vec<ProgressReport>> {
    let named = progress_reports::table.filter(progress_reports::period.is_not_null()).select(ProgressReport::as_select());
    let load = |conn: &mut Connection| -> StoreResult<Vec<ProgressReport>> { load_among!(conn, named, progress_reports::task_id, tasks) };
    let mut reports = load(conn)?;
    if let Some(cutoff) = cutoff {
        reports.retain(|report| report.recorded_at < cutoff);
        for report in reports.iter_mut().filter(|report| report.verified_at.is_some_and(|at| at >= cutoff)) {
            report.verification = Verification::before_judged(report.self_verified);
        }
    }
    reports.sort_by_key(|report| report.position);
    Ok(reports)
}

/// Those of these reports that were confirmed.
pub fn verified_among(conn: &mut Connection, reports: &[Id]) -> StoreResult<Vec<Id>> {
    let chosen = progress_reports::table.filter(progress_reports::id.eq_any(reports.to_vec()));
    chosen.filter(progress_reports::verification.eq(Verification::Verified)).select(progress_reports::id).load(conn)
}

impl ProgressReport {
    /// What the state of its task takes of it.
    pub fn fact(&self) -> ReportFact {
        ReportFact {
            position: self.position,
            period: self.period.clone(),
            state: self.state,
            percent: self.percent,
            measured_on: self.measured_on,
            product_on: self.product_issued_on,
            verification: self.verification,
            recorded_at: self.recorded_at.and_utc(),
        }
    }
}

/// Which reports a list asks for.
#[derive(Debug, Clone, Default)]
pub struct ReportFilter {
    pub task_id: Option<Id>,
    pub unit_ids: Option<Vec<Id>>,
    pub verification: Option<Verification>,
    /// Position of the last report of the page before.
    pub before: Option<i64>,
    pub limit: i64,
}

/// A page of reports on tasks that the reader sees, newest first; on voided tasks only when one is
/// asked for by itself.
pub fn list(conn: &mut Connection, rows: &TaskRows, filter: &ReportFilter) -> StoreResult<Vec<ProgressReport>> {
    let mut query = progress_reports::table
        .inner_join(tasks::table)
        .filter(seen_by!(rows))
        .select(ProgressReport::as_select())
        .order(progress_reports::position.desc())
        .limit(filter.limit)
        .into_boxed();
    query = match filter.task_id {
        Some(task) => query.filter(progress_reports::task_id.eq(task)),
        None => query.filter(tasks::voided_at.is_null()),
    };
    if let Some(units) = &filter.unit_ids {
        query = query.filter(progress_reports::unit_id.eq_any(units.clone()));
    }
    if let Some(verification) = filter.verification {
        query = query.filter(progress_reports::verification.eq(verification));
    }
    if let Some(position) = filter.before {
        query = query.filter(progress_reports::position.lt(position));
    }
    query.load(conn)
}
