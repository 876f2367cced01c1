//! Repeated work put into words that read back to the same rule.

use chrono::Weekday;

use crate::domain::recurrence::{Due, Every, MonthOf, Recurrence};

/// "hằng quý", "trước ngày 15/12 hằng năm"; `None` for words that are no rule.
pub(super) fn every(recurrence: &str) -> Option<String> {
    let rule: Recurrence = recurrence.parse().ok()?;
    let cycles: Option<Vec<&str>> = rule.every().iter().map(|every| cycle(*every, rule.every().len())).collect();
    let cycles = cycles?.join(", ");
    let bound = |before| if before { "trước" } else { "chậm nhất" };
    Some(match rule.due() {
        Due::PeriodEnd => cycles,
        // Whole months are not touched by the setting that turns "trước ngày".
        Due::Date { month, day: 1, before: true } => format!("trước tháng {month} {cycles}"),
        Due::Date { month, day, before } => format!("{} ngày {day}/{month} {cycles}", bound(before)),
        Due::EndOfMonth(month) => format!("tháng {month} {cycles}"),
        Due::DayOfMonth { day, of, before } => {
            format!("{cycles}, {} ngày {day} {}", bound(before), month(of, rule.every())?).trim_end().to_owned()
        }
        Due::Weekday(day) => format!("{} {cycles}", weekday(day)),
        Due::FirstWeek(day) => format!("{} tuần đầu hằng tháng", weekday(day)),
        Due::LastWeek(day) => format!("{} tuần cuối hằng tháng", weekday(day)),
    })
}

fn cycle(every: Every, of: usize) -> Option<&'static str> {
    Some(match every {
        Every::Week => "hằng tuần",
        Every::Month => "hằng tháng",
        Every::Quarter => "hằng quý",
        Every::Half => "định kỳ 6 tháng",
        Every::Year => "hằng năm",
        Every::FiveYears => "định kỳ 5 năm",
        Every::Term if of > 1 => "cả nhiệm kỳ",
        Every::Term => return None,
    })
}

fn month(of: MonthOf, every: &[Every]) -> Option<&'static str> {
    let quarterly = every == [Every::Quarter];
    Some(match of {
        MonthOf::Last if every == [Every::Month] => "",
        MonthOf::First if quarterly => "của tháng đầu quý",
        MonthOf::Last if quarterly => "của tháng cuối quý",
        MonthOf::First => "của tháng đầu kỳ",
        MonthOf::Last => "của tháng cuối kỳ",
        MonthOf::Next => "của tháng sau",
    })
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "thứ hai",
        Weekday::Tue => "thứ ba",
        Weekday::Wed => "thứ tư",
        Weekday::Thu => "thứ năm",
        Weekday::Fri => "thứ sáu",
        Weekday::Sat => "thứ bảy",
        Weekday::Sun => "chủ nhật",
    }
}
