//! Dates that hang on something else: days counted from an event, sessions of a council, the periods of
//! reports, years ahead of plan.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::Context;
use super::free_words::{Matcher, matcher, take};
use super::grammar::{dated, leading};
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::reading::Reading;
use super::stretches::Phrase;
use crate::domain::calendar_days::WorkingCalendar;
use crate::domain::date_words::tokens::{Cursor, Token};
use crate::domain::date_words::{Unit, When, YEARS};

/// A length of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    WorkingDays(u32),
    Days(u32),
    Months(u32),
}

impl Length {
    /// The last day of this length that begins after a day (Civil Code 91/2015/QH13, article 147: the
    /// day itself does not count).
    fn after(self, day: NaiveDate, calendar: &WorkingCalendar) -> Option<NaiveDate> {
        let last = match self {
            Self::WorkingDays(count) => calendar.after(day, count),
            Self::Days(count) => day.checked_add_days(Days::new(count.into())),
            Self::Months(count) => day.checked_add_months(Months::new(count)),
        };
        last.filter(|last| YEARS.contains(&last.year()))
    }
}

/// Before the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    length: Option<Length>,
    /// "sau 30 ngày kể từ": not before then, and no end.
    after: bool,
}

/// "02 ngày làm việc kể từ ngày …", "sau 30 ngày kể từ ngày ban hành", "kể từ ngày ký"
pub(super) fn offset(tokens: &[Token], context: &Context) -> Option<Reading> {
    let is = matcher(tokens);
    let cursor = &mut Cursor::new(tokens);
    loop {
        if let Some(counted) = cursor.attempt(counted) {
            let event = event(cursor.rest(), context, is)?;
            return reading(counted, event, context);
        }
        if leading(cursor).is_none() {
            cursor.skip(take(cursor.rest(), is)?.count);
        }
    }
}

/// What comes before the event: "chậm nhất 05 ngày làm việc kể từ".
fn counted(cursor: &mut Cursor<'_>) -> Option<Counted> {
    let within = ["trong vòng", "trong thời hạn", "trong thời gian", "trong", "không quá", "chậm nhất", "muộn nhất", "tối đa"];
    let within = within.iter().any(|words| cursor.phrase(words).is_some());
    cursor.word(&["là"]);
    let after = cursor.word(&["sau"]).is_some() && !within;
    let length = cursor.attempt(length);
    let since = cursor.word(&["kể", "tính"]).is_some();
    if length.is_none() {
        return (since && !within && !after && cursor.word(&["từ"]).is_some()).then_some(Counted { length, after });
    }
    cursor.word(&["từ"]).or_else(|| cursor.word(&["sau"]).filter(|()| !since))?;
    Some(Counted { length, after })
}

/// "30 ngày", "02 ngày làm việc", "3 tháng", "2 tuần", "1 năm"
fn length(cursor: &mut Cursor<'_>) -> Option<Length> {
    let count = cursor.number(1..=3)?;
    if cursor.word(&["ngày"]).is_some() {
        let working = cursor.phrase("làm việc").is_some();
        return Some(if working { Length::WorkingDays(count) } else { Length::Days(count) });
    }
    if cursor.word(&["tuần"]).is_some() {
        return count.checked_mul(7).map(Length::Days);
    }
    let months = cursor.word(&["tháng"]).map(|()| 1).or_else(|| cursor.word(&["năm"]).map(|()| 12))?;
    count.checked_mul(months).map(Length::Months)
}

/// The event days are counted from.
enum Event {
    Known(NaiveDate),
    /// `of_report` where every report has its own.
    Unknown {
        of_report: bool,
    },
}

