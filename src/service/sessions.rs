//! Signing in, staying in and signing out.
//!
//! An access token lives 15 minutes. A refresh token is good for one use and is replaced by the
//! next; one that is used twice was stolen, so the whole session ends. After five failures a user
//! name waits, twice as long after each further failure, whether it exists or not.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::db::Connection;
use crate::domain::{Id, Moment, SigningKey, calendar};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store::grants::{self, PlacedGrant};
use crate::store::sessions::{self, RefreshToken, Session};
use crate::store::users::{self, User};

use super::access::Actor;
use super::journal::{self, Happening};

/// Seconds an access token lives.
pub const ACCESS_SECONDS: i64 = 15 * 60;
/// Days a session lives, however often it is refreshed.
const SESSION_DAYS: i64 = 14;
/// Seconds a session for pages lives: twelve hours.
pub const BROWSER_SECONDS: i64 = 12 * 3600;
/// Failures after which a user name has to wait.
const FREE_FAILURES: i32 = 5;
/// Longest wait, in seconds.
const LONGEST_WAIT: i64 = 15 * 60;

/// What a client holds after signing in.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Signed, short-lived.
    pub access: String,
    /// Opaque, good for one use.
    pub refresh: String,
}

/// An account that is signed in until a certain time.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub(super) actor: Actor,
    pub(super) until: NaiveDateTime,
}

impl SignedIn {
    /// The account, if its session has not ended by `now`.
    ///
    /// # Errors
    /// `invalid_token`.
    pub fn at(&self, now: NaiveDateTime) -> AppResult<Actor> {
        if self.until <= now {
            Err(AppError::new(codes::INVALID_TOKEN))
        } else {
            Ok(self.actor.clone().on(calendar::day_of(now.and_utc())))
        }
    }
}

/// The claims of an access token.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: Id,
    sid: Id,
    iat: i64,
    exp: i64,
}

/// Begins an attempt to sign in: it counts as failed until [`open`] says otherwise, so that many
/// guesses at once count like many one after another. Answers the account; `None` is an unknown name.
///
/// # Errors
/// `too_many_attempts` while the name has to wait.
pub fn attempt(conn: &mut Connection, username: &str, at: &Moment) -> AppResult<Option<User>> {
    let subject = subject(username);
    sessions::count_attempt(conn, &subject, at.recorded_at())?;
    let throttle = super::lookup::found(sessions::throttle(conn, &subject))?;
    let wait = wait_seconds(throttle.failures - 1) - (at.recorded_at() - throttle.last_failure_at).num_seconds();
    if wait > 0 {
        let seconds = u32::try_from(wait).unwrap_or(u32::MAX);
        return Err(AppError::new(codes::TOO_MANY_ATTEMPTS).retry_after(seconds));
    }
    sessions::set_last_attempt(conn, &subject, at.recorded_at())?;
    Ok(users::find_by_username(conn, username)?)
}

/// Opens a session for an account whose password was right.
///
/// # Errors
/// As [`open_for_browser`].
pub fn open(conn: &mut Connection, checked: &User, key: &SigningKey, at: &Moment) -> AppResult<Tokens> {
    let session = begin(conn, checked, TimeDelta::days(SESSION_DAYS), at)?;
    issue(conn, &session, key, at)
}

/// Opens a session for pages, without tokens, and answers its id. It lasts a working day, however
/// much it is used.
///
/// # Errors
/// `wrong_credentials` for an account that was disabled or got another password meanwhile.
pub fn open_for_browser(conn: &mut Connection, checked: &User, at: &Moment) -> AppResult<Id> {
    Ok(begin(conn, checked, TimeDelta::seconds(BROWSER_SECONDS), at)?.id)
}

/// Begins a session. Checking the password took a while: the account must still be as it was then.
fn begin(conn: &mut Connection, checked: &User, life: TimeDelta, at: &Moment) -> AppResult<Session> {
    let present = users::find(conn, checked.id)?.filter(|u| u.disabled_at.is_none() && u.password_hash == checked.password_hash);
    let user = present.ok_or_else(|| AppError::new(codes::WRONG_CREDENTIALS))?;
    sessions::clear_throttle(conn, &subject(&user.username))?;
    sessions::forget_expired(conn, at.recorded_at(), at.recorded_at() - TimeDelta::days(1))?;
    let session =
        Session { id: at.new_id(), user_id: user.id, started_at: at.recorded_at(), expires_at: at.recorded_at() + life, revoked_at: None };
    sessions::insert(conn, &session)?;
    Ok(session)
}

/// What came of a refresh token.
pub enum Refreshed {
    /// The next pair.
    Tokens(Tokens),
    /// It was used before: the session has ended, and that must be committed.
    Reused,
}

