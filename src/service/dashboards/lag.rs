//! How slowly resolutions enter life: days from adoption to the first implementing document, the
//! first task, the first report; of a resolution, and of each unit and area.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::areas::AreaLevel;
use crate::domain::dashboards::{DashboardQuery, DayQuery, Frame, LagQuery};
use crate::domain::lag::Firsts;
use crate::domain::partial_date::DatePrecision;
use crate::domain::resolutions::implemented_by;
use crate::domain::units::UnitKind;
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult, rules};
use crate::service::access::{Permit, ReadDashboards};
use crate::service::lookup;
use crate::store;
use crate::store::dashboards::{LineArea, LineResolution, LineUnit};
use crate::store::lag::{FirstTasks, LagDocument, LagResolution};

use super::areas::{areas_of_units, homes};
use super::picture::Question;
use super::{sees_unit, valid_on};

/// What came first, for one line.
#[derive(Debug, Clone)]
pub struct LagLine<T> {
    /// The resolution, unit or area.
    pub of: T,
    /// The day of adoption the days are counted from.
    pub adopted_on: Option<NaiveDate>,
    /// Whether the document names that day, or only a month, quarter or year: then it is its first day.
    pub precision: Option<DatePrecision>,
    /// What came first.
    pub firsts: Firsts,
}

/// A dashboard of slowness.
#[derive(Debug, Clone)]
pub struct LagTable<T> {
    /// What the answer says of itself.
    pub frame: Frame,
    /// Its lines.
    pub lines: Vec<LagLine<T>>,
}

/// A line for each resolution, in the order of their dates.
///
/// # Errors
/// As [`super::overview`].
pub fn resolutions(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &LagQuery,
    at: &Moment,
) -> AppResult<LagTable<LineResolution>> {
    let (question, beginnings) = beginnings(conn, permit, query, at)?;
    let line = |of: LineResolution| {
        let known = beginnings.resolution(of.id)?;
        let firsts = beginnings.of(of.id, |_| true);
        Some(LagLine { of, adopted_on: known.issued_on, precision: known.issued_precision, firsts })
    };
    let known = store::dashboards::resolutions(conn, question.roots())?;
    let chosen = known.into_iter().filter(|resolution| query.resolution.is_none_or(|asked| asked == resolution.id));
    let lines = chosen.filter_map(line).collect();
    Ok(LagTable { frame: beginnings.frame(&question), lines })
}

/// For one resolution, a line for each unit: its own first document, task and report.
///
/// # Errors
/// As [`super::overview`]; `not_found` for a resolution of another root.
pub fn units(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    (resolution, query): (Id, DayQuery),
    kinds: &[UnitKind],
    at: &Moment,
) -> AppResult<LagTable<LineUnit>> {
    let (question, beginnings) = beginnings_of(conn, permit, resolution, query, at)?;
    let (resolution, mut by_unit) = beginnings.by_unit(resolution)?;
    let frame = beginnings.frame(&question);
    let mut lines = Vec::new();
    for unit in store::dashboards::units(conn, question.root_paths())? {
        let firsts = by_unit.remove(&unit.id);
        let listed = firsts.is_some() || valid_on(frame.as_of, unit.valid_from, unit.valid_to);
        if listed && (kinds.is_empty() || kinds.contains(&unit.kind)) && sees_unit(permit, &unit) {
            lines.push(line(resolution, unit, firsts.unwrap_or_default()));
        }
    }
    Ok(LagTable { frame, lines })
}

/// For one resolution, a line for each area of a level: the first of all units that stand in it or below it.
///
/// # Errors
/// As [`units`].
pub fn areas(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    (resolution, query): (Id, DayQuery),
    level: Option<AreaLevel>,
    at: &Moment,
) -> AppResult<LagTable<LineArea>> {
    let (question, beginnings) = beginnings_of(conn, permit, resolution, query, at)?;
    let (resolution, by_unit) = beginnings.by_unit(resolution)?;
    let frame = beginnings.frame(&question);
    let units = store::dashboards::units(conn, question.root_paths())?;
    let mut areas = store::dashboards::areas(conn, question.root_paths())?;
    areas.retain(|area| level.is_none_or(|level| area.level == level));
    let mut by_area: HashMap<Id, Firsts> = HashMap::new();
    for (unit, within) in areas_of_units(&areas, &units) {
        let Some(firsts) = by_unit.get(&unit) else { continue };
        within.into_iter().for_each(|area| by_area.entry(area).or_default().merge(*firsts));
    }
    let homes = homes(permit, &units);
    let seen = areas.into_iter().filter(|area| permit.covers_area(&area.path) || homes.contains(&area.id));
    let listed = seen.filter(|area| by_area.contains_key(&area.id) || valid_on(frame.as_of, area.valid_from, area.valid_to));
    let lines = listed.map(|area| {
        let firsts = by_area.get(&area.id).copied().unwrap_or_default();
        line(resolution, area, firsts)
    });
    Ok(LagTable { frame, lines: lines.collect() })
}

