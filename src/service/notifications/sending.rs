//! What waits to be sent, who hands it over, and what is kept of what became of it.
//!
//! A mail is taken by one transaction before it is handed over, and settled by another after that. What was taken
//! and not settled may have been sent, so it is not sent again: never twice is worth more than always.

use chrono::{NaiveDateTime, TimeDelta};

use crate::db::Connection;
use crate::domain::mail::{Delivery, line};
use crate::domain::notifications::letters::Content;
use crate::domain::notifications::{NotificationKind, OutboxState, wait_after};
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::store;
use crate::store::outbox::{OutboxRow, Settled};

/// Mails that are handed over in one go.
const MOST_AT_ONCE: i64 = 100;
/// Minutes after which nobody is thought to be handing a mail over any more: each step has half a minute.
const LOST_AFTER: i64 = 10;
/// Most characters that are kept of what a server says.
const MOST_ERROR: usize = 500;

/// A mail that was taken, and is to be handed over.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Which mail.
    pub id: Id,
    /// Its reader.
    pub user: Id,
    /// What it tells of.
    pub kind: NotificationKind,
    /// The reader's name.
    pub name: String,
    /// The reader's address.
    pub address: String,
    /// What it says.
    pub content: Content,
    /// How often it was tried, this time included.
    pub attempts: i32,
}

/// Mail whose turn it is.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &mut Connection, at: &Moment) -> AppResult<Vec<Id>> {
    Ok(store::outbox::waiting(conn, at.recorded_at(), MOST_AT_ONCE)?)
}

/// Takes a mail. None if somebody else did, or if its reader cannot be reached or does not want it any more.
///
/// # Errors
/// The database's.
pub fn take(conn: &mut Connection, id: Id, at: &Moment) -> AppResult<Option<Taken>> {
    let Some(OutboxRow { user_id, kind, subject, body, link, attempts, .. }) = store::outbox::find(conn, id)? else { return Ok(None) };
    let user = store::users::find(conn, user_id)?.filter(|user| user.disabled_at.is_none());
    let unwanted = store::notifications::is_unwanted(conn, user_id, kind)?;
    let Some((name, address)) = user.filter(|_| !unwanted).and_then(|user| Some((user.display_name, user.email?))) else {
        store::outbox::drop_waiting(conn, id, at.recorded_at())?;
        return Ok(None);
    };
    let content = Content { subject, body, link };
    let taken = Taken { id, user: user_id, kind, name, address, content, attempts: attempts + 1 };
    Ok(store::outbox::claim(conn, id, at.recorded_at())?.then_some(taken))
}

/// Keeps what became of a mail that was taken.
///
/// # Errors
/// The database's.
pub fn settle(conn: &mut Connection, taken: &Taken, delivery: &Delivery, at: &Moment) -> AppResult<OutboxState> {
    let wait = wait_after(taken.attempts);
    let (state, error) = match delivery {
        Delivery::Accepted => (OutboxState::Sent, None),
        Delivery::NotReached(error) | Delivery::RefusedForNow(error) if wait.is_some() => (OutboxState::Waiting, Some(error)),
        Delivery::NotReached(error) | Delivery::RefusedForNow(error) | Delivery::RefusedForGood(error) => {
            (OutboxState::Failed, Some(error))
        }
        Delivery::Unsure(error) => (OutboxState::Unsure, Some(error)),
    };
    let not_before = at.recorded_at() + wait.unwrap_or_default();
    let error = error.map(|error| line(error, MOST_ERROR));
    store::outbox::settle(conn, taken.id, &Settled { state, not_before, at: at.recorded_at(), error })?;
    Ok(state)
}

/// Whether any mail was taken and never settled.
///
/// # Errors
/// The database's.
pub fn any_lost(conn: &mut Connection, at: &Moment) -> AppResult<bool> {
    Ok(store::outbox::any_lost(conn, lost_before(at))?)
}

/// Gives up on mail that was taken and never settled; answers how many.
///
/// # Errors
/// The database's.
pub fn give_up_lost(conn: &mut Connection, at: &Moment) -> AppResult<usize> {
    let error = "the service stopped while it was handed over";
    Ok(store::outbox::give_up_lost(conn, lost_before(at), at.recorded_at(), error)?)
}

fn lost_before(at: &Moment) -> NaiveDateTime {
    at.recorded_at() - TimeDelta::minutes(LOST_AFTER)
}

/// How the outbox stands.
#[derive(Debug, Clone)]
pub struct OutboxStatus {
    /// How many mails stand where.
    pub counts: Vec<(OutboxState, i64)>,
    /// The last with something wrong, newest first, each with the user name of its reader.
    pub errors: Vec<(OutboxRow, String)>,
}

/// How the outbox stands.
///
/// # Errors
/// The database's.
pub fn status(conn: &mut Connection) -> AppResult<OutboxStatus> {
    Ok(OutboxStatus { counts: store::outbox::counts(conn)?, errors: store::outbox::last_errors(conn, 10)? })
}
