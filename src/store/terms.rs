//! Terms of office.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::schema::terms;
use crate::domain::Id;

/// One term.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = terms, treat_none_as_null = true)]
pub struct Term {
    pub id: Id,
    pub root_id: Id,
    pub ordinal: i32,
    pub ordinal_text: String,
    pub title: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub previous_term_id: Option<Id>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(terms, Term);
