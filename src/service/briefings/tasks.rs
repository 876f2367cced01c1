//! Sections made of the counted tasks themselves, as they stand and stood.

use chrono::NaiveDate;

use super::work::Work;
use crate::db::Connection;
use crate::domain::briefings::{Row, Said, Topic, newly_overdue};
use crate::domain::silence::SILENT_DAYS;
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::Timeliness;
use crate::domain::{Id, calendar};
use crate::error::AppResult;
use crate::store;
use crate::store::task_facts::TaskFact;

/// The rows of a topic, in no order; none for those that are made of records.
///
/// # Errors
/// The database's.
pub fn rows(conn: &mut Connection, work: &Work, topic: Topic) -> AppResult<Vec<Row>> {
    let mut rows: Vec<Row> = work.now.values().filter_map(|fact| row(work, topic, fact)).collect();
    if topic == Topic::Suspended {
        tell_why(conn, work, &mut rows)?;
    }
    Ok(rows)
}

/// The row of a task in a topic, if it belongs there.
fn row(work: &Work, topic: Topic, fact: &TaskFact) -> Option<Row> {
    let row = Row::of(fact.task.id, fact.task.lead_unit_id);
    let judged = fact.judgement(work.as_of, work.due_soon_days);
    let is = |timeliness| judged.timeliness == Some(timeliness);
    match topic {
        Topic::Suspended => (fact.state.lifecycle == Lifecycle::Suspended).then_some(row),
        Topic::Overdue => fact.state.due_on.filter(|_| is(Timeliness::Overdue)).map(|due| row.since(due, work.as_of)),
        Topic::NewlyOverdue => {
            let due = fact.state.due_on.filter(|due| is(Timeliness::Overdue) && newly_overdue(*due, work.since));
            due.map(|due| row.since(due, work.as_of))
        }
        Topic::DueSoon => fact.state.due_on.filter(|_| is(Timeliness::DueSoon)).map(|due| ahead(row, due, work.as_of)),
        Topic::NoDeadline => is(Timeliness::NoDeadline).then(|| match fact.assigned_on() {
            Some(day) => row.since(day, work.as_of),
            None => row,
        }),
        Topic::Silent => silent(work, fact, row),
        Topic::PercentFallen => fallen(work, fact, row),
        Topic::CompletedClaimed => completed(work, fact, row).filter(|_| !fact.state.confirmed),
        Topic::CompletedVerified => completed(work, fact, row).filter(|_| fact.state.confirmed),
        Topic::NewlyIssued => issued(work, fact, row),
        _ => None,
    }
}

fn ahead(row: Row, due: NaiveDate, as_of: NaiveDate) -> Row {
    Row { on: Some(due), days: Some((due - as_of).num_days()), ..row }
}

fn silent(work: &Work, fact: &TaskFact, row: Row) -> Option<Row> {
    let heard = fact.heard().filter(|_| fact.state.lifecycle.is_open())?;
    (heard.days(work.as_of) >= SILENT_DAYS).then(|| row.since(heard.on, work.as_of))
}

/// What claims less than it did.
fn fallen(work: &Work, fact: &TaskFact, row: Row) -> Option<Row> {
    let before = work.then.get(&fact.task.id)?.state.claimed?;
    let claimed = fact.state.claimed.filter(|claimed| *claimed < before)?;
    let row = row.changing(Some(Said::Percent(before)), Some(Said::Percent(claimed)));
    Some(match fact.state.last_reported_at {
        Some(at) => row.since(calendar::day_of(at.and_utc()), work.as_of),
        None => row,
    })
}

/// What is completed and was not, or was not confirmed as it is now.
fn completed(work: &Work, fact: &TaskFact, row: Row) -> Option<Row> {
    let stood = work.then.get(&fact.task.id).map(|fact| (fact.state.lifecycle, fact.state.confirmed));
    let is_new = stood != Some((Lifecycle::Completed, fact.state.confirmed));
    // What was confirmed once and waits again was no news.
    let was_confirmed = stood == Some((Lifecycle::Completed, true));
    let told = fact.state.lifecycle == Lifecycle::Completed && is_new && !was_confirmed;
    told.then(|| match fact.state.completed_on {
        Some(day) => row.since(day, work.as_of),
        None => row,
    })
}

fn issued(work: &Work, fact: &TaskFact, row: Row) -> Option<Row> {
    let at = fact.task.issued_at.filter(|at| *at >= work.since_cutoff())?;
    Some(row.since(calendar::day_of(at.and_utc()), work.as_of))
}

/// Why each was suspended, and since when.
fn tell_why(conn: &mut Connection, work: &Work, rows: &mut [Row]) -> AppResult<()> {
    let ids: Vec<Id> = rows.iter().map(|row| row.task).collect();
    for (task, at, reason) in store::briefings::suspensions(conn, &ids, work.cutoff())? {
        if let Some(row) = rows.iter_mut().find(|row| row.task == task) {
            *row = row.clone().since(calendar::day_of(at.and_utc()), work.as_of).saying(reason.as_deref());
        }
    }
    Ok(())
}
