//! Silence (im lặng): open work of which nothing was reported for long. Not reported is not the same as
//! nothing done, and is told apart.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// After so many days without a report open work is silent, unless asked otherwise: a quarter and what
/// it takes to send its report.
pub const SILENT_DAYS: i64 = 90;

/// The most days that may be asked for: ten years.
pub const MOST_DAYS: i64 = 3_650;

/// What the dashboard of silence may be asked for beside the filters of all.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SilenceQuery {
    /// Silent is open work without a report for at least so many days; 90 if missing.
    #[param(minimum = 1, maximum = 3650, example = 90)]
    pub days: Option<i64>,
}

/// How silent a set of tasks is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"open": 12, "silent": 5, "never_reported": 2, "longest_days": 204}))]
pub struct Silence {
    /// Open tasks: issued, neither completed nor suspended nor cancelled.
    pub open: u32,
    /// Those without a report for so many days.
    pub silent: u32,
    /// Of the silent ones, those that were never reported on.
    pub never_reported: u32,
    /// Days since the last word on any of them; `null` if none is open.
    #[schema(required)]
    pub longest_days: Option<i64>,
}

impl Silence {
    /// Takes in an open task of which nothing was heard since a day.
    pub fn add(&mut self, heard: Heard, day: NaiveDate, days: i64) {
        let quiet = heard.days(day);
        self.open += 1;
        self.silent += u32::from(quiet >= days);
        self.never_reported += u32::from(quiet >= days && !heard.reported);
        self.longest_days = self.longest_days.max(Some(quiet));
    }
}

/// When something was last heard of a task: the day of its last report that was not returned, else the day it
/// was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// The day.
    pub on: NaiveDate,
    /// Whether that was a report.
    pub reported: bool,
}

impl Heard {
    /// Days of silence on a day; none before.
    pub fn days(self, day: NaiveDate) -> i64 {
        (day - self.on).num_days().max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn silence_begins_with_the_last_word() {
        let mut silence = Silence::default();
        assert_eq!(silence.longest_days, None);
        let today = day("2021-12-31");
        silence.add(Heard { on: day("2021-10-02"), reported: true }, today, 90);
        silence.add(Heard { on: day("2021-10-03"), reported: true }, today, 90);
        silence.add(Heard { on: day("2021-06-01"), reported: false }, today, 90);
        silence.add(Heard { on: day("2022-01-05"), reported: true }, today, 90);
        assert_eq!(silence, Silence { open: 4, silent: 2, never_reported: 1, longest_days: Some(213) });
    }
}
