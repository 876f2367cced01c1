//! The answers kept for repeated requests.

use chrono::TimeDelta;

use crate::db::Connection;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes};
use crate::store::idempotency::{self, KeptAnswer};

/// Hours an answer is kept.
const KEPT_HOURS: i64 = 24;
/// One request in so many also throws away what is older; it need not be each.
const CLEANING: u32 = 64;

/// What makes a request the same as an earlier one.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks.
    pub user_id: Id,
    /// Method and path.
    pub route: String,
    /// The `Idempotency-Key`.
    pub key: String,
    /// Hash of the body.
    pub fingerprint: String,
}

/// What an answer consists of.
#[derive(Debug)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// Address of what was made.
    pub location: Option<&'a str>,
    /// Its tag.
    pub etag: Option<&'a str>,
    /// JSON.
    pub body: &'a str,
}

/// The answer already given to this request, if any.
///
/// # Errors
/// `idempotency_key_reused` when the body is another; the database's.
pub fn kept(conn: &mut Connection, request: &Request, at: &Moment) -> AppResult<Option<KeptAnswer>> {
    let kept = idempotency::find(conn, request.user_id, &request.route, &request.key)?;
    let too_old = at.recorded_at() - TimeDelta::hours(KEPT_HOURS);
    let expired = kept.as_ref().is_some_and(|kept| kept.recorded_at < too_old);
    if expired || at.instant.timestamp_subsec_micros().is_multiple_of(CLEANING) {
        idempotency::forget_before(conn, too_old)?;
    }
    match kept.filter(|_| !expired) {
        Some(kept) if kept.fingerprint != request.fingerprint => Err(AppError::new(codes::IDEMPOTENCY_KEY_REUSED)),
        kept => Ok(kept),
    }
}

/// Keeps the answer to this request.
///
/// # Errors
/// The database's.
pub fn keep(conn: &mut Connection, request: &Request, answer: &Answer<'_>, at: &Moment) -> AppResult<()> {
    let kept = KeptAnswer {
        user_id: request.user_id,
        route: request.route.clone(),
        idempotency_key: request.key.clone(),
        fingerprint: request.fingerprint.clone(),
        status: answer.status.into(),
        location: answer.location.map(ToOwned::to_owned),
        etag: answer.etag.map(ToOwned::to_owned),
        body: answer.body.to_owned(),
        recorded_at: at.recorded_at(),
    };
    Ok(idempotency::insert(conn, &kept)?)
}
