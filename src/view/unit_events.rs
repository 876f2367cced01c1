//! Reorganisations of units and areas, and who answers for a task since.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use super::units::UnitRef;
use crate::domain::share::Share;
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::unit_events::{EventSubject, UnitEventKind};
use crate::domain::{Id, Origin};
use crate::store::areas::Area;
use crate::store::task_handovers::MovableTask;
use crate::store::unit_events::{Member, UnitEvent};
use crate::store::units::Unit;

/// An event of units or areas.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitEventView {
    pub id: Id,
    /// The events with the same one were recorded together.
    pub reorganisation: Id,
    pub of: EventSubject,
    pub kind: UnitEventKind,
    /// The first day it is so.
    #[schema(example = "2025-07-01")]
    pub effective_on: NaiveDate,
    #[schema(example = "202/2025/QH15")]
    pub legal_basis: String,
    pub note: Option<String>,
    /// Who was there before.
    pub from: Vec<SideView>,
    /// Who is there after.
    pub to: Vec<SideView>,
    /// How many tasks went, by the event's rules, from whom to whom; where all work passes to one, it
    /// follows without being counted here.
    pub handed_over: Vec<HandedOverView>,
    pub origin: Origin,
    pub recorded_at: DateTime<Utc>,
    /// When it was taken back; `null` while it holds.
    pub voided_at: Option<DateTime<Utc>>,
    pub void_reason: Option<String>,
    pub version: i32,
}

/// A unit or area on one side of an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct SideView {
    /// The unit, of an event of units.
    pub unit: Option<UnitRef>,
    /// The area, of an event of areas.
    pub area: Option<AreaRef>,
    /// What part of what was there it becomes.
    pub share: Option<Share>,
}

/// Tasks that went from one unit to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedOverView {
    pub from: UnitRef,
    pub to: UnitRef,
    #[schema(minimum = 0)]
    pub tasks: i64,
}

impl SideView {
    /// A unit on a side.
    pub fn unit(member: &Member, unit: &Unit) -> Self {
        Self { unit: Some(UnitRef::from(unit)), area: None, share: member.share.and_then(Share::from_ten_thousandths) }
    }

    /// An area on a side.
    pub fn area(member: &Member, area: &Area) -> Self {
        Self { unit: None, area: Some(AreaRef::from(area)), share: member.share.and_then(Share::from_ten_thousandths) }
    }
}

impl UnitEventView {
    /// An event with its sides.
    pub fn new(event: UnitEvent, from: Vec<SideView>, to: Vec<SideView>, handed_over: Vec<(Unit, Unit, i64)>) -> Self {
        let UnitEvent {
            id,
            root_id: _,
            reorganisation_id,
            subject,
            kind,
            effective_on,
            legal_basis,
            note,
            handovers: _,
            position: _,
            recorded_by: _,
            origin,
            recorded_at,
            voided_at,
            void_reason,
            version,
        } = event;
        let went = |(from, to, tasks): (Unit, Unit, i64)| HandedOverView { from: UnitRef::from(&from), to: UnitRef::from(&to), tasks };
        Self {
            id,
            reorganisation: reorganisation_id,
            of: subject,
            kind,
            effective_on,
            legal_basis,
            note,
            from,
            to,
            handed_over: handed_over.into_iter().map(went).collect(),
            origin,
            recorded_at: recorded_at.and_utc(),
            voided_at: voided_at.map(|at| at.and_utc()),
            void_reason,
            version,
        }
    }
}

/// What a reorganisation does, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReorganisationView {
    /// Whether it was tried only: then nothing was kept, and its ids mean nothing.
    pub dry_run: bool,
    pub reorganisation: Id,
    /// Its events, in the order they were said.
    pub events: Vec<UnitEventView>,
    /// The tasks that change hands, by who answers before and after.
    pub moves: Vec<MoveView>,
    /// The open tasks of which nobody would know who answers for them: a reorganisation with such is
    /// refused.
    pub undecided: Vec<MoveView>,
}

/// Tasks that go from one unit to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveView {
    /// Which event of the reorganisation, from 0.
    #[schema(minimum = 0)]
    pub event: usize,
    pub from: UnitRef,
    /// Who answers since; `null` where nobody is named.
    pub to: Option<UnitRef>,
    /// How many tasks.
    #[schema(minimum = 0)]
    pub count: usize,
    /// Each of them, when tried only.
    pub tasks: Vec<MovedTaskView>,
}

/// A task that changes hands.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedTaskView {
    pub id: Id,
    /// Its title; `null` for a secret one.
    pub title: Option<String>,
    pub lifecycle: Lifecycle,
    /// The number of the rule that takes it, from 0; `null` where all work passes to one.
    #[schema(minimum = 0)]
    pub rule: Option<usize>,
}

impl MoveView {
    /// A move, with its tasks if they are wanted.
    pub fn new(
        event: usize,
        (from, to): (Id, Option<Id>),
        tasks: Vec<(MovableTask, Option<usize>)>,
        units: &HashMap<Id, Unit>,
        listed: bool,
    ) -> Option<Self> {
        let count = tasks.len();
        let title = |task: &MovableTask| Some(task.title.clone()).filter(|_| task.secrecy == Secrecy::None);
        let shown = tasks.into_iter().filter(|_| listed);
        let shown = shown.map(|(task, rule)| MovedTaskView { title: title(&task), id: task.id, lifecycle: task.lifecycle, rule });
        Some(Self {
            event,
            from: UnitRef::from(units.get(&from)?),
            to: to.and_then(|to| units.get(&to)).map(UnitRef::from),
            count,
            tasks: shown.collect(),
        })
    }
}

/// Who answers for a task on a day, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponsibleView {
    pub task: Id,
    #[schema(example = "2025-12-01")]
    pub on: NaiveDate,
    /// The unit the task was given to.
    pub lead_unit: UnitRef,
    /// The unit that answers for it on that day.
    pub responsible_unit: UnitRef,
    /// Whether that unit has ended and nobody was named since.
    pub undecided: bool,
    /// The steps from the one to the other.
    pub steps: Vec<ResponsibleStep>,
}

/// One step: what happened, and who answers since.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponsibleStep {
    /// Id of the event (`unit-events`).
    pub event: Id,
    pub kind: UnitEventKind,
    pub effective_on: NaiveDate,
    pub legal_basis: String,
    pub from: UnitRef,
    pub to: UnitRef,
}

impl ResponsibleStep {
    /// A step by an event.
    pub fn new(event: UnitEvent, from: &Unit, to: &Unit) -> Self {
        let UnitEvent { id, kind, effective_on, legal_basis, .. } = event;
        Self { event: id, kind, effective_on, legal_basis, from: UnitRef::from(from), to: UnitRef::from(to) }
    }
}
