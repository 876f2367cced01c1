//! `/task-groups`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::resolutions::PartQuery;
use crate::domain::task_groups::TaskGroupDraft;
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::view::paging::PageView;
use crate::view::task_groups::TaskGroupView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_task_groups).service(create_task_group).service(get_task_group).service(update_task_group);
}

/// List task groups
///
/// By resolution and ordinal.
#[utoipa::path(tag = "documents", params(PartQuery), responses((status = 200, description = "A page of task groups.", body = PageView<TaskGroupView>)))]
#[get("/task-groups")]
async fn list_task_groups(state: State, caller: Caller<ReadWork>, Params(query): Params<PartQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::task_groups::list(conn, &caller, query)?.map(TaskGroupView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a task group
///
/// For whoever writes the resolution. The breakthrough it serves may be another resolution's of the same root.
#[utoipa::path(tag = "documents", request_body = TaskGroupDraft, responses((status = 201, description = "The task group.", body = TaskGroupView)))]
#[post("/task-groups")]
async fn create_task_group(state: State, caller: Caller<WriteWork>, body: Body<TaskGroupDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let task_group = service::task_groups::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/task-groups/{}", task_group.id), task_group.version, at, &TaskGroupView::from(task_group))
    })
    .await
}

/// Get a task group
#[utoipa::path(tag = "documents", params(("id" = Id, Path, description = "Id.")), responses((status = 200, description = "The task group.", body = TaskGroupView)))]
#[get("/task-groups/{id}")]
async fn get_task_group(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let task_group = service::task_groups::get(conn, &caller, id)?;
            caller.tagged(task_group.version, at, &TaskGroupView::from(task_group))
        })
        .await
}

/// Change a task group
///
/// For whoever writes the resolution; it stays with it.
#[utoipa::path(
    tag = "documents",
    params(("id" = Id, Path, description = "Id.")),
    request_body = TaskGroupDraft,
    responses((status = 200, description = "The task group.", body = TaskGroupView))
)]
#[patch("/task-groups/{id}")]
async fn update_task_group(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let task_group = service::task_groups::update(conn, &caller, id, caller.expected(), &patch, at)?;
            caller.tagged(task_group.version, at, &TaskGroupView::from(task_group))
        })
        .await
}
