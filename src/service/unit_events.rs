//! Reorganisations of units and areas: recorded by administrators as one whole, tried out before,
//! read by everybody in the root.

pub mod moves;
pub mod sides;

use std::collections::HashMap;

use chrono::Days;

use crate::db::Connection;
use crate::domain::share::Share;
use crate::domain::unit_events::{EventSubject, ReorganisationDraft, Side, UnitEventQuery};
use crate::domain::{Id, Moment, areas};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::unit_events::{Member, UnitEvent, UnitEventFilter};
use crate::store::units::Unit;

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{documents, inheritance};
use moves::Move;
use sides::{Body, Sided};

/// An event with who stood on its sides.
#[derive(Debug, Clone)]
pub struct ShownEvent {
    /// The event.
    pub event: UnitEvent,
    /// Its sides, in the order they were said.
    pub members: Vec<(Member, Body)>,
    /// How many tasks went by its rules from whom to whom.
    pub handed_over: Vec<(Unit, Unit, i64)>,
}

/// What a reorganisation does, or would do.
#[derive(Debug)]
pub struct Outcome {
    /// Its id.
    pub id: Id,
    /// The events, in the order they were said.
    pub events: Vec<ShownEvent>,
    /// The tasks that change hands, and those of which nobody knows.
    pub moves: Vec<Move>,
    /// The units named in the moves.
    pub units: HashMap<Id, Unit>,
}

/// Records a reorganisation, or with `dry_run` says what it would do and leaves everything as it was.
///
/// # Errors
/// 422 naming every field that is wrong, or the events after which nobody would answer for open
/// work; `forbidden`.
pub fn record(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    draft: &ReorganisationDraft,
    dry_run: bool,
    at: &Moment,
) -> AppResult<Outcome> {
    store::tried(conn, |conn| {
        let events = sides::find(conn, permit, draft)?;
        let moves = moves::of(conn, &events, draft.effective_on, at)?;
        if !dry_run {
            refuse_undecided(&moves)?;
        }
        let id = at.new_id();
        let mut shown = Vec::with_capacity(events.len());
        for (number, event) in events.iter().enumerate() {
            let own: Vec<&Move> = moves.iter().filter(|step| step.event == number).collect();
            shown.push(keep(conn, permit, (id, draft, event), &own, at)?);
        }
        inheritance::derive_all(conn)?;
        let units = units_of(conn, &moves)?;
        Ok((Outcome { id, events: with_sides(conn, shown)?, moves, units }, !dry_run))
    })
}

/// Refuses a reorganisation after which nobody would answer for open work.
fn refuse_undecided(moves: &[Move]) -> AppResult<()> {
    let undecided = moves.iter().filter(|step| step.to.is_none());
    let wrong = undecided
        .map(|step| FieldError::new(format!("/events/{}/handovers", step.event), rules::UNDECIDED).with("count", step.tasks.len()));
    let wrong: Vec<FieldError> = wrong.collect();
    if wrong.is_empty() { Ok(()) } else { Err(AppError::invalid_fields(wrong)) }
}

