//! Progress reports.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::attachments::ReportAttachmentView;
use super::proposals::ReportProposalView;
use super::units::UnitRef;
use crate::domain::progress_reports::{Product, ReportState, Verification};
use crate::domain::tasks::Secrecy;
use crate::domain::verifications::ReportAction;
use crate::domain::{Id, Origin, Percent};
use crate::store::progress_reports::{ProgressReport, ReportRecord};

/// A progress report (báo cáo tiến độ).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressReportView {
    pub id: Id,
    pub task: TaskRef,
    /// The unit it speaks for.
    pub unit: UnitRef,
    /// The state of the work it tells of.
    pub state: ReportState,
    /// The period or step it speaks of.
    #[schema(example = "2021Q3")]
    pub period: Option<String>,
    pub result: String,
    pub percent: Option<Percent>,
    pub measured_on: NaiveDate,
    pub product: Option<Product>,
    pub obstacles: Option<String>,
    /// What it proposes, with how each stands.
    pub proposals: Vec<ReportProposalView>,
    /// Its files (minh chứng), those that were voided as well.
    pub attachments: Vec<ReportAttachmentView>,
    /// Why the percentage fell, where it did.
    pub reason: Option<String>,
    /// Logged by the focal office for the unit.
    pub on_behalf: bool,
    /// User name of who logged it.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
    /// `demo` marks illustrative progress.
    pub origin: Origin,
    pub verification: VerificationView,
    /// What the reader may do with it now.
    pub allowed_actions: Vec<ReportAction>,
    pub version: i32,
}

/// A task where it is mentioned.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskRef {
    pub id: Id,
    /// `null` for the stub of a secret task.
    pub title: Option<String>,
}

/// Whether a report was confirmed, by whom and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerificationView {
    pub state: Verification,
    /// User name of who verified or returned it.
    pub by: Option<String>,
    pub at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    /// Verified as it was logged, because its task lets it; the monitoring unit may still return it.
    pub self_verified: bool,
}

impl ProgressReportView {
    /// A report as it is shown to one reader.
    pub fn new(record: ReportRecord, allowed_actions: Vec<ReportAction>) -> Self {
        let ReportRecord { report, task, unit, author, verifier, proposals, attachments } = record;
        let product = product_of(&report);
        Self {
            id: report.id,
            task: TaskRef { id: task.id, title: Some(task.title).filter(|_| task.secrecy == Secrecy::None) },
            unit: UnitRef::from(&unit),
            state: report.state,
            period: report.period,
            result: report.result,
            percent: report.percent,
            measured_on: report.measured_on,
            product,
            obstacles: report.obstacles,
            proposals: proposals.into_iter().map(ReportProposalView::from).collect(),
            attachments: attachments.into_iter().map(ReportAttachmentView::from).collect(),
            reason: report.reason,
            on_behalf: report.on_behalf,
            recorded_by: author,
            recorded_at: report.recorded_at.and_utc(),
            origin: report.origin,
            verification: VerificationView {
                state: report.verification,
                by: verifier,
                at: report.verified_at.map(|t| t.and_utc()),
                reason: report.verification_reason,
                self_verified: report.self_verified,
            },
            allowed_actions,
            version: report.version,
        }
    }
}

fn product_of(report: &ProgressReport) -> Option<Product> {
    let issued_on = report.product_issued_on?;
    Some(Product { number: report.product_number.clone(), issued_on, note: report.product_note.clone() })
}
