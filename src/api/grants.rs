//! `/users/{user}/grants`.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, PathIds, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::users::{GrantDraft, GrantQuery, RevocationDraft};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadAccounts, WriteAccounts};
use crate::view::grants::GrantView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_grants).service(create_grant).service(get_grant).service(create_revocation);
}

/// List the grants of an account
///
/// In the order they were made; all of them on one page.
#[utoipa::path(
    tag = "users",
    params(("user" = Id, Path, description = "Id of the account."), GrantQuery),
    responses((status = 200, description = "The grants.", body = PageView<GrantView>))
)]
#[get("/users/{user}/grants")]
async fn list_grants(
    state: State,
    caller: Caller<ReadAccounts>,
    PathId(user): PathId,
    Params(query): Params<GrantQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let grants = service::grants::list(conn, &caller, user, &query)?;
            Reply::ok(&PageView::new(grants.into_iter().map(GrantView::from).collect(), None))
        })
        .await
}

/// Grant a role
///
/// For administrators, on a unit or an area within their own reach: exactly one of `unit` and `area`.
#[utoipa::path(
    tag = "users",
    params(("user" = Id, Path, description = "Id of the account.")),
    request_body = GrantDraft,
    responses((status = 201, description = "The grant.", body = GrantView))
)]
#[post("/users/{user}/grants")]
async fn create_grant(state: State, caller: Caller<WriteAccounts>, PathId(user): PathId, body: Body<GrantDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let grantee = service::grants::grantee(conn, caller, user)?;
        let view = GrantView::from(service::grants::create(conn, caller, &grantee, &body.read()?, at)?);
        Reply::created(format!("{BASE}/users/{user}/grants/{}", view.id), &view)
    })
    .await
}

/// Get a grant
#[utoipa::path(
    tag = "users",
    params(("user" = Id, Path, description = "Id of the account."), ("grant" = Id, Path, description = "Id of the grant.")),
    responses((status = 200, description = "The grant.", body = GrantView))
)]
#[get("/users/{user}/grants/{grant}")]
async fn get_grant(state: State, caller: Caller<ReadAccounts>, PathIds(user, grant): PathIds) -> AppResult<Reply> {
    state.read(move |conn, _| Reply::ok(&GrantView::from(service::grants::get(conn, &caller, user, grant)?))).await
}

/// Revoke a grant
///
/// For administrators, within their own reach and with a reason. It ends at once and stays on
/// record; 409 if it has ended already.
#[utoipa::path(
    tag = "users",
    params(("user" = Id, Path, description = "Id of the account."), ("grant" = Id, Path, description = "Id of the grant.")),
    request_body = RevocationDraft,
    responses((status = 200, description = "The grant, ended.", body = GrantView))
)]
#[post("/users/{user}/grants/{grant}/revocation")]
async fn create_revocation(
    state: State,
    caller: Caller<WriteAccounts>,
    PathIds(user, grant): PathIds,
    body: Body<RevocationDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let grant = service::grants::revocable(conn, caller, user, grant)?;
        let ended = service::grants::revoke(conn, caller, &grant, &body.read()?.reason, at)?;
        Reply::ok(&GrantView::from(ended))
    })
    .await
}
