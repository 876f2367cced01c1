//! Work that is given to a group of units: one whole, and a part for each unit.
//!
//! The parts are those of any task with several leads; what is special is that they are made, and
//! issued, with their whole, and that a unit born later can be given one.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::group_tasks::ChildrenDraft;
use crate::domain::partial_date::PartialDate;
use crate::domain::task_drafts::TaskDraft;
use crate::domain::tasks::Lifecycle;
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::unit_groups::UnitGroup;
use crate::store::units::Unit;

use super::access::{Permit, WriteWork};
use super::shown_tasks::{ShownTask, show, show_one};
use super::unit_groups::Roster;
use super::{decisions, lookup, task_drafts, tasks};

/// Creates a draft. If it is given to a group, it is the whole, and each unit that belongs to the group on
/// the day of assignment gets a part of it: the same work, product, deadline and monitoring unit.
///
/// # Errors
/// As [`task_drafts::create`]; 422 `empty_group` naming the day.
pub fn assign(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskDraft, at: &Moment) -> AppResult<ShownTask> {
    let whole = task_drafts::create(conn, permit, draft, at)?;
    let Some(group) = &whole.record.unit_group else { return Ok(whole) };
    let said = task_drafts::draft_of(&whole);
    let day = task_drafts::given_on(&said, at);
    let members = members_on(conn, group, day)?;
    if members.is_empty() {
        return Err(AppError::invalid_fields(vec![FieldError::new("/lead_group", rules::EMPTY_GROUP).with("day", day)]));
    }
    for unit in members {
        task_drafts::create(conn, permit, &part_of(&said, whole.record.task.id, unit.id), at)?;
    }
    show_one(conn, permit.actor(), whole.record.task.id, at)
}

/// A whole that may be given further parts: permission and state have been checked.
#[derive(Debug)]
pub struct Divisible(ShownTask, UnitGroup);

/// Finds the whole and keeps others from changing it.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` for a task that was given to no group, and for a void one.
pub fn target(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, at: &Moment) -> AppResult<Divisible> {
    let shown = tasks::hold(conn, permit, id, at)?;
    match &shown.record.unit_group {
        Some(group) if shown.record.task.voided_at.is_none() => {
            let group = group.clone();
            Ok(Divisible(shown, group))
        }
        _ => Err(AppError::illegal_state(shown.actions)),
    }
}

/// Units that are given a part, and their parts.
#[derive(Debug)]
pub struct Added {
    /// The day it is.
    pub on: NaiveDate,
    /// The units.
    pub units: Vec<Unit>,
    /// Their parts; none were made if it was only tried.
    pub parts: Vec<ShownTask>,
}

/// Gives parts to units that have none, from today on; issued at once if the whole is. With `dry_run`
/// it only says to which.
///
/// # Errors
/// 422: `one_of`; `unknown_unit`, `other_root`, `not_valid_then` and `taken` for a unit that cannot be
/// given one; as [`task_drafts::create`].
pub fn add(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Divisible(whole, group): Divisible,
    draft: &ChildrenDraft,
    dry_run: bool,
    at: &Moment,
) -> AppResult<Added> {
    let (on, id) = (at.today(), whole.record.task.id);
    let standing = store::tasks::standing_parts(conn, id)?;
    let standing = show(conn, permit.actor(), standing, at)?;
    let units = match (&draft.unit, draft.from_group) {
        (Some(reference), false) => vec![chosen(conn, permit, reference, &whole, &standing, on)?],
        (None, true) => missing(members_on(conn, &group, on)?, &standing),
        _ => {
            let one_of = FieldError::new("/unit", rules::ONE_OF).with("fields", "unit, from_group");
            return Err(AppError::invalid_fields(vec![one_of]));
        }
    };
    let mut parts = Vec::new();
    if !dry_run {
        let said = TaskDraft { assigned_on: Some(PartialDate::parse(&on.to_string())), ..task_drafts::draft_of(&whole) };
        for unit in &units {
            let part = task_drafts::create(conn, permit, &part_of(&said, id, unit.id), at)?.record.task.id;
            if whole.record.task.issued_at.is_some() {
                decisions::issue(conn, permit, part, None, at)?;
            }
            parts.push(show_one(conn, permit.actor(), part, at)?);
        }
    }
    Ok(Added { on, units, parts })
}

/// The parts of a whole that were given to a group with it and wait to be issued; kept from everybody else.
///
/// # Errors
/// The database's.
pub fn hold_drafts(conn: &mut Connection, whole: &ShownTask) -> AppResult<Vec<Id>> {
    if whole.record.unit_group.is_none() {
        return Ok(Vec::new());
    }
    let parts = store::tasks::standing_parts(conn, whole.record.task.id)?;
    let drafts: Vec<Id> = parts.into_iter().filter(|(_, state)| state.lifecycle == Lifecycle::Draft).map(|(task, _)| task.id).collect();
    drafts.iter().try_for_each(|id| store::tasks::lock(conn, *id))?;
    Ok(drafts)
}

fn members_on(conn: &mut Connection, group: &UnitGroup, day: NaiveDate) -> AppResult<Vec<Unit>> {
    let root = lookup::found(store::areas::find(conn, group.root_id))?;
    Roster::load(conn, &root)?.members_on(conn, group, day)
}

/// What is said of the whole, said of the part of one unit.
fn part_of(whole: &TaskDraft, id: Id, unit: Id) -> TaskDraft {
    TaskDraft { parent: Some(id), lead_unit: Some(Reference::Id(unit)), lead_group: None, external_refs: Vec::new(), ..whole.clone() }
}

/// The unit a draft names, if it may be given a part today.
fn chosen(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    reference: &Reference,
    whole: &ShownTask,
    parts: &[ShownTask],
    on: NaiveDate,
) -> AppResult<Unit> {
    let unit = lookup::unit(conn, permit, "/unit", reference)?;
    lookup::same_province("/unit", &unit, &whole.record.lead)?;
    lookup::valid_on(&unit, "/unit", on)?;
    if parts.iter().any(|part| part.record.lead.id == unit.id) {
        return Err(AppError::invalid_fields(vec![FieldError::new("/unit", rules::TAKEN).with("found", &unit.name)]));
    }
    Ok(unit)
}

/// The members that neither lead a part nor answer for one since a reorganisation.
fn missing(members: Vec<Unit>, parts: &[ShownTask]) -> Vec<Unit> {
    let having: HashSet<Id> = parts.iter().flat_map(|part| [part.record.lead.id, part.record.answering().id]).collect();
    members.into_iter().filter(|unit| !having.contains(&unit.id)).collect()
}
