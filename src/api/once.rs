//! A request sent twice happens once: the first answer to an `Idempotency-Key` is kept for a day,
//! in the transaction that did the work.

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use validator::Validate;

use super::extract::{Body, Caller};
use super::reply::Reply;
use crate::domain::Moment;
use crate::error::{AppError, AppResult, codes};
use crate::service::access::Right;
use crate::service::idempotency::{self, Answer, Request};
use crate::state::{AppState, Connection};

/// Runs `work` in one transaction, once for each key.
///
/// # Errors
/// What `work` answers; `idempotency_key_reused`, `idempotency_in_flight`.
pub async fn once<R, T, F>(state: &AppState, caller: Caller<R>, body: Body<T>, work: F) -> AppResult<Reply>
where
    R: Right,
    T: DeserializeOwned + Validate + 'static,
    F: FnOnce(&mut Connection, &Caller<R>, &Body<T>, &Moment) -> AppResult<Reply> + Send + 'static,
{
    let fingerprint = body.fingerprint().to_owned();
    once_for(state, caller, &fingerprint, move |conn, caller, at| work(conn, caller, &body, at)).await
}

/// As [`once`], for what is no body of JSON; `fingerprint` tells one request from another.
///
/// # Errors
/// As [`once`].
pub async fn once_for<R, F>(state: &AppState, caller: Caller<R>, fingerprint: &str, work: F) -> AppResult<Reply>
where
    R: Right,
    F: FnOnce(&mut Connection, &Caller<R>, &Moment) -> AppResult<Reply> + Send + 'static,
{
    let Some(key) = caller.idempotency_key() else {
        return state.write(move |conn, at| work(conn, &caller, at)).await;
    };
    let request = Request {
        user_id: caller.actor().user_id,
        route: caller.route().to_owned(),
        key: key.to_owned(),
        fingerprint: keyed(state, fingerprint),
    };
    let mark = format!("{} {} {}", request.user_id, request.route, request.key);
    let _in_flight = state.begin(&mark).ok_or_else(|| AppError::new(codes::IDEMPOTENCY_IN_FLIGHT))?;
    state
        .write(move |conn, at| {
            if let Some(kept) = idempotency::kept(conn, &request, at)? {
                return Ok(Reply {
                    status: u16::try_from(kept.status).map_err(AppError::internal)?,
                    location: kept.location,
                    etag: kept.etag,
                    body: kept.body,
                    kept: None,
                });
            }
            let reply = work(conn, &caller, at)?;
            let body = reply.kept.as_ref().unwrap_or(&reply.body);
            let answer = Answer { status: reply.status, location: reply.location.as_deref(), etag: reply.etag.as_deref(), body };
            idempotency::keep(conn, &request, &answer, at)?;
            Ok(reply)
        })
        .await
}

/// The fingerprint as it is kept: keyed, because a plain hash of a body with a password in it
/// would let whoever reads the database try passwords against it.
fn keyed(state: &AppState, fingerprint: &str) -> String {
    hex::encode(Sha256::new().chain_update(state.signing_key().bytes()).chain_update(fingerprint).finalize())
}
