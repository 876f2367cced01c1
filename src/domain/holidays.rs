//! Public holidays of Vietnam as the law gives them, computed for any year.
//!
//! Source: Labour Code 45/2019/QH14, articles 111 and 112 (in force from 1 January 2021): 1 January;
//! five days of the lunar new year; 10 March of the lunar year; 30 April; 1 May; 2 September and the
//! day before or after it. Before 2021 the National Day was one day (Labour Code 10/2012/QH13), before
//! May 2013 Tết had four days, and before 2007 the Hùng Kings' day was no holiday.
//!
//! Which five days of Tết, which neighbour of 2 September, and what is swapped is announced each year:
//! here stands the usual choice, marked as assumed, and what an administrator enters stands above it
//! ([`super::calendar_days`]).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;
use utoipa::ToSchema;

use super::{date_words, lunar};

text_enum! {
    /// Why a day is free of work by law.
    pub enum HolidayKind {
        /// 1 January.
        NewYear = "new_year",
        /// Tết Nguyên đán.
        LunarNewYear = "lunar_new_year",
        /// Giỗ Tổ Hùng Vương, 10 March of the lunar year.
        HungKings = "hung_kings",
        /// 30 April.
        Reunification = "reunification",
        /// 1 May.
        LabourDay = "labour_day",
        /// 2 September and its neighbour.
        NationalDay = "national_day",
        /// The working day that follows, for a holiday that fell on a weekend.
        Compensation = "compensation",
    }
}

impl HolidayKind {
    /// Its name in Vietnamese.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewYear => "Tết Dương lịch",
            Self::LunarNewYear => "Tết Nguyên đán",
            Self::HungKings => "Giỗ Tổ Hùng Vương",
            Self::Reunification => "Ngày Chiến thắng",
            Self::LabourDay => "Ngày Quốc tế lao động",
            Self::NationalDay => "Quốc khánh",
            Self::Compensation => "Nghỉ bù",
        }
    }
}

/// A day that is free of work by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"kind": "national_day", "assumed": false}))]
pub struct Holiday {
    /// Why it is free.
    pub kind: HolidayKind,
    /// Whether the usual choice stands in for what is announced each year.
    pub assumed: bool,
}

/// Saturday and Sunday.
pub fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The holidays of a year, in order. Years that no document can speak of have none.
pub fn of_year(year: i32) -> BTreeMap<NaiveDate, Holiday> {
    let mut days = BTreeMap::new();
    if !date_words::YEARS.contains(&year) {
        return days;
    }
    let mut add = |day: Option<NaiveDate>, kind, assumed| {
        if let Some(day) = day {
            days.entry(day).or_insert(Holiday { kind, assumed });
        }
    };
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    add(on(1, 1), HolidayKind::NewYear, false);
    if let Some(first) = lunar::new_year(year) {
        // The last day of the old year, the first of the new: every announcement has these.
        add(first.pred_opt(), HolidayKind::LunarNewYear, false);
        for after in 0..if year > 2013 { 4 } else { 3 } {
            add(first.checked_add_days(Days::new(after)), HolidayKind::LunarNewYear, after == 3);
        }
    }
    if year >= 2007 {
        add(lunar::first_of_month(year, 3).and_then(|first| first.checked_add_days(Days::new(9))), HolidayKind::HungKings, false);
    }
    add(on(4, 30), HolidayKind::Reunification, false);
    add(on(5, 1), HolidayKind::LabourDay, false);
    add(on(9, 2), HolidayKind::NationalDay, false);
    if year >= 2021 {
        add(on(9, neighbour(on(9, 2))), HolidayKind::NationalDay, true);
    }
    compensate(&mut days);
    days
}

/// The neighbour of 2 September that makes the longer rest, as announced from 2021 to 2026.
fn neighbour(national_day: Option<NaiveDate>) -> u32 {
    match national_day.map(|day| day.weekday()) {
        Some(Weekday::Mon | Weekday::Thu) => 3,
        _ => 1,
    }
}

