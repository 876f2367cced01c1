//! Cut-offs of figures ("chốt số liệu") and the statistics periods of reports.

use super::Context;
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::reading::Reading;
use crate::domain::date_words::grammar::{quarter_word, when};
use crate::domain::date_words::tokens::{Cursor, Token};
use crate::domain::date_words::{Span, Unit, When, YearRef};

/// "Báo cáo tháng: từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo"; the days belong to
/// each report, so that there is no date.
pub(super) fn cutoff(tokens: &[Token]) -> Option<Reading> {
    let cursor = &mut Cursor::new(tokens);
    cursor.phrase("báo cáo");
    let (every, whole) = reported(cursor)?;
    cursor.mark(&[':', ',']);
    cursor.word(&["từ"])?;
    let from = edge(cursor, whole, true)?;
    cursor.word(&["đến"])?;
    cursor.word(&["hết"]);
    let to = edge(cursor, whole, false)?;
    let recurrence = Some(format!("{every}, {from} to {to}"));
    cursor.done().then(|| Reading { recurrence, ..Reading::of(DeadlineKind::Cutoff, DeadlinePrecision::Day) })
}

/// How often it is reported, and the letter of the period as deadline-expressions.csv has it.
fn reported(cursor: &mut Cursor<'_>) -> Option<(&'static str, char)> {
    let months = cursor.number(1..=2);
    match months {
        None if cursor.word(&["năm"]).is_some() => return Some(("yearly", 'Y')),
        None if quarter_word(cursor).is_some() => return Some(("quarterly", 'Q')),
        _ => cursor.word(&["tháng"])?,
    }
    match months {
        None => Some(("monthly", 'M')),
        Some(6) => Some(("half-yearly", 'Y')),
        Some(9) => Some(("yearly", 'Y')),
        Some(_) => None,
    }
}

/// "ngày 15 tháng trước", "ngày 15/12 năm trước", "ngày 14 của tháng thuộc kỳ báo cáo"
fn edge(cursor: &mut Cursor<'_>, whole: char, first: bool) -> Option<String> {
    cursor.word(&["ngày"])?;
    let day = cursor.number(1..=2).filter(|day| (1..=31).contains(day))?;
    let month = cursor.attempt(|c| {
        c.mark(&['/'])?;
        c.number(1..=2).filter(|month| (1..=12).contains(month))
    });
    let unit = if month.is_some() { "năm" } else { "tháng" };
    cursor.word(&["của"]);
    let before = cursor.attempt(|c| c.word(&[unit]).and_then(|()| c.word(&["trước"]))).is_some();
    if before != first {
        return None;
    }
    if !before {
        cursor.attempt(|c| c.word(&[unit]).and_then(|()| c.word(&["thuộc", "của"])));
        cursor.phrase("kỳ báo cáo");
    }
    let of = if before { format!("{whole}-1") } else { whole.to_string() };
    let day = month.map_or_else(|| day.to_string(), |month| format!("{day}/{month}"));
    Some(format!("{day} of {of}"))
}

/// "6 tháng đầu năm; 9 tháng; 6 tháng cuối năm": periods that statistics are made for, as one.
pub(super) fn statistics(parts: &[&[Token]], context: &Context) -> Option<(Span, Vec<Span>)> {
    if parts.len() < 2 {
        return None;
    }
    let spans: Option<Vec<Span>> = parts.iter().map(|part| statistics_period(part)?.span(context.reference_date)).collect();
    let spans = spans?;
    let start = spans.iter().map(|span| span.start).min()?;
    let end = spans.iter().map(|span| span.end).max()?;
    Some((Span { start, end }, spans))
}

fn statistics_period(tokens: &[Token]) -> Option<When> {
    let cursor = &mut Cursor::new(tokens);
    let nine = |c: &mut Cursor<'_>| {
        let months = c.number(1..=2).filter(|months| *months == 9)?;
        c.word(&["tháng"])?;
        c.done().then_some(When { unit: Unit::FirstMonths(months), year: YearRef::Missing })
    };
    let read = cursor.attempt(nine).or_else(|| when(cursor))?;
    let of_a_year = matches!(read.unit, Unit::Half(_) | Unit::FirstMonths(_));
    (cursor.done() && of_a_year).then_some(read)
}
