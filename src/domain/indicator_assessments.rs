//! Assessment of indicators (đánh giá chỉ tiêu): what the values of a period come to against its target, and what was decided officially.
//!
//! The computed verdict and the official one stand side by side; where they differ, the official one carries a reason.

mod judging;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub use judging::{judge, together};

use super::indicators::Aggregation;
use super::periods::{self, Period};
use super::targets::{Actual, Target, TargetDirection, Verdict};

text_enum! {
    /// Why a verdict is what it is, where the numbers alone do not say.
    pub enum VerdictCause {
        /// The target is in words: only people can judge it.
        TargetInWords = "target_in_words",
        /// The target cannot be read.
        TargetUnreadable = "target_unreadable",
        /// What was reached cannot be read, or leaves it open.
        ValueUnreadable = "value_unreadable",
        /// The period is over, and nothing was told of it.
        ValueMissing = "value_missing",
        /// The period is not over.
        NotOver = "not_over",
        /// There is nothing before to compare it with.
        NothingBefore = "nothing_before",
        /// It is measured in another way than before.
        NotComparable = "not_comparable",
        /// Its components decide.
        Components = "components",
    }
}

/// An official verdict (đánh giá chính thức).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"period": "2025", "verdict": "met", "reason": "Ban Thường vụ thống nhất đánh giá đạt theo số liệu điều chỉnh."}))]
pub struct AssessmentDraft {
    /// The period it speaks of: one that has a target.
    #[schema(example = "2025", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")]
    #[validate(custom(function = periods::id_or_span))]
    pub period: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Why; needed where it differs from the computed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
    /// The document it was decided in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "284/BC-UBND", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub document: Option<String>,
}

/// A value as it counts: the latest of its period that was not returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Id of its period.
    pub id: String,
    /// Its days.
    pub period: Period,
    /// What was reached.
    pub actual: Actual,
    /// Whether it is measured in another way than those before.
    pub breaks_series: bool,
}

/// What is to be judged.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The target.
    pub target: &'a Target,
    /// Id of its period.
    pub id: &'a str,
    /// Its days.
    pub period: Period,
    /// Which way is better.
    pub direction: TargetDirection,
    /// How several years come to one.
    pub aggregation: Aggregation,
    /// First and last year of the indicator's path.
    pub path: (i32, i32),
    /// The day it is asked.
    pub today: chrono::NaiveDate,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Judgement {
    /// What was compared, if anything was.
    pub actual: Option<Actual>,
    /// What it comes to.
    pub verdict: Verdict,
    /// Why, where the numbers alone do not say.
    pub cause: Option<VerdictCause>,
    /// The periods whose values were compared, in their order.
    #[schema(example = json!(["2025"]))]
    pub periods: Vec<String>,
}

impl Judgement {
    fn without(verdict: Verdict, cause: VerdictCause) -> Self {
        Self { actual: None, verdict, cause: Some(cause), periods: Vec::new() }
    }
}