fn line<T>(resolution: &LagResolution, of: T, firsts: Firsts) -> LagLine<T> {
    LagLine { of, adopted_on: resolution.issued_on, precision: resolution.issued_precision, firsts }
}

fn beginnings(conn: &mut Connection, permit: &Permit<ReadDashboards>, query: &LagQuery, at: &Moment) -> AppResult<(Question, Beginnings)> {
    let asked = DashboardQuery { as_of: query.as_of, resolution: query.resolution, ..DashboardQuery::default() };
    let question = Question::check(conn, permit, &asked, at)?;
    let beginnings = Beginnings::load(conn, question.roots(), question.frame().as_of)?;
    Ok((question, beginnings))
}

fn beginnings_of(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    resolution: Id,
    query: DayQuery,
    at: &Moment,
) -> AppResult<(Question, Beginnings)> {
    let found = lookup::found(store::resolutions::find(conn, resolution))?;
    permit.require_root(&lookup::found(store::areas::find(conn, found.root_id))?.path)?;
    beginnings(conn, permit, &LagQuery { as_of: query.as_of, resolution: Some(resolution) }, at)
}

/// Everything that may have come first in some roots, as known at the end of a day.
pub struct Beginnings {
    as_of: NaiveDate,
    resolutions: Vec<LagResolution>,
    documents: Vec<LagDocument>,
    tasks: Vec<FirstTasks>,
    /// For each document, those it implements, itself included.
    reached: HashMap<Id, HashSet<Id>>,
}

impl Beginnings {
    /// Reads it: five queries, and one more for each further root.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection, roots: &[Id], as_of: NaiveDate) -> AppResult<Self> {
        let cutoff = calendar::end_of(as_of).naive_utc();
        let resolutions = store::lag::resolutions(conn, roots, cutoff)?;
        let programmes = store::lag::programmes(conn, roots, cutoff)?;
        let implements = store::document_relations::implements(conn)?;
        let mut tasks = Vec::new();
        for root in roots {
            tasks.extend(store::lag::first_tasks(conn, *root, cutoff)?);
        }
        let documents = resolutions.iter().map(LagDocument::from).chain(programmes.iter().map(LagDocument::from));
        let documents: Vec<LagDocument> = documents.filter(|document| document.on <= as_of).collect();
        let ids = implements.keys().copied().chain(resolutions.iter().map(|resolution| resolution.id));
        let reached = ids.map(|id| (id, implemented_by(id, &implements))).collect();
        Ok(Self { as_of, resolutions, documents, tasks, reached })
    }

    /// A resolution that was known.
    pub fn resolution(&self, id: Id) -> Option<&LagResolution> {
        self.resolutions.iter().find(|resolution| resolution.id == id)
    }

    /// Whether a document carries a resolution out: implements it, directly or through others.
    pub fn carries_out(&self, document: Id, resolution: Id) -> bool {
        document == resolution || self.reached.get(&document).is_some_and(|reached| reached.contains(&resolution))
    }

    /// What came first of a resolution, of those units that are `chosen`.
    pub fn of(&self, resolution: Id, chosen: impl Fn(Option<Id>) -> bool) -> Firsts {
        let mut firsts = Firsts::default();
        self.each(resolution, |unit, first| {
            if chosen(unit) {
                firsts.merge(first);
            }
        });
        firsts
    }

    /// What came first of a resolution, by unit: of its own documents, of tasks it leads.
    fn by_unit(&self, id: Id) -> AppResult<(&LagResolution, HashMap<Id, Firsts>)> {
        // Known now, but not yet on that day.
        let known = self.resolution(id).ok_or_else(|| AppError::bad_parameter("as_of", rules::NOT_YET_KNOWN))?;
        let mut by_unit: HashMap<Id, Firsts> = HashMap::new();
        self.each(id, |unit, first| {
            if let Some(unit) = unit {
                by_unit.entry(unit).or_default().merge(first);
            }
        });
        Ok((known, by_unit))
    }

    fn each(&self, resolution: Id, mut take: impl FnMut(Option<Id>, Firsts)) {
        let own = self.documents.iter().filter(|document| document.id != resolution && self.carries_out(document.id, resolution));
        own.for_each(|document| take(document.issuer_unit_id, Firsts { document: Some(document.on), ..Firsts::default() }));
        let carry =
            |task: &&FirstTasks| [task.resolution_id, task.programme_id].into_iter().flatten().any(|d| self.carries_out(d, resolution));
        for task in self.tasks.iter().filter(carry) {
            let issued = task.issued_at.map(|at| calendar::day_of(at.and_utc()));
            let reported = task.first_reported_at.map(|at| calendar::day_of(at.and_utc()));
            let known = |day: Option<NaiveDate>| day.filter(|day| *day <= self.as_of);
            let task_on = known(crate::domain::lag::earlier(task.assigned_on, issued));
            take(Some(task.lead_unit_id), Firsts { document: None, task: task_on, report: known(reported) });
        }
    }

    fn frame(&self, question: &Question) -> Frame {
        Frame { illustrative: self.tasks.iter().any(|task| task.illustrative), ..*question.frame() }
    }
}
