//! Pillars.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::pillars;
use crate::domain::Id;

/// One pillar.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = pillars, treat_none_as_null = true)]
pub struct Pillar {
    pub id: Id,
    pub resolution_id: Id,
    pub ordinal: i32,
    pub title: String,
    pub description: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(pillars, Pillar);
