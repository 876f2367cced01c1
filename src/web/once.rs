//! A form that is sent twice is taken once: a hidden key, kept for a day like those of the API, in
//! the transaction that did the work.

use actix_web::HttpResponse;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::page;
use super::session::Visitor;
use crate::domain::Moment;
use crate::error::{AppError, AppResult, codes};
use crate::service::access::Right;
use crate::service::idempotency::{self, Answer, Request};
use crate::state::{AppState, Connection};

/// What tells one form that was sent from another.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Method and path.
    pub route: String,
    /// The hidden key; a form without one is taken as often as it is sent.
    pub key: String,
    /// Everything that was typed.
    pub typed: String,
}

impl Sent {
    /// A form as it was typed, with its key.
    ///
    /// # Errors
    /// `internal` when it cannot be written down.
    pub fn of(route: String, key: String, typed: &impl Serialize) -> AppResult<Self> {
        Ok(Self { route, key, typed: serde_json::to_string(typed).map_err(AppError::internal)? })
    }
}

/// What came of a form.
#[derive(Debug)]
pub enum Taken<T> {
    /// It was taken now: what is shown once.
    Now(T),
    /// It was taken before, and led to this address.
    Before(String),
}

/// Runs `work` in one transaction, once for each key, and leads on to the address it answers.
///
/// # Errors
/// What `work` answers; `idempotency_key_reused`, `idempotency_in_flight`.
pub async fn once<R, F>(state: &AppState, visitor: Visitor<R>, sent: Sent, work: F) -> AppResult<HttpResponse>
where
    R: Right,
    F: FnOnce(&mut Connection, &Visitor<R>, &Moment) -> AppResult<String> + Send + 'static,
{
    let taken = showing(state, visitor, sent, move |conn, visitor, at| {
        let address = work(conn, visitor, at)?;
        Ok((address.clone(), address))
    });
    let (Taken::Now(address) | Taken::Before(address)) = taken.await?;
    Ok(page::go_to(&address))
}

/// As [`once`], for what is shown once: `work` answers where a repetition leads, and what is shown
/// the first time, which is kept nowhere.
///
/// # Errors
/// As [`once`].
pub async fn showing<R, T, F>(state: &AppState, visitor: Visitor<R>, sent: Sent, work: F) -> AppResult<Taken<T>>
where
    R: Right,
    T: Send + 'static,
    F: FnOnce(&mut Connection, &Visitor<R>, &Moment) -> AppResult<(String, T)> + Send + 'static,
{
    if !(1..=100).contains(&sent.key.len()) {
        return state.write(move |conn, at| Ok(Taken::Now(work(conn, &visitor, at)?.1))).await;
    }
    let fingerprint = Sha256::new().chain_update(state.signing_key().bytes()).chain_update(&sent.typed).finalize();
    let request = Request { user_id: visitor.actor().user_id, route: sent.route, key: sent.key, fingerprint: hex::encode(fingerprint) };
    let mark = format!("{} {} {}", request.user_id, request.route, request.key);
    let _in_flight = state.begin(&mark).ok_or_else(|| AppError::new(codes::IDEMPOTENCY_IN_FLIGHT))?;
    let taken = state.write(move |conn, at| {
        if let Some(kept) = idempotency::kept(conn, &request, at)? {
            return Ok(Taken::Before(kept.location.unwrap_or_default()));
        }
        let (address, shown) = work(conn, &visitor, at)?;
        idempotency::keep(conn, &request, &Answer { status: 303, location: Some(&address), etag: None, body: "" }, at)?;
        Ok(Taken::Now(shown))
    });
    taken.await
}
