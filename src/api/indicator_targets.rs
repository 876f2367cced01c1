//! `/indicators/{indicator}/targets/{period}`.

use actix_web::put;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Body, Caller, PathIdPeriod, State};
use super::indicators::tagged;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::indicator_targets::TargetChange;
use crate::error::AppResult;
use crate::service::access::WriteWork;
use crate::service::{indicator_targets, indicators};
use crate::view::indicators::IndicatorView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(put_indicator_target);
}

/// Set the target of a period
///
/// In the words of the document; a reason is needed where one stands already, which stays on record. The same words again change nothing.
/// A target of another authority stands beside, is shown, and is not counted.
#[utoipa::path(
    tag = "indicators",
    params(
        ("indicator" = Id, Path, description = "Id of the indicator."),
        ("period" = String, Path, description = "A year, several, or a part of one.", example = "2025", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")
    ),
    request_body = TargetChange,
    responses((status = 200, description = "The indicator.", body = IndicatorView))
)]
#[put("/indicators/{indicator}/targets/{period}")]
async fn put_indicator_target(
    state: State,
    caller: Caller<WriteWork>,
    PathIdPeriod(id, period): PathIdPeriod,
    body: Body<TargetChange>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let standing = indicators::to_change(conn, &caller, id, caller.expected())?;
            tagged(&caller, indicator_targets::set(conn, &caller, standing, &period, &body.read()?, at)?, at)
        })
        .await
}
