//! `/progress-reports/batch` and `/progress-reports/verifications`: many at once.

use actix_web::post;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::extract::{Body, Caller, LargeBody, Params, State, content};
use super::once::once;
use super::problem::Problem;
use super::reply::Reply;
use crate::domain::batches::{BatchQuery, ReportBatch, ReportItem, VerificationBatch};
use crate::domain::verifications::{VerificationDraft, VerificationItem};
use crate::domain::{Language, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service::access::{LogProgress, Right, Verify};
use crate::service::batches::{Batch, carry_out};
use crate::service::lookup::Expected;
use crate::service::progress_reports::{self, ShownReport};
use crate::service::verifications;
use crate::state::Connection;
use crate::view::batches::{BatchItemView, BatchReportView, BatchView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(log_progress_batch).service(verify_progress_batch);
}

/// Log progress on many tasks
///
/// Up to 1,000 reports in 4 MiB, each as it would be logged alone, carried out in their order and written together. With `mode: "all"`,
/// which is the default, one refused report keeps out all: 422 `batch_refused` names every wrong field of every item
/// (`/items/3/report/percent`). With `"each"` the others are logged, and each item says what became of it. With `dry_run=true` nothing
/// is written, and the answer tells of each item. All events of a batch carry one `request_id` in the journal.
#[utoipa::path(
    tag = "tasks",
    params(BatchQuery),
    request_body = ReportBatch,
    responses((status = 200, description = "What became of each report.", body = BatchView<Problem>))
)]
#[post("/progress-reports/batch")]
async fn log_progress_batch(
    state: State,
    caller: Caller<LogProgress>,
    Params(BatchQuery { dry_run }): Params<BatchQuery>,
    LargeBody(body): LargeBody<ReportBatch>,
) -> AppResult<Reply> {
    answered(&state, caller, dry_run, body, move |conn, caller, body, at| {
        let ReportBatch { mode, items } = body.read()?;
        let batch = carry_out(conn, read(&items), (mode, dry_run), |conn, item: ReportItem| {
            let target = progress_reports::target(conn, caller, item.task, at)?;
            progress_reports::log(conn, caller, target, &item.report, at).map_err(|error| within("/report", error))
        })?;
        told(batch, dry_run, caller.language())
    })
    .await
}

/// Verify or return many reports
///
/// Up to 200, carried out in their order. Each names the `version` that was read, and is refused (`stale`) if it is another by now.
/// Modes and `dry_run` as for reports.
#[utoipa::path(
    tag = "tasks",
    params(BatchQuery),
    request_body = VerificationBatch,
    responses((status = 200, description = "What became of each.", body = BatchView<Problem>))
)]
#[post("/progress-reports/verifications")]
async fn verify_progress_batch(
    state: State,
    caller: Caller<Verify>,
    Params(BatchQuery { dry_run }): Params<BatchQuery>,
    body: Body<VerificationBatch>,
) -> AppResult<Reply> {
    answered(&state, caller, dry_run, body, move |conn, caller, body, at| {
        let VerificationBatch { mode, items } = body.read()?;
        let batch = carry_out(conn, read(&items), (mode, dry_run), |conn, item: VerificationItem| {
            let VerificationItem { report, version, outcome, reason } = item;
            let target = verifications::target(conn, caller, report, Expected::Version(version), at)?;
            verifications::verify(conn, caller, target, &VerificationDraft { outcome, reason }, at)
        })?;
        told(batch, dry_run, caller.language())
    })
    .await
}

/// Answers once for each key; what is only tried is tried each time.
async fn answered<R, T, F>(state: &State, caller: Caller<R>, dry_run: bool, body: Body<T>, work: F) -> AppResult<Reply>
where
    R: Right,
    T: DeserializeOwned + Validate + 'static,
    F: FnOnce(&mut Connection, &Caller<R>, &Body<T>, &Moment) -> AppResult<Reply> + Send + 'static,
{
    if dry_run {
        return state.write(move |conn, at| work(conn, &caller, &body, at)).await;
    }
    once(state, caller, body, work).await
}

/// Reads each item by itself.
fn read<T: DeserializeOwned + Validate>(items: &[Value]) -> Vec<AppResult<T>> {
    // Serde would take a list for the fields in their order.
    let list = || FieldError::new("", rules::WRONG_TYPE).with("detail", "array");
    let read = |item: &Value| if item.is_array() { Err(AppError::invalid_fields(vec![list()])) } else { content(item) };
    items.iter().map(read).collect()
}

/// The same refusal, of a part of an item.
fn within(part: &str, mut error: AppError) -> AppError {
    error.fields.iter_mut().for_each(|field| field.pointer.insert_str(0, part));
    error
}

/// What became of a batch; what had to be kept out as a whole is refused as a whole.
fn told(batch: Batch<ShownReport>, dry_run: bool, language: Language) -> AppResult<Reply> {
    if !batch.kept && !dry_run {
        let refusals = batch.results.iter().enumerate().filter_map(|(index, result)| Some((index, result.as_ref().err()?)));
        let fields = refusals.flat_map(|(index, error)| fields(index, error, language)).collect();
        return Err(AppError { fields, ..AppError::new(codes::BATCH_REFUSED) });
    }
    let (refused, kept) = (batch.refused(), batch.kept);
    let done = batch.results.len() - refused;
    let items = batch.results.into_iter().enumerate().map(|(index, result)| item(index, result, kept, language)).collect();
    Reply::ok(&BatchView { dry_run, kept, done, refused, items })
}

fn item(index: usize, result: AppResult<ShownReport>, kept: bool, language: Language) -> BatchItemView<Problem> {
    match result {
        Err(error) => BatchItemView { index, report: None, problem: Some(Problem::new(&error, language, None)) },
        Ok(shown) => {
            let report = shown.record.report;
            let view = BatchReportView { id: report.id, task: report.task_id, verification: report.verification, version: report.version };
            BatchItemView { index, report: Some(view).filter(|_| kept), problem: None }
        }
    }
}

/// The wrong fields of one item, from the body on; or the item itself, where none of its fields is wrong.
fn fields(index: usize, error: &AppError, language: Language) -> Vec<FieldError> {
    let place = format!("/items/{index}");
    if error.fields.is_empty() {
        let detail = match language {
            Language::Vi => error.code.vi,
            Language::En => error.code.en,
        };
        return vec![FieldError::new(place, rules::REFUSED).with("code", error.code.name).with("detail", detail)];
    }
    within(&place, error.clone()).fields
}
