//! What one deadline makes a task owe.

use chrono::NaiveDate;

use super::{HORIZON_YEARS, MOST, Obligation};
use crate::domain::calendar::years_after;
use crate::domain::deadline::{Deadline, DeadlineKind, Milestone};
use crate::domain::recurrence::{Period, Rule, periods};

/// A deadline that a task has had, from the day it was recorded on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The day in Vietnam.
    pub recorded_on: NaiveDate,
    /// The day the whole is judged by, if it is one day.
    pub due_on: Option<NaiveDate>,
    /// What it owes beside that.
    pub parts: Parts,
}

/// Periods or steps of a deadline; neither, for most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    rules: Vec<Rule>,
    steps: Vec<(Milestone, Option<Rule>)>,
    binding: bool,
}

impl Promise {
    /// A deadline as it was read, or that there is none.
    pub fn of(recorded_on: NaiveDate, deadline: Option<&Deadline>) -> Self {
        let parts = deadline.map(Parts::of).unwrap_or_default();
        Self { recorded_on, due_on: deadline.and_then(Deadline::due_on), parts }
    }
}

impl Parts {
    /// The periods of a deadline that repeats, else its steps.
    pub fn of(deadline: &Deadline) -> Self {
        // A condition on every period says what it is to bring, not by which day it is told.
        let binding = deadline.binding && deadline.kind != DeadlineKind::RecurringCondition;
        if !deadline.milestones.is_empty() {
            let rule = |step: &Milestone| Rule::of_step(step);
            return Self { rules: Vec::new(), steps: deadline.milestones.iter().map(|step| (step.clone(), rule(step))).collect(), binding };
        }
        Self { rules: Rule::of(deadline), steps: Vec::new(), binding }
    }

    /// Whether the work is done period by period.
    pub(super) fn repeats(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Whether there is anything, and all of it ends.
    pub(super) fn bounded(&self) -> bool {
        let steps = self.steps.iter().filter_map(|(_, rule)| rule.as_ref());
        let ends = self.rules.iter().chain(steps).all(|rule| rule.end.is_some());
        ends && !(self.rules.is_empty() && self.steps.is_empty())
    }

    /// What is owed from a day on, at most [`MOST`].
    pub(super) fn obligations(&self, from: NaiveDate) -> Vec<Obligation> {
        let periods = self.rules.iter().flat_map(|rule| of_rule(rule, from, self.binding));
        let mut owed: Vec<Obligation> = periods.collect();
        for (n, (step, rule)) in self.steps.iter().enumerate() {
            let key = format!("m{}", n + 1);
            match rule {
                Some(rule) => owed.extend(of_rule(rule, from, step.binding).map(|period| part_of(&key, step, period))),
                None => owed.push(once(key, step)),
            }
        }
        owed.truncate(MOST);
        owed
    }
}

/// The periods of a rule that are due on or after a day: nobody owes what was due before the work was given.
fn of_rule(rule: &Rule, from: NaiveDate, binding: bool) -> impl Iterator<Item = Obligation> {
    let to = rule.end.unwrap_or_else(|| years_after(from, HORIZON_YEARS));
    let owed = periods(rule, from, to).into_iter().filter(move |period| period.due >= from).take(MOST);
    owed.map(move |Period { id, start, end, due }| Obligation {
        key: id,
        text: None,
        start: Some(start),
        end: Some(end),
        due_on: Some(due).filter(|_| binding),
        of_rule: true,
    })
}

/// A period of a repeated step.
fn part_of(key: &str, step: &Milestone, period: Obligation) -> Obligation {
    Obligation { key: format!("{key}-{}", period.key), text: Some(step.text.clone()), of_rule: false, ..period }
}

/// A step that is done once. The words of one that repeats in an unknown way give no day.
fn once(key: String, step: &Milestone) -> Obligation {
    let due_on = step.end.filter(|_| step.binding && step.recurrence.is_none());
    Obligation { key, text: Some(step.text.clone()), start: step.start, end: step.end, due_on, of_rule: false }
}
