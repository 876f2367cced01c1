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

impl TaskCounts {
    fn add(&mut self, task: &Counted) {
        self.total += 1;
        let column = match (task.lifecycle, task.timeliness) {
            (Lifecycle::Suspended, _) => &mut self.suspended,
            (Lifecycle::Cancelled, _) => &mut self.cancelled,
            (Lifecycle::Completed, Some(Timeliness::Late)) => &mut self.completed_late,
            (Lifecycle::Completed, _) => &mut self.completed_on_time,
            (_, Some(Timeliness::Overdue)) => &mut self.open_overdue,
            (_, Some(Timeliness::DueSoon)) => &mut self.open_due_soon,
            (_, Some(Timeliness::InTime)) => &mut self.open_in_time,
            _ => &mut self.open_no_deadline,
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
    coverage: Coverage,
    claimed: Mean,
    verified: Mean,
}

impl RollUp {
    /// Takes one more counted task in.
    pub fn add(&mut self, task: &Counted) {
        self.counts.add(task);
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn task(weight: i32, lifecycle: Lifecycle, claimed: Option<i32>) -> Counted {
        let claimed = claimed.map(|p| Percent::from_hundredths(p).unwrap());
        Counted {
            weight,
            lifecycle,
            confirmed: false,
            timeliness: Some(Timeliness::InTime),
            claimed,
            verified: None,
            reported: claimed.is_some(),
            has_verified: false,
        }
    }

    fn any_task() -> impl Strategy<Value = Counted> {
        let lifecycles: Vec<_> = Lifecycle::ALL.iter().copied().filter(|l| *l != Lifecycle::Draft).collect();
        let percent = || proptest::option::of(0..=10_000i32);
        (1..1000i32, proptest::sample::select(lifecycles), any::<bool>(), proptest::sample::select(Timeliness::ALL), percent(), percent())
            .prop_map(|(weight, lifecycle, confirmed, timeliness, claimed, verified)| {
                let full = lifecycle == Lifecycle::Completed;
                let percent = |p: Option<i32>, full: bool| {
                    if full { Some(Percent::HUNDRED) } else { p.map(|p| Percent::from_hundredths(p).unwrap()) }
                };
                let (claimed, verified) = (percent(claimed, full), percent(verified, full && confirmed));
                Counted {
                    weight,
                    lifecycle,
                    confirmed,
                    timeliness: Some(timeliness),
                    claimed,
                    verified,
                    reported: claimed.is_some(),
                    has_verified: verified.is_some(),
                }
            })
    }

    #[test]
    fn rounding_is_half_up_and_once() {
        let of = |tasks: &[Counted]| tasks.iter().collect::<RollUp>().progress().claimed.map(Percent::hundredths);
        let busy = |w, p| task(w, Lifecycle::InProgress, Some(p));
        assert_eq!(of(&[busy(1, 1), busy(1, 2)]), Some(2));
        assert_eq!(of(&[busy(1, 0), busy(2, 1)]), Some(1));
        assert_eq!(of(&[busy(2, 0), busy(1, 1)]), Some(0));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[task(1, Lifecycle::NotStarted, None)]), None);
    }

    #[test]
    fn almost_everything_never_shows_as_everything() {
        let mut tasks = vec![task(9_999, Lifecycle::Completed, Some(10_000)); 3];
        tasks.push(task(1, Lifecycle::InProgress, Some(9_999)));
        assert_eq!(tasks.iter().collect::<RollUp>().progress().claimed.unwrap().hundredths(), 9_999);
        tasks.pop();
        assert_eq!(tasks.iter().collect::<RollUp>().progress().claimed, Some(Percent::HUNDRED));
        tasks.push(task(1, Lifecycle::NotStarted, None));
        assert_eq!(tasks.iter().collect::<RollUp>().progress().claimed.unwrap().hundredths(), 9_999);
    }

    #[test]
    fn suspended_work_is_counted_apart() {
        let roll_up: RollUp = [task(1, Lifecycle::Suspended, Some(0)), task(1, Lifecycle::InProgress, Some(5000))].iter().collect();
        assert_eq!(roll_up.progress().claimed.unwrap().hundredths(), 5000);
        assert_eq!((roll_up.counts().total, roll_up.counts().suspended, roll_up.progress().coverage.expected), (2, 1, 1));
    }

    proptest! {
        #[test]
        fn columns_sum_to_the_total(tasks in proptest::collection::vec(any_task(), 0..50)) {
            let c = tasks.iter().collect::<RollUp>().counts();
            let sum = c.completed_on_time + c.completed_late + c.open() + c.suspended + c.cancelled;
            prop_assert_eq!(usize::try_from(c.total).unwrap(), tasks.len());
            prop_assert_eq!(sum, c.total);
        }

        #[test]
        fn order_does_not_matter(tasks in proptest::collection::vec(any_task(), 0..50)) {
            let forward = tasks.iter().collect::<RollUp>();
            prop_assert_eq!(forward, tasks.iter().rev().collect::<RollUp>());
        }

        #[test]
        fn the_mean_lies_within_its_parts(tasks in proptest::collection::vec(any_task(), 1..50)) {
            let counted: Vec<i32> = tasks.iter()
                .filter(|t| !matches!(t.lifecycle, Lifecycle::Suspended | Lifecycle::Cancelled))
                .filter_map(|t| t.claimed).map(Percent::hundredths).collect();
            let mean = tasks.iter().collect::<RollUp>().progress().claimed.map(Percent::hundredths);
            match (mean, counted.iter().min(), counted.iter().max()) {
                (Some(mean), Some(low), Some(high)) => prop_assert!(mean >= (*low).min(9_999) && mean <= *high),
                (mean, low, _) => prop_assert!(mean.is_none() && low.is_none()),
            }
        }

        #[test]
        fn more_progress_never_lowers_the_mean(tasks in proptest::collection::vec(any_task(), 1..20), which in any::<proptest::sample::Index>()) {
            let before = tasks.iter().collect::<RollUp>().progress().claimed;
            let mut after = tasks.clone();
            let raised = which.get(&tasks).claimed.map(|p| Percent::from_hundredths((p.hundredths() + 500).min(10_000)).unwrap());
            let index = which.index(tasks.len());
            after[index].claimed = raised;
            prop_assert!(after.iter().collect::<RollUp>().progress().claimed >= before);
        }

        #[test]
        fn hundred_means_every_task_is_complete(tasks in proptest::collection::vec(any_task(), 1..6)) {
            let roll_up = tasks.iter().collect::<RollUp>();
            let live = || tasks.iter().filter(|t| !matches!(t.lifecycle, Lifecycle::Suspended | Lifecycle::Cancelled));
            if roll_up.progress().verified == Some(Percent::HUNDRED) {
                prop_assert!(live().all(|t| t.lifecycle == Lifecycle::Completed && t.confirmed));
            }
            if roll_up.progress().claimed == Some(Percent::HUNDRED) {
                prop_assert!(live().all(|t| t.lifecycle == Lifecycle::Completed));
            }
        }
    }
}
