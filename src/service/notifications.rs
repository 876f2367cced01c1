//! Mail to people: what they want, what is put into the outbox for them, and what becomes of it.
//!
//! A mail is put into the outbox in the same transaction as what it tells of ([`told`]), or by the planning of the
//! day ([`planning`]); sending takes it from there ([`sending`]). Nothing is put there where no server is configured.

mod digests;
pub mod planning;
mod recipients;
pub mod sending;
pub mod tokens;
pub mod told;

use crate::db::Connection;
use crate::domain::notifications::letters::Content;
use crate::domain::notifications::{NotificationChoice, NotificationDraft, NotificationKind, OutboxState};
use crate::domain::{Id, Moment, mail};
use crate::error::{AppError, AppResult, codes};
use crate::store;
use crate::store::notifications::Choice;
use crate::store::outbox::OutboxRow;
use crate::store::users::User;

use super::access::Actor;
use super::journal::{self, Happening};
use super::lookup;

/// Who the journal says it was that said no by a link.
const BY_LINK: &str = "unsubscribe link";

/// Where one's mail goes, and what one wants: every kind.
///
/// # Errors
/// The database's.
pub fn choices(conn: &mut Connection, actor: &Actor) -> AppResult<NotificationDraft> {
    let user = lookup::found(store::users::find(conn, actor.user_id))?;
    choices_of(conn, &user)
}

fn choices_of(conn: &mut Connection, user: &User) -> AppResult<NotificationDraft> {
    let said = store::notifications::choices(conn, user.id)?;
    let wanted = |kind: NotificationKind| said.iter().all(|choice| choice.kind != kind || choice.wanted);
    let kinds = NotificationKind::ALL.iter().map(|kind| NotificationChoice { kind: *kind, wanted: wanted(*kind) }).collect();
    Ok(NotificationDraft { email: user.email.clone(), kinds })
}

/// Says where one's mail goes, and what one wants; kinds that are not named are wanted.
///
/// # Errors
/// The database's.
pub fn choose(conn: &mut Connection, actor: &Actor, draft: &NotificationDraft, at: &Moment) -> AppResult<NotificationDraft> {
    let user = lookup::found(store::users::find(conn, actor.user_id))?;
    let before = choices_of(conn, &user)?;
    for kind in NotificationKind::ALL {
        if before.wants(*kind) != draft.wants(*kind) {
            let choice = Choice { user_id: user.id, kind: *kind, wanted: draft.wants(*kind), changed_at: at.recorded_at() };
            store::notifications::choose(conn, &choice)?;
        }
    }
    let email = draft.email.as_deref().map(mail::normal);
    let user = if user.email == email { user } else { User { email, version: user.version + 1, ..user } };
    if user.email != before.email {
        lookup::expect_updated(store::users::update(conn, &user))?;
    }
    let after = choices_of(conn, &user)?;
    if before != after {
        let happening = Happening::changed("user.notifications_changed", "user", user.id, &before, &after);
        journal::append(conn, actor, &happening, at)?;
    }
    Ok(after)
}

/// Ends mail of one kind to an account, by a link that was sent to it; once is as good as twice.
///
/// # Errors
/// `not_found` when the account is gone; the database's.
pub fn unsubscribe(conn: &mut Connection, user: Id, kind: NotificationKind, at: &Moment) -> AppResult<()> {
    let user = store::users::find(conn, user)?.ok_or_else(|| AppError::new(codes::NOT_FOUND))?;
    if store::notifications::is_unwanted(conn, user.id, kind)? {
        return Ok(());
    }
    store::notifications::choose(conn, &Choice { user_id: user.id, kind, wanted: false, changed_at: at.recorded_at() })?;
    let said = |wanted| NotificationChoice { kind, wanted };
    let happening = Happening::changed("user.notifications_changed", "user", user.id, &said(true), &said(false));
    journal::append(conn, &Actor::system(BY_LINK), &happening, at).map(drop)
}

/// Puts a mail into the outbox, if its reader can be reached, wants it, and was not told of this today. Says whether
/// it did.
///
/// # Errors
/// The database's.
fn queue(conn: &mut Connection, user: &User, (kind, key): (NotificationKind, &str), content: Content, at: &Moment) -> AppResult<bool> {
    if user.email.is_none() || user.disabled_at.is_some() || store::notifications::is_unwanted(conn, user.id, kind)? {
        return Ok(false);
    }
    let row = OutboxRow {
        id: at.new_id(),
        user_id: user.id,
        kind,
        subject_key: key.to_owned(),
        day: at.today(),
        subject: content.subject,
        body: content.body,
        link: content.link,
        state: OutboxState::Waiting,
        attempts: 0,
        not_before: at.recorded_at(),
        claimed_at: None,
        settled_at: None,
        error: None,
        recorded_at: at.recorded_at(),
    };
    Ok(store::outbox::insert(conn, &row)?)
}
