//! How slowly a resolution enters life: days from its adoption to what came first of it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Days from adoption to the first document, task or report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"on": "2020-12-25", "days": 72, "running": false}))]
pub struct Lag {
    /// The day it came; `null` for not yet.
    pub on: Option<NaiveDate>,
    /// Days from adoption to then, or to the day asked about while it has not come; `null` where the day of adoption
    /// is not known. Negative for what came before.
    pub days: Option<i64>,
    /// Whether it has not come, so that the days still run.
    pub running: bool,
}

impl Lag {
    /// From adoption to what came first, as known on `as_of`.
    pub fn new(adopted_on: Option<NaiveDate>, first: Option<NaiveDate>, as_of: NaiveDate) -> Self {
        let days = adopted_on.map(|adopted| (first.unwrap_or(as_of) - adopted).num_days());
        Self { on: first, days, running: first.is_none() }
    }
}

/// The three first things.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Firsts {
    /// Date of the first document that carries it out.
    pub document: Option<NaiveDate>,
    /// The day the first task was assigned.
    pub task: Option<NaiveDate>,
    /// The day the first report came.
    pub report: Option<NaiveDate>,
}

impl Firsts {
    /// The earlier of each.
    pub fn merge(&mut self, other: Self) {
        self.document = earlier(self.document, other.document);
        self.task = earlier(self.task, other.task);
        self.report = earlier(self.report, other.report);
    }
}

/// The earlier of two days that may not be known.
pub fn earlier(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    one.into_iter().chain(other).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_has_not_come_runs_on() {
        let (adopted, as_of) = (Some(day("2020-10-14")), day("2020-12-31"));
        assert_eq!(Lag::new(adopted, Some(day("2020-12-25")), as_of), Lag { on: Some(day("2020-12-25")), days: Some(72), running: false });
        assert_eq!(Lag::new(adopted, None, as_of), Lag { on: None, days: Some(78), running: true });
        assert_eq!(Lag::new(None, None, as_of).days, None);
    }

    proptest! {
        #[test]
        fn the_first_of_several_is_the_first_of_firsts(days in prop::collection::vec(prop::option::of(0_i64..5000), 0..20)) {
            let of = |n: Option<i64>| n.map(|n| day("2020-01-01") + chrono::TimeDelta::days(n));
            let mut merged = Firsts::default();
            days.iter().for_each(|n| merged.merge(Firsts { document: of(*n), task: of(*n), report: None }));
            let first = of(days.iter().flatten().min().copied());
            prop_assert_eq!(merged, Firsts { document: first, task: first, report: None });
        }
    }
}