/// "ngày ký", "ngày ban hành Kế hoạch này" is the document's own date; a date is itself; of any other
/// event the day is not known.
fn event(tokens: &[Token], context: &Context, is: Matcher) -> Option<Event> {
    let cursor = &mut Cursor::new(tokens);
    if let Some(date) = cursor.attempt(|c| dated(c).filter(|_| c.done())) {
        let Phrase::When(when @ When { unit: Unit::Day { .. }, .. }) = date.phrase else { return None };
        let span = when.span(context.reference_date).filter(|_| date.bound.is_none())?;
        return Some(Event::Known(span.start));
    }
    cursor.word(&["ngày", "lúc"]);
    if cursor.attempt(own_date).is_some() && cursor.done() {
        return Some(context.reference_date.map_or(Event::Unknown { of_report: false }, Event::Known));
    }
    let mut named = false;
    let mut of_report = false;
    while !cursor.done() {
        of_report |= cursor.attempt(|c| c.phrase("chốt số liệu")).is_some();
        if let Some(taken) = take(cursor.rest(), is) {
            named |= taken.names;
            cursor.skip(taken.count);
        } else if !cursor.done() {
            return None;
        }
    }
    (named || of_report).then_some(Event::Unknown { of_report })
}

/// "ký", "ban hành", "ký ban hành Quyết định này"
fn own_date(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.word(&["được"]);
    let signed = cursor.word(&["ký", "kí"]);
    cursor.phrase("ban hành").or(signed)?;
    let documents = ["văn bản", "quyết định", "kế hoạch", "chỉ thị", "nghị quyết", "công văn", "thông báo", "chương trình", "kết luận"];
    cursor.attempt(|c| documents.iter().find_map(|words| c.phrase(words)).and_then(|()| c.word(&["này"])));
    Some(())
}

fn reading(counted: Counted, event: Event, context: &Context) -> Option<Reading> {
    let blank = Reading::of(DeadlineKind::Offset, DeadlinePrecision::Day);
    let start = match event {
        Event::Unknown { of_report } => {
            return Some(Reading { recurrence: of_report.then(|| "per report".to_owned()), ..blank });
        }
        Event::Known(start) => start,
    };
    let Some(length) = counted.length else { return Some(Reading { start: Some(start), ..blank }) };
    let end = length.after(start, &context.working_calendar)?;
    let (start, end) = if counted.after { (end, None) } else { (start, Some(end)) };
    Some(Reading { start: Some(start), end, ..blank })
}

/// "trình kỳ họp HĐND cuối năm 2021": the day is that of the session, which stands elsewhere.
pub(super) fn session(tokens: &[Token]) -> Option<Reading> {
    let is = matcher(tokens);
    let cursor = &mut Cursor::new(tokens);
    let mut found = false;
    while !cursor.done() {
        if cursor.phrase("trước kỳ họp").or_else(|| cursor.phrase("kỳ họp")).is_some() {
            found = true;
        } else if let Some(date) = dated(cursor) {
            let day = matches!(date.phrase, Phrase::When(When { unit: Unit::Day { .. }, .. }));
            // A day of its own beside a session: which of the two is due?
            if day || date.bound.is_some() {
                return None;
            }
        } else if leading(cursor).is_none() {
            cursor.skip(take(cursor.rest(), is)?.count);
        }
    }
    found.then(|| Reading::of(DeadlineKind::EventDue, DeadlinePrecision::Event))
}

/// "về đích trước một năm so với kế hoạch; hoàn thành trước 3 năm"
pub(super) fn ahead_of_plan(tokens: &[Token]) -> Option<Reading> {
    let is = matcher(tokens);
    let cursor = &mut Cursor::new(tokens);
    let mut found = false;
    while !cursor.done() {
        if cursor.attempt(ahead).is_some() {
            found = true;
        } else if leading(cursor).is_none() && cursor.mark(&[';']).is_none() {
            cursor.skip(take(cursor.rest(), is)?.count);
        }
    }
    found.then(|| Reading::of(DeadlineKind::EarlyCompletion, DeadlinePrecision::Year))
}

/// "trước một năm so với kế hoạch"
fn ahead(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.word(&["trước"])?;
    cursor.number(1..=2).map(|_| ()).or_else(|| cursor.word(&["một", "hai", "ba", "bốn", "năm"]))?;
    cursor.word(&["năm"])?;
    let compared = cursor.phrase("so với").is_some();
    let done = cursor.rest().first().is_none_or(|token| token.is_mark(';') || token.is_mark(','));
    (compared || done).then_some(())
}
