//! Dashboards of areas: a line counts what all units lead that stand in the area or below it.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::areas::{self as rule, AreaLevel};
use crate::domain::dashboards::{DashboardQuery, Focus, Line, Table};
use crate::domain::{Id, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::service::lookup;
use crate::store;
use crate::store::areas::Area;
use crate::store::dashboards::{LineArea, LineUnit};

use super::picture::{Picture, Question, nothing};
use super::units::{lines, total_of};
use super::{answers_from_outside, valid_on};

/// The areas of a level, or of all.
///
/// # Errors
/// As [`super::overview`].
pub fn areas(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    level: Option<AreaLevel>,
    at: &Moment,
) -> AppResult<Table<LineArea>> {
    let picture = Picture::take(conn, permit, query, at)?;
    let units = picture.units(conn)?;
    let mut areas = store::dashboards::areas(conn, &roots_of(&picture, &units))?;
    areas.retain(|area| level.is_none_or(|level| area.level == level));
    let within = areas_of_units(&areas, &units);
    let total = picture.totals(|task| within.get(&task.lead_unit_id).is_some_and(|areas| !areas.is_empty()));
    let mut totals = picture.totals_by(|task| within.get(&task.lead_unit_id).into_iter().flatten().copied());
    let homes = homes(permit, &units);
    let outside = |area: &LineArea| answers_from_outside(permit, &area.path);
    let seen = areas.into_iter().filter(|area| permit.covers_area(&area.path) || homes.contains(&area.id) || outside(area));
    let line = |area: LineArea| match totals.remove(&area.id) {
        Some(totals) => Some(Line { of: area, totals }),
        None if outside(&area) => None,
        None => valid_on(picture.frame.as_of, area.valid_from, area.valid_to).then(|| Line { of: area, totals: nothing() }),
    };
    Ok(Table { frame: picture.frame, lines: seen.filter_map(line).collect(), total })
}

/// One area.
///
/// # Errors
/// As [`super::overview`]; `not_found`, `forbidden` outside the reader's reach.
pub fn area(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    reference: &Reference,
    at: &Moment,
) -> AppResult<Focus<Area, LineUnit>> {
    let question = Question::check(conn, permit, query, at)?;
    let area = lookup::found(store::areas::find_by(conn, reference))?;
    let mut within = store::dashboards::units(conn, std::slice::from_ref(&area.path))?;
    if !homes(permit, &within).contains(&area.id) {
        permit.require_area(&area.path)?;
    }
    let picture = question.answer(conn, at)?;
    within.retain(|unit| unit.area_path.starts_with(&area.path));
    let totals = total_of(&picture, &within);
    Ok(Focus { frame: picture.frame, subject: area, totals, whole: totals, lines: lines(&picture, permit, within) })
}

/// The root areas of the reader, and those in which others answer for work of theirs.
fn roots_of(picture: &Picture, units: &[LineUnit]) -> Vec<String> {
    let others = units.iter().map(|unit| rule::path(None, rule::root_of(&unit.area_path)));
    let mut roots: Vec<String> = picture.root_paths.iter().cloned().chain(others).collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}

/// The areas that the reader's units stand in themselves: the Huyện ủy reads its district, all of
/// whose bodies it leads, though a grant on a unit covers no area.
pub(super) fn homes(permit: &Permit<ReadDashboards>, units: &[LineUnit]) -> HashSet<Id> {
    units.iter().filter(|unit| permit.covers_unit(&unit.path, &unit.area_path)).map(|unit| unit.area_id).collect()
}

/// Which of these areas each unit stands in.
pub(super) fn areas_of_units(areas: &[LineArea], units: &[LineUnit]) -> HashMap<Id, Vec<Id>> {
    let by_path: HashMap<&str, Id> = areas.iter().map(|area| (area.path.as_str(), area.id)).collect();
    let of = |unit: &LineUnit| upwards(&unit.area_path).filter_map(|path| by_path.get(path).copied()).collect();
    units.iter().map(|unit| (unit.id, of(unit))).collect()
}

/// A path and those above it: `/a/b/`, then `/a/`.
fn upwards(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.char_indices().skip(1).filter(|(_, c)| *c == '/').map(|(i, _)| i);
    ends.filter_map(move |end| path.get(..=end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_lies_below_each_of_its_beginnings() {
        assert_eq!(upwards("/hg/hg-huyen-vi-thuy/").collect::<Vec<_>>(), ["/hg/", "/hg/hg-huyen-vi-thuy/"]);
        assert_eq!(upwards("/hg/").collect::<Vec<_>>(), ["/hg/"]);
    }
}
