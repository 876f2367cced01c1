//! `/tasks`.

use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathExternal, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::task_drafts::{TaskDraft, TaskQuery};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::shown_tasks::ShownTask;
use crate::view::paging::PageView;
use crate::view::tasks::TaskView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_tasks).service(create_task).service(get_task).service(update_task).service(put_task_by_ref);
}

/// List tasks
///
/// By due date, those without one last; voided tasks are left out. Reporters see the tasks their
/// units lead or help with; drafts and secret stubs are seen by those who may write them.
#[utoipa::path(tag = "tasks", params(TaskQuery), responses((status = 200, description = "A page of tasks.", body = PageView<TaskView>)))]
#[get("/tasks")]
async fn list_tasks(state: State, caller: Caller<ReadWork>, Params(query): Params<TaskQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = service::tasks::list(conn, &caller, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a task
///
/// For offices and administrators. It is a draft, counted nowhere, until it is issued
/// (`POST /tasks/{task}/decisions`). Given to a group (`lead_group`), it is the whole, and each unit that
/// belongs to the group on the day of assignment gets a part with the same work, product and deadline;
/// whoever issues the whole issues them all.
#[utoipa::path(tag = "tasks", request_body = TaskDraft, responses((status = 201, description = "The draft.", body = TaskView)))]
#[post("/tasks")]
async fn create_task(state: State, caller: Caller<WriteWork>, body: Body<TaskDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let shown = service::group_tasks::assign(conn, caller, &body.read()?, at)?;
        let task = &shown.record.task;
        caller.created(format!("{BASE}/tasks/{}", task.id), task.version, at, &view(shown.clone()))
    })
    .await
}

/// Get a task
#[utoipa::path(tag = "tasks", params(("task" = Id, Path, description = "Id of the task.")), responses((status = 200, description = "The task.", body = TaskView)))]
#[get("/tasks/{task}")]
async fn get_task(state: State, caller: Caller<ReadWork>, PathId(task): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = service::tasks::get(conn, &caller, task, at)?;
            caller.tagged(shown.record.task.version, at, &view(shown))
        })
        .await
}

/// Change a task
///
/// A draft can be changed in every part but its parent. Of an issued task the deadline, weight,
/// scope and lead unit stay (409 `committed`): they change through commitment-changes.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body = TaskDraft,
    responses((status = 200, description = "The task.", body = TaskView))
)]
#[patch("/tasks/{task}")]
async fn update_task(state: State, caller: Caller<WriteWork>, PathId(task): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let shown = service::task_drafts::update(conn, &caller, task, caller.expected(), &patch, at)?;
            caller.tagged(shown.record.task.version, at, &view(shown))
        })
        .await
}

/// Write a task under its name in another system
///
/// Creates a draft if the name is not known in the province of the lead unit, otherwise makes the
/// task what the body says; where nothing differs nothing happens. The name in the address is kept
/// with it, also if `external_refs` leaves it out; without `external_refs` all names stay.
/// `If-Match` is heeded if it is sent. What an issued task promises stays (409 `committed`).
#[utoipa::path(
    tag = "tasks",
    params(("system" = String, Path, description = "Short code of the system.", example = "edoc"), ("external_id" = String, Path, description = "The id there.", example = "NV-2021-0042")),
    request_body = TaskDraft,
    responses((status = 200, description = "The task, which was known.", body = TaskView), (status = 201, description = "The draft, which is new.", body = TaskView))
)]
#[put("/tasks/by-ref/{system}/{external_id}")]
async fn put_task_by_ref(
    state: State,
    caller: Caller<WriteWork>,
    PathExternal(reference): PathExternal,
    body: Body<TaskDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let (shown, made) = service::task_upserts::upsert(conn, &caller, &reference, caller.expected(), body.read()?, at)?;
            let (id, version) = (shown.record.task.id, shown.record.task.version);
            caller.put(made, format!("{BASE}/tasks/{id}"), version, at, &view(shown))
        })
        .await
}

fn view(shown: ShownTask) -> TaskView {
    TaskView::new(shown.record, shown.judgements, shown.parts, shown.actions)
}
