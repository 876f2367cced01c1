//! Explanations (giải thích số liệu): which tasks stand behind a number of a dashboard, and what each brings.
//!
//! Every number is a sum over counted tasks: a count adds 1 for each task in its column; a percentage adds
//! weight × percent and divides by the weights. What a task brings is said here, apart from the roll-up, and
//! a property test holds both together.

mod formulas;
mod query;
mod wholes;

use serde::Serialize;
use utoipa::ToSchema;

use super::Percent;
use super::dashboards::{Frame, Totals};
use super::roll_up::{Column, Counted, TaskCounts};
use super::tasks::Lifecycle;

pub use query::{ExplanationQuery, Outside};
pub use wholes::{Below, Whole};

text_enum! {
    /// A number of a dashboard.
    pub enum Number {
        /// `tasks.total`.
        Total = "total",
        /// `tasks.completed_on_time`.
        CompletedOnTime = "completed_on_time",
        /// `tasks.completed_late`.
        CompletedLate = "completed_late",
        /// `tasks.open_in_time`.
        OpenInTime = "open_in_time",
        /// `tasks.open_due_soon`.
        OpenDueSoon = "open_due_soon",
        /// `tasks.open_overdue`.
        OpenOverdue = "open_overdue",
        /// `tasks.open_no_deadline`.
        OpenNoDeadline = "open_no_deadline",
        /// `tasks.suspended`.
        Suspended = "suspended",
        /// `tasks.cancelled`.
        Cancelled = "cancelled",
        /// `rescheduled`.
        Rescheduled = "rescheduled",
        /// `progress.coverage.expected`.
        Expected = "expected",
        /// `progress.coverage.reported`.
        Reported = "reported",
        /// `progress.coverage.verified`.
        WithVerified = "with_verified",
        /// `progress.claimed`.
        Claimed = "claimed",
        /// `progress.verified`.
        Verified = "verified",
        /// `light`.
        Light = "light",
    }
}

text_enum! {
    /// What a task is to a number.
    pub enum PartIn {
        /// It is in it.
        Counted = "counted",
        /// It stands in another column.
        ElsewhereCounted = "elsewhere_counted",
        /// It is suspended: outside progress.
        Suspended = "suspended",
        /// It is cancelled: outside progress.
        Cancelled = "cancelled",
        /// Nothing was reported that carries a percentage: it is left out of the mean, and coverage tells.
        NoPercent = "no_percent",
    }
}

/// A number, what it is made of, and the tasks behind it that the reader sees.
#[derive(Debug)]
pub struct Explanation<E> {
    /// What the answer says of itself.
    pub frame: Frame,
    /// Which number.
    pub of: Number,
    /// The whole whose number it is, if one was asked about.
    pub whole: Option<Whole>,
    /// All numbers of its line.
    pub totals: Totals,
    /// What the tasks bring together.
    pub sum: Sum,
    /// The tasks of a page, by id.
    pub items: Vec<E>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many more there are that the reader does not see.
    pub hidden: usize,
}

/// A task behind a number.
#[derive(Debug)]
pub struct Explained<F, U> {
    /// The task and where it stood.
    pub fact: F,
    /// The same, judged on the day.
    pub counted: Counted,
    /// Its title; none of a secret one.
    pub title: Option<String>,
    /// The unit that leads it, or answers for it.
    pub unit: U,
    /// What it brings.
    pub share: Share,
}

/// What one task brings to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What it is to it.
    pub part: PartIn,
    /// The percentage it brings, with its weight; of percentages only.
    pub percent: Option<Percent>,
}

/// What the tasks bring together: enough to work the number out by hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"counted": 205, "suspended": 2, "cancelled": 1, "no_percent": 30, "weight": 210, "weighted": 1_312_500}))]
pub struct Sum {
    /// Tasks that are in it.
    pub counted: u32,
    /// Suspended tasks that are left out; of numbers about progress only.
    pub suspended: u32,
    /// Cancelled tasks that are left out; of numbers about progress only.
    pub cancelled: u32,
    /// Tasks without a percentage that are left out; of percentages only.
    pub no_percent: u32,
    /// Their weights together; of percentages only.
    pub weight: i64,
    /// Weight × hundredths of a percent, together; of percentages only.
    pub weighted: i64,
}

