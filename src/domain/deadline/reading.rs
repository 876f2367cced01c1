//! From a sentence to dates.

use chrono::{Datelike, NaiveDate};

use super::grammar::{Bound, Phrase, Sentence};
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::{Context, TermSpan};
use crate::domain::date_words::{Span, Unit, When, YEARS};

/// What was read in the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub kind: DeadlineKind,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub precision: Option<DeadlinePrecision>,
    pub recurrence: Option<&'static str>,
    pub fuzzy: bool,
}

impl Reading {
    /// Nothing.
    pub const UNRESOLVED: Self =
        Self { kind: DeadlineKind::Unresolved, start: None, end: None, precision: None, recurrence: None, fuzzy: false };

    /// Words that carry no date.
    pub fn dateless(kind: DeadlineKind, recurrence: Option<&'static str>) -> Self {
        let precision = Some(DeadlinePrecision::None);
        Self { kind, precision, recurrence, ..Self::UNRESOLVED }
    }

    fn within(kind: DeadlineKind, span: Span, precision: DeadlinePrecision) -> Self {
        Self { start: Some(span.start), ..Self::by(kind, span.end, precision) }
    }

    fn by(kind: DeadlineKind, end: NaiveDate, precision: DeadlinePrecision) -> Self {
        Self { kind, end: Some(end), precision: Some(precision), ..Self::UNRESOLVED }
    }

    fn fuzzy(self) -> Self {
        Self { fuzzy: true, ..self }
    }
}

impl Sentence {
    /// The dates meant; `None` if a date is impossible, or the context lacks what the words need.
    pub fn reading(self, context: &Context) -> Option<Reading> {
        match self.phrase {
            Phrase::When(when) => self.single(when, context),
            Phrase::Late(when) => self.late(when, context),
            Phrase::Range { from, to, stage } => self.range(from, to, stage, context),
            Phrase::Term(years) => self.term(term(years, context)?),
            Phrase::TermEnd(years) => self.term_end(term(years, context)?),
        }
    }

    fn single(self, when: When, context: &Context) -> Option<Reading> {
        let span = when.span(context.reference_date)?;
        let precision = precision(when.unit);
        let day = precision == DeadlinePrecision::Day;
        let (kind, end) = match self.bound {
            // A bare day is a day to be ready by; only "trong ngày", "vào ngày" make it a window.
            None if day && !self.within => (DeadlineKind::DueBy, span.end),
            None => return Some(Reading::within(DeadlineKind::DueWindow, span, precision)),
            Some(Bound::Until | Bound::Latest) => (DeadlineKind::DueBy, span.end),
            Some(Bound::BeforeEnd) => (DeadlineKind::DueBefore, span.end),
            Some(Bound::Before) if day && !context.strict_before => (DeadlineKind::DueBefore, span.end),
            Some(Bound::Before) => (DeadlineKind::DueBefore, day_before(span.start)?),
        };
        Some(Reading::by(kind, end, precision))
    }

    fn late(self, when: When, context: &Context) -> Option<Reading> {
        let span = when.span(context.reference_date)?;
        let precision = precision(when.unit);
        let reading = match self.bound {
            None => {
                let span = Span { start: late_start(precision, span.end)?, ..span };
                Reading::within(DeadlineKind::DueWindow, span, DeadlinePrecision::Fuzzy)
            }
            // "đến cuối 2002" is a due_window without a start in deadline-expressions.csv.
            Some(Bound::Until) => Reading::by(DeadlineKind::DueWindow, span.end, precision),
            Some(Bound::Latest) => Reading::by(DeadlineKind::DueBy, span.end, precision),
            Some(Bound::Before | Bound::BeforeEnd) => return None,
        };
        Some(reading.fuzzy())
    }

    fn range(self, from: When, to: When, stage: bool, context: &Context) -> Option<Reading> {
        let first = from.span(context.reference_date)?;
        let last = to.span(context.reference_date)?;
        if self.bound.is_some() || last.start <= first.start {
            return None;
        }
        let precision = match (precision(from.unit), precision(to.unit)) {
            _ if stage => DeadlinePrecision::Period,
            (from, to) if from == to => from,
            _ => DeadlinePrecision::Mixed,
        };
        let span = Span { start: first.start, end: last.end };
        (span.start <= span.end).then(|| Reading::within(DeadlineKind::Period, span, precision))
    }

    fn term(self, term: TermSpan) -> Option<Reading> {
        if self.bound.is_some() {
            return self.term_end(term);
        }
        let span = Span { start: term.start, end: term.end };
        Some(Reading::within(DeadlineKind::Period, span, DeadlinePrecision::Term))
    }

    fn term_end(self, term: TermSpan) -> Option<Reading> {
        let kind = match self.bound {
            None | Some(Bound::Until) => DeadlineKind::DueWindow,
            Some(Bound::Latest) => DeadlineKind::DueBy,
            Some(Bound::BeforeEnd) => DeadlineKind::DueBefore,
            Some(Bound::Before) => return None,
        };
        Some(Reading::by(kind, term.end, DeadlinePrecision::Term))
    }
}

/// The term of the context, if the years in the text, where given, are its years.
fn term(years: Option<(i32, i32)>, context: &Context) -> Option<TermSpan> {
    let term = context.term.filter(|term| term.start <= term.end)?;
    let same = years.is_none_or(|years| years == (term.start.year(), term.end.year()));
    same.then_some(term)
}

fn day_before(date: NaiveDate) -> Option<NaiveDate> {
    date.pred_opt().filter(|before| YEARS.contains(&before.year()))
}

fn precision(unit: Unit) -> DeadlinePrecision {
    match unit {
        Unit::Day { .. } => DeadlinePrecision::Day,
        Unit::Month(_) | Unit::ThisMonth => DeadlinePrecision::Month,
        Unit::Quarter(_) | Unit::ThisQuarter => DeadlinePrecision::Quarter,
        Unit::Half(_) => DeadlinePrecision::Half,
        Unit::Year => DeadlinePrecision::Year,
    }
}

/// Where "cuối" begins: the last quarter of a year (deadline-expressions.csv), and after its
/// pattern the last month of a quarter and the last ten-day part ("hạ tuần") of a month.
fn late_start(precision: DeadlinePrecision, end: NaiveDate) -> Option<NaiveDate> {
    match precision {
        DeadlinePrecision::Year => NaiveDate::from_ymd_opt(end.year(), 10, 1),
        DeadlinePrecision::Quarter => end.with_day(1),
        DeadlinePrecision::Month => end.with_day(21),
        _ => None,
    }
}
