//! `/dashboards/late`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, State};
use super::reply::Reply;
use crate::domain::dashboards::{DashboardQuery, UnitLinesQuery};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::view::lateness::LatenessView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_lateness_dashboard);
}

/// Get the dashboard of lateness
///
/// What is overdue, unit by unit, by the days since the deadline; what was completed late; how often deadlines were
/// moved, and what would be overdue had none been. The tasks of a class are listed by `GET /tasks?counted=true` with
/// `timeliness=overdue&days_late_min=31&days_late_max=90`.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery, UnitLinesQuery),
    responses((status = 200, description = "A line for each unit.", body = LatenessView))
)]
#[get("/dashboards/late")]
async fn get_lateness_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, units)): Params<Both<DashboardQuery, UnitLinesQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let lines = dashboards::lateness(conn, &caller, &query, &units.kind, at)?;
            caller.tagged(lines.frame.position, at, &LatenessView::from(lines))
        })
        .await
}
