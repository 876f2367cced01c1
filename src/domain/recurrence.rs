//! The rule behind a deadline's `recurrence`, and the periods it makes: what repeated work owes
//! (kỳ thực hiện).
//!
//! The rule is stored as words, `monthly, Friday of last week`, as in domain/deadline-expressions.csv;
//! [`Recurrence`] reads and prints them, and [`Rule`] adds the bounds that stand in `start` and `end`. Words that
//! fix no period ("continuous", "on demand", "per report") have no rule.

mod periods;
#[cfg(test)]
mod tests;
mod words;

use chrono::{NaiveDate, Weekday};

use super::deadline::{Deadline, DeadlineKind, Milestone};

pub use periods::{Period, periods};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Every {
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter.
    Quarter,
    /// A half of a year.
    Half,
    /// A calendar year.
    Year,
    /// Five years as plans count them: 2021 to 2025, 2026 to 2030.
    FiveYears,
    /// The term of office, which the bounds of the rule give.
    Term,
}

/// Which month of its period a day stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthOf {
    /// The first.
    First,
    /// The last; of a month, itself.
    Last,
    /// The one after the period.
    Next,
}

/// Which day is due in each period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The last day; of a week, Friday, when offices close.
    PeriodEnd,
    /// A day of the year, "15/12"; with `before` the day before it.
    Date { month: u32, day: u32, before: bool },
    /// The last day of this month of the year.
    EndOfMonth(u32),
    /// A day of a month (the last one of shorter months); with `before` the day before it.
    DayOfMonth { day: u32, of: MonthOf, before: bool },
    /// A day of every week.
    Weekday(Weekday),
    /// The first such day of the month.
    FirstWeek(Weekday),
    /// The last such day of the month: that of the last week, or, where the month ends before it, that of
    /// the week before.
    LastWeek(Weekday),
}

/// What is repeated, and when it is due: one cycle or several ("yearly + term").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    every: Vec<Every>,
    due: Due,
}

impl Recurrence {
    /// A recurrence; `None` if a cycle is missing, or the day does not fit the cycles: a day of the
    /// year needs years, and no day is due before its period begins.
    pub fn new(every: impl IntoIterator<Item = Every>, due: Due) -> Option<Self> {
        let mut every: Vec<Every> = every.into_iter().collect();
        every.sort_unstable();
        every.dedup();
        let one = |allowed: &[Every]| matches!(every.as_slice(), [only] if allowed.contains(only));
        let fits = match due {
            Due::PeriodEnd => !every.is_empty(),
            Due::Date { month, day, before } => {
                // Every year has the day: not 29 February.
                one(&[Every::Year]) && NaiveDate::from_ymd_opt(2001, month, day).is_some() && !(before && (month, day) == (1, 1))
            }
            Due::EndOfMonth(month) => one(&[Every::Year]) && (1..=12).contains(&month),
            Due::DayOfMonth { day, of, before } => {
                let first = before && day == 1 && of != MonthOf::Next;
                one(&[Every::Month, Every::Quarter, Every::Half, Every::Year]) && (1..=31).contains(&day) && !first
            }
            Due::Weekday(_) => one(&[Every::Week]),
            Due::FirstWeek(_) | Due::LastWeek(_) => one(&[Every::Month]),
        };
        fits.then_some(Self { every, due })
    }

    /// The cycles, shortest first.
    pub fn every(&self) -> &[Every] {
        &self.every
    }

    /// The day that is due.
    pub fn due(&self) -> Due {
        self.due
    }
}

/// A recurrence within its bounds, both inclusive; open where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is repeated.
    pub recurrence: Recurrence,
    /// No period whose due day lies before this day is owed.
    pub start: Option<NaiveDate>,
    /// No period that begins after this day is owed.
    pub end: Option<NaiveDate>,
}

impl Rule {
    /// The rules of a deadline as it is stored: its own, or those of its milestones, in their order.
    pub fn of(deadline: &Deadline) -> Vec<Self> {
        let own = matches!(deadline.kind, DeadlineKind::Recurring | DeadlineKind::RecurringDue | DeadlineKind::RecurringCondition);
        if own {
            return Self::read(deadline.recurrence.as_deref(), deadline.start, deadline.end).into_iter().collect();
        }
        deadline.milestones.iter().filter_map(Self::of_step).collect()
    }

    /// The rule of a step that is repeated.
    pub fn of_step(step: &Milestone) -> Option<Self> {
        Self::read(step.recurrence.as_deref(), step.start, step.end)
    }

    fn read(recurrence: Option<&str>, start: Option<NaiveDate>, end: Option<NaiveDate>) -> Option<Self> {
        Some(Self { recurrence: recurrence?.parse().ok()?, start, end })
    }
}
