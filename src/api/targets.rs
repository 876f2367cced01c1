//! `/targets/assess`: how the words of a target are read and what a value comes to, before anything is saved.

use actix_web::post;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::extract::{Body, Caller, State};
use super::reply::Reply;
use crate::domain::targets::{Actual, KeptBound, Target, TargetDirection, Verdict, assess, read_actual, read_target};
use crate::error::AppResult;
use crate::service::access::ReadWork;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(assess_target);
}

/// Words of a target, and of what was reached.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"target_text": "6,5-7", "unit": "%", "direction": "increase", "actual_text": "7,02"}))]
struct TargetQuestion {
    /// The target, in words.
    #[schema(min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    target_text: String,
    /// The unit numbers are told in: "75 nghìn người" is 75 in "nghìn người", and 75,000 in "người".
    #[serde(default)]
    #[schema(example = "triệu đồng", max_length = 60)]
    #[validate(length(max = 60))]
    unit: Option<String>,
    /// Which way is better.
    direction: TargetDirection,
    /// What was reached, in words; without it the verdict is `not_yet_due`.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    actual_text: Option<String>,
    /// What was reached the year before, for a target that asks to improve on it.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    before_text: Option<String>,
    /// What a kept bound is called; `exceeded` if missing.
    #[serde(default)]
    kept_bound: Option<KeptBound>,
}

/// How both are read, and what that comes to.
#[derive(Debug, Serialize, ToSchema)]
struct TargetReadingView {
    target: Target,
    /// `null` if nothing was told.
    actual: Option<Actual>,
    verdict: Verdict,
}

/// Read a target and judge what was reached
///
/// Nothing is kept and nothing is guessed: words that cannot be read answer `kind: "unreadable"` and are never judged. Beyond a range or
/// a number is exceeded, within it met, below it not met, the other way round where less is better; beyond a bound is exceeded, exactly on
/// it met.
#[utoipa::path(
    tag = "indicators",
    request_body = TargetQuestion,
    responses((status = 200, description = "The readings and the verdict.", body = TargetReadingView))
)]
#[post("/targets/assess")]
async fn assess_target(_state: State, _caller: Caller<ReadWork>, body: Body<TargetQuestion>) -> AppResult<Reply> {
    let question = body.read()?;
    let unit = question.unit.as_deref().unwrap_or_default();
    let target = read_target(&question.target_text, unit);
    let actual = question.actual_text.map(|text| read_actual(&text, unit));
    let before = question.before_text.map(|text| read_actual(&text, unit));
    let bounds = question.kept_bound.unwrap_or(KeptBound::Exceeded);
    let verdict = assess(&target, question.direction, actual.as_ref(), before.as_ref(), bounds);
    Reply::ok(&TargetReadingView { target, actual, verdict })
}