fn keep(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    (reorganisation_id, draft, sided): (Id, &ReorganisationDraft, &Sided<'_>),
    moves: &[&Move],
    at: &Moment,
) -> AppResult<UnitEvent> {
    let seat = journal::reserve(conn)?;
    let first = sided.from.first().ok_or_else(|| AppError::internal("an event without sides"))?;
    let root = areas::path(None, areas::root_of(first.area_path()));
    let root_id = store::documents::root_ids(conn, std::slice::from_ref(&root))?.first().copied();
    let event = UnitEvent {
        id: at.new_id(),
        root_id: root_id.ok_or_else(|| AppError::internal("a unit without a root"))?,
        reorganisation_id,
        subject: sided.draft.of,
        kind: sided.draft.kind,
        effective_on: draft.effective_on,
        legal_basis: sided.draft.legal_basis.clone().unwrap_or_else(|| draft.legal_basis.clone()),
        note: draft.note.clone(),
        handovers: serde_json::to_string(&sided.rules).map_err(AppError::internal)?,
        position: seat.position(),
        recorded_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
        voided_at: None,
        void_reason: None,
        version: 1,
    };
    store::unit_events::insert(conn, &event)?;
    keep_sides(conn, &event, sided, at)?;
    moves::keep(conn, &event, moves, at)?;
    let told = serde_json::json!({"reorganisation": reorganisation_id, "effective_on": event.effective_on, "event": sided.draft});
    let happening = Happening::created("unit_event.recorded", "unit_event", event.id, &told).within(&root);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(event)
}

/// Keeps who stood on the sides; who ends, ends on the eve.
fn keep_sides(conn: &mut Connection, event: &UnitEvent, sided: &Sided<'_>, at: &Moment) -> AppResult<()> {
    let member = |side: Side, body: &Body, share: Option<i32>, ended_before| Member {
        id: at.new_id(),
        event_id: event.id,
        side,
        unit_id: Some(body.id()).filter(|_| event.subject == EventSubject::Unit),
        area_id: Some(body.id()).filter(|_| event.subject == EventSubject::Area),
        share,
        ended_before,
    };
    for body in &sided.from {
        store::unit_events::insert_member(conn, &member(Side::From, body, None, body.valid().1))?;
    }
    for (body, said) in sided.to.iter().zip(&sided.draft.to) {
        store::unit_events::insert_member(conn, &member(Side::To, body, said.share.map(Share::ten_thousandths), None))?;
    }
    let eve = event.effective_on.checked_sub_days(Days::new(1));
    sided.ending().try_for_each(|body| end(conn, body.clone(), eve))
}

/// Sets the last day of a unit or area.
fn end(conn: &mut Connection, body: Body, valid_to: Option<chrono::NaiveDate>) -> AppResult<()> {
    lookup::expect_updated(match body {
        Body::Unit(unit) => store::units::update(conn, &Unit { valid_to, version: unit.version + 1, ..unit }),
        Body::Area(area) => store::areas::update(conn, &Area { valid_to, version: area.version + 1, ..area }),
    })
}

/// The event with this id.
///
/// # Errors
/// `not_found`, also for events of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDirectory>, id: Id) -> AppResult<ShownEvent> {
    let event = lookup::found(store::unit_events::find(conn, id))?;
    documents::require_read(conn, permit, event.root_id)?;
    with_sides(conn, vec![event])?.pop().ok_or_else(|| AppError::internal("an event vanished"))
}

/// A page of events, the latest first.
///
/// # Errors
/// `invalid_parameter`, also for a unit or area that is not there.
pub fn list(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: UnitEventQuery) -> AppResult<Page<ShownEvent>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = UnitEventFilter {
        roots: documents::own_roots(conn, permit)?,
        unit_id: query.unit.map(|u| lookup::unit_parameter(conn, permit, "unit", &u)).transpose()?.map(|unit| unit.id),
        area_id: query.area.map(|a| lookup::area_parameter(conn, permit, "area", &a)).transpose()?.map(|area| area.id),
        reorganisation_id: query.reorganisation,
        kind: query.kind,
        voided: query.voided == Some(true),
        before: page.after()?,
        limit: page.limit()? + 1,
    };
    let page = page.page(store::unit_events::list(conn, &filter)?, |event| (event.effective_on, event.position, event.id))?;
    Ok(Page { items: with_sides(conn, page.items)?, next: page.next })
}

/// Whether anything was ever reorganised, so that both bases may differ.
///
/// # Errors
/// The database's.
pub fn any(conn: &mut Connection) -> AppResult<bool> {
    Ok(store::unit_events::any(conn)?)
}

/// An event that may be taken back: permission, version and state have been checked.
#[derive(Debug)]
pub struct Voidable(ShownEvent);

