//! `/units`.

use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathExternal, PathRef, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Reference;
use crate::domain::units::{UnitDraft, UnitQuery};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::view::paging::PageView;
use crate::view::units::UnitView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_units).service(create_unit).service(get_unit).service(update_unit).service(put_unit_by_ref);
}

/// List units
///
/// In Vietnamese order of their names.
#[utoipa::path(tag = "directory", params(UnitQuery), responses((status = 200, description = "A page of units.", body = PageView<UnitView>)))]
#[get("/units")]
async fn list_units(state: State, caller: Caller<ReadDirectory>, Params(query): Params<UnitQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::units::list(conn, &caller, query)?.map(UnitView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a unit
///
/// For administrators. A unit names its superior in its own hierarchy, and the area it stands in.
#[utoipa::path(tag = "directory", request_body = UnitDraft, responses((status = 201, description = "The unit.", body = UnitView)))]
#[post("/units")]
async fn create_unit(state: State, caller: Caller<WriteDirectory>, body: Body<UnitDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let unit = service::units::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/units/{}", unit.id), unit.version, at, &UnitView::from(unit))
    })
    .await
}

/// Get a unit
#[utoipa::path(tag = "directory", params(("unit" = Reference, Path, description = "Id or code.")), responses((status = 200, description = "The unit.", body = UnitView)))]
#[get("/units/{unit}")]
async fn get_unit(state: State, caller: Caller<ReadDirectory>, PathRef(unit): PathRef) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let unit = service::units::get(conn, &caller, &unit)?;
            caller.tagged(unit.version, at, &UnitView::from(unit))
        })
        .await
}

/// Change a unit
///
/// For administrators. Code, superior and area stay.
#[utoipa::path(
    tag = "directory",
    params(("unit" = Reference, Path, description = "Id or code.")),
    request_body = UnitDraft,
    responses((status = 200, description = "The unit.", body = UnitView))
)]
#[patch("/units/{unit}")]
async fn update_unit(state: State, caller: Caller<WriteDirectory>, PathRef(unit): PathRef, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let unit = service::units::update(conn, &caller, &unit, caller.expected(), &patch, at)?;
            caller.tagged(unit.version, at, &UnitView::from(unit))
        })
        .await
}

/// Write a unit under its name in another system
///
/// For administrators, and for systems that keep the directory. Creates the unit if the name is not known in its province, otherwise
/// makes it what the body says; where nothing differs nothing happens. The name in the address is
/// kept with it, also if `external_refs` leaves it out; without `external_refs` all names stay.
/// `If-Match` is heeded if it is sent.
#[utoipa::path(
    tag = "directory",
    params(("system" = String, Path, description = "Short code of the system.", example = "edoc"), ("external_id" = String, Path, description = "The id there.", example = "DV-0042")),
    request_body = UnitDraft,
    responses((status = 200, description = "The unit, which was known.", body = UnitView), (status = 201, description = "The unit, which is new.", body = UnitView))
)]
#[put("/units/by-ref/{system}/{external_id}")]
async fn put_unit_by_ref(
    state: State,
    caller: Caller<WriteDirectory>,
    PathExternal(reference): PathExternal,
    body: Body<UnitDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let (unit, made) = service::units::upsert(conn, &caller, &reference, caller.expected(), body.read()?, at)?;
            caller.put(made, format!("{BASE}/units/{}", unit.id), unit.version, at, &UnitView::from(unit))
        })
        .await
}
