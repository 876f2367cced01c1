//! The counted work of a briefing: the same tasks on its day and on the day of comparison.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::ById;
use crate::db::Connection;
use crate::domain::briefings::Covers;
use crate::domain::dashboards::Totals;
use crate::domain::roll_up::RollUp;
use crate::domain::{Id, Moment, areas, calendar};
use crate::error::AppResult;
use crate::service::dashboards::{Question, units_of};
use crate::service::succession::Addressees;
use crate::store;
use crate::store::task_facts::TaskFact;
use crate::store::units::Unit;

/// What a briefing is made from.
pub struct Work {
    /// The day of the briefing.
    pub as_of: NaiveDate,
    /// The day of comparison.
    pub since: NaiveDate,
    /// Days before a deadline from which work is due soon.
    pub due_soon_days: i64,
    /// The root areas that count.
    pub roots: Vec<Id>,
    /// Whether its day is the present one.
    pub is_present: bool,
    /// The counted tasks of the unit on its day.
    pub now: ById<TaskFact>,
    /// Those on the day of comparison.
    pub then: ById<TaskFact>,
    scope: Scope,
    addressees: Addressees,
}

/// Whose work counts.
struct Scope {
    /// The units, where it is a subtree.
    units: HashSet<Id>,
    /// The root area, where it is all of it.
    root: Option<Id>,
}

impl Scope {
    fn holds(&self, root: Id, unit: Id) -> bool {
        self.root.map_or_else(|| self.units.contains(&unit), |own| own == root)
    }
}

impl Work {
    /// Reads the tasks of a unit on both days.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection, question: &Question, unit: &Unit, since: NaiveDate, at: &Moment) -> AppResult<Self> {
        let frame = question.frame();
        let (now, then) = (question.facts(conn)?, question.facts_on(conn, since)?);
        let leading = now.iter().chain(&then).map(|fact| fact.task.lead_unit_id);
        let units = units_of(conn, frame, question.root_paths(), leading)?;
        let root = match Covers::of(unit.kind, unit.parent_id.is_some(), &unit.area_path) {
            Covers::Subtree => None,
            Covers::Root => store::documents::root_ids(conn, &[format!("/{}/", areas::root_of(&unit.area_path))])?.pop(),
        };
        let below = units.iter().filter(|other| other.path.starts_with(&unit.path)).map(|unit| unit.id);
        let scope = Scope { units: below.collect(), root };
        let own = |facts: Vec<TaskFact>| -> ById<TaskFact> {
            let held = facts.into_iter().filter(|fact| scope.holds(fact.task.root_id, fact.task.lead_unit_id));
            held.map(|fact| (fact.task.id, fact)).collect()
        };
        Ok(Self {
            as_of: frame.as_of,
            since,
            due_soon_days: at.due_soon_days,
            roots: question.roots().to_vec(),
            is_present: frame.as_of == frame.today,
            now: own(now),
            then: own(then),
            addressees: question.addressees(conn)?,
            scope,
        })
    }

    /// Just after the day of the briefing.
    pub fn cutoff(&self) -> NaiveDateTime {
        calendar::end_of(self.as_of).naive_utc()
    }

    /// Just after the day of comparison.
    pub fn since_cutoff(&self) -> NaiveDateTime {
        calendar::end_of(self.since).naive_utc()
    }

    /// The unit that what was addressed to `unit` about a task led by `lead` lies with, if it lies within this briefing.
    pub fn addressed(&self, (task, root, lead): (Id, Id, Id), unit: Id) -> Option<Id> {
        let lies_with = self.addressees.of((task, lead), unit);
        self.scope.holds(root, lies_with).then_some(lies_with)
    }

    /// The numbers of the day of the briefing.
    pub fn totals_now(&self) -> Totals {
        self.totals(&self.now, self.as_of)
    }

    /// The numbers of the day of comparison.
    pub fn totals_then(&self) -> Totals {
        self.totals(&self.then, self.since)
    }

    fn totals(&self, facts: &ById<TaskFact>, day: NaiveDate) -> Totals {
        let mut roll_up = RollUp::default();
        facts.values().for_each(|fact| roll_up.add(&fact.counted(day, self.due_soon_days)));
        Totals::from(&roll_up)
    }

    /// Whether any of these tasks, or a report on one, was made up for the demo.
    pub fn is_illustrative(&self) -> bool {
        self.now.values().chain(self.then.values()).any(|fact| fact.illustrative)
    }
}
