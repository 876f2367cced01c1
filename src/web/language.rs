//! `/language`: the choice between Vietnamese and English, kept in a cookie.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use serde::Deserialize;

use super::forms::Query;
use super::page;
use super::session::{LANGUAGE, State, set_cookie};
use crate::error::AppResult;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(choose_language);
}

/// Seconds the choice is kept: a year.
const KEPT: i64 = 365 * 24 * 3600;

#[derive(Deserialize)]
struct Choice {
    to: String,
    #[serde(default)]
    back: String,
}

#[get("/language")]
async fn choose_language(state: State, Query(choice): Query<Choice>) -> AppResult<HttpResponse> {
    let language = if choice.to == "en" { "en" } else { "vi" };
    let mut answer = page::go_to(page::local(&choice.back));
    page::add_header(&mut answer, set_cookie(&state, LANGUAGE, language, KEPT))?;
    Ok(answer)
}
