//! Briefings (tóm tắt trước phiên họp): what a leader reads about one unit before a meeting. What waits for a
//! decision, what is late or silent, what looks wrong, and what changed since the last one.

mod rows;
pub mod sentences;

use std::cmp::Reverse;

use chrono::{Months, NaiveDate, TimeDelta};
use serde::Deserialize;
use utoipa::IntoParams;

use super::areas;
use super::dashboards::Basis;
use super::units::UnitKind;

pub use rows::{Briefing, Row, Said, Section, shortened};

text_enum! {
    /// A section of a briefing.
    pub enum Topic {
        /// Decide: reports that have waited for confirmation for more than 14 days.
        WaitingReports = "waiting_reports",
        /// Decide: requests to change commitments that nobody has decided.
        CommitmentRequests = "commitment_requests",
        /// Decide: proposals to this unit, or one below it, without an answer.
        Proposals = "proposals",
        /// Decide: instructions that were answered, and whose answer nobody has accepted.
        AnsweredInstructions = "answered_instructions",
        /// Decide: suspended work.
        Suspended = "suspended",
        /// Late: open work whose deadline passed since the day of comparison.
        NewlyOverdue = "newly_overdue",
        /// Late: all open work whose deadline has passed, the longest first.
        Overdue = "overdue",
        /// Late: open work that is due soon.
        DueSoon = "due_soon",
        /// Silent: open work without a report for 90 days.
        Silent = "silent",
        /// Exceptions: reports that were returned and not corrected since.
        ReturnedReports = "returned_reports",
        /// Exceptions: work that claims less than it did on the day of comparison.
        PercentFallen = "percent_fallen",
        /// Exceptions: deadlines that were changed after they had passed, since the day of comparison.
        DeadlineMovedLate = "deadline_moved_late",
        /// Exceptions: open work without a date to be judged by.
        NoDeadline = "no_deadline",
        /// Instructions without an answer, the overdue ones first.
        OpenInstructions = "open_instructions",
        /// Changes: work that was reported completed since, and waits to be confirmed.
        CompletedClaimed = "completed_claimed",
        /// Changes: work whose completion was confirmed since.
        CompletedVerified = "completed_verified",
        /// Changes: work that was issued since.
        NewlyIssued = "newly_issued",
        /// Changes: commitments that were changed since.
        CommitmentsChanged = "commitments_changed",
    }
}

text_enum! {
    /// What a row of a briefing leads to.
    pub enum RecordKind {
        /// The task itself.
        Task = "task",
        /// A progress report.
        ProgressReport = "progress_report",
        /// A request to change commitments.
        CommitmentRequest = "commitment_request",
        /// A proposal.
        Proposal = "proposal",
        /// An instruction.
        Instruction = "instruction",
    }
}

text_enum! {
    /// Whose work a briefing speaks of.
    pub enum Covers {
        /// The unit and all units below it.
        Subtree = "subtree",
        /// All of the province: the unit is the Party committee at its head.
        Root = "root",
    }
}

impl Topic {
    /// Whether what lies nearest to the day of the briefing comes first: deadlines ahead, and changes. Of all else what has
    /// lasted longest does.
    pub fn nearest_first(self) -> bool {
        use Topic as T;
        matches!(self, T::DueSoon | T::CompletedClaimed | T::CompletedVerified | T::NewlyIssued | T::CommitmentsChanged)
    }

    /// Puts rows in the order in which they are shown.
    pub fn sort(self, rows: &mut [Row]) {
        if self.nearest_first() {
            rows.sort_unstable_by_key(|row| (row.days, row.task));
        } else {
            rows.sort_unstable_by_key(|row| (Reverse(row.days), row.task));
        }
    }
}

impl Covers {
    /// A Party committee that stands in a root area and has no superior leads everybody there, also those of other
    /// systems; every other unit what stands below it.
    pub fn of(kind: UnitKind, has_superior: bool, area_path: &str) -> Self {
        let heads = kind == UnitKind::PartyCommittee && !has_superior && areas::is_root(area_path);
        if heads { Self::Root } else { Self::Subtree }
    }
}

/// Rows of a section unless asked otherwise: two pages of A4 hold them all.
pub const ROWS: i64 = 5;

