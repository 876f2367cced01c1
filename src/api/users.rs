//! `/users`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::users::{NewPassword, NewUser, UserDraft, UserQuery};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadAccounts, WriteAccounts};
use crate::service::passwords;
use crate::service::users::Account;
use crate::view::paging::PageView;
use crate::view::users::UserView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_users).service(create_user).service(get_user).service(update_user).service(set_user_password);
}

/// List accounts
///
/// By user name, each with its grants: accounts granted something in the reader's root, and those
/// without a grant.
#[utoipa::path(tag = "users", params(UserQuery), responses((status = 200, description = "A page of accounts.", body = PageView<UserView>)))]
#[get("/users")]
async fn list_users(state: State, caller: Caller<ReadAccounts>, Params(query): Params<UserQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::users::list(conn, &caller, query)?.map(show);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create an account
///
/// For administrators. It may do nothing until something is granted to it.
#[utoipa::path(tag = "users", request_body = NewUser, responses((status = 201, description = "The account.", body = UserView)))]
#[post("/users")]
async fn create_user(state: State, caller: Caller<WriteAccounts>, body: Body<NewUser>) -> AppResult<Reply> {
    let new = body.read_keeping("password")?;
    let draft = new.draft();
    let hash = state.hash(move || passwords::hash(new.password.characters())).await?;
    once(&state, caller, body, move |conn, caller, _, at| {
        let account = service::users::create(conn, caller, &draft, hash, at)?;
        caller.created(format!("{BASE}/users/{}", account.user.id), account.user.version, at, &show(account))
    })
    .await
}

/// Get an account
#[utoipa::path(tag = "users", params(("user" = Id, Path, description = "Id.")), responses((status = 200, description = "The account.", body = UserView)))]
#[get("/users/{user}")]
async fn get_user(state: State, caller: Caller<ReadAccounts>, PathId(user): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let account = service::users::get(conn, &caller, user)?;
            caller.tagged(account.user.version, at, &show(account))
        })
        .await
}

/// Change an account
///
/// For administrators within whose reach all its grants lie. The user name stays. A disabled
/// account cannot sign in, and its sessions end.
#[utoipa::path(
    tag = "users",
    params(("user" = Id, Path, description = "Id.")),
    request_body = UserDraft,
    responses((status = 200, description = "The account.", body = UserView))
)]
#[patch("/users/{user}")]
async fn update_user(state: State, caller: Caller<WriteAccounts>, PathId(user): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let account = service::users::update(conn, &caller, user, caller.expected(), &patch, at)?;
            caller.tagged(account.user.version, at, &show(account))
        })
        .await
}

/// Set a new password for an account
///
/// For administrators within whose reach all its grants lie. Ends all its sessions. One's own
/// password is changed at `me/password`.
#[utoipa::path(
    tag = "users",
    params(("user" = Id, Path, description = "Id.")),
    request_body = NewPassword,
    responses((status = 204, description = "Set."))
)]
#[post("/users/{user}/password")]
async fn set_user_password(state: State, caller: Caller<WriteAccounts>, PathId(user): PathId, body: Body<NewPassword>) -> AppResult<Reply> {
    let asker = caller.clone();
    // Whether it is allowed comes before whether the password is good, and before the hashing.
    state.read(move |conn, _| service::users::changeable(conn, &asker, user)).await?;
    let new = body.read_keeping("password")?;
    let hash = state.hash(move || passwords::hash(new.password.characters())).await?;
    once(&state, caller, body, move |conn, caller, _, at| {
        service::users::set_password(conn, caller, user, hash, at)?;
        Ok(Reply::no_content())
    })
    .await
}

fn show(Account { user, grants }: Account) -> UserView {
    UserView::new(user, grants)
}
