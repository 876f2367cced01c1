//! Grants: given and ended by administrators, within their own reach.

use serde::Serialize;

use crate::db::Connection;
use crate::domain::permission::{Reach, Role};
use crate::domain::users::{GrantDraft, GrantQuery};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::grants::{Grant, PlacedGrant};
use crate::store::users::User;

use super::access::{Permit, ReadAccounts, Right, WriteAccounts};
use super::inheritance;
use super::journal::{self, Happening};
use super::lookup;

/// A grant as the journal keeps it.
#[derive(Serialize)]
struct Record<'a> {
    user: Id,
    username: &'a str,
    role: Role,
    unit: Option<&'a str>,
    area: Option<&'a str>,
}

/// The grants of an account that the asker may see, in the order they were made.
///
/// # Errors
/// `not_found`, also for accounts of another root.
pub fn list(conn: &mut Connection, permit: &Permit<ReadAccounts>, user: Id, query: &GrantQuery) -> AppResult<Vec<PlacedGrant>> {
    super::users::get(conn, permit, user)?;
    let mut grants = seen(permit, store::grants::history_of(conn, user)?);
    grants.retain(|(grant, ..)| grant.revoked_at.is_none() || query.revoked == Some(true));
    Ok(grants)
}

/// One grant of an account.
///
/// # Errors
/// `not_found`, also for grants in another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadAccounts>, user: Id, id: Id) -> AppResult<PlacedGrant> {
    let grant = of(conn, user, id)?;
    if covers(permit, &grant) { Ok(grant) } else { Err(AppError::new(codes::NOT_FOUND)) }
}

/// The account to grant something to: one without a grant, or with one in a root of the asker's.
/// Granting takes nothing away from other administrators, so it need not lie within reach as a whole.
///
/// # Errors
/// `not_found`.
pub fn grantee(conn: &mut Connection, permit: &Permit<WriteAccounts>, id: Id) -> AppResult<User> {
    let user = super::users::person(conn, id)?;
    let grants = store::grants::of_user(conn, id)?;
    let known = grants.is_empty() || grants.iter().filter_map(area_path).any(|path| permit.in_own_root(path));
    if known { Ok(user) } else { Err(AppError::new(codes::NOT_FOUND)) }
}

/// Grants [`grantee`] a role on a unit or an area within the asker's own reach.
///
/// # Errors
/// `forbidden` for a place outside; 422 for an unknown place, or none, or two; `duplicate` for
/// what is granted already.
pub fn create(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    user: &User,
    draft: &GrantDraft,
    at: &Moment,
) -> AppResult<PlacedGrant> {
    let grant = on_place(conn, permit, user.id, draft, at)?;
    let same = |(g, ..): &PlacedGrant| (g.role, g.unit_id, g.area_id) == (grant.role, grant.unit_id, grant.area_id);
    if store::grants::of_user(conn, user.id)?.iter().any(same) {
        return Err(AppError::new(codes::DUPLICATE));
    }
    store::grants::insert(conn, &grant)?;
    inherit(conn, grant.id)?;
    let placed = of(conn, user.id, grant.id)?;
    journal::append(conn, permit.actor(), &Happening::created("grant.created", "grant", grant.id, &record(user, &placed)), at)?;
    Ok(placed)
}

/// Gives a new grant what it inherits.
///
/// # Errors
/// The database's.
pub(super) fn inherit(conn: &mut Connection, id: Id) -> AppResult<()> {
    let grant = lookup::found(store::grants::find_placed(conn, id))?;
    inheritance::derive(conn, grant)
}

/// A grant on exactly one place within the asker's own reach; it is not kept yet.
///
/// # Errors
/// `forbidden` for a place outside; 422 for an unknown place, or none, or two.
pub(super) fn on_place(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    user: Id,
    draft: &GrantDraft,
    at: &Moment,
) -> AppResult<Grant> {
    let (unit_id, area_id) = match (&draft.unit, &draft.area) {
        (Some(unit), None) => {
            let unit = lookup::unit(conn, permit, "/unit", unit)?;
            permit.require_unit(&unit)?;
            (Some(unit.id), None)
        }
        (None, Some(area)) => {
            let area = lookup::area(conn, permit, "/area", area)?;
            permit.require_area(&area.path)?;
            (None, Some(area.id))
        }
        _ => return Err(AppError::invalid_fields(vec![FieldError::new("/unit", rules::ONE_OF).with("fields", "unit, area")])),
    };
    Ok(Grant {
        id: at.new_id(),
        user_id: user,
        role: draft.role,
        unit_id,
        area_id,
        recorded_at: at.recorded_at(),
        revoked_at: None,
        inherited: None,
    })
}

