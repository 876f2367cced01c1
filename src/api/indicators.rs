//! `/indicators`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::indicators::{IndicatorDraft, IndicatorQuery};
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, Right, WriteWork};
use crate::service::indicators::{self as service, ShownIndicator};
use crate::service::lookup::Expected;
use crate::view::indicators::IndicatorView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_indicators).service(create_indicator).service(get_indicator).service(update_indicator).service(void_indicator);
}

/// List indicators
///
/// By their places; voided ones are left out unless asked for.
#[utoipa::path(tag = "indicators", params(IndicatorQuery), responses((status = 200, description = "A page of indicators.", body = PageView<IndicatorView>)))]
#[get("/indicators")]
async fn list_indicators(state: State, caller: Caller<ReadWork>, Params(query): Params<IndicatorQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = service::list(conn, &caller, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create an indicator
///
/// For whoever writes the document that sets it. No two stand at the same place. Targets keep their words; what cannot be read is kept,
/// told to be unreadable, and never judged.
#[utoipa::path(tag = "indicators", request_body = IndicatorDraft, responses((status = 201, description = "The indicator.", body = IndicatorView)))]
#[post("/indicators")]
async fn create_indicator(state: State, caller: Caller<WriteWork>, body: Body<IndicatorDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let made = service::create(conn, caller, &body.read()?, at)?;
        let (id, version) = (made.indicator.id, made.indicator.version);
        caller.created(format!("{BASE}/indicators/{id}"), version, at, &view(made))
    })
    .await
}

/// Get an indicator
#[utoipa::path(tag = "indicators", params(("indicator" = Id, Path, description = "Id.")), responses((status = 200, description = "The indicator.", body = IndicatorView)))]
#[get("/indicators/{indicator}")]
async fn get_indicator(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state.read(move |conn, at| tagged(&caller, service::get(conn, &caller, id, at)?, at)).await
}

/// Change an indicator
///
/// Its document stays, and its targets change at `targets/{period}`. What is void is not changed any more.
#[utoipa::path(
    tag = "indicators",
    params(("indicator" = Id, Path, description = "Id.")),
    request_body = IndicatorDraft,
    responses((status = 200, description = "The indicator.", body = IndicatorView))
)]
#[patch("/indicators/{indicator}")]
async fn update_indicator(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state.write(move |conn, at| tagged(&caller, service::update(conn, &caller, id, caller.expected(), &patch, at)?, at)).await
}

/// Void an indicator
///
/// It was recorded wrongly: it stays readable with the reason, and counts nowhere.
#[utoipa::path(
    tag = "indicators",
    params(("indicator" = Id, Path, description = "Id.")),
    request_body = VoidDraft,
    responses((status = 200, description = "The indicator.", body = IndicatorView))
)]
#[post("/indicators/{indicator}/voiding")]
async fn void_indicator(state: State, caller: Caller<WriteWork>, PathId(id): PathId, body: Body<VoidDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let standing = service::to_change(conn, caller, id, Expected::Any)?;
        tagged(caller, service::void(conn, caller, standing, &body.read()?, at)?, at)
    })
    .await
}

/// An indicator as it is shown.
pub(super) fn view(ShownIndicator { indicator, targets, names, actions }: ShownIndicator) -> IndicatorView {
    IndicatorView::new(indicator, targets, &names, actions)
}

/// An indicator with the tag of its version.
pub(super) fn tagged<R: Right>(caller: &Caller<R>, shown: ShownIndicator, at: &Moment) -> AppResult<Reply> {
    caller.tagged(shown.indicator.version, at, &view(shown))
}
