//! Values of indicators: row after row, the latest of a period that was not returned counts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{indicator_value_parts, indicator_values};
use crate::domain::indicator_values::ValueStage;
use crate::domain::progress_reports::Verification;
use crate::domain::{Id, Origin};

/// One value.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = indicator_values, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct IndicatorValue {
    pub id: Id,
    pub indicator_id: Id,
    pub position: i64,
    pub period: String,
    /// Its place among those of its period, from 1.
    pub revision: i32,
    pub stage: ValueStage,
    pub value_text: String,
    /// How the words were read, as JSON.
    pub reading: String,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    pub rank_of: Option<i32>,
    pub breaks_series: bool,
    pub note: Option<String>,
    pub source: Option<String>,
    pub reason: Option<String>,
    pub unit_id: Option<Id>,
    /// Whether the focal office told it for the unit.
    pub on_behalf: bool,
    pub recorded_by: Option<Id>,
    pub verification: Verification,
    pub verified_by: Option<Id>,
    pub verified_at: Option<NaiveDateTime>,
    pub verification_reason: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(indicator_values, IndicatorValue);

/// The value of a part.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = indicator_value_parts)]
pub struct ValuePart {
    pub value_id: Id,
    pub place: i32,
    pub area_id: Option<Id>,
    pub unit_id: Option<Id>,
    pub value_text: String,
}

/// Adds the values of parts.
pub fn insert_parts(conn: &mut Connection, rows: &[ValuePart]) -> StoreResult<()> {
    rows.iter().try_for_each(|row| diesel::insert_into(indicator_value_parts::table).values(row).execute(conn).map(drop))
}

/// The values of the parts of these values, in their order.
pub fn parts(conn: &mut Connection, of: &[Id]) -> StoreResult<Vec<ValuePart>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<ValuePart>> {
        load_among!(conn, indicator_value_parts::table.select(ValuePart::as_select()), indicator_value_parts::value_id, of)
    };
    let mut found = load(conn)?;
    found.sort_by_key(|part| (part.value_id, part.place));
    Ok(found)
}

/// Which values a list asks for.
#[derive(Debug, Clone)]
pub struct ValueFilter {
    pub indicator_id: Id,
    pub period: Option<String>,
    /// Position of the last one of the page before.
    pub before: Option<i64>,
    pub limit: i64,
}

/// A page of all values of an indicator, newest first.
pub fn list(conn: &mut Connection, filter: &ValueFilter) -> StoreResult<Vec<IndicatorValue>> {
    let mut query = indicator_values::table
        .filter(indicator_values::indicator_id.eq(filter.indicator_id))
        .select(IndicatorValue::as_select())
        .order(indicator_values::position.desc())
        .limit(filter.limit)
        .into_boxed();
    if let Some(period) = &filter.period {
        query = query.filter(indicator_values::period.eq(period.clone()));
    }
    if let Some(position) = filter.before {
        query = query.filter(indicator_values::position.lt(position));
    }
    query.load(conn)
}

/// All values of a period, the newest first.
pub fn of_period(conn: &mut Connection, indicator: Id, period: &str) -> StoreResult<Vec<IndicatorValue>> {
    indicator_values::table
        .filter(indicator_values::indicator_id.eq(indicator).and(indicator_values::period.eq(period.to_owned())))
        .select(IndicatorValue::as_select())
        .order(indicator_values::revision.desc())
        .load(conn)
}

/// All values of these indicators that were recorded before a time, in the order they were.
pub fn of(conn: &mut Connection, indicators: &[Id], before: NaiveDateTime) -> StoreResult<Vec<IndicatorValue>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<IndicatorValue>> {
        use indicator_values as t;
        load_among!(conn, t::table.filter(t::recorded_at.lt(before)).select(IndicatorValue::as_select()), t::indicator_id, indicators)
    };
    let mut found = load(conn)?;
    found.sort_by_key(|value| (value.position, value.id));
    Ok(found)
}
