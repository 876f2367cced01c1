//! `/indicators/{indicator}/values`.

use actix_web::{get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, PathIdPeriod, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::indicator_values::{ValueDraft, ValueQuery};
use crate::domain::verifications::VerificationDraft;
use crate::error::AppResult;
use crate::service::access::{LogProgress, ReadWork, Verify};
use crate::service::indicator_values::{self as service, Part, ShownValue};
use crate::view::areas::AreaRef;
use crate::view::indicator_values::{IndicatorValueView, Mentions, ValuePartView};
use crate::view::paging::PageView;
use crate::view::units::UnitRef;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_indicator_values).service(get_indicator_value).service(put_indicator_value).service(verify_indicator_value);
}

/// List the values of an indicator
///
/// Newest first: of each period the one that counts, or with `revisions=true` all that were ever told.
#[utoipa::path(
    tag = "indicators",
    params(("indicator" = Id, Path, description = "Id of the indicator."), ValueQuery),
    responses((status = 200, description = "A page of values.", body = PageView<IndicatorValueView>))
)]
#[get("/indicators/{indicator}/values")]
async fn list_indicator_values(
    state: State,
    caller: Caller<ReadWork>,
    PathId(id): PathId,
    Params(query): Params<ValueQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = service::list(conn, &caller, id, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Get the newest value of a period
///
/// Its `ETag` is what a confirmation names in `If-Match`.
#[utoipa::path(
    tag = "indicators",
    params(
        ("indicator" = Id, Path, description = "Id of the indicator."),
        ("period" = String, Path, description = "A year, several, or a part of one.", example = "2023", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")
    ),
    responses((status = 200, description = "The value.", body = IndicatorValueView))
)]
#[get("/indicators/{indicator}/values/{period}")]
async fn get_indicator_value(state: State, caller: Caller<ReadWork>, PathIdPeriod(id, period): PathIdPeriod) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = service::get(conn, &caller, id, &period, at)?;
            caller.tagged(shown.value.version, at, &view(shown))
        })
        .await
}

/// Tell the value of a period
///
/// For reporters of the unit that reports on the indicator, and for offices (marked so). Never written over: a new value is a new revision, and
/// telling the same again changes nothing (200). Estimates come first, then preliminary, then official values; once a value was
/// official, telling another needs a reason. `If-Match` is optional.
#[utoipa::path(
    tag = "indicators",
    params(
        ("indicator" = Id, Path, description = "Id of the indicator."),
        ("period" = String, Path, description = "A year, several, or a part of one, on the path or in the history that is kept.", example = "2023", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")
    ),
    request_body = ValueDraft,
    responses(
        (status = 200, description = "It was told so already.", body = IndicatorValueView),
        (status = 201, description = "The new value.", body = IndicatorValueView)
    )
)]
#[put("/indicators/{indicator}/values/{period}")]
async fn put_indicator_value(
    state: State,
    caller: Caller<LogProgress>,
    PathIdPeriod(id, period): PathIdPeriod,
    body: Body<ValueDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = service::target(conn, &caller, id)?;
            let (shown, made) = service::tell(conn, &caller, target, &period, caller.expected(), &body.read()?, at)?;
            caller.put(made, format!("{BASE}/indicators/{id}/values/{period}"), shown.value.version, at, &view(shown))
        })
        .await
}

/// Confirm or return the newest value of a period
///
/// For whoever keeps the document, but not by who told the value. A returned value counts no more, and the one before it counts again.
#[utoipa::path(
    tag = "indicators",
    params(
        ("indicator" = Id, Path, description = "Id of the indicator."),
        ("period" = String, Path, description = "The period.", example = "2023", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")
    ),
    request_body = VerificationDraft,
    responses((status = 200, description = "The value.", body = IndicatorValueView))
)]
#[put("/indicators/{indicator}/values/{period}/verification")]
async fn verify_indicator_value(
    state: State,
    caller: Caller<Verify>,
    PathIdPeriod(id, period): PathIdPeriod,
    body: Body<VerificationDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = service::to_judge(conn, &caller, id, &period, caller.expected())?;
            let shown = service::judge(conn, &caller, target, &body.read()?, at)?;
            caller.tagged(shown.value.version, at, &view(shown))
        })
        .await
}

fn view(ShownValue { value, parts, places, counts, actions }: ShownValue) -> IndicatorValueView {
    let part = |part: Part| ValuePartView {
        area: part.area_id.and_then(|id| places.areas.get(&id)).map(AreaRef::from),
        unit: part.unit_id.and_then(|id| places.units.get(&id)).map(UnitRef::from),
        text: part.value_text,
    };
    let person = |id: Option<Id>| id.and_then(|id| places.people.get(&id)).cloned();
    let mentions = Mentions {
        lead_unit: value.unit_id.and_then(|id| places.units.get(&id)).map(UnitRef::from),
        author: person(value.recorded_by),
        verifier: person(value.verified_by),
    };
    let parts = parts.into_iter().map(part).collect();
    IndicatorValueView::new(value, parts, mentions, counts, actions)
}
