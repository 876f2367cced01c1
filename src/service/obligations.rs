//! Obligations: what is owed period by period or step by step, and how each stands.
//!
//! Nothing makes them but the deadline (`domain/obligations.rs`); a row is kept of those that were reported on.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::db::Connection;
use crate::domain::obligations::{ObligationCounts, ObligationState, Promise, Schedule, Stood, Told, is_judged};
use crate::domain::progress_reports::ReportState;
use crate::domain::task_state::{ReportFact, TaskState, derive};
use crate::domain::tasks::{Decision, Lifecycle};
use crate::domain::{Id, Moment, calendar};
use crate::error::AppResult;
use crate::store;
use crate::store::deadlines::DeadlineRow;
use crate::store::obligations::ObligationRow;
use crate::store::progress_reports::ProgressReport;
use crate::store::task_states::TaskStateRow;
use crate::store::tasks::{Task, TaskRecord};

use super::access::{Permit, ReadWork};
use super::report_rules::begun_on;
use super::{dashboards, tasks};

/// One obligation as it stood on the day that was asked for.
#[derive(Debug, Clone)]
pub struct ShownObligation {
    /// What is owed and what was told.
    pub stood: Stood,
    /// How it stands.
    pub state: ObligationState,
    /// Days after the due day, negative before it.
    pub days_late: Option<i64>,
    /// The latest report on it that was not returned.
    pub report: Option<ProgressReport>,
}

/// What a task owes on a day.
#[derive(Debug, Clone)]
pub struct ShownObligations {
    /// The day.
    pub as_of: NaiveDate,
    /// How many; `None` if nothing is owed but the whole.
    pub counts: Option<ObligationCounts>,
    /// Each, in the order it is due.
    pub items: Vec<ShownObligation>,
}

/// What a task owes, as the system had been told by the end of a day.
///
/// # Errors
/// As `tasks::get`; `invalid_parameter` for a day to come or before there was data.
pub fn list(
    conn: &mut Connection,
    permit: &Permit<ReadWork>,
    task: Id,
    as_of: Option<NaiveDate>,
    at: &Moment,
) -> AppResult<ShownObligations> {
    let shown = tasks::get(conn, permit, task, at)?;
    let as_of = as_of.unwrap_or_else(|| at.today());
    if as_of != at.today() {
        dashboards::check_day(conn, as_of, at.today())?;
    }
    let cutoff = calendar::end_of(as_of).naive_utc();
    let TaskRecord { task, deadline, .. } = &shown.record;
    if shown.record.is_parent {
        // A whole is what its parts are, and takes no reports.
        return Ok(ShownObligations { as_of, counts: None, items: Vec::new() });
    }
    let schedule = schedule(conn, task, deadline.as_ref(), Some(cutoff))?;
    let reports = store::progress_reports::on_periods(conn, &[task.id], Some(cutoff))?;
    let facts: Vec<ReportFact> = reports.iter().map(ProgressReport::fact).collect();
    let told = Told::latest(&facts);
    let decisions = store::task_decisions::of_task(conn, task.id)?.into_iter().filter(|decision| decision.recorded_at < cutoff);
    let decisions: Vec<Decision> = decisions.map(|decision| decision.decision).collect();
    let judged = is_judged(schedule.settle(&decisions, &facts).0.lifecycle);
    let items = schedule.followed(&told, as_of).into_iter().map(|stood| ShownObligation {
        state: stood.state(as_of, at.due_soon_days, judged),
        days_late: stood.days_late(as_of, judged),
        report: latest_on(&reports, &stood.obligation.key).cloned(),
        stood,
    });
    Ok(ShownObligations { as_of, counts: schedule.counts(&told, as_of, judged), items: items.collect() })
}

/// The latest of these reports on a period that was not returned.
fn latest_on<'a>(reports: &'a [ProgressReport], key: &str) -> Option<&'a ProgressReport> {
    let on = reports.iter().filter(|report| report.period.as_deref() == Some(key) && report.fact().stands());
    on.max_by_key(|report| (report.measured_on, report.position))
}

