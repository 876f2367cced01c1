//! Locks of periods: closed by the office that keeps the whole province, opened again, or left open to a unit.

use std::collections::HashMap;

use chrono::Days;

use crate::db::Connection;
use crate::domain::period_locks::{
    LONGEST_EXCEPTION, LockAction, LockExceptionDraft, Locks, PeriodLockDraft, PeriodLockQuery, PeriodOpening,
};
use crate::domain::periods::Period;
use crate::domain::{Id, Moment, Reference, areas};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::period_locks::{LockException, LockFilter, PeriodLock};
use crate::store::units::Unit;

use super::access::{Permit, ReadWork, Right, Verify};
use super::documents::own_roots;
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// A lock as it is shown.
#[derive(Debug, Clone)]
pub struct ShownLock {
    /// The row.
    pub lock: PeriodLock,
    /// The province.
    pub root: Area,
    /// User name of who closed it.
    pub locked_by: Option<String>,
    /// User name of who opened it again.
    pub opened_by: Option<String>,
    /// Units it leaves out, with the user name of who said so.
    pub exceptions: Vec<(LockException, Unit, Option<String>)>,
    /// What the reader may do with it.
    pub actions: Vec<LockAction>,
}

/// A lock with what it means for the reports of its days.
#[derive(Debug, Clone)]
pub struct CountedLock {
    /// The lock.
    pub shown: ShownLock,
    /// Reports that still wait to be confirmed: while it stands, only an exception lets them be.
    pub waiting: i64,
    /// Reports that came after the lock.
    pub logged_after: i64,
}

/// The locks that stand in these roots.
///
/// # Errors
/// The database's.
pub(super) fn standing(conn: &mut Connection, roots: &[Id]) -> AppResult<Locks> {
    Ok(store::period_locks::standing(conn, roots)?)
}

/// A page of locks, newest first.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: PeriodLockQuery) -> AppResult<Page<ShownLock>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    let roots = own_roots(conn, permit)?;
    let filter = LockFilter { roots, standing: query.standing, before: request.after()?, limit: request.limit()? + 1 };
    let page = request.page(store::period_locks::list(conn, &filter)?, |lock| lock.id)?;
    Ok(Page { items: shown(conn, permit, page.items)?, next: page.next })
}

/// The lock with this id, with what it means.
///
/// # Errors
/// `not_found`, also for locks of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<CountedLock> {
    let lock = lookup::found(store::period_locks::find(conn, id))?;
    let root = lookup::found(store::areas::find(conn, lock.root_id))?;
    permit.require_root(&root.path)?;
    counted(conn, permit, lock)
}

/// Closes a period. Beforehand [`would_lock`] tells what that would mean.
///
/// # Errors
/// `forbidden` unless granted on the whole province; `duplicate` if it is closed already; 422 for a period that is not over.
pub fn lock(conn: &mut Connection, permit: &Permit<Verify>, draft: &PeriodLockDraft, at: &Moment) -> AppResult<CountedLock> {
    let root = root_of(conn, permit, draft)?;
    let period = Period::of(&draft.period).ok_or_else(|| AppError::invalid("/period", rules::PERIOD))?;
    if period.last >= at.today() {
        return Err(AppError::invalid_fields(vec![FieldError::new("/period", rules::PERIOD_NOT_OVER).with("day", period.last)]));
    }
    let seat = journal::reserve(conn)?;
    if standing(conn, &[root.id])?.0.iter().any(|lock| lock.period == draft.period) {
        return Err(AppError::new(codes::DUPLICATE));
    }
    let lock = PeriodLock {
        id: at.new_id(),
        root_id: root.id,
        period: draft.period.clone(),
        starts_on: period.first,
        ends_on: period.last,
        note: draft.note.clone(),
        locked_by: permit.actor().account(),
        recorded_at: at.recorded_at(),
        opened_by: None,
        opened_at: None,
        opening_reason: None,
        origin: at.origin,
        version: 1,
    };
    store::period_locks::insert(conn, &lock)?;
    journal::append_at(conn, seat, permit.actor(), &Happening::created("period_lock.locked", "period_lock", lock.id, draft), at)?;
    counted(conn, permit, lock)
}

/// What closing a period would mean; nothing is kept.
///
/// # Errors
/// As [`lock`].
pub fn would_lock(conn: &mut Connection, permit: &Permit<Verify>, draft: &PeriodLockDraft, at: &Moment) -> AppResult<CountedLock> {
    store::tried(conn, |conn| Ok((lock(conn, permit, draft, at)?, false)))
}

/// A lock that stands and may be changed: permission, version and state have been checked.
#[derive(Debug)]
pub struct Standing {
    lock: PeriodLock,
}

/// Finds the lock.
///
/// # Errors
/// `not_found`, `forbidden` unless granted on the whole province, `stale`; `illegal_state` once it was opened again.
pub fn target(conn: &mut Connection, permit: &Permit<Verify>, id: Id, expected: Expected) -> AppResult<Standing> {
    let lock = lookup::found(store::period_locks::find(conn, id))?;
    let root = lookup::found(store::areas::find(conn, lock.root_id))?;
    permit.require_area(&root.path)?;
    expected.check(lock.version)?;
    if lock.opened_at.is_some() {
        return Err(AppError::illegal_state(Vec::<LockAction>::new()));
    }
    Ok(Standing { lock })
}

