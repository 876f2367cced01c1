//! Obligations (kỳ thực hiện): what repeated work owes, period by period, and the steps of a deadline that
//! names several.
//!
//! Nothing is scheduled. What is owed follows from the deadlines a task has had ([`Schedule::of`]), and how each
//! obligation stands from the reports that name it ([`Schedule::stand`]). Why: `docs/adr/0018-obligations.md`.

mod promise;
#[cfg(test)]
mod properties_tests;
mod standing;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::task_state::{AllDone, ReportFact, TaskState, derive_owing};
use super::tasks::{Decision, Lifecycle};

pub use promise::{Parts, Promise};
pub use standing::{ObligationState, Stood, Told};

/// So many obligations of one deadline are followed: ten years of weeks. What lies beyond is not owed.
pub const MOST: usize = 520;

/// So far ahead repeated work without an end is followed from its beginning, in years.
const HORIZON_YEARS: u32 = 20;

/// One period of repeated work, or one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// What a report calls it: the period (`2021Q3`, `2021-08`), the step (`m1`), or the period of a
    /// repeated step (`m2-2029`). Unique within a task.
    pub key: String,
    /// The words of a step.
    pub text: Option<String>,
    /// First day of the period, or of the step if its words give one.
    pub start: Option<NaiveDate>,
    /// Last day of the period, or of the step.
    pub end: Option<NaiveDate>,
    /// Last day in time; none where the deadline does not bind or gives no day.
    pub due_on: Option<NaiveDate>,
    /// Whether the task itself is judged by it: periods of a task that repeats.
    pub of_rule: bool,
}

/// All that a task owes, in the order it is due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Those that are owed, and those that a change of the deadline took away, which only count if they were
    /// done before.
    obligations: Vec<(Obligation, bool)>,
    /// The day that the task is judged by as a whole.
    whole: Option<NaiveDate>,
    /// The deadline in force has parts, and each of them ends.
    bounded: bool,
    /// The deadline in force repeats: the task is done period by period.
    repeats: bool,
}

/// "3 of 5 done".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"done": 3, "due": 4, "total": 5, "late": 1}))]
pub struct ObligationCounts {
    /// Periods or steps that were reported as done, confirmed or not.
    pub done: i64,
    /// Those whose due day has come, done or not.
    pub due: i64,
    /// All there are; null for repeated work without an end.
    #[schema(required)]
    pub total: Option<i64>,
    /// Those that were done late, or are overdue.
    pub late: i64,
}

/// The first day of the work: its assignment, or its issue if that is not known or came before.
pub fn begun_on(assigned_on: Option<NaiveDate>, issued_on: NaiveDate) -> NaiveDate {
    assigned_on.unwrap_or(issued_on).min(issued_on)
}

/// Whether work that stands so is judged against its days: not a draft, nor what is suspended or cancelled.
pub fn is_judged(lifecycle: Lifecycle) -> bool {
    lifecycle.is_open() || lifecycle == Lifecycle::Completed
}

