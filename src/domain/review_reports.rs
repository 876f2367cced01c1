//! The consolidated report of a review round (báo cáo sơ kết, tổng kết): what is frozen, and what documents are made of.
//!
//! It holds no id of the installation, only codes, numbers and words, so that the same data gives the same bytes wherever it lies
//! (`docs/adr/0027-frozen-reviews.md`).

mod claims;
mod drafts;
mod unit_scores;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Percent;
use super::indicator_assessments::VerdictCause;
use super::indicator_values::ValueStage;
use super::indicators::IndicatorRole;
use super::review_submissions::SubmissionState;
use super::reviews::{ReviewKind, ReviewTexts};
use super::statistics::FourWay;
use super::targets::{KeptBound, MidTermCount, MidTermScale, MidTermVerdict, Score, Verdict};

pub use claims::{ClaimedScore, ScoreMismatch, ScorePart, WrittenScore, read_score};
pub use drafts::{ApprovalDraft, DiffAgainst, DiffQuery, ErratumDraft, FreezeDraft, ReportQuery};
pub use unit_scores::UnitScore;

/// Version of the report's shape.
pub const FORMAT: u32 = 1;

/// The report of a review round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewReport {
    /// Version of this shape.
    pub format: u32,
    /// Which round.
    pub review: ReportedRound,
    /// All numbers are what was known at the end of this day in Vietnam.
    #[schema(example = "2023-10-01")]
    pub as_of: NaiveDate,
    /// Whether anything that is counted was made up for the demo.
    pub illustrative: bool,
    /// By which rules.
    pub rules: ReportRules,
    /// What came of the indicators.
    pub indicators: ReportedIndicators,
    /// What came of the tasks.
    pub tasks: ReportedTasks,
    /// What has changed since the round before; `null` where none was frozen.
    pub comparison: Option<Comparison>,
    /// What the focal office says of it all.
    pub texts: ReviewTexts,
    /// What the units handed in, in Vietnamese order of their names.
    pub submissions: Vec<ReportedSubmission>,
    /// Why it was frozen before the day it was due; `null` if it was not.
    pub early_reason: Option<String>,
    /// Why it was frozen without what some units owe; `null` if none owed anything.
    pub missing_reason: Option<String>,
}

/// The round a report belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedRound {
    pub kind: ReviewKind,
    #[schema(example = "Sơ kết 3 năm thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV")]
    pub title: String,
    /// The day its years are counted from.
    #[schema(example = "2020-10-14")]
    pub anchor_on: NaiveDate,
    /// The day it is due.
    #[schema(example = "2023-10-14")]
    pub due_on: NaiveDate,
    /// Title of the resolution or programme it looks back on.
    pub document: String,
    /// Its number, as printed.
    #[schema(example = "04-NQ/TU")]
    pub number: Option<String>,
    /// The province.
    pub area: ReportedName,
}

/// A unit or an area as it is named in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedName {
    #[schema(example = "hg-so-y-te")]
    pub code: String,
    #[schema(example = "Sở Y tế")]
    pub name: String,
}

/// The rules a report was made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportRules {
    /// What a kept floor or ceiling is called.
    pub kept_bound: KeptBound,
    /// The scale of mid-term; `null` where none is used.
    pub scale: Option<MidTermScale>,
    /// The period whose targets are judged; `null` for each indicator's last one.
    #[schema(example = "2023")]
    pub period: Option<String>,
    /// Version of the roll-up's formula.
    pub formula_version: u32,
}

/// What came of the indicators of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedIndicators {
    /// By the verdicts that count: official ones, where there are any.
    pub score: Score,
    /// By the numbers alone.
    pub computed: Score,
    /// The sentence a review is remembered by.
    #[schema(example = "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt")]
    pub sentence: String,
    /// What the scale of mid-term says of how many; `null` where none is used.
    pub mid_term: Option<Vec<MidTermCount>>,
    /// The sentence as the paper has it, held against the numbers; `null` where none was given.
    pub claimed: Option<ClaimedScore>,
    /// By their places, each with those below it.
    pub lines: Vec<ReportedIndicator>,
}

