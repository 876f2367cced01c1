//! Who calls, with what right, and under which conditions. A handler that has one in its
//! arguments has checked the permission.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{header, language_of, state_of};
use crate::api::BASE;
use crate::api::reply::Reply;
use crate::domain::api_clients::KEY_MARK;
use crate::domain::{Language, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service::access::{Actor, Permit, Right};
use crate::service::api_clients::KeyHolder;
use crate::service::lookup::Expected;
use crate::service::sessions::SignedIn;
use crate::service::{api_clients, sessions};
use crate::state::{AppState, Connection};
use crate::trace;

/// The longest `Idempotency-Key`, in characters; the contract says so.
const LONGEST_KEY: usize = 200;

/// A caller with the right to `R`.
#[derive(Debug, Clone)]
pub struct Caller<R> {
    permit: Permit<R>,
    language: Language,
    if_none_match: Option<String>,
    expected: Expected,
    idempotency_key: Option<String>,
    route: String,
}

impl<R> Deref for Caller<R> {
    type Target = Permit<R>;

    fn deref(&self) -> &Permit<R> {
        &self.permit
    }
}

impl<R: Right> Caller<R> {
    /// The version the caller's change was made from (`If-Match`).
    pub fn expected(&self) -> Expected {
        self.expected
    }

    /// The caller's `Idempotency-Key`, if one was sent.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// Method and path of the request.
    pub fn route(&self) -> &str {
        &self.route
    }

    /// The language the caller wants to be answered in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The tag of a version as this caller sees it today: another day, reader or language may
    /// mean another answer, and so may a report that moves a task without changing its version.
    fn etag(&self, version: impl Into<i64>, at: &Moment, body: &str) -> String {
        let seen = format!("{}|{}|{}|{body}", at.today(), self.permit.scope(), self.language.tag());
        let digest = hex::encode(Sha256::digest(seen));
        format!("\"{}-{}\"", version.into(), digest.get(..16).unwrap_or_default())
    }

    /// 200 with the tag of this version, or 304 if the caller has it already.
    ///
    /// # Errors
    /// `internal` when the view cannot be written as JSON.
    pub fn tagged(&self, version: impl Into<i64>, at: &Moment, view: &impl Serialize) -> AppResult<Reply> {
        Ok(self.tagged_reply(version, at, Reply::ok(view)?))
    }

    /// This answer with the tag of this version, or 304 if the caller has it already.
    pub fn tagged_reply(&self, version: impl Into<i64>, at: &Moment, reply: Reply) -> Reply {
        let etag = self.etag(version, at, &reply.body);
        let known =
            self.if_none_match.as_deref().is_some_and(|list| list.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag));
        if known { Reply::not_modified(etag) } else { reply.with_etag(etag) }
    }

    /// 201 with the address and the tag of what was made.
    ///
    /// # Errors
    /// As [`Caller::tagged`].
    pub fn created(&self, location: String, version: impl Into<i64>, at: &Moment, view: &impl Serialize) -> AppResult<Reply> {
        let reply = Reply::created(location, view)?;
        let etag = self.etag(version, at, &reply.body);
        Ok(reply.with_etag(etag))
    }
}

impl<R: Right> FromRequest for Caller<R> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request))
    }
}

impl<R: Right> Caller<R> {
    /// 201 as [`Caller::created`] for what was made, 200 as [`Caller::tagged`] for what was there.
    ///
    /// # Errors
    /// As [`Caller::tagged`].
    pub fn put(&self, made: bool, location: String, version: i32, at: &Moment, view: &impl Serialize) -> AppResult<Reply> {
        if made { self.created(location, version, at, view) } else { self.tagged(version, at, view) }
    }
}

fn caller<R: Right>(request: &HttpRequest) -> AppResult<Caller<R>> {
    let actor = signed_in(request)?;
    let idempotency_key = idempotency_key(request)?;
    Ok(Caller {
        permit: actor.permit()?,
        language: language_of(request),
        if_none_match: header(request, "if-none-match").map(ToOwned::to_owned),
        expected: expected(header(request, "if-match")),
        idempotency_key,
        route: format!("{} {}", request.method(), request.path()),
    })
}

/// The caller's `Idempotency-Key`. One that cannot be kept whole is refused: cut or left out, it
/// would make two requests one, or let one happen twice.
fn idempotency_key(request: &HttpRequest) -> AppResult<Option<String>> {
    const NAME: &str = "Idempotency-Key";
    let Some(value) = request.headers().get(NAME) else { return Ok(None) };
    match value.to_str() {
        Ok(key) if (1..=LONGEST_KEY).contains(&key.len()) => Ok(Some(key.to_owned())),
        Ok(_) => {
            let field = FieldError::new(NAME, rules::LENGTH).with("min", 1).with("max", LONGEST_KEY);
            Err(AppError::new(codes::INVALID_PARAMETER).with_field(field))
        }
        Err(_) => Err(AppError::bad_parameter(NAME, rules::FORMAT)),
    }
}

