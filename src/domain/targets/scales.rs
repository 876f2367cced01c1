//! What is said of an indicator before its period is over (đánh giá giữa kỳ): provinces use one of several scales.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Target, TargetDirection, Verdict, more_is_better};

text_enum! {
    /// A scale of the middle of a term.
    pub enum MidTermScale {
        /// "Đạt tiến độ, chưa đạt tiến độ".
        Progress = "progress",
        /// "Có khả năng đạt, khó đạt".
        Likelihood = "likelihood",
        /// "Đạt trên 60%, dưới 50%, đánh giá cuối kỳ".
        Share = "share",
    }
}

text_enum! {
    /// What is said at mid-term.
    pub enum MidTermVerdict {
        /// Đạt và vượt: already.
        Reached = "reached",
        /// Đạt tiến độ.
        OnTrack = "on_track",
        /// Chưa đạt tiến độ.
        Behind = "behind",
        /// Có khả năng đạt.
        Likely = "likely",
        /// Khó đạt.
        Unlikely = "unlikely",
        /// Đạt từ 60 % trở lên.
        FromSixty = "from_sixty",
        /// Đạt từ 50 đến dưới 60 %.
        FromFifty = "from_fifty",
        /// Đạt dưới 50 %.
        BelowFifty = "below_fifty",
        /// Đánh giá cuối kỳ: nothing can be said yet.
        AtTermEnd = "at_term_end",
    }
}

/// What is known of an indicator at mid-term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MidTerm {
    /// What the numbers come to, or what was decided.
    pub verdict: Verdict,
    /// Whether it keeps to its path; none where the path says nothing.
    pub on_path: Option<bool>,
    /// How much of the target is reached, in percent.
    pub share: Option<Decimal>,
}

/// What the scale says. What cannot be told is left to the end of the term, and nothing is guessed.
pub fn mid_term(scale: MidTermScale, known: MidTerm) -> MidTermVerdict {
    if matches!(known.verdict, Verdict::Exceeded | Verdict::Met) {
        return MidTermVerdict::Reached;
    }
    match (scale, known.on_path, known.share) {
        (MidTermScale::Progress, Some(true), _) => MidTermVerdict::OnTrack,
        (MidTermScale::Progress, Some(false), _) => MidTermVerdict::Behind,
        (MidTermScale::Likelihood, Some(true), _) => MidTermVerdict::Likely,
        (MidTermScale::Likelihood, Some(false), _) => MidTermVerdict::Unlikely,
        (MidTermScale::Share, _, Some(share)) if share >= Decimal::from(60) => MidTermVerdict::FromSixty,
        (MidTermScale::Share, _, Some(share)) if share >= Decimal::from(50) => MidTermVerdict::FromFifty,
        (MidTermScale::Share, _, Some(_)) => MidTermVerdict::BelowFifty,
        _ => MidTermVerdict::AtTermEnd,
    }
}

/// How much of a target is reached, in percent; none where less is better, or where it wants nothing that can be shared.
pub fn share_reached(target: &Target, direction: TargetDirection, reached: Decimal) -> Option<Decimal> {
    let wanted = target.low.or(target.high).filter(|wanted| more_is_better(direction) && *wanted > Decimal::ZERO)?;
    reached.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(wanted)
}

/// How many indicators the scale says what of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MidTermCount {
    pub verdict: MidTermVerdict,
    #[schema(example = 7)]
    pub count: u32,
}

/// Counts, in the order of the scale; what nothing is said of is left out.
pub fn count_mid_term(verdicts: impl IntoIterator<Item = MidTermVerdict>) -> Vec<MidTermCount> {
    let verdicts: Vec<MidTermVerdict> = verdicts.into_iter().collect();
    let count = |verdict: MidTermVerdict| u32::try_from(verdicts.iter().filter(|said| **said == verdict).count()).unwrap_or(u32::MAX);
    let counts = MidTermVerdict::ALL.iter().map(|verdict| MidTermCount { verdict: *verdict, count: count(*verdict) });
    counts.filter(|counted| counted.count > 0).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read_target;
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names() {
        assert_names(MidTermScale::ALL, MidTermScale::as_str);
        assert_names(MidTermVerdict::ALL, MidTermVerdict::as_str);
    }

    fn said(scale: MidTermScale, on_path: Option<bool>, share: Option<i64>) -> MidTermVerdict {
        mid_term(scale, MidTerm { verdict: Verdict::NotYetDue, on_path, share: share.map(Decimal::from) })
    }

    #[test]
    fn three_scales() {
        use MidTermScale::{Likelihood, Progress, Share};
        use MidTermVerdict::{AtTermEnd, Behind, BelowFifty, FromFifty, FromSixty, Likely, OnTrack, Reached, Unlikely};
        assert_eq!((said(Progress, Some(true), None), said(Progress, Some(false), Some(90))), (OnTrack, Behind));
        assert_eq!((said(Likelihood, Some(true), None), said(Likelihood, Some(false), None)), (Likely, Unlikely));
        assert_eq!(
            [60, 59, 50, 49, 0].map(|share| said(Share, Some(true), Some(share))),
            [FromSixty, FromFifty, FromFifty, BelowFifty, BelowFifty]
        );
        for scale in MidTermScale::ALL {
            assert_eq!(said(*scale, None, None), AtTermEnd);
            let met = MidTerm { verdict: Verdict::Met, on_path: Some(false), share: None };
            assert_eq!(mid_term(*scale, met), Reached);
        }
    }

    /// Hậu Giang at the middle of its XIII term (22-8-2018): 5 met or exceeded, 7 above 60 %, 1 below 50 %, 5 to be judged at the end, of 18.
    #[test]
    fn the_published_count_adds_up() {
        use MidTermVerdict::{AtTermEnd, BelowFifty, FromSixty, Reached};
        let verdicts = [vec![Reached; 5], vec![FromSixty; 7], vec![BelowFifty; 1], vec![AtTermEnd; 5]].concat();
        let counts: Vec<(MidTermVerdict, u32)> = count_mid_term(verdicts).iter().map(|c| (c.verdict, c.count)).collect();
        assert_eq!(counts, [(Reached, 5), (FromSixty, 7), (BelowFifty, 1), (AtTermEnd, 5)]);
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<u32>(), 18);
    }

    #[test]
    fn shares_are_told_where_more_is_better() {
        let share = |target: &str, direction, reached: i64| share_reached(&read_target(target, ""), direction, reached.into());
        assert_eq!(share("75.000", TargetDirection::Increase, 31_110).map(|s| s.round().to_string()).as_deref(), Some("41"));
        assert_eq!(share("77-80", TargetDirection::Increase, 77), Some(Decimal::ONE_HUNDRED), "the nearer end");
        assert_eq!((share("0", TargetDirection::Increase, 5), share("Dưới 3", TargetDirection::Decrease, 2)), (None, None));
    }

    proptest! {
        /// Each is counted once.
        #[test]
        fn nothing_is_lost(picks in proptest::collection::vec(0..MidTermVerdict::ALL.len(), 0..40)) {
            let counts = count_mid_term(picks.iter().map(|pick| MidTermVerdict::ALL[*pick]));
            prop_assert_eq!(usize::try_from(counts.iter().map(|c| c.count).sum::<u32>()).ok(), Some(picks.len()));
        }
    }
}
