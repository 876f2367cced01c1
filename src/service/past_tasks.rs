//! The list of tasks as the system knew them at the end of an earlier day: the rows behind the
//! numbers of a dashboard of that day.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::dashboards::Basis;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::{Id, Moment, calendar, timeliness};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::succession::Of;
use crate::store::task_facts::{FactFilter, FactState, TaskFact};
use crate::store::task_lists::TaskFilter;
use crate::store::task_rows::TaskRows;

use super::access::{Permit, ReadWork};
use super::paging::{Page, PageRequest};
use super::shown_tasks::{ShownTask, show_leaves};
use super::succession::Known;
use super::tasks::{AT_ONCE, Tally, filter_of, rows_of};
use super::{dashboards, documents, obligations};

/// The day a list asks for, if it is not today.
pub fn asked_for(query: &TaskQuery, at: &Moment) -> Option<NaiveDate> {
    query.as_of.filter(|day| *day != at.today())
}

/// A page of what was counted on that day, by the due date of then.
///
/// State, due date, progress and lead unit are those of the day; title, links and the words of the
/// deadline are the present ones, and nothing can be done with a task of the past.
///
/// # Errors
/// As [`super::tasks::list`].
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, day: NaiveDate, at: &Moment) -> AppResult<Page<ShownTask>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor.clone() };
    let after: Option<(Option<NaiveDate>, Id)> = request.after()?;
    let found = chosen(conn, permit, query, day, at)?.shown;
    let mut facts: Vec<TaskFact> = found.into_iter().filter(|fact| after.is_none_or(|after| place(after) < place(key(fact)))).collect();
    facts.sort_unstable_by_key(|fact| place(key(fact)));
    facts.truncate(usize::try_from(request.limit()? + 1).unwrap_or(usize::MAX));
    let page = request.page(facts, key)?;
    Ok(Page { items: shown(conn, permit, &page.items, day, at)?, next: page.next })
}

/// All tasks of such a list, in its order.
///
/// # Errors
/// As [`super::tasks::list`].
pub fn every(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, day: NaiveDate, at: &Moment) -> AppResult<Vec<ShownTask>> {
    let mut facts = chosen(conn, permit, query, day, at)?.shown;
    facts.sort_unstable_by_key(|fact| place(key(fact)));
    let mut all = Vec::with_capacity(facts.len());
    for some in facts.chunks(AT_ONCE) {
        all.extend(shown(conn, permit, some, day, at)?);
    }
    Ok(all)
}

/// How many such a list holds.
///
/// # Errors
/// As [`list`].
pub fn tally(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, day: NaiveDate, at: &Moment) -> AppResult<Tally> {
    let chosen = chosen(conn, permit, query, day, at)?;
    Ok(Tally { shown: i64::try_from(chosen.shown.len()).unwrap_or(i64::MAX), secret: chosen.secret })
}

fn key(fact: &TaskFact) -> (Option<NaiveDate>, Id) {
    (fact.state.due_on, fact.task.id)
}

/// Those without a date come last.
fn place((due_on, id): (Option<NaiveDate>, Id)) -> (bool, Option<NaiveDate>, Id) {
    (due_on.is_none(), due_on, id)
}

/// What was counted, of what the reader may see.
struct Chosen {
    shown: Vec<TaskFact>,
    secret: i64,
}

fn chosen(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, day: NaiveDate, at: &Moment) -> AppResult<Chosen> {
    dashboards::check_day(conn, day, at.today())?;
    if query.deadline_kind.is_some() {
        return Err(AppError::bad_parameter("deadline_kind", rules::NOT_HERE));
    }
    if !query.lacks.is_empty() {
        return Err(AppError::bad_parameter("lacks", rules::NOT_HERE));
    }
    let basis = query.basis;
    let roots = documents::own_roots(conn, permit)?;
    let known_roots = roots.clone();
    let rows = rows_of(conn, permit)?;
    let filter = filter_of(conn, permit, query, at)?;
    let linked: HashSet<Id> = store::task_lists::linked_ids(conn, &filter)?.into_iter().collect();
    let cutoff = calendar::end_of(day).naive_utc();
    let mut facts = store::task_facts::as_of(conn, &FactFilter { roots, ..FactFilter::default() }, cutoff)?;
    let answering = match basis {
        Some(Basis::Current) => Known::load(conn, Of::Roots(&known_roots), cutoff)?,
        None | Some(Basis::AsAssigned) => Known::default(),
    };
    let received = store::task_handovers::received_by(conn, &rows.read.units)?;
    let reads = |fact: &TaskFact| reads(&rows, fact) || received.contains(&fact.task.id);
    let led = |fact: &TaskFact| {
        filter.led.as_ref().is_none_or(|led| led.by.contains(&answering.responsible(fact.task.id, fact.task.lead_unit_id, day)))
    };
    facts.retain(|fact| linked.contains(&fact.task.id) && reads(fact) && led(fact) && stands(&filter, fact, day, at));
    let (shown, secret): (Vec<_>, Vec<_>) = facts.into_iter().partition(|fact| fact.task.secrecy == Secrecy::None || writes(&rows, fact));
    Ok(Chosen { shown, secret: i64::try_from(secret.len()).unwrap_or(i64::MAX) })
}

