//! `/dashboards/explain`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, State};
use super::reply::Reply;
use crate::domain::dashboards::DashboardQuery;
use crate::domain::explanations::ExplanationQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards::explanations;
use crate::view::explanations::ExplanationView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(explain_number);
}

/// Explain a number
///
/// Any number of any dashboard: how it is worked out, which tasks stand behind it, and what each brings. Ask with the
/// filters of the dashboard, and say which line by `unit`, `area`, `objective`, … or `outside`; without them the total.
/// `task` names a task with parts: the numbers that it shows are added up from the tasks below it that have none, at
/// any depth. Whoever may read the whole may follow its numbers.
/// The counted tasks add up to a count; weight × percent, divided by the weights, to a percentage. Numbers are those of
/// the whole line; of the tasks behind them only those that the reader may see are listed.
#[utoipa::path(
    tag = "dashboards",
    params(DashboardQuery, ExplanationQuery),
    responses((status = 200, description = "The number and what it is made of.", body = ExplanationView))
)]
#[get("/dashboards/explain")]
async fn explain_number(
    state: State,
    caller: Caller<ReadDashboards>,
    Params(Both(query, asked)): Params<Both<DashboardQuery, ExplanationQuery>>,
) -> AppResult<Reply> {
    let language = caller.language();
    state
        .read(move |conn, at| {
            let explained = explanations::explain(conn, &caller, (&query, &asked), at)?;
            caller.tagged(explained.frame.position, at, &ExplanationView::new(explained, (&query, &asked), language))
        })
        .await
}
