//! The journal: the last step of every change, in its own transaction.
//!
//! Each event takes the next dense position and carries the hash of the one before, so that order
//! and tampering can both be seen. The hash is SHA-256 over the event as one line of JSON, keys in
//! the order of [`Sealed`], the previous hash first.

pub mod chain;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::db::Connection;
use crate::domain::{Id, Moment, areas};
use crate::error::{AppError, AppResult};
use crate::service::access::Actor;
use crate::store::events::{self, Event, Head};
use crate::store::subjects;

/// What happened.
#[derive(Debug)]
pub struct Happening<'a> {
    /// Noun and verb: `task.issued`.
    pub action: &'a str,
    /// The noun.
    pub subject_kind: &'a str,
    /// Which one.
    pub subject_id: Id,
    /// How it stood before, as JSON.
    pub before: Option<serde_json::Value>,
    /// How it stands now, as JSON.
    pub after: Option<serde_json::Value>,
    /// Why, where a reason was given.
    pub reason: Option<&'a str>,
    /// A path of the one root area it concerns, where whoever tells of it knows that.
    area_path: Option<&'a str>,
}

impl<'a> Happening<'a> {
    /// Something came into being.
    pub fn created(action: &'a str, subject_kind: &'a str, subject_id: Id, after: &impl Serialize) -> Self {
        Self { action, subject_kind, subject_id, before: None, after: serde_json::to_value(after).ok(), reason: None, area_path: None }
    }

    /// Something changed.
    pub fn changed(action: &'a str, subject_kind: &'a str, subject_id: Id, before: &impl Serialize, after: &impl Serialize) -> Self {
        Self { before: serde_json::to_value(before).ok(), ..Self::created(action, subject_kind, subject_id, after) }
    }

    /// Adds why.
    #[must_use]
    pub fn because(self, reason: Option<&'a str>) -> Self {
        Self { reason, ..self }
    }

    /// Says where its subject stands, so that it need not be looked up.
    #[must_use]
    pub fn within(self, area_path: &'a str) -> Self {
        Self { area_path: Some(area_path), ..self }
    }
}

/// A place in the journal, held until the transaction ends.
#[derive(Debug)]
pub struct Seat(Head);

impl Seat {
    /// The position the next event will have.
    pub fn position(&self) -> i64 {
        self.0.position + 1
    }
}

/// Takes the next place; others wait from here until the transaction ends, so take it late.
///
/// # Errors
/// The database's.
pub fn reserve(conn: &mut Connection) -> AppResult<Seat> {
    Ok(Seat(events::lock_head(conn)?))
}

/// Appends an event and answers its position.
///
/// # Errors
/// The database's.
pub fn append(conn: &mut Connection, actor: &Actor, happening: &Happening<'_>, at: &Moment) -> AppResult<i64> {
    let seat = reserve(conn)?;
    append_at(conn, seat, actor, happening, at)
}

/// Appends an event at a place taken before, and answers its position.
///
/// # Errors
/// The database's.
pub fn append_at(conn: &mut Connection, seat: Seat, actor: &Actor, happening: &Happening<'_>, at: &Moment) -> AppResult<i64> {
    let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    let root = root_of(conn, actor, happening)?;
    let mut event = Event {
        position: seat.position(),
        id: at.new_id(),
        recorded_at: at.recorded_at(),
        actor_id: actor.account(),
        actor: actor.username.clone(),
        action: happening.action.to_owned(),
        subject_kind: happening.subject_kind.to_owned(),
        subject_id: happening.subject_id,
        root,
        state_before: json(&happening.before),
        state_after: json(&happening.after),
        reason: happening.reason.map(ToOwned::to_owned),
        request_id: actor.request_id.clone(),
        origin: at.origin,
        previous_hash: seat.0.hash,
        hash: String::new(),
    };
    event.hash = seal(&event)?;
    events::append(conn, &event)?;
    Ok(event.position)
}

/// Code of the root area an event concerns: its subject's, or where that belongs to none, the only
/// one of whoever acts. What concerns no single root is seen by the auditors of every root.
fn root_of(conn: &mut Connection, actor: &Actor, happening: &Happening<'_>) -> AppResult<Option<String>> {
    let kind = happening.subject_kind;
    let shared = subjects::SHARED.contains(&kind);
    if !shared && !subjects::kinds().any(|known| known == kind) {
        // Its event would be shown to the auditors of every province.
        return Err(AppError::internal(format!("store::subjects does not say where a {kind} belongs")));
    }
    let told = happening.area_path.map(|path| vec![path.to_owned()]);
    let paths = match told.map_or_else(|| subjects::paths(conn, kind, happening.subject_id), Ok)? {
        paths if paths.is_empty() && !shared => actor.roots(),
        paths => paths,
    };
    let mut codes: Vec<&str> = paths.iter().map(|path| areas::root_of(path)).filter(|code| !code.is_empty()).collect();
    codes.sort_unstable();
    codes.dedup();
    Ok(match codes.as_slice() {
        [root] => Some((*root).to_owned()),
        _ => None,
    })
}

/// What the hash of an event is taken over.
#[derive(Serialize)]
struct Sealed<'a> {
    previous_hash: &'a str,
    position: i64,
    id: Id,
    recorded_at: String,
    actor_id: Option<Id>,
    actor: &'a str,
    action: &'a str,
    subject_kind: &'a str,
    subject_id: Id,
    root: Option<&'a str>,
    state_before: Option<&'a str>,
    state_after: Option<&'a str>,
    reason: Option<&'a str>,
    request_id: Option<&'a str>,
    origin: &'a str,
}

/// The hash of an event, in hexadecimal.
///
/// # Errors
/// None in practice: every part is text.
pub fn seal(event: &Event) -> AppResult<String> {
    let sealed = Sealed {
        previous_hash: &event.previous_hash,
        position: event.position,
        id: event.id,
        recorded_at: event.recorded_at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        actor_id: event.actor_id,
        actor: &event.actor,
        action: &event.action,
        subject_kind: &event.subject_kind,
        subject_id: event.subject_id,
        root: event.root.as_deref(),
        state_before: event.state_before.as_deref(),
        state_after: event.state_after.as_deref(),
        reason: event.reason.as_deref(),
        request_id: event.request_id.as_deref(),
        origin: event.origin.as_str(),
    };
    let line = serde_json::to_vec(&sealed).map_err(AppError::internal)?;
    Ok(hex::encode(Sha256::digest(line)))
}

/// Follows the whole chain: answers its length, or the first place where it breaks.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut Connection) -> AppResult<Result<i64, chain::Break>> {
    chain::verify(conn, |_| ())
}
