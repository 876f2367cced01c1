//! Strategic breakthroughs.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::breakthroughs;
use crate::domain::Id;

/// One breakthrough.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = breakthroughs, treat_none_as_null = true)]
pub struct Breakthrough {
    pub id: Id,
    pub resolution_id: Id,
    pub ordinal: i32,
    pub title: String,
    pub description: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(breakthroughs, Breakthrough);