impl Schedule {
    /// What the deadlines that a task has had, oldest first, make it owe from the day it began on.
    ///
    /// Each obligation is judged as a task is (`timeliness::judged_due`): a change recorded after its due day
    /// had passed neither moves it nor takes it away. A later deadline owes nothing for the time before it.
    pub fn of(begun_on: NaiveDate, promises: &[Promise]) -> Self {
        let mut owed: Vec<(Obligation, bool)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (n, promise) in promises.iter().enumerate() {
            let from = if n == 0 { begun_on } else { begun_on.max(promise.recorded_on) };
            for (obligation, stays) in &mut owed {
                *stays = *stays && obligation.due_on.is_some_and(|due| promise.recorded_on > due);
            }
            for obligation in promise.parts.obligations(from) {
                match places.get(&obligation.key).and_then(|at| owed.get_mut(*at)) {
                    Some((_, true)) => {}
                    Some(known) => *known = (obligation, true),
                    None => {
                        places.insert(obligation.key.clone(), owed.len());
                        owed.push((obligation, true));
                    }
                }
            }
        }
        owed.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()));
        let last = promises.last();
        Self {
            obligations: owed,
            whole: super::timeliness::judged_due(promises.iter().map(|promise| (promise.recorded_on, promise.due_on))),
            bounded: last.is_some_and(|promise| promise.parts.bounded()),
            repeats: last.is_some_and(|promise| promise.parts.repeats()),
        }
    }

    /// Whether nothing is owed but the whole.
    pub fn is_plain(&self) -> bool {
        self.obligations.is_empty() && !self.repeats
    }

    /// Whether the work is done period by period, so that a report of completed work has to name one.
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// How each obligation stands by what was told of it. What a change took away is left out, unless it had
    /// been done.
    pub fn stand(&self, told: &HashMap<String, Told>) -> Vec<Stood> {
        let stood = self.obligations.iter().map(|(obligation, owed)| (Stood::new(obligation.clone(), told.get(&obligation.key)), *owed));
        stood.filter(|(stood, owed)| *owed || stood.done_on().is_some()).map(|(stood, _)| stood).collect()
    }

    /// Those that are followed on a day: all that are bounded; of open-ended work those that have begun, those that
    /// were reported on, and the next one.
    pub fn followed(&self, told: &HashMap<String, Told>, day: NaiveDate) -> Vec<Stood> {
        let mut ahead = 0;
        let mut follows = |stood: &Stood| {
            let begun = self.bounded || stood.told.is_some() || stood.obligation.start.is_none_or(|start| start <= day);
            ahead += usize::from(!begun);
            begun || ahead == 1
        };
        self.stand(told).into_iter().filter(|stood| follows(stood)).collect()
    }

    /// How many were done; `None` if nothing is owed but the whole.
    pub fn counts(&self, told: &HashMap<String, Told>, day: NaiveDate, judged: bool) -> Option<ObligationCounts> {
        let followed = self.followed(told, day);
        if followed.is_empty() {
            return None;
        }
        let count = |of: &dyn Fn(&Stood) -> bool| i64::try_from(followed.iter().filter(|stood| of(stood)).count()).unwrap_or(i64::MAX);
        Some(ObligationCounts {
            done: count(&|stood| stood.done_on().is_some()),
            due: count(&|stood| stood.obligation.due_on.is_some_and(|due| due <= day)),
            total: self.bounded.then(|| count(&|_| true)),
            late: count(&|stood| stood.is_late(day, judged)),
        })
    }

    /// The state of a task that owes this, and the day it is judged by.
    ///
    /// Open, that is the due day of the earliest period not yet done, which is the same on every day: time may pass
    /// without anybody touching the task. Completed, it is the last one's.
    pub fn settle(&self, decisions: &[Decision], reports: &[ReportFact]) -> (TaskState, Option<NaiveDate>) {
        let stood = self.stand(&Told::latest(reports));
        let all_done = AllDone::of(self.bounded, &stood);
        let state = derive_owing(decisions, reports, all_done);
        let of_rule = || stood.iter().filter(|stood| stood.obligation.of_rule);
        let due_on = match (all_done, state.lifecycle) {
            (Some(_), _) => self.whole.or_else(|| of_rule().filter_map(|stood| stood.obligation.due_on).max()),
            // Completed as a whole, before its periods were followed or by another deadline.
            (None, Lifecycle::Completed) if self.repeats => self.whole,
            _ => {
                let open = of_rule().filter(|stood| stood.done_on().is_none()).filter_map(|stood| stood.obligation.due_on);
                open.chain(self.whole).min()
            }
        };
        (state, due_on)
    }
}

impl Obligation {
    /// The order in which things are due.
    fn order(&self) -> (bool, Option<NaiveDate>, Option<NaiveDate>, &str) {
        let due = self.due_on.or(self.end);
        (due.is_none(), due, self.start, &self.key)
    }
}
