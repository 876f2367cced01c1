//! A reading put back into plain Vietnamese.

use chrono::{Datelike, NaiveDate};

use super::Deadline;
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::phrases::CONTINUOUS;
use crate::domain::date_words::quarter_of;
use crate::domain::roman;

/// The plain form, or the text where this version has none.
pub(super) fn canonical(deadline: &Deadline) -> String {
    match printed(deadline) {
        Some(words) if deadline.binding => words,
        Some(words) => format!("{words} (phấn đấu)"),
        None => deadline.text.clone(),
    }
}

fn printed(deadline: &Deadline) -> Option<String> {
    match deadline.kind {
        DeadlineKind::DueWindow => window(deadline),
        DeadlineKind::DueBy => until("chậm nhất", deadline),
        DeadlineKind::DueBefore => before(deadline),
        DeadlineKind::Period => period(deadline),
        DeadlineKind::Recurring => every(deadline.recurrence.as_deref()?),
        _ => None,
    }
}

fn window(deadline: &Deadline) -> Option<String> {
    let end = deadline.end?;
    let Some(start) = deadline.start else {
        return until("đến cuối", deadline);
    };
    let words = match deadline.precision? {
        DeadlinePrecision::Fuzzy => return late(start, end),
        precision => stretch(end, precision)?,
    };
    Some(format!("trong {words}"))
}

/// "cuối" of what is told by where the window begins.
fn late(start: NaiveDate, end: NaiveDate) -> Option<String> {
    let precision = match (start.month() == end.month(), start.day()) {
        (false, _) => DeadlinePrecision::Year,
        (true, 1) => DeadlinePrecision::Quarter,
        (true, _) => DeadlinePrecision::Month,
    };
    Some(format!("cuối {}", stretch(end, precision)?))
}

fn until(bound: &str, deadline: &Deadline) -> Option<String> {
    let words = match deadline.precision? {
        DeadlinePrecision::Term if bound == "đến cuối" => "nhiệm kỳ".to_owned(),
        DeadlinePrecision::Term => "cuối nhiệm kỳ".to_owned(),
        precision => stretch(deadline.end?, precision)?,
    };
    Some(format!("{bound} {words}"))
}

/// Printed as "trước khi hết", which no setting of `strict_before` can turn.
fn before(deadline: &Deadline) -> Option<String> {
    let words = match deadline.precision? {
        DeadlinePrecision::Term => "nhiệm kỳ".to_owned(),
        precision => stretch(deadline.end?, precision)?,
    };
    Some(format!("trước khi hết {words}"))
}

fn period(deadline: &Deadline) -> Option<String> {
    let (start, end) = (deadline.start?, deadline.end?);
    match deadline.precision? {
        DeadlinePrecision::Term => Some("nhiệm kỳ".to_owned()),
        DeadlinePrecision::Period => Some(format!("giai đoạn {}-{}", start.year(), end.year())),
        DeadlinePrecision::Year => Some(format!("{}-{}", start.year(), end.year())),
        DeadlinePrecision::Mixed => range(start, end, DeadlinePrecision::Day),
        precision => range(start, end, precision),
    }
}

fn range(start: NaiveDate, end: NaiveDate, precision: DeadlinePrecision) -> Option<String> {
    Some(format!("từ {} đến {}", stretch(start, precision)?, stretch(end, precision)?))
}

/// The day, month, quarter, half or year a date lies in.
fn stretch(date: NaiveDate, precision: DeadlinePrecision) -> Option<String> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    Some(match precision {
        DeadlinePrecision::Day => format!("ngày {day:02}/{month:02}/{year}"),
        DeadlinePrecision::Month => format!("tháng {month}/{year}"),
        DeadlinePrecision::Quarter => format!("quý {}/{year}", roman::print(quarter_of(date))?),
        DeadlinePrecision::Half if month <= 6 => format!("6 tháng đầu năm {year}"),
        DeadlinePrecision::Half => format!("6 tháng cuối năm {year}"),
        DeadlinePrecision::Year => format!("năm {year}"),
        _ => return None,
    })
}

fn every(recurrence: &str) -> Option<String> {
    let words = match recurrence {
        "yearly" => "hằng năm",
        "quarterly" => "hằng quý",
        "monthly" => "hằng tháng",
        CONTINUOUS => "thường xuyên",
        _ => return None,
    };
    Some(words.to_owned())
}
