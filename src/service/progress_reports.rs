//! Progress reports: logged by units. What the monitoring unit says to them stands in `verifications`.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::obligations::Schedule;
use crate::domain::period_locks::Locks;
use crate::domain::progress_reports::{ReportDraft, ReportQuery, Verification};
use crate::domain::task_state::ReportFact;
use crate::domain::tasks::{Decision, Standing, TaskAction};
use crate::domain::verifications::{ReportAction, ReportStanding};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::store;
use crate::store::progress_reports::{ProgressReport, ReportFilter, ReportProposal, ReportRecord};
use crate::store::task_states::TaskStateRow;
use crate::store::tasks::{Surrounded, Task};
use crate::store::units::Unit;

use super::access::{Actor, LogProgress, Permit, ReadWork, Verify};
use super::journal::{self, Happening};
use super::paging::{Page, PageRequest};
use super::shown_tasks::show_one;
use super::tasks::{self, rows_of};
use super::{
    attachments, lookup, obligations, period_locks, proposals, report_rules, self_verifications, succession, verifications, voices,
};

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
    /// Why its reports are verified as they are logged; none where the monitoring unit does that.
    self_verified: Option<String>,
    /// The closed periods of its province.
    locks: Locks,
}

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// `not_found`, `forbidden`, `illegal_state` with what is allowed.
pub fn target(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id, at: &Moment) -> AppResult<Reportable> {
    let found = lookup::found(store::tasks::hold(conn, id))?;
    let Surrounded { row: (task, state), lead, monitoring, is_parent, deadline, original_deadline_id, is_light, has_locks, .. } = found;
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
    let self_verified = if is_light { self_verifications::reason(conn, task.id)? } else { None };
    let locks = if has_locks { period_locks::standing(conn, &[task.root_id])? } else { Locks::default() };
    Ok(Reportable { task, state, lead, monitor, home, schedule, self_verified, locks })
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
    let lock = on.locks.closing(on.task.root_id, &on.lead.path, draft.measured_on, at.today());
    report_rules::check(&on.task, schedule, (&facts, lock), draft, at)?;
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
    if let Some(why) = &on.self_verified {
        verifications::tell(conn, permit.actor(), &report, Some(why), at)?;
    }
    Ok(logged(permit.actor(), on, report, proposals))
}

/// A new report as it is shown to whoever wrote it: its day is not closed, or it would not be there.
fn logged(
    actor: &Actor,
    Reportable { task, lead, monitor, .. }: Reportable,
    report: ProgressReport,
    proposals: Vec<ReportProposal>,
) -> ShownReport {
    let may = actor.permit::<Verify>().is_ok_and(|p| p.covers_unit(&monitor.path, &monitor.area_path));
    let actions = if may { standing(actor, &report, false).allowed_actions() } else { Vec::new() };
    let author = report.recorded_by.map(|_| actor.username.clone());
    let verifier = report.verified_by.map(|_| actor.username.clone());
    ShownReport { record: ReportRecord { report, task, unit: lead, author, verifier, proposals, attachments: Vec::new() }, actions }
}

/// How a report stands for this account. The system has no account, and reported nothing itself.
pub(super) fn standing(actor: &Actor, report: &ProgressReport, closed: bool) -> ReportStanding {
    let own = report.recorded_by.is_some() && report.recorded_by == actor.account();
    ReportStanding { verification: report.verification, self_verified: report.self_verified, own, closed }
}

/// The report with this id.
///
/// # Errors
/// As `tasks::get`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownReport> {
    let report = lookup::found(store::progress_reports::find(conn, id))?;
    tasks::get(conn, permit, report.task_id, at)?;
    one(conn, permit.actor(), report, at)
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
    Ok(Page { items: shown(conn, permit.actor(), page.items, at)?, next: page.next })
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
        verification: Verification::before_judged(on.self_verified.is_some()),
        verified_by: actor.account().filter(|_| on.self_verified.is_some()),
        verified_at: on.self_verified.is_some().then(|| at.recorded_at()),
        verification_reason: None,
        version: 1,
        self_verified: on.self_verified.is_some(),
    })
}

/// One report, as [`shown`].
pub(super) fn one(conn: &mut Connection, actor: &Actor, report: ProgressReport, at: &Moment) -> AppResult<ShownReport> {
    shown(conn, actor, vec![report], at)?.pop().ok_or_else(|| AppError::internal("a report vanished"))
}

/// Reports with their tasks, units and the names of who wrote and verified them.
fn shown(conn: &mut Connection, actor: &Actor, reports: Vec<ProgressReport>, at: &Moment) -> AppResult<Vec<ShownReport>> {
    let ids = |of: fn(&ProgressReport) -> Id| reports.iter().map(of).collect::<Vec<_>>();
    let people: Vec<Id> = reports.iter().flat_map(|r| [r.recorded_by, r.verified_by]).flatten().collect();
    let tasks: HashMap<Id, _> = store::tasks::with_ids(conn, &ids(|r| r.task_id))?.into_iter().map(|t| (t.id, t)).collect();
    let monitors: Vec<Id> = tasks.values().filter_map(|t| t.monitoring_unit_id).chain(tasks.values().map(|t| t.lead_unit_id)).collect();
    let units: HashMap<Id, _> =
        store::units::with_ids(conn, &[ids(|r| r.unit_id), monitors].concat())?.into_iter().map(|u| (u.id, u)).collect();
    let names: HashMap<Id, String> = store::users::names(conn, &people)?.into_iter().collect();
    let mut proposed = proposals::of_reports(conn, &ids(|r| r.id))?;
    let roots: Vec<Id> = tasks.values().map(|task| task.root_id).collect();
    let locks = period_locks::standing(conn, &roots)?;
    let mut files = attachments::of_reports(conn, &ids(|r| r.id), &tasks)?;
    let permit: Option<Permit<Verify>> = actor.permit().ok();
    let show = |report: ProgressReport| {
        let task = tasks.get(&report.task_id).cloned()?;
        let unit = units.get(&report.unit_id).cloned()?;
        let monitor = units.get(&task.monitoring_unit_id.unwrap_or(task.lead_unit_id))?;
        let locked = locks.closing(task.root_id, &unit.path, report.measured_on, at.today()).is_some();
        let standing = standing(actor, &report, locked || task.voided_at.is_some());
        let may = permit.as_ref().is_some_and(|p| p.covers_unit(&monitor.path, &monitor.area_path));
        let record = ReportRecord {
            unit,
            author: report.recorded_by.and_then(|id| names.get(&id)).cloned(),
            verifier: report.verified_by.and_then(|id| names.get(&id)).cloned(),
            proposals: proposed.remove(&report.id).unwrap_or_default(),
            attachments: files.remove(&report.id).unwrap_or_default(),
            task,
            report,
        };
        Some(ShownReport { record, actions: if may { standing.allowed_actions() } else { Vec::new() } })
    };
    let shown: Option<Vec<ShownReport>> = reports.into_iter().map(show).collect();
    shown.ok_or_else(|| AppError::internal("a report without its task or unit"))
}
