//! Locks of periods (khóa kỳ báo cáo): once a period's figures were handed on, no report speaks of its days any more,
//! and those that do are neither verified nor returned, except by units to which it stays open for a while.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{Id, Reference, periods};

/// So long an exception may last, in days.
pub const LONGEST_EXCEPTION: u64 = 31;

/// Which period is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"period": "2023Q3", "note": "Đã gửi báo cáo quý III."}))]
pub struct PeriodLockDraft {
    /// A year, a half, a quarter or a month that is over: `2023`, `2023H1`, `2023Q3`, `2023-09`.
    #[schema(example = "2023Q3", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?$")]
    #[validate(custom(function = periods::id))]
    pub period: String,
    /// The province (id or code); needed where the caller keeps several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Reference>,
    /// What is to be known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub note: Option<String>,
}

/// Why a period is opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Khóa nhầm kỳ."}))]
pub struct PeriodOpening {
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
}

/// A unit to which a closed period stays open for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"unit": "hg-so-tai-chinh", "until": "2023-10-06", "reason": "Số quyết toán đến sau ngày khóa kỳ."}))]
pub struct LockExceptionDraft {
    /// The unit (id or code), with those below it.
    pub unit: Reference,
    /// The last day; at most 31 days from today.
    pub until: NaiveDate,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
}

/// Which locks a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodLockQuery {
    /// Only those that stand (`true`), or that were opened again (`false`).
    pub standing: Option<bool>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

text_enum! {
    /// What may be done with a lock next.
    pub enum LockAction {
        /// Open the period again.
        Open = "open",
        /// Let a unit report all the same, for a while.
        Except = "except",
    }
}

/// A lock that stands, with whom it does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingLock {
    /// Root area it holds in.
    pub root: Id,
    /// The period.
    pub period: String,
    /// First day.
    pub first: NaiveDate,
    /// Last day, inclusive.
    pub last: NaiveDate,
    /// Paths of units it leaves out, and the last day it does so.
    pub exceptions: Vec<(String, NaiveDate)>,
}

/// The locks that stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locks(pub Vec<StandingLock>);

impl Locks {
    /// The lock that closes a day to a unit, as of today.
    pub fn closing(&self, root: Id, unit_path: &str, day: NaiveDate, today: NaiveDate) -> Option<&StandingLock> {
        let holds = |lock: &&StandingLock| lock.root == root && (lock.first..=lock.last).contains(&day);
        let spared = |lock: &StandingLock| lock.exceptions.iter().any(|(path, until)| unit_path.starts_with(path) && today <= *until);
        self.0.iter().filter(holds).find(|lock| !spared(lock))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lock(period: &str, exceptions: &[(&str, &str)]) -> StandingLock {
        let days = periods::Period::of(period).unwrap();
        let exceptions = exceptions.iter().map(|(path, until)| ((*path).to_owned(), day(until))).collect();
        StandingLock { root: Id::NIL, period: period.to_owned(), first: days.first, last: days.last, exceptions }
    }

    #[test]
    fn a_lock_holds_on_its_days_but_for_whom_it_leaves_out() {
        let locks = Locks(vec![lock("2023Q3", &[("/hg/finance/", "2023-10-06")])]);
        let closed = |unit: &str, on: &str, today: &str| locks.closing(Id::NIL, unit, day(on), day(today)).is_some();
        assert!(closed("/hg/health/", "2023-07-01", "2023-10-02") && closed("/hg/health/", "2023-09-30", "2023-10-02"));
        assert!(!closed("/hg/health/", "2023-06-30", "2023-10-02") && !closed("/hg/health/", "2023-10-01", "2023-10-02"));
        assert!(!closed("/hg/finance/budget/", "2023-09-30", "2023-10-06"));
        assert!(closed("/hg/finance/budget/", "2023-09-30", "2023-10-07"));
    }

    #[test]
    fn an_exception_from_one_lock_is_none_from_another() {
        let locks = Locks(vec![lock("2023Q3", &[("/hg/", "2023-12-31")]), lock("2023-09", &[])]);
        let closing = |on: &str| locks.closing(Id::NIL, "/hg/x/", day(on), day("2023-10-02")).map(|lock| lock.period.as_str());
        assert_eq!((closing("2023-09-15"), closing("2023-08-15")), (Some("2023-09"), None));
    }
}
