//! Progress reports: logged by units, verified or returned by the monitoring unit.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::obligations::Schedule;
use crate::domain::progress_reports::{ReportAction, ReportDraft, ReportQuery, Verification, VerificationDraft};
use crate::domain::task_state::ReportFact;
use crate::domain::tasks::{Decision, Standing, TaskAction};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::progress_reports::{ProgressReport, ReportFilter, ReportProposal, ReportRecord};
use crate::store::task_states::TaskStateRow;
use crate::store::tasks::{Surrounded, Task};
use crate::store::units::Unit;

use super::access::{Actor, LogProgress, Permit, ReadWork, Verify};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::shown_tasks::show_one;
use super::tasks::{self, rows_of};
use super::{obligations, proposals, report_rules, succession, voices};

/// A report as it is shown to one reader.
#[derive(Debug, Clone)]
pub struct ShownReport {
    /// The rows.
    pub record: ReportRecord,
    /// What this reader may do with it.
    pub actions: Vec<ReportAction>,
}

/// A task that may be reported on: permission and state have been checked.
#[derive(Debug)]
pub struct Reportable {
    task: Task,
    state: TaskStateRow,
    /// Who answers for it: the lead unit, or who does since a reorganisation.
    lead: Unit,
    monitor: Unit,
    /// Path of the area it was given to.
    home: String,
    /// What it owes beside the whole.
    schedule: Option<Schedule>,
}

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// `not_found`, `forbidden`, `illegal_state` with what is allowed.
pub fn target(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id, at: &Moment) -> AppResult<Reportable> {
    let found = lookup::found(store::tasks::hold(conn, id))?;
    let Surrounded { row: (task, state), lead, monitoring, is_parent, deadline, original_deadline_id, .. } = found;
    tasks::require_published(permit, &task, &lead)?;
    let home = lead.area_path.clone();
    let lead = match succession::responsible_units(conn, [(&task, &lead)], at)?.remove(&task.id) {
        Some(answering) => answering,
        None => lead,
    };
    let monitor = monitoring.unwrap_or_else(|| lead.clone());
    permit.require_unit(&lead)?;
    let standing = Standing { lifecycle: state.lifecycle, confirmed: state.confirmed, voided: task.voided_at.is_some(), is_parent };
    if !standing.allowed_actions().contains(&TaskAction::Report) {
        return Err(AppError::illegal_state(show_one(conn, permit.actor(), id, at)?.actions));
    }
    let schedule = obligations::schedule_if(conn, &task, deadline.as_ref(), original_deadline_id)?;
    Ok(Reportable { task, state, lead, monitor, home, schedule })
}

/// Logs a report: it moves the task's state at once and waits to be confirmed.
///
/// Everybody else's changes wait from the place in the journal on, so that is taken last, and what
/// stands around the report is not read again.
///
/// # Errors
/// 422 naming each field that breaks a rule.
pub fn log(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    on: Reportable,
    draft: &ReportDraft,
    at: &Moment,
) -> AppResult<ShownReport> {
    let mut facts = store::progress_reports::facts(conn, on.task.id)?;
    let schedule = on.schedule.as_ref();
    report_rules::check(&on.task, schedule, &facts, draft, at)?;
    let report = row(permit.actor(), &on, draft, at)?;
    let mut proposals = proposals::drafted(conn, permit, (&on.task, &on.lead, &on.monitor), draft, at)?;
    // Its place in the journal will be after all others.
    facts.push(ReportFact { position: i64::MAX, ..report.fact() });
    // Whatever else was decided about it: a task that may be reported on stands as it was issued.
    let (state, due_on) = obligations::settled(schedule, &[Decision::Issue], &facts, on.state.due_on);
    store::task_states::update(conn, &TaskStateRow { due_on, ..on.state.moved(&state) })?;
    let seat = journal::reserve(conn)?;
    let report = ProgressReport { position: seat.position(), ..report };
    store::progress_reports::insert(conn, &report)?;
    proposals::keep(conn, &report, &mut proposals)?;
    if report.period.is_some() {
        obligations::keep(conn, on.task.id, schedule, report.period.as_deref())?;
    }
    let happening = Happening::created("progress_report.submitted", "progress_report", report.id, draft)
        .because(draft.reason.as_deref())
        .within(&on.home);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(logged(permit.actor(), on, report, proposals))
}

