//! What was found, whichever signal it is.

use chrono::NaiveDate;

use super::{Haste, Signal};
use crate::domain::{Id, Percent};

/// What was found of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// In the words of this earlier report.
    Copy {
        /// The earlier report.
        of: Id,
    },
    /// Stuck from a day on for so many reports.
    Stuck {
        /// The day of the first.
        since: NaiveDate,
        /// How many.
        reports: usize,
        /// The percentage of the last.
        percent: Percent,
    },
    /// Jumped from a percentage, so many days before the deadline.
    Jump {
        /// The percentage before.
        from: Percent,
        /// The deadline.
        due_on: NaiveDate,
    },
    /// Verified too fast.
    Fast(Haste),
    /// Moved from a deadline that had passed.
    Moved {
        /// The deadline that had passed.
        from: NaiveDate,
        /// The new one, if it has a day.
        to: Option<NaiveDate>,
    },
    /// Of a day long before it was told.
    Backdated {
        /// The day the report speaks of.
        measured_on: NaiveDate,
    },
    /// With a product of the deadline's very day.
    OnDeadline {
        /// The deadline.
        due_on: NaiveDate,
    },
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The task.
    pub task: Id,
    /// The report; none where a deadline was changed.
    pub report: Option<Id>,
    /// Who reported, or leads the task whose deadline was changed.
    pub unit: Id,
    /// Its place in the journal: newest first, and where a page ends.
    pub position: i64,
    /// The day it was told, verified or changed.
    pub on: NaiveDate,
    /// The days that matter; none for seconds and copies.
    pub days: Option<i64>,
    /// What was found.
    pub found: Found,
    /// What the report says, or why the deadline was changed; none of copied words until they are shown.
    pub text: Option<String>,
    /// Whether it was made up for the demo.
    pub illustrative: bool,
}

/// How many were found of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The signal.
    pub signal: Signal,
    /// All of them.
    pub count: usize,
    /// How many of these were made up for the demo.
    pub illustrative: usize,
}

impl Counted {
    /// Counts what was found.
    pub fn of(signal: Signal, findings: &[Finding]) -> Self {
        Self { signal, count: findings.len(), illustrative: findings.iter().filter(|finding| finding.illustrative).count() }
    }
}
