//! What the lines of dashboards are about: roots, units, areas, parts of resolutions; of each only
//! what a line shows or is found by.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::min;
use diesel::prelude::*;

use super::{Condition, StoreResult, any_of, below};
use crate::db::Connection;
use crate::db::schema::{areas, breakthroughs, events, fields, objectives, pillars, programmes, resolutions, task_groups, units};
use crate::domain::Id;
use crate::domain::areas::AreaLevel;
use crate::domain::programmes::ProgrammeKind;
use crate::domain::resolutions::ResolutionKind;
use crate::domain::units::UnitKind;

/// A unit as lines show it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = units)]
pub struct LineUnit {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub kind: UnitKind,
    pub path: String,
    pub area_id: Id,
    pub area_path: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

/// An area as lines show it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = areas)]
pub struct LineArea {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub level: AreaLevel,
    pub path: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

/// A part of a resolution as lines show it: a breakthrough, an objective.
#[derive(Debug, Clone, Queryable)]
pub struct LinePart {
    pub id: Id,
    pub resolution_id: Id,
    pub ordinal: i32,
    pub title: String,
}

/// A resolution as lines show it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = resolutions)]
pub struct LineResolution {
    pub id: Id,
    pub number: Option<String>,
    pub title: String,
    pub kind: ResolutionKind,
}

/// A programme as lines show it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = programmes)]
pub struct LineProgramme {
    pub id: Id,
    pub number: Option<String>,
    pub title: String,
    pub kind: ProgrammeKind,
}

/// A field of work as lines show it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = fields)]
pub struct LineField {
    pub id: Id,
    pub code: String,
    pub name: String,
}

/// When the system was first told anything.
pub fn first_told_at(conn: &mut Connection) -> StoreResult<Option<NaiveDateTime>> {
    events::table.select(min(events::recorded_at)).first(conn)
}

/// The units that stand below any of these area paths, in Vietnamese order of their names.
pub fn units(conn: &mut Connection, area_paths: &[String]) -> StoreResult<Vec<LineUnit>> {
    let within = any_of(area_paths.iter().map(|path| -> Condition<units::table> { Box::new(units::area_path.like(below(path))) }));
    units::table.filter(within).order((units::sort_key, units::id)).select(LineUnit::as_select()).load(conn)
}

/// The units that stand in these areas themselves and have no superior, in Vietnamese order of their names.
pub fn heads(conn: &mut Connection, area_paths: &[String]) -> StoreResult<Vec<LineUnit>> {
    units::table
        .filter(units::area_path.eq_any(area_paths.to_vec()))
        .filter(units::parent_id.is_null())
        .order((units::sort_key, units::id))
        .select(LineUnit::as_select())
        .load(conn)
}

/// The units with these ids, in Vietnamese order of their names.
pub fn units_with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<LineUnit>> {
    units::table.filter(units::id.eq_any(ids.to_vec())).order((units::sort_key, units::id)).select(LineUnit::as_select()).load(conn)
}

/// The areas below any of these paths, in Vietnamese order of their names.
pub fn areas(conn: &mut Connection, paths: &[String]) -> StoreResult<Vec<LineArea>> {
    let within = any_of(paths.iter().map(|path| -> Condition<areas::table> { Box::new(areas::path.like(below(path))) }));
    areas::table.filter(within).order((areas::sort_key, areas::id)).select(LineArea::as_select()).load(conn)
}

/// The breakthroughs of the resolutions of these roots, in their order.
pub fn breakthroughs(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<LinePart>> {
    breakthroughs::table
        .inner_join(resolutions::table)
        .filter(resolutions::root_id.eq_any(roots.to_vec()))
        .order((resolutions::issued_on.is_null(), resolutions::issued_on, resolutions::id, breakthroughs::ordinal))
        .select((breakthroughs::id, breakthroughs::resolution_id, breakthroughs::ordinal, breakthroughs::title))
        .load(conn)
}

/// The pillars of the resolutions of these roots, in their order.
pub fn pillars(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<LinePart>> {
    pillars::table
        .inner_join(resolutions::table)
        .filter(resolutions::root_id.eq_any(roots.to_vec()))
        .order((resolutions::issued_on.is_null(), resolutions::issued_on, resolutions::id, pillars::ordinal))
        .select((pillars::id, pillars::resolution_id, pillars::ordinal, pillars::title))
        .load(conn)
}

/// The objectives of the resolutions of these roots, in their order.
pub fn objectives(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<LinePart>> {
    objectives::table
        .inner_join(resolutions::table)
        .filter(resolutions::root_id.eq_any(roots.to_vec()))
        .order((resolutions::issued_on.is_null(), resolutions::issued_on, resolutions::id, objectives::ordinal))
        .select((objectives::id, objectives::resolution_id, objectives::ordinal, objectives::title))
        .load(conn)
}

/// The task groups of the resolutions of these roots, in their order.
pub fn task_groups(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<LinePart>> {
    task_groups::table
        .inner_join(resolutions::table)
        .filter(resolutions::root_id.eq_any(roots.to_vec()))
        .order((resolutions::issued_on.is_null(), resolutions::issued_on, resolutions::id, task_groups::ordinal, task_groups::id))
        .select((task_groups::id, task_groups::resolution_id, task_groups::ordinal, task_groups::title))
        .load(conn)
}

/// The programmes of these roots, by date of issue; those without one last.
pub fn programmes(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<LineProgramme>> {
    programmes::table
        .filter(programmes::root_id.eq_any(roots.to_vec()))
        .order((programmes::issued_on.is_null(), programmes::issued_on, programmes::id))
        .select(LineProgramme::as_select())
        .load(conn)
}

/// The fields of work, in their order.
pub fn fields(conn: &mut Connection) -> StoreResult<Vec<LineField>> {
    fields::table.order((fields::ordinal, fields::id)).select(LineField::as_select()).load(conn)
}

/// The resolutions of these roots, by date of issue; those without one last, on either database.
pub fn resolutions(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<LineResolution>> {
    resolutions::table
        .filter(resolutions::root_id.eq_any(roots.to_vec()))
        .order((resolutions::issued_on.is_null(), resolutions::issued_on, resolutions::id))
        .select(LineResolution::as_select())
        .load(conn)
}
