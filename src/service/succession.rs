//! Who answers for a task, now or on another day, when units have merged, split or ended since it
//! was given (`domain::succession` has the rule, this finds what it needs).

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::db::Connection;
use crate::domain::succession::{Assigned, Edge, Succession};
use crate::domain::unit_events::EventSubject;
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult, codes};
use crate::store;
use crate::store::succession::Of;
use crate::store::tasks::Task;
use crate::store::unit_events::UnitEvent;
use crate::store::units::Unit;

use super::access::{Permit, ReadWork, Right};
use super::shown_tasks::ShownTask;
use super::{lookup, tasks};

/// All that was known of successions at one moment.
#[derive(Debug, Default)]
pub struct Known {
    succession: Succession,
    since: HashMap<Id, i64>,
}

impl Known {
    /// What had been told before `cutoff`.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection, of: Of<'_>, cutoff: NaiveDateTime) -> AppResult<Self> {
        let whole = store::succession::whole(conn, EventSubject::Unit, cutoff)?;
        let handed = store::succession::handed(conn, of, cutoff)?;
        let since = if handed.is_empty() { HashMap::new() } else { given_anew(store::succession::leads(conn, of, cutoff)?) };
        Ok(Self { succession: Succession::new(whole, handed), since })
    }

    /// What is known on a day of the past, or now.
    ///
    /// # Errors
    /// The database's.
    pub fn by(conn: &mut Connection, of: Of<'_>, day: NaiveDate) -> AppResult<Self> {
        Self::load(conn, of, calendar::end_of(day).naive_utc())
    }

    /// Who answers for a task on a day.
    pub fn responsible(&self, task: Id, lead: Id, on: NaiveDate) -> Id {
        self.succession.responsible(self.assigned(task, lead), on)
    }

    /// Who has, on a day, all that a unit had.
    pub fn heir(&self, unit: Id, on: NaiveDate) -> Id {
        self.succession.heir(unit, on)
    }

    /// How it came there.
    pub fn walk(&self, task: Id, lead: Id, on: NaiveDate) -> Vec<Edge> {
        self.succession.walk(self.assigned(task, lead), on)
    }

    /// The units whose work as a whole these answer for on a day.
    pub fn answered_by(&self, units: &[Id], on: NaiveDate) -> Vec<Id> {
        self.succession.answered_by(&units.iter().copied().collect(), on).into_iter().collect()
    }

    fn assigned(&self, task: Id, lead: Id) -> Assigned {
        Assigned { task, lead, since: self.since.get(&task).copied().unwrap_or(i64::MIN) }
    }
}

/// With whom lies, on a day, what was addressed to a unit.
#[derive(Debug)]
pub struct Addressees {
    known: Option<Known>,
    on: NaiveDate,
}

impl Addressees {
    /// By what is known of successions; without it, with the unit it was addressed to.
    pub fn new(known: Option<Known>, on: NaiveDate) -> Self {
        Self { known, on }
    }

    /// The unit that what was addressed to `unit` about a task led by `lead` lies with.
    pub fn of(&self, (task, lead): (Id, Id), unit: Id) -> Id {
        match &self.known {
            None => unit,
            Some(known) if unit == lead => known.responsible(task, lead, self.on),
            Some(known) => known.heir(unit, self.on),
        }
    }
}

/// Of each task whose lead unit was changed, the place in the journal of the last such change.
fn given_anew(leads: Vec<(Id, i64, Id)>) -> HashMap<Id, i64> {
    let (mut last, mut since): (HashMap<Id, Id>, HashMap<Id, i64>) = Default::default();
    for (task, position, lead) in leads {
        if last.insert(task, lead).is_some_and(|before| before != lead) {
            since.insert(task, position);
        }
    }
    since
}