impl Sum {
    /// Takes in what one more task brings.
    pub fn add(&mut self, weight: i32, share: Share) {
        match share.part {
            PartIn::Counted => self.counted += 1,
            PartIn::Suspended => self.suspended += 1,
            PartIn::Cancelled => self.cancelled += 1,
            PartIn::NoPercent => self.no_percent += 1,
            PartIn::ElsewhereCounted => {}
        }
        if let Some(percent) = share.percent {
            self.weight += i64::from(weight);
            self.weighted += i64::from(weight) * i64::from(percent.hundredths());
        }
    }

    /// The mean before it is rounded, in percent with six decimals cut off; none without a percentage.
    pub fn unrounded(&self) -> Option<String> {
        let millionths = i128::from(self.weighted) * 10_000 / i128::from(self.weight).max(1);
        (self.weight > 0).then(|| format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000))
    }
}

impl Number {
    /// Whether it is a percentage.
    pub fn is_percentage(self) -> bool {
        matches!(self, Self::Claimed | Self::Verified)
    }

    /// What a task brings to it.
    pub fn share(self, task: &Counted) -> Share {
        let part = match self {
            Self::Claimed | Self::Verified | Self::Expected | Self::Reported | Self::WithVerified => self.of_progress(task),
            _ if self.holds(task) => PartIn::Counted,
            _ => PartIn::ElsewhereCounted,
        };
        Share { part, percent: self.percent(task).filter(|_| part == PartIn::Counted) }
    }

    fn percent(self, task: &Counted) -> Option<Percent> {
        match self {
            Self::Claimed => task.claimed,
            Self::Verified => task.verified,
            _ => None,
        }
    }

    /// Numbers about progress leave suspended and cancelled work out.
    fn of_progress(self, task: &Counted) -> PartIn {
        let holds = match self {
            Self::Reported => task.reported,
            Self::WithVerified => task.has_verified,
            _ => true,
        };
        match task.lifecycle {
            Lifecycle::Suspended => PartIn::Suspended,
            Lifecycle::Cancelled => PartIn::Cancelled,
            _ if self.is_percentage() && self.percent(task).is_none() => PartIn::NoPercent,
            _ if holds => PartIn::Counted,
            _ => PartIn::ElsewhereCounted,
        }
    }

    /// Whether a task stands in it, of numbers that are counts of all work.
    fn holds(self, task: &Counted) -> bool {
        match self {
            Self::Total | Self::Light => true,
            Self::Rescheduled => task.rescheduled,
            _ => self.column() == Some(Column::of(task.lifecycle, task.timeliness)),
        }
    }

    /// The column it is the count of.
    fn column(self) -> Option<Column> {
        Some(match self {
            Self::CompletedOnTime => Column::CompletedOnTime,
            Self::CompletedLate => Column::CompletedLate,
            Self::OpenInTime => Column::OpenInTime,
            Self::OpenDueSoon => Column::OpenDueSoon,
            Self::OpenOverdue => Column::OpenOverdue,
            Self::OpenNoDeadline => Column::OpenNoDeadline,
            Self::Suspended => Column::Suspended,
            Self::Cancelled => Column::Cancelled,
            _ => return None,
        })
    }

    /// The number among those of a line; percentages and the light are no counts.
    pub fn count(self, counts: &TaskCounts) -> Option<u32> {
        Some(match self {
            Self::Total => counts.total,
            Self::CompletedOnTime => counts.completed_on_time,
            Self::CompletedLate => counts.completed_late,
            Self::OpenInTime => counts.open_in_time,
            Self::OpenDueSoon => counts.open_due_soon,
            Self::OpenOverdue => counts.open_overdue,
            Self::OpenNoDeadline => counts.open_no_deadline,
            Self::Suspended => counts.suspended,
            Self::Cancelled => counts.cancelled,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests;
