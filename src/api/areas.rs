//! `/areas`.

use actix_web::{get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathRef, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::areas::{AreaDraft, AreaLevel};
use crate::domain::{Reference, text};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::paging::PageRequest;
use crate::store::areas::AreaFilter;
use crate::view::areas::AreaView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_areas).service(create_area).service(get_area).service(update_area);
}

/// Filters of the list of areas.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AreaParams {
    /// Only this level.
    level: Option<AreaLevel>,
    /// Only what lies directly in this area (id or code).
    parent: Option<String>,
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

/// List areas
///
/// In Vietnamese order of their names.
#[utoipa::path(tag = "directory", params(AreaParams), responses((status = 200, description = "A page of areas.", body = PageView<AreaView>)))]
#[get("/areas")]
async fn list_areas(state: State, caller: Caller<ReadDirectory>, Params(params): Params<AreaParams>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let parent = params.parent.map(Reference::from);
            let parent = parent.map(|p| service::areas::get(conn, &caller, &p)).transpose()?;
            let filter = AreaFilter {
                level: params.level,
                parent_id: parent.map(|p| p.id),
                search: params.q.as_deref().map(text::fold),
                valid_on: params.valid_on,
                ..AreaFilter::default()
            };
            let request = PageRequest { limit: params.limit, cursor: params.cursor };
            let page = service::areas::list(conn, &caller, filter, &request)?.map(AreaView::from);
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
/// For administrators. Code and parent stay: trees are rearranged by unit events.
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
