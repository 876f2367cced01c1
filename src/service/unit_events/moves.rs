//! Which tasks change hands in a reorganisation.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::db::Connection;
use crate::domain::tasks::Lifecycle;
use crate::domain::unit_events::{EventSubject, Side, UnitEventKind};
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult};
use crate::service::journal::Seat;
use crate::service::succession::Known;
use crate::store;
use crate::store::succession::Of;
use crate::store::task_handovers::{MovableTask, TaskHandover};
use crate::store::tasks::Task;
use crate::store::unit_events::UnitEvent;

use super::sides::Sided;

/// A rule of an event, as it is kept: everything it names by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Only what this unit answers for.
    pub from: Option<Id>,
    /// Only this task.
    pub task: Option<Id>,
    /// Only tasks of this field.
    pub field: Option<Id>,
    /// Only tasks of this programme.
    pub programme: Option<Id>,
    /// Who answers since.
    pub to: Id,
}

impl Rule {
    fn takes(&self, from: Id, task: Id, field: Option<Id>, programme: Option<Id>) -> bool {
        let fits = |wanted: Option<Id>, found: Option<Id>| wanted.is_none() || wanted == found;
        fits(self.from, Some(from)) && fits(self.task, Some(task)) && fits(self.field, field) && fits(self.programme, programme)
    }
}

/// The first rule that takes a task, with its number.
fn taken(rules: &[Rule], from: Id, task: Id, field: Option<Id>, programme: Option<Id>) -> Option<(usize, &Rule)> {
    rules.iter().enumerate().find(|(_, rule)| rule.takes(from, task, field, programme))
}

/// Tasks that go from one unit to another by one event; to nobody, where nobody was named.
#[derive(Debug, Clone)]
pub struct Move {
    /// Which event of the reorganisation.
    pub event: usize,
    /// Who answered before.
    pub from: Id,
    /// Who answers since; none where that is undecided.
    pub to: Option<Id>,
    /// The tasks, each with the number of the rule that took it.
    pub tasks: Vec<(MovableTask, Option<usize>)>,
}

