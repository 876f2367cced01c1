//! `/indicators/{indicator}/assessments`.

use actix_web::{get, post};
use chrono::NaiveDate;
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::dashboards::DayQuery;
use crate::domain::indicator_assessments::AssessmentDraft;
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::indicator_assessments::{self as service, Assessed, Official};
use crate::service::indicators;
use crate::service::lookup::Expected;
use crate::view::indicator_assessments::{AssessmentView, AssessmentsView, OfficialVerdictView};
use crate::view::indicator_targets::IndicatorTargetView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_indicator_assessments).service(create_indicator_assessment);
}

/// List what came of an indicator's targets
///
/// What the numbers come to, with why, and what was decided officially, side by side. A value told for the very period decides; else the
/// years come to one as the indicator says. Before the period is over only what can no longer change is judged.
#[utoipa::path(
    tag = "indicators",
    params(("indicator" = Id, Path, description = "Id of the indicator."), DayQuery),
    responses((status = 200, description = "What came of each target.", body = AssessmentsView))
)]
#[get("/indicators/{indicator}/assessments")]
async fn list_indicator_assessments(
    state: State,
    caller: Caller<ReadWork>,
    PathId(id): PathId,
    Params(query): Params<DayQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let assessed = service::list(conn, &caller, id, query.as_of, at)?;
            Reply::ok(&view(id, query.as_of.unwrap_or(at.today()), assessed))
        })
        .await
}

/// Decide what came of a target
///
/// An official verdict beside the computed one, which stays; where they differ, with a reason. It counts until another is recorded.
#[utoipa::path(
    tag = "indicators",
    params(("indicator" = Id, Path, description = "Id of the indicator.")),
    request_body = AssessmentDraft,
    responses((status = 201, description = "What came of each target now.", body = AssessmentsView))
)]
#[post("/indicators/{indicator}/assessments")]
async fn create_indicator_assessment(
    state: State,
    caller: Caller<WriteWork>,
    PathId(id): PathId,
    body: Body<AssessmentDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let standing = indicators::to_change(conn, caller, id, Expected::Any)?;
        let assessed = service::decide(conn, caller, standing, &body.read()?, at)?;
        // Never changed, so it has one version.
        caller.created(format!("{BASE}/indicators/{id}/assessments"), 1, at, &view(id, at.today(), assessed))
    })
    .await
}

fn view(indicator: Id, as_of: NaiveDate, assessed: Vec<Assessed>) -> AssessmentsView {
    AssessmentsView { indicator, as_of, items: assessed.into_iter().map(one).collect() }
}

/// What came of one target.
pub(super) fn one(assessed: Assessed) -> AssessmentView {
    let verdict = assessed.verdict();
    let decided = |official: Official| OfficialVerdictView::new(official.row, official.author);
    let mut decided = assessed.official.into_iter().map(decided);
    AssessmentView {
        period: assessed.period,
        target: assessed.target.map(IndicatorTargetView::from),
        computed: assessed.judgement,
        official: decided.next(),
        earlier: decided.collect(),
        verdict,
    }
}
