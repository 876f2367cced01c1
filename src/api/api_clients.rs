//! `/api-clients`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::api_clients::{ApiClientDraft, ApiClientQuery, ClientKey};
use crate::domain::users::RevocationDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadAccounts, WriteAccounts};
use crate::view::api_clients::ApiClientView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_api_clients).service(create_api_client).service(get_api_client).service(update_api_client);
    config.service(rotate_api_client_key).service(revoke_api_client);
}

/// List API clients
///
/// By code: those that reach something within the reader's reach.
#[utoipa::path(tag = "users", params(ApiClientQuery), responses((status = 200, description = "A page of API clients.", body = PageView<ApiClientView>)))]
#[get("/api-clients")]
async fn list_api_clients(state: State, caller: Caller<ReadAccounts>, Params(query): Params<ApiClientQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::api_clients::list(conn, &caller, query)?.map(ApiClientView::new);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create an API client
///
/// For administrators, within their reach. The answer holds the key, which is never shown again:
/// the other system sends it as `Authorization: Bearer rt_…`.
#[utoipa::path(tag = "users", request_body = ApiClientDraft, responses((status = 201, description = "The API client with its key.", body = ApiClientView)))]
#[post("/api-clients")]
async fn create_api_client(state: State, caller: Caller<WriteAccounts>, body: Body<ApiClientDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let (record, key) = service::api_clients::create(conn, caller, &body.read()?, at)?;
        with_key(caller, ApiClientView::new(record), &key, at)
    })
    .await
}

/// Get an API client
#[utoipa::path(tag = "users", params(("client" = Id, Path, description = "Id.")), responses((status = 200, description = "The API client.", body = ApiClientView)))]
#[get("/api-clients/{client}")]
async fn get_api_client(state: State, caller: Caller<ReadAccounts>, PathId(client): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let record = service::api_clients::get(conn, &caller, client)?;
            caller.tagged(record.client.version, at, &ApiClientView::new(record))
        })
        .await
}

/// Change an API client
///
/// For administrators. Name and expiry; everything else stays.
#[utoipa::path(
    tag = "users",
    params(("client" = Id, Path, description = "Id.")),
    request_body = ApiClientDraft,
    responses((status = 200, description = "The API client.", body = ApiClientView))
)]
#[patch("/api-clients/{client}")]
async fn update_api_client(state: State, caller: Caller<WriteAccounts>, PathId(client): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let record = service::api_clients::update(conn, &caller, client, caller.expected(), &patch, at)?;
            caller.tagged(record.client.version, at, &ApiClientView::new(record))
        })
        .await
}

/// Make another key for an API client
///
/// For administrators. The present key stops working at once. The answer holds the new one, which
/// is never shown again.
#[utoipa::path(
    tag = "users",
    params(("client" = Id, Path, description = "Id.")),
    request_body(content = RotationDraft, description = "An empty object."),
    responses((status = 201, description = "The API client with its new key.", body = ApiClientView))
)]
#[post("/api-clients/{client}/key")]
async fn rotate_api_client_key(
    state: State,
    caller: Caller<WriteAccounts>,
    PathId(client): PathId,
    body: Body<RotationDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        body.read()?;
        let (record, key) = service::api_clients::rotate(conn, caller, client, at)?;
        with_key(caller, ApiClientView::new(record), &key, at)
    })
    .await
}

/// Revoke an API client
///
/// For administrators, with a reason. Its key is refused from now on; what it did stays on record.
#[utoipa::path(
    tag = "users",
    params(("client" = Id, Path, description = "Id.")),
    request_body = RevocationDraft,
    responses((status = 200, description = "The revoked API client.", body = ApiClientView))
)]
#[post("/api-clients/{client}/revocation")]
async fn revoke_api_client(
    state: State,
    caller: Caller<WriteAccounts>,
    PathId(client): PathId,
    body: Body<RevocationDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let record = service::api_clients::revocable(conn, caller, client)?;
        let record = service::api_clients::revoke(conn, caller, record, &body.read()?.reason, at)?;
        Reply::ok(&ApiClientView::new(record))
    })
    .await
}

/// What is said when a key is rotated: nothing.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema, validator::Validate)]
#[serde(deny_unknown_fields)]
struct RotationDraft {}

fn address(client: Id) -> String {
    format!("{BASE}/api-clients/{client}")
}

/// The answer with the key; what is kept for a repetition is without.
fn with_key(caller: &Caller<WriteAccounts>, view: ApiClientView, key: &ClientKey, at: &Moment) -> AppResult<Reply> {
    let kept = caller.created(address(view.id), view.version, at, &view)?;
    let shown = Reply::ok(&ApiClientView { key: Some(key.text().to_owned()), ..view })?;
    Ok(kept.showing_once(shown.body))
}
