//! `/dashboards/trend`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, State};
use super::reply::Reply;
use crate::domain::dashboards::DashboardQuery;
use crate::domain::trend::TrendQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::view::trend::TrendView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_trend);
}

/// Get the trend
///
/// Month by month: what should have been done by then, what units claimed, what was verified, as the system knew it at
/// the end of each. The points are the overviews of these days.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery, TrendQuery),
    responses((status = 200, description = "The points.", body = TrendView))
)]
#[get("/dashboards/trend")]
async fn get_trend(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, asked)): Params<Both<DashboardQuery, TrendQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let trend = dashboards::trend(conn, &caller, (&query, asked), at)?;
            caller.tagged(trend.0.position, at, &TrendView::from(trend))
        })
        .await
}