/// Of these tasks with their lead units, those another unit answers for today. Nothing is asked where
/// nothing was reorganised.
///
/// # Errors
/// The database's.
pub fn responsible_units<'a>(
    conn: &mut Connection,
    led: impl IntoIterator<Item = (&'a Task, &'a Unit)>,
    at: &Moment,
) -> AppResult<HashMap<Id, Unit>> {
    let today = at.today();
    let moved = |(task, lead): &(&Task, &Unit)| task.handed_over || lead.valid_to.is_some_and(|to| to < today);
    let moved: Vec<(&Task, &Unit)> = led.into_iter().filter(moved).collect();
    if moved.is_empty() {
        return Ok(HashMap::new());
    }
    let whole = store::succession::whole(conn, EventSubject::Unit, calendar::end_of(today).naive_utc())?;
    let succession = Succession::new(whole, []);
    let handed: Vec<Id> = moved.iter().filter(|(task, _)| task.handed_over).map(|(task, _)| task.id).collect();
    let handed = if handed.is_empty() { HashMap::new() } else { store::task_handovers::in_force(conn, &handed, today)? };
    let heir = |task: &Task, lead: &Unit| succession.heir(handed.get(&task.id).copied().unwrap_or(lead.id), today);
    let answering: Vec<(Id, Id)> = moved
        .into_iter()
        .map(|(task, lead)| (task.id, heir(task, lead), lead.id))
        .filter(|(_, unit, lead)| unit != lead)
        .map(|(task, unit, _)| (task, unit))
        .collect();
    let ids: Vec<Id> = answering.iter().map(|(_, unit)| *unit).collect();
    let units: HashMap<Id, Unit> = store::units::with_ids(conn, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
    Ok(answering.into_iter().filter_map(|(task, unit)| Some((task, units.get(&unit)?.clone()))).collect())
}

/// What was addressed to a unit about a task, each with who answers for it today: the unit itself, or who does
/// since it ended. For the task's own lead unit that is whoever answers for the task.
///
/// # Errors
/// The database's.
pub fn addressees(conn: &mut Connection, addressed: &[(&Task, &Unit)], at: &Moment) -> AppResult<Vec<Unit>> {
    let today = at.today();
    let ended = |unit: &Unit| unit.valid_to.is_some_and(|to| to < today);
    let leads = addressed.iter().copied().filter(|(task, unit)| ended(unit) && task.lead_unit_id == unit.id);
    let responsible = responsible_units(conn, leads, at)?;
    let mut heirs: HashMap<Id, Unit> = HashMap::new();
    if addressed.iter().any(|(task, unit)| ended(unit) && task.lead_unit_id != unit.id) {
        let whole = store::succession::whole(conn, EventSubject::Unit, calendar::end_of(today).naive_utc())?;
        let succession = Succession::new(whole, []);
        let ids: Vec<Id> = addressed.iter().map(|(_, unit)| succession.heir(unit.id, today)).collect();
        heirs = store::units::with_ids(conn, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
        heirs = addressed.iter().filter_map(|(_, unit)| Some((unit.id, heirs.get(&succession.heir(unit.id, today))?.clone()))).collect();
    }
    let answering = |(task, unit): &(&Task, &Unit)| match () {
        () if !ended(unit) => None,
        () if task.lead_unit_id == unit.id => responsible.get(&task.id).cloned(),
        () => heirs.get(&unit.id).cloned(),
    };
    Ok(addressed.iter().map(|pair| answering(pair).unwrap_or_else(|| pair.1.clone())).collect())
}

/// Refuses whoever does not reach the unit that answers for a task: the unit that did, reads it still.
///
/// # Errors
/// `forbidden`.
pub fn require_answering<R: Right>(permit: &Permit<R>, unit: &Unit) -> AppResult<()> {
    if permit.covers_unit(&unit.path, &unit.area_path) { Ok(()) } else { Err(AppError::new(codes::FORBIDDEN)) }
}

/// Who answers for a task on a day, and why.
#[derive(Debug, Clone)]
pub struct Responsibility {
    /// The task as it is now.
    pub task: ShownTask,
    /// The day.
    pub on: NaiveDate,
    /// Who answers.
    pub unit: Unit,
    /// The steps from the unit it was given to, with the event of each.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// The event.
    pub event: UnitEvent,
    /// Who answered before.
    pub from: Unit,
    /// Who answers since.
    pub to: Unit,
}

impl Responsibility {
    /// Whether nobody has been named since the unit ended.
    pub fn undecided(&self) -> bool {
        self.unit.valid_to.is_some_and(|to| to < self.on)
    }
}

/// Who answers for a task on a day, by what is known now.
///
/// # Errors
/// As `tasks::get`.
pub fn responsible_on(
    conn: &mut Connection,
    permit: &Permit<ReadWork>,
    task: Id,
    on: Option<NaiveDate>,
    at: &Moment,
) -> AppResult<Responsibility> {
    let task = tasks::get(conn, permit, task, at)?;
    let on = on.unwrap_or(at.today());
    let known = Known::by(conn, Of::Task(task.record.task.id), at.today())?;
    let edges = known.walk(task.record.task.id, task.record.lead.id, on);
    let mut steps = Vec::with_capacity(edges.len());
    for edge in edges {
        let mut unit = |id| lookup::found(store::units::find(conn, id));
        let (from, to) = (unit(edge.from)?, unit(edge.to)?);
        steps.push(Step { event: lookup::found(store::unit_events::find(conn, edge.event))?, from, to });
    }
    let unit = steps.last().map_or(task.record.lead.clone(), |step| step.to.clone());
    Ok(Responsibility { task, on, unit, steps })
}
