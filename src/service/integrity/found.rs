//! What is found of each signal: the database's candidates, decided about by the rules.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::scope::Scope;
use crate::db::Connection;
use crate::domain::integrity::{self as rule, Copies, Finding, Found, Signal};
use crate::domain::{Id, Origin, calendar};
use crate::error::AppResult;
use crate::store;
use crate::store::integrity::{Candidate, DeadlineChange, Narrative};

/// Everything that was found of a signal, the newest first.
///
/// # Errors
/// The database's.
pub fn findings(conn: &mut Connection, scope: &Scope, signal: Signal) -> AppResult<Vec<Finding>> {
    let mut found = match signal {
        Signal::DeadlineMovedLate => moved_late(conn, scope)?,
        Signal::CopiedNarrative => copied(conn, scope)?,
        _ => of_reports(conn, scope, signal)?,
    };
    found.sort_unstable_by_key(|finding| std::cmp::Reverse(finding.position));
    Ok(found)
}

fn day(at: NaiveDateTime) -> NaiveDate {
    calendar::day_of(at.and_utc())
}

fn of_reports(conn: &mut Connection, scope: &Scope, signal: Signal) -> AppResult<Vec<Finding>> {
    let mut all = Vec::new();
    for root in &scope.roots {
        all.extend(store::integrity::candidates(conn, signal, *root, scope.cutoff())?);
    }
    let dues = match signal {
        Signal::LastDayJump | Signal::ProductOnDeadline => Dues::of(conn, &all)?,
        _ => Dues::default(),
    };
    let found = match signal {
        Signal::NinetyPercentForever => stuck(&all),
        Signal::LastDayJump => each(&all, |report| jump(report, &dues)),
        Signal::FastVerification => each(&all, fast),
        Signal::Backdated => each(&all, backdated),
        Signal::ProductOnDeadline => each(&all, |report| on_deadline(report, &dues)),
        Signal::CopiedNarrative | Signal::DeadlineMovedLate => Vec::new(),
    };
    Ok(found.into_iter().filter(|(report, _)| asked_for(scope, report)).map(|(_, finding)| finding).collect())
}

fn asked_for(scope: &Scope, report: &Candidate) -> bool {
    scope.holds(report.unit_id, report.resolution_id, report.programme_id)
}

/// What was found, beside the report it is about.
type OfReport<'a> = (&'a Candidate, Finding);

fn each(all: &[Candidate], find: impl Fn(&Candidate) -> Option<Finding>) -> Vec<OfReport<'_>> {
    all.iter().filter_map(|report| Some((report, find(report)?))).collect()
}

fn finding(report: &Candidate, days: Option<i64>, found: Found) -> Finding {
    Finding {
        task: report.task_id,
        report: Some(report.id),
        unit: report.unit_id,
        position: report.position,
        on: day(report.recorded_at),
        days,
        found,
        text: Some(report.result.clone()),
        illustrative: report.origin == Origin::Demo,
    }
}

/// Their words are left out: there may be many, and few are shown. What a report copies may lie outside of what is asked for.
fn copied(conn: &mut Connection, scope: &Scope) -> AppResult<Vec<Finding>> {
    let mut found = Vec::new();
    for root in &scope.roots {
        let mut copies = Copies::default();
        store::integrity::narratives(conn, *root, scope.cutoff(), |told| {
            let on = day(told.recorded_at);
            let earlier = copies.add((told.report_id, on), told.task_id, told.unit_id, &told.result);
            let asked_for = scope.holds(told.unit_id, told.resolution_id, told.programme_id);
            found.extend(earlier.filter(|_| asked_for).map(|earlier| copy(told, on, earlier)));
        })?;
    }
    Ok(found)
}

fn copy(told: &Narrative, on: NaiveDate, (of, first): (Id, NaiveDate)) -> Finding {
    Finding {
        task: told.task_id,
        report: Some(told.report_id),
        unit: told.unit_id,
        position: told.position,
        on,
        days: Some((on - first).num_days()),
        found: Found::Copy { of },
        text: None,
        illustrative: told.origin == Origin::Demo,
    }
}

