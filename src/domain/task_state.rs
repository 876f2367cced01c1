//! The state of a task: what its decisions and reports add up to.
//!
//! ```text
//! draft ──issue──▶ not_started ──reports──▶ in_progress / product_submitted / completed
//!                      │  ▲                          │
//!                   suspend resume                verify ▶ completed, confirmed
//!                      ▼  │                          │
//!                  suspended ──cancel──▶ cancelled  return ▶ what stood before
//! ```

use chrono::{DateTime, NaiveDate, Utc};

use super::Percent;
use super::obligations::{Stood, Told};
use super::progress_reports::{ReportState, Verification};
use super::tasks::{Decision, Lifecycle};

/// What one report says, as far as the state of its task goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFact {
    /// Its place in the journal.
    pub position: i64,
    /// The period or step it speaks of; none for a report on the whole task.
    pub period: Option<String>,
    /// The state of the work.
    pub state: ReportState,
    /// The percentage claimed, if any.
    pub percent: Option<Percent>,
    /// The day it speaks of.
    pub measured_on: NaiveDate,
    /// The date of the product, for completed work.
    pub product_on: Option<NaiveDate>,
    /// Whether it waits, was verified, or was returned.
    pub verification: Verification,
    /// When the system was told.
    pub recorded_at: DateTime<Utc>,
}

impl ReportFact {
    /// Whether it was not returned.
    pub fn stands(&self) -> bool {
        self.verification != Verification::Returned
    }

    /// "Latest" is by the day a report speaks of, then by position.
    pub fn order(&self) -> (NaiveDate, i64) {
        (self.measured_on, self.position)
    }

