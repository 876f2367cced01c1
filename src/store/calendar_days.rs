//! Days entered above what the law gives.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::calendar_days;
use crate::domain::Id;
use crate::domain::calendar_days::CalendarDayKind;
use crate::domain::holidays::Holiday;

/// One day that was entered.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calendar_days, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct CalendarDay {
    pub id: Id,
    pub day: NaiveDate,
    pub kind: CalendarDayKind,
    pub name: String,
    pub source: Option<String>,
    pub voided_at: Option<NaiveDateTime>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

/// A day: what the law gives, and what was entered.
#[derive(Debug, Clone)]
pub struct ShownDay {
    /// The day.
    pub day: NaiveDate,
    /// Whether work is done on it.
    pub working: bool,
    /// What the law gives.
    pub law: Option<Holiday>,
    /// What was entered; it may be void.
    pub entered: Option<CalendarDay>,
}

versioned!(calendar_days, CalendarDay);

/// What was entered for a day.
pub fn on(conn: &mut Connection, day: NaiveDate) -> StoreResult<Option<CalendarDay>> {
    calendar_days::table.filter(calendar_days::day.eq(day)).select(CalendarDay::as_select()).first(conn).optional()
}

/// What was entered between two days, both inclusive, in order.
pub fn between(conn: &mut Connection, first: NaiveDate, last: NaiveDate) -> StoreResult<Vec<CalendarDay>> {
    let within = calendar_days::day.ge(first).and(calendar_days::day.le(last));
    calendar_days::table.filter(within).select(CalendarDay::as_select()).order(calendar_days::day).load(conn)
}

/// The days that stand, with their kinds.
pub fn in_force(conn: &mut Connection) -> StoreResult<Vec<(NaiveDate, CalendarDayKind)>> {
    calendar_days::table.filter(calendar_days::voided_at.is_null()).select((calendar_days::day, calendar_days::kind)).load(conn)
}
