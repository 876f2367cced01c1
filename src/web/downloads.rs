//! `/tasks.xlsx`, `/tasks.csv`, `/import/templates/…`: files to keep, for whoever is signed in.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, VARY};
use actix_web::web::{self, Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use super::forms::Query;
use super::session::{State, Visitor};
use super::task_questions::Asked;
use crate::domain::imports::ImportKind;
use crate::error::{AppError, AppResult, codes};
use crate::files::written::{self, Format, WriteError, Written};
use crate::service::access::{ReadDirectory, ReadWork};
use crate::service::exports;
use crate::view;
use crate::view::tasks::TaskView;

/// The routes of these files.
pub fn configure(config: &mut ServiceConfig) {
    config.service(tasks_as_workbook).service(tasks_as_text).service(import_template);
}

#[get("/tasks.xlsx")]
async fn tasks_as_workbook(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    tasks(state, visitor, asked, Format::Xlsx).await
}

#[get("/tasks.csv")]
async fn tasks_as_text(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    tasks(state, visitor, asked, Format::Csv).await
}

#[get("/import/templates/{kind}.xlsx")]
async fn import_template(state: State, visitor: Visitor<ReadDirectory>, kind: Path<String>) -> AppResult<HttpResponse> {
    let kind: ImportKind = kind.parse().map_err(|_| AppError::new(codes::NOT_FOUND))?;
    let template = state.read(move |conn, at| exports::template(conn, &visitor, kind, at)).await?;
    send(move || written::template(&template)).await
}

/// The whole list that a page shows a part of.
async fn tasks(state: State, visitor: Visitor<ReadWork>, asked: Asked, format: Format) -> AppResult<HttpResponse> {
    let table = state.read(move |conn, at| {
        let export = exports::tasks(conn, &visitor, &asked.query(), at)?;
        let rows = export.rows.into_iter().map(|task| TaskView::new(task.record, task.judgements, task.parts, task.actions));
        Ok(view::exports::tasks(rows, &export.spellings, asked.as_of.unwrap_or(at.today())))
    });
    let table = table.await?;
    send(move || written::table(&table, format)).await
}

/// A file that is written elsewhere, as something to keep.
///
/// # Errors
/// `internal` when it cannot be written.
pub async fn send(work: impl FnOnce() -> Result<Written, WriteError> + Send + 'static) -> AppResult<HttpResponse> {
    let written = web::block(work).await.map_err(AppError::internal)?.map_err(AppError::internal)?;
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "private, no-cache")).insert_header((VARY, "Cookie"));
    response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", written.name)));
    Ok(response.content_type(written.media_type).body(written.bytes))
}
