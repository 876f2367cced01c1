//! `/reviews/{review}/report` and what stands beside it: freeze, approvals, errata, diff.

use actix_web::{get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::{Download, Reply};
use crate::domain::Id;
use crate::domain::review_reports::{ApprovalDraft, DiffAgainst, DiffQuery, ErratumDraft, FreezeDraft, ReportQuery, ReviewReport};
use crate::error::{AppError, AppResult};
use crate::files::review_papers::{self, PaperFormat};
use crate::service::access::{ReadWork, SignReviews, WriteWork};
use crate::service::review_reports::{self as service, Frozen, Shown};
use crate::service::reviews;
use crate::view::review_reports::{ApprovalView, ErratumView, FrozenReviewView, ReviewDiffView, ReviewPaper};
use crate::view::reviews::ReviewView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_review_report)
        .service(get_review_document)
        .service(get_review_workbook)
        .service(get_review_freeze)
        .service(freeze_review)
        .service(approve_review)
        .service(correct_review)
        .service(diff_review);
}

/// Get the report of a review round
///
/// For who reads the whole province. Until it is frozen, what would be frozen now; after that the very bytes that were, whose SHA-256 is that of
/// `GET …/freeze`: JSON in canonical form (RFC 8785), without ids of this installation.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ReportQuery),
    responses((status = 200, description = "The report.", body = ReviewReport))
)]
#[get("/reviews/{review}/report")]
async fn get_review_report(
    state: State,
    caller: Caller<ReadWork>,
    PathId(review): PathId,
    Params(query): Params<ReportQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = service::get(conn, &caller, review, query.as_of, at)?;
            let version = reviews::get(conn, &caller, review)?.version;
            Ok(caller.tagged_reply(version, at, Reply::of_json(shown.content)))
        })
        .await
}

/// Get the report of a review round as a document
///
/// DOCX in the layout of Party papers, in Vietnamese, made of the report alone: the same report gives the same bytes. Until it is frozen it is
/// marked as a draft.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ReportQuery),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
)]
#[get("/reviews/{review}/report.docx")]
async fn get_review_document(
    state: State,
    caller: Caller<ReadWork>,
    PathId(review): PathId,
    Params(query): Params<ReportQuery>,
) -> AppResult<Download> {
    let shown = state.read(move |conn, at| service::get(conn, &caller, review, query.as_of, at)).await?;
    paper(shown, PaperFormat::Docx).await
}

/// Get the report of a review round as a workbook
///
/// XLSX with the tables of the document, numbers and dates as such; otherwise as the document.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ReportQuery),
    responses((status = 200, description = "The workbook.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
)]
#[get("/reviews/{review}/report.xlsx")]
async fn get_review_workbook(
    state: State,
    caller: Caller<ReadWork>,
    PathId(review): PathId,
    Params(query): Params<ReportQuery>,
) -> AppResult<Download> {
    let shown = state.read(move |conn, at| service::get(conn, &caller, review, query.as_of, at)).await?;
    paper(shown, PaperFormat::Xlsx).await
}

/// Get what was frozen of a review round
///
/// Its day, its hash, who approved it, and the corrections beside it; 404 until it is frozen. Corrections tell of the report: they are left
/// out for who does not read the whole province.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round.")),
    responses((status = 200, description = "What was frozen.", body = FrozenReviewView))
)]
#[get("/reviews/{review}/freeze")]
async fn get_review_freeze(state: State, caller: Caller<ReadWork>, PathId(review): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let version = reviews::get(conn, &caller, review)?.version;
            caller.tagged(version, at, &view(service::get_frozen(conn, &caller, review)?))
        })
        .await
}

/// Freeze a review round
///
/// Its report is kept as it is, for good: numbers of the end of a day that is over. With numbers of a day before it is due, and while units owe
/// anything or wait to be confirmed, a reason is needed. It is only corrected beside (`errata`).
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round.")),
    request_body = FreezeDraft,
    responses((status = 201, description = "The frozen round.", body = ReviewView))
)]
#[post("/reviews/{review}/freeze")]
async fn freeze_review(state: State, caller: Caller<WriteWork>, PathId(review): PathId, body: Body<FreezeDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let reviewed = service::to_freeze(conn, caller, review)?;
        let round = service::freeze(conn, caller, reviewed, &body.read()?, at)?;
        caller.created(format!("{BASE}/reviews/{review}/freeze"), round.version, at, &ReviewView::from(round))
    })
    .await
}

/// Approve what was frozen of a review round
///
/// By a leader, once, under the account's own name. `sha256` says what was read: another hash than that of what was frozen is refused.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round.")),
    request_body = ApprovalDraft,
    responses((status = 201, description = "The approval.", body = ApprovalView))
)]
#[post("/reviews/{review}/approvals")]
async fn approve_review(state: State, caller: Caller<SignReviews>, PathId(review): PathId, body: Body<ApprovalDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let reviewed = service::to_approve(conn, caller, review)?;
        let approval = service::approve(conn, caller, &reviewed, &body.read()?, at)?;
        Reply::created(format!("{BASE}/reviews/{review}/freeze"), &ApprovalView::from(approval))
    })
    .await
}

/// Put a correction beside a frozen review round
///
/// What was frozen stays as it is.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round.")),
    request_body = ErratumDraft,
    responses((status = 201, description = "The correction.", body = ErratumView))
)]
#[post("/reviews/{review}/errata")]
async fn correct_review(state: State, caller: Caller<WriteWork>, PathId(review): PathId, body: Body<ErratumDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let reviewed = service::to_correct(conn, caller, review)?;
        let erratum = service::correct(conn, caller, &reviewed, &body.read()?, at)?;
        let author = erratum.recorded_by.map(|_| caller.actor().username.clone());
        Reply::created(format!("{BASE}/reviews/{review}/freeze"), &ErratumView::new(erratum, author))
    })
    .await
}

/// Compare a frozen review round with the record
///
/// DiffAgainst `now`: what the same questions give today. DiffAgainst `record`: what they give of the same day, which should be the same; a value that
/// differs was recorded later for an earlier time, or altered by other ways than this program.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), DiffQuery),
    responses((status = 200, description = "Value by value.", body = ReviewDiffView))
)]
#[get("/reviews/{review}/diff")]
async fn diff_review(state: State, caller: Caller<ReadWork>, PathId(review): PathId, Params(query): Params<DiffQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let against = query.against.unwrap_or(DiffAgainst::Now);
            let diff = service::diff(conn, &caller, review, against, at)?;
            Reply::ok(&ReviewDiffView::new(&diff.report, against, diff.as_of, diff.whole, diff.differences))
        })
        .await
}

async fn paper(shown: Shown, format: PaperFormat) -> AppResult<Download> {
    let (report, frozen) = shown.into_parts();
    let paper = ReviewPaper::new(report, frozen);
    web::block(move || review_papers::written(&paper, format)).await.map_err(AppError::internal)?.map(Download).map_err(AppError::internal)
}

fn view(Frozen { report, author, approvals, errata }: Frozen) -> FrozenReviewView {
    let errata = errata.into_iter().map(|(row, author)| ErratumView::new(row, author));
    FrozenReviewView::new(report, author, approvals.into_iter().map(ApprovalView::from).collect(), errata.collect())
}
