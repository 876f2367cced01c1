//! `/areas`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathRef, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Reference;
use crate::domain::areas::{AreaDraft, AreaQuery};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::view::areas::AreaView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_areas).service(create_area).service(get_area).service(update_area);
}

/// List areas
///
/// In Vietnamese order of their names.
#[utoipa::path(tag = "directory", params(AreaQuery), responses((status = 200, description = "A page of areas.", body = PageView<AreaView>)))]
#[get("/areas")]
async fn list_areas(state: State, caller: Caller<ReadDirectory>, Params(query): Params<AreaQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::areas::list(conn, &caller, query)?.map(AreaView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create an area
///
/// For administrators. A district or commune names the area it lies in.
#[utoipa::path(tag = "directory", request_body = AreaDraft, responses((status = 201, description = "The area.", body = AreaView)))]
#[post("/areas")]
async fn create_area(state: State, caller: Caller<WriteDirectory>, body: Body<AreaDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let area = service::areas::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/areas/{}", area.id), area.version, at, &AreaView::from(area))
    })
    .await
}

/// Get an area
#[utoipa::path(tag = "directory", params(("area" = Reference, Path, description = "Id or code.")), responses((status = 200, description = "The area.", body = AreaView)))]
#[get("/areas/{area}")]
async fn get_area(state: State, caller: Caller<ReadDirectory>, PathRef(area): PathRef) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let area = service::areas::get(conn, &caller, &area)?;
            caller.tagged(area.version, at, &AreaView::from(area))
        })
        .await
}

/// Change an area
///
/// For administrators. Code and parent stay.
#[utoipa::path(
    tag = "directory",
    params(("area" = Reference, Path, description = "Id or code.")),
    request_body = AreaDraft,
    responses((status = 200, description = "The area.", body = AreaView))
)]
#[patch("/areas/{area}")]
async fn update_area(state: State, caller: Caller<WriteDirectory>, PathRef(area): PathRef, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let area = service::areas::update(conn, &caller, &area, caller.expected(), &patch, at)?;
            caller.tagged(area.version, at, &AreaView::from(area))
        })
        .await
}
