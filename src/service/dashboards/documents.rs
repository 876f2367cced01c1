//! Dashboards of resolutions and their parts. Their lines are numbers of the whole root.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::dashboards::{DashboardQuery, Line, Table, Totals};
use crate::domain::resolutions::implemented_by;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::service::documents::carrying_out;
use crate::store;
use crate::store::StoreResult;
use crate::store::dashboards::{LineField, LinePart, LineProgramme, LineResolution};
use crate::store::task_facts::FactTask;

use super::picture::{Picture, nothing};

/// The breakthroughs; last, without one, the tasks outside all of them.
///
/// # Errors
/// As [`super::overview`].
pub fn breakthroughs(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
) -> AppResult<Table<Option<LinePart>>> {
    let mut table = parts(conn, permit, query, at, (store::dashboards::breakthroughs, |task| task.breakthrough_id))?;
    table.lines.retain(|line| query.breakthrough.is_none_or(|asked| line.of.as_ref().is_some_and(|part| part.id == asked)));
    Ok(table)
}

/// The pillars; last, without one, the tasks outside all of them.
///
/// # Errors
/// As [`super::overview`].
pub fn pillars(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
) -> AppResult<Table<Option<LinePart>>> {
    let mut table = parts(conn, permit, query, at, (store::dashboards::pillars, |task| task.pillar_id))?;
    table.lines.retain(|line| query.pillar.is_none_or(|asked| line.of.as_ref().is_some_and(|part| part.id == asked)));
    Ok(table)
}

/// The objectives; last, without one, the tasks outside all of them.
///
/// # Errors
/// As [`super::overview`].
pub fn objectives(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
) -> AppResult<Table<Option<LinePart>>> {
    parts(conn, permit, query, at, (store::dashboards::objectives, |task| task.objective_id))
}

/// The task groups; last, without one, the tasks outside all of them.
///
/// # Errors
/// As [`super::overview`].
pub fn task_groups(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
) -> AppResult<Table<Option<LinePart>>> {
    parts(conn, permit, query, at, (store::dashboards::task_groups, |task| task.group_id))
}

/// The programmes that tasks come from, and those asked for; last, without one, the tasks of none.
///
/// # Errors
/// As [`super::overview`].
pub fn programmes(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
) -> AppResult<Table<Option<LineProgramme>>> {
    let picture = Picture::take(conn, permit, query, at)?;
    let known = store::dashboards::programmes(conn, &picture.roots)?;
    let mut totals: HashMap<Option<Id>, Totals> = picture.totals_by(|task| [task.programme_id]);
    let carries = query.resolution.map(|resolution| carrying_out(conn, resolution)).transpose()?;
    let asked = |programme: &LineProgramme| {
        query.programme.is_none_or(|asked| asked == programme.id) && carries.as_ref().is_none_or(|ids| ids.contains(&programme.id))
    };
    let line = |programme: LineProgramme| match totals.remove(&Some(programme.id)) {
        Some(totals) => Some(Line { of: Some(programme), totals }),
        None => asked(&programme).then(|| Line { of: Some(programme), totals: nothing() }),
    };
    let mut lines: Vec<_> = known.into_iter().filter_map(line).collect();
    lines.extend(totals.remove(&None).map(|totals| Line { of: None, totals }));
    Ok(Table { frame: picture.frame, lines, total: picture.totals(|_| true) })
}

/// The fields of work; last, without one, the tasks of none.
///
/// # Errors
/// As [`super::overview`].
pub fn fields(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
) -> AppResult<Table<Option<LineField>>> {
    let picture = Picture::take(conn, permit, query, at)?;
    let mut totals: HashMap<Option<Id>, Totals> = picture.totals_by(|task| [task.field_id]);
    let known = store::dashboards::fields(conn)?.into_iter().filter(|field| query.field.is_none_or(|asked| asked == field.id));
    let line = |field: LineField| {
        let totals = totals.remove(&Some(field.id)).unwrap_or_else(nothing);
        Line { of: Some(field), totals }
    };
    let mut lines: Vec<_> = known.map(line).collect();
    lines.extend(totals.remove(&None).map(|totals| Line { of: None, totals }));
    Ok(Table { frame: picture.frame, lines, total: picture.totals(|_| true) })
}

