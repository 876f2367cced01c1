//! The counted tasks that a dashboard is made from, and how they are summed.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::dashboards::{Basis, DashboardQuery, Frame, Totals};
use crate::domain::roll_up::{Counted, RollUp};
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service::access::{Permit, ReadDashboards, Right};
use crate::service::documents::carrying_out;
use crate::service::links::{self, Linked};
use crate::service::succession::{Addressees, Known};
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::succession::Of;
use crate::store::task_facts::{FactFilter, FactTask, TaskFact};

/// The counted tasks of one answer.
pub struct Picture {
    /// What the answer says of itself.
    pub frame: Frame,
    /// Paths of the root areas that count.
    pub root_paths: Vec<String>,
    /// Their ids.
    pub roots: Vec<Id>,
    tasks: Vec<(FactTask, Counted)>,
}

impl Picture {
    /// Answers the question, or says which parameter is wrong.
    ///
    /// # Errors
    /// `invalid_parameter`; the database's.
    pub fn take(conn: &mut Connection, permit: &Permit<ReadDashboards>, query: &DashboardQuery, at: &Moment) -> AppResult<Self> {
        let question = Question::check(conn, permit, query, at)?;
        question.answer(conn, at)
    }

    /// The units of these roots, and those of others that answer for work of theirs.
    ///
    /// # Errors
    /// The database's.
    pub fn units(&self, conn: &mut Connection) -> AppResult<Vec<LineUnit>> {
        units_of(conn, &self.frame, &self.root_paths, self.tasks.iter().map(|(task, _)| task.lead_unit_id))
    }

    /// The numbers of the tasks that are `chosen`.
    pub fn totals(&self, chosen: impl Fn(&FactTask) -> bool) -> Totals {
        let roll_up: RollUp = self.tasks.iter().filter(|(task, _)| chosen(task)).map(|(_, counted)| counted).collect();
        Totals::from(&roll_up)
    }

    /// The numbers of each key, in one pass; a task counts once for every key it has.
    pub fn totals_by<K: Hash + Eq, I: IntoIterator<Item = K>>(&self, keys: impl Fn(&FactTask) -> I) -> HashMap<K, Totals> {
        let mut sums: HashMap<K, RollUp> = HashMap::new();
        for (task, counted) in &self.tasks {
            for key in keys(task) {
                sums.entry(key).or_default().add(counted);
            }
        }
        sums.into_iter().map(|(key, sum)| (key, Totals::from(&sum))).collect()
    }
}

/// The units of these roots, and on the present basis those of others that `lead`.
///
/// # Errors
/// The database's.
pub fn units_of(conn: &mut Connection, frame: &Frame, roots: &[String], lead: impl Iterator<Item = Id>) -> AppResult<Vec<LineUnit>> {
    let mut units = store::dashboards::units(conn, roots)?;
    if frame.basis == Basis::Current {
        let known: HashSet<Id> = units.iter().map(|unit| unit.id).collect();
        let others: HashSet<Id> = lead.filter(|id| !known.contains(id)).collect();
        units.extend(store::dashboards::units_with_ids(conn, &others.into_iter().collect::<Vec<_>>())?);
    }
    Ok(units)
}

/// The numbers of nothing.
pub fn nothing() -> Totals {
    Totals::from(&RollUp::default())
}

/// A question that has been checked.
pub struct Question {
    frame: Frame,
    root_paths: Vec<String>,
    filter: FactFilter,
}

impl Question {
    /// Checks what was asked, before anything is looked up.
    ///
    /// # Errors
    /// `invalid_parameter`; the database's.
    pub fn check(conn: &mut Connection, permit: &Permit<ReadDashboards>, query: &DashboardQuery, at: &Moment) -> AppResult<Self> {
        let frame = Frame {
            as_of: query.as_of.unwrap_or(at.today()),
            today: at.today(),
            basis: query.basis.unwrap_or(Basis::AsAssigned),
            position: store::events::position(conn)?,
            illustrative: false,
        };
        check_day(conn, frame.as_of, frame.today)?;
        let root_paths = roots_of(permit);
        let roots = store::documents::root_ids(conn, &root_paths)?;
        check_records(conn, query, &roots)?;
        let filter = FactFilter {
            roots,
            documents: query.resolution.map(|resolution| carrying_out(conn, resolution)).transpose()?,
            programme_id: query.programme,
            field_id: query.field,
            breakthrough_id: query.breakthrough,
            pillar_id: query.pillar,
        };
        Ok(Self { frame, root_paths, filter })
    }

    /// What the answer will say of itself.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// Paths of the root areas that count.
    pub fn root_paths(&self) -> &[String] {
        &self.root_paths
    }

    /// Their ids.
    pub fn roots(&self) -> &[Id] {
        &self.filter.roots
    }

    /// Who what was addressed to a unit lies with, on this basis.
    ///
    /// # Errors
    /// The database's.
    pub fn addressees(&self, conn: &mut Connection) -> AppResult<Addressees> {
        let known = match self.frame.basis {
            Basis::AsAssigned => None,
            Basis::Current => Some(Known::by(conn, Of::Roots(&self.filter.roots), self.frame.as_of)?),
        };
        Ok(Addressees::new(known, self.frame.as_of))
    }

