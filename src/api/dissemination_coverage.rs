//! `/resolutions/{id}/dissemination`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::dissemination_coverage::CoverageQuery;
use crate::error::AppResult;
use crate::service;
use crate::service::access::ReadWork;
use crate::service::dissemination_coverage::Coverage;
use crate::view::dissemination_coverage::{CoveredUnitView, DisseminationCoverageView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_dissemination_coverage);
}

/// See how far a resolution has been studied
///
/// Sums of the study conferences held by a day, in all and by level, and the Party committees and authorities that owe it: each with the
/// conferences it held or sat in. Sums are those of the whole province, rows are those within reach. A sum of "more than" is "more than".
#[utoipa::path(
    tag = "dissemination",
    params(("id" = Id, Path, description = "Id of the resolution."), CoverageQuery),
    responses((status = 200, description = "The coverage.", body = DisseminationCoverageView))
)]
#[get("/resolutions/{id}/dissemination")]
async fn get_dissemination_coverage(
    state: State,
    caller: Caller<ReadWork>,
    PathId(id): PathId,
    Params(query): Params<CoverageQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let found = service::dissemination_coverage::of_resolution(conn, &caller, id, &query, at)?;
            Reply::ok(&show(found))
        })
        .await
}

fn show(found: Coverage) -> DisseminationCoverageView {
    let Coverage { resolution, on, total, by_level, units, page } = found;
    let items = page.items.into_iter().map(|line| CoveredUnitView::new(line.unit, line.level, line.conferences)).collect();
    DisseminationCoverageView { resolution: resolution.id, on, total, by_level, units, items, next: page.next }
}