/// The resolutions that tasks carry out, directly or through programmes and resolutions that
/// implement them; last, without one, the tasks that carry out none. A task stands in several
/// lines and counts in the total once.
///
/// # Errors
/// As [`super::overview`].
pub fn resolutions(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
) -> AppResult<Table<Option<LineResolution>>> {
    let picture = Picture::take(conn, permit, query, at)?;
    let known = store::dashboards::resolutions(conn, &picture.roots)?;
    let ids = known.iter().map(|resolution| resolution.id).collect();
    let reached = Reached::new(&store::document_relations::implements(conn)?, &ids);
    let mut totals = picture.totals_by(|task| reached.by(task));
    let mut lines = Vec::new();
    for resolution in known {
        let found = totals.remove(&Some(resolution.id));
        if query.resolution.is_none_or(|asked| asked == resolution.id) || found.is_some() {
            lines.push(Line { of: Some(resolution), totals: found.unwrap_or_else(nothing) });
        }
    }
    lines.extend(totals.remove(&None).map(|totals| Line { of: None, totals }));
    Ok(Table { frame: picture.frame, lines, total: picture.totals(|_| true) })
}

/// How the parts of resolutions are found, and which of them a task belongs to.
type Parts = (fn(&mut Connection, &[Id]) -> StoreResult<Vec<LinePart>>, fn(&FactTask) -> Option<Id>);

/// A line for each part that holds work, or belongs to the resolution asked for.
fn parts(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
    (find, of): Parts,
) -> AppResult<Table<Option<LinePart>>> {
    let picture = Picture::take(conn, permit, query, at)?;
    let known = find(conn, &picture.roots)?;
    let ids: HashSet<Id> = known.iter().map(|part| part.id).collect();
    let mut totals: HashMap<Option<Id>, Totals> = picture.totals_by(|task| [of(task).filter(|id| ids.contains(id))]);
    let mut lines = Vec::new();
    for part in known {
        let found = totals.remove(&Some(part.id));
        if query.resolution.is_none_or(|asked| asked == part.resolution_id) || found.is_some() {
            lines.push(Line { of: Some(part), totals: found.unwrap_or_else(nothing) });
        }
    }
    lines.extend(totals.remove(&None).map(|totals| Line { of: None, totals }));
    Ok(Table { frame: picture.frame, lines, total: picture.totals(|_| true) })
}

/// Which resolutions each document carries out.
pub(super) struct Reached(HashMap<Id, HashSet<Id>>);

impl Reached {
    /// Of the resolutions of these roots.
    ///
    /// # Errors
    /// The database's.
    pub(super) fn load(conn: &mut Connection, roots: &[Id]) -> AppResult<Self> {
        let known = store::dashboards::resolutions(conn, roots)?;
        let ids = known.iter().map(|resolution| resolution.id).collect();
        Ok(Self::new(&store::document_relations::implements(conn)?, &ids))
    }

    fn new(implements: &HashMap<Id, Vec<Id>>, resolutions: &HashSet<Id>) -> Self {
        let documents = implements.keys().chain(resolutions);
        let of = |document: Id| implemented_by(document, implements).intersection(resolutions).copied().collect();
        Self(documents.map(|document| (*document, of(*document))).collect())
    }

    /// The resolutions a task carries out, each once; `None` if there is none.
    pub(super) fn by(&self, task: &FactTask) -> HashSet<Option<Id>> {
        let documents = task.resolution_id.iter().chain(&task.programme_id);
        let mut reached: HashSet<Option<Id>> = documents.filter_map(|d| self.0.get(d)).flatten().copied().map(Some).collect();
        if reached.is_empty() {
            reached.insert(None);
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Origin;
    use chrono::DateTime;

    #[test]
    fn a_task_reaches_a_resolution_once_however_many_ways_lead_there() {
        let ids: Vec<Id> = (0..5).map(|s| Id::new(DateTime::from_timestamp(1_600_000_000 + s, 0).unwrap())).collect();
        let [congress, thematic, programme, loose, unit] = ids[..] else { panic!() };
        let implements = HashMap::from([(programme, vec![thematic, congress]), (thematic, vec![congress])]);
        let reached = Reached::new(&implements, &HashSet::from([congress, thematic]));
        let task = |resolution_id, programme_id| FactTask {
            id: unit,
            root_id: unit,
            secrecy: crate::domain::tasks::Secrecy::None,
            lead_unit_id: unit,
            weight: 1,
            resolution_id,
            programme_id,
            breakthrough_id: None,
            objective_id: None,
            pillar_id: None,
            group_id: None,
            field_id: None,
            assigned_on: None,
            issued_at: None,
            origin: Origin::Entry,
        };
        let both = HashSet::from([Some(congress), Some(thematic)]);
        assert_eq!(reached.by(&task(Some(congress), Some(programme))), both);
        assert_eq!(reached.by(&task(None, Some(programme))), both);
        assert_eq!(reached.by(&task(Some(congress), None)), HashSet::from([Some(congress)]));
        assert_eq!(reached.by(&task(None, Some(loose))), HashSet::from([None]));
        assert_eq!(reached.by(&task(None, None)), HashSet::from([None]));
    }
}
