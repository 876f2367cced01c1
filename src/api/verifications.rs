//! `/progress-reports/{report}/verification`.

use actix_web::put;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Body, Caller, PathId, State};
use super::progress_reports::view;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::verifications::VerificationDraft;
use crate::error::AppResult;
use crate::service::access::Verify;
use crate::service::verifications;
use crate::view::progress_reports::ProgressReportView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(verify_progress_report);
}

/// Verify or return a report
///
/// For the office that is granted on the task's monitoring unit, and never by whoever logged the report (409 `own_report`).
/// A return needs a reason and restores what stood before the report. What verified itself, because its task lets it, may be
/// returned too. Once its period is closed a report stays as it is (409 `period_locked`).
#[utoipa::path(
    tag = "tasks",
    params(("report" = Id, Path, description = "Id of the report.")),
    request_body = VerificationDraft,
    responses((status = 200, description = "The report.", body = ProgressReportView))
)]
#[put("/progress-reports/{report}/verification")]
async fn verify_progress_report(
    state: State,
    caller: Caller<Verify>,
    PathId(report): PathId,
    body: Body<VerificationDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = verifications::target(conn, &caller, report, caller.expected(), at)?;
            let shown = verifications::verify(conn, &caller, target, &body.read()?, at)?;
            caller.tagged(shown.record.report.version, at, &view(shown))
        })
        .await
}
