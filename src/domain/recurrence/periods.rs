//! The periods of a rule: which stretch of the calendar, called what, due when.

use std::collections::HashSet;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Due, Every, MonthOf, Rule};
use crate::domain::date_words::{YEARS, quarter_of};

/// One period of repeated work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"id": "2021Q3", "start": "2021-07-01", "end": "2021-09-30", "due": "2021-09-30"}))]
pub struct Period {
    /// `2021W30`, `2021-07`, `2021Q3`, `2021H1`, `2021`, `2021-2025`; unique within a rule.
    pub id: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day, inclusive.
    pub end: NaiveDate,
    /// Last day on which it is in time; may lie after the end ("by the 5th of the next month").
    pub due: NaiveDate,
}

/// The periods of a rule that touch the days from `from` to `to`, both inclusive, by their end.
///
/// Of periods that the rule's bounds cut, one at the start counts if it is due within them, and one at the end
/// counts; their days and ids stay those of the calendar.
pub fn periods(rule: &Rule, from: NaiveDate, to: NaiveDate) -> Vec<Period> {
    let first = rule.start.map_or(from, |start| start.max(from));
    let last = rule.end.map_or(to, |end| end.min(to));
    let mut found: Vec<Period> = rule.recurrence.every().iter().flat_map(|every| of_cycle(*every, rule, first, last)).collect();
    found.sort_by_key(|period| (period.end, period.start));
    // Five years and the term may be the same years: what has one name is owed once.
    let mut named = HashSet::new();
    found.retain(|period| named.insert(period.id.clone()));
    found
}

fn of_cycle(every: Every, rule: &Rule, first: NaiveDate, last: NaiveDate) -> Vec<Period> {
    if last < first {
        return Vec::new();
    }
    if every == Every::Term {
        return term(rule, first, last).into_iter().collect();
    }
    let mut periods = Vec::new();
    let mut day = first;
    while day <= last
        && let Some((start, end)) = around(every, day)
        && let Some(next) = end.succ_opt()
    {
        if let Some(due) = due_in(every, rule.recurrence.due(), start, end)
            && rule.start.is_none_or(|bound| bound <= due)
        {
            periods.push(Period { id: id(every, start), start, end, due });
        }
        day = next;
    }
    periods
}

/// The term itself: it needs both bounds.
fn term(rule: &Rule, first: NaiveDate, last: NaiveDate) -> Option<Period> {
    let (start, end) = rule.start.zip(rule.end).filter(|(start, end)| *start <= last && first <= *end)?;
    Some(Period { id: format!("{}-{}", start.year(), end.year()), start, end, due: end })
}

/// The period a day lies in; `None` outside the years this system speaks of.
fn around(every: Every, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    if !YEARS.contains(&day.year()) {
        return None;
    }
    if every == Every::Week {
        let week = day.week(Weekday::Mon);
        return week.checked_first_day().zip(week.checked_last_day());
    }
    let (year, month0) = (day.year(), day.month0());
    let (year, month0, months) = match every {
        Every::Month => (year, month0, 1),
        Every::Quarter => (year, month0 - month0 % 3, 3),
        Every::Half => (year, month0 - month0 % 6, 6),
        Every::FiveYears => (year - (year - 1).rem_euclid(5), 0, 60),
        _ => (year, 0, 12),
    };
    let start = NaiveDate::from_ymd_opt(year, month0 + 1, 1)?;
    Some((start, start.checked_add_months(Months::new(months))?.pred_opt()?))
}

fn id(every: Every, start: NaiveDate) -> String {
    let (year, month) = (start.year(), start.month());
    match every {
        Every::Week => format!("{}W{:02}", start.iso_week().year(), start.iso_week().week()),
        Every::Month => format!("{year}-{month:02}"),
        Every::Quarter => format!("{year}Q{}", quarter_of(start)),
        Every::Half => format!("{year}H{}", if month <= 6 { 1 } else { 2 }),
        Every::FiveYears => format!("{year}-{}", year + 4),
        Every::Year | Every::Term => year.to_string(),
    }
}

/// The due day of the period from `start` to `end`; never before `start`.
fn due_in(every: Every, due: Due, start: NaiveDate, end: NaiveDate) -> Option<NaiveDate> {
    let day_before = |day: NaiveDate, before: bool| if before { day.pred_opt() } else { Some(day) };
    match due {
        Due::PeriodEnd if every == Every::Week => start.checked_add_days(Days::new(4)),
        Due::PeriodEnd => Some(end),
        Due::Date { month, day, before } => day_before(NaiveDate::from_ymd_opt(start.year(), month, day)?, before),
        Due::EndOfMonth(month) => last_of_month(NaiveDate::from_ymd_opt(start.year(), month, 1)?),
        Due::DayOfMonth { day, of, before } => {
            let month = match of {
                MonthOf::First => start,
                MonthOf::Last => end.with_day(1)?,
                MonthOf::Next => end.succ_opt()?,
            };
            day_before(month.with_day(day.min(last_of_month(month)?.day()))?, before)
        }
        Due::Weekday(weekday) => start.checked_add_days(Days::new(weekday.num_days_from_monday().into())),
        Due::FirstWeek(weekday) => start.iter_days().find(|day| day.weekday() == weekday),
        Due::LastWeek(weekday) => end.iter_days().rev().find(|day| day.weekday() == weekday),
    }
}

fn last_of_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}
