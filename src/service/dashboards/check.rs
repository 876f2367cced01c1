//! Whether the numbers hold: everything that dashboards add up is worked out again from decisions, commitments
//! and reports, and these are compared with what the journal was told.

use std::collections::HashMap;
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::Value;

use crate::db::Connection;
use crate::domain::progress_reports::{ReportState, Verification};
use crate::domain::tasks::Lifecycle;
use crate::domain::{Id, Percent};
use crate::error::{AppError, AppResult};
use crate::store;
use crate::store::progress_reports::ProgressReport;
use crate::store::roll_up::{Heard, ToldReport};
use crate::store::task_facts::{FactFilter, TaskFact};

/// Events that are read at once.
const AT_ONCE: i64 = 2_000;

/// After everything that databases on both sides can hold.
const END_OF_TIME: NaiveDateTime = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day.and_time(NaiveTime::MIN),
    None => NaiveDateTime::MAX,
};

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// Tasks that dashboards count.
    pub tasks: usize,
    /// Reports, each as the journal was told it.
    pub reports: i64,
}

/// The first place where the numbers do not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `task` or `progress report`.
    pub noun: &'static str,
    /// Which one.
    pub id: Id,
    /// What of it.
    pub what: &'static str,
    /// What stands there.
    pub kept: String,
    /// What should.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { noun, id, what, kept, found } = self;
        write!(f, "{noun} {id}: {what} is kept as {kept}, and should be {found}")
    }
}

/// Works every number out again; answers how much was checked, or the first difference.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut Connection, progress: &dyn Fn(i64)) -> AppResult<Result<Checked, Difference>> {
    let reports = match reports(conn, progress)? {
        Ok(reports) => reports,
        Err(difference) => return Ok(Err(difference)),
    };
    if let Some(difference) = kept_of_reports(conn)? {
        return Ok(Err(difference));
    }
    let roots = store::roll_up::roots(conn)?;
    let mut tasks = 0;
    for root in roots {
        match facts(conn, root)? {
            Ok(counted) => tasks += counted,
            Err(difference) => return Ok(Err(difference)),
        }
    }
    Ok(Ok(Checked { tasks, reports }))
}

/// Each report is what the journal was told, and none is there that it was not told of.
fn reports(conn: &mut Connection, progress: &dyn Fn(i64)) -> AppResult<Result<i64, Difference>> {
    let (mut after, mut told) = (0, 0);
    loop {
        let events = store::roll_up::told_reports(conn, after, AT_ONCE)?;
        let Some(last) = events.last() else { break };
        after = last.position;
        for event in events {
            told += i64::from(event.action == "progress_report.submitted");
            if let Some(difference) = retold(event)? {
                return Ok(Err(difference));
            }
        }
        progress(told);
    }
    if store::roll_up::count_reports(conn)? == told {
        return Ok(Ok(told));
    }
    let untold = store::roll_up::untold_report(conn)?.ok_or_else(|| AppError::internal("a report vanished"))?;
    let (kept, found) = ("there".to_owned(), "absent: the journal was not told of it".to_owned());
    Ok(Err(Difference { noun: "progress report", id: untold, what: "it", kept, found }))
}

/// How a report differs from what the journal was told of it by this event.
fn retold(event: ToldReport) -> AppResult<Option<Difference>> {
    let of = |what, kept: String, found: String| {
        (kept != found).then_some(Difference { noun: "progress report", id: event.subject_id, what, kept, found })
    };
    let Some(report) = &event.report else { return Ok(of("it", "absent".into(), "there: the journal was told of it".into())) };
    let after = event.state_after.as_deref().unwrap_or("null");
    if event.action == "progress_report.submitted" {
        let draft: Value = serde_json::from_str(after).map_err(AppError::internal)?;
        return Ok(of("position", report.position.to_string(), event.position.to_string()).or_else(|| differing(report, &draft, of)));
    }
    let verification: Verification = serde_json::from_str(after).map_err(AppError::internal)?;
    if report.self_verified && report.verification == Verification::Returned && verification == Verification::Verified {
        // It verified itself, and was returned since: of this line there is only the time left.
        let told = event.recorded_at.and_utc().to_rfc3339();
        return Ok(of("the time of its own verification", report.recorded_at.and_utc().to_rfc3339(), told));
    }
    let when = report.verified_at.map(|at| at.and_utc().to_rfc3339()).unwrap_or_else(|| "missing".into());
    let verified = of("verification", report.verification.to_string(), verification.to_string());
    Ok(verified.or_else(|| of("the time of verification", when, event.recorded_at.and_utc().to_rfc3339())))
}

