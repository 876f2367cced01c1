//! Explanations: the tasks behind a number of a dashboard, and what each brings to it.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::areas::AreaLevel;
use crate::domain::dashboards::{DashboardQuery, Frame, Totals};
use crate::domain::explanations::{Explained, Explanation, ExplanationQuery, Outside, PartIn, Share, Sum};
use crate::domain::roll_up::{Counted, RollUp};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, rules};
use crate::service::access::{Permit, ReadDashboards};
use crate::service::paging::PageRequest;
use crate::service::tasks::{AT_ONCE, rows_of};
use crate::service::{links, lookup};
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::task_facts::{FactTask, TaskFact};
use crate::store::units::Unit;

use super::answers_from_outside;
use super::areas::{areas_of_units, homes};
use super::documents::Reached;
use super::picture::{Question, units_of};
use super::wholes::find_whole;

/// Explains a number.
///
/// # Errors
/// As [`super::overview`]; as those of the unit or area that is named; as [`find_whole`].
pub fn explain(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    (query, asked): (&DashboardQuery, &ExplanationQuery),
    at: &Moment,
) -> AppResult<Explanation<Shown>> {
    let request = PageRequest { limit: asked.limit, cursor: asked.cursor.clone() };
    let (limit, after) = (usize::try_from(request.limit()?).unwrap_or(usize::MAX), request.after::<Id>()?);
    let question = Question::check(conn, permit, query, at)?;
    let (whole, below) = asked.task.map(|id| find_whole(conn, permit, id, &question, at)).transpose()?.unzip();
    let facts = question.facts(conn)?;
    let line = Line::find(conn, permit, asked, &question, &facts)?;
    let holds = |task: &FactTask| line.holds(task) && below.as_ref().is_none_or(|below| below.contains(&task.id));
    let (day, of) = (question.frame().as_of, asked.of);
    let (mut roll_up, mut sum, mut behind) = (RollUp::default(), Sum::default(), Vec::new());
    let illustrative = facts.iter().any(|fact| fact.illustrative);
    for fact in facts.into_iter().filter(|fact| holds(&fact.task)) {
        let counted = fact.counted(day, at.due_soon_days);
        let share = of.share(&counted);
        roll_up.add(&counted);
        sum.add(counted.weight, share);
        if share.part != PartIn::ElsewhereCounted {
            behind.push((fact, counted, share));
        }
    }
    let all = behind.len();
    let mut seen = visible(conn, permit, behind)?;
    let hidden = all - seen.len();
    seen.sort_unstable_by_key(|(fact, ..)| fact.task.id);
    seen.retain(|(fact, ..)| after.is_none_or(|after| after < fact.task.id));
    seen.truncate(limit + 1);
    let page = request.page(shown(conn, seen)?, |explained| explained.fact.task.id)?;
    let frame = Frame { illustrative, ..*question.frame() };
    Ok(Explanation { frame, of, whole, totals: Totals::from(&roll_up), sum, items: page.items, next: page.next, hidden })
}

type Behind = (TaskFact, Counted, Share);

/// A task behind a number as it is shown.
pub type Shown = Explained<TaskFact, LineUnit>;

/// Those of these tasks that the reader's lists show.
fn visible(conn: &mut Connection, permit: &Permit<ReadDashboards>, behind: Vec<Behind>) -> AppResult<Vec<Behind>> {
    let rows = rows_of(conn, permit)?;
    let open = |fact: &TaskFact| fact.task.secrecy == Secrecy::None && rows.read.roots.contains(&fact.task.root_id);
    let doubtful: Vec<Id> = behind.iter().filter(|(fact, ..)| !open(fact)).map(|(fact, ..)| fact.task.id).collect();
    let mut seen = HashSet::new();
    for some in doubtful.chunks(AT_ONCE) {
        seen.extend(store::task_lists::visible_among(conn, &rows, some)?);
    }
    Ok(behind.into_iter().filter(|(fact, ..)| open(fact) || seen.contains(&fact.task.id)).collect())
}

fn shown(conn: &mut Connection, behind: Vec<Behind>) -> AppResult<Vec<Shown>> {
    let ids: Vec<Id> = behind.iter().map(|(fact, ..)| fact.task.id).collect();
    let leads: Vec<Id> = behind.iter().map(|(fact, ..)| fact.task.lead_unit_id).collect();
    let mut titles: HashMap<Id, String> =
        store::tasks::rows_with_ids(conn, &ids)?.into_iter().map(|(task, _)| (task.id, task.title)).collect();
    let leads: HashMap<Id, LineUnit> = store::dashboards::units_with_ids(conn, &leads)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let show = |(fact, counted, share): Behind| {
        let title = titles.remove(&fact.task.id).filter(|_| fact.task.secrecy == Secrecy::None);
        Some(Explained { title, unit: leads.get(&fact.task.lead_unit_id)?.clone(), fact, counted, share })
    };
    let shown: Option<Vec<Shown>> = behind.into_iter().map(show).collect();
    shown.ok_or_else(|| AppError::internal("a counted task without its unit"))
}

/// Which tasks a line counts.
struct Line {
    units: Option<HashSet<Id>>,
    objective: Option<Id>,
    group: Option<Id>,
    outside: Option<Outside>,
    reached: Option<Reached>,
}