/// A grant in force within the asker's own reach.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` when it has ended already.
pub fn revocable(conn: &mut Connection, permit: &Permit<WriteAccounts>, user: Id, id: Id) -> AppResult<PlacedGrant> {
    let grant = of(conn, user, id)?;
    require_all(permit, std::slice::from_ref(&grant))?;
    if grant.0.revoked_at.is_some() { Err(AppError::illegal_state(Vec::<String>::new())) } else { Ok(grant) }
}

/// Ends a [`revocable`] grant, with a reason; it stays on record.
///
/// # Errors
/// `illegal_state` when somebody else has just ended it; the database's.
pub fn revoke(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    before: &PlacedGrant,
    reason: &str,
    at: &Moment,
) -> AppResult<PlacedGrant> {
    let (id, user) = (before.0.id, before.0.user_id);
    if !store::grants::revoke(conn, id, at.recorded_at())? {
        return Err(AppError::illegal_state(Vec::<String>::new()));
    }
    let holder = lookup::found(store::users::find(conn, user))?;
    let happening = Happening::changed("grant.revoked", "grant", id, &record(&holder, before), &serde_json::Value::Null);
    journal::append(conn, permit.actor(), &happening.because(Some(reason)), at)?;
    of(conn, user, id)
}

/// Whether a grant lies within a right's reach.
pub(super) fn covers<R: Right>(permit: &Permit<R>, (_, unit, area): &PlacedGrant) -> bool {
    match (unit, area) {
        (Some((_, _, path, area_path)), _) => permit.covers_unit(path, area_path),
        (None, Some((_, _, path))) => permit.covers_area(path),
        (None, None) => false,
    }
}

/// Those of the grants that lie within a right's reach.
pub(super) fn seen<R: Right>(permit: &Permit<R>, grants: Vec<PlacedGrant>) -> Vec<PlacedGrant> {
    grants.into_iter().filter(|grant| covers(permit, grant)).collect()
}

/// Refuses an account with grants none of which lies within reach.
///
/// # Errors
/// `forbidden`; `not_found` when all of them lie in other roots.
pub(super) fn require_any<R: Right>(permit: &Permit<R>, grants: &[PlacedGrant]) -> AppResult<()> {
    refuse_unless(grants.is_empty() || grants.iter().any(|g| covers(permit, g)), permit, grants)
}

/// Refuses an account with a grant outside the reach.
///
/// # Errors
/// As [`require_any`].
pub(super) fn require_all<R: Right>(permit: &Permit<R>, grants: &[PlacedGrant]) -> AppResult<()> {
    refuse_unless(grants.iter().all(|g| covers(permit, g)), permit, grants)
}

/// Paths of the root areas a right reaches as a whole.
pub(super) fn roots<R: Right>(permit: &Permit<R>) -> Vec<String> {
    let areas = permit.reaches().iter().filter_map(|reach| match reach {
        Reach::Areas(path) => Some(path.clone()),
        Reach::Nowhere | Reach::Unit(_) | Reach::Units(_) => None,
    });
    areas.collect()
}

fn refuse_unless<R: Right>(allowed: bool, permit: &Permit<R>, grants: &[PlacedGrant]) -> AppResult<()> {
    let own = grants.iter().filter_map(area_path).any(|path| permit.in_own_root(path));
    match (allowed, own) {
        (true, _) => Ok(()),
        (false, true) => Err(AppError::new(codes::FORBIDDEN)),
        (false, false) => Err(AppError::new(codes::NOT_FOUND)),
    }
}

fn area_path((_, unit, area): &PlacedGrant) -> Option<&str> {
    unit.as_ref().map(|(.., path)| path.as_str()).or(area.as_ref().map(|(.., path)| path.as_str()))
}

fn of(conn: &mut Connection, user: Id, id: Id) -> AppResult<PlacedGrant> {
    super::users::person(conn, user)?;
    let grant = lookup::found(store::grants::find_placed(conn, id))?;
    if grant.0.user_id == user { Ok(grant) } else { Err(AppError::new(codes::NOT_FOUND)) }
}

fn record<'a>(user: &'a User, (grant, unit, area): &'a PlacedGrant) -> Record<'a> {
    Record {
        user: user.id,
        username: &user.username,
        role: grant.role,
        unit: unit.as_ref().map(|(code, ..)| code.as_str()),
        area: area.as_ref().map(|(code, ..)| code.as_str()),
    }
}
