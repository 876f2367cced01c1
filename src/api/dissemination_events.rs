//! `/dissemination-events`.

use actix_web::{get, patch, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, PathIdRef, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::dissemination_events::{DisseminationEventDraft, DisseminationEventQuery};
use crate::domain::essays::UnitEssaysDraft;
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{ReadWork, Right, WriteWork};
use crate::service::dissemination_events::{self as service, ShownEvent};
use crate::service::lookup::Expected;
use crate::view::dissemination_events::DisseminationEventView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_dissemination_events)
        .service(create_dissemination_event)
        .service(get_dissemination_event)
        .service(update_dissemination_event)
        .service(put_unit_essays)
        .service(void_dissemination_event);
}

/// List conferences
///
/// In the order they were recorded; voided ones are left out unless asked for.
#[utoipa::path(
    tag = "dissemination",
    params(DisseminationEventQuery),
    responses((status = 200, description = "A page of conferences.", body = PageView<DisseminationEventView>))
)]
#[get("/dissemination-events")]
async fn list_dissemination_events(
    state: State,
    caller: Caller<ReadWork>,
    Params(query): Params<DisseminationEventQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::list(conn, &caller, query)?.map(|shown| view(&caller, shown));
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Record a conference
///
/// For whoever writes for the unit that holds it, or for the whole province if that is none of the units. What breaks a rule of its plan is
/// told in `warnings` and never refused.
#[utoipa::path(
    tag = "dissemination",
    request_body = DisseminationEventDraft,
    responses((status = 201, description = "The conference.", body = DisseminationEventView))
)]
#[post("/dissemination-events")]
async fn create_dissemination_event(state: State, caller: Caller<WriteWork>, body: Body<DisseminationEventDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let made = service::create(conn, caller, &body.read()?, at)?;
        let (id, version) = (made.event.id, made.event.version);
        caller.created(format!("{BASE}/dissemination-events/{id}"), version, at, &view(caller, made))
    })
    .await
}

/// Get a conference
#[utoipa::path(
    tag = "dissemination",
    params(("event" = Id, Path, description = "Id of the conference.")),
    responses((status = 200, description = "The conference.", body = DisseminationEventView))
)]
#[get("/dissemination-events/{event}")]
async fn get_dissemination_event(state: State, caller: Caller<ReadWork>, PathId(event): PathId) -> AppResult<Reply> {
    state.read(move |conn, at| tagged(&caller, service::get(conn, &caller, event)?, at)).await
}

/// Change a conference
///
/// What it is about stays. Lists replace those before. What is void is not changed any more.
#[utoipa::path(
    tag = "dissemination",
    params(("event" = Id, Path, description = "Id of the conference.")),
    request_body = DisseminationEventDraft,
    responses((status = 200, description = "The conference.", body = DisseminationEventView))
)]
#[patch("/dissemination-events/{event}")]
async fn update_dissemination_event(
    state: State,
    caller: Caller<WriteWork>,
    PathId(event): PathId,
    Patch(patch): Patch,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let changed = service::update(conn, &caller, event, caller.expected(), &patch, at)?;
            tagged(&caller, changed, at)
        })
        .await
}

/// Count the essays of a unit
///
/// New, or in place of what was counted before. More than expected is a warning. Takes the tag of the conference.
#[utoipa::path(
    tag = "dissemination",
    params(("event" = Id, Path, description = "Id of the conference."), ("unit" = Reference, Path, description = "Id or code of the unit.")),
    request_body = UnitEssaysDraft,
    responses((status = 200, description = "The conference.", body = DisseminationEventView))
)]
#[put("/dissemination-events/{event}/essays/{unit}")]
async fn put_unit_essays(
    state: State,
    caller: Caller<WriteWork>,
    PathIdRef(event, unit): PathIdRef,
    body: Body<UnitEssaysDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let standing = service::to_change(conn, &caller, event, caller.expected())?;
            let counted = service::put_essays(conn, &caller, standing, &unit, &body.read()?, at)?;
            tagged(&caller, counted, at)
        })
        .await
}

/// Void a conference
///
/// It was recorded wrongly: it stays readable with the reason, and counts nowhere.
#[utoipa::path(
    tag = "dissemination",
    params(("event" = Id, Path, description = "Id of the conference.")),
    request_body = VoidDraft,
    responses((status = 200, description = "The conference.", body = DisseminationEventView))
)]
#[post("/dissemination-events/{event}/voiding")]
async fn void_dissemination_event(
    state: State,
    caller: Caller<WriteWork>,
    PathId(event): PathId,
    body: Body<VoidDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let standing = service::to_change(conn, caller, event, Expected::Any)?;
        tagged(caller, service::void(conn, caller, standing, &body.read()?, at)?, at)
    })
    .await
}

fn view<R: Right>(caller: &Caller<R>, ShownEvent { event, details, actions }: ShownEvent) -> DisseminationEventView {
    DisseminationEventView::new(event, &details, actions, caller.language())
}

fn tagged<R: Right>(caller: &Caller<R>, shown: ShownEvent, at: &Moment) -> AppResult<Reply> {
    caller.tagged(shown.event.version, at, &view(caller, shown))
}
