//! Hand-overs of single tasks: who answers for one since a reorganisation that did not pass all the
//! work of its unit to one other.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::units::Unit;
use crate::db::Connection;
use crate::db::schema::{task_handovers, task_states, tasks, unit_events, units};
use crate::domain::Id;
use crate::domain::tasks::{Lifecycle, Secrecy};

/// One hand-over.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = task_handovers, treat_none_as_default_value = false)]
pub struct TaskHandover {
    pub id: Id,
    pub task_id: Id,
    pub event_id: Id,
    pub from_unit_id: Id,
    pub to_unit_id: Id,
    /// Which rule of the event, from 0.
    pub rule: i32,
    pub effective_on: NaiveDate,
    /// The first day it no longer holds, because of a later one or because the lead unit changed.
    pub until_on: Option<NaiveDate>,
    pub position: i64,
    pub recorded_at: NaiveDateTime,
}

/// How many rows one statement adds.
const AT_ONCE: usize = 500;

/// Adds rows and marks their tasks, whose version moves on; what held before for these tasks ends.
pub fn insert(conn: &mut Connection, event: Id, rows: &[TaskHandover]) -> StoreResult<()> {
    for some in rows.chunks(AT_ONCE) {
        let some = some.to_vec();
        crate::on_each_database!(conn, |c| diesel::insert_into(task_handovers::table).values(some).execute(c))?;
    }
    let Some(first) = rows.first() else { return Ok(()) };
    let of_event = || diesel::alias!(task_handovers as these);
    let these = of_event();
    let named = these.filter(these.field(task_handovers::event_id).eq(event)).select(these.field(task_handovers::task_id));
    diesel::update(tasks::table.filter(tasks::id.eq_any(named)))
        .set((tasks::handed_over.eq(true), tasks::version.eq(tasks::version + 1)))
        .execute(conn)?;
    let these = of_event();
    let named = these.filter(these.field(task_handovers::event_id).eq(event)).select(these.field(task_handovers::task_id));
    let before = task_handovers::table
        .filter(task_handovers::task_id.eq_any(named))
        .filter(task_handovers::event_id.ne(event))
        .filter(task_handovers::until_on.is_null());
    diesel::update(before).set(task_handovers::until_on.eq(first.effective_on)).execute(conn).map(drop)
}

/// Adds one row and marks its task.
pub fn insert_one(conn: &mut Connection, row: &TaskHandover) -> StoreResult<()> {
    let open = task_handovers::table.filter(task_handovers::task_id.eq(row.task_id)).filter(task_handovers::until_on.is_null());
    diesel::update(open).set(task_handovers::until_on.eq(row.effective_on)).execute(conn)?;
    diesel::insert_into(task_handovers::table).values(row).execute(conn)?;
    diesel::update(tasks::table.find(row.task_id)).set(tasks::handed_over.eq(true)).execute(conn).map(drop)
}

/// A task as a reorganisation sees it.
#[derive(Debug, Clone, Queryable)]
pub struct MovableTask {
    pub id: Id,
    pub title: String,
    pub secrecy: Secrecy,
    pub lead_unit_id: Id,
    pub field_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub lifecycle: Lifecycle,
}

/// The tasks of these roots that were not voided, in no order.
pub fn movable(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<MovableTask>> {
    tasks::table
        .inner_join(task_states::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(tasks::voided_at.is_null())
        .select((
            tasks::id,
            tasks::title,
            tasks::secrecy,
            tasks::lead_unit_id,
            tasks::field_id,
            tasks::programme_id,
            task_states::lifecycle,
        ))
        .load(conn)
}

/// The lead unit of a task changed on a day: what it was handed over to before holds no longer.
pub fn end_of_task(conn: &mut Connection, task: Id, on: NaiveDate) -> StoreResult<()> {
    let open = task_handovers::table.filter(task_handovers::task_id.eq(task)).filter(task_handovers::until_on.is_null());
    diesel::update(open).set(task_handovers::until_on.eq(on)).execute(conn).map(drop)
}

/// Whether a task that an event handed over was handed on by a later one that holds.
pub fn handed_on(conn: &mut Connection, event: Id, position: i64) -> StoreResult<bool> {
    let these = diesel::alias!(task_handovers as these);
    let named = these.filter(these.field(task_handovers::event_id).eq(event)).select(these.field(task_handovers::task_id));
    let holding = task_handovers::table.inner_join(unit_events::table).filter(unit_events::voided_at.is_null());
    let later = holding.filter(task_handovers::task_id.eq_any(named)).filter(task_handovers::position.gt(position));
    later.select(task_handovers::id).first::<Id>(conn).optional().map(|found| found.is_some())
}

/// An event was taken back: its hand-overs hold on no day, and those they ended hold again.
pub fn take_back(conn: &mut Connection, event: Id, effective_on: NaiveDate) -> StoreResult<()> {
    let these = diesel::alias!(task_handovers as these);
    let named = these.filter(these.field(task_handovers::event_id).eq(event)).select(these.field(task_handovers::task_id));
    let ended = task_handovers::table
        .filter(task_handovers::task_id.eq_any(named))
        .filter(task_handovers::event_id.ne(event))
        .filter(task_handovers::until_on.eq(effective_on));
    diesel::update(ended).set(task_handovers::until_on.eq(None::<NaiveDate>)).execute(conn)?;
    diesel::update(task_handovers::table.filter(task_handovers::event_id.eq(event)))
        .set(task_handovers::until_on.eq(effective_on))
        .execute(conn)
        .map(drop)
}

/// The units that answer for these tasks since their last hand-over in force on a day.
pub fn in_force(conn: &mut Connection, tasks: &[Id], on: NaiveDate) -> StoreResult<HashMap<Id, Id>> {
    let rows: Vec<(Id, Id)> = task_handovers::table
        .filter(task_handovers::task_id.eq_any(tasks.to_vec()))
        .filter(task_handovers::effective_on.le(on))
        .filter(task_handovers::until_on.is_null().or(task_handovers::until_on.gt(on)))
        .order((task_handovers::effective_on, task_handovers::position))
        .select((task_handovers::task_id, task_handovers::to_unit_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What held on a day at least: not what was taken back, or ended before it began.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn held() -> _ {
    task_handovers::until_on.is_null().or(task_handovers::until_on.gt(task_handovers::effective_on.nullable()).assume_not_null())
}

/// The units a task was handed over to, ever.
pub fn receivers(conn: &mut Connection, task: Id) -> StoreResult<Vec<Unit>> {
    let to = units::table.inner_join(task_handovers::table.on(task_handovers::to_unit_id.eq(units::id)));
    to.filter(task_handovers::task_id.eq(task)).filter(held()).select(Unit::as_select()).load(conn)
}

/// Those of these units' tasks that were handed over to them.
pub fn received_by(conn: &mut Connection, units: &[Id]) -> StoreResult<HashSet<Id>> {
    let rows: Vec<Id> = task_handovers::table
        .filter(task_handovers::to_unit_id.eq_any(units.to_vec()))
        .filter(held())
        .select(task_handovers::task_id)
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// How many tasks each of these events handed over, by who answers since.
pub fn counts(conn: &mut Connection, events: &[Id]) -> StoreResult<Vec<(Id, Id, Id, i64)>> {
    task_handovers::table
        .filter(task_handovers::event_id.eq_any(events.to_vec()))
        .group_by((task_handovers::event_id, task_handovers::from_unit_id, task_handovers::to_unit_id))
        .select((task_handovers::event_id, task_handovers::from_unit_id, task_handovers::to_unit_id, diesel::dsl::count_star()))
        .load(conn)
}