/// What a report says otherwise than its draft did.
fn differing(
    report: &ProgressReport,
    draft: &Value,
    of: impl Fn(&'static str, String, String) -> Option<Difference>,
) -> Option<Difference> {
    // As it was written: the shape of a draft may change, what the journal was told does not.
    let state = draft.pointer("/state").and_then(Value::as_str).and_then(|state| state.parse::<ReportState>().ok());
    let said = draft.pointer("/percent").and_then(|percent| serde_json::from_value::<Percent>(percent.clone()).ok());
    let implied = state.and_then(ReportState::implied_percent).or(said);
    let text = |pointer: &str| draft.pointer(pointer).and_then(Value::as_str).unwrap_or("none").to_owned();
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
    of("state", report.state.to_string(), text("/state"))
        .or_else(|| of("percent", percent(report.percent), percent(implied)))
        .or_else(|| of("measured_on", report.measured_on.to_string(), text("/measured_on")))
        .or_else(|| of("period", report.period.clone().unwrap_or_else(|| "none".into()), text("/period")))
        .or_else(|| of("the date of the product", day(report.product_issued_on), text("/product/issued_on")))
        .or_else(|| of("result", report.result.clone(), draft.get("result").and_then(Value::as_str).unwrap_or_default().to_owned()))
}

fn percent(percent: Option<Percent>) -> String {
    percent.map_or_else(|| "none".to_owned(), |percent| percent.to_string())
}

/// What the states of tasks keep of their reports beside what is counted.
fn kept_of_reports(conn: &mut Connection) -> AppResult<Option<Difference>> {
    if let Some((id, lifecycle)) = store::roll_up::contradicted(conn)? {
        let found = if lifecycle == Lifecycle::Draft { "issued" } else { "draft" };
        return Ok(Some(Difference { noun: "task", id, what: "lifecycle", kept: lifecycle.to_string(), found: found.to_owned() }));
    }
    let Some(Heard { task_id, waiting, last, first }) = store::roll_up::misheard(conn)?.pop() else { return Ok(None) };
    let state = store::task_states::find(conn, task_id)?.ok_or_else(|| AppError::internal("a state vanished"))?;
    let time = |at: Option<NaiveDateTime>| at.map_or_else(|| "none".to_owned(), |at| at.and_utc().to_rfc3339());
    let pairs = [
        ("waiting", state.waiting.to_string(), waiting.to_string()),
        ("last_reported_at", time(state.last_reported_at), time(last)),
        ("first_reported_at", time(state.first_reported_at), time(first)),
    ];
    let wrong = pairs.into_iter().find(|(_, kept, found)| kept != found);
    Ok(wrong.map(|(what, kept, found)| Difference { noun: "task", id: task_id, what, kept, found }))
}

/// The counted tasks of a root as they are kept, beside the same replayed from their histories.
fn facts(conn: &mut Connection, root: Id) -> AppResult<Result<usize, Difference>> {
    let filter = FactFilter { roots: vec![root], ..FactFilter::default() };
    let kept = store::task_facts::current(conn, &filter)?;
    // Whatever was told, when ever that was.
    let replayed = store::task_facts::as_of(conn, &filter, END_OF_TIME)?;
    let mut replayed: HashMap<Id, TaskFact> = replayed.into_iter().map(|fact| (fact.task.id, fact)).collect();
    let mut kept: Vec<TaskFact> = kept;
    kept.sort_unstable_by_key(|fact| fact.task.id);
    for fact in &kept {
        let Some(other) = replayed.remove(&fact.task.id) else {
            let (kept, found) = ("counted".to_owned(), "not counted".to_owned());
            return Ok(Err(Difference { noun: "task", id: fact.task.id, what: "it", kept, found }));
        };
        if let Some(difference) = apart(fact, &other) {
            return Ok(Err(difference));
        }
    }
    match replayed.into_keys().min() {
        None => Ok(Ok(kept.len())),
        Some(id) => Ok(Err(Difference { noun: "task", id, what: "it", kept: "not counted".into(), found: "counted".into() })),
    }
}

/// The first of its facts that differs.
fn apart(kept: &TaskFact, found: &TaskFact) -> Option<Difference> {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
    let (k, f) = (&kept.state, &found.state);
    let pairs = [
        ("lifecycle", k.lifecycle.to_string(), f.lifecycle.to_string()),
        ("claimed", percent(k.claimed), percent(f.claimed)),
        ("verified", percent(k.verified), percent(f.verified)),
        ("confirmed", k.confirmed.to_string(), f.confirmed.to_string()),
        ("completed_on", day(k.completed_on), day(f.completed_on)),
        ("due_on", day(k.due_on), day(f.due_on)),
        ("reported", k.reported.to_string(), f.reported.to_string()),
        ("has_verified", k.has_verified.to_string(), f.has_verified.to_string()),
        ("rescheduled", k.rescheduled.to_string(), f.rescheduled.to_string()),
        ("original_due_on", day(k.original_due_on), day(f.original_due_on)),
        ("weight", kept.task.weight.to_string(), found.task.weight.to_string()),
        ("lead unit", kept.task.lead_unit_id.to_string(), found.task.lead_unit_id.to_string()),
    ];
    let wrong = pairs.into_iter().find(|(_, kept, found)| kept != found);
    wrong.map(|(what, kept, computed)| Difference { noun: "task", id: found.task.id, what, kept, found: computed })
}
