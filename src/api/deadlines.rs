//! `/deadlines/parse`: how the words of a deadline are read, before anything is saved.

use actix_web::post;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::extract::{Body, Caller, State};
use super::reply::Reply;
use crate::domain::deadline::{self, Context, TermSpan};
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::calendar_days;
use crate::view::deadlines::DeadlineReadingView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(parse_deadline);
}

/// Words, and what they refer to.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "trong quý III-2021", "reference_date": "2021-08-03"}))]
struct DeadlineQuestion {
    /// The words.
    #[schema(min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    text: String,
    /// The date of the document.
    #[serde(default)]
    reference_date: Option<chrono::NaiveDate>,
    /// The term, for words like "cuối nhiệm kỳ".
    #[serde(default)]
    term: Option<TermSpan>,
    /// Also list what repeated work owes from this day on: the next twelve periods of each of its cycles.
    #[serde(default)]
    periods_from: Option<chrono::NaiveDate>,
}

/// Read a deadline
///
/// Nothing is kept and nothing is guessed: what cannot be read answers `kind: "unresolved"`. The grammar stands in docs/DEADLINES.md.
#[utoipa::path(tag = "tasks", request_body = DeadlineQuestion, responses((status = 200, description = "The reading.", body = DeadlineReadingView)))]
#[post("/deadlines/parse")]
async fn parse_deadline(state: State, _caller: Caller<ReadWork>, body: Body<DeadlineQuestion>) -> AppResult<Reply> {
    let question = body.read()?;
    let known = Context {
        reference_date: question.reference_date,
        term: question.term,
        strict_before: state.settings().strict_before,
        ..Context::default()
    };
    let context = if deadline::asks_for_working_days(&question.text) {
        let working_calendar = state.read(|conn, _| calendar_days::working_calendar(conn)).await?;
        Context { working_calendar, ..known }
    } else {
        known
    };
    Reply::ok(&DeadlineReadingView::new(deadline::parse(&question.text, &context), question.periods_from))
}
