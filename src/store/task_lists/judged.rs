//! How tasks stand against their days, as conditions.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Condition, TaskFilter};
use crate::db::schema::{task_states, tasks};
use crate::domain::calendar;
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::Timeliness;

/// Work that waits: for a word, or beyond its day.
pub(super) fn waiting(filter: &TaskFilter) -> Vec<Condition> {
    let open = || task_states::lifecycle.eq_any(OPEN);
    let before = |days: i64| filter.today - chrono::TimeDelta::days(days);
    let mut conditions: Vec<Condition> = Vec::new();
    if let Some(days) = filter.silent_days {
        let end = calendar::end_of(before(days)).naive_utc();
        let never = task_states::last_reported_at.is_null().and(tasks::issued_at.lt(end));
        conditions.push(Box::new(open().and(task_states::last_reported_at.lt(end).or(never))));
    }
    let (least, most) = filter.days_late;
    if least.is_some() || most.is_some() {
        conditions.push(Box::new(open().and(task_states::due_on.le(before(least.unwrap_or(1).max(1))))));
    }
    if let Some(days) = most {
        conditions.push(Box::new(task_states::due_on.ge(before(days))));
    }
    conditions
}

const OPEN: [Lifecycle; 3] = [Lifecycle::NotStarted, Lifecycle::InProgress, Lifecycle::ProductSubmitted];

/// The rule of `domain::timeliness::judge`, as a condition on one of the two days a task may be due.
macro_rules! judged {
    ($timeliness:expr, $due_on:expr, $today:expr, $soon:expr) => {{
        let open = task_states::lifecycle.eq_any(OPEN);
        let completed = task_states::lifecycle.eq(Lifecycle::Completed);
        let condition: Condition = match $timeliness {
            Timeliness::NoDeadline => Box::new(open.and($due_on.is_null()).nullable()),
            Timeliness::InTime => Box::new(open.and($due_on.gt($soon))),
            Timeliness::DueSoon => Box::new(open.and($due_on.between($today, $soon))),
            Timeliness::Overdue => Box::new(open.and($due_on.lt($today))),
            Timeliness::Late => Box::new(completed.and(task_states::completed_on.gt($due_on))),
            Timeliness::OnTime => Box::new(completed.and($due_on.is_null().or(task_states::completed_on.le($due_on)))),
        };
        condition
    }};
}

pub(super) fn judged(timeliness: Timeliness, by_original: bool, today: NaiveDate, due_soon_days: i64) -> Condition {
    let soon = today + chrono::TimeDelta::days(due_soon_days);
    let in_force = judged!(timeliness, task_states::due_on, today, soon);
    if !by_original {
        return in_force;
    }
    let original = judged!(timeliness, task_states::original_due_on, today, soon);
    Box::new(task_states::rescheduled.eq(true).and(original).or(task_states::rescheduled.eq(false).and(in_force)))
}
