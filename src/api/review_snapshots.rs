//! `/reviews/{review}/snapshots`.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::review_snapshots::SnapshotDraft;
use crate::domain::reviews::ReviewPartsQuery;
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::review_snapshots;
use crate::view::paging::PageView;
use crate::view::review_snapshots::SnapshotView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_snapshots).service(create_snapshot);
}

/// List the snapshots of a review round
///
/// The newest first. Reporters see the lines of their own units, and no total.
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
            let page = review_snapshots::list(conn, &caller, review, query)?.map(SnapshotView::from);
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
        let reviewed = review_snapshots::target(conn, caller, review)?;
        body.read()?;
        let snapshot = review_snapshots::take(conn, caller, &reviewed, at)?;
        caller.created(format!("{BASE}/reviews/{review}/snapshots"), 1, at, &SnapshotView::from(snapshot))
    })
    .await
}
