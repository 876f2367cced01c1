//! Dates put into words that read back to the same days.

use chrono::{Datelike, Months, NaiveDate};

use super::kinds::DeadlinePrecision;
use crate::domain::date_words::quarter_of;
use crate::domain::roman;

/// First and last day, and how exactly they were named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dates {
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub precision: DeadlinePrecision,
}

impl Dates {
    /// "trong quý III/2021"; without a start "đến cuối năm 2022".
    pub fn window(&self) -> Option<String> {
        let end = self.end?;
        let Some(start) = self.start else { return self.until("đến cuối") };
        if self.precision == DeadlinePrecision::Fuzzy {
            return part(start, end);
        }
        if first_day(end, self.precision) == Some(start) {
            return Some(format!("trong {}", stretch(end, self.precision)?));
        }
        let nine_months = (start.month(), start.day(), end.month(), end.year()) == (1, 1, 9, start.year());
        (nine_months && self.precision == DeadlinePrecision::Quarter).then(|| format!("trong 9 tháng đầu năm {}", end.year()))
    }

    /// A bound and the end.
    pub fn until(&self, bound: &str) -> Option<String> {
        let words = match (self.precision, bound) {
            (DeadlinePrecision::Term, "đến cuối" | "trước khi hết" | "đến hết") => "nhiệm kỳ".to_owned(),
            (DeadlinePrecision::Term, _) => "cuối nhiệm kỳ".to_owned(),
            (DeadlinePrecision::Fuzzy, _) => return until_part(bound, self.end?),
            (precision, _) => stretch(self.end?, precision)?,
        };
        Some(format!("{bound} {words}"))
    }

    /// "giai đoạn 2021-2025", "từ quý IV/2026 đến quý II/2027"
    pub fn period(&self) -> Option<String> {
        let (start, end) = (self.start?, self.end?);
        let years = (start.month(), start.day(), end.month(), end.day()) == (1, 1, 12, 31) && start.year() < end.year();
        match self.precision {
            DeadlinePrecision::Term => Some("nhiệm kỳ".to_owned()),
            DeadlinePrecision::Period if years => Some(format!("giai đoạn {}-{}", start.year(), end.year())),
            DeadlinePrecision::Year if years => Some(format!("{}-{}", start.year(), end.year())),
            precision => range(start, end, precision).or_else(|| range(start, end, DeadlinePrecision::Day)),
        }
    }

    /// "từ năm 2028"
    pub fn from(&self) -> Option<String> {
        let start = self.start?;
        let words = stretch(start, self.precision).filter(|_| first_day(start, self.precision) == Some(start));
        Some(format!("từ {}", words.unwrap_or_else(|| date(start))))
    }
}

/// A range in which the named stretches begin and end with it.
fn range(start: NaiveDate, end: NaiveDate, precision: DeadlinePrecision) -> Option<String> {
    let whole = first_day(start, precision)? == start && last_day(end, precision)? == end && first_day(end, precision)? > start;
    if !whole {
        return None;
    }
    Some(format!("từ {} đến {}", stretch(start, precision)?, stretch(end, precision)?))
}

/// "cuối", "giữa", "đầu" of what is told by where the window begins and ends; a whole year is the middle
/// of a term.
fn part(start: NaiveDate, end: NaiveDate) -> Option<String> {
    let (year, month) = (end.year(), end.month());
    let quarter = || roman::print(quarter_of(end)).map(|quarter| format!("quý {quarter}/{year}"));
    let words = match (start.month(), start.day(), month, end.day()) {
        (1, 1, 12, _) => "giữa nhiệm kỳ".to_owned(),
        (1, 1, 3, _) => format!("đầu năm {year}"),
        (4, 1, 9, _) => format!("giữa năm {year}"),
        (10, 1, 12, _) => format!("cuối năm {year}"),
        (_, 1, _, 10) => format!("đầu tháng {month}/{year}"),
        (_, 11, _, 20) => format!("giữa tháng {month}/{year}"),
        (_, 21, ..) => format!("cuối tháng {month}/{year}"),
        (_, 1, ..) => {
            let part = ["cuối", "đầu", "giữa"].into_iter().nth(usize::try_from(month % 3).ok()?)?;
            format!("{part} {}", quarter()?)
        }
        _ => return None,
    };
    Some(words)
}

/// "đến giữa năm 2022": only the end is left of a part that is meant by convention.
fn until_part(bound: &str, end: NaiveDate) -> Option<String> {
    let first = match (end.month(), end.day()) {
        (3, 31) => NaiveDate::from_ymd_opt(end.year(), 1, 1)?,
        (9, 30) => NaiveDate::from_ymd_opt(end.year(), 4, 1)?,
        (_, 10) => end.with_day(1)?,
        (_, 20) => end.with_day(11)?,
        _ => end.with_day(1)?,
    };
    let bound = if bound == "đến cuối" { "đến" } else { bound };
    Some(format!("{bound} {}", part(first, end)?))
}

/// "ngày 30/06/2022"
pub(super) fn date(day: NaiveDate) -> String {
    format!("ngày {:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// The day, month, quarter, half or year a date lies in.
pub(super) fn stretch(day: NaiveDate, precision: DeadlinePrecision) -> Option<String> {
    let (year, month) = (day.year(), day.month());
    Some(match precision {
        DeadlinePrecision::Day => date(day),
        DeadlinePrecision::Month => format!("tháng {month}/{year}"),
        DeadlinePrecision::Quarter => format!("quý {}/{year}", roman::print(quarter_of(day))?),
        DeadlinePrecision::Half if month <= 6 => format!("6 tháng đầu năm {year}"),
        DeadlinePrecision::Half => format!("6 tháng cuối năm {year}"),
        DeadlinePrecision::Year => format!("năm {year}"),
        _ => return None,
    })
}

/// The first day of the stretch a date lies in.
fn first_day(day: NaiveDate, precision: DeadlinePrecision) -> Option<NaiveDate> {
    let months = months(precision)?;
    if months == 0 {
        return Some(day);
    }
    NaiveDate::from_ymd_opt(day.year(), day.month0() - day.month0() % months + 1, 1)
}

fn last_day(day: NaiveDate, precision: DeadlinePrecision) -> Option<NaiveDate> {
    let months = months(precision)?;
    if months == 0 {
        return Some(day);
    }
    first_day(day, precision)?.checked_add_months(Months::new(months))?.pred_opt()
}

/// Months of a stretch; none for a day.
fn months(precision: DeadlinePrecision) -> Option<u32> {
    match precision {
        DeadlinePrecision::Day => Some(0),
        DeadlinePrecision::Month => Some(1),
        DeadlinePrecision::Quarter => Some(3),
        DeadlinePrecision::Half => Some(6),
        DeadlinePrecision::Year => Some(12),
        _ => None,
    }
}
