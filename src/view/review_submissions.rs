//! What units hand in to review rounds.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::dashboards::Totals;
use crate::domain::progress_reports::Verification;
use crate::domain::review_reports::{ReportedIndicator, ReportedTask};
use crate::domain::review_submissions::{SubmissionAction, SubmissionState};
use crate::domain::reviews::ReviewTexts;
use crate::domain::{Id, Origin};
use crate::store::dashboards::LineUnit;
use crate::store::review_submissions::ReviewSubmission;

/// What a unit owes a review round.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionView {
    pub unit: UnitRef,
    /// The day it is due: the round's.
    #[schema(example = "2023-10-14")]
    pub due_on: NaiveDate,
    pub state: SubmissionState,
    /// When the latest was handed in; `null` if none was.
    pub handed_in_at: Option<DateTime<Utc>>,
    /// What the unit leads itself of the document, today.
    #[serde(flatten)]
    pub totals: Totals,
}

impl SubmissionView {
    /// What one unit owes.
    pub fn new(unit: LineUnit, due_on: NaiveDate, state: SubmissionState, totals: Totals, last: Option<&ReviewSubmission>) -> Self {
        let LineUnit { id, code, name, kind, path: _, area_id: _, area_path: _, valid_from: _, valid_to } = unit;
        let handed_in_at = last.map(|row| row.recorded_at.and_utc());
        Self { unit: UnitRef { id, code, name, kind, valid_to }, due_on, state, handed_in_at, totals }
    }
}

/// What one unit owes a review round, with all it may begin from.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreparedSubmissionView {
    /// Id of the round.
    pub review: Id,
    /// What is owed, and where that stands.
    pub submission: SubmissionView,
    /// The latest that was handed in; `null` if none was.
    pub last: Option<RevisionView>,
    /// What was handed in before, the latest first.
    pub earlier: Vec<RevisionView>,
    /// Words to begin with, from what the unit has reported already.
    pub prefill: ReviewTexts,
    /// The open tasks it leads whose deadline has passed, the longest overdue first.
    pub overdue: Vec<ReportedTask>,
    /// The indicators it reports on.
    pub indicators: Vec<ReportedIndicator>,
    /// What this account may do next.
    pub allowed_actions: Vec<SubmissionAction>,
    /// How often anything was said of it: it was handed in, confirmed, returned. 0 before the first time.
    pub version: i32,
}

/// What a unit handed in once.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionView {
    /// Its place among those of its unit, from 1.
    #[schema(example = 1)]
    pub revision: i32,
    pub texts: ReviewTexts,
    /// Whether the focal office handed it in for the unit.
    pub on_behalf: bool,
    pub verification: Verification,
    /// Why it was returned, or what was said to it.
    pub verification_reason: Option<String>,
    /// User name of who judged it.
    pub verified_by: Option<String>,
    pub verified_at: Option<DateTime<Utc>>,
    /// User name of who handed it in.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
    /// `demo` marks what was made up.
    pub origin: Origin,
}

impl RevisionView {
    /// A row with the user names of who handed it in and who judged it.
    pub fn new(row: &ReviewSubmission, recorded_by: Option<String>, verified_by: Option<String>) -> Self {
        Self {
            revision: row.revision,
            texts: row.texts(),
            on_behalf: row.on_behalf,
            verification: row.verification,
            verification_reason: row.verification_reason.clone(),
            verified_by,
            verified_at: row.verified_at.map(|at| at.and_utc()),
            recorded_by,
            recorded_at: row.recorded_at.and_utc(),
            origin: row.origin,
        }
    }
}
