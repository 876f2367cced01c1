//! Programmes.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::schema::programmes;
use crate::domain::partial_date::DatePrecision;
use crate::domain::programmes::ProgrammeKind;
use crate::domain::programmes::ProgrammeScope;
use crate::domain::programmes::ProgrammeState;
use crate::domain::{Id, Origin};

/// One programme.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = programmes, treat_none_as_null = true)]
pub struct Programme {
    pub id: Id,
    pub root_id: Id,
    pub term_id: Option<Id>,
    pub kind: ProgrammeKind,
    pub number: Option<String>,
    pub title: String,
    pub folded: String,
    pub issuer_unit_id: Option<Id>,
    pub issuer_text: Option<String>,
    pub drafting_unit_id: Option<Id>,
    pub scope: ProgrammeScope,
    pub scope_year: Option<i32>,
    pub period_from: Option<i32>,
    pub period_to: Option<i32>,
    pub orientation_from: Option<i32>,
    pub orientation_to: Option<i32>,
    pub issued_text: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub issued_precision: Option<DatePrecision>,
    pub state: ProgrammeState,
    pub source: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(programmes, Programme);
