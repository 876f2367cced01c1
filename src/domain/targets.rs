//! Targets of indicators (mức phấn đấu) in their own words, what was reached, and what that comes to.
//!
//! A congress writes "6,5-7", "trên 80%", "nhóm 30 tỉnh đầu" or "năm sau cao hơn năm trước", and a review says vượt, đạt or không đạt.
//! The words are kept and read; what cannot be read is told so and never judged. How published reviews judge, and where they differ
//! among themselves, is told in `tests/fixtures/golden-reviews`.

mod numbers;
mod reading;
mod scales;
mod scores;
mod verdicts;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use numbers::{rounded, written};
pub use reading::{read_actual, read_target};
pub use scales::{MidTerm, MidTermCount, MidTermScale, MidTermVerdict, count_mid_term, mid_term, share_reached};
pub use scores::Score;
pub(crate) use verdicts::more_is_better;
pub use verdicts::{assess, assess_every};

text_enum! {
    /// Which way is better.
    pub enum TargetDirection {
        /// More is better.
        Increase = "increase",
        /// Less is better.
        Decrease = "decrease",
        /// A place among others: a small number is better.
        Rank = "rank",
        /// To stay within bounds: past either end is worse.
        Range = "range",
    }
}

text_enum! {
    /// What sort of target some words set.
    pub enum TargetKind {
        /// One number: "70 %".
        Number = "number",
        /// From one number to another: "6,5-7".
        Range = "range",
        /// At least, or more than a number: "trên 80 %", "từ 10 % trở lên".
        Floor = "floor",
        /// At most, or less than a number: "dưới 3", "không quá 4,5".
        Ceiling = "ceiling",
        /// A place among others: "trong nhóm 30 tỉnh đầu".
        Rank = "rank",
        /// Better than the year before: "năm sau cao hơn năm trước".
        Improve = "improve",
        /// In words alone: only people can judge it.
        Qualitative = "qualitative",
        /// Words that contradict themselves or say too much: never judged.
        Unreadable = "unreadable",
    }
}

text_enum! {
    /// What came of an indicator.
    pub enum Verdict {
        /// Vượt.
        Exceeded = "exceeded",
        /// Đạt.
        Met = "met",
        /// Cơ bản đạt: some components of one indicator, but not all.
        BasicallyMet = "basically_met",
        /// Không đạt.
        NotMet = "not_met",
        /// The target or what was reached cannot be read, or there is nothing to compare it with.
        NotAssessable = "not_assessable",
        /// Too early: its period is not over, or nothing was told of it.
        NotYetDue = "not_yet_due",
    }
}

text_enum! {
    /// What a kept bound is called: published reviews differ.
    pub enum KeptBound {
        /// Beyond a floor or ceiling is exceeded, exactly on it met: most reviews.
        Exceeded = "exceeded",
        /// A floor or ceiling is kept or not: beyond it is met as well.
        Met = "met",
    }
}

/// What some words say in numbers; both ends are missing where they say none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Target {
    /// The words, as they were written.
    #[schema(example = "6,5-7")]
    pub text: String,
    pub kind: TargetKind,
    /// The least that is wanted.
    #[schema(value_type = Option<String>, example = "6.5", required)]
    pub low: Option<Decimal>,
    /// The most that is wanted.
    #[schema(value_type = Option<String>, example = "7", required)]
    pub high: Option<Decimal>,
    /// Whether it was written as more than or less than: kept for what is shown, as no review tells the difference.
    pub strict: bool,
    /// "khoảng", which allows nothing downwards.
    pub about: bool,
    /// Whether it has to hold in every year of its period.
    pub every_year: bool,
    /// "giảm …": the number is by how much it falls.
    pub falls: bool,
    /// A stock told beside the flow: "0,7 (còn 4,33 %)".
    #[schema(value_type = Option<String>, example = json!(null), required)]
    pub stock: Option<Decimal>,
}

/// What was reached, as it was told: one number, two, or an open end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Actual {
    /// The words, as they were written.
    #[schema(example = "7,02")]
    pub text: String,
    /// The least it can be; missing where nothing bounds it from below.
    #[schema(value_type = Option<String>, example = "7.02", required)]
    pub low: Option<Decimal>,
    /// The most it can be.
    #[schema(value_type = Option<String>, example = "7.02", required)]
    pub high: Option<Decimal>,
    /// Whether an open end leaves out its bound: "trên 4" is more than 4.
    pub strict: bool,
}

impl Actual {
    /// A number.
    pub fn number(text: impl Into<String>, number: Decimal) -> Self {
        Self { text: text.into(), low: Some(number), high: Some(number), strict: false }
    }

    /// The one number it is, if it is one.
    pub fn single(&self) -> Option<Decimal> {
        self.low.filter(|low| self.high == Some(*low))
    }

    /// Whether anything can be compared.
    pub fn is_readable(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }
}

#[cfg(test)]
mod tests;
