//! `/auth` and `/me`.

use actix_web::{get, post, put};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::extract::{SecretBody, State};
use super::reply::Reply;
use crate::domain::forms;
use crate::error::{AppError, AppResult, codes};
use crate::service::access::Actor;
use crate::service::passwords;
use crate::service::sessions::{self, ACCESS_SECONDS, Refreshed, Tokens};
use crate::view::sessions::{MeView, TokensView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(login).service(refresh).service(logout).service(get_me).service(change_password);
}

/// Name and password.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"username": "reporter", "password": "Demo-2026!"}))]
struct Login {
    /// User name.
    #[schema(min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    username: String,
    /// Password.
    #[schema(format = Password, min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    password: String,
}

/// Sign in
///
/// After five failures in a row a user name has to wait (429 with `Retry-After`), whether it exists or not.
#[utoipa::path(tag = "auth", request_body = Login, responses((status = 200, description = "An access token and a refresh token.", body = TokensView)))]
#[post("/auth/login")]
async fn login(state: State, SecretBody(login): SecretBody<Login>) -> AppResult<Reply> {
    let Login { username, password } = login;
    let user = state.write(move |conn, at| sessions::attempt(conn, &username, at)).await?;
    let hash = user.as_ref().filter(|u| u.disabled_at.is_none()).map(|u| u.password_hash.clone());
    let right = state.hash(move || Ok(passwords::matches(&password, hash.as_deref()))).await?;
    let user = user.filter(|_| right).ok_or_else(|| AppError::new(codes::WRONG_CREDENTIALS))?;
    let key = state.signing_key().clone();
    show(state.write(move |conn, at| sessions::open(conn, &user, &key, at)).await?)
}

/// A refresh token.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Refresh {
    /// The `refresh_token` of the last answer.
    #[schema(min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    refresh_token: String,
}

/// Stay signed in
///
/// Trades a refresh token for the next pair. A token that is used twice ends the session.
#[utoipa::path(tag = "auth", request_body = Refresh, responses((status = 200, description = "The next pair.", body = TokensView)))]
#[post("/auth/refresh")]
async fn refresh(state: State, SecretBody(refresh): SecretBody<Refresh>) -> AppResult<Reply> {
    let key = state.signing_key().clone();
    match state.write(move |conn, at| sessions::refresh(conn, &refresh.refresh_token, &key, at)).await? {
        Refreshed::Tokens(tokens) => show(tokens),
        Refreshed::Reused => Err(AppError::new(codes::INVALID_TOKEN)),
    }
}

/// Sign out
///
/// Ends the session: its access and refresh tokens are refused from now on.
#[utoipa::path(tag = "auth", responses((status = 204, description = "Signed out.")))]
#[post("/auth/logout")]
async fn logout(state: State, actor: Actor) -> AppResult<Reply> {
    actor.require_session()?;
    state.write(move |conn, at| sessions::close(conn, &actor, at)).await?;
    Ok(Reply::no_content())
}

/// Who am I
///
/// The account that asks, with its grants.
#[utoipa::path(tag = "auth", responses((status = 200, description = "The account.", body = MeView)))]
#[get("/me")]
async fn get_me(state: State, actor: Actor) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let (user, grants) = sessions::account(conn, &actor)?;
            Reply::ok(&MeView::new(user, grants))
        })
        .await
}

/// The present and the new password.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct PasswordChange {
    /// The password as it is.
    #[schema(format = Password, min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    current_password: String,
    /// The password as it shall be: 10 to 128 characters, not easy to guess.
    #[schema(format = Password, min_length = 10, max_length = 128)]
    #[validate(custom(function = forms::password))]
    new_password: String,
}

/// Change one's password
///
/// Ends every other session of the account.
#[utoipa::path(tag = "auth", request_body = PasswordChange, responses((status = 204, description = "Changed.")))]
#[put("/me/password")]
async fn change_password(state: State, actor: Actor, SecretBody(change): SecretBody<PasswordChange>) -> AppResult<Reply> {
    actor.require_session()?;
    let asker = actor.clone();
    let (user, _) = state.read(move |conn, _| sessions::account(conn, &asker)).await?;
    let work =
        move || Ok((passwords::matches(&change.current_password, Some(&user.password_hash)), passwords::hash(&change.new_password)?));
    let (right, hash) = state.hash(work).await?;
    state.write(move |conn, at| sessions::change_password(conn, &actor, right, hash, at)).await?;
    Ok(Reply::no_content())
}

fn show(tokens: Tokens) -> AppResult<Reply> {
    Reply::ok(&TokensView::new(tokens.access, tokens.refresh, ACCESS_SECONDS))
}
