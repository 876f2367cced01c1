//! `/tasks/{task}/decisions`.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::decisions::DecisionDraft;
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::decisions;
use crate::view::decisions::{DecisionOutcome, DecisionView, DecisionsView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_decisions).service(create_decision);
}

/// List decisions about a task
#[utoipa::path(tag = "tasks", params(("task" = Id, Path, description = "Id of the task.")), responses((status = 200, description = "Oldest first.", body = DecisionsView)))]
#[get("/tasks/{task}/decisions")]
async fn list_decisions(state: State, caller: Caller<ReadWork>, PathId(task): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let items = decisions::list(conn, &caller, task, at)?;
            Reply::ok(&DecisionsView { items: items.into_iter().map(|(row, by)| DecisionView::new(row, by)).collect() })
        })
        .await
}

/// Decide about a task
///
/// Issue, suspend, resume, cancel or void it. Everything but issuing needs a reason. A decision
/// the task's state does not allow is 409 with `allowed_actions`.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body = DecisionDraft,
    responses((status = 201, description = "The decision, and how the task stands now.", body = DecisionOutcome))
)]
#[post("/tasks/{task}/decisions")]
async fn create_decision(state: State, caller: Caller<WriteWork>, PathId(task): PathId, body: Body<DecisionDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let target = decisions::target(conn, caller, task, at)?;
        let (decision, shown) = decisions::decide(conn, caller, target, &body.read()?, at)?;
        let author = decision.recorded_by.map(|_| caller.actor().username.clone());
        let (decision, lifecycle) = (DecisionView::new(decision, author), shown.record.state.lifecycle);
        let view = DecisionOutcome { decision, lifecycle, allowed_actions: shown.actions };
        Reply::created(format!("{BASE}/tasks/{task}/decisions"), &view)
    })
    .await
}
