//! `/dashboards/ranking`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, State};
use super::reply::Reply;
use crate::domain::dashboards::DashboardQuery;
use crate::domain::ranking::RankingQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards::ranking;
use crate::view::ranking::RankingView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_ranking);
}

/// Rank units
///
/// By the share of finished or overdue work that was finished on time, by verified progress, or by the share of work with a report. A
/// unit of fewer than three tasks, or of which less than half have a report, has no place, and the answer says why. Places
/// are those among all units; reporters see the lines of their own.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery, RankingQuery),
    responses((status = 200, description = "The units.", body = RankingView))
)]
#[get("/dashboards/ranking")]
async fn get_ranking(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, asked)): Params<Both<DashboardQuery, RankingQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let ranked = ranking::ranking(conn, &caller, (&query, &asked), at)?;
            caller.tagged(ranked.0.position, at, &RankingView::from(ranked))
        })
        .await
}
