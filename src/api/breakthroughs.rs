//! `/breakthroughs`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::breakthroughs::BreakthroughDraft;
use crate::domain::resolutions::PartQuery;
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::view::breakthroughs::BreakthroughView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_breakthroughs).service(create_breakthrough).service(get_breakthrough).service(update_breakthrough);
}

/// List breakthroughs
///
/// By resolution and ordinal.
#[utoipa::path(tag = "documents", params(PartQuery), responses((status = 200, description = "A page of breakthroughs.", body = PageView<BreakthroughView>)))]
#[get("/breakthroughs")]
async fn list_breakthroughs(state: State, caller: Caller<ReadWork>, Params(query): Params<PartQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::breakthroughs::list(conn, &caller, query)?.map(BreakthroughView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a breakthrough
///
/// For whoever writes the resolution. No two stand at the same place.
#[utoipa::path(tag = "documents", request_body = BreakthroughDraft, responses((status = 201, description = "The breakthrough.", body = BreakthroughView)))]
#[post("/breakthroughs")]
async fn create_breakthrough(state: State, caller: Caller<WriteWork>, body: Body<BreakthroughDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let breakthrough = service::breakthroughs::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/breakthroughs/{}", breakthrough.id), breakthrough.version, at, &BreakthroughView::from(breakthrough))
    })
    .await
}

/// Get a breakthrough
#[utoipa::path(tag = "documents", params(("id" = Id, Path, description = "Id.")), responses((status = 200, description = "The breakthrough.", body = BreakthroughView)))]
#[get("/breakthroughs/{id}")]
async fn get_breakthrough(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let breakthrough = service::breakthroughs::get(conn, &caller, id)?;
            caller.tagged(breakthrough.version, at, &BreakthroughView::from(breakthrough))
        })
        .await
}

/// Change a breakthrough
///
/// For whoever writes the resolution; it stays with it.
#[utoipa::path(
    tag = "documents",
    params(("id" = Id, Path, description = "Id.")),
    request_body = BreakthroughDraft,
    responses((status = 200, description = "The breakthrough.", body = BreakthroughView))
)]
#[patch("/breakthroughs/{id}")]
async fn update_breakthrough(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let breakthrough = service::breakthroughs::update(conn, &caller, id, caller.expected(), &patch, at)?;
            caller.tagged(breakthrough.version, at, &BreakthroughView::from(breakthrough))
        })
        .await
}
