//! `/commendations`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::commendations::{CommendationDraft, CommendationQuery};
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, Right, WriteWork};
use crate::service::commendations::{self as service, ShownCommendation};
use crate::service::lookup::Expected;
use crate::view::commendations::CommendationView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_commendations)
        .service(create_commendation)
        .service(get_commendation)
        .service(update_commendation)
        .service(void_commendation);
}

/// List commendations
///
/// In the order they were recorded; voided ones are left out unless asked for.
#[utoipa::path(tag = "dissemination", params(CommendationQuery), responses((status = 200, description = "A page of commendations.", body = PageView<CommendationView>)))]
#[get("/commendations")]
async fn list_commendations(state: State, caller: Caller<ReadWork>, Params(query): Params<CommendationQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::list(conn, &caller, query)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Record a commendation
///
/// For whoever writes for the unit that awards it, or for the whole province if that is none of the units. Recipients are units and posts,
/// never names of private people.
#[utoipa::path(tag = "dissemination", request_body = CommendationDraft, responses((status = 201, description = "The commendation.", body = CommendationView)))]
#[post("/commendations")]
async fn create_commendation(state: State, caller: Caller<WriteWork>, body: Body<CommendationDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let made = service::create(conn, caller, &body.read()?, at)?;
        let (id, version) = (made.commendation.id, made.commendation.version);
        caller.created(format!("{BASE}/commendations/{id}"), version, at, &view(made))
    })
    .await
}

/// Get a commendation
#[utoipa::path(tag = "dissemination", params(("commendation" = Id, Path, description = "Id.")), responses((status = 200, description = "The commendation.", body = CommendationView)))]
#[get("/commendations/{commendation}")]
async fn get_commendation(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state.read(move |conn, at| tagged(&caller, service::get(conn, &caller, id)?, at)).await
}

/// Change a commendation
///
/// What it is for stays. A list of recipients replaces the one before. What is void is not changed any more.
#[utoipa::path(
    tag = "dissemination",
    params(("commendation" = Id, Path, description = "Id.")),
    request_body = CommendationDraft,
    responses((status = 200, description = "The commendation.", body = CommendationView))
)]
#[patch("/commendations/{commendation}")]
async fn update_commendation(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state.write(move |conn, at| tagged(&caller, service::update(conn, &caller, id, caller.expected(), &patch, at)?, at)).await
}

/// Void a commendation
///
/// It was recorded wrongly: it stays readable with the reason, and counts nowhere.
#[utoipa::path(
    tag = "dissemination",
    params(("commendation" = Id, Path, description = "Id.")),
    request_body = VoidDraft,
    responses((status = 200, description = "The commendation.", body = CommendationView))
)]
#[post("/commendations/{commendation}/voiding")]
async fn void_commendation(state: State, caller: Caller<WriteWork>, PathId(id): PathId, body: Body<VoidDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let standing = service::to_change(conn, caller, id, Expected::Any)?;
        tagged(caller, service::void(conn, caller, standing, &body.read()?, at)?, at)
    })
    .await
}

fn view(ShownCommendation { commendation, recipients, names, actions }: ShownCommendation) -> CommendationView {
    CommendationView::new(commendation, recipients, &names, actions)
}

fn tagged<R: Right>(caller: &Caller<R>, shown: ShownCommendation, at: &Moment) -> AppResult<Reply> {
    caller.tagged(shown.commendation.version, at, &view(shown))
}
