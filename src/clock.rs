//! The time. Everybody asks here; nobody else asks the system.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::domain::calendar;

/// A clock: the system's, one that is set by hand, or one that started somewhere else.
#[derive(Debug, Clone, Copy)]
pub struct Clock(Kind);

#[derive(Debug, Clone, Copy)]
enum Kind {
    System,
    Manual(&'static AtomicI64),
    Shifted(TimeDelta),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that stands where `hand` is set, in microseconds since 1970: for tests.
    pub fn manual(hand: &'static AtomicI64) -> Self {
        Self(Kind::Manual(hand))
    }

    /// A clock that shows `instant` now and goes on from there: for the demo.
    pub fn starting_at(instant: DateTime<Utc>) -> Self {
        Self(Kind::Shifted(instant - system_now()))
    }

    /// The time, cut to microseconds: what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self.0 {
            Kind::System => system_now(),
            Kind::Manual(hand) => return DateTime::from_timestamp_micros(hand.load(Ordering::SeqCst)).unwrap_or_default(),
            Kind::Shifted(by) => system_now() + by,
        };
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// The day it is in Vietnam.
    pub fn today(&self) -> NaiveDate {
        calendar::day_of(self.now())
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}
