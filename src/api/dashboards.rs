//! `/dashboards`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, PathRef, State};
use super::reply::Reply;
use crate::domain::Reference;
use crate::domain::dashboards::{AreaLinesQuery, DashboardQuery, UnitLinesQuery};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards as service;
use crate::view::dashboards::{
    AreaDashboardView, AreaLineView, BreakthroughLineView, FieldLineView, ObjectiveLineView, OverviewView, PillarLineView,
    ProgrammeLineView, ResolutionLineView, TableView, TaskGroupLineView, UnitDashboardView, UnitLineView,
};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_overview)
        .service(get_units_dashboard)
        .service(get_unit_dashboard)
        .service(get_areas_dashboard)
        .service(get_area_dashboard)
        .service(get_objectives_dashboard)
        .service(get_breakthroughs_dashboard)
        .service(get_pillars_dashboard)
        .service(get_resolutions_dashboard)
        .service(get_programmes_dashboard)
        .service(get_task_groups_dashboard)
        .service(get_fields_dashboard);
}

/// Get the overview
///
/// All counted tasks of the reader's provinces: issued, without parts of their own, not voided.
#[utoipa::path(tag = "dashboards", params(DashboardQuery), responses((status = 200, description = "The numbers.", body = OverviewView)))]
#[get("/dashboards/overview")]
async fn get_overview(state: State, caller: Caller<ReadDashboards>, Params(query): Params<DashboardQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let overview = service::overview(conn, &caller, &query, at)?;
            caller.tagged(overview.0.position, at, &OverviewView::from(overview))
        })
        .await
}

/// Get the dashboard of units
///
/// A line counts what the unit itself leads, so that the lines of all kinds sum to the overview.
/// Listed are units that hold counted work, even if they have ended, and those that exist on the
/// day. Reporters see the lines of their own units.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery, UnitLinesQuery),
    responses((status = 200, description = "A line for each unit.", body = TableView<UnitLineView>))
)]
#[get("/dashboards/units")]
async fn get_units_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, units)): Params<Both<DashboardQuery, UnitLinesQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::units(conn, &caller, &query, &units.kind, at)?;
            caller.tagged(table.frame.position, at, &TableView::<UnitLineView>::from(table))
        })
        .await
}

/// Get the dashboard of a unit
///
/// What it leads itself, beside that the sum of all units below it, and each of them.
#[utoipa::path(
    tag = "dashboards",
    params(("unit" = Reference, Path, description = "Id or code."), DashboardQuery),
    responses((status = 200, description = "The numbers.", body = UnitDashboardView))
)]
#[get("/dashboards/units/{unit}")]
async fn get_unit_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    PathRef(unit): PathRef,
    Params(query): Params<DashboardQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let dashboard = service::unit(conn, &caller, &query, &unit, at)?;
            caller.tagged(dashboard.frame.position, at, &UnitDashboardView::from(dashboard))
        })
        .await
}

/// Get the dashboard of areas
///
/// A line counts what all units lead that stand in the area or below it: a district with its
/// Party committee, People's Committee, Front and communes. Reporters see the areas in which
/// their own units stand.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery, AreaLinesQuery),
    responses((status = 200, description = "A line for each area.", body = TableView<AreaLineView>))
)]
#[get("/dashboards/areas")]
async fn get_areas_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, areas)): Params<Both<DashboardQuery, AreaLinesQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::areas(conn, &caller, &query, areas.level, at)?;
            caller.tagged(table.frame.position, at, &TableView::<AreaLineView>::from(table))
        })
        .await
}

/// Get the dashboard of an area
///
/// All units that stand in it or below it, together and each.
#[utoipa::path(
    tag = "dashboards",
    params(("area" = Reference, Path, description = "Id or code."), DashboardQuery),
    responses((status = 200, description = "The numbers.", body = AreaDashboardView))
)]
#[get("/dashboards/areas/{area}")]
async fn get_area_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    PathRef(area): PathRef,
    Params(query): Params<DashboardQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let dashboard = service::area(conn, &caller, &query, &area, at)?;
            caller.tagged(dashboard.frame.position, at, &AreaDashboardView::from(dashboard))
        })
        .await
}

