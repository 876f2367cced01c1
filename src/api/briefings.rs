//! `/briefings`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, PathRef, State};
use super::reply::Reply;
use crate::domain::Reference;
use crate::domain::briefings::BriefingQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::briefings::{self as service, ShownRow};
use crate::view::briefings::{BriefingRowView, BriefingView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_briefing);
}

/// Get the briefing of a unit
///
/// What a leader reads about a unit and all below it before a meeting: what waits for a decision, what is late or due, what is
/// silent or looks wrong, open instructions, and what changed since the day of comparison. Each section has its count and its
/// first rows. The Party committee at the head of a province is told of all of it. Numbers are those of dashboards of the
/// same day; of the rows, only those that the reader may see are listed.
#[utoipa::path(
    tag = "dashboards",
    params(("unit" = Reference, Path, description = "Id or code."), BriefingQuery),
    responses((status = 200, description = "The briefing.", body = BriefingView))
)]
#[get("/briefings/{unit}")]
async fn get_briefing(
    state: State,
    caller: Caller<ReadDashboards>,
    PathRef(unit): PathRef,
    Params(query): Params<BriefingQuery>,
) -> AppResult<Reply> {
    let language = caller.language();
    state
        .read(move |conn, at| {
            let briefing = service::briefing(conn, &caller, &unit, &query, at)?;
            caller.tagged(briefing.frame.position, at, &BriefingView::new(briefing, language))
        })
        .await
}

impl From<ShownRow> for BriefingRowView {
    fn from(ShownRow { row, title, unit }: ShownRow) -> Self {
        Self::new(row, title, unit)
    }
}
