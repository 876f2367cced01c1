//! Which of the units that owe it have studied a resolution: sums of the whole root for everybody in
//! it, rows of units as far as the reader reaches.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::areas::AreaLevel;
use crate::domain::dissemination_coverage::{
    Attended, Conferences, CoverageQuery, Held, LevelConferences, OwingUnits, Part, attended, by_level, owes, sum,
};
use crate::domain::headcounts::Headcount;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::dissemination_events::DisseminationEvent;
use crate::store::dissemination_parts::Site;
use crate::store::resolutions::Resolution;

use super::access::{Permit, ReadWork};
use super::paging::{Page, PageRequest};
use super::{lookup, resolutions};

/// How far a resolution has been studied.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The resolution.
    pub resolution: Resolution,
    /// The day.
    pub on: NaiveDate,
    /// All study conferences.
    pub total: Conferences,
    /// Those of each level.
    pub by_level: Vec<LevelConferences>,
    /// The units that owe it, of the whole root.
    pub units: OwingUnits,
    /// A page of them, in Vietnamese order of their names.
    pub page: Page<CoveredUnit>,
}

/// A unit that owes it, and where it took part.
#[derive(Debug, Clone)]
pub struct CoveredUnit {
    /// The unit.
    pub unit: LineUnit,
    /// Level of the area it stands in.
    pub level: AreaLevel,
    /// The study conferences it took part in, by their days.
    pub conferences: Vec<Attended>,
}

/// The coverage of a resolution.
///
/// # Errors
/// `not_found`; `invalid_parameter`, also for a day in the future.
pub fn of_resolution(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, query: &CoverageQuery, at: &Moment) -> AppResult<Coverage> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor.clone() };
    let (limit, after) = (usize::try_from(page.limit()?).unwrap_or(usize::MAX), page.after::<Id>()?);
    let on = query.on.unwrap_or(at.today());
    if on > at.today() {
        let field = FieldError::new("on", rules::FUTURE).with("today", at.today());
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(field));
    }
    let resolution = resolutions::get(conn, permit, id)?;
    let root = lookup::found(store::areas::find(conn, resolution.root_id))?;
    let held = held(conn, resolution.id, on)?;
    let owing = owing(conn, &root.path, on, &held)?;
    let units = OwingUnits::of(owing.iter().map(|line| !line.conferences.is_empty()));
    let begin = after.and_then(|last| owing.iter().position(|line| line.unit.id == last)).map_or(0, |place| place + 1);
    let rows = owing.into_iter().skip(begin).filter(|line| {
        let asked = query.covered.is_none_or(|covered| covered != line.conferences.is_empty());
        asked && query.level.is_none_or(|level| level == line.level) && permit.covers_unit(&line.unit.path, &line.unit.area_path)
    });
    let page = page.page(rows.take(limit + 1).collect(), |line| line.unit.id)?;
    Ok(Coverage { resolution, on, total: sum(&held, None), by_level: by_level(&held), units, page })
}

fn held(conn: &mut Connection, resolution: Id, on: NaiveDate) -> AppResult<Vec<Held>> {
    let events = store::dissemination_events::held(conn, resolution, on)?;
    let ids: Vec<Id> = events.iter().map(|event| event.id).collect();
    let mut sites: HashMap<Id, Vec<Site>> = HashMap::new();
    for site in store::dissemination_parts::sites(conn, &ids)? {
        sites.entry(site.event_id).or_default().push(site);
    }
    Ok(events.into_iter().map(|event| looked_at(sites.remove(&event.id).unwrap_or_default(), event)).collect())
}

fn looked_at(sites: Vec<Site>, event: DisseminationEvent) -> Held {
    let listed = i64::try_from(sites.len()).unwrap_or(i64::MAX);
    let sat = sites.into_iter().filter_map(|site| Some((site.unit_id?, Part::Site)));
    Held {
        id: event.id,
        held_on: event.held_on,
        kind: event.kind,
        level: event.level,
        sites: event.site_count.map_or(listed, i64::from),
        attendance: event.attendance.as_deref().map(Headcount::parse),
        units: event.host_unit_id.map(|unit| (unit, Part::Host)).into_iter().chain(sat).collect(),
        title: event.title,
    }
}

/// The units of a root that owed it on a day, in Vietnamese order of their names.
fn owing(conn: &mut Connection, root: &str, on: NaiveDate, held: &[Held]) -> AppResult<Vec<CoveredUnit>> {
    let root = [root.to_owned()];
    let levels: HashMap<Id, AreaLevel> = store::dashboards::areas(conn, &root)?.into_iter().map(|area| (area.id, area.level)).collect();
    let stood = |unit: &LineUnit| unit.valid_from <= on && unit.valid_to.is_none_or(|to| on <= to);
    let units = store::dashboards::units(conn, &root)?.into_iter().filter(|unit| owes(unit.kind) && stood(unit));
    let line = |unit: LineUnit| {
        let level = levels.get(&unit.area_id).copied()?;
        let conferences = attended(held, unit.id);
        Some(CoveredUnit { unit, level, conferences })
    };
    Ok(units.filter_map(line).collect())
}
