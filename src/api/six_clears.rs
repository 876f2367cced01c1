//! `/dashboards/six-clears`, and `/areas/{area}/required-clears`.

use actix_web::{get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Body, Both, Caller, Params, PathRef, State};
use super::reply::Reply;
use crate::domain::Reference;
use crate::domain::dashboards::UnitLinesQuery;
use crate::domain::six_clears::{RequiredClearsDraft, SixClearsQuery};
use crate::error::AppResult;
use crate::service::access::{ReadDashboards, ReadDirectory, WriteDirectory};
use crate::service::dashboards::six_clears;
use crate::service::six_clears::{self as service, RequiredClears};
use crate::view::six_clears::{RequiredClearsView, SixClearsView, UnitClearsView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_six_clears_dashboard).service(get_required_clears).service(put_required_clears);
}

/// Get the dashboard of the six clears
///
/// For each unit that leads counted tasks, of how many of them who, what, when, responsibility, product or
/// authority is not clear. Each number is that of the list `GET /tasks?counted=true&lead_unit=…&lacks=…`
/// with the same filters. It speaks of today: what a task says has no history of its own. Reporters see the
/// lines of their own units.
#[utoipa::path(
    tag = "dashboards",
    params(SixClearsQuery, UnitLinesQuery),
    responses((status = 200, description = "A line for each unit.", body = SixClearsView))
)]
#[get("/dashboards/six-clears")]
async fn get_six_clears_dashboard(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, units)): Params<Both<SixClearsQuery, UnitLinesQuery>>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let table = six_clears(conn, &caller, &query, &units.kind, at)?;
            let items = table.lines.into_iter().map(|(unit, counts)| UnitClearsView::new(unit, counts)).collect();
            let view = SixClearsView { frame: table.frame.into(), items, total: table.total };
            caller.tagged(view.frame.position, at, &view)
        })
        .await
}

/// Get what must be clear before a task is issued
///
/// In the province in which the area lies; nothing, unless its administrators say so.
#[utoipa::path(
    tag = "directory",
    params(("area" = Reference, Path, description = "Id or code.")),
    responses((status = 200, description = "Which of the six clears.", body = RequiredClearsView))
)]
#[get("/areas/{area}/required-clears")]
async fn get_required_clears(state: State, caller: Caller<ReadDirectory>, PathRef(area): PathRef) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let found = service::required(conn, &caller, &area)?;
            caller.tagged(found.version, at, &view(found))
        })
        .await
}

/// Say what must be clear before a task is issued
///
/// For administrators of the whole province in which the area lies. From then on a draft that lacks one of
/// these is not issued (422, one error for each at the field that would answer it); what was issued before
/// stays. `If-Match` is heeded if it is sent.
#[utoipa::path(
    tag = "directory",
    params(("area" = Reference, Path, description = "Id or code.")),
    request_body = RequiredClearsDraft,
    responses((status = 200, description = "Which of the six clears.", body = RequiredClearsView))
)]
#[put("/areas/{area}/required-clears")]
async fn put_required_clears(
    state: State,
    caller: Caller<WriteDirectory>,
    PathRef(area): PathRef,
    body: Body<RequiredClearsDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let province = service::target(conn, &caller, &area)?;
            let set = service::require(conn, &caller, province, caller.expected(), &body.read()?, at)?;
            caller.tagged(set.version, at, &view(set))
        })
        .await
}

fn view(RequiredClears { root, required, version }: RequiredClears) -> RequiredClearsView {
    RequiredClearsView::new(&root, required, version)
}