/// Get the dashboard of objectives
///
/// The last line, `null`, holds the tasks outside every objective; all lines sum to the total.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery),
    responses((status = 200, description = "A line for each objective.", body = TableView<ObjectiveLineView>))
)]
#[get("/dashboards/objectives")]
async fn get_objectives_dashboard(state: State, caller: Caller<ReadDashboards>, Params(query): Params<DashboardQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::objectives(conn, &caller, &query, at)?;
            caller.tagged(table.frame.position, at, &TableView::<ObjectiveLineView>::from(table))
        })
        .await
}

/// Get the dashboard of breakthroughs
///
/// The last line, `null`, holds the tasks outside every breakthrough; all lines sum to the total.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery),
    responses((status = 200, description = "A line for each breakthrough.", body = TableView<BreakthroughLineView>))
)]
#[get("/dashboards/breakthroughs")]
async fn get_breakthroughs_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(query): Params<DashboardQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::breakthroughs(conn, &caller, &query, at)?;
            caller.tagged(table.frame.position, at, &TableView::<BreakthroughLineView>::from(table))
        })
        .await
}

/// Get the dashboard of resolutions
///
/// A task counts for every resolution it carries out, itself or through programmes and resolutions
/// that implement it; in the total it counts once. The last line, `null`, holds the tasks that
/// carry out none.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery),
    responses((status = 200, description = "A line for each resolution.", body = TableView<ResolutionLineView>))
)]
#[get("/dashboards/resolutions")]
async fn get_resolutions_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(query): Params<DashboardQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::resolutions(conn, &caller, &query, at)?;
            caller.tagged(table.frame.position, at, &TableView::<ResolutionLineView>::from(table))
        })
        .await
}

/// Get the dashboard of pillars
///
/// The last line, `null`, holds the tasks outside every pillar; all lines sum to the total.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery),
    responses((status = 200, description = "A line for each pillar.", body = TableView<PillarLineView>))
)]
#[get("/dashboards/pillars")]
async fn get_pillars_dashboard(state: State, caller: Caller<ReadDashboards>, Params(query): Params<DashboardQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::pillars(conn, &caller, &query, at)?;
            caller.tagged(table.frame.position, at, &TableView::<PillarLineView>::from(table))
        })
        .await
}

/// Get the dashboard of programmes
///
/// A line counts the tasks that come from the programme itself. Programmes without any are listed too. The last line,
/// `null`, holds the tasks of no programme; all lines sum to the total.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery),
    responses((status = 200, description = "A line for each programme.", body = TableView<ProgrammeLineView>))
)]
#[get("/dashboards/programmes")]
async fn get_programmes_dashboard(state: State, caller: Caller<ReadDashboards>, Params(query): Params<DashboardQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::programmes(conn, &caller, &query, at)?;
            caller.tagged(table.frame.position, at, &TableView::<ProgrammeLineView>::from(table))
        })
        .await
}

/// Get the dashboard of task groups
///
/// The last line, `null`, holds the tasks outside every group; all lines sum to the total.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery),
    responses((status = 200, description = "A line for each task group.", body = TableView<TaskGroupLineView>))
)]
#[get("/dashboards/task-groups")]
async fn get_task_groups_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(query): Params<DashboardQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::task_groups(conn, &caller, &query, at)?;
            caller.tagged(table.frame.position, at, &TableView::<TaskGroupLineView>::from(table))
        })
        .await
}

/// Get the dashboard of fields
///
/// The last line, `null`, holds the tasks of no field; all lines sum to the total.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery),
    responses((status = 200, description = "A line for each field.", body = TableView<FieldLineView>))
)]
#[get("/dashboards/fields")]
async fn get_fields_dashboard(state: State, caller: Caller<ReadDashboards>, Params(query): Params<DashboardQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = service::fields(conn, &caller, &query, at)?;
            caller.tagged(table.frame.position, at, &TableView::<FieldLineView>::from(table))
        })
        .await
}
