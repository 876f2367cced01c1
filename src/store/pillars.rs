//! Pillars.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::resolution_parts::PartFilter;
use crate::db::Connection;
use crate::db::schema::pillars;
use crate::domain::Id;

/// One pillar.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = pillars, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Pillar {
    pub id: Id,
    pub resolution_id: Id,
    pub ordinal: i32,
    pub title: String,
    pub description: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    pub clause_id: Option<Id>,
}

versioned!(pillars, Pillar, searched);

/// A page of pillars, by resolution and ordinal.
pub fn list(conn: &mut Connection, filter: &PartFilter) -> StoreResult<Vec<Pillar>> {
    let mut query =
        pillars::table.select(Pillar::as_select()).order((pillars::resolution_id, pillars::ordinal)).limit(filter.limit).into_boxed();
    query = query.filter(pillars::resolution_id.eq_any(filter.resolution_ids.clone()));
    if let Some((resolution, ordinal)) = filter.after {
        let later = pillars::resolution_id.eq(resolution).and(pillars::ordinal.gt(ordinal));
        query = query.filter(pillars::resolution_id.gt(resolution).or(later));
    }
    query.load(conn)
}

/// Which one stands at a place of a resolution.
pub fn at_place(conn: &mut Connection, resolution: Id, ordinal: i32) -> StoreResult<Option<Id>> {
    let there = pillars::table.filter(pillars::resolution_id.eq(resolution)).filter(pillars::ordinal.eq(ordinal));
    there.select(pillars::id).first(conn).optional()
}
