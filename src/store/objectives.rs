//! Objectives.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::objectives;
use crate::domain::Id;
use crate::domain::objectives::ObjectiveLevel;

/// One objective.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = objectives, treat_none_as_null = true)]
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
}

versioned!(objectives, Objective);
