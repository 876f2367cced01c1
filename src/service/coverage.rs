//! What a resolution still lacks: clauses and parts without a task, tasks without a clause, units
//! that have not issued what they owe, and the days until it began.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::db::Connection;
use crate::domain::clauses as clause_rule;
use crate::domain::coverage::{self as rule, CoverageQuery, Covered, Debts, Missing, OwedBy, OwedKind, owed_years};
use crate::domain::programmes::{ProgrammeKind, ProgrammeScope};
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::clauses::Clause;
use crate::store::coverage::CoveredPart;
use crate::store::dashboards::LineUnit;
use crate::store::lag::OwedProgramme;
use crate::store::resolutions::Resolution;
use crate::store::task_facts::{FactFilter, FactTask, TaskFact};

use super::access::{Permit, ReadWork};
use super::dashboards::{self, lag::Beginnings};
use super::paging::{Page, PageRequest};
use super::{lookup, resolutions};

/// What a resolution lacks, of rows of the store.
pub type Coverage = rule::Coverage<Clause, CoveredPart, LineUnit>;
/// A unit that has not issued all it owes.
type Debtor = rule::Debtor<LineUnit>;

/// What a resolution lacks at the end of a day.
///
/// # Errors
/// `not_found`; `invalid_parameter` for a day in the future, before the data, or before the resolution
/// was recorded.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, query: &CoverageQuery, at: &Moment) -> AppResult<Coverage> {
    let resolution = resolutions::get(conn, permit, id)?;
    let as_of = query.as_of.unwrap_or(at.today());
    dashboards::check_day(conn, as_of, at.today())?;
    let cutoff = calendar::end_of(as_of).naive_utc();
    if resolution.recorded_at >= cutoff {
        return Err(AppError::bad_parameter("as_of", rules::NOT_YET_KNOWN));
    }
    let beginnings = Beginnings::load(conn, &[resolution.root_id], as_of)?;
    let work = Work::load(conn, &resolution, &beginnings, (as_of, cutoff), at)?;
    let (debts, debtors) = debts(conn, permit, &resolution, &beginnings, (as_of, cutoff), query)?;
    let clauses = store::clauses::of_resolution(conn, id)?.into_iter().filter(|clause| stood(clause, cutoff));
    let parts = store::coverage::parts(conn, id)?.into_iter().filter(|part| part.recorded_at < cutoff);
    Ok(Coverage {
        as_of,
        position: store::events::position(conn)?,
        clauses: work.cover(clauses.collect()),
        parts: parts.map(|part| Covered { tasks: work.tasks.iter().filter(|task| part.is_of(task)).count(), of: part }).collect(),
        tasks: work.tasks.len(),
        without_clause: work.tasks.iter().filter(|task| !work.cited.contains_key(&task.id)).count(),
        debts,
        debtors: debtors.items,
        next: debtors.next,
        resolution: id,
        adopted_on: resolution.issued_on,
        precision: resolution.issued_precision,
        firsts: beginnings.of(id, |_| true),
    })
}

fn stood(clause: &Clause, cutoff: NaiveDateTime) -> bool {
    clause.recorded_at < cutoff && clause.voided_at.is_none_or(|voided| voided >= cutoff)
}

/// The counted tasks of a resolution: those that carry it out by their links, or cite a clause of it.
struct Work {
    tasks: Vec<FactTask>,
    /// Which clauses each task cites.
    cited: HashMap<Id, Vec<Id>>,
}

impl Work {
    fn load(
        conn: &mut Connection,
        resolution: &Resolution,
        beginnings: &Beginnings,
        (as_of, cutoff): (NaiveDate, NaiveDateTime),
        at: &Moment,
    ) -> AppResult<Self> {
        let mut cited: HashMap<Id, Vec<Id>> = HashMap::new();
        for citation in store::clauses::citations(conn, resolution.id, cutoff)? {
            cited.entry(citation.task_id).or_default().push(citation.clause_id);
        }
        let filter = FactFilter { roots: vec![resolution.root_id], ..FactFilter::default() };
        let facts: Vec<TaskFact> =
            if as_of == at.today() { store::task_facts::current(conn, &filter)? } else { store::task_facts::as_of(conn, &filter, cutoff)? };
        let carries = |task: &FactTask| {
            let mut documents = task.resolution_id.into_iter().chain(task.programme_id);
            cited.contains_key(&task.id) || documents.any(|document| beginnings.carries_out(document, resolution.id))
        };
        let tasks = facts.into_iter().map(|fact| fact.task).filter(carries).collect();
        Ok(Self { tasks, cited })
    }

    /// The clauses, each with the tasks that cite it or one below it.
    fn cover(&self, clauses: Vec<Clause>) -> Vec<Covered<Clause>> {
        let paths: HashMap<Id, &str> = clauses.iter().map(|clause| (clause.id, clause.path.as_str())).collect();
        let mut tasks: HashMap<&str, HashSet<Id>> = HashMap::new();
        for task in &self.tasks {
            let own = self.cited.get(&task.id).into_iter().flatten().filter_map(|clause| paths.get(clause));
            for path in own.flat_map(|path| std::iter::once(*path).chain(clause_rule::above(path))) {
                tasks.entry(path).or_default().insert(task.id);
            }
        }
        let counts: HashMap<Id, usize> = paths.iter().map(|(id, path)| (*id, tasks.get(path).map_or(0, HashSet::len))).collect();
        clauses.into_iter().map(|clause| Covered { tasks: counts.get(&clause.id).copied().unwrap_or_default(), of: clause }).collect()
    }
}