/// Whether a task may owe more than the whole: its deadline has parts, or is not the one it was issued with.
pub fn may_owe(task: &Task, in_force: Option<&DeadlineRow>, original: Option<Id>) -> bool {
    let changed = task.issued_at.is_some() && original != in_force.map(|row| row.id);
    changed || in_force.is_some_and(DeadlineRow::may_have_parts)
}

/// What a task owes beside the whole, if it may owe anything.
///
/// # Errors
/// The database's.
pub fn schedule_if(
    conn: &mut Connection,
    task: &Task,
    in_force: Option<&DeadlineRow>,
    original: Option<Id>,
) -> AppResult<Option<Schedule>> {
    if may_owe(task, in_force, original) { schedule(conn, task, in_force, None).map(Some) } else { Ok(None) }
}

/// The same of a task as it is shown.
///
/// # Errors
/// The database's.
pub fn schedule_of(conn: &mut Connection, record: &TaskRecord) -> AppResult<Option<Schedule>> {
    schedule_if(conn, &record.task, record.deadline.as_ref(), record.original_deadline.as_ref().map(|row| row.id))
}

/// What a task owes by the deadlines it had before `cutoff`; a draft by the one it would be issued with.
fn schedule(conn: &mut Connection, task: &Task, in_force: Option<&DeadlineRow>, cutoff: Option<NaiveDateTime>) -> AppResult<Schedule> {
    let promised = store::obligations::promises(conn, &[task.id], cutoff)?.into_iter().map(|(_, promise)| promise).collect();
    Ok(follow(task, in_force, promised, cutoff))
}

fn follow(task: &Task, in_force: Option<&DeadlineRow>, mut promised: Vec<Promise>, cutoff: Option<NaiveDateTime>) -> Schedule {
    let drafted = in_force.filter(|row| task.issued_at.is_none() && cutoff.is_none_or(|cutoff| row.recorded_at < cutoff));
    promised.extend(drafted.map(|row| store::obligations::promise(row.recorded_at, Some(row))));
    Schedule::of(begun_on(task), &promised)
}

/// What deadlines make a task owe that is about to be committed to them.
pub fn committed(task: &Task, promised: &[Promise]) -> Option<Schedule> {
    Some(Schedule::of(begun_on(task), promised)).filter(|schedule| !schedule.is_plain())
}

/// The day a draft would be judged by.
pub fn drafted_due(task: &Task, deadline: Option<&DeadlineRow>) -> Option<NaiveDate> {
    follow(task, deadline, Vec::new(), None).settle(&[], &[]).1
}

/// A task, its deadline in force, and how it stands.
pub type Owing<'a> = (&'a Task, Option<&'a DeadlineRow>, Lifecycle);

