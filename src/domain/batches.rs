//! Many things asked for at once: kept together or each by itself, or only tried.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::Id;
use super::progress_reports::ReportDraft;
use super::verifications::VerificationItem;

/// Most reports of one batch.
pub const MOST_REPORTS: u64 = 1000;
/// Most verifications of one batch.
pub const MOST_VERIFICATIONS: u64 = 200;

text_enum! {
    /// What becomes of a batch in which some items are refused.
    pub enum BatchMode {
        /// All or nothing: one refused item keeps out all, and every refusal is told (422).
        All = "all",
        /// Each by itself: what can be done is done, and the rest is told.
        Each = "each",
    }
}

impl Default for BatchMode {
    /// What is sent together usually belongs together.
    fn default() -> Self {
        Self::All
    }
}

/// How a batch is carried out.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BatchQuery {
    /// Only say what would happen: nothing is written.
    #[serde(default)]
    #[param(default = false)]
    pub dry_run: bool,
}

/// One report of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReportItem {
    /// The task it is about.
    pub task: Id,
    /// The report, as it would be logged alone.
    #[validate(nested)]
    pub report: ReportDraft,
}

/// Reports of several tasks.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "mode": "all",
    "items": [{
        "task": "0189bd2c-6c00-7000-8000-000000000001",
        "report": {"state": "in_progress", "result": "Đã lấy ý kiến các đơn vị.", "percent": 60, "measured_on": "2023-09-30"}
    }]
}))]
pub struct ReportBatch {
    /// What becomes of it if some items are refused.
    #[serde(default)]
    pub mode: BatchMode,
    /// The reports, carried out in this order; each is read by itself.
    #[schema(value_type = Vec<ReportItem>, min_items = 1, max_items = 1000)]
    #[validate(length(min = 1, max = MOST_REPORTS))]
    pub items: Vec<Value>,
}

/// Verifications of several reports.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "mode": "each",
    "items": [
        {"report": "0189bd2c-6c00-7000-8000-000000000001", "version": 1, "outcome": "verified"},
        {"report": "0189bd2c-6c00-7000-8000-000000000002", "version": 1, "outcome": "returned", "reason": "Thiếu số và ngày của văn bản."}
    ]
}))]
pub struct VerificationBatch {
    /// What becomes of it if some items are refused.
    #[serde(default)]
    pub mode: BatchMode,
    /// The verifications, carried out in this order; each is read by itself.
    #[schema(value_type = Vec<VerificationItem>, min_items = 1, max_items = 200)]
    #[validate(length(min = 1, max = MOST_VERIFICATIONS))]
    pub items: Vec<Value>,
}
