//! `/tasks/{task}/children`.

use actix_web::post;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::group_tasks::ChildrenDraft;
use crate::error::AppResult;
use crate::service::access::WriteWork;
use crate::service::group_tasks::{self as service, Added};
use crate::view::group_tasks::ChildrenView;
use crate::view::tasks::TaskView;
use crate::view::units::UnitRef;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(add_task_children);
}

/// Whether parts are only asked about.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TryQuery {
    /// Say which units would be given a part, and keep nothing.
    #[serde(default)]
    dry_run: Option<bool>,
}

/// Give parts to units that have none
///
/// Of a task that was given to a group of units: to one unit, such as one born since, or to all that belong
/// to the group today and answer for no part yet. The parts say what the whole says, are assigned today,
/// and are issued if the whole is. A task that was given to no group is 409.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the whole."), TryQuery),
    request_body = ChildrenDraft,
    responses(
        (status = 200, description = "To whom parts would be given; nothing was kept.", body = ChildrenView),
        (status = 201, description = "The parts.", body = ChildrenView)
    )
)]
#[post("/tasks/{task}/children")]
async fn add_task_children(
    state: State,
    caller: Caller<WriteWork>,
    PathId(task): PathId,
    Params(TryQuery { dry_run }): Params<TryQuery>,
    body: Body<ChildrenDraft>,
) -> AppResult<Reply> {
    if dry_run == Some(true) {
        let tried = move |conn: &mut _, at: &_| {
            let whole = service::target(conn, &caller, task, at)?;
            Reply::ok(&view(service::add(conn, &caller, whole, &body.read()?, true, at)?, true))
        };
        return state.write(tried).await;
    }
    once(&state, caller, body, move |conn, caller, body, at| {
        let whole = service::target(conn, caller, task, at)?;
        let added = service::add(conn, caller, whole, &body.read()?, false, at)?;
        Reply::created(format!("{BASE}/tasks?parent={task}"), &view(added, false))
    })
    .await
}

fn view(Added { on, units, parts }: Added, dry_run: bool) -> ChildrenView {
    let children = parts.into_iter().map(|part| TaskView::new(part.record, part.judgements, part.parts, part.actions)).collect();
    ChildrenView { dry_run, on, units: units.iter().map(UnitRef::from).collect(), children }
}
