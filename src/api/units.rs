//! `/units`.

use actix_web::{get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathRef, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::units::{System, UnitDraft, UnitKind};
use crate::domain::{Reference, text};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::paging::PageRequest;
use crate::store::units::UnitFilter;
use crate::view::paging::PageView;
use crate::view::units::UnitView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_units).service(create_unit).service(get_unit).service(update_unit);
}

/// Filters of the list of units.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UnitParams {
    /// Only these kinds; repeat for several.
    #[serde(default)]
    kind: Vec<UnitKind>,
    /// Only this hierarchy.
    system: Option<System>,
    /// Only units directly below this one (id or code).
    parent: Option<String>,
    /// Only units that stand in this area itself (id or code).
    area: Option<String>,
    /// Only the unit with this code.
    #[param(example = "hg-so-y-te")]
    code: Option<String>,
    /// Words to find in the name; diacritics do not matter.
    #[param(example = "vi thuy")]
    q: Option<String>,
    /// Only what existed on this day.
    valid_on: Option<chrono::NaiveDate>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// List units
///
/// In Vietnamese order of their names.
#[utoipa::path(tag = "directory", params(UnitParams), responses((status = 200, description = "A page of units.", body = PageView<UnitView>)))]
#[get("/units")]
async fn list_units(state: State, caller: Caller<ReadDirectory>, Params(params): Params<UnitParams>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let parent = params.parent.map(Reference::from);
            let parent = parent.map(|p| service::units::get(conn, &caller, &p)).transpose()?;
            let area = params.area.map(Reference::from);
            let area = area.map(|a| service::areas::get(conn, &caller, &a)).transpose()?;
            let filter = UnitFilter {
                kinds: params.kind,
                system: params.system,
                area_id: area.map(|a| a.id),
                code: params.code,
                parent_id: parent.map(|p| p.id),
                search: params.q.as_deref().map(text::fold),
                valid_on: params.valid_on,
                ..UnitFilter::default()
            };
            let request = PageRequest { limit: params.limit, cursor: params.cursor };
            let page = service::units::list(conn, &caller, filter, &request)?.map(UnitView::from);
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
/// For administrators. Code, superior and area stay: trees are rearranged by unit events.
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