/// Every task that changes hands, and every open one of whom nobody would know who answers for it.
///
/// A task that has ended (completed, cancelled) and is taken by no rule stays on record with the unit
/// that had it: nobody owes anything for it any more.
///
/// # Errors
/// The database's.
pub fn of(conn: &mut Connection, events: &[Sided<'_>], effective_on: NaiveDate, at: &Moment) -> AppResult<Vec<Move>> {
    let roots = store::documents::root_ids(conn, &roots_of(events))?;
    let eve = effective_on.checked_sub_days(Days::new(1)).unwrap_or(effective_on);
    let known = Known::load(conn, Of::Roots(&roots), calendar::end_of(at.today()).naive_utc())?;
    let mut held: HashMap<Id, Vec<MovableTask>> = HashMap::new();
    for task in store::task_handovers::movable(conn, &roots)? {
        held.entry(known.responsible(task.id, task.lead_unit_id, eve)).or_default().push(task);
    }
    let mut moves = Vec::new();
    for (event, sided) in events.iter().enumerate().filter(|(_, sided)| sided.draft.of == EventSubject::Unit) {
        for from in &sided.from {
            let tasks = held.remove(&from.id()).unwrap_or_default();
            let mut gone: HashMap<Option<Id>, Vec<(MovableTask, Option<usize>)>> = HashMap::new();
            for task in tasks {
                if let Some((to, rule)) = whither(sided, from.id(), &task) {
                    gone.entry(to).or_default().push((task, rule));
                }
            }
            let mut gone: Vec<Move> = gone.into_iter().map(|(to, tasks)| Move { event, from: from.id(), to, tasks }).collect();
            gone.sort_unstable_by_key(|step| step.to);
            moves.extend(gone);
        }
    }
    Ok(moves)
}

/// Where a task goes, by which rule; nowhere, if it stays where it is.
fn whither(event: &Sided<'_>, from: Id, task: &MovableTask) -> Option<(Option<Id>, Option<usize>)> {
    if event.draft.kind.passes_all() {
        let heir = event.to.first().map(super::sides::Body::id).filter(|to| *to != from);
        return heir.map(|to| (Some(to), None));
    }
    match taken(&event.rules, from, task.id, task.field_id, task.programme_id) {
        Some((_, rule)) if rule.to == from => None,
        Some((number, rule)) => Some((Some(rule.to), Some(number))),
        None if event.draft.kind == UnitEventKind::Transfer => None,
        None => (!matches!(task.lifecycle, Lifecycle::Completed | Lifecycle::Cancelled)).then_some((None, None)),
    }
}

fn roots_of(events: &[Sided<'_>]) -> Vec<String> {
    let paths = events.iter().flat_map(|event| &event.from).map(|body| crate::domain::areas::root_of(body.area_path()).to_owned());
    let mut roots: Vec<String> = paths.map(|code| crate::domain::areas::path(None, &code)).collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}

/// Keeps the moves of one event: those by rules; what passes as a whole follows by itself.
///
/// # Errors
/// The database's.
pub fn keep(conn: &mut Connection, event: &UnitEvent, moves: &[&Move], at: &Moment) -> AppResult<()> {
    let mut rows = Vec::new();
    for step in moves {
        for (task, rule) in &step.tasks {
            if let (Some(to), Some(rule)) = (step.to, rule) {
                rows.push(handover(event, task.id, (step.from, to), *rule, event.position, at));
            }
        }
    }
    Ok(store::task_handovers::insert(conn, event.id, &rows)?)
}

fn handover(event: &UnitEvent, task_id: Id, (from_unit_id, to_unit_id): (Id, Id), rule: usize, position: i64, at: &Moment) -> TaskHandover {
    TaskHandover {
        id: at.new_id(),
        task_id,
        event_id: event.id,
        from_unit_id,
        to_unit_id,
        rule: i32::try_from(rule).unwrap_or(i32::MAX),
        effective_on: event.effective_on,
        until_on: None,
        position,
        recorded_at: at.recorded_at(),
    }
}

/// Takes a task through what has happened to its lead unit since the day it was given to it, for work
/// that is entered after the reorganisation was: the rules of then decide about it too.
///
/// # Errors
/// The database's.
pub fn catch_up(conn: &mut Connection, task: &Task, given_on: NaiveDate, seat: &Seat, at: &Moment) -> AppResult<()> {
    let (mut unit, mut last) = (task.lead_unit_id, (given_on, i64::MAX));
    while let Some((event, to, rule)) = next(conn, task, unit, last)? {
        if let Some(rule) = rule {
            store::task_handovers::insert_one(conn, &handover(&event, task.id, (unit, to), rule, seat.position(), at))?;
        }
        (unit, last) = (to, (event.effective_on, event.position));
    }
    Ok(())
}

/// The next event by which a task leaves a unit.
fn next(conn: &mut Connection, task: &Task, unit: Id, last: (NaiveDate, i64)) -> AppResult<Option<(UnitEvent, Id, Option<usize>)>> {
    for (event, side) in store::unit_events::of_subject(conn, EventSubject::Unit, unit)? {
        if side != Side::From || (event.effective_on, event.position) <= last {
            continue;
        }
        if event.kind.passes_all() {
            let members = store::unit_events::members_of(conn, &[event.id])?;
            let heir = members.iter().find(|member| member.side == Side::To).and_then(|member| member.unit_id);
            match heir.filter(|heir| *heir != unit) {
                Some(heir) => return Ok(Some((event, heir, None))),
                None => continue,
            }
        }
        let rules: Vec<Rule> = serde_json::from_str(&event.handovers).map_err(AppError::internal)?;
        if let Some((number, rule)) = taken(&rules, unit, task.id, task.field_id, task.programme_id).filter(|(_, rule)| rule.to != unit) {
            let to = rule.to;
            return Ok(Some((event, to, Some(number))));
        }
    }
    Ok(None)
}
