//! What was reached, judged against a target.
//!
//! Above a range or number is exceeded, within it met, below it not met, and the other way round where less is better; beyond a bound
//! is exceeded, exactly on it met, whether it was written strictly or not. "Khoảng" allows nothing downwards.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Actual, KeptBound, Target, TargetDirection, TargetKind, Verdict};

/// Judges what was reached; `before` is what was reached the year before, for targets that ask to improve on it.
pub fn assess(target: &Target, direction: TargetDirection, actual: Option<&Actual>, before: Option<&Actual>, bounds: KeptBound) -> Verdict {
    let Some(actual) = actual else { return Verdict::NotYetDue };
    if !actual.is_readable() {
        return Verdict::NotAssessable;
    }
    let kept = |verdict: Verdict| match (verdict, bounds) {
        (Verdict::Exceeded, KeptBound::Met) => Verdict::Met,
        _ => verdict,
    };
    match (target.kind, target.low, target.high) {
        (TargetKind::Number | TargetKind::Range, Some(low), Some(high)) => match direction {
            TargetDirection::Range => stays(actual, (low, high)),
            _ => within(actual, (low, high), direction),
        },
        (TargetKind::Floor, Some(low), _) => kept(within(actual, (low, low), TargetDirection::Increase)),
        (TargetKind::Ceiling, _, Some(high)) => kept(within(actual, (high, high), TargetDirection::Decrease)),
        // A first place is a small number.
        (TargetKind::Rank, _, Some(place)) => kept(within(actual, (place, place), TargetDirection::Decrease)),
        (TargetKind::Improve, ..) => improved(actual, before, direction),
        _ => Verdict::NotAssessable,
    }
}

/// Judges a target that has to hold in every year of its period, from those that were told, of `years` in all: one that failed decides
/// it, and it is too early while one is missing.
pub fn assess_every(years: usize, verdicts: &[Verdict]) -> Verdict {
    let any = |verdict: Verdict| verdicts.contains(&verdict);
    if any(Verdict::NotMet) {
        Verdict::NotMet
    } else if any(Verdict::NotAssessable) {
        Verdict::NotAssessable
    } else if verdicts.len() < years || any(Verdict::NotYetDue) || verdicts.is_empty() {
        Verdict::NotYetDue
    } else if verdicts.iter().all(|verdict| *verdict == Verdict::Exceeded) {
        Verdict::Exceeded
    } else {
        Verdict::Met
    }
}

/// Whether what was reached lies between both ends; what is only known to lie somewhere has to lie there whole.
fn stays(actual: &Actual, (low, high): (Decimal, Decimal)) -> Verdict {
    let (Some(least), Some(most)) = (actual.low, actual.high) else { return Verdict::NotAssessable };
    if low <= least && most <= high { Verdict::Met } else { Verdict::NotMet }
}

/// Where what was reached stands to both ends. Of what is only known to lie somewhere the worse end decides.
fn within(actual: &Actual, (low, high): (Decimal, Decimal), direction: TargetDirection) -> Verdict {
    let more_is_better = more_is_better(direction);
    let worse = if more_is_better { actual.low } else { actual.high };
    let Some(worse) = worse else {
        // "Trên 4" where less is better: it may be anything, unless it fails already.
        return if fails_open(actual, (low, high), more_is_better) { Verdict::NotMet } else { Verdict::NotAssessable };
    };
    let (better, least) = if more_is_better { (worse.cmp(&high), worse.cmp(&low)) } else { (low.cmp(&worse), high.cmp(&worse)) };
    let open = actual.strict && (actual.low.is_none() || actual.high.is_none());
    match (better, least) {
        (Ordering::Greater, _) => Verdict::Exceeded,
        (Ordering::Equal, _) if open => Verdict::Exceeded,
        (_, Ordering::Less) => Verdict::NotMet,
        _ => Verdict::Met,
    }
}

/// Whether the end that is known lies on the wrong side already.
fn fails_open(actual: &Actual, (low, high): (Decimal, Decimal), more_is_better: bool) -> bool {
    if more_is_better {
        actual.high.is_some_and(|most| most < low || (most == low && actual.strict))
    } else {
        actual.low.is_some_and(|least| least > high || (least == high && actual.strict))
    }
}

/// A first place is a small number; where bounds are to be kept, each bound says itself which side is better.
pub(crate) fn more_is_better(direction: TargetDirection) -> bool {
    matches!(direction, TargetDirection::Increase | TargetDirection::Range)
}

fn improved(actual: &Actual, before: Option<&Actual>, direction: TargetDirection) -> Verdict {
    let Some((now, then)) = actual.single().zip(before.and_then(Actual::single)) else { return Verdict::NotAssessable };
    let better = if more_is_better(direction) { now > then } else { now < then };
    if better { Verdict::Met } else { Verdict::NotMet }
}

#[cfg(test)]
mod tests {
    use super::super::{read_actual, read_target};
    use super::*;
    use proptest::prelude::*;

