//! `/dashboards/lag`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::dashboards::{AreaLinesQuery, DayQuery, LagQuery, UnitLinesQuery};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards::lag::{self, LagTable};
use crate::view::lag::{AreaLagView, LagTableView, LagsView, ResolutionLagView, UnitLagView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_lag_dashboard).service(get_unit_lag_dashboard).service(get_area_lag_dashboard);
}

/// Get the dashboard of slowness
///
/// Days from the adoption of each resolution to the first document that carries it out, the first
/// task, the first report. What has not come is `null`, and its days run.
#[utoipa::path(
    tag = "dashboards",
    params(LagQuery),
    responses((status = 200, description = "A line for each resolution.", body = LagTableView<ResolutionLagView>))
)]
#[get("/dashboards/lag")]
async fn get_lag_dashboard(state: State, caller: Caller<ReadDashboards>, Params(query): Params<LagQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = lag::resolutions(conn, &caller, &query, at)?;
            let view = slowness(table, |of, lags| ResolutionLagView { resolution: of.into(), lags });
            caller.tagged(view.frame.position, at, &view)
        })
        .await
}

/// Get the slowness of units
///
/// For one resolution: days from its adoption to each unit's own first document, the first task it
/// leads, its first report. Reporters see the lines of their own units.
#[utoipa::path(
    tag = "dashboards",
    params(("resolution" = Id, Path, description = "Id of the resolution."), DayQuery, UnitLinesQuery),
    responses((status = 200, description = "A line for each unit.", body = LagTableView<UnitLagView>))
)]
#[get("/dashboards/lag/{resolution}/units")]
async fn get_unit_lag_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    PathId(resolution): PathId,
    Params(Both(query, units)): Params<Both<DayQuery, UnitLinesQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = lag::units(conn, &caller, (resolution, query), &units.kind, at)?;
            let view = slowness(table, |of, lags| UnitLagView { unit: of.into(), lags });
            caller.tagged(view.frame.position, at, &view)
        })
        .await
}

/// Get the slowness of areas
///
/// For one resolution: days from its adoption to the first document, task and report of all units
/// that stand in the area or below it.
#[utoipa::path(
    tag = "dashboards",
    params(("resolution" = Id, Path, description = "Id of the resolution."), DayQuery, AreaLinesQuery),
    responses((status = 200, description = "A line for each area.", body = LagTableView<AreaLagView>))
)]
#[get("/dashboards/lag/{resolution}/areas")]
async fn get_area_lag_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    PathId(resolution): PathId,
    Params(Both(query, areas)): Params<Both<DayQuery, AreaLinesQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = lag::areas(conn, &caller, (resolution, query), areas.level, at)?;
            let view = slowness(table, |of, lags| AreaLagView { area: of.into(), lags });
            caller.tagged(view.frame.position, at, &view)
        })
        .await
}

fn slowness<T, L: utoipa::ToSchema>(table: LagTable<T>, line: impl Fn(T, LagsView) -> L) -> LagTableView<L> {
    let as_of = table.frame.as_of;
    let lines = table.lines.into_iter();
    let items = lines.map(|l| line(l.of, LagsView::new(l.adopted_on, l.precision, l.firsts, as_of))).collect();
    LagTableView { frame: table.frame.into(), items }
}