/// What units have issued for a resolution.
struct Issued {
    /// Documents for the term, and for each year, by unit.
    programmes: HashSet<(Id, Option<i32>)>,
    /// The themes, with those who chose them.
    themes: Vec<OwedProgramme>,
    /// Plans for themes, by unit and theme.
    plans: HashSet<(Id, Id)>,
}

impl Issued {
    fn load(
        conn: &mut Connection,
        resolution: &Resolution,
        beginnings: &Beginnings,
        (as_of, cutoff): (NaiveDate, NaiveDateTime),
    ) -> AppResult<Self> {
        let mut programmes = store::lag::programmes(conn, &[resolution.root_id], cutoff)?;
        programmes.retain(|programme| programme.issued_on.is_none_or(|on| on <= as_of));
        let of_term = |p: &OwedProgramme| resolution.term_id.is_some() && p.term_id == resolution.term_id;
        let is_theme =
            |p: &&OwedProgramme| p.kind == ProgrammeKind::ThematicProgramme && (of_term(p) || beginnings.carries_out(p.id, resolution.id));
        let themes: Vec<OwedProgramme> = programmes.iter().filter(is_theme).cloned().collect();
        let (mut own, mut plans) = (HashSet::new(), HashSet::new());
        for programme in &programmes {
            let Some(unit) = programme.issuer_unit_id else { continue };
            if beginnings.carries_out(programme.id, resolution.id) {
                own.insert((unit, if programme.scope == ProgrammeScope::Term { None } else { programme.scope_year }));
            }
            let followed = themes.iter().filter(|theme| theme.id != programme.id && beginnings.carries_out(programme.id, theme.id));
            plans.extend(followed.map(|theme| (unit, theme.id)));
        }
        Ok(Self { programmes: own, themes, plans })
    }
}

/// What is owed on a day, and a page of those who have not issued it, in Vietnamese order.
fn debts(
    conn: &mut Connection,
    permit: &Permit<ReadWork>,
    resolution: &Resolution,
    beginnings: &Beginnings,
    day: (NaiveDate, NaiveDateTime),
    query: &CoverageQuery,
) -> AppResult<(Debts, Page<Debtor>)> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor.clone() };
    let after: Option<Id> = request.after()?;
    let most = usize::try_from(request.limit()? + 1).unwrap_or(usize::MAX);
    let said = resolution.owed_by.as_deref().and_then(|json| serde_json::from_str(json).ok());
    let rule = said.or_else(|| OwedBy::of(resolution.kind, resolution.level)).unwrap_or_default();
    let issued = Issued::load(conn, resolution, beginnings, day)?;
    let root = lookup::found(store::areas::find(conn, resolution.root_id))?;
    let levels: HashMap<Id, Area> = store::areas::subtree(conn, &root.path)?.into_iter().map(|area| (area.id, area)).collect();
    let term = resolution.term_id.map(|id| store::terms::find(conn, id)).transpose()?.flatten();
    let years = resolution.issued_on.map(|adopted| owed_years(adopted, term.map(|term| term.ends_on), day.0));
    let (mut debts, mut debtors) = (Debts::default(), Vec::new());
    for unit in store::dashboards::units(conn, &[root.path])? {
        let valid = unit.valid_from <= day.0 && unit.valid_to.is_none_or(|to| day.0 <= to);
        let Some(area) = levels.get(&unit.area_id).filter(|_| valid) else { continue };
        let owed = owed(&rule, &unit, area, years.clone(), &issued.themes);
        if owed.is_empty() {
            continue;
        }
        let missing: Vec<Missing> = owed.iter().copied().filter(|debt| !is_issued(debt, unit.id, &issued)).collect();
        debts.units += 1;
        debts.complete += usize::from(missing.is_empty());
        debts.owed += owed.len();
        debts.issued += owed.len() - missing.len();
        if !missing.is_empty() && permit.covers_unit(&unit.path, &unit.area_path) {
            debtors.push(Debtor { unit, owed: owed.len(), missing });
        }
    }
    debts.themes = issued.themes.into_iter().map(|theme| (theme.id, theme.title)).collect();
    // The place of the last one stays found, as long as it owes something; then the page begins anew.
    let begin = after.and_then(|id| debtors.iter().position(|debtor| debtor.unit.id == id)).map_or(0, |place| place + 1);
    let rows = debtors.into_iter().skip(begin).take(most).collect();
    Ok((debts, request.page(rows, |debtor: &Debtor| debtor.unit.id)?))
}

/// What a unit owes: a programme for the term, one for each year in which it stood, a plan for each
/// theme that is not its own.
fn owed(
    rule: &OwedBy,
    unit: &LineUnit,
    area: &Area,
    years: Option<std::ops::RangeInclusive<i32>>,
    themes: &[OwedProgramme],
) -> Vec<Missing> {
    let mut owed = Vec::new();
    if rule.owes(unit.kind, area.level) {
        owed.extend(rule.term.then_some(Missing { what: OwedKind::Term, year: None, theme: None }));
        let stood = |year: &i32| NaiveDate::from_ymd_opt(*year, 12, 31).is_some_and(|end| unit.valid_from <= end);
        let years = years.into_iter().flatten().filter(|year| rule.yearly && stood(year));
        owed.extend(years.map(|year| Missing { what: OwedKind::Year, year: Some(year), theme: None }));
    }
    if rule.owes_themes(unit.kind, area.level) {
        let others = themes.iter().filter(|theme| theme.issuer_unit_id != Some(unit.id));
        owed.extend(others.map(|theme| Missing { what: OwedKind::Theme, year: None, theme: Some(theme.id) }));
    }
    owed
}

fn is_issued(debt: &Missing, unit: Id, issued: &Issued) -> bool {
    match debt.theme {
        Some(theme) => issued.plans.contains(&(unit, theme)),
        None => issued.programmes.contains(&(unit, debt.year)),
    }
}
