//! Fields of work (lĩnh vực).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::fields;
use crate::domain::Id;

/// One field.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = fields, treat_none_as_null = true)]
pub struct Field {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub ordinal: i32,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(fields, Field);