/// Trades a refresh token for the next pair.
///
/// # Errors
/// `invalid_token` when it is unknown, expired, or its session has ended.
pub fn refresh(conn: &mut Connection, token: &str, key: &SigningKey, at: &Moment) -> AppResult<Refreshed> {
    let invalid = || AppError::new(codes::INVALID_TOKEN);
    let hash = digest(token);
    let known = sessions::find_token(conn, &hash)?.ok_or_else(invalid)?;
    let session = sessions::find(conn, known.session_id)?.ok_or_else(invalid)?;
    if session.revoked_at.is_some() || known.expires_at <= at.recorded_at() {
        return Err(invalid());
    }
    Actor::of_session(conn, session.id, at.recorded_at())?;
    if !sessions::use_token(conn, &hash, at.recorded_at())? {
        sessions::revoke(conn, session.id, at.recorded_at())?;
        tracing::warn!(session = %session.id, "a refresh token was used twice: session ended");
        return Ok(Refreshed::Reused);
    }
    issue(conn, &session, key, at).map(Refreshed::Tokens)
}

/// The account that asks, with its grants in force.
///
/// # Errors
/// The database's.
pub fn account(conn: &mut Connection, actor: &Actor) -> AppResult<(User, Vec<PlacedGrant>)> {
    let user = super::lookup::found(users::find(conn, actor.user_id))?;
    Ok((user, grants::of_user(conn, actor.user_id)?))
}

/// Ends the session.
///
/// # Errors
/// The database's.
pub fn close(conn: &mut Connection, actor: &Actor, at: &Moment) -> AppResult<()> {
    actor.session_id.map_or(Ok(()), |session| Ok(sessions::revoke(conn, session, at.recorded_at())?))
}

/// Sets a new password and ends every other session of the account.
///
/// # Errors
/// 422 when the present password is wrong; the database's.
pub fn change_password(conn: &mut Connection, actor: &Actor, present_matches: bool, new_hash: String, at: &Moment) -> AppResult<()> {
    if !present_matches {
        return Err(AppError::invalid("/current_password", rules::WRONG_PASSWORD));
    }
    let user = super::lookup::found(users::find(conn, actor.user_id))?;
    let changed = User { password_hash: new_hash, password_changed_at: at.recorded_at(), version: user.version + 1, ..user };
    super::lookup::expect_updated(users::update(conn, &changed))?;
    sessions::revoke_others(conn, actor.user_id, actor.session_id, at.recorded_at())?;
    let happening = Happening::created("user.password_changed", "user", actor.user_id, &serde_json::Value::Null);
    journal::append(conn, actor, &happening, at).map(drop)
}

/// The session an access token belongs to.
///
/// # Errors
/// `invalid_token` when it is forged, malformed or expired.
pub fn session_of(token: &str, key: &SigningKey, now: DateTime<Utc>) -> AppResult<Id> {
    let mut validation = Validation::new(Algorithm::HS256);
    // Judged by our own clock below.
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(key.bytes()), &validation)
        .ok()
        .filter(|decoded| decoded.claims.exp > now.timestamp())
        .map(|decoded| decoded.claims.sid)
        .ok_or_else(|| AppError::new(codes::INVALID_TOKEN))
}

fn issue(conn: &mut Connection, session: &Session, key: &SigningKey, at: &Moment) -> AppResult<Tokens> {
    let refresh = random_token()?;
    let token = RefreshToken {
        token_hash: digest(&refresh),
        session_id: session.id,
        issued_at: at.recorded_at(),
        expires_at: session.expires_at,
        used_at: None,
    };
    sessions::insert_token(conn, &token)?;
    let issued = at.instant.timestamp();
    let claims = Claims { sub: session.user_id, sid: session.id, iat: issued, exp: issued + ACCESS_SECONDS };
    let access = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(key.bytes()));
    Ok(Tokens { access: access.map_err(AppError::internal)?, refresh })
}

fn random_token() -> AppResult<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(AppError::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// What failures are counted by: never the name as typed, which might be a password.
fn subject(username: &str) -> String {
    digest(&format!("user:{username}"))
}

fn wait_seconds(failures: i32) -> i64 {
    let beyond = failures - FREE_FAILURES;
    if beyond < 0 { 0 } else { (30_i64 << beyond.min(10)).min(LONGEST_WAIT) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_ends() {
        assert_eq!([0, 4, 5, 6, 7, 40].map(wait_seconds), [0, 0, 30, 60, 120, 900]);
    }

    #[test]
    fn only_our_own_fresh_signature_is_a_token() {
        let key = SigningKey::new(vec![7; 32]).unwrap();
        let now = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let (user, session) = (Id::new(now), Id::new(now));
        let sign = |algorithm, secret: &[u8], exp| {
            let claims = Claims { sub: user, sid: session, iat: 0, exp };
            jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(secret)).unwrap()
        };
        let later = now.timestamp() + 60;
        assert_eq!(session_of(&sign(Algorithm::HS256, &[7; 32], later), &key, now).unwrap(), session);
        let none = format!(
            "{}.{}.",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#),
            URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"{user}","sid":"{session}","iat":0,"exp":{later}}}"#))
        );
        for wrong in [
            sign(Algorithm::HS256, &[7; 32], now.timestamp()),
            sign(Algorithm::HS256, &[8; 32], later),
            sign(Algorithm::HS512, &[7; 32], later),
            none,
            String::new(),
            "a.b.c".into(),
        ] {
            assert!(session_of(&wrong, &key, now).is_err(), "{wrong}");
        }
    }
}
