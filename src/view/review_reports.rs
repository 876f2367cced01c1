//! What was frozen of review rounds.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::review_diffs::{MOST, ReviewDifference};
use crate::domain::review_reports::{DiffAgainst, ReviewReport};
use crate::domain::{Id, calendar};
use crate::store::review_reports::{FrozenReport, FrozenRows, ReviewApproval, ReviewErratum};

/// What was frozen of a review round, and what stands beside it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenReviewView {
    /// Id of the round.
    pub review: Id,
    /// The numbers are those of the end of this day.
    #[schema(example = "2023-10-13")]
    pub as_of: NaiveDate,
    /// The last event of the journal that was known.
    pub position: i64,
    /// SHA-256 of the report's bytes (`GET …/report`).
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
    /// User name of who froze it.
    pub frozen_by: Option<String>,
    pub frozen_at: DateTime<Utc>,
    /// The leaders who approved it, the earliest first.
    pub approvals: Vec<ApprovalView>,
    /// The corrections beside it, in their order; none for who does not read the whole province.
    pub errata: Vec<ErratumView>,
}

impl FrozenReviewView {
    /// What was frozen, by whom, and what stands beside it.
    pub fn new(report: FrozenReport, frozen_by: Option<String>, approvals: Vec<ApprovalView>, errata: Vec<ErratumView>) -> Self {
        let FrozenReport { review_id, as_of, position, content: _, sha256, recorded_by: _, recorded_at } = report;
        Self { review: review_id, as_of, position, sha256, frozen_by, frozen_at: recorded_at.and_utc(), approvals, errata }
    }
}

/// A leader's approval.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalView {
    pub id: Id,
    /// SHA-256 of what was approved.
    pub sha256: String,
    /// The leader, as the account was named then.
    #[schema(example = "Lãnh đạo Tỉnh ủy")]
    pub name: String,
    /// The post in which it was approved.
    #[schema(example = "Phó Bí thư Thường trực Tỉnh ủy")]
    pub post: Option<String>,
    pub approved_at: DateTime<Utc>,
}

impl From<ReviewApproval> for ApprovalView {
    fn from(row: ReviewApproval) -> Self {
        let ReviewApproval { id, review_id: _, sha256, name, post, recorded_by: _, recorded_at } = row;
        Self { id, sha256, name, post, approved_at: recorded_at.and_utc() }
    }
}

/// A correction beside what was frozen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErratumView {
    pub id: Id,
    pub text: String,
    /// User name of who wrote it.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
}

impl ErratumView {
    /// A correction with the user name of who wrote it.
    pub fn new(row: ReviewErratum, recorded_by: Option<String>) -> Self {
        let ReviewErratum { id, review_id: _, position: _, content, recorded_by: _, recorded_at } = row;
        Self { id, text: content, recorded_by, recorded_at: recorded_at.and_utc() }
    }
}

/// How what was frozen differs from what the record says.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewDiffView {
    /// Id of the round.
    pub review: Id,
    pub against: DiffAgainst,
    /// The day what was frozen speaks of.
    #[schema(example = "2023-10-13")]
    pub frozen_as_of: NaiveDate,
    /// The day it was held against.
    #[schema(example = "2025-04-01")]
    pub as_of: NaiveDate,
    /// Whether the bytes still have the hash they were frozen with, which the journal and every approval tell of as well.
    pub whole: bool,
    /// How many values differ.
    pub total: usize,
    /// Value by value, at most 500.
    pub differences: Vec<ReviewDifference>,
}

impl ReviewDiffView {
    /// The differences of one report.
    pub fn new(report: &FrozenReport, against: DiffAgainst, as_of: NaiveDate, whole: bool, mut differences: Vec<ReviewDifference>) -> Self {
        let total = differences.len();
        differences.truncate(MOST);
        Self { review: report.review_id, against, frozen_as_of: report.as_of, as_of, whole, total, differences }
    }
}

/// A report as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewPaper {
    /// The report.
    pub report: ReviewReport,
    /// SHA-256 of the frozen bytes, and the day they were frozen; none while it is a draft.
    pub frozen: Option<(String, NaiveDate)>,
    /// Who approved it, with the post and the day, the earliest first.
    pub approvals: Vec<(String, Option<String>, NaiveDate)>,
    /// The corrections beside it, with the day.
    pub errata: Vec<(NaiveDate, String)>,
}

impl ReviewPaper {
    /// What was frozen, with its approvals and corrections; a draft where nothing was.
    pub fn new(report: ReviewReport, frozen: Option<FrozenRows>) -> Self {
        let day = |at: NaiveDateTime| calendar::day_of(at.and_utc());
        let Some((row, approvals, errata)) = frozen else {
            return Self { report, frozen: None, approvals: Vec::new(), errata: Vec::new() };
        };
        Self {
            report,
            frozen: Some((row.sha256, day(row.recorded_at))),
            approvals: approvals.into_iter().map(|row| (row.name, row.post, day(row.recorded_at))).collect(),
            errata: errata.into_iter().map(|row| (day(row.recorded_at), row.content)).collect(),
        }
    }
}
