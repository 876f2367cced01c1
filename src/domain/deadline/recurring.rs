//! Repeated work: how often, due on which day of each period, within which bounds.

use chrono::{Datelike, NaiveDate};

use super::Context;
use super::cycles::{Day, condition, cycles, day_of_month, weekday};
use super::free_words::{Matcher, matcher, take};
use super::grammar::{Bound, Sentence, dated, leading};
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::phrases::{CONTINUOUS, is_dateless};
use super::reading::{Reading, precision, year};
use super::stretches::Phrase;
use crate::domain::date_words::tokens::{Cursor, Token};
use crate::domain::date_words::{Unit, When};
use crate::domain::recurrence::{Due, Every, Recurrence};

/// What stands in a cell that speaks of repeated work.
#[derive(Debug, Default)]
struct Pieces {
    every: Vec<Every>,
    day: Option<Day>,
    date: Option<Due>,
    condition: bool,
    continuous: bool,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    bound: Option<DeadlinePrecision>,
    named: bool,
}

/// Reads repeated work; also tells whether the words name it ("kiểm tra hằng năm").
pub(super) fn recurring(tokens: &[Token], context: &Context) -> Option<(Reading, bool)> {
    let is = matcher(tokens);
    let cursor = &mut Cursor::new(tokens);
    let mut pieces = Pieces::default();
    while !cursor.done() {
        pieces.read(cursor, context, is)?;
    }
    let named = pieces.named;
    Some((pieces.reading(context)?, named))
}

impl Pieces {
    /// Reads one piece.
    fn read(&mut self, cursor: &mut Cursor<'_>, context: &Context, is: Matcher) -> Option<()> {
        if cursor.attempt(condition).is_some() {
            self.condition = true;
        } else if let Some(every) = cursor.attempt(cycles) {
            self.every.extend(every);
        } else if let Some(day) = cursor.attempt(weekday).or_else(|| cursor.attempt(day_of_month)) {
            self.every.extend(day.implies());
            put(&mut self.day, day.strictly(context.strict_before))?;
        } else if cursor.phrase("thường xuyên").is_some() {
            self.continuous = true;
        } else if let Some(sentence) = dated(cursor) {
            self.dated(&sentence, context)?;
        } else if leading(cursor).is_none() {
            if is_dateless(cursor.rest(), is) {
                return None;
            }
            let taken = take(cursor.rest(), is)?;
            self.named |= taken.names;
            cursor.skip(taken.count);
        }
        Some(())
    }

    /// A date: without a year the day of every year, with one a bound.
    fn dated(&mut self, sentence: &Sentence, context: &Context) -> Option<()> {
        if sentence.lacks_year() {
            return put(&mut self.date, day_of_year(sentence, context)?);
        }
        if let Phrase::Term { whole: true, .. } = sentence.phrase {
            // "đến cả nhiệm kỳ" says nothing.
            sentence.bound.is_none().then_some(())?;
            self.every.push(Every::Term);
        }
        let read = sentence.reading(context)?;
        let within_a_year = match sentence.phrase {
            Phrase::When(When { unit, .. }) => unit != Unit::Year && sentence.bound.is_none(),
            Phrase::Part(..) => sentence.bound.is_none(),
            _ => false,
        };
        // "hằng năm từ 2027 … đến 2030" bounds twice, each side once.
        let twice = (self.start.is_some() && read.start.is_some()) || (self.end.is_some() && read.end.is_some());
        if within_a_year || twice {
            return None;
        }
        self.start = self.start.or(read.start);
        self.end = self.end.or(read.end);
        self.bound = read.precision;
        Some(())
    }

    fn reading(self, context: &Context) -> Option<Reading> {
        let reading = if let Some(Day::OfReport { day, before }) = self.day {
            self.of_report(day, before)?
        } else if self.every.is_empty() {
            self.continuous()?
        } else {
            self.repeated(context)?
        };
        let ordered = reading.start.zip(reading.end).is_none_or(|(start, end)| start <= end);
        ordered.then_some(reading)
    }

