//! `/resolutions/{resolution}/coverage`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::coverage::CoverageQuery;
use crate::error::AppResult;
use crate::service;
use crate::service::access::ReadWork;
use crate::view::coverage::CoverageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_coverage);
}

/// Get what a resolution lacks
///
/// Clauses and parts without a task, how many tasks cite no clause, who has not issued what is owed
/// (`owed_by` of the resolution), and the days from adoption to the first implementing document, task and report. Numbers are of the
/// whole root; units are listed as far as the reader sees them.
#[utoipa::path(
    tag = "documents",
    params(("resolution" = Id, Path, description = "Id."), CoverageQuery),
    responses((status = 200, description = "What it lacks; a page of units.", body = CoverageView))
)]
#[get("/resolutions/{resolution}/coverage")]
async fn get_coverage(
    state: State,
    caller: Caller<ReadWork>,
    PathId(resolution): PathId,
    Params(query): Params<CoverageQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let coverage = service::coverage::get(conn, &caller, resolution, &query, at)?;
            caller.tagged(coverage.position, at, &CoverageView::from(coverage))
        })
        .await
}
