//! Recurrences as stored words: `yearly, before 15/12`, `yearly + term`.

use std::fmt;
use std::str::FromStr;

use chrono::Weekday;

use super::{Due, Every, MonthOf, Recurrence};
use crate::domain::text_enum::UnknownName;

/// Each cycle and its word.
const EVERY: [(Every, &str); 7] = [
    (Every::Week, "weekly"),
    (Every::Month, "monthly"),
    (Every::Quarter, "quarterly"),
    (Every::Half, "half-yearly"),
    (Every::Year, "yearly"),
    (Every::FiveYears, "5-yearly"),
    (Every::Term, "term"),
];

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Monday"),
    (Weekday::Tue, "Tuesday"),
    (Weekday::Wed, "Wednesday"),
    (Weekday::Thu, "Thursday"),
    (Weekday::Fri, "Friday"),
    (Weekday::Sat, "Saturday"),
    (Weekday::Sun, "Sunday"),
];

const MONTHS: [(MonthOf, &str); 3] = [(MonthOf::First, " of first month"), (MonthOf::Last, ""), (MonthOf::Next, " of next month")];

/// The word that stands beside a value in a table.
fn word<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

/// The value that stands beside a word in a table.
fn value<T: Copy>(table: &[(T, &str)], text: &str) -> Option<T> {
    table.iter().find(|(_, word)| *word == text).map(|(value, _)| *value)
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cycles: Vec<&str> = self.every.iter().map(|every| word(&EVERY, *every)).collect();
        f.write_str(&cycles.join(" + "))?;
        let bound = |before| if before { "before" } else { "by" };
        match self.due {
            Due::PeriodEnd => Ok(()),
            Due::Date { month, day, before } => write!(f, ", {} {day}/{month}", bound(before)),
            Due::EndOfMonth(month) => write!(f, ", month {month}"),
            Due::DayOfMonth { day, of, before } => write!(f, ", {} {day}{}", bound(before), word(&MONTHS, of)),
            Due::Weekday(day) => write!(f, ", {}", word(&WEEKDAYS, day)),
            Due::FirstWeek(day) => write!(f, ", {} of first week", word(&WEEKDAYS, day)),
            Due::LastWeek(day) => write!(f, ", {} of last week", word(&WEEKDAYS, day)),
        }
    }
}

impl FromStr for Recurrence {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Recurrence> {
    let (cycles, due) = text.split_once(", ").map_or((text, None), |(cycles, due)| (cycles, Some(due)));
    let every: Option<Vec<Every>> = cycles.split(" + ").map(|cycle| value(&EVERY, cycle)).collect();
    let due = due.map_or(Some(Due::PeriodEnd), read_due)?;
    Recurrence::new(every?, due)
}

fn read_due(text: &str) -> Option<Due> {
    if let Some(day) = value(&WEEKDAYS, text) {
        return Some(Due::Weekday(day));
    }
    if let Some((day, week)) = text.split_once(" of ")
        && let Some(day) = value(&WEEKDAYS, day)
    {
        return match week {
            "first week" => Some(Due::FirstWeek(day)),
            "last week" => Some(Due::LastWeek(day)),
            _ => None,
        };
    }
    let (bound, day) = text.split_once(' ')?;
    if bound == "month" {
        return Some(Due::EndOfMonth(day.parse().ok()?));
    }
    let before = match bound {
        "before" => true,
        "by" => false,
        _ => return None,
    };
    if let Some((day, month)) = day.split_once('/') {
        return Some(Due::Date { month: month.parse().ok()?, day: day.parse().ok()?, before });
    }
    let at = day.find(' ').unwrap_or(day.len());
    let (day, of) = day.split_at_checked(at)?;
    Some(Due::DayOfMonth { day: day.parse().ok()?, of: value(&MONTHS, of)?, before })
}