/// The account behind the access token, whatever it may do.
impl FromRequest for Actor {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(signed_in(request))
    }
}

fn signed_in(request: &HttpRequest) -> AppResult<Actor> {
    request.extensions().get::<Actor>().cloned().ok_or_else(|| AppError::new(codes::UNAUTHENTICATED))
}

/// How far the data had come after the request arrived (`AppState::age`).
#[derive(Debug, Clone, Copy)]
pub struct Age(pub u64);

/// Middleware: finds the account behind an access token before anything else is looked at, so that
/// whoever is signed out hears that first.
pub async fn authenticate(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let sent = header(request.request(), "authorization").map(ToOwned::to_owned);
    if let Some(sent) = sent.filter(|_| asks_for_an_account(request.path())) {
        let state = state_of(request.request())?;
        let age = state.age().await?;
        let mut actor = actor_of(&sent, &state, age).await?;
        actor.request_id = trace::id_of(request.request());
        request.extensions_mut().insert(actor);
        request.extensions_mut().insert(Age(age));
    }
    next.call(request).await
}

/// Signing in and staying in need no account: an old token sent along does no harm there.
fn asks_for_an_account(path: &str) -> bool {
    path.strip_prefix(BASE).is_some_and(|rest| !matches!(rest, "/auth/login" | "/auth/refresh" | "/openapi.json"))
}

async fn actor_of(sent: &str, state: &AppState, age: u64) -> AppResult<Actor> {
    let (scheme, token) = sent.split_once(' ').ok_or_else(|| AppError::new(codes::INVALID_TOKEN))?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(AppError::new(codes::UNAUTHENTICATED));
    }
    let token = token.trim().to_owned();
    if token.starts_with(KEY_MARK) {
        return client_of(&token, state, age).await;
    }
    let session = sessions::session_of(&token, state.signing_key(), state.moment().instant)?;
    let signed_in = remembered(state, age, &format!("session {session}"), move |conn| Actor::signed_in(conn, session)).await?;
    signed_in.at(state.moment().recorded_at())
}

/// An account as it was looked up before, if nothing at all has changed since: whoever was signed
/// out, disabled or granted something else is looked up anew, wherever that was done.
async fn remembered<F>(state: &AppState, age: u64, key: &str, find: F) -> AppResult<SignedIn>
where
    F: Fn(&mut Connection) -> AppResult<SignedIn> + Send + 'static,
{
    let place = state.memory().cell::<SignedIn>(key, age);
    place.get_or_try_init(|| state.look(find)).await.cloned()
}

/// The account of another system, by its key; remembered as those of people are. A key that is none
/// is not: nobody fills the memory by guessing.
async fn client_of(key: &str, state: &AppState, age: u64) -> AppResult<Actor> {
    let digest = api_clients::digest(key);
    let name = format!("key {digest}");
    let holder = match state.memory().known::<KeyHolder>(&name, age) {
        Some(holder) => holder,
        None => {
            let found = state.read(move |conn, _| api_clients::holder_of(conn, &digest)).await?;
            state.memory().cell::<KeyHolder>(&name, age).get_or_init(async || found).await.clone()
        }
    };
    let (actor, unnoted) = holder.at(&state.moment())?;
    let id = actor.user_id;
    if unnoted {
        // Whether it can be noted decides nothing: reading must work while writing does not.
        let _ = state.write(move |conn, at| api_clients::note_use(conn, id, at)).await;
    }
    Ok(actor)
}

fn expected(header: Option<&str>) -> Expected {
    let Some(header) = header else { return Expected::Missing };
    if header.trim() == "*" {
        return Expected::Any;
    }
    let version = header.trim().trim_matches('"').split('-').next().and_then(|v| v.parse().ok());
    // A tag that is none of ours matches no version.
    Expected::Version(version.unwrap_or(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_first_part_of_the_tag() {
        assert_eq!(expected(None), Expected::Missing);
        assert_eq!(expected(Some("*")), Expected::Any);
        assert_eq!(expected(Some("\"7-abcdef\"")), Expected::Version(7));
        assert_eq!(expected(Some("\"7\"")), Expected::Version(7));
        assert_eq!(expected(Some("W/\"7\"")), Expected::Version(-1));
        assert_eq!(expected(Some("seven")), Expected::Version(-1));
    }
}
