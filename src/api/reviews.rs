//! `/reviews`.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::reviews::{ReviewPartsQuery, ReviewQuery, SnapshotDraft};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::view::paging::PageView;
use crate::view::reviews::{ReviewView, SnapshotView, SubmissionView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_reviews).service(get_review).service(list_submissions).service(list_snapshots).service(create_snapshot);
}

/// List review rounds
///
/// The earliest due first. Rounds are planned with their resolution, after 3 years and after 5, or with a thematic programme, when its years are
/// over.
#[utoipa::path(tag = "reviews", params(ReviewQuery), responses((status = 200, description = "A page of rounds.", body = PageView<ReviewView>)))]
#[get("/reviews")]
async fn list_reviews(state: State, caller: Caller<ReadWork>, Params(query): Params<ReviewQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::reviews::list(conn, &caller, query)?.map(ReviewView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Get a review round
#[utoipa::path(tag = "reviews", params(("review" = Id, Path, description = "Id of the review round.")), responses((status = 200, description = "The round.", body = ReviewView)))]
#[get("/reviews/{review}")]
async fn get_review(state: State, caller: Caller<ReadWork>, PathId(review): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let round = service::reviews::get(conn, &caller, review)?;
            caller.tagged(round.version, at, &ReviewView::from(round))
        })
        .await
}

/// List the reports owed to a review round
///
/// Each unit that leads counted work of the resolution owes one, due when the round is due.
/// Reporters see those of their own units.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ReviewPartsQuery),
    responses((status = 200, description = "A page of reports owed.", body = PageView<SubmissionView>))
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
            let page = service::reviews::submissions(conn, &caller, review, query, at)?;
            let page = page.map(|owed| SubmissionView::new(owed.unit, owed.round.due_on, owed.state, owed.totals));
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// List the snapshots of a review round
///
/// The newest first.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round."), ReviewPartsQuery),
    responses((status = 200, description = "A page of snapshots.", body = PageView<SnapshotView>))
)]
#[get("/reviews/{review}/snapshots")]
async fn list_snapshots(
    state: State,
    caller: Caller<ReadWork>,
    PathId(review): PathId,
    Params(query): Params<ReviewPartsQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::reviews::snapshots(conn, &caller, review, query)?.map(SnapshotView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Take a snapshot for a review round
///
/// Keeps the task statistics of today, of each unit and in total, as they are now.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round.")),
    request_body = SnapshotDraft,
    responses((status = 201, description = "The snapshot.", body = SnapshotView))
)]
#[post("/reviews/{review}/snapshots")]
async fn create_snapshot(state: State, caller: Caller<WriteWork>, PathId(review): PathId, body: Body<SnapshotDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let reviewed = service::reviews::to_snapshot(conn, caller, review)?;
        body.read()?;
        let snapshot = service::reviews::take_snapshot(conn, caller, &reviewed, at)?;
        caller.created(format!("{BASE}/reviews/{review}/snapshots"), 1, at, &SnapshotView::from(snapshot))
    })
    .await
}
