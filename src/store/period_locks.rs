//! Locks of periods, and the units they leave out.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::units::Unit;
use crate::db::Connection;
use crate::db::schema::{period_lock_exceptions, period_locks, progress_reports, tasks, units};
use crate::domain::period_locks::{Locks, StandingLock};
use crate::domain::progress_reports::Verification;
use crate::domain::{Id, Origin};

/// A period that was closed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = period_locks, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct PeriodLock {
    pub id: Id,
    pub root_id: Id,
    pub period: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub note: Option<String>,
    pub locked_by: Option<Id>,
    pub recorded_at: NaiveDateTime,
    pub opened_by: Option<Id>,
    /// When it was opened again; none while it stands.
    pub opened_at: Option<NaiveDateTime>,
    pub opening_reason: Option<String>,
    pub origin: Origin,
    pub version: i32,
}

versioned!(period_locks, PeriodLock);

/// A unit that a lock leaves out.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = period_lock_exceptions)]
pub struct LockException {
    pub id: Id,
    pub lock_id: Id,
    pub unit_id: Id,
    /// The last day.
    pub until: NaiveDate,
    pub reason: String,
    pub granted_by: Option<Id>,
    pub recorded_at: NaiveDateTime,
}

/// Adds an exception.
pub fn insert_exception(conn: &mut Connection, row: &LockException) -> StoreResult<()> {
    diesel::insert_into(period_lock_exceptions::table).values(row).execute(conn).map(drop)
}

/// The exceptions of locks, in the order they were made, with their units.
pub fn exceptions(conn: &mut Connection, locks: &[Id]) -> StoreResult<Vec<(LockException, Unit)>> {
    period_lock_exceptions::table
        .inner_join(units::table)
        .filter(period_lock_exceptions::lock_id.eq_any(locks.to_vec()))
        .order(period_lock_exceptions::id)
        .select((LockException::as_select(), Unit::as_select()))
        .load(conn)
}

/// Which locks a list asks for.
#[derive(Debug, Clone, Default)]
pub struct LockFilter {
    /// Root areas.
    pub roots: Vec<Id>,
    pub standing: Option<bool>,
    /// Id of the last one of the page before.
    pub before: Option<Id>,
    pub limit: i64,
}

/// A page of locks, newest first.
pub fn list(conn: &mut Connection, filter: &LockFilter) -> StoreResult<Vec<PeriodLock>> {
    let mut query = period_locks::table
        .filter(period_locks::root_id.eq_any(filter.roots.clone()))
        .select(PeriodLock::as_select())
        .order(period_locks::id.desc())
        .limit(filter.limit)
        .into_boxed();
    query = match filter.standing {
        Some(true) => query.filter(period_locks::opened_at.is_null()),
        Some(false) => query.filter(period_locks::opened_at.is_not_null()),
        None => query,
    };
    if let Some(before) = filter.before {
        query = query.filter(period_locks::id.lt(before));
    }
    query.load(conn)
}

/// The locks that stand in these roots, with the units they leave out. One query where none stands.
pub fn standing(conn: &mut Connection, roots: &[Id]) -> StoreResult<Locks> {
    let rows: Vec<PeriodLock> = period_locks::table
        .filter(period_locks::root_id.eq_any(roots.to_vec()).and(period_locks::opened_at.is_null()))
        .select(PeriodLock::as_select())
        .order(period_locks::id)
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Locks::default());
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let spared = exceptions(conn, &ids)?;
    let of = |lock: Id| spared.iter().filter(move |(e, _)| e.lock_id == lock).map(|(e, unit)| (unit.path.clone(), e.until)).collect();
    let standing = |row: PeriodLock| StandingLock {
        root: row.root_id,
        exceptions: of(row.id),
        period: row.period,
        first: row.starts_on,
        last: row.ends_on,
    };
    Ok(Locks(rows.into_iter().map(standing).collect()))
}

/// How many reports that speak of a lock's days still wait to be confirmed.
pub fn waiting(conn: &mut Connection, lock: &PeriodLock) -> StoreResult<i64> {
    within(lock).filter(progress_reports::verification.eq(Verification::Submitted)).count().get_result(conn)
}

/// How many reports that speak of a lock's days came after it.
pub fn logged_after(conn: &mut Connection, lock: &PeriodLock) -> StoreResult<i64> {
    within(lock).filter(progress_reports::recorded_at.gt(lock.recorded_at)).count().get_result(conn)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn within(lock: &PeriodLock) -> _ {
    let root: Id = lock.root_id;
    let (first, last): (NaiveDate, NaiveDate) = (lock.starts_on, lock.ends_on);
    progress_reports::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq(root))
        .filter(tasks::voided_at.is_null())
        .filter(progress_reports::measured_on.between(first, last))
}