/// Finds the event.
///
/// # Errors
/// `not_found`, `forbidden`, `stale`; `illegal_state` when it was taken back already, or something
/// happened since to whoever stood on its sides.
pub fn to_void(conn: &mut Connection, permit: &Permit<WriteDirectory>, id: Id, expected: Expected) -> AppResult<Voidable> {
    let event = lookup::found(store::unit_events::find(conn, id))?;
    documents::require_read(conn, permit, event.root_id)?;
    let shown = with_sides(conn, vec![event])?.pop().ok_or_else(|| AppError::internal("an event vanished"))?;
    let covered = |body: &Body| match body {
        Body::Unit(unit) => permit.covers_unit(&unit.path, &unit.area_path),
        Body::Area(area) => permit.covers_area(&area.path),
    };
    if !shown.members.iter().all(|(_, body)| covered(body)) {
        return Err(AppError::new(codes::FORBIDDEN));
    }
    expected.check(shown.event.version)?;
    let mut built_on = shown.event.voided_at.is_some() || store::task_handovers::handed_on(conn, shown.event.id, shown.event.position)?;
    for (_, body) in &shown.members {
        let order = |event: &UnitEvent| (event.effective_on, event.position);
        let events = store::unit_events::of_subject(conn, shown.event.subject, body.id())?;
        built_on |= events.iter().any(|(other, _)| order(other) > order(&shown.event));
    }
    if built_on { Err(AppError::illegal_state(Vec::<String>::new())) } else { Ok(Voidable(shown)) }
}

/// Takes an event back, with a reason: what ended exists again, and work is answered for as before.
///
/// # Errors
/// The database's.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    Voidable(ShownEvent { event, members, .. }): Voidable,
    reason: &str,
    at: &Moment,
) -> AppResult<ShownEvent> {
    let stays: Vec<Id> = members.iter().filter(|(member, _)| member.side == Side::To).map(|(_, body)| body.id()).collect();
    for (member, body) in members.into_iter().filter(|(member, _)| member.side == Side::From) {
        if !stays.contains(&body.id()) && body.valid().1 != member.ended_before {
            end(conn, body, member.ended_before)?;
        }
    }
    store::task_handovers::take_back(conn, event.id, event.effective_on)?;
    let voided = UnitEvent { voided_at: Some(at.recorded_at()), void_reason: Some(reason.to_owned()), version: event.version + 1, ..event };
    lookup::expect_updated(store::unit_events::update(conn, &voided))?;
    inheritance::derive_all(conn)?;
    let happening = Happening::changed("unit_event.voided", "unit_event", voided.id, &false, &true).because(Some(reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    with_sides(conn, vec![voided])?.pop().ok_or_else(|| AppError::internal("an event vanished"))
}

fn with_sides(conn: &mut Connection, events: Vec<UnitEvent>) -> AppResult<Vec<ShownEvent>> {
    let ids: Vec<Id> = events.iter().map(|event| event.id).collect();
    let members = store::unit_events::members_of(conn, &ids)?;
    let counts = store::task_handovers::counts(conn, &ids)?;
    let units: Vec<Id> = members.iter().filter_map(|m| m.unit_id).chain(counts.iter().flat_map(|(_, from, to, _)| [*from, *to])).collect();
    let areas: Vec<Id> = members.iter().filter_map(|m| m.area_id).collect();
    let units: HashMap<Id, Unit> = store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let areas: HashMap<Id, Area> = store::areas::with_ids(conn, &areas)?.into_iter().map(|area| (area.id, area)).collect();
    let body = |member: &Member| match (member.unit_id, member.area_id) {
        (Some(unit), _) => units.get(&unit).cloned().map(Body::Unit),
        (None, area) => areas.get(&area?).cloned().map(Body::Area),
    };
    let shown = |event: UnitEvent| {
        let own = members.iter().filter(|member| member.event_id == event.id);
        let handed = counts.iter().filter(|(of, ..)| *of == event.id);
        let handed = handed.filter_map(|(_, from, to, count)| Some((units.get(from)?.clone(), units.get(to)?.clone(), *count)));
        ShownEvent { members: own.filter_map(|m| Some((m.clone(), body(m)?))).collect(), handed_over: handed.collect(), event }
    };
    Ok(events.into_iter().map(shown).collect())
}

fn units_of(conn: &mut Connection, moves: &[Move]) -> AppResult<HashMap<Id, Unit>> {
    let ids: Vec<Id> = moves.iter().flat_map(|step| [Some(step.from), step.to]).flatten().collect();
    Ok(store::units::with_ids(conn, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect())
}