/// The reports come in the order of their tasks and days.
fn stuck(all: &[Candidate]) -> Vec<OfReport<'_>> {
    let of_task = all.chunk_by(|one, next| one.task_id == next.task_id).filter_map(|reports| {
        let stuck = rule::stuck(&reports.iter().map(|report| (report.measured_on, report.percent)).collect::<Vec<_>>())?;
        let last = reports.iter().rfind(|report| report.percent.is_some())?;
        let found = Found::Stuck { since: stuck.since, reports: stuck.reports, percent: last.percent? };
        Some((last, finding(last, Some((stuck.until - stuck.since).num_days()), found)))
    });
    of_task.collect()
}

fn jump(report: &Candidate, dues: &Dues) -> Option<Finding> {
    let (from, due_on) = (report.before?, dues.in_force(report)?);
    let left = rule::last_day_jump(from, report.percent?, report.measured_on, due_on)?;
    Some(finding(report, Some(left), Found::Jump { from, due_on }))
}

fn fast(report: &Candidate) -> Option<Finding> {
    let verified_at = report.verified_at?;
    let after = |before: NaiveDateTime| (verified_at - before).num_seconds();
    let characters = i64::try_from(report.result.chars().count()).ok()?;
    let haste = rule::too_fast(after(report.recorded_at), report.verified_before.map(after), characters)?;
    Some(Finding { on: day(verified_at), ..finding(report, None, Found::Fast(haste)) })
}

fn backdated(report: &Candidate) -> Option<Finding> {
    let days = rule::backdated(report.measured_on, day(report.recorded_at))?;
    Some(finding(report, Some(days), Found::Backdated { measured_on: report.measured_on }))
}

fn on_deadline(report: &Candidate, dues: &Dues) -> Option<Finding> {
    let due_on = dues.in_force(report)?;
    let days = rule::product_on_deadline(report.product_issued_on?, due_on, day(report.recorded_at))?;
    Some(finding(report, Some(days), Found::OnDeadline { due_on }))
}

/// The deadlines of tasks, each from when it was told.
#[derive(Default)]
struct Dues(HashMap<Id, Vec<(NaiveDateTime, Option<NaiveDate>)>>);

impl Dues {
    fn of(conn: &mut Connection, reports: &[Candidate]) -> AppResult<Self> {
        let tasks: Vec<Id> = reports.iter().map(|report| report.task_id).collect();
        let mut dues: HashMap<Id, Vec<_>> = HashMap::new();
        for some in tasks.chunks(crate::service::tasks::AT_ONCE) {
            for due in store::integrity::dues(conn, some)? {
                dues.entry(due.task_id).or_default().push((due.recorded_at, due.on()));
            }
        }
        dues.values_mut().for_each(|dues| dues.sort_unstable());
        Ok(Self(dues))
    }

    /// The day a report had to come by: that of its period, else the deadline that was in force when it came.
    fn in_force(&self, report: &Candidate) -> Option<NaiveDate> {
        if report.period.is_some() {
            return report.period_due_on;
        }
        let told = self.0.get(&report.task_id)?.iter().rfind(|(at, _)| *at <= report.recorded_at)?;
        told.1
    }
}

fn moved_late(conn: &mut Connection, scope: &Scope) -> AppResult<Vec<Finding>> {
    let changes = store::integrity::deadline_changes(conn, &scope.roots, None, scope.cutoff())?;
    let asked = changes.into_iter().filter(|change| scope.holds(change.unit_id, change.resolution_id, change.programme_id));
    let found = asked.filter_map(|DeadlineChange { task_id, unit_id, position, recorded_at, origin, reason, from, to, .. }| {
        let on = day(recorded_at);
        let days = rule::moved_late(from, on)?;
        Some(Finding {
            task: task_id,
            report: None,
            unit: unit_id,
            position,
            on,
            days: Some(days),
            found: Found::Moved { from: from?, to },
            text: Some(reason),
            illustrative: origin == Origin::Demo,
        })
    });
    Ok(found.collect())
}
