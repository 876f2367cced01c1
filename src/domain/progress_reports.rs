//! Progress reports (báo cáo tiến độ): what a unit says of a task, and whether it was confirmed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::proposals::{self, ProposalDraft};
use super::tasks::Lifecycle;
use super::{Id, Percent, Reference};

text_enum! {
    /// The state of the work a report tells of.
    pub enum ReportState {
        /// Chưa triển khai.
        NotStarted = "not_started",
        /// Đang thực hiện.
        InProgress = "in_progress",
        /// Đã trình.
        ProductSubmitted = "product_submitted",
        /// Hoàn thành: needs the product and its date.
        Completed = "completed",
    }
}

impl ReportState {
    /// The percentage this state alone means: completed is 100, not started is 0.
    pub fn implied_percent(self) -> Option<Percent> {
        match self {
            Self::Completed => Some(Percent::HUNDRED),
            Self::NotStarted => Some(Percent::ZERO),
            Self::InProgress | Self::ProductSubmitted => None,
        }
    }

    /// The lifecycle of a task whose latest report says this.
    pub fn lifecycle(self) -> Lifecycle {
        match self {
            Self::NotStarted => Lifecycle::NotStarted,
            Self::InProgress => Lifecycle::InProgress,
            Self::ProductSubmitted => Lifecycle::ProductSubmitted,
            Self::Completed => Lifecycle::Completed,
        }
    }
}

text_enum! {
    /// The state of a report: waiting for confirmation is a state of the report, not of the work.
    pub enum Verification {
        /// Chờ xác nhận.
        Submitted = "submitted",
        /// Đã xác nhận.
        Verified = "verified",
        /// Trả lại.
        Returned = "returned",
    }
}

impl Verification {
    /// How a report stood before anybody judged it: on the light path it is verified from the beginning.
    pub fn before_judged(self_verified: bool) -> Self {
        if self_verified { Self::Verified } else { Self::Submitted }
    }
}

/// The product of completed work: its number, its note, or both, and its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Number as printed.
    #[serde(default)]
    #[schema(example = "15-KH/SKHCN", max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub number: Option<String>,
    /// Its date: the day the work counts as completed.
    #[schema(example = "2021-09-28")]
    pub issued_on: NaiveDate,
    /// What it is.
    #[serde(default)]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}

/// What a unit reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "state": "in_progress",
    "result": "Đã hoàn thành dự thảo, đang lấy ý kiến các đơn vị.",
    "percent": 60,
    "measured_on": "2023-09-30",
    "obstacles": "Chưa có hướng dẫn về nguồn kinh phí."
}))]
pub struct ReportDraft {
    /// The state of the work.
    pub state: ReportState,
    /// What has been done, in words. Missing for a secret task only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 10000)]
    #[validate(length(min = 1, max = 10000))]
    pub result: Option<String>,
    /// The period (`2021Q3`) or step (`m1`) it speaks of, as `tasks/{task}/obligations` names them. Work that is done period by
    /// period needs it to report something as completed; work without periods and steps has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2021Q3", min_length = 1, max_length = 30)]
    #[validate(length(min = 1, max = 30))]
    pub period: Option<String>,
    /// How much of it, if one can say. Completed means 100, not started 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// The day the report speaks of.
    #[schema(example = "2023-09-30")]
    pub measured_on: NaiveDate,
    /// The product; needed when completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub product: Option<Product>,
    /// Difficulties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10000)]
    #[validate(length(max = 10000))]
    pub obstacles: Option<String>,
    /// Proposals to superiors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(schema_with = proposals::proposals_schema)]
    #[validate(length(max = 20), nested)]
    pub proposals: Vec<ProposalDraft>,
    /// Why the percentage falls; needed when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}

/// What a list of reports may be asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// Only reports that wait (`submitted`), were verified, or were returned.
    pub state: Option<Verification>,
    /// Only reports on this task.
    pub task: Option<Id>,
    /// Only reports of this unit (id or code).
    pub unit: Option<Reference>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// What a list of the reports on one task may be asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskReportQuery {
    /// Only reports that wait (`submitted`), were verified, or were returned.
    pub state: Option<Verification>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

impl TaskReportQuery {
    /// The same question, asked of all reports on one task.
    pub fn of(self, task: Id) -> ReportQuery {
        ReportQuery { state: self.state, task: Some(task), unit: None, limit: self.limit, cursor: self.cursor }
    }
}
