//! A written score held against the numbers: published sentences do not always add up.

mod reading;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::targets::Score;

/// A sentence "X/Y chỉ tiêu đạt và vượt, trong đó Z vượt" that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClaimedScore {
    /// As it was written.
    #[schema(example = "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt")]
    pub text: String,
    /// What of it does not agree; empty where all does.
    pub mismatches: Vec<ScoreMismatch>,
}

/// Where a written score does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScoreMismatch {
    pub part: ScorePart,
    /// What the sentence says.
    pub said: u32,
    /// What it comes to.
    pub counted: u32,
}

text_enum! {
    /// A number of a written score.
    pub enum ScorePart {
        /// Y: all that are counted.
        Total = "total",
        /// X: đạt và vượt.
        Reached = "reached",
        /// Z: vượt.
        Exceeded = "exceeded",
        /// Đạt, where it is told apart: with those exceeded it should make X.
        Met = "met",
    }
}

/// The numbers of a written score: "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt, 8 đạt".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenScore {
    /// X: đạt và vượt.
    pub reached: u32,
    /// Y: all that are counted.
    pub total: u32,
    /// Z: vượt, if it is told.
    pub exceeded: Option<u32>,
    /// Đạt, if it is told apart.
    pub met: Option<u32>,
}

/// Reads a written score; none where it holds no "X/Y" of what was reached, or says "vượt" of some without a number that can be read.
pub fn read_score(text: &str) -> Option<WrittenScore> {
    reading::read(text).and_then(|(written, unread)| if unread { None } else { Some(written) })
}

impl ClaimedScore {
    /// A sentence held against the numbers: what of it does not add up in itself, and what differs from what was counted.
    pub fn check(text: &str, counted: &Score) -> Self {
        // Such a sentence is refused when it is saved. Where one was kept from before, nothing is said that could agree.
        let unread = |part, counted| ScoreMismatch { part, said: 0, counted };
        let mismatches = match reading::read(text) {
            None => vec![unread(ScorePart::Total, counted.total)],
            Some((written, false)) => mismatches(written, counted),
            Some((written, true)) => {
                let exceeded = unread(ScorePart::Exceeded, counted.exceeded);
                mismatches(written, counted).into_iter().chain([exceeded]).collect()
            }
        };
        Self { text: text.to_owned(), mismatches }
    }
}

fn mismatches(written: WrittenScore, counted: &Score) -> Vec<ScoreMismatch> {
    let inside = written.met.zip(written.exceeded).map(|(met, exceeded)| (ScorePart::Met, met, written.reached.saturating_sub(exceeded)));
    let beside = [
        Some((ScorePart::Total, written.total, counted.total)),
        Some((ScorePart::Reached, written.reached, counted.reached())),
        written.exceeded.map(|exceeded| (ScorePart::Exceeded, exceeded, counted.exceeded)),
    ];
    let all = inside.into_iter().chain(beside.into_iter().flatten());
    all.filter(|(_, said, counted)| said != counted).map(|(part, said, counted)| ScoreMismatch { part, said, counted }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn score(total: u32, exceeded: u32, met: u32) -> Score {
        Score { total, exceeded, met, not_met: total - exceeded - met, ..Score::default() }
    }

    fn checked(text: &str, counted: &Score) -> Vec<(ScorePart, u32, u32)> {
        let claimed = ClaimedScore::check(text, counted);
        claimed.mismatches.into_iter().map(|m| (m.part, m.said, m.counted)).collect()
    }

    /// Published sentences. Source: tests/fixtures/golden-reviews/summary-sentences.csv.
    #[test]
    fn published_sentences() {
        assert_eq!(checked("16/18 đạt và vượt, trong đó 8 vượt", &score(18, 8, 8)), []);
        assert_eq!(checked("12/12 đạt và vượt; 7 vượt, 5 đạt", &score(12, 7, 5)), []);
        assert_eq!(checked("18/19 (12 vượt, 6 đạt, 1 không đạt)", &score(19, 12, 6)), []);
        // Hậu Giang 2011-2015: 11 and 7 make 18, not 19.
        assert_eq!(checked("19/19 chỉ tiêu đạt, 11 vượt và 7 đạt", &score(19, 11, 8)), [(ScorePart::Met, 7, 8)]);
    }

    #[test]
    fn what_differs_from_the_numbers_is_told() {
        let counted = score(15, 5, 6);
        let all = [(ScorePart::Total, 18, 15), (ScorePart::Reached, 16, 11), (ScorePart::Exceeded, 8, 5)];
        assert_eq!(checked("16/18 chỉ tiêu đạt và vượt, trong đó 8 chỉ tiêu vượt", &counted), all);
        assert_eq!(checked(&counted.sentence(), &counted), []);
        assert_eq!(checked("Đến tháng 9/2023, 11/15 chỉ tiêu đạt và vượt", &counted), []);
        assert_eq!(checked("11/15 đạt và vượt, trong đó vượt 10", &counted), [(ScorePart::Exceeded, 10, 5)]);
    }

    #[test]
    fn what_cannot_be_read_does_not_agree() {
        let counted = score(18, 8, 8);
        assert_eq!(checked("16/18 chỉ tiêu đạt và vượt, trong đó nhiều chỉ tiêu vượt", &counted), [(ScorePart::Exceeded, 0, 8)]);
        assert_eq!(checked("đạt và vượt", &counted), [(ScorePart::Total, 0, 18)]);
        assert_eq!(read_score("16/18 chỉ tiêu đạt và vượt, trong đó nhiều chỉ tiêu vượt"), None);
    }

    #[test]
    fn names() {
        crate::domain::text_enum::assert_names(ScorePart::ALL, ScorePart::as_str);
    }

    #[test]
    fn what_is_no_score_is_none() {
        for text in ["", "đạt và vượt", "16 / 18", "a/b đạt", "99999999999/1 đạt", "19/18 đạt", "vượt 8, đạt 8"] {
            assert_eq!(read_score(text), None, "{text}");
        }
    }

    proptest! {
        /// The sentence the program writes says what was counted, in whatever letters.
        #[test]
        fn sentences_of_the_program_agree(exceeded in 0..3_000u32, met in 0..3_000u32, others in 0..3_000u32) {
            let counted = score(exceeded + met + others, exceeded, met);
            let written = WrittenScore { reached: exceeded + met, total: counted.total, exceeded: Some(exceeded), met: None };
            let sentence = counted.sentence();
            for text in [sentence.clone(), sentence.to_uppercase(), sentence.nfd().collect()] {
                prop_assert_eq!(read_score(&text), Some(written));
                prop_assert_eq!(checked(&text, &counted), []);
            }
        }
    }
}