/// Opens the period again, for everybody.
///
/// # Errors
/// `stale`; the database's.
pub fn open(
    conn: &mut Connection,
    permit: &Permit<Verify>,
    Standing { lock }: Standing,
    opening: &PeriodOpening,
    at: &Moment,
) -> AppResult<CountedLock> {
    let opened = PeriodLock {
        opened_by: permit.actor().account(),
        opened_at: Some(at.recorded_at()),
        opening_reason: Some(opening.reason.clone()),
        version: lock.version + 1,
        ..lock
    };
    lookup::expect_updated(store::period_locks::update(conn, &opened))?;
    let happening = Happening::created("period_lock.opened", "period_lock", opened.id, opening).because(Some(&opening.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    counted(conn, permit, opened)
}

/// Leaves the period open to a unit for a while.
///
/// # Errors
/// 422 for a unit of another province, for a day that is over, and for one that is too far.
pub fn except(
    conn: &mut Connection,
    permit: &Permit<Verify>,
    Standing { lock }: Standing,
    draft: &LockExceptionDraft,
    at: &Moment,
) -> AppResult<CountedLock> {
    let unit = lookup::unit(conn, permit, "/unit", &draft.unit)?;
    let root = lookup::found(store::areas::find(conn, lock.root_id))?;
    if !unit.area_path.starts_with(&root.path) {
        return Err(AppError::invalid("/unit", rules::OTHER_ROOT));
    }
    let furthest = at.today().checked_add_days(Days::new(LONGEST_EXCEPTION)).unwrap_or(at.today());
    if draft.until < at.today() || draft.until > furthest {
        let wrong = FieldError::new("/until", rules::RANGE).with("min", at.today()).with("max", furthest);
        return Err(AppError::invalid_fields(vec![wrong]));
    }
    let exception = LockException {
        id: at.new_id(),
        lock_id: lock.id,
        unit_id: unit.id,
        until: draft.until,
        reason: draft.reason.clone(),
        granted_by: permit.actor().account(),
        recorded_at: at.recorded_at(),
    };
    let lock = PeriodLock { version: lock.version + 1, ..lock };
    lookup::expect_updated(store::period_locks::update(conn, &lock))?;
    store::period_locks::insert_exception(conn, &exception)?;
    let happening = Happening::created("period_lock.excepted", "period_lock", lock.id, draft).because(Some(&draft.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    counted(conn, permit, lock)
}

/// The province that is meant: the one that is named, or the only one.
fn root_of(conn: &mut Connection, permit: &Permit<Verify>, draft: &PeriodLockDraft) -> AppResult<Area> {
    let root = match (&draft.area, permit.actor().roots().as_slice()) {
        (Some(area), _) => lookup::area(conn, permit, "/area", area)?,
        (None, [only]) => {
            let code = Reference::Code(areas::root_of(only).to_owned());
            let root = store::areas::find_by(conn, &code)?;
            root.ok_or_else(|| AppError::invalid("/area", rules::REQUIRED))?
        }
        (None, _) => return Err(AppError::invalid("/area", rules::REQUIRED)),
    };
    if !areas::is_root(&root.path) {
        return Err(AppError::invalid("/area", rules::ROOT_AREA));
    }
    permit.require_area(&root.path)?;
    Ok(root)
}

fn counted<R: Right>(conn: &mut Connection, permit: &Permit<R>, lock: PeriodLock) -> AppResult<CountedLock> {
    let waiting = store::period_locks::waiting(conn, &lock)?;
    let logged_after = store::period_locks::logged_after(conn, &lock)?;
    let shown = shown(conn, permit, vec![lock])?.pop().ok_or_else(|| AppError::internal("a lock vanished"))?;
    Ok(CountedLock { shown, waiting, logged_after })
}

fn shown<R: Right>(conn: &mut Connection, permit: &Permit<R>, locks: Vec<PeriodLock>) -> AppResult<Vec<ShownLock>> {
    let ids: Vec<Id> = locks.iter().map(|lock| lock.id).collect();
    let exceptions = store::period_locks::exceptions(conn, &ids)?;
    let people = locks.iter().flat_map(|lock| [lock.locked_by, lock.opened_by]).chain(exceptions.iter().map(|(e, _)| e.granted_by));
    let people: Vec<Id> = people.flatten().collect();
    let names: HashMap<Id, String> = store::users::names(conn, &people)?.into_iter().collect();
    let name = |id: Option<Id>| id.and_then(|id| names.get(&id)).cloned();
    let may: Option<Permit<Verify>> = permit.actor().permit().ok();
    let mut all = Vec::with_capacity(locks.len());
    for lock in locks {
        let root = lookup::found(store::areas::find(conn, lock.root_id))?;
        let may = lock.opened_at.is_none() && may.as_ref().is_some_and(|permit| permit.covers_area(&root.path));
        let spared = exceptions.iter().filter(|(e, _)| e.lock_id == lock.id);
        all.push(ShownLock {
            locked_by: name(lock.locked_by),
            opened_by: name(lock.opened_by),
            exceptions: spared.map(|(e, unit)| (e.clone(), unit.clone(), name(e.granted_by))).collect(),
            actions: if may { LockAction::ALL.to_vec() } else { Vec::new() },
            root,
            lock,
        });
    }
    Ok(all)
}
