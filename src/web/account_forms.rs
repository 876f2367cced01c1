//! The forms on an account's page: its name and state, its password, its grants.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, post};
use serde_json::json;

use super::account_page::{PageWords, Typed, Which, fill};
use super::forms::{Again, Form, draft, id, is_about_content};
use super::new_account::{AccountWords, grant_draft};
use super::once::{Sent, Taken, once, showing};
use super::page;
use super::secret;
use super::session::{State, Visitor};
use crate::domain::merge_patch::MergePatch;
use crate::domain::users::{NewPassword, RevocationDraft};
use crate::domain::{Id, Moment};
use crate::error::{AppResult, codes};
use crate::service::access::{ReadAccounts, WriteAccounts};
use crate::service::lookup::Expected;
use crate::service::{grants, passwords, users};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(change_account).service(reset_password).service(give_grant).service(end_grant);
}

#[post("/accounts/{user}")]
async fn change_account(state: State, visitor: Visitor<WriteAccounts>, user: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let user = id(&user)?;
    answer(&state, visitor, user, Which::Change, form, |conn, visitor, user, typed, at| {
        let expected = typed.version.parse().map_or(Expected::Missing, Expected::Version);
        let patch = json!({"display_name": typed.display_name.trim(), "disabled": !typed.disabled.is_empty()});
        users::update(conn, visitor, user, expected, &MergePatch(patch), at)?;
        Ok("changed")
    })
    .await
}

#[post("/accounts/{user}/grants")]
async fn give_grant(state: State, visitor: Visitor<WriteAccounts>, user: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let user = id(&user)?;
    answer(&state, visitor, user, Which::Grant, form, |conn, visitor, user, typed, at| {
        let grantee = grants::grantee(conn, visitor, user)?;
        grants::create(conn, visitor, &grantee, &grant_draft(&typed.role, &typed.place)?, at)?;
        Ok("granted")
    })
    .await
}

#[post("/accounts/{user}/grants/{grant}")]
async fn end_grant(
    state: State,
    visitor: Visitor<WriteAccounts>,
    path: Path<(String, String)>,
    form: Form<Typed>,
) -> AppResult<HttpResponse> {
    let (user, grant) = (id(&path.0)?, id(&path.1)?);
    answer(&state, visitor, user, Which::End(grant), form, move |conn, visitor, user, typed, at| {
        let present = grants::revocable(conn, visitor, user, grant)?;
        let said: RevocationDraft = draft(json!({"reason": typed.reason.trim()}))?;
        grants::revoke(conn, visitor, &present, &said.reason, at)?;
        Ok("revoked")
    })
    .await
}

#[post("/accounts/{user}/password")]
async fn reset_password(state: State, visitor: Visitor<WriteAccounts>, user: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (user, language) = (id(&user)?, visitor.shell.language);
    if form.resumed {
        return again(&state, visitor, user, Which::Password, form.content, Again::resumed(PageWords::of(language).resumed)).await;
    }
    match set_password(&state, visitor.clone(), user, &form.content).await {
        Err(error) if is_about_content(&error) => {
            again(&state, visitor, user, Which::Password, form.content, Again::refused(&error, language)).await
        }
        answer => answer,
    }
}

/// Sets the password that was typed, or one made here, which is shown once.
async fn set_password(state: &State, visitor: Visitor<WriteAccounts>, user: Id, typed: &Typed) -> AppResult<HttpResponse> {
    let (shell, t, asker) = (visitor.shell.clone(), PageWords::of(visitor.shell.language), visitor.clone());
    // Whether it is allowed comes before whether the password is good, and before the hashing.
    let account = state.read(move |conn, _| users::changeable(conn, &asker, user)).await?.user;
    let made = if typed.password.is_empty() { Some(passwords::random()?) } else { None };
    let new: NewPassword = draft(json!({"password": made.as_ref().unwrap_or(&typed.password)}))?;
    let hash = state.hash(move || passwords::hash(new.password.characters())).await?;
    let address = format!("/accounts/{user}");
    let done = format!("{address}?done=password#content");
    let (sent, kept) = (Sent::of(format!("POST {address}/password"), typed.key.clone(), typed)?, done.clone());
    let taken = showing(state, visitor, sent, move |conn, visitor, at| {
        users::set_password(conn, visitor, user, hash, at)?;
        Ok((kept, ()))
    });
    match (taken.await?, made) {
        (Taken::Now(()), Some(password)) => {
            let a = AccountWords::of(shell.language);
            let rows = vec![(a.name, account.display_name), (a.username, account.username), (t.new_password, password)];
            secret::show(shell, t.was_reset.to_owned(), a.advice, rows, (address, a.to_account))
        }
        _ => Ok(page::go_to(&done)),
    }
}

/// The answer to a form: on to the account, or the form again.
async fn answer<F>(
    state: &State,
    visitor: Visitor<WriteAccounts>,
    user: Id,
    which: Which,
    form: Form<Typed>,
    work: F,
) -> AppResult<HttpResponse>
where
    F: FnOnce(&mut Connection, &Visitor<WriteAccounts>, Id, &Typed, &Moment) -> AppResult<&'static str> + Send + 'static,
{
    let (typed, language) = (form.content, visitor.shell.language);
    if form.resumed {
        return again(state, visitor, user, which, typed, Again::resumed(PageWords::of(language).resumed)).await;
    }
    let sent = Sent::of(format!("POST /accounts/{user}{}", which.below()), typed.key.clone(), &typed)?;
    let kept = typed.clone();
    let tried = once(state, visitor.clone(), sent, move |conn, visitor, at| {
        Ok(format!("/accounts/{user}?done={}#content", work(conn, visitor, user, &kept, at)?))
    });
    match tried.await {
        Err(error) if is_about_content(&error) => again(state, visitor, user, which, typed, Again::refused(&error, language)).await,
        answer => answer,
    }
}

/// The page with what was typed, and what is wrong with it.
async fn again(
    state: &State,
    visitor: Visitor<WriteAccounts>,
    user: Id,
    which: Which,
    typed: Typed,
    said: Again,
) -> AppResult<HttpResponse> {
    let t = PageWords::of(visitor.shell.language);
    let mut page = state
        .read(move |conn, at| {
            let reader = visitor.actor().permit::<ReadAccounts>()?;
            fill(conn, &reader, &visitor.shell, user, at)
        })
        .await?;
    let said = said.saying(codes::STALE, t.stale).saying(codes::DUPLICATE, t.given_already);
    let typed = Typed { key: said.key(&typed.key), password: String::new(), ..typed };
    // A form sent from an older version is judged anew by whoever sends it.
    let shown = std::mem::take(&mut page.typed);
    page.typed = match which {
        Which::Change => Typed { version: shown.version, ..typed },
        _ => Typed { version: shown.version, display_name: shown.display_name, disabled: shown.disabled, ..typed },
    };
    let status = said.status();
    (page.said, page.which) = (said, which);
    page::show_as(status, &page)
}
