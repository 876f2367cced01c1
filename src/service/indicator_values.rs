//! Values of indicators: told by the unit that reports on one or by the office, confirmed by somebody else, and never written over.

mod judging;
mod telling;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::db::Connection;
use crate::domain::indicator_values::ValueQuery;
use crate::domain::periods::Period;
use crate::domain::progress_reports::Verification;
use crate::domain::targets::Actual;
use crate::domain::verifications::ReportAction;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::indicator_values::{IndicatorValue, ValueFilter, ValuePart};
use crate::store::indicators::Indicator;
use crate::store::units::Unit;

use super::access::{Permit, ReadWork, Right, Verify};
use super::indicators::{end_of, keeps, readable};
use super::lookup;
use super::paging::{Page, PageRequest};

pub use crate::store::indicator_values::ValuePart as Part;
pub use judging::{Judgeable, judge, to_judge};
pub use telling::{Tellable, target, tell};

/// A value as somebody is shown it.
#[derive(Debug, Clone)]
pub struct ShownValue {
    /// The row.
    pub value: IndicatorValue,
    /// Values of districts or departments, in their order.
    pub parts: Vec<ValuePart>,
    /// What it, and others on its page, mention.
    pub places: Arc<Places>,
    /// Whether it counts: no later one replaced it, and it was not returned.
    pub counts: bool,
    /// What this account may do with it next.
    pub actions: Vec<ReportAction>,
}

/// What values mention.
#[derive(Debug, Default)]
pub struct Places {
    /// Areas.
    pub areas: HashMap<Id, Area>,
    /// Units.
    pub units: HashMap<Id, Unit>,
    /// User names.
    pub people: HashMap<Id, String>,
}

/// A page of the values of an indicator, newest first: those that count, or all.
///
/// # Errors
/// `not_found`; `invalid_parameter`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, query: ValueQuery, at: &Moment) -> AppResult<Page<ShownValue>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    let indicator = readable(conn, permit, id)?;
    if query.period.as_deref().is_some_and(|period| Period::of_any(period).is_none()) {
        return Err(AppError::bad_parameter("period", rules::PERIOD_OR_SPAN));
    }
    let (before, limit) = (request.after::<i64>()?, request.limit()? + 1);
    let rows = if query.revisions {
        store::indicator_values::list(conn, &ValueFilter { indicator_id: id, period: query.period, before, limit })?
    } else {
        let rows = counting(conn, &[id], end_of(at.today()))?.remove(&id).unwrap_or_default();
        let asked = |value: &IndicatorValue| query.period.as_ref().is_none_or(|period| *period == value.period);
        let mut rows: Vec<_> = rows.into_iter().filter(|v| asked(v) && before.is_none_or(|before| v.position < before)).collect();
        rows.sort_by_key(|value| std::cmp::Reverse(value.position));
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        rows
    };
    let page = request.page(rows, |value| value.position)?;
    Ok(Page { items: show(conn, permit, &indicator, page.items, at)?, next: page.next })
}

/// The newest value of a period.
///
/// # Errors
/// `not_found`, also where none was told.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, period: &str, at: &Moment) -> AppResult<ShownValue> {
    let indicator = readable(conn, permit, id)?;
    let newest = store::indicator_values::of_period(conn, id, period)?.into_iter().next();
    let newest = lookup::found(Ok(newest))?;
    one(conn, permit, &indicator, newest, at)
}

/// The values that counted before a time, of each indicator: of each period the latest that was not returned by then.
///
/// # Errors
/// The database's.
pub(super) fn counting(conn: &mut Connection, indicators: &[Id], before: NaiveDateTime) -> AppResult<HashMap<Id, Vec<IndicatorValue>>> {
    let mut counting: HashMap<Id, Vec<IndicatorValue>> = HashMap::new();
    let returned = |v: &IndicatorValue| v.verification == Verification::Returned && v.verified_at.is_some_and(|at| at < before);
    for value in store::indicator_values::of(conn, indicators, before)?.into_iter().filter(|value| !returned(value)) {
        let own = counting.entry(value.indicator_id).or_default();
        own.retain(|other| other.period != value.period);
        own.push(value);
    }
    Ok(counting)
}

/// How the words of a value were read.
///
/// # Errors
/// `internal` for a row that something else wrote.
pub(super) fn reading(value: &IndicatorValue) -> AppResult<Actual> {
    serde_json::from_str(&value.reading).map_err(AppError::internal)
}

/// One value as it is shown.
fn one<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    indicator: &Indicator,
    row: IndicatorValue,
    at: &Moment,
) -> AppResult<ShownValue> {
    lookup::found(Ok(show(conn, permit, indicator, vec![row], at)?.pop()))
}

/// Values of one indicator as they are shown.
///
/// # Errors
/// The database's.
pub(super) fn show<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    indicator: &Indicator,
    rows: Vec<IndicatorValue>,
    at: &Moment,
) -> AppResult<Vec<ShownValue>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let parts = store::indicator_values::parts(conn, &ids)?;
    let places = Arc::new(places(conn, &rows, &parts)?);
    let standing = counting(conn, &[indicator.id], end_of(at.today()))?.remove(&indicator.id).unwrap_or_default();
    let keeps = keeps::<Verify>(conn, permit.actor(), indicator)?;
    let shown = |value: IndicatorValue| {
        let counts = standing.iter().any(|other| other.id == value.id);
        ShownValue {
            parts: parts.iter().filter(|part| part.value_id == value.id).cloned().collect(),
            places: Arc::clone(&places),
            counts,
            actions: if keeps && counts { judging::steps(indicator, &value, permit.actor().account()) } else { Vec::new() },
            value,
        }
    };
    Ok(rows.into_iter().map(shown).collect())
}

fn places(conn: &mut Connection, rows: &[IndicatorValue], parts: &[ValuePart]) -> AppResult<Places> {
    let areas: Vec<Id> = parts.iter().filter_map(|part| part.area_id).collect();
    let units: Vec<Id> = parts.iter().filter_map(|part| part.unit_id).chain(rows.iter().filter_map(|row| row.unit_id)).collect();
    let people: Vec<Id> = rows.iter().flat_map(|row| [row.recorded_by, row.verified_by]).flatten().collect();
    Ok(Places {
        areas: store::areas::with_ids(conn, &areas)?.into_iter().map(|area| (area.id, area)).collect(),
        units: store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect(),
        people: store::users::names(conn, &people)?.into_iter().collect(),
    })
}
