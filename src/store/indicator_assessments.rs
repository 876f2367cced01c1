//! Official verdicts on indicators: row after row, the latest of a period stands.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::indicator_assessments;
use crate::domain::targets::Verdict;
use crate::domain::{Id, Origin};

/// One verdict.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = indicator_assessments)]
pub struct IndicatorAssessment {
    pub id: Id,
    pub indicator_id: Id,
    pub position: i64,
    pub period: String,
    pub verdict: Verdict,
    /// What the numbers came to when it was decided.
    pub computed: Verdict,
    pub reason: Option<String>,
    pub document: Option<String>,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &IndicatorAssessment) -> StoreResult<()> {
    diesel::insert_into(indicator_assessments::table).values(row).execute(conn).map(drop)
}

/// All verdicts on these indicators, recorded before a time, in the order they were.
pub fn of(conn: &mut Connection, indicators: &[Id], before: NaiveDateTime) -> StoreResult<Vec<IndicatorAssessment>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<IndicatorAssessment>> {
        use indicator_assessments as t;
        load_among!(conn, t::table.filter(t::recorded_at.lt(before)).select(IndicatorAssessment::as_select()), t::indicator_id, indicators)
    };
    let mut found = load(conn)?;
    found.sort_by_key(|assessment| (assessment.position, assessment.id));
    Ok(found)
}
