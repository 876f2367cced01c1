//! Targets of indicators: row after row, the latest of a period and authority stands.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::indicator_targets;
use crate::domain::{Id, Origin};

/// One target.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = indicator_targets)]
pub struct IndicatorTarget {
    pub id: Id,
    pub indicator_id: Id,
    pub position: i64,
    pub period: String,
    /// Who sets it, where that is another than the document.
    pub authority: Option<String>,
    pub target_text: String,
    /// How the words were read, as JSON.
    pub reading: String,
    pub reason: Option<String>,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &IndicatorTarget) -> StoreResult<()> {
    diesel::insert_into(indicator_targets::table).values(row).execute(conn).map(drop)
}

/// All targets of these indicators, recorded before a time, in the order they were.
pub fn of(conn: &mut Connection, indicators: &[Id], before: NaiveDateTime) -> StoreResult<Vec<IndicatorTarget>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<IndicatorTarget>> {
        use indicator_targets as t;
        load_among!(conn, t::table.filter(t::recorded_at.lt(before)).select(IndicatorTarget::as_select()), t::indicator_id, indicators)
    };
    let mut found = load(conn)?;
    found.sort_by_key(|target| (target.position, target.id));
    Ok(found)
}
