//! `/reviews/{review}/submissions`.

use actix_web::{get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, PathIdRef, State};
use super::reply::Reply;
use crate::domain::reviews::{ReviewPartsQuery, ReviewTexts};
use crate::domain::verifications::VerificationDraft;
use crate::domain::{Id, Reference};
use crate::error::AppResult;
use crate::service::access::{LogProgress, ReadWork, Verify};
use crate::service::review_submissions::{self as service, Prepared, Submission};
use crate::view::paging::PageView;
use crate::view::review_submissions::{PreparedSubmissionView, RevisionView, SubmissionView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_submissions).service(get_submission).service(put_submission).service(verify_submission);
}

/// List what is owed to a review round
///
/// Each unit that leads counted work of the document, or reports on an indicator of it, owes one, due when the round is due. Reporters see their
/// own units.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ReviewPartsQuery),
    responses((status = 200, description = "A page of what is owed.", body = PageView<SubmissionView>))
)]
#[get("/reviews/{review}/submissions")]
async fn list_submissions(
    state: State,
    caller: Caller<ReadWork>,
    PathId(review): PathId,
    Params(query): Params<ReviewPartsQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = service::list(conn, &caller, review, query, at)?.map(line);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Get what a unit owes a review round
///
/// With what it need not write again: its overdue tasks, its indicators, the obstacles and proposals of its reports, and words to begin with.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ("unit" = Reference, Path, description = "Id or code of the unit.")),
    responses((status = 200, description = "What the unit owes.", body = PreparedSubmissionView))
)]
#[get("/reviews/{review}/submissions/{unit}")]
async fn get_submission(state: State, caller: Caller<ReadWork>, PathIdRef(review, unit): PathIdRef) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let view = view(service::get(conn, &caller, review, &unit, at)?);
            caller.tagged(view.version, at, &view)
        })
        .await
}

/// Hand in what a unit owes a review round
///
/// By the unit, or by the office for it, marked so; `results` is needed. A new text is a new revision, until it is confirmed; the same text again
/// changes nothing. 409 unless the round is open or being put together.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ("unit" = Reference, Path, description = "Id or code of the unit.")),
    request_body = ReviewTexts,
    responses(
        (status = 200, description = "It was handed in so already.", body = PreparedSubmissionView),
        (status = 201, description = "What was handed in.", body = PreparedSubmissionView)
    )
)]
#[put("/reviews/{review}/submissions/{unit}")]
async fn put_submission(
    state: State,
    caller: Caller<LogProgress>,
    PathIdRef(review, unit): PathIdRef,
    body: Body<ReviewTexts>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = service::target(conn, &caller, review, &unit, at)?;
            let (prepared, made) = service::hand_in(conn, &caller, target, caller.expected(), &body.read()?, at)?;
            let view = view(prepared);
            caller.put(made, format!("{BASE}/reviews/{review}/submissions/{}", view.submission.unit.id), view.version, at, &view)
        })
        .await
}

/// Confirm or return what a unit handed in
///
/// For the focal office of the province, but not by who handed it in. What is returned is to be handed in anew.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ("unit" = Reference, Path, description = "Id or code of the unit.")),
    request_body = VerificationDraft,
    responses((status = 200, description = "What the unit owes, as it stands now.", body = PreparedSubmissionView))
)]
#[put("/reviews/{review}/submissions/{unit}/verification")]
async fn verify_submission(
    state: State,
    caller: Caller<Verify>,
    PathIdRef(review, unit): PathIdRef,
    body: Body<VerificationDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = service::to_judge(conn, &caller, review, &unit, caller.expected())?;
            let view = view(service::judge(conn, &caller, target, &body.read()?, at)?);
            caller.tagged(view.version, at, &view)
        })
        .await
}

fn line(owed: Submission) -> SubmissionView {
    SubmissionView::new(owed.unit, owed.round.due_on, owed.state, owed.totals, owed.last.as_ref())
}

fn view(prepared: Prepared) -> PreparedSubmissionView {
    let Prepared { submission, overdue, indicators, prefill, revisions, actions } = prepared;
    let mut revisions = revisions.into_iter().map(|(row, author, judge)| RevisionView::new(&row, author, judge));
    PreparedSubmissionView {
        review: submission.round.id,
        version: submission.last.as_ref().map_or(0, |row| row.version),
        submission: line(submission),
        last: revisions.next(),
        earlier: revisions.collect(),
        prefill,
        overdue,
        indicators,
        allowed_actions: actions,
    }
}
