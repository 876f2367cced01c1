//! Locks of periods.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use super::units::UnitRef;
use crate::domain::period_locks::LockAction;
use crate::domain::{Id, Origin};
use crate::store::areas::Area;
use crate::store::period_locks::{LockException, PeriodLock};
use crate::store::units::Unit;

/// A period that is closed to reports (khóa kỳ báo cáo).
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodLockView {
    pub id: Id,
    /// The province.
    pub area: AreaRef,
    #[schema(example = "2023Q3")]
    pub period: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, inclusive.
    pub ends_on: NaiveDate,
    pub note: Option<String>,
    /// User name of who closed it.
    pub locked_by: Option<String>,
    pub locked_at: DateTime<Utc>,
    /// That it was opened again; `null` while it stands.
    pub opening: Option<PeriodOpeningView>,
    /// Units to which it stays or stayed open, in the order that was said.
    pub exceptions: Vec<LockExceptionView>,
    pub origin: Origin,
    pub allowed_actions: Vec<LockAction>,
    pub version: i32,
}

/// That a period was opened again.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodOpeningView {
    /// User name of who did.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
    pub reason: Option<String>,
}

/// A unit to which a closed period stays open for a while.
#[derive(Debug, Serialize, ToSchema)]
pub struct LockExceptionView {
    pub id: Id,
    /// With those below it.
    pub unit: UnitRef,
    /// The last day.
    pub until: NaiveDate,
    pub reason: String,
    /// User name of who said so.
    pub granted_by: Option<String>,
    pub granted_at: DateTime<Utc>,
}

/// A lock with what it means for the reports that speak of its days.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedLockView {
    #[serde(flatten)]
    pub lock: PeriodLockView,
    /// Reports that still wait to be confirmed: while the lock stands, only an exception lets them be.
    pub waiting: i64,
    /// Reports that came after the lock.
    pub logged_after: i64,
    /// Whether it was only tried: nothing was kept.
    pub dry_run: bool,
}

impl PeriodLockView {
    /// A lock in its province, with user names and exceptions.
    pub fn new(
        lock: PeriodLock,
        root: &Area,
        (locked_by, opened_by): (Option<String>, Option<String>),
        exceptions: Vec<(LockException, Unit, Option<String>)>,
        allowed_actions: Vec<LockAction>,
    ) -> Self {
        let opening = lock.opened_at.map(|at| PeriodOpeningView { by: opened_by, at: at.and_utc(), reason: lock.opening_reason });
        Self {
            id: lock.id,
            area: AreaRef::from(root),
            period: lock.period,
            starts_on: lock.starts_on,
            ends_on: lock.ends_on,
            note: lock.note,
            locked_by,
            locked_at: lock.recorded_at.and_utc(),
            opening,
            exceptions: exceptions.into_iter().map(LockExceptionView::from).collect(),
            origin: lock.origin,
            allowed_actions,
            version: lock.version,
        }
    }
}

impl From<(LockException, Unit, Option<String>)> for LockExceptionView {
    fn from((row, unit, granted_by): (LockException, Unit, Option<String>)) -> Self {
        let LockException { id, lock_id: _, unit_id: _, until, reason, granted_by: _, recorded_at } = row;
        Self { id, unit: UnitRef::from(&unit), until, reason, granted_by, granted_at: recorded_at.and_utc() }
    }
}
