//! Days in Vietnam: the business zone is Asia/Ho_Chi_Minh, seven hours ahead of UTC all year.

use chrono::{DateTime, FixedOffset, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Hours by which Vietnam is ahead of UTC; no daylight saving since 1975.
const OFFSET_SECONDS: i32 = 7 * 3600;

/// The zone of every business date.
pub fn zone() -> FixedOffset {
    FixedOffset::east_opt(OFFSET_SECONDS).unwrap_or_else(|| unreachable!("seven hours is an offset"))
}

/// The day it is in Vietnam at this instant.
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&zone()).date_naive()
}

/// The first instant that no longer belongs to `day` in Vietnam.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    next.and_utc() - TimeDelta::seconds(OFFSET_SECONDS.into())
}

/// An instant on `day`, at `hour` o'clock in Vietnam.
pub fn at(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour.min(23), 0, 0).unwrap_or(NaiveTime::MIN);
    day.and_time(time).and_utc() - TimeDelta::seconds(OFFSET_SECONDS.into())
}

/// The same day `years` later (29 February becomes 28).
pub fn years_after(day: NaiveDate, years: u32) -> NaiveDate {
    day.checked_add_months(Months::new(years * 12)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_changes_at_midnight_in_vietnam() {
        assert_eq!(day_of(instant("2021-09-30T16:59:59Z")), day("2021-09-30"));
        assert_eq!(day_of(instant("2021-09-30T17:00:00Z")), day("2021-10-01"));
        assert_eq!(end_of(day("2021-09-30")), instant("2021-09-30T17:00:00Z"));
        assert_eq!(day_of(at(day("2021-09-30"), 0)), day("2021-09-30"));
    }

    #[test]
    fn three_years_after_the_congress() {
        assert_eq!(years_after(day("2020-10-14"), 3), day("2023-10-14"));
        assert_eq!(years_after(day("2024-02-29"), 3), day("2027-02-28"));
    }
}
