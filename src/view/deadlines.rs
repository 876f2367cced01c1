//! How the words of a deadline are read.

use chrono::{Months, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::deadline::Deadline;
use crate::domain::recurrence::{Period, Rule, periods};

/// How many periods of a rule are listed.
const NEXT: usize = 12;

/// A reading and, if it was asked for, what it owes.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineReadingView {
    #[serde(flatten)]
    pub deadline: Deadline,
    /// The next periods of repeated work; only if `periods_from` was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub periods: Option<Vec<Period>>,
}

impl DeadlineReadingView {
    /// The reading, with periods from a day on.
    pub fn new(deadline: Deadline, periods_from: Option<NaiveDate>) -> Self {
        let periods = periods_from.map(|from| Rule::of(&deadline).iter().flat_map(|rule| next(rule, from)).collect());
        Self { deadline, periods }
    }
}

/// Twelve periods of the longest cycle, five years, end within sixty years.
fn next(rule: &Rule, from: NaiveDate) -> Vec<Period> {
    let to = from.checked_add_months(Months::new(12 * 60)).unwrap_or(from);
    periods(rule, from, to).into_iter().take(NEXT).collect()
}
