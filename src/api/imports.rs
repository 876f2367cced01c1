//! `/imports`: files of areas, units, tasks, documents and more.

use actix_web::{get, post};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Both, Caller, Params, PathId, State, Upload};
use super::reply::Reply;
use crate::domain::imports::sheet::column_letter;
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport, Problem};
use crate::domain::{Id, Language};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service;
use crate::service::access::WriteWork;
use crate::service::paging::PageRequest;
use crate::view::imports::{ImportReportView, ImportView};
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_import).service(list_imports).service(get_import);
}

/// What a file holds.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Kind {
    /// What the file holds.
    kind: ImportKind,
}

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Paging {
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// The form a file is sent in.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the contract; the form itself is read as a stream")]
struct FileForm {
    /// The file: .xlsx or .csv, at most 10 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// Import a file
///
/// Tasks, documents (resolutions and programmes in one list), clauses and conferences for offices and administrators;
/// areas, units, their groups, posts, reorganisations (`unit_events`) and days of the calendar for administrators. With
/// `dry_run` nothing is written, and the report is what the real run answers. All problems are told at once; with any
/// error nothing is written (422 `import_has_errors`). The same file again changes nothing: records are recognised by
/// their codes, tasks by the source and number, documents by issuer, kind, number and term or year, clauses by resolution and
/// path, conferences by document, title and day, posts by unit and title, reorganisations by day and sides. Columns that
/// a file does not have stay as they are.
#[utoipa::path(
    tag = "files",
    params(Kind, ImportOptions),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "What would happen, or that nothing changes.", body = ImportReportView),
        (status = 201, description = "What was done.", body = ImportReportView)
    )
)]
#[post("/imports")]
async fn create_import(
    state: State,
    caller: Caller<WriteWork>,
    Params(Both(Kind { kind }, options)): Params<Both<Kind, ImportOptions>>,
    file: Upload,
) -> AppResult<Reply> {
    let workbook = file.open().await?;
    let language = caller.language();
    state
        .write(move |conn, at| {
            let report = service::imports::run(conn, caller.actor(), kind, &workbook, &options, at)?;
            reply(&report, language)
        })
        .await
}

/// 201 for what was written, 200 for what was only asked or known already, 422 for what is wrong.
fn reply(report: &ImportReport, language: Language) -> AppResult<Reply> {
    let view = ImportReportView::new(report, language);
    match report.import {
        Some(id) => Reply::created(format!("{BASE}/imports/{id}"), &view),
        None if report.applied || report.dry_run => Reply::ok(&view),
        None => {
            let fields = report.problems.iter().filter(|problem| problem.is_error()).map(|problem| field(problem, language));
            Err(AppError { fields: fields.collect(), ..AppError::new(codes::IMPORT_HAS_ERRORS) })
        }
    }
}

/// A problem of a file in the form of all refusals: `/rows/7/C`.
fn field(problem: &Problem, language: Language) -> FieldError {
    let place = [problem.row.map(|row| row.to_string()), problem.column.map(column_letter)];
    let place: String = place.into_iter().flatten().map(|part| format!("/{part}")).collect();
    let pointer = if place.is_empty() { "/file".to_owned() } else { format!("/rows{place}") };
    FieldError::new(pointer, rules::IMPORT_PROBLEM).with("detail", problem.message(language))
}

/// List imports
///
/// Those that changed something, newest first.
#[utoipa::path(tag = "files", params(Paging), responses((status = 200, description = "A page of imports.", body = PageView<ImportView>)))]
#[get("/imports")]
async fn list_imports(state: State, caller: Caller<WriteWork>, Params(paging): Params<Paging>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let request = PageRequest { limit: paging.limit, cursor: paging.cursor };
            let page = service::imports::list(conn, &caller, &request)?.map(ImportView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Get an import
#[utoipa::path(tag = "files", params(("import" = Id, Path, description = "Id of the import.")), responses((status = 200, description = "The import.", body = ImportView)))]
#[get("/imports/{import}")]
async fn get_import(state: State, caller: Caller<WriteWork>, PathId(import): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let import = service::imports::get(conn, &caller, import)?;
            caller.tagged(1, at, &ImportView::from(import))
        })
        .await
}