    /// The percentage of the task; that of a period is not the task's.
    fn percent(&self) -> Option<Percent> {
        self.state.implied_percent().or(self.percent).filter(|_| self.period.is_none())
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskState {
    /// Lifecycle after every decision and report.
    pub lifecycle: Lifecycle,
    /// For completed work: confirmed by the monitoring unit.
    pub confirmed: bool,
    /// Date of the product of completed work, never the day of verifying.
    pub completed_on: Option<NaiveDate>,
    /// Percentage of the latest submitted or verified report that carries one.
    pub claimed: Option<Percent>,
    /// Percentage of the latest verified report that carries one.
    pub verified: Option<Percent>,
    /// Whether any submitted or verified report exists.
    pub reported: bool,
    /// Whether any verified report exists, with a percentage or without.
    pub has_verified: bool,
    /// How many reports wait for confirmation.
    pub waiting: i32,
    /// When the system was last told anything that still stands.
    pub last_reported_at: Option<DateTime<Utc>>,
    /// When the first report came, whatever became of it.
    pub first_reported_at: Option<DateTime<Utc>>,
}

/// That every period of a task is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllDone {
    /// The latest date of a product.
    pub on: NaiveDate,
    /// Whether each is confirmed.
    pub confirmed: bool,
}

impl AllDone {
    /// Whether all obligations are done, of work that is bounded.
    pub fn of(bounded: bool, stood: &[Stood]) -> Option<Self> {
        let done: Option<Vec<NaiveDate>> = stood.iter().map(Stood::done_on).collect();
        let on = done.filter(|_| bounded)?.into_iter().max()?;
        Some(Self { on, confirmed: stood.iter().all(Stood::confirmed) })
    }
}

/// Derives the state from the decisions in order of position, and the reports in any order.
///
/// "Latest" is by the day a report speaks of, then by position; returned reports do not stand.
/// A suspended or cancelled task keeps what was reported and shows it again when resumed.
pub fn derive(decisions: &[Decision], reports: &[ReportFact]) -> TaskState {
    derive_owing(decisions, reports, None)
}

/// The same for a task that is done period by period: a report on a period never completes it, all of them do.
pub fn derive_owing(decisions: &[Decision], reports: &[ReportFact], all_done: Option<AllDone>) -> TaskState {
    let standing = || reports.iter().filter(|r| r.stands());
    let latest = standing().max_by_key(|r| r.order());
    let percent_of = |only_verified: bool| {
        standing()
            .filter(|r| r.percent().is_some() && (!only_verified || r.verification == Verification::Verified))
            .max_by_key(|r| r.order())
            .and_then(ReportFact::percent)
    };
    let completion = latest.filter(|r| r.state == ReportState::Completed && r.period.is_none());
    let confirmed = completion.is_some_and(|r| r.verification == Verification::Verified);
    let hundred_if = |done: bool| Some(Percent::HUNDRED).filter(|_| done);
    TaskState {
        lifecycle: lifecycle(decisions, reported_lifecycle(reports, latest, all_done)),
        confirmed: all_done.map_or(confirmed, |all| all.confirmed),
        completed_on: all_done.map(|all| all.on).or_else(|| completion.and_then(|r| r.product_on)),
        claimed: hundred_if(all_done.is_some()).or_else(|| percent_of(false)),
        verified: hundred_if(all_done.is_some_and(|all| all.confirmed)).or_else(|| percent_of(true)),
        reported: latest.is_some(),
        has_verified: standing().any(|r| r.verification == Verification::Verified),
        waiting: i32::try_from(standing().filter(|r| r.verification == Verification::Submitted).count()).unwrap_or(i32::MAX),
        last_reported_at: standing().map(|r| r.recorded_at).max(),
        first_reported_at: reports.iter().map(|r| r.recorded_at).min(),
    }
}

/// The lifecycle that the reports tell of: the latest one's, unless it speaks of a period only.
fn reported_lifecycle(reports: &[ReportFact], latest: Option<&ReportFact>, all_done: Option<AllDone>) -> Option<Lifecycle> {
    let latest = latest?;
    if all_done.is_some() {
        return Some(Lifecycle::Completed);
    }
    if latest.period.is_none() {
        return Some(latest.state.lifecycle());
    }
    let begun = Told::latest(reports).values().any(|told| told.state != ReportState::NotStarted);
    Some(if begun { Lifecycle::InProgress } else { Lifecycle::NotStarted })
}

fn lifecycle(decisions: &[Decision], reported: Option<Lifecycle>) -> Lifecycle {
    let decided = decisions.iter().fold(Lifecycle::Draft, |now, decision| match decision {
        Decision::Issue | Decision::Resume => Lifecycle::NotStarted,
        Decision::Suspend => Lifecycle::Suspended,
        Decision::Cancel => Lifecycle::Cancelled,
        Decision::Void => now,
    });
    match reported {
        Some(reported) if decided == Lifecycle::NotStarted => reported,
        _ => decided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(position: i64, day: u32, state: ReportState, percent: Option<i32>, verification: Verification) -> ReportFact {
        let on = NaiveDate::from_ymd_opt(2022, 3, day).unwrap();
        ReportFact {
            position,
            period: None,
            state,
            percent: percent.map(|p| Percent::from_hundredths(p * 100).unwrap()),
            measured_on: on,
            product_on: (state == ReportState::Completed).then_some(on),
            verification,
            recorded_at: on.and_hms_opt(3, 0, 0).unwrap().and_utc(),
        }
    }

    const ISSUED: &[Decision] = &[Decision::Issue];

    #[test]
    fn nothing_reported_is_not_zero() {
        let state = derive(ISSUED, &[]);
        assert_eq!((state.lifecycle, state.claimed, state.verified, state.reported), (Lifecycle::NotStarted, None, None, false));
    }

    #[test]
    fn a_waiting_completion_is_complete_but_unconfirmed() {
        let done = report(2, 9, ReportState::Completed, None, Verification::Submitted);
        let state = derive(ISSUED, &[report(1, 1, ReportState::InProgress, Some(60), Verification::Verified), done.clone()]);
        assert_eq!((state.lifecycle, state.confirmed, state.completed_on), (Lifecycle::Completed, false, done.product_on));
        assert_eq!((state.claimed, state.verified), (Some(Percent::HUNDRED), Percent::from_hundredths(6000).ok()));
        assert_eq!(state.waiting, 1);
    }

    #[test]
    fn a_return_restores_what_stood_before() {
        let before = report(1, 1, ReportState::InProgress, Some(60), Verification::Submitted);
        let returned = report(2, 9, ReportState::Completed, None, Verification::Returned);
        assert_eq!(derive(ISSUED, &[before.clone(), returned]), derive(ISSUED, &[before]));
    }

    #[test]
    fn a_late_report_of_an_earlier_day_moves_nothing_back() {
        let newer = report(1, 9, ReportState::InProgress, Some(60), Verification::Submitted);
        let older = report(2, 1, ReportState::InProgress, Some(20), Verification::Submitted);
        assert_eq!(derive(ISSUED, &[newer.clone(), older]).claimed, newer.percent);
    }

    #[test]
    fn a_report_without_a_percentage_keeps_the_last_one() {
        let with = report(1, 1, ReportState::InProgress, Some(60), Verification::Submitted);
        let without = report(2, 9, ReportState::ProductSubmitted, None, Verification::Submitted);
        let state = derive(ISSUED, &[with.clone(), without]);
        assert_eq!((state.lifecycle, state.claimed), (Lifecycle::ProductSubmitted, with.percent));
    }

    #[test]
    fn a_verified_report_counts_as_verified_even_without_a_percentage() {
        let wordy = report(1, 1, ReportState::InProgress, None, Verification::Verified);
        let state = derive(ISSUED, &[wordy]);
        assert_eq!((state.reported, state.has_verified, state.verified), (true, true, None));
    }

    #[test]
    fn resuming_shows_the_reports_again() {
        let half = report(1, 1, ReportState::InProgress, Some(50), Verification::Verified);
        let of = |decisions: &[Decision]| derive(decisions, std::slice::from_ref(&half)).lifecycle;
        assert_eq!(of(&[Decision::Issue, Decision::Suspend]), Lifecycle::Suspended);
        assert_eq!(of(&[Decision::Issue, Decision::Suspend, Decision::Resume]), Lifecycle::InProgress);
        assert_eq!(of(&[Decision::Issue, Decision::Cancel]), Lifecycle::Cancelled);
    }
}
