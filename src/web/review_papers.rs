//! `/reviews/{review}/report.docx` and `.xlsx`: the report of a review round as files, for who reads the whole province.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use super::downloads::send;
use super::forms::{self, Query};
use super::session::{State, Visitor};
use crate::domain::review_reports::ReportQuery;
use crate::error::AppResult;
use crate::files::review_papers::{self, PaperFormat};
use crate::service::access::ReadWork;
use crate::service::review_reports;
use crate::view::review_reports::ReviewPaper;

/// The routes of these files.
pub fn configure(config: &mut ServiceConfig) {
    config.service(document).service(workbook);
}

#[get("/reviews/{review}/report.docx")]
async fn document(state: State, visitor: Visitor<ReadWork>, which: Path<String>, asked: Query<ReportQuery>) -> AppResult<HttpResponse> {
    paper(state, visitor, which, asked, PaperFormat::Docx).await
}

#[get("/reviews/{review}/report.xlsx")]
async fn workbook(state: State, visitor: Visitor<ReadWork>, which: Path<String>, asked: Query<ReportQuery>) -> AppResult<HttpResponse> {
    paper(state, visitor, which, asked, PaperFormat::Xlsx).await
}

async fn paper(
    state: State,
    visitor: Visitor<ReadWork>,
    which: Path<String>,
    Query(asked): Query<ReportQuery>,
    format: PaperFormat,
) -> AppResult<HttpResponse> {
    let which = forms::id(&which)?;
    let shown = state.read(move |conn, at| review_reports::get(conn, &visitor, which, asked.as_of, at)).await?;
    let (report, frozen) = shown.into_parts();
    let paper = ReviewPaper::new(report, frozen);
    send(move || review_papers::written(&paper, format)).await
}
