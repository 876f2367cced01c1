//! Trends of indicators: the path and what was reached, year by year.

use chrono::{Datelike, NaiveDate};

use crate::db::Connection;
use crate::domain::indicator_trends::{Path, TrendYear, Wanted, trend};
use crate::domain::indicators::kept_years;
use crate::domain::periods::Period;
use crate::domain::targets::read_actual;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::store::indicator_values::IndicatorValue;
use crate::store::indicators::Indicator;

use super::access::{Permit, ReadWork};
use super::dashboards::check_day;
use super::indicator_assessments::Known;
use super::indicator_targets;
use super::indicators::readable;

/// A trend with what it is of.
#[derive(Debug, Clone)]
pub struct ShownTrend {
    /// The indicator.
    pub indicator: Indicator,
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// Year by year, with the value that was told.
    pub years: Vec<(TrendYear, Option<IndicatorValue>)>,
}

/// The trend of an indicator, as it was known at the end of a day.
///
/// # Errors
/// `not_found`; `invalid_parameter` for a day in the future or before the data.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, as_of: Option<NaiveDate>, at: &Moment) -> AppResult<ShownTrend> {
    let indicator = readable(conn, permit, id)?;
    let as_of = as_of.unwrap_or(at.today());
    check_day(conn, as_of, at.today())?;
    let known = Known::load(conn, std::slice::from_ref(&indicator), Vec::new(), as_of)?;
    let years = years(&known, &indicator)?;
    Ok(ShownTrend { indicator, as_of, years })
}

/// Year by year: what is asked for and what was reached.
///
/// # Errors
/// `internal` for a row that something else wrote.
pub fn years(known: &Known, indicator: &Indicator) -> AppResult<Vec<(TrendYear, Option<IndicatorValue>)>> {
    let mut wanted = Vec::new();
    for target in known.targets(indicator.id).iter().filter(|target| target.authority.is_none()) {
        if let Some(period) = Period::of_any(&target.period) {
            wanted.push(Wanted { period, target: indicator_targets::reading(target)? });
        }
    }
    let path = Path {
        wanted: &wanted,
        baseline: baseline(indicator),
        direction: indicator.direction,
        aggregation: indicator.aggregation,
        years: (indicator.from_year, indicator.to_year),
    };
    let first = *kept_years(indicator.history_from, indicator.from_year, indicator.to_year).start();
    let told = known.told(indicator.id)?;
    let value = |year: i32| known.values(indicator.id).iter().find(|value| value.period == year.to_string()).cloned();
    Ok(trend(&path, &told, first).into_iter().map(|year| (year.clone(), value(year.year))).collect())
}

/// Where it stood before, if that is one number.
fn baseline(indicator: &Indicator) -> Option<(i32, rust_decimal::Decimal)> {
    let period = Period::of_any(indicator.baseline_period.as_deref()?)?;
    let actual = read_actual(indicator.baseline_text.as_deref()?, indicator.unit());
    Some((period.last.year(), actual.single()?))
}
