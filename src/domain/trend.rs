//! Trend (diễn biến): month by month, what should have been done by then, what units claimed, what was verified.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Percent;
use super::roll_up::{Coverage, Progress, RollUp, TaskCounts};
use super::tasks::Lifecycle;

/// The most points of a trend: five years of months.
pub const MOST_MONTHS: u32 = 60;

/// What a trend may be asked for beside the filters of all dashboards.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TrendQuery {
    /// So many ends of months before `as_of`, which is the last point; 12 if missing. Months before the data began are
    /// left out.
    #[param(minimum = 1, maximum = 60, default = 12)]
    pub months: Option<u32>,
}

/// One point: how it stood at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Point {
    #[schema(example = "2021-12-31")]
    pub as_of: NaiveDate,
    /// What should have been completed by then: the share, by weight, of expected tasks with a deadline whose day had come.
    /// `null` if none has a deadline.
    pub planned: Option<Percent>,
    /// What units claimed.
    pub claimed: Option<Percent>,
    /// What was verified.
    pub verified: Option<Percent>,
    /// How many tasks stand behind claimed and verified.
    pub coverage: Coverage,
    /// How many tasks stood where.
    pub tasks: TaskCounts,
}

/// What tasks with a deadline should have come to by a day.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    due: i64,
    all: i64,
}

impl Plan {
    /// Takes in a counted task; suspended and cancelled work is not expected.
    pub fn add(&mut self, weight: i32, lifecycle: Lifecycle, due_on: Option<NaiveDate>, day: NaiveDate) {
        let Some(due_on) = due_on.filter(|_| !matches!(lifecycle, Lifecycle::Suspended | Lifecycle::Cancelled)) else { return };
        self.all += i64::from(weight);
        self.due += if due_on <= day { i64::from(weight) } else { 0 };
    }

    /// The share that was due, half-up to hundredths.
    pub fn share(self) -> Option<Percent> {
        let hundredths = (20_000 * self.due + self.all).checked_div(2 * self.all)?;
        Percent::from_hundredths(i32::try_from(hundredths).ok()?).ok()
    }
}

impl Point {
    /// How it stood at the end of a day.
    pub fn new(as_of: NaiveDate, roll_up: &RollUp, plan: Plan) -> Self {
        let Progress { claimed, verified, coverage } = roll_up.progress();
        Self { as_of, planned: plan.share(), claimed, verified, coverage, tasks: roll_up.counts() }
    }
}

/// The days of a trend: the last day of so many months before `as_of`, not before `first`, and `as_of` itself.
pub fn days(as_of: NaiveDate, months: u32, first: NaiveDate) -> Vec<NaiveDate> {
    let month = as_of.with_day(1).unwrap_or(as_of);
    let ends = (0..months).rev().filter_map(|back| month.checked_sub_months(Months::new(back))?.pred_opt());
    ends.filter(|end| *end >= first && *end < as_of).chain([as_of]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_on_their_last_day() {
        let asked =
            |as_of: &str, months, first: &str| days(day(as_of), months, day(first)).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(asked("2024-03-15", 3, "2020-01-01"), ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-15"]);
        assert_eq!(asked("2024-03-31", 1, "2020-01-01"), ["2024-02-29", "2024-03-31"]);
        assert_eq!(asked("2024-03-15", 12, "2024-02-10"), ["2024-02-29", "2024-03-15"]);
        assert_eq!(asked("2024-03-15", 12, "2024-03-15"), ["2024-03-15"]);
    }

    #[test]
    fn what_is_due_on_the_day_should_be_done() {
        let mut plan = Plan::default();
        assert_eq!(plan.share(), None);
        plan.add(1, Lifecycle::InProgress, Some(day("2021-12-31")), day("2021-12-31"));
        plan.add(2, Lifecycle::Completed, Some(day("2022-01-01")), day("2021-12-31"));
        plan.add(5, Lifecycle::Suspended, Some(day("2021-01-01")), day("2021-12-31"));
        plan.add(5, Lifecycle::NotStarted, None, day("2021-12-31"));
        assert_eq!(plan.share(), Percent::from_hundredths(3333).ok());
    }
}
