//! Days, months, quarters, halves and years as Vietnamese documents write them.
//!
//! Shared by [`crate::domain::deadline`] and [`crate::domain::partial_date`].

pub(crate) mod grammar;
pub(crate) mod tokens;

use chrono::{Datelike, Days, Months, NaiveDate};

/// Years a document of this system can speak of; other four-digit numbers are not read as years.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Which stretch of the calendar is named, not yet in which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Day {
        day: u32,
        month: u32,
    },
    Month(u32),
    Quarter(u32),
    Half(u32),
    /// "9 tháng đầu năm": months from January on.
    FirstMonths(u32),
    Year,
    /// "tháng này" (0), "tháng tới" (1): months after the reference date's.
    MonthAfter(u32),
    /// "quý này" (0), "quý tới" (1): quarters after the reference date's.
    QuarterAfter(u32),
}

/// How the year is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearRef {
    Given(i32),
    /// Not written: the year of the document.
    Missing,
    /// "năm nay" (0), "năm tới" (1): years after the reference date's.
    Relative(i32),
}

/// A stretch of the calendar as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub unit: Unit,
    pub year: YearRef,
}

/// First and last day, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

impl When {
    /// The days meant; `None` for an impossible date or a year nothing tells.
    pub fn span(self, reference: Option<NaiveDate>) -> Option<Span> {
        let year = match self.year {
            YearRef::Given(year) => year,
            YearRef::Missing => reference?.year(),
            YearRef::Relative(years) => reference?.year().checked_add(years)?,
        };
        if !YEARS.contains(&year) {
            return None;
        }
        match self.unit {
            Unit::Day { day, month } => {
                let date = NaiveDate::from_ymd_opt(year, month, day)?;
                Some(Span { start: date, end: date })
            }
            Unit::Month(month) => months(year, month, 1),
            Unit::Quarter(quarter) => months(year, nth_first_month(quarter, 3)?, 3),
            Unit::Half(half) => months(year, nth_first_month(half, 6)?, 6),
            Unit::FirstMonths(count) => months(year, 1, count),
            Unit::Year => months(year, 1, 12),
            Unit::MonthAfter(count) => months_after(reference?.month(), year, count, 1),
            Unit::QuarterAfter(count) => months_after(nth_first_month(quarter_of(reference?), 3)?, year, count, 3),
        }
    }
}

/// The quarter (1 to 4) a day lies in.
pub(crate) fn quarter_of(date: NaiveDate) -> u32 {
    date.month0() / 3 + 1
}

/// The first month of the n-th group of `size` months.
fn nth_first_month(n: u32, size: u32) -> Option<u32> {
    n.checked_sub(1)?.checked_mul(size)?.checked_add(1)
}

/// The stretch of `size` months that begins `count` such stretches after a month.
fn months_after(month: u32, year: i32, count: u32, size: u32) -> Option<Span> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(count * size))?;
    YEARS.contains(&first.year()).then(|| months(first.year(), first.month(), size))?
}

fn months(year: i32, first: u32, count: u32) -> Option<Span> {
    let start = NaiveDate::from_ymd_opt(year, first, 1)?;
    let after = start.checked_add_months(Months::new(count))?;
    Some(Span { start, end: after.checked_sub_days(Days::new(1))? })
}
