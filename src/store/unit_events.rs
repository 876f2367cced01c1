//! Events of units and areas, with who stood on either side.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{unit_event_members, unit_events};
use crate::domain::unit_events::{EventSubject, Side, UnitEventKind};
use crate::domain::{Id, Origin};

/// One event.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = unit_events, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct UnitEvent {
    pub id: Id,
    pub root_id: Id,
    pub reorganisation_id: Id,
    pub subject: EventSubject,
    pub kind: UnitEventKind,
    pub effective_on: NaiveDate,
    pub legal_basis: String,
    pub note: Option<String>,
    /// The rules by which tasks went their ways, as JSON.
    pub handovers: String,
    pub position: i64,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub version: i32,
}

/// A unit or area on one side of an event.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = unit_event_members, treat_none_as_default_value = false)]
pub struct Member {
    pub id: Id,
    pub event_id: Id,
    pub side: Side,
    pub unit_id: Option<Id>,
    pub area_id: Option<Id>,
    /// Ten-thousandths.
    pub share: Option<i32>,
    /// The last day that was known before this event ended it.
    pub ended_before: Option<NaiveDate>,
}

impl Member {
    /// The unit or area.
    pub fn subject_id(&self) -> Option<Id> {
        self.unit_id.or(self.area_id)
    }
}

versioned!(unit_events, UnitEvent);

/// Whether anything ever happened.
pub fn any(conn: &mut Connection) -> StoreResult<bool> {
    unit_events::table.select(unit_events::id).first::<Id>(conn).optional().map(|found| found.is_some())
}

/// Adds a member.
pub fn insert_member(conn: &mut Connection, row: &Member) -> StoreResult<()> {
    diesel::insert_into(unit_event_members::table).values(row).execute(conn).map(drop)
}

/// The members of these events, in the order they were said.
pub fn members_of(conn: &mut Connection, events: &[Id]) -> StoreResult<Vec<Member>> {
    let mut members: Vec<Member> =
        load_among!(conn, unit_event_members::table.select(Member::as_select()), unit_event_members::event_id, events)?;
    members.sort_unstable_by_key(|member| member.id);
    Ok(members)
}

/// Which events a list asks for.
#[derive(Debug, Default, Clone)]
pub struct UnitEventFilter {
    /// The root areas the reader may see.
    pub roots: Vec<Id>,
    pub unit_id: Option<Id>,
    pub area_id: Option<Id>,
    pub reorganisation_id: Option<Id>,
    pub kind: Option<UnitEventKind>,
    pub voided: bool,
    /// Day, place in the journal and id of the last event of the page before.
    pub before: Option<(NaiveDate, i64, Id)>,
    pub limit: i64,
}

/// A page of events, the latest first.
pub fn list(conn: &mut Connection, filter: &UnitEventFilter) -> StoreResult<Vec<UnitEvent>> {
    let mut query =
        unit_events::table.select(UnitEvent::as_select()).filter(unit_events::root_id.eq_any(filter.roots.clone())).into_boxed();
    if let Some(unit) = filter.unit_id {
        let took_part = unit_event_members::table.filter(unit_event_members::unit_id.eq(unit)).select(unit_event_members::event_id);
        query = query.filter(unit_events::id.eq_any(took_part));
    }
    if let Some(area) = filter.area_id {
        let took_part = unit_event_members::table.filter(unit_event_members::area_id.eq(area)).select(unit_event_members::event_id);
        query = query.filter(unit_events::id.eq_any(took_part));
    }
    if let Some(reorganisation) = filter.reorganisation_id {
        query = query.filter(unit_events::reorganisation_id.eq(reorganisation));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(unit_events::kind.eq(kind));
    }
    if !filter.voided {
        query = query.filter(unit_events::voided_at.is_null());
    }
    if let Some((day, position, id)) = filter.before {
        let same_day = unit_events::effective_on.eq(day);
        let earlier = unit_events::position.lt(position).or(unit_events::position.eq(position).and(unit_events::id.lt(id)));
        query = query.filter(unit_events::effective_on.lt(day).or(same_day.and(earlier)));
    }
    query.order((unit_events::effective_on.desc(), unit_events::position.desc(), unit_events::id.desc())).limit(filter.limit).load(conn)
}

/// The events in force that this unit or area took part in, oldest first, with the side it stood on.
pub fn of_subject(conn: &mut Connection, subject: EventSubject, id: Id) -> StoreResult<Vec<(UnitEvent, Side)>> {
    let joined = unit_events::table.inner_join(unit_event_members::table).filter(unit_events::voided_at.is_null());
    let ordered =
        joined.order((unit_events::effective_on, unit_events::position)).select((UnitEvent::as_select(), unit_event_members::side));
    match subject {
        EventSubject::Unit => ordered.filter(unit_event_members::unit_id.eq(id)).load(conn),
        EventSubject::Area => ordered.filter(unit_event_members::area_id.eq(id)).load(conn),
    }
}
