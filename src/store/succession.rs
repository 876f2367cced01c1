//! Who followed whom, as the system had been told by a moment.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{commitments, task_handovers, tasks, unit_event_members, unit_events};
use crate::domain::Id;
use crate::domain::succession::Edge;
use crate::domain::unit_events::{EventSubject, Side, UnitEventKind};

diesel::alias!(unit_event_members as receivers: Receivers);

/// The events by which one passed everything to one other, told before `cutoff` and not yet taken
/// back then. Whoever stays in a merger passes nothing on.
pub fn whole(conn: &mut Connection, subject: EventSubject, cutoff: NaiveDateTime) -> StoreResult<Vec<Edge>> {
    type Row = (Id, Option<Id>, Option<Id>, Option<Id>, Option<Id>, NaiveDate, i64);
    let passing: Vec<UnitEventKind> = UnitEventKind::ALL.iter().copied().filter(|kind| kind.passes_all()).collect();
    let rows: Vec<Row> = unit_events::table
        .inner_join(unit_event_members::table)
        .inner_join(receivers.on(receivers.field(unit_event_members::event_id).eq(unit_events::id)))
        .filter(unit_events::subject.eq(subject))
        .filter(unit_events::kind.eq_any(passing))
        .filter(unit_events::recorded_at.lt(cutoff))
        .filter(unit_events::voided_at.is_null().or(unit_events::voided_at.ge(cutoff)))
        .filter(unit_event_members::side.eq(Side::From))
        .filter(receivers.field(unit_event_members::side).eq(Side::To))
        .select((
            unit_events::id,
            unit_event_members::unit_id,
            unit_event_members::area_id,
            receivers.field(unit_event_members::unit_id),
            receivers.field(unit_event_members::area_id),
            unit_events::effective_on,
            unit_events::position,
        ))
        .load(conn)?;
    let edge = |(event, from_unit, from_area, to_unit, to_area, effective_on, position): Row| {
        let (from, to) = (from_unit.or(from_area)?, to_unit.or(to_area)?);
        (from != to).then_some(Edge { event, from, to, effective_on, position })
    };
    Ok(rows.into_iter().filter_map(edge).collect())
}

/// Which tasks' hand-overs are asked for.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// Those of all tasks of these root areas.
    Roots(&'a [Id]),
    /// Those of one task.
    Task(Id),
}

/// The hand-overs of single tasks, told before `cutoff` by events not taken back then.
pub fn handed(conn: &mut Connection, of: Of<'_>, cutoff: NaiveDateTime) -> StoreResult<Vec<(Id, Edge)>> {
    type Row = (Id, Id, Id, Id, NaiveDate, i64);
    let mut query = task_handovers::table
        .inner_join(tasks::table)
        .inner_join(unit_events::table)
        .filter(task_handovers::recorded_at.lt(cutoff))
        .filter(unit_events::voided_at.is_null().or(unit_events::voided_at.ge(cutoff)))
        .into_boxed();
    query = match of {
        Of::Roots(roots) => query.filter(tasks::handed_over.eq(true)).filter(tasks::root_id.eq_any(roots.to_vec())),
        Of::Task(task) => query.filter(tasks::id.eq(task)),
    };
    let columns = (
        task_handovers::task_id,
        task_handovers::event_id,
        task_handovers::from_unit_id,
        task_handovers::to_unit_id,
        task_handovers::effective_on,
        task_handovers::position,
    );
    let rows: Vec<Row> = query.select(columns).load(conn)?;
    let edge = |(task, event, from, to, effective_on, position): Row| (task, Edge { event, from, to, effective_on, position });
    Ok(rows.into_iter().map(edge).collect())
}

/// Of tasks that were handed over: place in the journal and lead unit of every commitment told
/// before `cutoff`, oldest first.
pub fn leads(conn: &mut Connection, of: Of<'_>, cutoff: NaiveDateTime) -> StoreResult<Vec<(Id, i64, Id)>> {
    let mut query = commitments::table.inner_join(tasks::table).filter(commitments::recorded_at.lt(cutoff)).into_boxed();
    query = match of {
        Of::Roots(roots) => query.filter(tasks::handed_over.eq(true)).filter(tasks::root_id.eq_any(roots.to_vec())),
        Of::Task(task) => query.filter(tasks::id.eq(task)),
    };
    query.order(commitments::position).select((commitments::task_id, commitments::position, commitments::lead_unit_id)).load(conn)
}
