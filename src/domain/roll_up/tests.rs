//! Counts, means and their order.

use super::*;
use proptest::prelude::*;

fn task(weight: i32, lifecycle: Lifecycle, claimed: Option<i32>) -> Counted {
    let claimed = claimed.map(|p| Percent::from_hundredths(p).unwrap());
    Counted {
        weight,
        lifecycle,
        confirmed: false,
        timeliness: Some(Timeliness::InTime),
        original: Some(Timeliness::InTime),
        rescheduled: false,
        claimed,
        verified: None,
        reported: claimed.is_some(),
        has_verified: false,
    }
}

pub fn any_task() -> impl Strategy<Value = Counted> {
    let lifecycles: Vec<_> = Lifecycle::ALL.iter().copied().filter(|l| *l != Lifecycle::Draft).collect();
    let percent = || proptest::option::of(0..=10_000i32);
    (
        1..1000i32,
        proptest::sample::select(lifecycles),
        any::<bool>(),
        proptest::sample::select(Timeliness::ALL),
        proptest::sample::select(Timeliness::ALL),
        percent(),
        percent(),
    )
        .prop_map(|(weight, lifecycle, confirmed, timeliness, original, claimed, verified)| {
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
                original: Some(original),
                rescheduled: original != timeliness,
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