fn reads(rows: &TaskRows, fact: &TaskFact) -> bool {
    rows.read.roots.contains(&fact.task.root_id) || rows.read.units.contains(&fact.task.lead_unit_id)
}

fn writes(rows: &TaskRows, fact: &TaskFact) -> bool {
    rows.written.roots.contains(&fact.task.root_id) || rows.written.units.contains(&fact.task.lead_unit_id)
}

/// Whether it stood, and was led, as the list asks.
fn stands(filter: &TaskFilter, fact: &TaskFact, day: NaiveDate, at: &Moment) -> bool {
    let FactState { lifecycle, completed_on, due_on, reported, rescheduled, .. } = fact.state;
    let due_on = if filter.by_original { fact.state.first_due_on() } else { due_on };
    let judged = timeliness::judge(lifecycle, completed_on, due_on, day, at.due_soon_days).timeliness;
    (filter.lifecycles.is_empty() || filter.lifecycles.contains(&lifecycle))
        && (filter.timeliness.is_empty() || judged.is_some_and(|judged| filter.timeliness.contains(&judged)))
        && filter.rescheduled.is_none_or(|asked| asked == rescheduled)
        && waits(filter, fact, day, at)
        && filter.reported.is_none_or(|asked| asked == reported && !matches!(lifecycle, Lifecycle::Suspended | Lifecycle::Cancelled))
}

/// Whether it waited as long as the list asks: for a word, or beyond its day.
fn waits(filter: &TaskFilter, fact: &TaskFact, day: NaiveDate, at: &Moment) -> bool {
    let open = fact.state.lifecycle.is_open();
    let silent = |days: i64| open && fact.heard().is_some_and(|heard| heard.days(day) >= days);
    let late = fact.judgement(day, at.due_soon_days).days_late.filter(|days| open && *days > 0);
    let (least, most) = filter.days_late;
    filter.silent_days.is_none_or(silent)
        && least.is_none_or(|least| late.is_some_and(|late| late >= least))
        && most.is_none_or(|most| late.is_some_and(|late| late <= most))
}

fn shown(conn: &mut Connection, permit: &Permit<ReadWork>, facts: &[TaskFact], day: NaiveDate, at: &Moment) -> AppResult<Vec<ShownTask>> {
    let ids: Vec<Id> = facts.iter().map(|fact| fact.task.id).collect();
    let mut rows = Vec::new();
    let mut present = store::tasks::rows_with_ids(conn, &ids)?;
    for fact in facts {
        let found = present.iter().position(|(task, _)| task.id == fact.task.id);
        let (mut task, mut state) = present.swap_remove(found.ok_or_else(|| AppError::internal("a counted task is gone"))?);
        task.lead_unit_id = fact.task.lead_unit_id;
        state.due_on = fact.state.due_on;
        state.rescheduled = fact.state.rescheduled;
        state.original_due_on = fact.state.original_due_on;
        state.lifecycle = fact.state.lifecycle;
        state.confirmed = fact.state.confirmed;
        state.completed_on = fact.state.completed_on;
        state.claimed = fact.state.claimed;
        state.verified = fact.state.verified;
        state.reported = fact.state.reported;
        state.has_verified = fact.state.has_verified;
        state.waiting = 0;
        rows.push((task, state));
    }
    let then = at.recorded(calendar::at(day, 12), at.origin);
    let mut shown = show_leaves(conn, permit.actor(), rows, &then)?;
    let owing: Vec<_> =
        shown.iter().filter(|task| may_owe(task)).map(|task| (&task.record.task, None, task.record.state.lifecycle)).collect();
    let mut counted = obligations::counts(conn, &owing, Some(calendar::end_of(day).naive_utc()), day)?;
    for task in &mut shown {
        task.record.obligations = counted.remove(&task.record.task.id);
        task.actions.clear();
    }
    Ok(shown)
}

/// Whether it may have owed more than the whole on some day.
fn may_owe(shown: &ShownTask) -> bool {
    let record = &shown.record;
    obligations::may_owe(&record.task, record.deadline.as_ref(), record.original_deadline.as_ref().map(|row| row.id))
}
