//! `/dashboards/loops`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, State};
use super::reply::Reply;
use crate::domain::dashboards::UnitLinesQuery;
use crate::domain::loops::LoopsQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::view::loops::LoopsView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_loops_dashboard);
}

/// Get the dashboard of open loops
///
/// What leaders told units and units asked of authorities, and nobody has answered yet, by the unit it lies with. On the basis
/// `as_assigned` the numbers of today are those of `GET /instructions?unit=…&state=open` (also with `overdue=true`),
/// `…&state=answered`, and `GET /proposals?to_unit=…&state=open`; secret tasks count, and their words are listed only to those who
/// may read them.
#[utoipa::path(
    tag = "dashboards",
    params(LoopsQuery, UnitLinesQuery),
    responses((status = 200, description = "A line for each unit with which anything waits.", body = LoopsView))
)]
#[get("/dashboards/loops")]
async fn get_loops_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, units)): Params<Both<LoopsQuery, UnitLinesQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let loops = dashboards::loops(conn, &caller, query, &units.kind, at)?;
            caller.tagged(loops.frame.position, at, &LoopsView::from(loops))
        })
        .await
}
