//! The one list of every address.

use std::future::{Ready, ready};

use actix_web::{HttpRequest, HttpResponse, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::AppResult;
use crate::{api, web as pages};

/// Everything under `/api/v1`, one line per resource.
pub fn api(config: &mut ServiceConfig<'_>) {
    config
        .configure(api::auth::configure)
        .configure(api::notifications::configure)
        .configure(api::users::configure)
        .configure(api::grants::configure)
        .configure(api::api_clients::configure)
        .configure(api::audit::configure)
        .configure(api::changes::configure)
        .configure(api::areas::configure)
        .configure(api::units::configure)
        .configure(api::posts::configure)
        .configure(api::unit_events::configure)
        .configure(api::unit_groups::configure)
        .configure(api::terms::configure)
        .configure(api::fields::configure)
        .configure(api::calendar_days::configure)
        .configure(api::resolutions::configure)
        .configure(api::clauses::configure)
        .configure(api::breakthroughs::configure)
        .configure(api::pillars::configure)
        .configure(api::objectives::configure)
        .configure(api::task_groups::configure)
        .configure(api::programmes::configure)
        .configure(api::document_graph::configure)
        .configure(api::coverage::configure)
        .configure(api::dissemination_events::configure)
        .configure(api::dissemination_coverage::configure)
        .configure(api::good_practices::configure)
        .configure(api::commendations::configure)
        .configure(api::tasks::configure)
        .configure(api::group_tasks::configure)
        .configure(api::decisions::configure)
        .configure(api::commitment_changes::configure)
        .configure(api::commitment_requests::configure)
        .configure(progress)
        .configure(indicators)
        .configure(api::deadlines::configure)
        .configure(api::imports::configure)
        .configure(api::exports::configure)
        .configure(api::reviews::configure)
        .configure(api::review_submissions::configure)
        .configure(api::review_reports::configure)
        .configure(api::review_snapshots::configure)
        .configure(api::search::configure)
        .configure(dashboards);
}

/// What is said about work.
fn progress(config: &mut ServiceConfig<'_>) {
    config
        .configure(api::progress_reports::configure)
        .configure(api::batches::configure)
        .configure(api::verifications::configure)
        .configure(api::self_verifications::configure)
        .configure(api::period_locks::configure)
        .configure(api::instructions::configure)
        .configure(api::proposals::configure)
        .configure(api::contributions::configure)
        .configure(api::attachments::configure)
        .configure(api::obligations::configure);
}

/// What documents want to be measured by.
fn indicators(config: &mut ServiceConfig<'_>) {
    config
        .configure(api::indicators::configure)
        .configure(api::indicator_targets::configure)
        .configure(api::indicator_values::configure)
        .configure(api::indicator_assessments::configure)
        .configure(api::indicator_trends::configure)
        .configure(api::targets::configure);
}

/// What leaders look at.
fn dashboards(config: &mut ServiceConfig<'_>) {
    config
        .configure(api::dashboards::configure)
        .configure(api::lag::configure)
        .configure(api::explanations::configure)
        .configure(api::silence::configure)
        .configure(api::lateness::configure)
        .configure(api::loops::configure)
        .configure(api::statistics::configure)
        .configure(api::ranking::configure)
        .configure(api::trend::configure)
        .configure(api::indicator_scores::configure)
        .configure(api::briefings::configure)
        .configure(api::integrity::configure)
        .configure(api::six_clears::configure);
}

/// What stands beside the API: health, the contract, pages, and the answer to unknown addresses.
pub fn beside(config: &mut web::ServiceConfig) {
    config
        .service(api::health::alive)
        .service(api::health::ready)
        .service(api::health::contract)
        .service(web::redirect("/docs", "/docs/"))
        .service(api::health::docs())
        .configure(pages::configure)
        .default_service(web::route().to(unmatched));
}

/// Answers what no route takes, in the form that programs or people expect there.
fn unmatched(request: HttpRequest) -> Ready<AppResult<HttpResponse>> {
    ready(Err(if pages::is_page(request.path()) { pages::errors::unmatched() } else { api::problem::unmatched(&request) }))
}
