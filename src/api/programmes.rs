//! `/programmes`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::programmes::{ProgrammeDraft, ProgrammeQuery};

use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::programme_themes::Results;
use crate::view::paging::PageView;
use crate::view::programmes::{ProgrammeResultsView, ProgrammeView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_programmes)
        .service(create_programme)
        .service(get_programme)
        .service(update_programme)
        .service(get_programme_results);
}

/// List programmes
///
/// In the order they were recorded.
#[utoipa::path(tag = "documents", params(ProgrammeQuery), responses((status = 200, description = "A page of programmes.", body = PageView<ProgrammeView>)))]
#[get("/programmes")]
async fn list_programmes(state: State, caller: Caller<ReadWork>, Params(query): Params<ProgrammeQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::programmes::list(conn, &caller, query)?;
            let mentions = service::programmes::mentions(conn, &caller, &page.items)?;
            let page = page.map(|programme| ProgrammeView::new(programme, &mentions));
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a programme
///
/// A programme, plan, scheme or project, with what it implements: for whoever writes for its issuer, or for the whole root if the issuer is
/// none of the units.
#[utoipa::path(tag = "documents", request_body = ProgrammeDraft, responses((status = 201, description = "The programme.", body = ProgrammeView)))]
#[post("/programmes")]
async fn create_programme(state: State, caller: Caller<WriteWork>, body: Body<ProgrammeDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let programme = service::programmes::create(conn, caller, &body.read()?, at)?;
        let mentions = service::programmes::mentions(conn, caller, std::slice::from_ref(&programme))?;
        caller.created(format!("{BASE}/programmes/{}", programme.id), programme.version, at, &ProgrammeView::new(programme, &mentions))
    })
    .await
}

/// Get a programme
#[utoipa::path(tag = "documents", params(("id" = Id, Path, description = "Id.")), responses((status = 200, description = "The programme.", body = ProgrammeView)))]
#[get("/programmes/{id}")]
async fn get_programme(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let programme = service::programmes::get(conn, &caller, id)?;
            let mentions = service::programmes::mentions(conn, &caller, std::slice::from_ref(&programme))?;
            caller.tagged(programme.version, at, &ProgrammeView::new(programme, &mentions))
        })
        .await
}

/// Change a programme
///
/// The root stays. A list of relations replaces the whole list; no document may come to implement itself.
#[utoipa::path(
    tag = "documents",
    params(("id" = Id, Path, description = "Id.")),
    request_body = ProgrammeDraft,
    responses((status = 200, description = "The programme.", body = ProgrammeView))
)]
#[patch("/programmes/{id}")]
async fn update_programme(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let programme = service::programmes::update(conn, &caller, id, caller.expected(), &patch, at)?;
            let mentions = service::programmes::mentions(conn, &caller, std::slice::from_ref(&programme))?;
            caller.tagged(programme.version, at, &ProgrammeView::new(programme, &mentions))
        })
        .await
}

/// See what a programme has led to
///
/// Conferences about it, good practices that grew from it, and commendations for carrying it out, in all and by level: those of the whole
/// province.
#[utoipa::path(
    tag = "dissemination",
    params(("id" = Id, Path, description = "Id.")),
    responses((status = 200, description = "Its results.", body = ProgrammeResultsView))
)]
#[get("/programmes/{id}/results")]
async fn get_programme_results(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let Results { conferences, good_practices, honours, by_level } = service::programme_themes::results(conn, &caller, id)?;
            Reply::ok(&ProgrammeResultsView {
                programme: id,
                conferences,
                good_practices,
                commendations: honours,
                commendations_by_level: by_level,
            })
        })
        .await
}
