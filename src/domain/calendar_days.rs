//! The calendar of working days (lịch ngày làm việc): what the law gives and, above it, what an
//! administrator entered: holidays, days off in exchange, days worked to make up for them.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::Id;
use super::holidays::{self, Holiday, is_weekend};
use super::text_enum::UnknownName;

text_enum! {
    /// What an administrator says of a day.
    pub enum CalendarDayKind {
        /// A public holiday (nghỉ lễ, tết).
        Holiday = "holiday",
        /// Free in exchange for another day (nghỉ hoán đổi, nghỉ bù).
        DayOff = "day_off",
        /// Worked although it would be free (làm bù), or no holiday after all.
        WorkingDay = "working_day",
    }
}

/// A day of the calendar: itself, or the id of what was entered for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayReference {
    /// The day.
    Day(NaiveDate),
    /// The entry.
    Id(Id),
}

impl FromStr for DayReference {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A day has one spelling: `2026-9-2` is none.
        let day = text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == text);
        let read = day.map(Self::Day).or_else(|| text.parse().ok().map(Self::Id));
        read.ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// What is said of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "working_day", "name": "Làm bù", "source": "Thông báo lịch nghỉ hằng năm"}))]
pub struct CalendarDayDraft {
    /// Whether work is done on it.
    pub kind: CalendarDayKind,
    /// What it is called.
    #[schema(min_length = 1, max_length = 200, example = "Nghỉ hoán đổi dịp Quốc khánh")]
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// The announcement it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(max = 500))]
    pub source: Option<String>,
}

/// What a list of days may be asked for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CalendarDayQuery {
    /// The year; the present one if it is left out.
    #[param(minimum = 1900, maximum = 2199, example = 2026)]
    pub year: Option<i32>,
}

/// Why an entered day is void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CalendarDayVoiding {
    /// Why.
    #[schema(min_length = 1, max_length = 2000, example = "Nhập nhầm năm")]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
}

/// Which days are worked: weekends and holidays are not, unless something was entered.
///
/// Pure data, so that a reading can be made, and made again, without a database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    entered: BTreeMap<NaiveDate, CalendarDayKind>,
}

/// The most working days that are counted: ten years of them.
const LONGEST: u32 = 2_600;

impl WorkingCalendar {
    /// The law's days, under these.
    pub fn new(entered: impl IntoIterator<Item = (NaiveDate, CalendarDayKind)>) -> Self {
        Self { entered: entered.into_iter().collect() }
    }

    /// Whether work is done on a day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.working(day, &holidays::of_year(day.year()))
    }

    fn working(&self, day: NaiveDate, law: &BTreeMap<NaiveDate, Holiday>) -> bool {
        match self.entered.get(&day) {
            Some(kind) => *kind == CalendarDayKind::WorkingDay,
            None => !is_weekend(day) && !law.contains_key(&day),
        }
    }

    /// The n-th working day after a day, which is not counted itself (Civil Code 91/2015/QH13,
    /// article 147); `None` beyond ten years or what dates can hold.
    pub fn after(&self, day: NaiveDate, working_days: u32) -> Option<NaiveDate> {
        if working_days > LONGEST {
            return None;
        }
        let mut law = holidays::of_year(day.year());
        let (mut last, mut left) = (day, working_days);
        while left > 0 {
            let next = last.succ_opt()?;
            if next.year() != last.year() {
                law = holidays::of_year(next.year());
            }
            last = next;
            left -= u32::from(self.working(last, &law));
        }
        Some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_holidays_are_not_counted() {
        let law = WorkingCalendar::default();
        // Tết 2026: 16 to 20 February, between two weekends.
        for (from, days, expected) in [
            ("2026-02-13", 1, "2026-02-23"),
            ("2026-02-12", 2, "2026-02-23"),
            ("2026-03-02", 5, "2026-03-09"),
            ("2026-03-02", 0, "2026-03-02"),
        ] {
            assert_eq!(law.after(date(from), days), Some(date(expected)), "{from} {days}");
        }
        assert_eq!(law.after(date("2026-01-01"), LONGEST + 1), None);
        assert_eq!(law.after(NaiveDate::MAX, 1), None);
    }

    #[test]
    fn what_was_entered_stands_above_the_law() {
        let entered = [
            (date("2026-02-14"), CalendarDayKind::WorkingDay),
            (date("2026-02-16"), CalendarDayKind::WorkingDay),
            (date("2026-03-03"), CalendarDayKind::DayOff),
        ];
        let calendar = WorkingCalendar::new(entered);
        assert_eq!(calendar.after(date("2026-02-13"), 2), Some(date("2026-02-16")));
        assert_eq!(calendar.after(date("2026-03-02"), 1), Some(date("2026-03-04")));
        assert!(calendar.is_working(date("2026-02-14")) && !WorkingCalendar::default().is_working(date("2026-02-14")));
    }

    #[test]
    fn names_agree() {
        crate::domain::text_enum::assert_names(CalendarDayKind::ALL, CalendarDayKind::as_str);
    }

    proptest! {
        #[test]
        fn working_days_add_up(start in 0..20_000u64, first in 0..60u32, second in 0..60u32) {
            let law = WorkingCalendar::default();
            let start = date("1990-01-01") + chrono::Days::new(start);
            let there = law.after(start, first).and_then(|day| law.after(day, second));
            prop_assert_eq!(there, law.after(start, first + second));
            prop_assert!(first == 0 || law.after(start, first).is_some_and(|day| law.is_working(day)));
        }
    }
}
