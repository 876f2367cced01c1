//! Roll-up: counts first, the percentage beside them, in exact arithmetic.
//!
//! Formula 1: counted are issued leaf tasks that are not voided (`docs/API-DESIGN.md`). Suspended
//! and cancelled ones have columns of their own and stand outside progress. A percentage is the
//! weighted mean of the counted tasks that have one, rounded half-up once, to hundredths.

use serde::Serialize;
use utoipa::ToSchema;

use super::Percent;
use super::tasks::Lifecycle;
use super::timeliness::Timeliness;

/// Version of the formula; every answer that holds a rolled-up number names it.
pub const FORMULA_VERSION: u32 = 1;

/// One counted task, reduced to what the roll-up needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Positive weight.
    pub weight: i32,
    /// Where the work stands; never a draft.
    pub lifecycle: Lifecycle,
    /// For completed work: confirmed.
    pub confirmed: bool,
    /// Judged on the day in question; `None` for suspended and cancelled work.
    pub timeliness: Option<Timeliness>,
    /// The same, judged by the deadline it was issued with.
    pub original: Option<Timeliness>,
    /// Whether its deadline was changed since.
    pub rescheduled: bool,
    /// Claimed percentage.
    pub claimed: Option<Percent>,
    /// Verified percentage.
    pub verified: Option<Percent>,
    /// Whether a submitted or verified report exists.
    pub reported: bool,
    /// Whether a verified report exists.
    pub has_verified: bool,
}

/// How many tasks stand where; the columns sum to `total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct TaskCounts {
    /// All counted tasks.
    pub total: u32,
    /// Hoàn thành đúng hạn.
    pub completed_on_time: u32,
    /// Hoàn thành quá hạn.
    pub completed_late: u32,
    /// Đang thực hiện, trong hạn.
    pub open_in_time: u32,
    /// Đang thực hiện, sắp đến hạn.
    pub open_due_soon: u32,
    /// Đang thực hiện, quá hạn.
    pub open_overdue: u32,
    /// Đang thực hiện, không có hạn.
    pub open_no_deadline: u32,
    /// Tạm dừng.
    pub suspended: u32,
    /// Hủy bỏ.
    pub cancelled: u32,
}

/// A column of [`TaskCounts`] beside the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// `completed_on_time`.
    CompletedOnTime,
    /// `completed_late`.
    CompletedLate,
    /// `open_in_time`.
    OpenInTime,
    /// `open_due_soon`.
    OpenDueSoon,
    /// `open_overdue`.
    OpenOverdue,
    /// `open_no_deadline`.
    OpenNoDeadline,
    /// `suspended`.
    Suspended,
    /// `cancelled`.
    Cancelled,
}

impl Column {
    /// The one column a counted task stands in.
    pub fn of(lifecycle: Lifecycle, timeliness: Option<Timeliness>) -> Self {
        match (lifecycle, timeliness) {
            (Lifecycle::Suspended, _) => Self::Suspended,
            (Lifecycle::Cancelled, _) => Self::Cancelled,
            (Lifecycle::Completed, Some(Timeliness::Late)) => Self::CompletedLate,
            (Lifecycle::Completed, _) => Self::CompletedOnTime,
            (_, Some(Timeliness::Overdue)) => Self::OpenOverdue,
            (_, Some(Timeliness::DueSoon)) => Self::OpenDueSoon,
            (_, Some(Timeliness::InTime)) => Self::OpenInTime,
            _ => Self::OpenNoDeadline,
        }
    }
}

impl TaskCounts {
    fn add(&mut self, lifecycle: Lifecycle, timeliness: Option<Timeliness>) {
        self.total += 1;
        let column = match Column::of(lifecycle, timeliness) {
            Column::CompletedOnTime => &mut self.completed_on_time,
            Column::CompletedLate => &mut self.completed_late,
            Column::OpenInTime => &mut self.open_in_time,
            Column::OpenDueSoon => &mut self.open_due_soon,
            Column::OpenOverdue => &mut self.open_overdue,
            Column::OpenNoDeadline => &mut self.open_no_deadline,
            Column::Suspended => &mut self.suspended,
            Column::Cancelled => &mut self.cancelled,
        };
        *column += 1;
    }

    /// Work still expected, whatever its deadline.
    pub fn open(&self) -> u32 {
        self.open_in_time + self.open_due_soon + self.open_overdue + self.open_no_deadline
    }
}

/// How many of the tasks that stand behind a percentage have spoken at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct Coverage {
    /// Counted tasks that are neither suspended nor cancelled.
    pub expected: u32,
    /// Those with a submitted or verified report.
    pub reported: u32,
    /// Those with a verified report.
    pub verified: u32,
}

/// Claimed and verified progress. `null` is "nothing reported", which is not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Progress {
    /// What units say.
    pub claimed: Option<Percent>,
    /// What has been confirmed.
    pub verified: Option<Percent>,
    /// How many tasks stand behind the two.
    pub coverage: Coverage,
}

/// Counts and progress of a set of tasks. Order of adding does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RollUp {
    counts: TaskCounts,
    original: TaskCounts,
    rescheduled: u32,
    coverage: Coverage,
    claimed: Mean,
    verified: Mean,
}

impl RollUp {
    /// Takes one more counted task in.
    pub fn add(&mut self, task: &Counted) {
        self.counts.add(task.lifecycle, task.timeliness);
        self.original.add(task.lifecycle, task.original);
        self.rescheduled += u32::from(task.rescheduled);
        if matches!(task.lifecycle, Lifecycle::Suspended | Lifecycle::Cancelled) {
            return;
        }
        let completed = task.lifecycle == Lifecycle::Completed;
        self.coverage.expected += 1;
        self.coverage.reported += u32::from(task.reported);
        self.coverage.verified += u32::from(task.has_verified);
        self.claimed.add(task.weight, task.claimed, completed);
        self.verified.add(task.weight, task.verified, completed && task.confirmed);
    }

    /// The counts.
    pub fn counts(&self) -> TaskCounts {
        self.counts
    }

    /// The counts where every task is judged by the deadline it was issued with.
    pub fn original(&self) -> TaskCounts {
        self.original
    }

    /// How many tasks have had their deadline changed.
    pub fn rescheduled(&self) -> u32 {
        self.rescheduled
    }

    /// The percentages, rounded here and nowhere else.
    pub fn progress(&self) -> Progress {
        Progress { claimed: self.claimed.rounded(), verified: self.verified.rounded(), coverage: self.coverage }
    }
}

impl<'a> FromIterator<&'a Counted> for RollUp {
    fn from_iter<I: IntoIterator<Item = &'a Counted>>(tasks: I) -> Self {
        let mut roll_up = Self::default();
        tasks.into_iter().for_each(|task| roll_up.add(task));
        roll_up
    }
}

/// An exact weighted mean of hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Mean {
    weighted: i64,
    weight: i64,
    incomplete: bool,
}

impl Mean {
    fn add(&mut self, weight: i32, percent: Option<Percent>, complete: bool) {
        self.incomplete |= !complete;
        if let Some(percent) = percent {
            self.weighted += i64::from(weight) * i64::from(percent.hundredths());
            self.weight += i64::from(weight);
        }
    }

    /// Half-up to hundredths; 100 only if every task is complete.
    fn rounded(&self) -> Option<Percent> {
        if self.weight == 0 {
            return None;
        }
        let half_up = (2 * self.weighted + self.weight) / (2 * self.weight);
        let most = if self.incomplete { 9_999 } else { 10_000 };
        Percent::from_hundredths(i32::try_from(half_up.min(most)).ok()?).ok()
    }
}

#[cfg(test)]
pub mod tests;
