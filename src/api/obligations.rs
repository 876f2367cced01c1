//! `/tasks/{task}/obligations`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::dashboards::DayQuery;
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::obligations::{self, ShownObligation};
use crate::view::obligations::{ObligationView, ObligationsView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_obligations);
}

/// List what a task owes
///
/// The periods of repeated work and the steps of a deadline that names several, each with its own due day and how it
/// stands. They follow from the deadline; a report names one in `period`. As of an earlier day they stand as the system
/// had been told by its end.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task."), DayQuery),
    responses((status = 200, description = "In the order they are due.", body = ObligationsView))
)]
#[get("/tasks/{task}/obligations")]
async fn list_obligations(
    state: State,
    caller: Caller<ReadWork>,
    PathId(task): PathId,
    Params(query): Params<DayQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let owed = obligations::list(conn, &caller, task, query.as_of, at)?;
            Reply::ok(&ObligationsView { as_of: owed.as_of, counts: owed.counts, items: owed.items.into_iter().map(view).collect() })
        })
        .await
}

fn view(shown: ShownObligation) -> ObligationView {
    ObligationView::new(shown.stood, shown.state, shown.days_late, shown.report)
}
