//! What people are told by mail, on which day, at which hours, and how often it is tried.

pub mod letters;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::{calendar, forms};

text_enum! {
    /// What a mail tells of. Each kind is sent until its reader says no.
    pub enum NotificationKind {
        /// Work is due in seven days, or tomorrow.
        DueSoon = "due_soon",
        /// Work is due today.
        DueToday = "due_today",
        /// Work is overdue: on the day after, then week by week.
        Overdue = "overdue",
        /// How the work of one's units stands; on Mondays.
        UnitDigest = "unit_digest",
        /// How a province stands; on the first of the month.
        LeaderDigest = "leader_digest",
        /// A progress report was returned, to whoever logged it.
        ReportReturned = "report_returned",
        /// An instruction was given to one's unit.
        Instruction = "instruction",
    }
}

text_enum! {
    /// Where a mail stands.
    pub enum OutboxState {
        /// It waits to be sent, or to be tried again.
        Waiting = "waiting",
        /// It is being handed over.
        Sending = "sending",
        /// The server has taken it.
        Sent = "sent",
        /// The server will never take it, or was tried for a day.
        Failed = "failed",
        /// It may have been taken; it is not sent again.
        Unsure = "unsure",
        /// Nobody wanted it any more when its turn came.
        Dropped = "dropped",
    }
}

/// The hour in Vietnam from which the mail of a day is planned.
pub const PLANNED_FROM: u32 = 7;

/// Days that planning looks back to what was missed while the service was down.
const LOOKS_BACK: u64 = 7;

/// How often a mail is tried: with ten waits that double from five minutes on it is given up after a day.
const MOST_ATTEMPTS: i32 = 9;

/// The first wait, in minutes.
const FIRST_WAIT: i64 = 5;

/// What is due on this day of an open task: a reminder seven days and one day before its deadline, on the day, on
/// the day after and every seven days from then on.
pub fn reminder(due_on: NaiveDate, today: NaiveDate) -> Option<NotificationKind> {
    match (today - due_on).num_days() {
        -7 | -1 => Some(NotificationKind::DueSoon),
        0 => Some(NotificationKind::DueToday),
        late if late > 0 && (late == 1 || (late - 1) % 7 == 0) => Some(NotificationKind::Overdue),
        _ => None,
    }
}

/// The days that are planned today: today, and those before it that nobody planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedDays {
    /// The first of them.
    pub from: NaiveDate,
    /// The day it is.
    pub today: NaiveDate,
}

impl PlannedDays {
    /// The days after the one that was planned last, a week at most; today alone if none ever was.
    pub fn since(planned: Option<NaiveDate>, today: NaiveDate) -> Self {
        let earliest = today.checked_sub_days(Days::new(LOOKS_BACK - 1)).unwrap_or(today);
        let next = planned.and_then(|day| day.succ_opt()).unwrap_or(today);
        Self { from: next.clamp(earliest, today), today }
    }

    fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.today)
    }

    /// What is to be said today of open work: that a reminder was due on any of these days, in words of today.
    pub fn reminder(self, due_on: NaiveDate) -> Option<NotificationKind> {
        self.days().find_map(|day| reminder(due_on, day))?;
        Some(match due_on.cmp(&self.today) {
            std::cmp::Ordering::Greater => NotificationKind::DueSoon,
            std::cmp::Ordering::Equal => NotificationKind::DueToday,
            std::cmp::Ordering::Less => NotificationKind::Overdue,
        })
    }

    /// Whether the weekly digest of units is due: one of the days is a Monday.
    pub fn has_unit_digest(self) -> bool {
        self.days().any(|day| day.weekday() == Weekday::Mon)
    }

    /// Whether the monthly digest of leaders is due: one of the days is the first of a month.
    pub fn has_leader_digest(self) -> bool {
        self.days().any(|day| day.day() == 1)
    }
}

/// Whether the mail of a day may be planned at this instant.
pub fn may_plan(instant: DateTime<Utc>) -> bool {
    instant.with_timezone(&calendar::zone()).hour() >= PLANNED_FROM
}

/// How long to wait after so many attempts that were refused for now; none when it is given up.
pub fn wait_after(attempts: i32) -> Option<TimeDelta> {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0);
    (attempts < MOST_ATTEMPTS).then(|| TimeDelta::minutes(FIRST_WAIT << doublings))
}

/// Hours of the day in Vietnam in which nothing is sent: from the one, until before the other. The same hour twice
/// is no hour at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// The first hour, 0 to 23.
    pub from: u32,
    /// The hour at which it ends, 0 to 23.
    pub until: u32,
}

impl QuietHours {
    /// Whether nothing is sent at this instant.
    pub fn cover(self, instant: DateTime<Utc>) -> bool {
        let hour = instant.with_timezone(&calendar::zone()).hour();
        if self.from <= self.until { (self.from..self.until).contains(&hour) } else { hour >= self.from || hour < self.until }
    }

    /// The first instant from this one on at which something may be sent.
    pub fn next_allowed(self, instant: DateTime<Utc>) -> DateTime<Utc> {
        if !self.cover(instant) {
            return instant;
        }
        let day = calendar::day_of(instant);
        let ends = calendar::at(day, self.until);
        if ends > instant { ends } else { calendar::at(day.succ_opt().unwrap_or(day), self.until) }
    }
}

/// Whether mail of one kind is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "unit_digest", "wanted": false}))]
pub struct NotificationChoice {
    /// The kind.
    pub kind: NotificationKind,
    /// Whether it is wanted.
    pub wanted: bool,
}

/// Where mail goes, and what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NotificationDraft {
    /// The address; `null` for none: then nothing is sent.
    #[serde(deserialize_with = "said")]
    #[schema(
        required,
        example = "van-thu.syt@haugiang.gov.vn",
        max_length = 254,
        pattern = r"^[A-Za-z0-9_+-](\.?[A-Za-z0-9_+-]){0,47}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}$"
    )]
    #[validate(custom(function = forms::email))]
    pub email: Option<String>,
    /// Choices by kind, each kind once; what is not named is wanted.
    #[schema(max_items = 7)]
    #[validate(length(max = 7), custom(function = each_once))]
    pub kinds: Vec<NotificationChoice>,
}

impl NotificationDraft {
    /// Whether a kind is wanted.
    pub fn wants(&self, kind: NotificationKind) -> bool {
        self.kinds.iter().all(|choice| choice.kind != kind || choice.wanted)
    }
}

/// A value that must be there, if only as `null`.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

fn each_once(kinds: &[NotificationChoice]) -> Result<(), ValidationError> {
    let again = |(at, choice): (usize, &NotificationChoice)| kinds.iter().take(at).any(|before| before.kind == choice.kind);
    if kinds.iter().enumerate().any(again) { Err(ValidationError::new("repeated")) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
