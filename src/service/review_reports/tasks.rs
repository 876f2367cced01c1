//! The tasks of a round's document, and what of them a report tells.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::review_reports::{ReportedCounts, ReportedName, ReportedTask, ReportedTasks, ReportedUnit};
use crate::domain::roll_up::RollUp;
use crate::domain::statistics::FourWay;
use crate::domain::tasks::Secrecy;
use crate::domain::timeliness::Timeliness;
use crate::domain::{Id, calendar};
use crate::error::AppResult;
use crate::service::documents::carrying_out;
use crate::service::reviews::Reviewed;
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::task_facts::{FactFilter, TaskFact};
use crate::store::tasks::TaskRow;

pub use crate::store::task_facts::TaskFact as Fact;

/// Nothing in a report tells what is due soon from what is in time.
const DUE_SOON: i64 = 0;

/// The counted tasks of a round's document as they were known at the end of a day; on `today` as they are.
///
/// # Errors
/// The database's.
pub fn facts(conn: &mut Connection, reviewed: &Reviewed, day: NaiveDate, today: NaiveDate) -> AppResult<Vec<TaskFact>> {
    let documents = Some(carrying_out(conn, reviewed.document_id())?);
    let filter = FactFilter { roots: vec![reviewed.root.id], documents, ..FactFilter::default() };
    let end = calendar::end_of(day).naive_utc();
    Ok(if day == today { store::task_facts::current(conn, &filter)? } else { store::task_facts::as_of(conn, &filter, end)? })
}

/// The official statistic of some tasks on a day.
pub fn statistic<'a>(facts: impl Iterator<Item = &'a TaskFact>, day: NaiveDate) -> FourWay {
    let sum: RollUp = facts.map(|fact| fact.counted(day, DUE_SOON)).collect::<Vec<_>>().iter().collect();
    FourWay::from(&sum.counts())
}

/// What a report tells of tasks.
///
/// # Errors
/// The database's.
pub fn reported(
    conn: &mut Connection,
    facts: &[TaskFact],
    (units, names): (&[LineUnit], &HashMap<Id, ReportedName>),
    day: NaiveDate,
) -> AppResult<ReportedTasks> {
    let (mut by_unit, mut total): (HashMap<Id, RollUp>, RollUp) = Default::default();
    for fact in facts {
        let counted = fact.counted(day, DUE_SOON);
        by_unit.entry(fact.task.lead_unit_id).or_default().add(&counted);
        total.add(&counted);
    }
    let line = |unit: &LineUnit| {
        let sum = by_unit.get(&unit.id)?;
        Some(ReportedUnit {
            unit: names.get(&unit.id)?.clone(),
            ended_on: unit.valid_to.filter(|ended| *ended <= day),
            counts: counts(sum),
        })
    };
    Ok(ReportedTasks {
        total: counts(&total),
        units: units.iter().filter_map(line).collect(),
        overdue: overdue_of(conn, facts.iter(), names, day)?,
    })
}

fn counts(sum: &RollUp) -> ReportedCounts {
    let progress = sum.progress();
    ReportedCounts {
        statistic: FourWay::from(&sum.counts()),
        claimed: progress.claimed,
        verified: progress.verified,
        reported: progress.coverage.reported,
    }
}

/// The open ones of some tasks whose deadline has passed, the longest overdue first. What is secret is counted and not listed.
///
/// # Errors
/// The database's.
pub fn overdue_of<'a>(
    conn: &mut Connection,
    facts: impl Iterator<Item = &'a TaskFact>,
    names: &HashMap<Id, ReportedName>,
    day: NaiveDate,
) -> AppResult<Vec<ReportedTask>> {
    let late = facts.filter(|fact| fact.task.secrecy == Secrecy::None);
    let late = late.filter(|fact| fact.judgement(day, DUE_SOON).timeliness == Some(Timeliness::Overdue));
    let late: HashMap<Id, &TaskFact> = late.map(|fact| (fact.task.id, fact)).collect();
    let rows = store::tasks::rows_with_ids(conn, &late.keys().copied().collect::<Vec<_>>())?;
    let deadlines: Vec<Id> = rows.iter().filter_map(|(_, state)| state.deadline_id).collect();
    let words: HashMap<Id, String> = store::deadlines::with_ids(conn, &deadlines)?.into_iter().map(|row| (row.id, row.text)).collect();
    let one = |(task, state): TaskRow| {
        let fact = late.get(&task.id)?;
        let due_on = fact.state.due_on?;
        // Words of a deadline that was moved since say something else.
        let deadline = state.deadline_id.filter(|_| state.due_on == Some(due_on)).and_then(|id| words.get(&id)).cloned();
        let unit = names.get(&fact.task.lead_unit_id)?.clone();
        Some(ReportedTask { title: task.title, unit, deadline, due_on, days_late: (day - due_on).num_days() })
    };
    let mut tasks: Vec<ReportedTask> = rows.into_iter().filter_map(one).collect();
    tasks.sort_by_cached_key(|task| (task.due_on, task.unit.code.clone(), task.title.clone(), task.deadline.clone()));
    Ok(tasks)
}
