//! `/pillars`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::pillars::PillarDraft;
use crate::domain::resolutions::PartQuery;
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::view::paging::PageView;
use crate::view::pillars::PillarView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_pillars).service(create_pillar).service(get_pillar).service(update_pillar);
}

/// List pillars
///
/// By resolution and ordinal.
#[utoipa::path(tag = "documents", params(PartQuery), responses((status = 200, description = "A page of pillars.", body = PageView<PillarView>)))]
#[get("/pillars")]
async fn list_pillars(state: State, caller: Caller<ReadWork>, Params(query): Params<PartQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::pillars::list(conn, &caller, query)?.map(PillarView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a pillar
///
/// For whoever writes the resolution. No two stand at the same place.
#[utoipa::path(tag = "documents", request_body = PillarDraft, responses((status = 201, description = "The pillar.", body = PillarView)))]
#[post("/pillars")]
async fn create_pillar(state: State, caller: Caller<WriteWork>, body: Body<PillarDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let pillar = service::pillars::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/pillars/{}", pillar.id), pillar.version, at, &PillarView::from(pillar))
    })
    .await
}

/// Get a pillar
#[utoipa::path(tag = "documents", params(("id" = Id, Path, description = "Id.")), responses((status = 200, description = "The pillar.", body = PillarView)))]
#[get("/pillars/{id}")]
async fn get_pillar(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let pillar = service::pillars::get(conn, &caller, id)?;
            caller.tagged(pillar.version, at, &PillarView::from(pillar))
        })
        .await
}

/// Change a pillar
///
/// For whoever writes the resolution; it stays with it.
#[utoipa::path(
    tag = "documents",
    params(("id" = Id, Path, description = "Id.")),
    request_body = PillarDraft,
    responses((status = 200, description = "The pillar.", body = PillarView))
)]
#[patch("/pillars/{id}")]
async fn update_pillar(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let pillar = service::pillars::update(conn, &caller, id, caller.expected(), &patch, at)?;
            caller.tagged(pillar.version, at, &PillarView::from(pillar))
        })
        .await
}
