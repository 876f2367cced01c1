//! Accounts: kept by administrators, read by inspectors too.
//!
//! Whoever may change an account may act as it, so an administrator changes only accounts all of
//! whose grants lie within its own reach; an account without a grant is anybody's.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::users::{UserDraft, UserQuery};
use crate::domain::{Id, Moment, mail, text};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::grants::PlacedGrant;
use crate::store::users::{User, UserFilter};

use super::access::{Permit, ReadAccounts, WriteAccounts};
use super::grants::{require_all, require_any, roots, seen};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// An account with those of its grants in force that the asker may see.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account.
    pub user: User,
    /// Its grants.
    pub grants: Vec<PlacedGrant>,
}

/// The account with this id.
///
/// # Errors
/// `not_found`, also for accounts of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadAccounts>, id: Id) -> AppResult<Account> {
    let Account { user, grants } = find(conn, id)?;
    require_any(permit, &grants)?;
    Ok(Account { user, grants: seen(permit, grants) })
}

/// A page of accounts by user name.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadAccounts>, query: UserQuery) -> AppResult<Page<Account>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let words = query.q.as_deref().map(text::fold);
    let filter = UserFilter {
        roots: roots(permit),
        username: query.username,
        role: query.role,
        disabled: query.disabled,
        after: page.after()?,
        // Words are looked for here: accounts are hundreds, and no key of their names is kept.
        limit: if words.is_some() { i64::MAX } else { page.limit()? + 1 },
    };
    let mut users = store::users::list(conn, &filter)?;
    users.retain(|user| words.as_ref().is_none_or(|words| user.username.contains(words) || text::fold(&user.display_name).contains(words)));
    let page = page.page(users, |user| user.username.clone())?;
    let ids: Vec<Id> = page.items.iter().map(|user| user.id).collect();
    let mut grants: HashMap<Id, Vec<PlacedGrant>> = HashMap::new();
    for grant in seen(permit, store::grants::of_users(conn, &ids)?) {
        grants.entry(grant.0.user_id).or_default().push(grant);
    }
    Ok(page.map(|user| Account { grants: grants.remove(&user.id).unwrap_or_default(), user }))
}

/// Creates an account; it may do nothing until something is granted to it. The hash comes from
/// [`super::passwords::hash`], made before the transaction because it takes its time.
///
/// # Errors
/// `duplicate` for a user name that exists; the database's.
pub fn create(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    draft: &UserDraft,
    password_hash: String,
    at: &Moment,
) -> AppResult<Account> {
    let user = User {
        id: at.new_id(),
        username: draft.username.clone(),
        display_name: draft.display_name.clone(),
        password_hash,
        password_changed_at: at.recorded_at(),
        disabled_at: draft.disabled.then(|| at.recorded_at()),
        version: 1,
        recorded_at: at.recorded_at(),
        email: draft.email.clone(),
    };
    store::users::insert(conn, &user)?;
    journal::append(conn, permit.actor(), &Happening::created("user.created", "user", user.id, draft), at)?;
    Ok(Account { user, grants: Vec::new() })
}

/// Changes an account; its user name stays. Disabling it ends its sessions.
///
/// # Errors
/// `stale`, 422, `forbidden`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<Account> {
    let Account { user: current, grants } = changeable(conn, permit, id)?;
    expected.check(current.version)?;
    let before = draft_of(&current);
    let mut draft: UserDraft = lookup::patched(&before, patch)?;
    draft.email = draft.email.as_deref().map(mail::normal);
    if draft.username != before.username {
        return Err(AppError::invalid("/username", rules::FIXED));
    }
    let disabled_at = draft.disabled.then(|| current.disabled_at.unwrap_or(at.recorded_at()));
    let (display_name, email) = (draft.display_name.clone(), draft.email.clone());
    let changed = User { display_name, email, disabled_at, version: current.version + 1, ..current };
    lookup::expect_updated(store::users::update(conn, &changed))?;
    if draft.disabled {
        store::sessions::revoke_others(conn, id, None, at.recorded_at())?;
    }
    journal::append(conn, permit.actor(), &Happening::changed("user.changed", "user", id, &before, &draft), at)?;
    Ok(Account { user: changed, grants })
}

/// Sets a new password for an account and ends all its sessions.
///
/// # Errors
/// `not_found`, `forbidden`; the database's.
pub fn set_password(conn: &mut Connection, permit: &Permit<WriteAccounts>, id: Id, password_hash: String, at: &Moment) -> AppResult<()> {
    let Account { user, .. } = changeable(conn, permit, id)?;
    let changed = User { password_hash, password_changed_at: at.recorded_at(), version: user.version + 1, ..user };
    lookup::expect_updated(store::users::update(conn, &changed))?;
    store::sessions::revoke_others(conn, id, None, at.recorded_at())?;
    let happening = Happening::created("user.password_set", "user", id, &serde_json::Value::Null);
    journal::append(conn, permit.actor(), &happening, at).map(drop)
}

/// The account with this id, if the asker may change it.
///
/// # Errors
/// `forbidden` when one of its grants lies outside the asker's reach, `not_found` when they lie in
/// other roots.
pub fn changeable(conn: &mut Connection, permit: &Permit<WriteAccounts>, id: Id) -> AppResult<Account> {
    let account = find(conn, id)?;
    require_all(permit, &account.grants)?;
    Ok(account)
}

fn find(conn: &mut Connection, id: Id) -> AppResult<Account> {
    let user = person(conn, id)?;
    let grants = store::grants::of_user(conn, id)?;
    Ok(Account { user, grants })
}

/// The account of a person: that of another system is kept under `api-clients` only.
///
/// # Errors
/// `not_found`.
pub(super) fn person(conn: &mut Connection, id: Id) -> AppResult<User> {
    let user = lookup::found(store::users::find(conn, id))?;
    if store::api_clients::is_client(conn, id)? { Err(AppError::new(codes::NOT_FOUND)) } else { Ok(user) }
}

fn draft_of(user: &User) -> UserDraft {
    UserDraft {
        username: user.username.clone(),
        display_name: user.display_name.clone(),
        disabled: user.disabled_at.is_some(),
        email: user.email.clone(),
    }
}
