//! Obligations: the periods of repeated work, and steps.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::obligations::{ObligationCounts, ObligationState, Stood};
use crate::domain::progress_reports::{ReportState, Verification};
use crate::store::progress_reports::ProgressReport;

/// One period of repeated work, or one step of a deadline that names several (kỳ thực hiện).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "period": "2021Q3", "text": null, "start": "2021-07-01", "end": "2021-09-30", "due_on": "2021-09-30",
    "state": "reported_late", "days_late": 5, "done_on": "2021-10-05", "confirmed": true, "report": {
        "id": "01890a5d-ac96-774b-bcce-b302099a8057", "state": "completed", "measured_on": "2021-10-06",
        "verification": "verified", "recorded_at": "2021-10-06T02:00:00Z"
    }
}))]
pub struct ObligationView {
    /// What a report calls it in `period`: `2021W30`, `2021-07`, `2021Q3`, `2021H1`, `2021`, `2021-2025`; a step is
    /// `m1`, `m2` in the order of the words, and a period of a repeated step `m2-2029`.
    pub period: String,
    /// The words of a step.
    pub text: Option<String>,
    /// First day of the period; of a step, if its words give one.
    pub start: Option<NaiveDate>,
    /// Last day of the period or the step.
    pub end: Option<NaiveDate>,
    /// Last day in time; may lie after the end. `null` where the deadline does not bind or gives no day.
    pub due_on: Option<NaiveDate>,
    pub state: ObligationState,
    /// Days after the due day, negative before it: of what is done, and of what is overdue.
    pub days_late: Option<i64>,
    /// The date of the product, confirmed or not.
    pub done_on: Option<NaiveDate>,
    /// Done, and confirmed by the monitoring unit.
    pub confirmed: bool,
    /// The latest report on it that was not returned.
    pub report: Option<ObligationReportView>,
}

/// A report where an obligation mentions it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObligationReportView {
    pub id: Id,
    pub state: ReportState,
    pub measured_on: NaiveDate,
    pub verification: Verification,
    pub recorded_at: DateTime<Utc>,
}

/// What a task owes on a day, in the order it is due.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObligationsView {
    /// The day it is judged on, and by whose end it had been told.
    pub as_of: NaiveDate,
    /// "3 of 5 done"; `null` if the task has neither periods nor steps.
    pub counts: Option<ObligationCounts>,
    /// All periods of work that ends; of open-ended work those that have begun, and the next.
    pub items: Vec<ObligationView>,
}

impl ObligationView {
    /// An obligation as it stood.
    pub fn new(stood: Stood, state: ObligationState, days_late: Option<i64>, report: Option<ProgressReport>) -> Self {
        let (done_on, confirmed) = (stood.done_on(), stood.confirmed());
        let obligation = stood.obligation;
        Self {
            period: obligation.key,
            text: obligation.text,
            start: obligation.start,
            end: obligation.end,
            due_on: obligation.due_on,
            state,
            days_late,
            done_on,
            confirmed,
            report: report.map(ObligationReportView::from),
        }
    }
}

impl From<ProgressReport> for ObligationReportView {
    fn from(report: ProgressReport) -> Self {
        let ProgressReport { id, state, measured_on, verification, recorded_at, .. } = report;
        Self { id, state, measured_on, verification, recorded_at: recorded_at.and_utc() }
    }
}
