//! From a sentence to dates.

use chrono::{Datelike, NaiveDate};

use super::grammar::{Bound, Sentence};
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::stretches::{Part, Phrase};
use super::{Context, Milestone, TermSpan};
use crate::domain::date_words::{Span, Unit, When, YEARS};

/// What was read in the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub kind: DeadlineKind,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub precision: Option<DeadlinePrecision>,
    pub recurrence: Option<String>,
    pub fuzzy: bool,
    pub milestones: Vec<Milestone>,
}

impl Reading {
    /// A reading of this kind without anything else.
    pub fn of(kind: DeadlineKind, precision: DeadlinePrecision) -> Self {
        Self { kind, precision: Some(precision), ..Self::unresolved() }
    }

    /// Nothing.
    pub fn unresolved() -> Self {
        Self {
            kind: DeadlineKind::Unresolved,
            start: None,
            end: None,
            precision: None,
            recurrence: None,
            fuzzy: false,
            milestones: Vec::new(),
        }
    }

    /// Words that carry no date.
    pub fn dateless(kind: DeadlineKind, recurrence: Option<&str>) -> Self {
        Self { recurrence: recurrence.map(str::to_owned), ..Self::of(kind, DeadlinePrecision::None) }
    }

    pub fn within(kind: DeadlineKind, span: Span, precision: DeadlinePrecision) -> Self {
        Self { start: Some(span.start), ..Self::by(kind, span.end, precision) }
    }

    fn by(kind: DeadlineKind, end: NaiveDate, precision: DeadlinePrecision) -> Self {
        Self { end: Some(end), ..Self::of(kind, precision) }
    }

    fn from(start: NaiveDate, precision: DeadlinePrecision) -> Self {
        Self { start: Some(start), ..Self::of(DeadlineKind::StartFrom, precision) }
    }

    fn fuzzy(self) -> Self {
        Self { fuzzy: true, ..self }
    }
}

impl Sentence {
    /// The dates meant; `None` if a date is impossible, or the context lacks what the words need.
    pub fn reading(&self, context: &Context) -> Option<Reading> {
        let reference = context.reference_date;
        match self.phrase {
            Phrase::When(when) => self.single(when, context),
            Phrase::Part(part, when) => self.part(part, when, context),
            Phrase::Range { from, to, stage } => self.range(from, to, stage, context),
            Phrase::Term { years, .. } => self.term(term(years, context)?),
            Phrase::TermEnd(years) => self.term_end(term(years, context)?),
            Phrase::TermMiddle(years) => self.unbound(term_middle(term(years, context)?)?),
            Phrase::PlanEnd => self.unbound(plan_end(term(None, context)?)?),
            Phrase::YearsAhead(years) => self.unbound(years_ahead(reference?, years)?),
            Phrase::From(when) => self.unbound(Reading::from(when.span(reference)?.start, precision(when.unit))),
            Phrase::FromSchoolYear(year) => {
                // Schools begin in August or September; deadline-expressions.csv takes 1 August.
                let start = NaiveDate::from_ymd_opt(year, 8, 1)?;
                self.unbound(Reading::from(start, DeadlinePrecision::Fuzzy).fuzzy())
            }
        }
    }

    /// A reading that no bound can stand before.
    fn unbound(&self, reading: Reading) -> Option<Reading> {
        self.bound.is_none().then_some(reading)
    }

