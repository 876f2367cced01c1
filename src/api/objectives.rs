//! `/objectives`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::objectives::ObjectiveDraft;
use crate::domain::resolutions::PartQuery;
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::view::objectives::ObjectiveView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_objectives).service(create_objective).service(get_objective).service(update_objective);
}

/// List objectives
///
/// By resolution and ordinal.
#[utoipa::path(tag = "documents", params(PartQuery), responses((status = 200, description = "A page of objectives.", body = PageView<ObjectiveView>)))]
#[get("/objectives")]
async fn list_objectives(state: State, caller: Caller<ReadWork>, Params(query): Params<PartQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::objectives::list(conn, &caller, query)?.map(ObjectiveView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create an objective
///
/// For whoever writes the resolution. No two stand at the same place.
#[utoipa::path(tag = "documents", request_body = ObjectiveDraft, responses((status = 201, description = "The objective.", body = ObjectiveView)))]
#[post("/objectives")]
async fn create_objective(state: State, caller: Caller<WriteWork>, body: Body<ObjectiveDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let objective = service::objectives::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/objectives/{}", objective.id), objective.version, at, &ObjectiveView::from(objective))
    })
    .await
}

/// Get an objective
#[utoipa::path(tag = "documents", params(("id" = Id, Path, description = "Id.")), responses((status = 200, description = "The objective.", body = ObjectiveView)))]
#[get("/objectives/{id}")]
async fn get_objective(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let objective = service::objectives::get(conn, &caller, id)?;
            caller.tagged(objective.version, at, &ObjectiveView::from(objective))
        })
        .await
}

/// Change an objective
///
/// For whoever writes the resolution; it stays with it.
#[utoipa::path(
    tag = "documents",
    params(("id" = Id, Path, description = "Id.")),
    request_body = ObjectiveDraft,
    responses((status = 200, description = "The objective.", body = ObjectiveView))
)]
#[patch("/objectives/{id}")]
async fn update_objective(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let objective = service::objectives::update(conn, &caller, id, caller.expected(), &patch, at)?;
            caller.tagged(objective.version, at, &ObjectiveView::from(objective))
        })
        .await
}
