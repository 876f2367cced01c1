//! Tasks: description and commitments as they are now.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::schema::tasks;
use crate::domain::partial_date::DatePrecision;
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin};

/// One task.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tasks, treat_none_as_null = true)]
pub struct Task {
    pub id: Id,
    pub root_id: Id,
    pub parent_id: Option<Id>,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub group_id: Option<Id>,
    pub field_id: Option<Id>,
    pub breakthrough_id: Option<Id>,
    pub pillar_id: Option<Id>,
    pub objective_id: Option<Id>,
    pub title: String,
    pub folded: String,
    pub description: Option<String>,
    pub deliverable: Option<String>,
    pub lead_unit_id: Id,
    pub monitoring_unit_id: Option<Id>,
    pub accountable_post_id: Option<Id>,
    pub assigned_by: Option<String>,
    pub assigned_text: Option<String>,
    pub assigned_on: Option<NaiveDate>,
    pub assigned_precision: Option<DatePrecision>,
    pub assigning_document: Option<String>,
    pub weight: i32,
    pub scope: Option<String>,
    pub secrecy: Secrecy,
    pub issued_at: Option<NaiveDateTime>,
    pub voided_at: Option<NaiveDateTime>,
    pub source: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(tasks, Task);
