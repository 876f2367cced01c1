//! What tasks bring adds up to what the roll-up says.

use proptest::prelude::*;

use super::*;
use crate::domain::roll_up::RollUp;
use crate::domain::roll_up::tests::any_task;
use crate::domain::text_enum::assert_names;

#[test]
fn names_agree() {
    assert_names(Number::ALL, Number::as_str);
    assert_names(PartIn::ALL, PartIn::as_str);
    assert_names(Outside::ALL, Outside::as_str);
}

#[test]
fn a_mean_is_shown_before_it_is_rounded() {
    let of = |weighted, weight| Sum { weighted, weight, ..Sum::default() }.unrounded();
    assert_eq!(of(10_000, 3).as_deref(), Some("33.333333"));
    assert_eq!(of(0, 2).as_deref(), Some("0.000000"));
    assert_eq!(of(0, 0), None);
}

fn sum(number: Number, tasks: &[Counted]) -> Sum {
    let mut sum = Sum::default();
    tasks.iter().for_each(|task| sum.add(task.weight, number.share(task)));
    sum
}

proptest! {
    #[test]
    fn the_parts_of_a_number_add_up_to_it(tasks in prop::collection::vec(any_task(), 0..40)) {
        let roll_up: RollUp = tasks.iter().collect();
        let progress = roll_up.progress();
        for number in Number::ALL.iter().copied() {
            let sum = sum(number, &tasks);
            let counted = match number {
                Number::Rescheduled => roll_up.rescheduled(),
                Number::Expected => progress.coverage.expected,
                Number::Reported => progress.coverage.reported,
                Number::WithVerified => progress.coverage.verified,
                Number::Light => roll_up.counts().total,
                _ => number.count(&roll_up.counts()).unwrap_or(sum.counted),
            };
            prop_assert_eq!(sum.counted, counted, "{}", number);
            let percent = match number {
                Number::Claimed => progress.claimed,
                Number::Verified => progress.verified,
                _ => continue,
            };
            // Half-up by hand; what is capped below 100 is at most half a hundredth off.
            let by_hand = (sum.weight > 0).then(|| (2 * sum.weighted + sum.weight) / (2 * sum.weight));
            let said = percent.map(|percent| i64::from(percent.hundredths()));
            let capped = by_hand == Some(10_000) && said == Some(9_999);
            prop_assert!(by_hand == said || capped, "{number}: {by_hand:?} {said:?}");
        }
    }
}