    /// Which tasks are asked for.
    pub fn filter(&self) -> &FactFilter {
        &self.filter
    }

    /// Reads what was asked for.
    ///
    /// # Errors
    /// The database's.
    pub fn answer(self, conn: &mut Connection, at: &Moment) -> AppResult<Picture> {
        let (facts, day) = (self.facts(conn)?, self.frame.as_of);
        let frame = Frame { illustrative: facts.iter().any(|fact| fact.illustrative), ..self.frame };
        let judged = |fact: TaskFact| {
            let counted = fact.counted(day, at.due_soon_days);
            (fact.task, counted)
        };
        Ok(Picture { frame, root_paths: self.root_paths, roots: self.filter.roots, tasks: facts.into_iter().map(judged).collect() })
    }

    /// The counted tasks that were asked for, each with who leads it on this basis.
    ///
    /// # Errors
    /// The database's.
    pub fn facts(&self, conn: &mut Connection) -> AppResult<Vec<TaskFact>> {
        self.facts_on(conn, self.frame.as_of)
    }

    /// The same on another day, which may lie before the data: then nothing was counted.
    ///
    /// # Errors
    /// The database's.
    pub fn facts_on(&self, conn: &mut Connection, day: NaiveDate) -> AppResult<Vec<TaskFact>> {
        let mut facts = if day == self.frame.today {
            store::task_facts::current(conn, &self.filter)?
        } else {
            store::task_facts::as_of(conn, &self.filter, calendar::end_of(day).naive_utc())?
        };
        if self.frame.basis == Basis::Current {
            let known = Known::by(conn, Of::Roots(&self.filter.roots), day)?;
            facts.iter_mut().for_each(|fact| fact.task.lead_unit_id = known.responsible(fact.task.id, fact.task.lead_unit_id, day));
        }
        Ok(facts)
    }
}

/// Paths of the root areas in which the reader may read dashboards.
fn roots_of<R: Right>(permit: &Permit<R>) -> Vec<String> {
    let grants = permit.actor().grants.iter().filter(|grant| permit.actor().may(grant.role, R::CAPABILITY));
    let mut roots: Vec<String> = grants.map(|grant| grant.root.clone()).collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}

/// Refuses a day in the future, and one before the data.
///
/// # Errors
/// `invalid_parameter` naming `as_of`; the database's.
pub fn check_day(conn: &mut Connection, as_of: NaiveDate, today: NaiveDate) -> AppResult<()> {
    let refuse = |rule, name, day| {
        let field = FieldError::new("as_of", rule).with(name, day);
        Err(AppError::new(codes::INVALID_PARAMETER).with_field(field))
    };
    if as_of == today {
        return Ok(());
    }
    if as_of > today {
        return refuse(rules::FUTURE, "today", today);
    }
    let first = first_day(conn, today)?;
    if as_of < first { refuse(rules::BEFORE_DATA, "day", first) } else { Ok(()) }
}

/// The day on which the system was first told anything; today, if it never was.
///
/// # Errors
/// The database's.
pub fn first_day(conn: &mut Connection, today: NaiveDate) -> AppResult<NaiveDate> {
    Ok(store::dashboards::first_told_at(conn)?.map_or(today, |first| calendar::day_of(first.and_utc())))
}

/// Refuses filters that name nothing in the reader's roots.
fn check_records(conn: &mut Connection, query: &DashboardQuery, roots: &[Id]) -> AppResult<()> {
    let named = [
        ("resolution", query.resolution, Linked::Resolution),
        ("programme", query.programme, Linked::Programme),
        ("breakthrough", query.breakthrough, Linked::Breakthrough),
        ("pillar", query.pillar, Linked::Pillar),
        ("field", query.field, Linked::Field),
    ];
    named.into_iter().try_for_each(|(name, id, linked)| links::check_parameter(conn, roots, name, id, linked))
}

/// The numbers of a resolution or programme today.
pub struct DocumentTotals {
    /// What each unit leads itself.
    pub by_unit: HashMap<Id, Totals>,
    /// All of it.
    pub total: Totals,
    /// Whether any task or report that was counted was made up for the demo.
    pub illustrative: bool,
}

/// The numbers of a resolution or programme today.
///
/// # Errors
/// The database's.
pub fn totals_of_document(conn: &mut Connection, document: Id, root: Id, at: &Moment) -> AppResult<DocumentTotals> {
    let documents = Some(carrying_out(conn, document)?);
    let filter = FactFilter { roots: vec![root], documents, ..FactFilter::default() };
    let (mut by_unit, mut total): (HashMap<Id, RollUp>, RollUp) = Default::default();
    let mut illustrative = false;
    for fact in store::task_facts::current(conn, &filter)? {
        let counted = fact.counted(at.today(), at.due_soon_days);
        by_unit.entry(fact.task.lead_unit_id).or_default().add(&counted);
        total.add(&counted);
        illustrative |= fact.illustrative;
    }
    let by_unit = by_unit.iter().map(|(unit, sum)| (*unit, Totals::from(sum))).collect();
    Ok(DocumentTotals { by_unit, total: Totals::from(&total), illustrative })
}
