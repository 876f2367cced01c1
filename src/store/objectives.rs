//! Objectives.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::resolution_parts::PartFilter;
use crate::db::Connection;
use crate::db::schema::objectives;
use crate::domain::Id;
use crate::domain::objectives::ObjectiveLevel;

/// One objective.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = objectives, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Objective {
    pub id: Id,
    pub resolution_id: Id,
    pub ordinal: i32,
    pub level: ObjectiveLevel,
    pub title: String,
    pub description: Option<String>,
    pub quantified: bool,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    pub clause_id: Option<Id>,
}

versioned!(objectives, Objective, searched);

/// A page of objectives, by resolution and ordinal.
pub fn list(conn: &mut Connection, filter: &PartFilter) -> StoreResult<Vec<Objective>> {
    let mut query = objectives::table
        .select(Objective::as_select())
        .order((objectives::resolution_id, objectives::ordinal))
        .limit(filter.limit)
        .into_boxed();
    query = query.filter(objectives::resolution_id.eq_any(filter.resolution_ids.clone()));
    if let Some((resolution, ordinal)) = filter.after {
        let later = objectives::resolution_id.eq(resolution).and(objectives::ordinal.gt(ordinal));
        query = query.filter(objectives::resolution_id.gt(resolution).or(later));
    }
    query.load(conn)
}

/// Which one stands at a place of a resolution.
pub fn at_place(conn: &mut Connection, resolution: Id, ordinal: i32) -> StoreResult<Option<Id>> {
    let there = objectives::table.filter(objectives::resolution_id.eq(resolution)).filter(objectives::ordinal.eq(ordinal));
    there.select(objectives::id).first(conn).optional()
}
