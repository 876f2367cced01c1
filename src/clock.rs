//! The time. Everybody asks here; nobody else asks the system.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::domain::calendar;

/// A clock: the system's, one that stands still, or one that started somewhere else.
#[derive(Debug, Clone, Copy)]
pub struct Clock(Kind);

#[derive(Debug, Clone, Copy)]
enum Kind {
    System,
    Fixed(DateTime<Utc>),
    Shifted(TimeDelta),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that always shows `instant`: for tests.
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Kind::Fixed(instant))
    }

    /// A clock that shows `instant` now and goes on from there: for the demo.
    pub fn starting_at(instant: DateTime<Utc>) -> Self {
        Self(Kind::Shifted(instant - system_now()))
    }

    /// The time, cut to microseconds: what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self.0 {
            Kind::System => system_now(),
            Kind::Fixed(instant) => instant,
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
