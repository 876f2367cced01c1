//! `/tasks/{task}/commitment-changes`.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::commitment_changes::CommitmentChangeDraft;
use crate::error::AppResult;
use crate::service::access::{ChangeCommitments, ReadWork};
use crate::service::commitment_changes::{self, ShownChange};
use crate::view::commitment_changes::{CommitmentChangeView, CommitmentChangesView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_commitment_changes).service(create_commitment_change);
}

/// List changes of a task's commitments
#[utoipa::path(tag = "tasks", params(("task" = Id, Path, description = "Id of the task.")), responses((status = 200, description = "Oldest first.", body = CommitmentChangesView)))]
#[get("/tasks/{task}/commitment-changes")]
async fn list_commitment_changes(state: State, caller: Caller<ReadWork>, PathId(task): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let items = commitment_changes::list(conn, &caller, task, at)?;
            let view = |shown: ShownChange| CommitmentChangeView::new(shown.change, shown.author, shown.request);
            Reply::ok(&CommitmentChangesView { items: items.into_iter().map(view).collect() })
        })
        .await
}

/// Change a task's commitments
///
/// The only way deadline, weight, scope or lead unit of an issued task change. For offices, with a
/// reason. An extension recorded after the deadline had passed does not cure lateness.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body = CommitmentChangeDraft,
    responses((status = 201, description = "The change.", body = CommitmentChangeView))
)]
#[post("/tasks/{task}/commitment-changes")]
async fn create_commitment_change(
    state: State,
    caller: Caller<ChangeCommitments>,
    PathId(task): PathId,
    body: Body<CommitmentChangeDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let target = commitment_changes::target(conn, caller, task, at)?;
        let change = commitment_changes::change(conn, caller, target, &body.read()?, at)?;
        let author = change.recorded_by.map(|_| caller.actor().username.clone());
        Reply::created(format!("{BASE}/tasks/{task}/commitment-changes"), &CommitmentChangeView::new(change, author, None))
    })
    .await
}
