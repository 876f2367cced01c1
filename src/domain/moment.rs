//! The moment a request is answered at, with the deployment's rules for judging dates.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::timeliness::DUE_SOON_DAYS;
use super::{Id, Origin, calendar};

/// Now, as every service is told it. An import or the demo passes a moment of the past, marked by
/// its origin, and everything recorded carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub instant: DateTime<Utc>,
    /// Who is speaking: a person or system, an import, the demo.
    pub origin: Origin,
    /// Days before a deadline from which work is "due soon".
    pub due_soon_days: i64,
    /// "Trước ngày D" ends the day before D.
    pub strict_before: bool,
    /// Whether this deployment sends mail; where it does not, none is put into the outbox.
    pub mails: bool,
}

impl Moment {
    /// An ordinary moment with the default rules.
    pub fn new(instant: DateTime<Utc>) -> Self {
        Self { instant, origin: Origin::Entry, due_soon_days: DUE_SOON_DAYS, strict_before: true, mails: false }
    }

    /// The same rules at another instant, for records that come from `origin`.
    #[must_use]
    pub fn recorded(self, instant: DateTime<Utc>, origin: Origin) -> Self {
        Self { instant, origin, ..self }
    }

    /// The day it is in Vietnam.
    pub fn today(&self) -> NaiveDate {
        calendar::day_of(self.instant)
    }

    /// The instant as databases keep it: UTC without a zone.
    pub fn recorded_at(&self) -> NaiveDateTime {
        self.instant.naive_utc()
    }

    /// A new id.
    pub fn new_id(&self) -> Id {
        Id::new(self.instant)
    }
}
