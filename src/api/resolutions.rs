//! `/resolutions`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::resolutions::{ResolutionDraft, ResolutionQuery};

use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::view::paging::PageView;
use crate::view::resolutions::ResolutionView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_resolutions).service(create_resolution).service(get_resolution).service(update_resolution);
}

/// List resolutions
///
/// In the order they were recorded.
#[utoipa::path(tag = "documents", params(ResolutionQuery), responses((status = 200, description = "A page of resolutions.", body = PageView<ResolutionView>)))]
#[get("/resolutions")]
async fn list_resolutions(state: State, caller: Caller<ReadWork>, Params(query): Params<ResolutionQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::resolutions::list(conn, &caller, query)?;
            let mentions = service::resolutions::mentions(conn, &caller, &page.items)?;
            let page = page.map(|resolution| ResolutionView::new(resolution, &mentions));
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a resolution
///
/// For whoever writes for its issuer, or for the whole root if the issuer is none of the units. Its reviews after three and five years are
/// planned at once, if the day they are counted from is known.
#[utoipa::path(tag = "documents", request_body = ResolutionDraft, responses((status = 201, description = "The resolution.", body = ResolutionView)))]
#[post("/resolutions")]
async fn create_resolution(state: State, caller: Caller<WriteWork>, body: Body<ResolutionDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let resolution = service::resolutions::create(conn, caller, &body.read()?, at)?;
        let mentions = service::resolutions::mentions(conn, caller, std::slice::from_ref(&resolution))?;
        caller.created(format!("{BASE}/resolutions/{}", resolution.id), resolution.version, at, &ResolutionView::new(resolution, &mentions))
    })
    .await
}

/// Get a resolution
#[utoipa::path(tag = "documents", params(("id" = Id, Path, description = "Id.")), responses((status = 200, description = "The resolution.", body = ResolutionView)))]
#[get("/resolutions/{id}")]
async fn get_resolution(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let resolution = service::resolutions::get(conn, &caller, id)?;
            let mentions = service::resolutions::mentions(conn, &caller, std::slice::from_ref(&resolution))?;
            caller.tagged(resolution.version, at, &ResolutionView::new(resolution, &mentions))
        })
        .await
}

/// Change a resolution
///
/// The root stays. Reviews that have not begun move with the day they are counted from.
#[utoipa::path(
    tag = "documents",
    params(("id" = Id, Path, description = "Id.")),
    request_body = ResolutionDraft,
    responses((status = 200, description = "The resolution.", body = ResolutionView))
)]
#[patch("/resolutions/{id}")]
async fn update_resolution(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let resolution = service::resolutions::update(conn, &caller, id, caller.expected(), &patch, at)?;
            let mentions = service::resolutions::mentions(conn, &caller, std::slice::from_ref(&resolution))?;
            caller.tagged(resolution.version, at, &ResolutionView::new(resolution, &mentions))
        })
        .await
}
