//! Units.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Condition, ESCAPE, StoreResult, any_of, below, containing};
use crate::db::Connection;
use crate::db::schema::units;
use crate::domain::units::{System, UnitKind};
use crate::domain::{Id, Reference};

/// One unit.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = units, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Unit {
    pub id: Id,
    pub code: String,
    pub agency_code: Option<String>,
    pub name: String,
    pub folded: String,
    pub sort_key: String,
    pub system: System,
    pub kind: UnitKind,
    pub parent_id: Option<Id>,
    pub path: String,
    pub area_id: Id,
    pub area_path: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub note: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(units, Unit, searched);

/// The unit a reference points at.
pub fn find_by(conn: &mut Connection, reference: &Reference) -> StoreResult<Option<Unit>> {
    match reference {
        Reference::Id(id) => find(conn, *id),
        Reference::Code(code) => units::table.filter(units::code.eq(code)).select(Unit::as_select()).first(conn).optional(),
    }
}

/// The units with these ids, in no order.
pub fn with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<Unit>> {
    load_among!(conn, units::table.select(Unit::as_select()), units::id, ids)
}

/// Every unit, in Vietnamese order of their names.
pub fn all(conn: &mut Connection) -> StoreResult<Vec<Unit>> {
    units::table.select(Unit::as_select()).order((units::sort_key, units::id)).load(conn)
}

/// Which units a list asks for.
#[derive(Debug, Default, Clone)]
pub struct UnitFilter {
    /// Paths of the root areas the reader may see.
    pub roots: Vec<String>,
    pub kinds: Vec<UnitKind>,
    pub system: Option<System>,
    pub parent_id: Option<Id>,
    pub area_id: Option<Id>,
    /// Folded words to find in the name.
    pub search: Option<String>,
    pub code: Option<String>,
    /// Existing on this day.
    pub valid_on: Option<NaiveDate>,
    /// Only these.
    pub ids: Option<Vec<Id>>,
    /// Sort key and id of the last unit of the page before.
    pub after: Option<(String, Id)>,
    pub limit: i64,
}

/// A page of units in Vietnamese order of their names.
pub fn list(conn: &mut Connection, filter: &UnitFilter) -> StoreResult<Vec<Unit>> {
    let mut query = units::table.select(Unit::as_select()).order((units::sort_key, units::id)).limit(filter.limit).into_boxed();
    query =
        query.filter(any_of(filter.roots.iter().map(|root| -> Condition<units::table> { Box::new(units::area_path.like(below(root))) })));
    if !filter.kinds.is_empty() {
        query = query.filter(units::kind.eq_any(filter.kinds.clone()));
    }
    if let Some(system) = filter.system {
        query = query.filter(units::system.eq(system));
    }
    if let Some(parent) = filter.parent_id {
        query = query.filter(units::parent_id.eq(parent));
    }
    if let Some(area) = filter.area_id {
        query = query.filter(units::area_id.eq(area));
    }
    if let Some(words) = &filter.search {
        query = query.filter(units::folded.like(containing(words)).escape(ESCAPE));
    }
    if let Some(code) = &filter.code {
        query = query.filter(units::code.eq(code.clone()));
    }
    if let Some(day) = filter.valid_on {
        query = query.filter(units::valid_from.le(day)).filter(units::valid_to.is_null().or(units::valid_to.ge(day)));
    }
    if let Some(ids) = &filter.ids {
        query = query.filter(units::id.eq_any(ids.clone()));
    }
    if let Some((key, id)) = &filter.after {
        query = query.filter(units::sort_key.gt(key.clone()).or(units::sort_key.eq(key.clone()).and(units::id.gt(*id))));
    }
    query.load(conn)
}

/// The units below a path, itself included.
pub fn subtree(conn: &mut Connection, path: &str) -> StoreResult<Vec<Unit>> {
    units::table.filter(units::path.like(below(path))).select(Unit::as_select()).load(conn)
}

/// The unit with this path.
pub fn with_path(conn: &mut Connection, path: &str) -> StoreResult<Option<Id>> {
    units::table.filter(units::path.eq(path)).select(units::id).first(conn).optional()
}

/// The units that stand in an area or below it.
pub fn in_area(conn: &mut Connection, area_path: &str) -> StoreResult<Vec<Unit>> {
    units::table.filter(units::area_path.like(below(area_path))).select(Unit::as_select()).load(conn)
}