/// Article 111: a holiday on a weekend is made up for on the next working day.
fn compensate(days: &mut BTreeMap<NaiveDate, Holiday>) {
    let lost: Vec<_> = days.iter().filter(|(day, _)| is_weekend(**day)).map(|(day, holiday)| (*day, holiday.assumed)).collect();
    for (day, assumed) in lost {
        let free = |day: &NaiveDate| is_weekend(*day) || days.contains_key(day);
        if let Some(next) = day.iter_days().find(|day| !free(day)) {
            days.insert(next, Holiday { kind: HolidayKind::Compensation, assumed });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(year: i32, kind: HolidayKind) -> Vec<String> {
        of_year(year).into_iter().filter(|(_, holiday)| holiday.kind == kind).map(|(day, _)| day.to_string()).collect()
    }

    /// 10 March of the lunar year. Source: as for Tết in `lunar.rs`; 2012 falls into March.
    #[test]
    fn the_hung_kings_are_remembered() {
        #[rustfmt::skip]
        let known = [
            (2007, 4, 26), (2008, 4, 15), (2009, 4, 4), (2010, 4, 23), (2011, 4, 12), (2012, 3, 31), (2013, 4, 19), (2014, 4, 9),
            (2015, 4, 28), (2016, 4, 16), (2017, 4, 6), (2018, 4, 25), (2019, 4, 14), (2020, 4, 2), (2021, 4, 21), (2022, 4, 10),
            (2023, 4, 29), (2024, 4, 18), (2025, 4, 7), (2026, 4, 26), (2027, 4, 16), (2028, 4, 4), (2029, 4, 23), (2030, 4, 12),
            (2031, 4, 1), (2032, 4, 19), (2033, 4, 9), (2034, 4, 28), (2035, 4, 17),
        ];
        for (year, month, day) in known {
            let expected = NaiveDate::from_ymd_opt(year, month, day).map(|day| day.to_string());
            assert_eq!(days(year, HolidayKind::HungKings).first(), expected.as_ref(), "{year}");
        }
        assert!(days(2006, HolidayKind::HungKings).is_empty());
    }

    /// The second day of the National Day as announced.
    #[test]
    fn the_national_day_has_a_neighbour_from_2021() {
        for (year, neighbour) in [(2021, "09-03"), (2022, "09-01"), (2023, "09-01"), (2024, "09-03"), (2025, "09-01"), (2026, "09-01")] {
            assert!(days(year, HolidayKind::NationalDay).contains(&format!("{year}-{neighbour}")), "{year}");
        }
        assert_eq!(days(2020, HolidayKind::NationalDay), ["2020-09-02"]);
    }

    #[test]
    fn a_holiday_on_a_weekend_is_made_up_for() {
        // 30 April 2022 was a Saturday and 1 May a Sunday: free were 2 and 3 May.
        assert_eq!(of_year(2022).range(date("2022-05-01")..=date("2022-05-03")).count(), 3);
        assert_eq!(days(2023, HolidayKind::LunarNewYear).len(), 5);
        for (day, holiday) in (2000..2100).flat_map(of_year) {
            assert_eq!(holiday.kind == HolidayKind::Compensation, holiday.kind == HolidayKind::Compensation && !is_weekend(day), "{day}");
        }
    }

    /// 2026: Tết fell on Tuesday 17 February, the Hùng Kings' day on a Sunday.
    #[test]
    fn a_year_as_a_whole() {
        let free: Vec<String> = of_year(2026).keys().map(|day| day.format("%m-%d").to_string()).collect();
        let known = ["01-01", "02-16", "02-17", "02-18", "02-19", "02-20", "04-26", "04-27", "04-30", "05-01", "09-01", "09-02"];
        assert_eq!(free, known);
        assert!(of_year(1899).is_empty() && of_year(2200).is_empty());
    }

    #[test]
    fn names_agree() {
        crate::domain::text_enum::assert_names(HolidayKind::ALL, HolidayKind::as_str);
        assert!(HolidayKind::ALL.iter().all(|kind| !kind.name().is_empty()));
    }
}
