//! Resolutions.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::schema::resolutions;
use crate::domain::partial_date::DatePrecision;
use crate::domain::resolutions::CycleAnchor;
use crate::domain::resolutions::ResolutionKind;
use crate::domain::resolutions::ResolutionLevel;
use crate::domain::{Id, Origin};

/// One resolution.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = resolutions, treat_none_as_null = true)]
pub struct Resolution {
    pub id: Id,
    pub root_id: Id,
    pub term_id: Option<Id>,
    pub kind: ResolutionKind,
    pub number: Option<String>,
    pub title: String,
    pub folded: String,
    pub level: ResolutionLevel,
    pub issuer_unit_id: Option<Id>,
    pub issuer_text: Option<String>,
    pub issued_text: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub issued_precision: Option<DatePrecision>,
    pub cycle_anchor: CycleAnchor,
    pub source: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(resolutions, Resolution);