/// The most rows of a section that may be asked for.
pub const MOST_ROWS: i64 = 200;

/// A report that has waited for more days than these waits for a decision: twice the week an office has to confirm.
pub const WAITING_DAYS: i64 = 14;

/// Longer texts are cut here, in characters.
pub const TEXT: usize = 300;

/// What a briefing may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BriefingQuery {
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2023-10-02")]
    pub as_of: Option<NaiveDate>,
    /// The day of comparison, the day of the last meeting: changes are those told after its end. A month before
    /// `as_of` if missing; not after it.
    #[param(example = "2023-09-02")]
    pub since: Option<NaiveDate>,
    /// Whose work a task is taken to be; `as_assigned` if missing.
    pub basis: Option<Basis>,
    /// Rows of a section; its count is always that of all.
    #[param(minimum = 1, maximum = 200, default = 5)]
    pub limit: Option<i64>,
}

/// The day of comparison if none was named: a month of the calendar before.
pub fn month_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(1)).unwrap_or(day)
}

/// Whether a deadline passed after the end of `since`.
///
/// What was due on that day itself was in time until its end, and overdue on the next.
pub fn newly_overdue(due_on: NaiveDate, since: NaiveDate) -> bool {
    due_on >= since
}

/// How many days are at most late of what became overdue between two days: how a list is asked for it.
pub fn newly_late_days(since: NaiveDate, as_of: NaiveDate) -> i64 {
    (as_of - since).num_days()
}

/// Whether a report that came on a day has waited too long on another.
pub fn waited_long(recorded_on: NaiveDate, as_of: NaiveDate) -> bool {
    (as_of - recorded_on).num_days() > WAITING_DAYS
}

/// The last day on which a report can have come that has waited too long.
pub fn last_day_waited_long(as_of: NaiveDate) -> NaiveDate {
    as_of.checked_sub_signed(TimeDelta::days(WAITING_DAYS + 1)).unwrap_or(as_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn names_agree() {
        assert_names(Topic::ALL, Topic::as_str);
        assert_names(RecordKind::ALL, RecordKind::as_str);
        assert_names(Covers::ALL, Covers::as_str);
    }

    #[test]
    fn a_month_is_one_of_the_calendar() {
        assert_eq!(month_before(day("2023-10-02")), day("2023-09-02"));
        assert_eq!(month_before(day("2023-03-31")), day("2023-02-28"));
    }

    #[test]
    fn the_party_committee_of_a_province_leads_all_of_it() {
        assert_eq!(Covers::of(UnitKind::PartyCommittee, false, "/hg/"), Covers::Root);
        assert_eq!(Covers::of(UnitKind::PartyCommittee, true, "/hg/hg-huyen-vi-thuy/"), Covers::Subtree);
        assert_eq!(Covers::of(UnitKind::PartyCommittee, false, "/hg/hg-huyen-vi-thuy/"), Covers::Subtree);
        assert_eq!(Covers::of(UnitKind::PeopleCommittee, false, "/hg/"), Covers::Subtree);
    }

    #[test]
    fn two_weeks_are_not_too_long() {
        let today = day("2023-10-02");
        assert!(!waited_long(day("2023-09-18"), today) && waited_long(day("2023-09-17"), today));
        assert_eq!(last_day_waited_long(today), day("2023-09-17"));
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(shortened("Bố trí vốn"), "Bố trí vốn");
        assert_eq!(shortened(&"ố".repeat(301)), format!("{}…", "ố".repeat(300)));
    }

    proptest! {
        /// What is newly overdue was not overdue on the day of comparison, and is late by no more days than a list is asked for.
        #[test]
        fn newly_overdue_is_what_passed_between(due in 0..400i64, since in 0..400i64, length in 0..200i64) {
            let at = |days: i64| day("2023-01-01") + TimeDelta::days(days);
            let (due, since, as_of) = (at(due), at(since), at(since + length));
            let overdue = |day: NaiveDate| due < day;
            prop_assert_eq!(overdue(as_of) && newly_overdue(due, since), overdue(as_of) && !overdue(since));
            let listed = overdue(as_of) && (as_of - due).num_days() <= newly_late_days(since, as_of);
            prop_assert_eq!(listed, overdue(as_of) && newly_overdue(due, since));
        }
    }
}
