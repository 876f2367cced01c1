//! `/dashboards/statistics`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, State};
use super::reply::Reply;
use crate::domain::statistics::StatisticsQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::view::statistics::StatisticsView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_statistics);
}

/// Get the official statistic of a period
///
/// The work assigned from one day to another, as it stood at the end of the second: completed on time or late, open
/// within the deadline or overdue. The day of assignment is the day that the task names, else the day it was issued.
/// The four classes sum to the total; suspended and cancelled work stands outside it.
#[utoipa::path(
    tag = "dashboards",
    params(StatisticsQuery),
    responses((status = 200, description = "A line for each unit.", body = StatisticsView))
)]
#[get("/dashboards/statistics")]
async fn get_statistics(state: State, caller: Caller<ReadDashboards>, Params(query): Params<StatisticsQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let lines = dashboards::statistics(conn, &caller, &query, at)?;
            caller.tagged(lines.frame.position, at, &StatisticsView::new(query.from, lines))
        })
        .await
}