    /// "trước ngày 20 (của kỳ báo cáo)": of whichever periods reports are due for.
    fn of_report(self, day: u32, before: bool) -> Option<Reading> {
        if !self.every.is_empty() || self.date.is_some() || self.continuous || self.bound.is_some() {
            return None;
        }
        let bound = if before { "before" } else { "by" };
        let recurrence = Some(format!("monthly/quarterly/yearly, {bound} {day}"));
        Some(Reading { recurrence, ..Reading::of(DeadlineKind::RecurringDue, DeadlinePrecision::Day) })
    }

    fn continuous(self) -> Option<Reading> {
        if !self.continuous || self.day.is_some() || self.date.is_some() || self.condition {
            return None;
        }
        let precision = self.bound.unwrap_or(DeadlinePrecision::None);
        let recurrence = Some(CONTINUOUS.to_owned());
        Some(Reading { recurrence, start: self.start, end: self.end, ..Reading::of(DeadlineKind::Recurring, precision) })
    }

    fn repeated(self, context: &Context) -> Option<Reading> {
        let due = match (self.day, self.date) {
            (Some(day), None) => day.due(&self.every)?,
            (None, Some(date)) => date,
            (None, None) => Due::PeriodEnd,
            (Some(_), Some(_)) => return None,
        };
        if self.condition && due != Due::PeriodEnd {
            return None;
        }
        let recurrence = Recurrence::new(self.every, due)?;
        let kind = match due {
            _ if self.condition => DeadlineKind::RecurringCondition,
            Due::Date { .. } | Due::EndOfMonth(_) | Due::DayOfMonth { .. } => DeadlineKind::RecurringDue,
            _ => DeadlineKind::Recurring,
        };
        let full_years = if self.condition && self.bound.is_none() { full_years(context) } else { None };
        let (start, end) = full_years.unwrap_or((self.start, self.end));
        let reading = Reading::of(kind, precision_of(&recurrence)?);
        Some(Reading { start, end, recurrence: Some(recurrence.to_string()), fuzzy: by_convention(due), ..reading })
    }
}

/// Sets what may be said once.
fn put<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

/// "trước ngày 15/12", "tháng 6", "quý IV", of every year.
fn day_of_year(sentence: &Sentence, context: &Context) -> Option<Due> {
    let Phrase::When(when) = sentence.phrase else { return None };
    let before = sentence.bound == Some(Bound::Before);
    // "đến tháng 9 hằng năm" may end a season that is not all told.
    let until = sentence.bound == Some(Bound::Until);
    match when.unit {
        Unit::Day { day, month } => Some(Due::Date { month, day, before: before && context.strict_before }),
        Unit::Month(month) if before => Some(Due::Date { month, day: 1, before }),
        Unit::Month(month) if !until => Some(Due::EndOfMonth(month)),
        Unit::Quarter(quarter) if !before && !until => quarter.checked_mul(3).map(Due::EndOfMonth),
        _ => None,
    }
}

/// A condition compares each year with the one before: from the first full year of the term on.
fn full_years(context: &Context) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
    let term = super::reading::term(None, context)?;
    let first = year(term.start.year())?;
    let start = if first.start == term.start { first.start } else { first.end.succ_opt()? };
    (start <= term.end).then_some((Some(start), Some(term.end)))
}

fn precision_of(recurrence: &Recurrence) -> Option<DeadlinePrecision> {
    Some(match recurrence.due() {
        Due::EndOfMonth(_) => precision(Unit::Month(1)),
        Due::PeriodEnd => match recurrence.every().first()? {
            Every::Week => DeadlinePrecision::Day,
            Every::Month => DeadlinePrecision::Month,
            Every::Quarter => DeadlinePrecision::Quarter,
            Every::Half => DeadlinePrecision::Half,
            Every::Year => DeadlinePrecision::Year,
            Every::FiveYears => DeadlinePrecision::Period,
            Every::Term => DeadlinePrecision::Term,
        },
        _ => DeadlinePrecision::Day,
    })
}

/// Where a convention stands in for the words: the 31st of a short month, the Friday of a last week
/// that has none.
fn by_convention(due: Due) -> bool {
    matches!(due, Due::DayOfMonth { day: 29.., .. } | Due::FirstWeek(_) | Due::LastWeek(_))
}
