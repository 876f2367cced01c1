//! The HTTP server: what every request passes through, and how it stops.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, Condition, DefaultHeaders, from_fn};
use actix_web::{App, Error, HttpServer, web};
use actix_web_prom::{PrometheusMetrics, PrometheusMetricsBuilder};
use utoipa_actix_web::AppExt;

use crate::state::AppState;
use crate::{api, routes};

/// Most bytes of a body.
const BODY_LIMIT: usize = 256 * 1024;

/// The application, as the server and the tests build it. `metrics` count its requests and are
/// shown at `/metrics` if the settings say so.
pub fn build_app(
    state: AppState,
    metrics: PrometheusMetrics,
) -> App<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody>, Error = Error, InitError = ()>> {
    let counted = state.settings().metrics;
    let api = utoipa_actix_web::scope(api::BASE).configure(routes::api);
    // The scope takes every address below its own, so what stands beside it comes first.
    let (app, _) = App::new().configure(routes::beside).into_utoipa_app().service(api).split_for_parts();
    app.app_data(web::Data::new(state))
        .app_data(web::PayloadConfig::new(BODY_LIMIT))
        .wrap(from_fn(api::extract::authenticate))
        .wrap(from_fn(api::problem::render))
        .wrap(from_fn(api::trace::follow))
        .wrap(
            DefaultHeaders::new()
                .add(("X-Content-Type-Options", "nosniff"))
                .add(("Referrer-Policy", "same-origin"))
                .add(("X-Frame-Options", "DENY")),
        )
        .wrap(Compress::default())
        .wrap(Condition::new(counted, metrics))
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