    fn verdict(target: &str, direction: TargetDirection, actual: &str) -> Verdict {
        assess(&read_target(target, ""), direction, Some(&read_actual(actual, "")), None, KeptBound::Exceeded)
    }

    #[test]
    fn numbers_ranges_and_bounds() {
        use TargetDirection::{Decrease, Increase, Range, Rank};
        use Verdict::{Exceeded, Met, NotAssessable, NotMet};
        let cases = [
            ("6,5-7", Increase, "6,4", NotMet),
            ("6,5-7", Increase, "7", Met),
            ("6,5-7", Increase, "7,01", Exceeded),
            ("60-62", Increase, "61-62", Met),
            ("4", Increase, "Trên 4", Exceeded),
            ("4", Increase, "Dưới 4", NotMet),
            ("4", Increase, "Dưới 5", NotAssessable),
            ("Khoảng 4", Decrease, "2,79", Exceeded),
            ("Khoảng 100 nghìn tỷ đồng", Increase, "99.999", NotMet),
            ("trên 80%", Increase, "80", Met),
            ("từ 10% trở lên", Increase, "9,99", NotMet),
            ("Dưới 3", Decrease, "Xuất siêu", Exceeded),
            ("<4,5", Decrease, "6,1", NotMet),
            ("Giảm 2,5-3", Increase, "Giảm 6,55", Exceeded),
            ("0 hộ nghèo", Decrease, "0", Met),
            ("không còn hộ nghèo", Decrease, "3", NotMet),
            ("trong nhóm 30 tỉnh dẫn đầu", Increase, "30", Met),
            ("trong nhóm 30 tỉnh dẫn đầu", Increase, "31", NotMet),
            ("2,0-2,1", Range, "2,1", Met),
            ("2,0-2,1", Range, "2,2", NotMet),
            ("2,0-2,1", Range, "1,9", NotMet),
            ("2,0-2,1", Range, "Trên 2", NotAssessable),
            ("trên 80%", Range, "81", Exceeded),
            ("30", Rank, "12", Exceeded),
            ("30", Rank, "31", NotMet),
            ("giữ vững ổn định", Increase, "5", NotAssessable),
            ("10", Increase, "chưa thống kê", NotAssessable),
        ];
        for (target, direction, actual, expected) in cases {
            assert_eq!(verdict(target, direction, actual), expected, "{target} / {actual}");
        }
        let kept = assess(&read_target("Dưới 4", ""), Decrease, Some(&read_actual("3,1", "")), None, KeptBound::Met);
        assert_eq!(kept, Met, "where a kept bound is only met");
    }

    #[test]
    fn better_than_the_year_before() {
        let (target, now, then) = (read_target("Năm sau cao hơn năm trước", ""), read_actual("17", ""), read_actual("23", ""));
        let judged = |before| assess(&target, TargetDirection::Decrease, Some(&now), before, KeptBound::Exceeded);
        assert_eq!((judged(Some(&then)), judged(Some(&now)), judged(None)), (Verdict::Met, Verdict::NotMet, Verdict::NotAssessable));
        assert_eq!(assess(&target, TargetDirection::Increase, None, None, KeptBound::Exceeded), Verdict::NotYetDue);
    }

    #[test]
    fn every_year_of_the_term() {
        use Verdict::{Exceeded, Met, NotAssessable, NotMet, NotYetDue};
        assert_eq!(assess_every(5, &[Met, Met]), NotYetDue);
        assert_eq!(assess_every(5, &[Met, NotMet]), NotMet, "one that failed decides it");
        assert_eq!(assess_every(2, &[Exceeded, Met]), Met);
        assert_eq!(assess_every(2, &[Exceeded, Exceeded]), Exceeded);
        assert_eq!(assess_every(2, &[Exceeded, NotAssessable]), NotAssessable);
        assert_eq!(assess_every(0, &[]), NotYetDue);
    }

    proptest! {
        /// More is never judged worse where more is better, nor less where less is.
        #[test]
        fn monotone(low in 0..1000i64, width in 0..100i64, first in 0..1200i64, more in 0..100i64) {
            let target = read_target(&format!("{low}-{}", low + width), "");
            let place = |verdict| [Verdict::NotMet, Verdict::Met, Verdict::Exceeded].iter().position(|known| *known == verdict).unwrap();
            let judged = |direction, value: i64| place(assess(&target, direction, Some(&Actual::number("", value.into())), None, KeptBound::Exceeded));
            prop_assert!(judged(TargetDirection::Increase, first) <= judged(TargetDirection::Increase, first + more));
            prop_assert!(judged(TargetDirection::Decrease, first) >= judged(TargetDirection::Decrease, first + more));
        }

        /// Whatever is written, judging it ends.
        #[test]
        fn nothing_panics(target in any::<String>(), actual in any::<String>()) {
            let _ = verdict(&target, TargetDirection::Increase, &actual);
        }
    }
}
