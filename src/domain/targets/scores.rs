//! The sentence a review is remembered by: "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt".

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Verdict;

/// How many indicators came to what. Sub-indicators are shown, and not counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "total": 18, "exceeded": 8, "met": 8, "basically_met": 0, "not_met": 2, "not_assessable": 0, "not_yet_due": 0
}))]
pub struct Score {
    /// All that are counted.
    pub total: u32,
    pub exceeded: u32,
    pub met: u32,
    pub basically_met: u32,
    pub not_met: u32,
    pub not_assessable: u32,
    pub not_yet_due: u32,
}

impl Score {
    /// Counts verdicts.
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut score = Self::default();
        for verdict in verdicts {
            score.total += 1;
            *match verdict {
                Verdict::Exceeded => &mut score.exceeded,
                Verdict::Met => &mut score.met,
                Verdict::BasicallyMet => &mut score.basically_met,
                Verdict::NotMet => &mut score.not_met,
                Verdict::NotAssessable => &mut score.not_assessable,
                Verdict::NotYetDue => &mut score.not_yet_due,
            } += 1;
        }
        score
    }

    /// Those that were met or exceeded; what was basically met is told apart.
    pub fn reached(&self) -> u32 {
        self.exceeded + self.met
    }

    /// All numbers: the total, then of each verdict in the order of [`Verdict::ALL`].
    pub fn counts(&self) -> [u32; 7] {
        let Self { total, exceeded, met, basically_met, not_met, not_assessable, not_yet_due } = *self;
        [total, exceeded, met, basically_met, not_met, not_assessable, not_yet_due]
    }

    /// By how much the parts of a published score miss its total; nothing where they add up.
    pub fn mismatch(&self) -> i64 {
        let [total, parts @ ..] = self.counts();
        i64::from(total) - parts.into_iter().map(i64::from).sum::<i64>()
    }

    /// The sentence, as Vietnamese reports have it.
    pub fn sentence(&self) -> String {
        let Self { total, exceeded, .. } = self;
        format!("{}/{total} chỉ tiêu đạt và vượt, trong đó {exceeded} vượt", self.reached())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Published scores: total, exceeded, met, basically met, not met; and by how much they miss.
    /// Source: tests/fixtures/golden-reviews/summary-sentences.csv.
    #[test]
    fn published_scores() {
        let cases = [
            ([12, 7, 5, 0, 0], 0, "12/12 chỉ tiêu đạt và vượt, trong đó 7 vượt"),
            ([18, 8, 8, 0, 2], 0, "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt"),
            ([16, 6, 3, 0, 7], 0, "9/16 chỉ tiêu đạt và vượt, trong đó 6 vượt"),
            ([25, 14, 11, 0, 0], 0, "25/25 chỉ tiêu đạt và vượt, trong đó 14 vượt"),
            // Hậu Giang 2011-2015 counts 19 of 19 and names 11 and 7.
            ([19, 11, 7, 0, 0], 1, "18/19 chỉ tiêu đạt và vượt, trong đó 11 vượt"),
        ];
        for ([total, exceeded, met, basically_met, not_met], mismatch, sentence) in cases {
            let score = Score { total, exceeded, met, basically_met, not_met, ..Score::default() };
            assert_eq!((score.mismatch(), score.sentence().as_str()), (mismatch, sentence));
        }
    }

    proptest! {
        /// What is counted adds up.
        #[test]
        fn nothing_is_lost(picks in proptest::collection::vec(0..6usize, 0..50)) {
            let score = Score::of(picks.iter().map(|pick| Verdict::ALL[*pick]));
            prop_assert_eq!((score.mismatch(), usize::try_from(score.total).ok()), (0, Some(picks.len())));
        }
    }
}
