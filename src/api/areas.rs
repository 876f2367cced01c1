//! `/areas`.

use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathExternal, PathRef, State};
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
    config.service(list_areas).service(create_area).service(get_area).service(update_area).service(put_area_by_ref);
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

/// Write an area under its name in another system
///
/// For administrators, and for systems that keep the directory. Creates the area if the name is not known in its province, otherwise
/// makes it what the body says; where nothing differs nothing happens. The name in the address is
/// kept with it, also if `external_refs` leaves it out; without `external_refs` all names stay.
/// `If-Match` is heeded if it is sent.
#[utoipa::path(
    tag = "directory",
    params(("system" = String, Path, description = "Short code of the system.", example = "edoc"), ("external_id" = String, Path, description = "The id there.", example = "DV-0042")),
    request_body = AreaDraft,
    responses((status = 200, description = "The area, which was known.", body = AreaView), (status = 201, description = "The area, which is new.", body = AreaView))
)]
#[put("/areas/by-ref/{system}/{external_id}")]
async fn put_area_by_ref(
    state: State,
    caller: Caller<WriteDirectory>,
    PathExternal(reference): PathExternal,
    body: Body<AreaDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let (area, made) = service::areas::upsert(conn, &caller, &reference, caller.expected(), body.read()?, at)?;
            caller.put(made, format!("{BASE}/areas/{}", area.id), area.version, at, &AreaView::from(area))
        })
        .await
}
