//! Progress reports.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::schema::progress_reports;
use crate::domain::progress_reports::ReportState;
use crate::domain::progress_reports::Verification;
use crate::domain::{Id, Origin, Percent};

/// One report.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = progress_reports, treat_none_as_null = true)]
pub struct ProgressReport {
    pub id: Id,
    pub task_id: Id,
    pub position: i64,
    pub unit_id: Id,
    pub state: ReportState,
    pub result: String,
    pub percent: Option<Percent>,
    pub measured_on: NaiveDate,
    pub product_number: Option<String>,
    pub product_issued_on: Option<NaiveDate>,
    pub product_note: Option<String>,
    pub obstacles: Option<String>,
    pub proposals: String,
    pub reason: Option<String>,
    pub on_behalf: bool,
    pub recorded_by: Id,
    pub recorded_at: NaiveDateTime,
    pub origin: Origin,
    pub verification: Verification,
    pub verified_by: Option<Id>,
    pub verified_at: Option<NaiveDateTime>,
    pub verification_reason: Option<String>,
    pub version: i32,
}

versioned!(progress_reports, ProgressReport);
