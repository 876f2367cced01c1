//! The HTTP server: what every request passes through, and how it stops.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::middleware::{Compress, Condition, DefaultHeaders, Next, from_fn};
use actix_web::{App, Error, HttpServer, web};
use actix_web_prom::{PrometheusMetrics, PrometheusMetricsBuilder};
use utoipa_actix_web::AppExt;

use crate::state::AppState;
use crate::{api, routes, trace, web as web_pages};

/// Most bytes of a body.
const BODY_LIMIT: usize = 256 * 1024;

/// The application, as the server and the tests build it. `metrics` count its requests and are
/// shown at `/metrics` if the settings say so.
pub fn build_app(
    state: AppState,
    metrics: PrometheusMetrics,
) -> App<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody>, Error = Error, InitError = ()>> {
    let counted = state.settings().metrics;
    let headers = headers(state.settings().is_https());
    let api = utoipa_actix_web::scope(api::BASE).configure(routes::api);
    // The scope takes every address below its own, so what stands beside it comes first.
    let (app, _) = App::new().configure(routes::beside).into_utoipa_app().service(api).split_for_parts();
    app.app_data(web::Data::new(state))
        .app_data(web::PayloadConfig::new(BODY_LIMIT))
        .wrap(from_fn(api::answers::keep))
        .wrap(from_fn(api::extract::authenticate))
        .wrap(from_fn(web_pages::gate::guard))
        .wrap(from_fn(api::problem::render))
        .wrap(from_fn(trace::follow))
        .wrap(from_fn(content_policy))
        .wrap(headers)
        .wrap(Compress::default())
        .wrap(Condition::new(counted, metrics))
}

/// What a page may load: our own files, and nothing else; no script or style stands in a page.
const PAGES: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
                     frame-ancestors 'none'; base-uri 'none'";
/// What the reader of the contract may load beside that: it sets styles itself and asks the API.
const DOCS: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; \
                    connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// Middleware: tells the browser what a page may load.
async fn content_policy(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let policy = if request.path().starts_with("/docs/") { DOCS } else { PAGES };
    let mut response = next.call(request).await?;
    // A file that is loaded brings a stricter one of its own.
    if !response.headers().contains_key(CONTENT_SECURITY_POLICY) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    Ok(response)
}

/// Headers of every answer.
fn headers(encrypted: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Referrer-Policy", "same-origin"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("X-Frame-Options", "DENY"));
    if encrypted { headers.add(("Strict-Transport-Security", "max-age=31536000")) } else { headers }
}

/// Serves until the process is told to stop; requests that have begun get ten seconds to end.
///
/// # Errors
/// When the server cannot be started.
pub async fn serve(state: AppState, listener: TcpListener) -> std::io::Result<()> {
    let workers = state.settings().workers;
    // More threads than connections would only wait for one, each with memory of its own; two more
    // a worker hash passwords.
    let blocking_threads = (usize::try_from(state.settings().pool_size).unwrap_or(usize::MAX) / workers).max(1) + 2;
    actix_web::rt::spawn(end_waiting(state.clone()));
    let metrics = metrics().map_err(std::io::Error::other)?;
    HttpServer::new(move || build_app(state.clone(), metrics.clone()))
        .workers(workers)
        .worker_max_blocking_threads(blocking_threads)
        .shutdown_timeout(10)
        .client_request_timeout(Duration::from_secs(10))
        .listen(listener)?
        .run()
        .await
}

/// Requests that wait for changes answer as soon as the process is told to stop.
async fn end_waiting(state: AppState) {
    #[cfg(unix)]
    let stopped = async {
        use actix_web::rt::signal::unix::{SignalKind, signal};
        let (mut terminated, mut interrupted) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        futures_util::future::select(Box::pin(terminated.recv()), Box::pin(interrupted.recv())).await;
        std::io::Result::Ok(())
    };
    #[cfg(not(unix))]
    let stopped = actix_web::rt::signal::ctrl_c();
    match stopped.await {
        Ok(()) => state.stop_waiting(),
        Err(error) => tracing::warn!(%error, "waiting requests will not be told when the process stops"),
    }
}

/// Counters of requests by route, method and status, with their durations, for Prometheus.
///
/// # Errors
/// When the counters cannot be registered.
pub fn metrics() -> Result<PrometheusMetrics, Box<dyn std::error::Error + Send + Sync>> {
    PrometheusMetricsBuilder::new("resolution_tracker").endpoint("/metrics").build()
}
