//! `/dashboards/silent`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, State};
use super::reply::Reply;
use crate::domain::dashboards::{DashboardQuery, UnitLinesQuery};
use crate::domain::silence::SilenceQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::view::silence::SilenceView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_silence_dashboard);
}

/// Get the dashboard of silence
///
/// Open work of which nothing was reported for long, unit by unit: from the last report that was not returned, or from
/// the issue if there is none. Each number is that of the list `GET /tasks?counted=true&lead_unit=…&silent_days=…` with
/// the same filters.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery, SilenceQuery, UnitLinesQuery),
    responses((status = 200, description = "A line for each unit.", body = SilenceView))
)]
#[get("/dashboards/silent")]
async fn get_silence_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, Both(asked, units))): Params<Both<DashboardQuery, Both<SilenceQuery, UnitLinesQuery>>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let silence = dashboards::silence(conn, &caller, (&query, asked), &units.kind, at)?;
            caller.tagged(silence.1.frame.position, at, &SilenceView::from(silence))
        })
        .await
}
