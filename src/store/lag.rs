//! What came first, and when: of documents, tasks and reports. One query for each kind of thing,
//! however many units there are.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Nullable, Timestamp};

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{programmes, resolutions};
use crate::db::types::Uuid;
use crate::domain::partial_date::DatePrecision;
use crate::domain::programmes::{ProgrammeKind, ProgrammeScope, ProgrammeState};
use crate::domain::{Id, calendar};

/// A document as far as it may be the first.
#[derive(Debug, Clone)]
pub struct LagDocument {
    pub id: Id,
    pub issuer_unit_id: Option<Id>,
    /// The day it was issued, or was recorded at the latest.
    pub on: NaiveDate,
}

/// A resolution as lines about slowness show it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = resolutions)]
pub struct LagResolution {
    pub id: Id,
    pub issuer_unit_id: Option<Id>,
    pub issued_on: Option<NaiveDate>,
    pub issued_precision: Option<DatePrecision>,
    pub recorded_at: NaiveDateTime,
}

/// An adopted programme as far as documents are owed.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = programmes)]
pub struct OwedProgramme {
    pub id: Id,
    pub root_id: Id,
    pub term_id: Option<Id>,
    pub kind: ProgrammeKind,
    pub title: String,
    pub issuer_unit_id: Option<Id>,
    pub scope: ProgrammeScope,
    pub scope_year: Option<i32>,
    pub issued_on: Option<NaiveDate>,
    pub recorded_at: NaiveDateTime,
}

/// What tasks with the same links and lead unit began with.
#[derive(Debug, Clone, QueryableByName)]
pub struct FirstTasks {
    #[diesel(sql_type = Nullable<Uuid>)]
    pub resolution_id: Option<Id>,
    #[diesel(sql_type = Nullable<Uuid>)]
    pub programme_id: Option<Id>,
    #[diesel(sql_type = Uuid)]
    pub lead_unit_id: Id,
    /// The first day of assignment that was said.
    #[diesel(sql_type = Nullable<Date>)]
    pub assigned_on: Option<NaiveDate>,
    /// The first time one was issued of which no day of assignment was said.
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub issued_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub first_reported_at: Option<NaiveDateTime>,
    /// Whether one was made up for the demo.
    #[diesel(sql_type = Bool)]
    pub illustrative: bool,
}

/// The resolutions of these roots that were recorded before `cutoff`.
pub fn resolutions(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<LagResolution>> {
    let known = resolutions::table.filter(resolutions::root_id.eq_any(roots.to_vec())).filter(resolutions::recorded_at.lt(cutoff));
    known.select(LagResolution::as_select()).load(conn)
}

/// The adopted programmes of these roots that were recorded before `cutoff`.
pub fn programmes(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<OwedProgramme>> {
    programmes::table
        .filter(programmes::root_id.eq_any(roots.to_vec()))
        .filter(programmes::recorded_at.lt(cutoff))
        .filter(programmes::state.eq(ProgrammeState::Adopted))
        .order(programmes::id)
        .select(OwedProgramme::as_select())
        .load(conn)
}

/// How the tasks of a root began that were issued, and not voided, before `cutoff`.
pub fn first_tasks(conn: &mut Connection, root: Id, cutoff: NaiveDateTime) -> StoreResult<Vec<FirstTasks>> {
    let sql = "SELECT t.resolution_id, t.programme_id, t.lead_unit_id, min(t.assigned_on) AS assigned_on, \
               min(CASE WHEN t.assigned_on IS NULL THEN t.issued_at END) AS issued_at, min(s.first_reported_at) AS first_reported_at, \
               max(CASE WHEN t.origin = 'demo' THEN 1 ELSE 0 END) = 1 AS illustrative \
               FROM tasks t JOIN task_states s ON s.task_id = t.id \
               WHERE t.root_id = $1 AND t.issued_at < $2 AND (t.voided_at IS NULL OR t.voided_at >= $2) \
               GROUP BY t.resolution_id, t.programme_id, t.lead_unit_id";
    diesel::sql_query(sql).bind::<Uuid, _>(root).bind::<Timestamp, _>(cutoff).load(conn)
}

impl From<&LagResolution> for LagDocument {
    fn from(row: &LagResolution) -> Self {
        Self { id: row.id, issuer_unit_id: row.issuer_unit_id, on: issued(row.issued_on, row.recorded_at) }
    }
}

impl From<&OwedProgramme> for LagDocument {
    fn from(row: &OwedProgramme) -> Self {
        Self { id: row.id, issuer_unit_id: row.issuer_unit_id, on: issued(row.issued_on, row.recorded_at) }
    }
}

fn issued(on: Option<NaiveDate>, recorded_at: NaiveDateTime) -> NaiveDate {
    on.unwrap_or_else(|| calendar::day_of(recorded_at.and_utc()))
}
