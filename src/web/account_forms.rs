//! The forms on an account's page: its name and state, its password, its grants.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, post};
use serde_json::json;

use super::account_page::{AccountPage, PageWords, Typed, Which, fill};
use super::forms::{Again, Form, draft, filled, id};
use super::new_account::{AccountWords, grant_draft};
use super::once::{Taken, showing};
use super::page::{self, Shell};
use super::record_forms::{RecordPage, Sender};
use super::secret;
use super::session::{State, Visitor};
use crate::domain::merge_patch::MergePatch;
use crate::domain::users::{NewPassword, RevocationDraft};
use crate::domain::{Id, Language, Moment};
use crate::error::{AppResult, codes};
use crate::service::access::{Permit, ReadAccounts, WriteAccounts};
use crate::service::lookup::Expected;
use crate::service::{grants, passwords, users};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(change_account).service(reset_password).service(give_grant).service(end_grant);
}

#[post("/accounts/{user}")]
async fn change_account(state: State, visitor: Visitor<WriteAccounts>, user: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    sender(visitor, &user, Which::Change)?
        .answer(&state, form, |conn, visitor, user, typed, at| {
            let expected = typed.version.parse().map_or(Expected::Missing, Expected::Version);
            let email = filled(&typed.email);
            let patch = json!({"display_name": typed.display_name.trim(), "disabled": !typed.disabled.is_empty(), "email": email});
            users::update(conn, visitor, user, expected, &MergePatch(patch), at)?;
            Ok("changed")
        })
        .await
}

#[post("/accounts/{user}/grants")]
async fn give_grant(state: State, visitor: Visitor<WriteAccounts>, user: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    sender(visitor, &user, Which::Grant)?
        .answer(&state, form, |conn, visitor, user, typed, at| {
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
    let grant = id(&path.1)?;
    sender(visitor, &path.0, Which::End(grant))?
        .answer(&state, form, move |conn, visitor, user, typed, at| {
            let present = grants::revocable(conn, visitor, user, grant)?;
            let said: RevocationDraft = draft(json!({"reason": typed.reason.trim()}))?;
            grants::revoke(conn, visitor, &present, &said.reason, at)?;
            Ok("revoked")
        })
        .await
}

#[post("/accounts/{user}/password")]
async fn reset_password(state: State, visitor: Visitor<WriteAccounts>, user: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let sender = sender(visitor, &user, Which::Password)?;
    if form.resumed {
        return sender.resumed(&state, form.content).await;
    }
    let answer = set_password(&state, &sender, &form.content).await;
    sender.or_again(&state, form.content, answer).await
}

/// Sets the password that was typed, or one made here, which is shown once.
async fn set_password(state: &State, sender: &Sender<AccountPage>, typed: &Typed) -> AppResult<HttpResponse> {
    let (user, visitor, asker) = (sender.id, sender.visitor.clone(), sender.visitor.clone());
    let shell = visitor.shell.clone();
    // Whether it is allowed comes before whether the password is good, and before the hashing.
    let account = state.read(move |conn, _| users::changeable(conn, &asker, user)).await?.user;
    let made = if typed.password.is_empty() { Some(passwords::random()?) } else { None };
    let new: NewPassword = draft(json!({"password": made.as_ref().unwrap_or(&typed.password)}))?;
    let hash = state.hash(move || passwords::hash(new.password.characters())).await?;
    let address = sender.address();
    let done = format!("{address}?done=password#content");
    let kept = done.clone();
    let taken = showing(state, visitor, sender.sent(typed)?, move |conn, visitor, at| {
        users::set_password(conn, visitor, user, hash, at)?;
        Ok((kept, ()))
    });
    match (taken.await?, made) {
        (Taken::Now(()), Some(password)) => {
            let (t, a) = (PageWords::of(shell.language), AccountWords::of(shell.language));
            let rows = vec![(a.name, account.display_name), (a.username, account.username), (t.new_password, password)];
            secret::show(shell, t.was_reset.to_owned(), a.advice, rows, (address, a.to_account))
        }
        _ => Ok(page::go_to(&done)),
    }
}

fn sender(visitor: Visitor<WriteAccounts>, user: &str, which: Which) -> AppResult<Sender<AccountPage>> {
    Ok(Sender { visitor, id: id(user)?, which })
}

impl RecordPage for AccountPage {
    type Typed = Typed;
    type Which = Which;
    const UNDER: &'static str = "/accounts";

    fn below(which: Which) -> String {
        which.below()
    }

    fn key(typed: &Typed) -> &str {
        &typed.key
    }

    fn resumed(language: Language) -> &'static str {
        PageWords::of(language).resumed
    }

    fn fill(conn: &mut Connection, permit: &Permit<ReadAccounts>, shell: &Shell, id: Id, at: &Moment) -> AppResult<Self> {
        fill(conn, permit, shell, id, at)
    }

    fn put_back(&mut self, which: Which, typed: Typed, said: Again) {
        let said = said.saying(codes::STALE, self.t.stale).saying(codes::DUPLICATE, self.t.given_already);
        let typed = Typed { key: said.key(&typed.key), password: String::new(), ..typed };
        // A form sent from an older version is judged anew by whoever sends it.
        let shown = std::mem::take(&mut self.typed);
        self.typed = match which {
            Which::Change => Typed { version: shown.version, ..typed },
            _ => Typed { version: shown.version, display_name: shown.display_name, email: shown.email, disabled: shown.disabled, ..typed },
        };
        (self.said, self.which) = (said, which);
    }
}