/// How many of their obligations these tasks have done, by `day`: those of them that owe any.
///
/// Now it is read from the rows that are kept; before `cutoff`, from the reports.
///
/// # Errors
/// The database's.
pub fn counts(
    conn: &mut Connection,
    owing: &[Owing<'_>],
    cutoff: Option<NaiveDateTime>,
    day: NaiveDate,
) -> AppResult<HashMap<Id, ObligationCounts>> {
    let ids: Vec<Id> = owing.iter().map(|(task, ..)| task.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut promised: HashMap<Id, Vec<Promise>> = HashMap::new();
    for (task, promise) in store::obligations::promises(conn, &ids, cutoff)? {
        promised.entry(task).or_default().push(promise);
    }
    let told = told(conn, &ids, cutoff)?;
    let nothing = HashMap::new();
    let count = |(task, in_force, lifecycle): &Owing<'_>| {
        let schedule = follow(task, *in_force, promised.remove(&task.id).unwrap_or_default(), cutoff);
        Some((task.id, schedule.counts(told.get(&task.id).unwrap_or(&nothing), day, is_judged(*lifecycle))?))
    };
    Ok(owing.iter().filter_map(count).collect())
}

/// What was told of the periods of each task.
fn told(conn: &mut Connection, ids: &[Id], cutoff: Option<NaiveDateTime>) -> AppResult<HashMap<Id, HashMap<String, Told>>> {
    let mut of: HashMap<Id, HashMap<String, Told>> = HashMap::new();
    let Some(cutoff) = cutoff else {
        for row in store::obligations::of_tasks(conn, ids)? {
            let told = row.told();
            of.entry(row.task_id).or_default().extend(told.map(|told| (row.period, told)));
        }
        return Ok(of);
    };
    let mut facts: HashMap<Id, Vec<ReportFact>> = HashMap::new();
    for report in store::progress_reports::on_periods(conn, ids, Some(cutoff))? {
        facts.entry(report.task_id).or_default().push(report.fact());
    }
    of.extend(facts.into_iter().map(|(task, facts)| (task, Told::latest(&facts))));
    Ok(of)
}

/// The state that decisions and reports add up to, and the day it is judged by: for work that owes nothing but
/// the whole, `due_on`.
pub fn settled(
    schedule: Option<&Schedule>,
    decisions: &[Decision],
    reports: &[ReportFact],
    due_on: Option<NaiveDate>,
) -> (TaskState, Option<NaiveDate>) {
    schedule.map_or_else(|| (derive(decisions, reports), due_on), |schedule| schedule.settle(decisions, reports))
}

/// Brings the state of a task up to what was decided, reported and promised, and the rows of what was reported on.
///
/// # Errors
/// The database's.
pub fn restate(conn: &mut Connection, before: &TaskStateRow, schedule: Option<&Schedule>) -> AppResult<TaskStateRow> {
    let decisions: Vec<Decision> = store::task_decisions::of_task(conn, before.task_id)?.iter().map(|d| d.decision).collect();
    let reports = store::progress_reports::facts(conn, before.task_id)?;
    let (state, due_on) = settled(schedule, &decisions, &reports, before.due_on);
    let row = TaskStateRow { due_on, ..before.moved(&state) };
    store::task_states::update(conn, &row)?;
    if reports.iter().any(|report| report.period.is_some()) {
        keep(conn, before.task_id, schedule, None)?;
    }
    Ok(row)
}

/// Writes where the periods stand that were reported on: all of them, or one.
///
/// # Errors
/// The database's.
pub fn keep(conn: &mut Connection, task: Id, schedule: Option<&Schedule>, only: Option<&str>) -> AppResult<()> {
    let reports = store::progress_reports::on_periods(conn, &[task], None)?;
    let facts: Vec<ReportFact> = reports.iter().map(ProgressReport::fact).collect();
    let stood = schedule.map(|schedule| schedule.stand(&Told::latest(&facts))).unwrap_or_default();
    let mut touched: Vec<&str> = reports.iter().filter_map(|report| report.period.as_deref()).collect();
    touched.sort_unstable();
    touched.dedup();
    for period in touched.into_iter().filter(|period| only.is_none_or(|only| only == *period)) {
        let latest = latest_on(&reports, period);
        let told = latest.map(|report| Told::of(&report.fact()));
        let row = ObligationRow {
            task_id: task,
            period: period.to_owned(),
            due_on: stood.iter().find(|stood| stood.obligation.key == period).and_then(|stood| stood.obligation.due_on),
            report_id: latest.map(|report| report.id),
            state: told.map_or(ReportState::NotStarted, |told| told.state),
            done_on: told.and_then(|told| told.done_on),
            confirmed: told.is_some_and(|told| told.done_on.is_some() && told.confirmed),
        };
        store::obligations::put(conn, &row)?;
    }
    Ok(())
}

/// Brings every task that repeats up to its periods: for what an earlier release wrote, which judged none of them.
/// Answers how many moved.
///
/// # Errors
/// The database's.
pub fn rebuild(conn: &mut Connection) -> AppResult<u64> {
    /// So many tasks are looked at together.
    const AT_ONCE: usize = 500;
    let mut moved = 0;
    for ids in store::obligations::repeating(conn)?.chunks(AT_ONCE) {
        let rows = store::tasks::rows_with_ids(conn, ids)?;
        let deadlines: Vec<Id> = rows.iter().filter_map(|(_, state)| state.deadline_id).collect();
        let deadlines: HashMap<Id, DeadlineRow> = store::deadlines::with_ids(conn, &deadlines)?.into_iter().map(|d| (d.id, d)).collect();
        for (task, state) in rows {
            let in_force = state.deadline_id.and_then(|id| deadlines.get(&id));
            let schedule = schedule(conn, &task, in_force, None)?;
            moved += u64::from(restate(conn, &state, Some(&schedule))?.due_on != state.due_on);
        }
    }
    Ok(moved)
}
