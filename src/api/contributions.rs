//! `/tasks/{task}/contributions`.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::contributions::{TaskContributionDraft, TaskContributionQuery};
use crate::error::AppResult;
use crate::service::access::{Contribute, ReadWork};
use crate::service::contributions::{self, ShownContribution};
use crate::view::contributions::TaskContributionView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_contributions).service(create_contribution);
}

/// List what coordinating units did for a task
///
/// Newest first, for whoever reads the task.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task."), TaskContributionQuery),
    responses((status = 200, description = "A page of contributions.", body = PageView<TaskContributionView>))
)]
#[get("/tasks/{task}/contributions")]
async fn list_contributions(
    state: State,
    caller: Caller<ReadWork>,
    PathId(task): PathId,
    Params(query): Params<TaskContributionQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = contributions::list(conn, &caller, task, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// File what a coordinating unit did
///
/// For units that help with the task, and for offices, marked so. It moves neither percent nor state of the task, and is
/// never changed: a new one corrects it.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body = TaskContributionDraft,
    responses((status = 201, description = "The contribution.", body = TaskContributionView))
)]
#[post("/tasks/{task}/contributions")]
async fn create_contribution(
    state: State,
    caller: Caller<Contribute>,
    PathId(task): PathId,
    body: Body<TaskContributionDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let target = contributions::target(conn, caller, task, at)?;
        let shown = contributions::file(conn, caller, target, &body.read()?, at)?;
        // Never changed, so it has one version.
        caller.created(format!("{BASE}/tasks/{task}/contributions"), 1, at, &view(shown))
    })
    .await
}

fn view(ShownContribution { contribution, unit, author }: ShownContribution) -> TaskContributionView {
    TaskContributionView::new(contribution, &unit, author)
}
