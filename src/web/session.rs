//! Who visits: a cookie names a session, and a page asks for a right.
//!
//! The cookie holds the id of a row of `sessions` and a signature. It is good for pages only; the
//! API never looks at it, so that no other site can make a browser use the API.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::csrf::{self, Purpose};
use super::page::Shell;
use crate::domain::{Id, Language, SigningKey};
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{Actor, Permit, Right};
use crate::service::sessions;
use crate::state::AppState;

/// Whoever looks at a page, signed in or not.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The language pages are shown in.
    pub language: Language,
    /// The address asked for, with its query.
    pub address: String,
    /// Who is signed in.
    pub visitor: Option<SignedIn>,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account with its grants.
    pub actor: Actor,
    /// The account's name for people.
    pub display_name: String,
    /// The session.
    pub session: Id,
    /// A token for the forms of this page.
    pub csrf: String,
}

/// The state, as handlers take it.
pub type State = web::Data<AppState>;

/// The shared state, from a request.
///
/// # Errors
/// `internal` when there is none.
pub fn state_of(request: &HttpRequest) -> AppResult<AppState> {
    request.app_data::<State>().map(|state| state.get_ref().clone()).ok_or_else(|| AppError::internal("no state"))
}

impl Visit {
    /// A visit by nobody in particular: language and address.
    pub fn of_nobody(request: &HttpRequest) -> Self {
        let language = match cookie(request, LANGUAGE) {
            Some("en") => Language::En,
            _ => Language::Vi,
        };
        // What a form is sent to is no page to come back to with its query: that may hold its token.
        let asks = matches!(*request.method(), Method::GET | Method::HEAD);
        let whole = request.uri().path_and_query().map_or("/", |address| address.as_str());
        let address = if asks { whole } else { request.path() };
        Self { language, address: address.to_owned(), visitor: None }
    }

    /// The visit of a request, as the gate has found it.
    pub fn of(request: &HttpRequest) -> Self {
        let found = request.extensions().get::<Self>().cloned();
        found.unwrap_or_else(|| Self::of_nobody(request))
    }

    /// What the page's frame needs to know.
    pub fn shell(&self) -> Shell {
        Shell::new(self)
    }
}

/// The account behind the cookie, if the session is still good.
///
/// # Errors
/// The database's.
pub async fn recognise(request: &HttpRequest, state: &AppState) -> AppResult<Option<SignedIn>> {
    let key = state.signing_key();
    let Some(session) = cookie(request, session_cookie(state)).and_then(|value| opened(key, value)) else { return Ok(None) };
    let found = state
        .read(move |conn, at| {
            let actor = match Actor::of_session(conn, session, at.recorded_at()) {
                Err(error) if error.code == codes::INVALID_TOKEN => return Ok(None),
                other => other?,
            };
            let (user, _) = sessions::account(conn, &actor)?;
            Ok(Some((actor, user.display_name)))
        })
        .await?;
    let csrf = csrf::token(key, Purpose::Form, &session.to_string());
    Ok(found.map(|(actor, display_name)| SignedIn {
        actor: Actor { request_id: crate::trace::id_of(request), ..actor },
        display_name,
        session,
        csrf,
    }))
}

/// Somebody with the right to `R`: a page that takes one has checked the permission.
#[derive(Debug, Clone)]
pub struct Visitor<R> {
    permit: Permit<R>,
    /// What the page's frame needs to know.
    pub shell: Shell,
}

impl<R> Deref for Visitor<R> {
    type Target = Permit<R>;

    fn deref(&self) -> &Permit<R> {
        &self.permit
    }
}

impl<R: Right> FromRequest for Visitor<R> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visit = Visit::of(request);
        let permit = signed_in(&visit).and_then(|visitor| visitor.actor.permit());
        ready(permit.map(|permit| Self { permit, shell: visit.shell() }))
    }
}

/// Somebody who is signed in, whatever they may do.
#[derive(Debug, Clone)]
pub struct Anyone {
    /// Who.
    pub visitor: SignedIn,
    /// What the page's frame needs to know.
    pub shell: Shell,
}

impl FromRequest for Anyone {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visit = Visit::of(request);
        ready(signed_in(&visit).cloned().map(|visitor| Self { visitor, shell: visit.shell() }))
    }
}

fn signed_in(visit: &Visit) -> AppResult<&SignedIn> {
    visit.visitor.as_ref().ok_or_else(|| AppError::new(codes::UNAUTHENTICATED))
}

/// Name of the cookie that keeps the language.
pub const LANGUAGE: &str = "language";
/// Name of the cookie that the form to sign in is tied to.
pub const LOGIN: &str = "login";

/// Name of the cookie that names the session. On an encrypted line its prefix makes browsers
/// refuse one that another host or an unencrypted page has set.
pub fn session_cookie(state: &AppState) -> &'static str {
    if state.settings().is_https() { "__Host-session" } else { "session" }
}

/// The value of a cookie that was sent.
pub fn cookie<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let sent = request.headers().get_all("cookie").filter_map(|header| header.to_str().ok());
    sent.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// A `Set-Cookie` for `seconds`; 0 takes the cookie away. Lax: links from mail find one signed in,
/// forms of other sites do not.
pub fn set_cookie(state: &AppState, name: &str, value: &str, seconds: i64) -> (&'static str, String) {
    let secure = if state.settings().is_https() { "; Secure" } else { "" };
    ("Set-Cookie", format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"))
}

/// The cookie's value for a session.
pub fn sealed(key: &SigningKey, session: Id) -> String {
    format!("{session}.{}", csrf::sign(key, Purpose::Session, &session.to_string()))
}

fn opened(key: &SigningKey, value: &str) -> Option<Id> {
    let (session, signature) = value.split_once('.')?;
    csrf::is_signed(key, Purpose::Session, session, signature).then(|| session.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn only_our_own_cookie_names_a_session() {
        let key = SigningKey::new(vec![7; 32]).unwrap();
        let session = Id::new(chrono::DateTime::default());
        let value = sealed(&key, session);
        assert_eq!(opened(&key, &value), Some(session));
        assert_eq!(opened(&SigningKey::new(vec![8; 32]).unwrap(), &value), None);
        for wrong in ["", ".", &session.to_string(), &format!("{session}."), &value[..value.len() - 2]] {
            assert_eq!(opened(&key, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let request = TestRequest::default().insert_header(("cookie", "xlanguage=1; language=en;login=a=b")).to_http_request();
        assert_eq!((cookie(&request, "language"), cookie(&request, "login"), cookie(&request, "lang")), (Some("en"), Some("a=b"), None));
    }
}
