//! `/indicators/{indicator}/trend`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::dashboards::DayQuery;
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::indicator_trends as service;
use crate::view::indicator_trends::{IndicatorTrendView, IndicatorYearView};
use crate::view::indicators::IndicatorRef;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_indicator_trend);
}

/// Get the trend of an indicator
///
/// What its path asks for in each year against what was reached, and the change from the year before. Years without a target of their own
/// lie on a straight line to the next one, or have an equal part of a total; nothing is computed over a break in how it is measured.
#[utoipa::path(
    tag = "indicators",
    params(("indicator" = Id, Path, description = "Id of the indicator."), DayQuery),
    responses((status = 200, description = "Year by year.", body = IndicatorTrendView))
)]
#[get("/indicators/{indicator}/trend")]
async fn get_indicator_trend(
    state: State,
    caller: Caller<ReadWork>,
    PathId(id): PathId,
    Params(query): Params<DayQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let trend = service::get(conn, &caller, id, query.as_of, at)?;
            let years = trend.years.into_iter().map(|(year, value)| IndicatorYearView::new(year, value)).collect();
            Reply::ok(&IndicatorTrendView { indicator: IndicatorRef::from(&trend.indicator), as_of: trend.as_of, years })
        })
        .await
}