/// One indicator of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedIndicator {
    /// Its place in the document, as it is printed.
    #[schema(example = "3.1")]
    pub place: String,
    pub name: String,
    /// Whether the score counts it: a main one, of which the document sets a target for the period that is judged.
    pub counted: bool,
    /// The unit of measure.
    #[schema(example = "%/năm")]
    pub measure: Option<String>,
    pub role: IndicatorRole,
    /// The unit that reports on it.
    pub lead_unit: Option<ReportedName>,
    /// The target that is judged; `null` where the document sets none for the period.
    pub target: Option<ReportedNumber>,
    /// What it is judged by: a value, or what several years come to; `null` where nothing was told.
    pub actual: Option<ReportedNumber>,
    /// The latest that was told of it.
    pub newest: Option<ReportedNumber>,
    /// How sure the latest is.
    pub stage: Option<ValueStage>,
    /// What the numbers come to.
    pub computed: Verdict,
    /// Why, where the numbers alone do not say.
    pub cause: Option<VerdictCause>,
    /// The verdict that counts.
    pub verdict: Verdict,
    /// Why it was decided otherwise than the numbers say; `null` where it was not.
    pub reason: Option<String>,
    /// Whether the last year that can be held against its path is on it; `null` where none can.
    pub on_path: Option<bool>,
    /// What the scale of mid-term says.
    pub mid_term: Option<MidTermVerdict>,
}

impl ReportedIndicator {
    /// Whether there is anything to judge it by: a target, or components that have some.
    pub fn is_judged(&self) -> bool {
        self.counted || self.target.is_some()
    }
}

/// A target or a value, in words and as a number where it is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedNumber {
    #[schema(example = "2023")]
    pub period: String,
    #[schema(example = "80,33")]
    pub text: String,
    #[schema(value_type = Option<String>, example = "80.33", required)]
    pub number: Option<Decimal>,
}

/// What came of the tasks of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedTasks {
    /// All of them.
    pub total: ReportedCounts,
    /// The units that lead any, in Vietnamese order of their names.
    pub units: Vec<ReportedUnit>,
    /// The open ones whose deadline has passed, the longest overdue first. What is secret is counted and not listed.
    pub overdue: Vec<ReportedTask>,
}

impl ReportedTasks {
    /// How many overdue tasks are counted and not listed, because they are secret.
    pub fn unlisted(&self) -> u32 {
        self.total.statistic.open_overdue.saturating_sub(u32::try_from(self.overdue.len()).unwrap_or(u32::MAX))
    }
}

/// The official statistic, and progress beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedCounts {
    pub statistic: FourWay,
    /// What units say.
    #[schema(value_type = Option<f64>, example = 72.5, required)]
    pub claimed: Option<Percent>,
    /// What has been confirmed.
    #[schema(value_type = Option<f64>, example = 60.5, required)]
    pub verified: Option<Percent>,
    /// Of how many anything was reported.
    pub reported: u32,
}

/// What a unit led.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedUnit {
    pub unit: ReportedName,
    /// Last day it existed, if it had ended.
    pub ended_on: Option<NaiveDate>,
    #[serde(flatten)]
    pub counts: ReportedCounts,
}

/// A task whose deadline has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedTask {
    pub title: String,
    pub unit: ReportedName,
    /// Its deadline, in its own words.
    #[schema(example = "trong quý III-2021")]
    pub deadline: Option<String>,
    #[schema(example = "2021-09-30")]
    pub due_on: NaiveDate,
    #[schema(example = 731)]
    pub days_late: i64,
}

/// What has changed since the round before, on the same tasks and the same indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Comparison {
    /// Title of the round before.
    pub title: String,
    /// The day its numbers spoke of.
    pub as_of: NaiveDate,
    /// Tasks that were counted on both days, as they stood then.
    pub tasks_then: FourWay,
    /// The same, as they stand now.
    pub tasks_now: FourWay,
    /// Tasks that are counted only now.
    pub tasks_new: u32,
    /// Tasks that were counted only then: voided since, or divided.
    pub tasks_gone: u32,
    /// Indicators that were counted on both days, as they stood then.
    pub indicators_then: Score,
    /// The same, as they stand now.
    pub indicators_now: Score,
    /// Those of them whose verdict has changed.
    pub changed: Vec<ChangedVerdict>,
}

/// An indicator whose verdict has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangedVerdict {
    #[schema(example = "3")]
    pub place: String,
    pub name: String,
    pub then: Verdict,
    pub now: Verdict,
}

/// What a unit handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedSubmission {
    pub unit: ReportedName,
    pub state: SubmissionState,
    /// The day it was handed in; `null` if it was not.
    pub handed_in_on: Option<NaiveDate>,
    pub texts: ReviewTexts,
}
