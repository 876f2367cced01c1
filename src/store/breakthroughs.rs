//! Strategic breakthroughs.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::resolution_parts::PartFilter;
use crate::db::Connection;
use crate::db::schema::{breakthroughs, resolutions};
use crate::domain::Id;

/// One breakthrough.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = breakthroughs, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Breakthrough {
    pub id: Id,
    pub resolution_id: Id,
    pub ordinal: i32,
    pub title: String,
    pub description: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    pub clause_id: Option<Id>,
}

versioned!(breakthroughs, Breakthrough, searched);

/// A page of breakthroughs, by resolution and ordinal.
pub fn list(conn: &mut Connection, filter: &PartFilter) -> StoreResult<Vec<Breakthrough>> {
    let mut query = breakthroughs::table
        .select(Breakthrough::as_select())
        .order((breakthroughs::resolution_id, breakthroughs::ordinal))
        .limit(filter.limit)
        .into_boxed();
    query = query.filter(breakthroughs::resolution_id.eq_any(filter.resolution_ids.clone()));
    if let Some((resolution, ordinal)) = filter.after {
        let later = breakthroughs::resolution_id.eq(resolution).and(breakthroughs::ordinal.gt(ordinal));
        query = query.filter(breakthroughs::resolution_id.gt(resolution).or(later));
    }
    query.load(conn)
}

/// Which one stands at a place of a resolution.
pub fn at_place(conn: &mut Connection, resolution: Id, ordinal: i32) -> StoreResult<Option<Id>> {
    let there = breakthroughs::table.filter(breakthroughs::resolution_id.eq(resolution)).filter(breakthroughs::ordinal.eq(ordinal));
    there.select(breakthroughs::id).first(conn).optional()
}

/// The breakthrough with this id, if its resolution is kept for this root.
pub fn find_within(conn: &mut Connection, id: Id, root: Id) -> StoreResult<Option<Breakthrough>> {
    let here = breakthroughs::table.inner_join(resolutions::table).filter(breakthroughs::id.eq(id)).filter(resolutions::root_id.eq(root));
    here.select(Breakthrough::as_select()).first(conn).optional()
}