/// A new report as it is shown to whoever wrote it.
fn logged(
    actor: &Actor,
    Reportable { task, lead, monitor, .. }: Reportable,
    report: ProgressReport,
    proposals: Vec<ReportProposal>,
) -> ShownReport {
    let may = actor.permit::<Verify>().is_ok_and(|p| p.covers_unit(&monitor.path, &monitor.area_path));
    let author = report.recorded_by.map(|_| actor.username.clone());
    let record = ReportRecord { report, task, unit: lead, author, verifier: None, proposals };
    ShownReport { record, actions: if may { ReportAction::ALL.to_vec() } else { Vec::new() } }
}

/// The report with this id.
///
/// # Errors
/// As `tasks::get`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownReport> {
    let report = lookup::found(store::progress_reports::find(conn, id))?;
    tasks::get(conn, permit, report.task_id, at)?;
    one(conn, permit.actor(), report)
}

/// A page of reports, newest first.
///
/// # Errors
/// `invalid_parameter`; for a task also as `tasks::get`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: ReportQuery, at: &Moment) -> AppResult<Page<ShownReport>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    if let Some(task) = query.task {
        tasks::get(conn, permit, task, at)?;
    }
    let unit = query.unit.map(|u| lookup::unit_parameter(conn, permit, "unit", &u)).transpose()?;
    let filter = ReportFilter {
        task_id: query.task,
        unit_ids: unit.map(|u| vec![u.id]),
        verification: query.state,
        before: request.after()?,
        limit: request.limit()? + 1,
    };
    let rows = rows_of(conn, permit)?;
    let page = request.page(store::progress_reports::list(conn, &rows, &filter)?, |report| report.position)?;
    Ok(Page { items: shown(conn, permit.actor(), page.items)?, next: page.next })
}

/// A report that may be verified or returned: permission, version and state have been checked.
#[derive(Debug)]
pub struct Verifiable {
    report: ProgressReport,
    /// What its task owes beside the whole.
    schedule: Option<Schedule>,
}

/// Finds the report and keeps others from changing its task.
///
/// # Errors
/// `not_found`, `forbidden` unless granted on the monitoring unit, `stale`, `illegal_state`.
pub fn to_verify(conn: &mut Connection, permit: &Permit<Verify>, id: Id, expected: Expected, at: &Moment) -> AppResult<Verifiable> {
    let report = lookup::found(store::progress_reports::find(conn, id))?;
    store::tasks::lock(conn, report.task_id)?;
    let shown = show_one(conn, permit.actor(), report.task_id, at)?;
    permit.require_root(&shown.record.lead.area_path)?;
    permit.require_unit(shown.record.monitoring.as_ref().unwrap_or(shown.record.answering()))?;
    // Read again: whoever held the lock may have verified it.
    let report = lookup::found(store::progress_reports::find(conn, id))?;
    expected.check(report.version)?;
    if report.verification != Verification::Submitted || shown.record.task.voided_at.is_some() {
        return Err(AppError::illegal_state(Vec::<ReportAction>::new()));
    }
    let schedule = obligations::schedule_of(conn, &shown.record)?;
    Ok(Verifiable { report, schedule })
}

/// Verifies or returns a report; the task's state follows.
///
/// # Errors
/// 422 when a return gives no reason.
pub fn verify(
    conn: &mut Connection,
    permit: &Permit<Verify>,
    Verifiable { report, schedule }: Verifiable,
    draft: &VerificationDraft,
    at: &Moment,
) -> AppResult<ShownReport> {
    let verification = Verification::from(draft.outcome);
    if verification == Verification::Returned && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    let judged = ProgressReport {
        verification,
        verified_by: permit.actor().account(),
        verified_at: Some(at.recorded_at()),
        verification_reason: draft.reason.clone(),
        version: report.version + 1,
        ..report
    };
    lookup::expect_updated(store::progress_reports::update(conn, &judged))?;
    let state = lookup::found(store::task_states::find(conn, judged.task_id))?;
    obligations::restate(conn, &state, schedule.as_ref())?;
    let action = format!("progress_report.{verification}");
    let happening = Happening::changed(&action, "progress_report", judged.id, &Verification::Submitted, &verification);
    journal::append(conn, permit.actor(), &happening.because(draft.reason.as_deref()), at)?;
    one(conn, permit.actor(), judged)
}

