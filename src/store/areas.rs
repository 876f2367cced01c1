//! Areas.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Condition, ESCAPE, StoreResult, any_of, below, containing};
use crate::db::Connection;
use crate::db::schema::areas;
use crate::domain::areas::AreaLevel;
use crate::domain::{Id, Reference};

/// One area.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = areas, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Area {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub folded: String,
    pub sort_key: String,
    pub level: AreaLevel,
    pub parent_id: Option<Id>,
    pub path: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub note: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(areas, Area, searched);

/// Which areas a list asks for.
#[derive(Debug, Default, Clone)]
pub struct AreaFilter {
    /// Paths of the roots the reader may see.
    pub roots: Vec<String>,
    pub level: Option<AreaLevel>,
    pub parent_id: Option<Id>,
    /// Folded words to find in the name.
    pub search: Option<String>,
    /// Existing on this day.
    pub valid_on: Option<NaiveDate>,
    /// Only these.
    pub ids: Option<Vec<Id>>,
    /// Sort key and id of the last area of the page before.
    pub after: Option<(String, Id)>,
    pub limit: i64,
}

/// A page of areas in Vietnamese order of their names.
pub fn list(conn: &mut Connection, filter: &AreaFilter) -> StoreResult<Vec<Area>> {
    let mut query = areas::table.select(Area::as_select()).order((areas::sort_key, areas::id)).limit(filter.limit).into_boxed();
    query = query.filter(any_of(filter.roots.iter().map(|root| -> Condition<areas::table> { Box::new(areas::path.like(below(root))) })));
    if let Some(level) = filter.level {
        query = query.filter(areas::level.eq(level));
    }
    if let Some(parent) = filter.parent_id {
        query = query.filter(areas::parent_id.eq(parent));
    }
    if let Some(words) = &filter.search {
        query = query.filter(areas::folded.like(containing(words)).escape(ESCAPE));
    }
    if let Some(day) = filter.valid_on {
        query = query.filter(areas::valid_from.le(day)).filter(areas::valid_to.is_null().or(areas::valid_to.ge(day)));
    }
    if let Some(ids) = &filter.ids {
        query = query.filter(areas::id.eq_any(ids.clone()));
    }
    if let Some((key, id)) = &filter.after {
        query = query.filter(areas::sort_key.gt(key.clone()).or(areas::sort_key.eq(key.clone()).and(areas::id.gt(*id))));
    }
    query.load(conn)
}

/// The area a reference points at.
pub fn find_by(conn: &mut Connection, reference: &Reference) -> StoreResult<Option<Area>> {
    match reference {
        Reference::Id(id) => find(conn, *id),
        Reference::Code(code) => areas::table.filter(areas::code.eq(code)).select(Area::as_select()).first(conn).optional(),
    }
}

/// The areas with these ids, in no order.
pub fn with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<Area>> {
    load_among!(conn, areas::table.select(Area::as_select()), areas::id, ids)
}

/// Every area, in Vietnamese order of their names.
pub fn all(conn: &mut Connection) -> StoreResult<Vec<Area>> {
    areas::table.select(Area::as_select()).order((areas::sort_key, areas::id)).load(conn)
}

/// The areas below a path, itself included.
pub fn subtree(conn: &mut Connection, path: &str) -> StoreResult<Vec<Area>> {
    areas::table.filter(areas::path.like(below(path))).select(Area::as_select()).load(conn)
}
