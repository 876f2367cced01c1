//! Assessments of indicators.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::indicator_targets::IndicatorTargetView;
use crate::domain::indicator_assessments::Judgement;
use crate::domain::targets::Verdict;
use crate::domain::{Id, Origin};
use crate::store::indicator_assessments::IndicatorAssessment;

/// What came of the targets of an indicator (đánh giá chỉ tiêu).
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentsView {
    /// Id of the indicator.
    pub indicator: Id,
    /// As it was known at the end of this day.
    #[schema(example = "2023-10-02")]
    pub as_of: NaiveDate,
    /// One for each target, the document's own first.
    pub items: Vec<AssessmentView>,
}

/// What came of one target.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentView {
    #[schema(example = "2025")]
    pub period: String,
    /// The target; `null` where components decide.
    pub target: Option<IndicatorTargetView>,
    /// What the numbers come to.
    pub computed: Judgement,
    /// What was decided last; `null` if nothing was.
    pub official: Option<OfficialVerdictView>,
    /// What was decided before, the latest first.
    pub earlier: Vec<OfficialVerdictView>,
    /// The verdict that counts: the official one, where there is one.
    pub verdict: Verdict,
}

/// An official verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficialVerdictView {
    pub verdict: Verdict,
    /// What the numbers came to when it was decided.
    pub computed: Verdict,
    /// Why it differs, or stands.
    pub reason: Option<String>,
    /// The document it was decided in.
    pub document: Option<String>,
    /// User name of who recorded it.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
    pub origin: Origin,
}

impl OfficialVerdictView {
    /// A verdict with the user name of who recorded it.
    pub fn new(row: IndicatorAssessment, recorded_by: Option<String>) -> Self {
        let IndicatorAssessment {
            id: _,
            indicator_id: _,
            position: _,
            period: _,
            verdict,
            computed,
            reason,
            document,
            recorded_by: _,
            origin,
            recorded_at,
        } = row;
        Self { verdict, computed, reason, document, recorded_by, recorded_at: recorded_at.and_utc(), origin }
    }
}
