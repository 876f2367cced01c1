//! `/commitment-requests` and `/tasks/{task}/commitment-requests`.

use actix_web::{get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::commitment_requests::{CommitmentRequestDraft, CommitmentRequestQuery, RequestDecisionDraft, WithdrawalDraft};
use crate::error::AppResult;
use crate::service::access::{ApproveCommitments, ReadWork, RequestCommitments};
use crate::service::commitment_requests::{self, ShownRequest};
use crate::view::commitment_requests::CommitmentRequestView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_commitment_requests)
        .service(create_commitment_request)
        .service(get_commitment_request)
        .service(decide_commitment_request)
        .service(withdraw_commitment_request);
}

/// List requests to change commitments
///
/// Newest first. `state=open` is the queue of what waits to be decided.
#[utoipa::path(tag = "tasks", params(CommitmentRequestQuery), responses((status = 200, description = "A page of requests.", body = PageView<CommitmentRequestView>)))]
#[get("/commitment-requests")]
async fn list_commitment_requests(
    state: State,
    caller: Caller<ReadWork>,
    Params(query): Params<CommitmentRequestQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = commitment_requests::list(conn, &caller, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Ask for other commitments
///
/// For the unit that answers for the task, and for offices. Nothing changes until an office or a
/// leader approves; then it is a change of commitments like any other, and an extension approved
/// after the deadline had passed does not cure lateness.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body = CommitmentRequestDraft,
    responses((status = 201, description = "The request.", body = CommitmentRequestView))
)]
#[post("/tasks/{task}/commitment-requests")]
async fn create_commitment_request(
    state: State,
    caller: Caller<RequestCommitments>,
    PathId(task): PathId,
    body: Body<CommitmentRequestDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let target = commitment_requests::target(conn, caller, task, at)?;
        let shown = commitment_requests::request(conn, caller, target, &body.read()?, at)?;
        caller.created(format!("{BASE}/commitment-requests/{}", shown.request.id), shown.request.version, at, &view(shown.clone()))
    })
    .await
}

/// Get a request to change commitments
///
/// Its `ETag` is what a decision names in `If-Match`.
#[utoipa::path(tag = "tasks", params(("request" = Id, Path, description = "Id of the request.")), responses((status = 200, description = "The request.", body = CommitmentRequestView)))]
#[get("/commitment-requests/{request}")]
async fn get_commitment_request(state: State, caller: Caller<ReadWork>, PathId(request): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = commitment_requests::get(conn, &caller, request, at)?;
            caller.tagged(shown.request.version, at, &view(shown))
        })
        .await
}

/// Approve or refuse a request to change commitments
///
/// For offices and leaders. An approval changes the commitments at once, as they are asked for; a
/// refusal needs a reason.
#[utoipa::path(
    tag = "tasks",
    params(("request" = Id, Path, description = "Id of the request.")),
    request_body = RequestDecisionDraft,
    responses((status = 200, description = "The request.", body = CommitmentRequestView))
)]
#[put("/commitment-requests/{request}/decision")]
async fn decide_commitment_request(
    state: State,
    caller: Caller<ApproveCommitments>,
    PathId(request): PathId,
    body: Body<RequestDecisionDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = commitment_requests::to_decide(conn, &caller, request, caller.expected(), at)?;
            let shown = commitment_requests::decide(conn, &caller, target, &body.read()?, at)?;
            caller.tagged(shown.request.version, at, &view(shown))
        })
        .await
}

/// Withdraw a request to change commitments
///
/// For the unit that answers for the task, and for offices, while it is open.
#[utoipa::path(
    tag = "tasks",
    params(("request" = Id, Path, description = "Id of the request.")),
    request_body = WithdrawalDraft,
    responses((status = 200, description = "The request.", body = CommitmentRequestView))
)]
#[put("/commitment-requests/{request}/withdrawal")]
async fn withdraw_commitment_request(
    state: State,
    caller: Caller<RequestCommitments>,
    PathId(request): PathId,
    body: Body<WithdrawalDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = commitment_requests::to_decide(conn, &caller, request, caller.expected(), at)?;
            let shown = commitment_requests::withdraw(conn, &caller, target, &body.read()?, at)?;
            caller.tagged(shown.request.version, at, &view(shown))
        })
        .await
}

fn view(shown: ShownRequest) -> CommitmentRequestView {
    let ShownRequest { request, task, unit, author, decider, actions } = shown;
    CommitmentRequestView::new(request, task, &unit, (author, decider), actions)
}