impl Line {
    fn find(
        conn: &mut Connection,
        permit: &Permit<ReadDashboards>,
        asked: &ExplanationQuery,
        question: &Question,
        facts: &[TaskFact],
    ) -> AppResult<Self> {
        for (name, id, linked) in
            [("objective", asked.objective, links::Linked::Objective), ("group", asked.group, links::Linked::TaskGroup)]
        {
            links::check_parameter(conn, question.roots(), name, id, linked)?;
        }
        let of_units = asked.unit.is_some() || asked.area.is_some() || !asked.kind.is_empty() || asked.level.is_some();
        let units = of_units.then(|| units_of_line(conn, permit, asked, question, facts)).transpose()?;
        let reached = (asked.outside == Some(Outside::Resolution)).then(|| Reached::load(conn, question.roots())).transpose()?;
        Ok(Self { units, objective: asked.objective, group: asked.group, outside: asked.outside, reached })
    }

    fn holds(&self, task: &FactTask) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&task.lead_unit_id))
            && self.objective.is_none_or(|id| task.objective_id == Some(id))
            && self.group.is_none_or(|id| task.group_id == Some(id))
            && self.outside.is_none_or(|outside| self.is_outside(outside, task))
    }

    fn is_outside(&self, outside: Outside, task: &FactTask) -> bool {
        match outside {
            Outside::Breakthrough => task.breakthrough_id.is_none(),
            Outside::Pillar => task.pillar_id.is_none(),
            Outside::Objective => task.objective_id.is_none(),
            Outside::Group => task.group_id.is_none(),
            Outside::Programme => task.programme_id.is_none(),
            Outside::Field => task.field_id.is_none(),
            Outside::Resolution => self.reached.as_ref().is_none_or(|reached| reached.by(task).contains(&None)),
        }
    }
}

/// The units whose work a line counts; what the reader may see of it is checked as for the line itself.
fn units_of_line(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    asked: &ExplanationQuery,
    question: &Question,
    facts: &[TaskFact],
) -> AppResult<HashSet<Id>> {
    if asked.subtree && asked.unit.is_none() {
        return Err(AppError::bad_parameter("subtree", rules::NOT_HERE));
    }
    let leading = facts.iter().map(|fact| fact.task.lead_unit_id);
    let mut units = units_of(conn, question.frame(), question.root_paths(), leading)?;
    if let Some(reference) = &asked.unit {
        let unit = line_unit(conn, permit, reference, &units)?;
        units.retain(|other| other.id == unit.id || (asked.subtree && other.path.starts_with(&unit.path)));
    }
    if let Some(reference) = &asked.area {
        let path = area_path(conn, permit, reference, &units)?;
        units.retain(|unit| unit.area_path.starts_with(&path));
    }
    if let Some(level) = asked.level {
        units = of_level(conn, units, level)?;
    }
    units.retain(|unit| asked.kind.is_empty() || asked.kind.contains(&unit.kind));
    Ok(units.into_iter().map(|unit| unit.id).collect())
}

/// The unit of a line: one of the reader's provinces within reach, or one of another that answers for their work.
fn line_unit(conn: &mut Connection, permit: &Permit<ReadDashboards>, reference: &Reference, listed: &[LineUnit]) -> AppResult<Unit> {
    let found = store::units::find_by(conn, reference)?;
    let outside = |unit: &Unit| answers_from_outside(permit, &unit.area_path) && listed.iter().any(|other| other.id == unit.id);
    match found.filter(outside) {
        Some(unit) => Ok(unit),
        None => {
            let unit = lookup::unit_parameter(conn, permit, "unit", reference)?;
            permit.require_unit(&unit)?;
            Ok(unit)
        }
    }
}

/// The same for the area of a line: where such a unit stands.
fn area_path(conn: &mut Connection, permit: &Permit<ReadDashboards>, reference: &Reference, listed: &[LineUnit]) -> AppResult<String> {
    let found = store::areas::find_by(conn, reference)?;
    let outside = |path: &str| answers_from_outside(permit, path) && listed.iter().any(|unit| unit.area_path.starts_with(path));
    if let Some(area) = found.filter(|area| outside(&area.path)) {
        return Ok(area.path);
    }
    let area = lookup::area_parameter(conn, permit, "area", reference)?;
    let within = store::dashboards::units(conn, std::slice::from_ref(&area.path))?;
    if !homes(permit, &within).contains(&area.id) {
        permit.require_area(&area.path)?;
    }
    Ok(area.path)
}

/// Those that stand in an area of a level, or below it.
fn of_level(conn: &mut Connection, units: Vec<LineUnit>, level: AreaLevel) -> AppResult<Vec<LineUnit>> {
    let mut paths: Vec<String> = units.iter().filter_map(|unit| unit.area_path.split('/').nth(1)).map(|root| format!("/{root}/")).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut areas = store::dashboards::areas(conn, &paths)?;
    areas.retain(|area| area.level == level);
    let within = areas_of_units(&areas, &units);
    Ok(units.into_iter().filter(|unit| within.get(&unit.id).is_some_and(|areas| !areas.is_empty())).collect())
}
