//! What is public beside signing in: health, the contract, and the page that shows it.

use actix_web::{HttpResponse, get};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::extract::State;
use super::{BASE, openapi};
use crate::error::AppResult;

/// The process is alive.
#[get("/healthz")]
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// The database answers and has this release's schema: send requests here.
#[get("/readyz")]
pub async fn ready(state: State) -> AppResult<HttpResponse> {
    state.ready().await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}

/// The OpenAPI document.
#[get("/api/v1/openapi.json")]
pub async fn contract() -> HttpResponse {
    HttpResponse::Ok().json(openapi::document())
}

/// Swagger UI at `/docs`, from the binary.
pub fn docs() -> SwaggerUi {
    SwaggerUi::new("/docs/{_:.*}").config(Config::new([format!("{BASE}/openapi.json")]))
}