fn row(actor: &Actor, on: &Reportable, draft: &ReportDraft, at: &Moment) -> AppResult<ProgressReport> {
    let lead = &on.lead;
    let product = draft.product.as_ref();
    let words: Vec<&str> = draft.proposals.iter().map(|proposal| proposal.text.as_str()).collect();
    Ok(ProgressReport {
        id: at.new_id(),
        task_id: on.task.id,
        position: 0,
        unit_id: lead.id,
        state: draft.state,
        period: draft.period.clone(),
        result: draft.result.clone().unwrap_or_default(),
        percent: draft.state.implied_percent().or(draft.percent),
        measured_on: draft.measured_on,
        product_number: product.and_then(|p| p.number.clone()),
        product_issued_on: product.map(|p| p.issued_on),
        product_note: product.and_then(|p| p.note.clone()),
        obstacles: draft.obstacles.clone(),
        proposals: serde_json::to_string(&words).map_err(AppError::internal)?,
        reason: draft.reason.clone(),
        on_behalf: !voices::of_unit(actor, lead),
        recorded_by: actor.account(),
        recorded_at: at.recorded_at(),
        origin: at.origin,
        verification: Verification::Submitted,
        verified_by: None,
        verified_at: None,
        verification_reason: None,
        version: 1,
    })
}

fn one(conn: &mut Connection, actor: &Actor, report: ProgressReport) -> AppResult<ShownReport> {
    shown(conn, actor, vec![report])?.pop().ok_or_else(|| AppError::internal("a report vanished"))
}

/// Reports with their tasks, units and the names of who wrote and verified them.
fn shown(conn: &mut Connection, actor: &Actor, reports: Vec<ProgressReport>) -> AppResult<Vec<ShownReport>> {
    let ids = |of: fn(&ProgressReport) -> Id| reports.iter().map(of).collect::<Vec<_>>();
    let people: Vec<Id> = reports.iter().flat_map(|r| [r.recorded_by, r.verified_by]).flatten().collect();
    let tasks: HashMap<Id, _> = store::tasks::with_ids(conn, &ids(|r| r.task_id))?.into_iter().map(|t| (t.id, t)).collect();
    let monitors: Vec<Id> = tasks.values().filter_map(|t| t.monitoring_unit_id).chain(tasks.values().map(|t| t.lead_unit_id)).collect();
    let units: HashMap<Id, _> =
        store::units::with_ids(conn, &[ids(|r| r.unit_id), monitors].concat())?.into_iter().map(|u| (u.id, u)).collect();
    let names: HashMap<Id, String> = store::users::names(conn, &people)?.into_iter().collect();
    let mut proposed = proposals::of_reports(conn, &ids(|r| r.id))?;
    let permit: Option<Permit<Verify>> = actor.permit().ok();
    let show = |report: ProgressReport| {
        let task = tasks.get(&report.task_id).cloned()?;
        let monitor = units.get(&task.monitoring_unit_id.unwrap_or(task.lead_unit_id))?;
        let may = report.verification == Verification::Submitted
            && task.voided_at.is_none()
            && permit.as_ref().is_some_and(|p| p.covers_unit(&monitor.path, &monitor.area_path));
        let record = ReportRecord {
            unit: units.get(&report.unit_id).cloned()?,
            author: report.recorded_by.and_then(|id| names.get(&id)).cloned(),
            verifier: report.verified_by.and_then(|id| names.get(&id)).cloned(),
            proposals: proposed.remove(&report.id).unwrap_or_default(),
            task,
            report,
        };
        Some(ShownReport { record, actions: if may { ReportAction::ALL.to_vec() } else { Vec::new() } })
    };
    let shown: Option<Vec<ShownReport>> = reports.into_iter().map(show).collect();
    shown.ok_or_else(|| AppError::internal("a report without its task or unit"))
}
