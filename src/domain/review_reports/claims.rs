//! A written score held against the numbers: published sentences do not always add up.

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

/// Reads a written score; none where it holds no "X/Y".
pub fn read_score(text: &str) -> Option<WrittenScore> {
    let text = text.to_lowercase().replace("chỉ tiêu", " ");
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || ",;:.()".contains(c)).filter(|word| !word.is_empty()).collect();
    let (reached, total) = words.iter().find_map(|word| {
        let (reached, total) = word.split_once('/')?;
        Some((reached.parse().ok()?, total.parse().ok()?))
    })?;
    let before = |word: &str| {
        let mut pairs = words.iter().zip(words.iter().skip(1));
        pairs.find_map(|(number, after)| if *after == word { number.parse().ok() } else { None })
    };
    Some(WrittenScore { reached, total, exceeded: before("vượt"), met: before("đạt") })
}

impl ClaimedScore {
    /// A sentence held against the numbers: what of it does not add up in itself, and what differs from what was counted.
    pub fn check(text: &str, counted: &Score) -> Self {
        let mismatches = read_score(text).map(|written| mismatches(written, counted)).unwrap_or_default();
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
    }

    #[test]
    fn names() {
        crate::domain::text_enum::assert_names(ScorePart::ALL, ScorePart::as_str);
    }

    #[test]
    fn what_is_no_score_is_none() {
        for text in ["", "đạt và vượt", "16 / 18", "a/b đạt", "99999999999/1 đạt"] {
            assert_eq!(read_score(text), None, "{text}");
        }
    }
}
