//! `/progress-reports` and `/tasks/{task}/progress-reports`.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::progress_reports::{ReportDraft, ReportQuery, TaskReportQuery};
use crate::error::AppResult;
use crate::service::access::{LogProgress, ReadWork};
use crate::service::progress_reports::{self, ShownReport};
use crate::view::paging::PageView;
use crate::view::progress_reports::ProgressReportView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_task_progress_reports).service(create_progress_report).service(list_progress_reports).service(get_progress_report);
}

/// List reports
///
/// Newest first. `state=submitted` is the queue of what waits for confirmation.
#[utoipa::path(tag = "tasks", params(ReportQuery), responses((status = 200, description = "A page of reports.", body = PageView<ProgressReportView>)))]
#[get("/progress-reports")]
async fn list_progress_reports(state: State, caller: Caller<ReadWork>, Params(query): Params<ReportQuery>) -> AppResult<Reply> {
    list(state, caller, query).await
}

/// List the reports on a task
///
/// Newest first.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task."), TaskReportQuery),
    responses((status = 200, description = "A page of reports.", body = PageView<ProgressReportView>))
)]
#[get("/tasks/{task}/progress-reports")]
async fn list_task_progress_reports(
    state: State,
    caller: Caller<ReadWork>,
    PathId(task): PathId,
    Params(query): Params<TaskReportQuery>,
) -> AppResult<Reply> {
    list(state, caller, query.of(task)).await
}

/// Log progress
///
/// For reporters of the lead unit, and for offices on behalf of any unit (marked so). The task's
/// state moves at once; the report waits to be confirmed. Completed work needs its product and
/// the product's date, which is the day it counts as completed.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body = ReportDraft,
    responses((status = 201, description = "The report.", body = ProgressReportView))
)]
#[post("/tasks/{task}/progress-reports")]
async fn create_progress_report(
    state: State,
    caller: Caller<LogProgress>,
    PathId(task): PathId,
    body: Body<ReportDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let target = progress_reports::target(conn, caller, task, at)?;
        let shown = progress_reports::log(conn, caller, target, &body.read()?, at)?;
        let report = &shown.record.report;
        caller.created(format!("{BASE}/progress-reports/{}", report.id), report.version, at, &view(shown.clone()))
    })
    .await
}

/// Get a report
///
/// Its `ETag` is what a verification names in `If-Match`.
#[utoipa::path(tag = "tasks", params(("report" = Id, Path, description = "Id of the report.")), responses((status = 200, description = "The report.", body = ProgressReportView)))]
#[get("/progress-reports/{report}")]
async fn get_progress_report(state: State, caller: Caller<ReadWork>, PathId(report): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = progress_reports::get(conn, &caller, report, at)?;
            caller.tagged(shown.record.report.version, at, &view(shown))
        })
        .await
}

async fn list(state: State, caller: Caller<ReadWork>, query: ReportQuery) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = progress_reports::list(conn, &caller, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// A report as it is shown.
pub(super) fn view(shown: ShownReport) -> ProgressReportView {
    ProgressReportView::new(shown.record, shown.actions)
}
