//! `/reviews`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::reviews::{ReviewDecisionDraft, ReviewDraft, ReviewPlan, ReviewQuery};
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::reviews;
use crate::view::paging::PageView;
use crate::view::reviews::ReviewView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_reviews).service(plan_review).service(get_review).service(update_review).service(decide_review);
}

/// List review rounds
///
/// The earliest due first. Rounds are planned with their resolution, after 3 years and after 5, or with a thematic programme, when its years are
/// over. `texts` and `claimed_score` are for who reads the whole province.
#[utoipa::path(tag = "reviews", params(ReviewQuery), responses((status = 200, description = "A page of rounds.", body = PageView<ReviewView>)))]
#[get("/reviews")]
async fn list_reviews(state: State, caller: Caller<ReadWork>, Params(query): Params<ReviewQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = reviews::list(conn, &caller, query)?.map(ReviewView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Get a review round
///
/// `texts` and `claimed_score` are for who reads the whole province.
#[utoipa::path(tag = "reviews", params(("review" = Id, Path, description = "Id of the review round.")), responses((status = 200, description = "The round.", body = ReviewView)))]
#[get("/reviews/{review}")]
async fn get_review(state: State, caller: Caller<ReadWork>, PathId(review): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let round = reviews::get(conn, &caller, review)?;
            caller.tagged(round.version, at, &ReviewView::from(round))
        })
        .await
}

/// Plan a review round
///
/// Beside those every document has (after 3 and 5 years; of a thematic programme when its years are over): one of a kind for a document, yearly
/// ones one a year. The day it is due follows from the document's cycle unless `due_on` says another.
#[utoipa::path(tag = "reviews", request_body = ReviewPlan, responses((status = 201, description = "The round.", body = ReviewView)))]
#[post("/reviews")]
async fn plan_review(state: State, caller: Caller<WriteWork>, body: Body<ReviewPlan>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let round = reviews::plan(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/reviews/{}", round.id), round.version, at, &ReviewView::from(round))
    })
    .await
}

/// Change a review round
///
/// Its day, its rules, its texts, until it is frozen.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round.")),
    request_body = ReviewDraft,
    responses((status = 200, description = "The round.", body = ReviewView))
)]
#[patch("/reviews/{review}")]
async fn update_review(state: State, caller: Caller<WriteWork>, PathId(review): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let round = reviews::update(conn, &caller, review, caller.expected(), &patch, at)?;
            caller.tagged(round.version, at, &ReviewView::from(round))
        })
        .await
}

/// Decide about a review round
///
/// `open` lets units hand in; `consolidate` puts together what they did; `reopen` goes back to open, or takes a cancelled round up again; `cancel`
/// says that it is not held. A decision its state does not allow is 409 with `allowed_actions`.
#[utoipa::path(
    tag = "reviews",
    params(("review" = Id, Path, description = "Id of the review round.")),
    request_body = ReviewDecisionDraft,
    responses((status = 201, description = "The round as it stands now.", body = ReviewView))
)]
#[post("/reviews/{review}/decisions")]
async fn decide_review(
    state: State,
    caller: Caller<WriteWork>,
    PathId(review): PathId,
    body: Body<ReviewDecisionDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let reviewed = reviews::to_decide(conn, caller, review)?;
        let round = reviews::decide(conn, caller, reviewed, &body.read()?, at)?;
        caller.created(format!("{BASE}/reviews/{review}"), round.version, at, &ReviewView::from(round))
    })
    .await
}