    fn single(&self, when: When, context: &Context) -> Option<Reading> {
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

    fn part(&self, part: Part, when: When, context: &Context) -> Option<Reading> {
        let span = when.span(context.reference_date)?;
        let of = precision(when.unit);
        let meant = part_of(part, of, span)?;
        // "đến cuối năm" ends with the year and says so; "đến giữa năm" ends by convention.
        let precision = if part == Part::Late { of } else { DeadlinePrecision::Fuzzy };
        let reading = match self.bound {
            None => Reading::within(DeadlineKind::DueWindow, meant, DeadlinePrecision::Fuzzy),
            // "đến cuối 2002" is a due_window without a start in deadline-expressions.csv.
            Some(Bound::Until) => Reading::by(DeadlineKind::DueWindow, meant.end, precision),
            Some(Bound::Latest) => Reading::by(DeadlineKind::DueBy, meant.end, precision),
            Some(Bound::Before | Bound::BeforeEnd) => return None,
        };
        Some(reading.fuzzy())
    }

    fn range(&self, from: When, to: When, stage: bool, context: &Context) -> Option<Reading> {
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

    fn term(&self, term: TermSpan) -> Option<Reading> {
        if self.bound.is_some() {
            return self.term_end(term);
        }
        let span = Span { start: term.start, end: term.end };
        Some(Reading::within(DeadlineKind::Period, span, DeadlinePrecision::Term))
    }

    fn term_end(&self, term: TermSpan) -> Option<Reading> {
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
pub(super) fn term(years: Option<(i32, i32)>, context: &Context) -> Option<TermSpan> {
    let term = context.term.filter(|term| term.start <= term.end)?;
    let same = years.is_none_or(|years| years == (term.start.year(), term.end.year()));
    same.then_some(term)
}

/// The calendar year that holds the middle of the term.
fn term_middle(term: TermSpan) -> Option<Reading> {
    let middle = term.start.checked_add_signed((term.end - term.start) / 2)?;
    Some(Reading::within(DeadlineKind::DueWindow, year(middle.year())?, DeadlinePrecision::Fuzzy).fuzzy())
}

/// The last year of the plan: plans of five years end with the year in which the term ends.
fn plan_end(term: TermSpan) -> Option<Reading> {
    Some(Reading::within(DeadlineKind::MeasurePeriod, year(term.end.year())?, DeadlinePrecision::Year))
}

/// "trong 05 năm tới": whole years from the one after the document's.
fn years_ahead(reference: NaiveDate, years: u32) -> Option<Reading> {
    let first = year(reference.year().checked_add(1)?)?;
    let last = year(reference.year().checked_add(i32::try_from(years).ok()?)?)?;
    Some(Reading::within(DeadlineKind::Period, Span { start: first.start, end: last.end }, DeadlinePrecision::Period))
}

/// The days of a calendar year, if documents can speak of it.
pub(super) fn year(year: i32) -> Option<Span> {
    let span = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    span.filter(|_| YEARS.contains(&year)).map(|(start, end)| Span { start, end })
}

fn day_before(date: NaiveDate) -> Option<NaiveDate> {
    date.pred_opt().filter(|before| YEARS.contains(&before.year()))
}

pub(super) fn precision(unit: Unit) -> DeadlinePrecision {
    match unit {
        Unit::Day { .. } => DeadlinePrecision::Day,
        Unit::Month(_) | Unit::MonthAfter(_) => DeadlinePrecision::Month,
        Unit::Quarter(_) | Unit::QuarterAfter(_) | Unit::FirstMonths(_) => DeadlinePrecision::Quarter,
        Unit::Half(_) => DeadlinePrecision::Half,
        Unit::Year => DeadlinePrecision::Year,
    }
}

/// By convention the end of a year is its last quarter (deadline-expressions.csv), and after its
/// pattern the end of a quarter its last month, that of a month its last ten-day part ("hạ tuần"). The beginning
/// is the first of such parts, the middle what lies between them.
fn part_of(part: Part, of: DeadlinePrecision, whole: Span) -> Option<Span> {
    let (second, last) = match of {
        DeadlinePrecision::Year => (whole.start.with_month(4)?, whole.start.with_month(10)?),
        DeadlinePrecision::Quarter => (whole.start.with_month(whole.start.month() + 1)?, whole.end.with_day(1)?),
        DeadlinePrecision::Month => (whole.start.with_day(11)?, whole.start.with_day(21)?),
        _ => return None,
    };
    Some(match part {
        Part::Early => Span { end: second.pred_opt()?, ..whole },
        Part::Middle => Span { start: second, end: last.pred_opt()? },
        Part::Late => Span { start: last, ..whole },
    })
}
