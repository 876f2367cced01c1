//! How an obligation stands by the reports that name it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Obligation;
use crate::domain::progress_reports::{ReportState, Verification};
use crate::domain::task_state::ReportFact;

text_enum! {
    /// How an obligation stands on a day. The due day itself is in time.
    pub enum ObligationState {
        /// Nothing is to be judged: the deadline names no day or does not bind, or the work is a draft, suspended or cancelled.
        NoDeadline = "no_deadline",
        /// Chưa đến hạn.
        NotYetDue = "not_yet_due",
        /// Sắp đến hạn.
        DueSoon = "due_soon",
        /// Quá hạn.
        Overdue = "overdue",
        /// Done in time, by the date of the product.
        ReportedOnTime = "reported_on_time",
        /// Done late, by the date of the product.
        ReportedLate = "reported_late",
    }
}

/// What the latest report says that names an obligation and was not returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The state of the work on it.
    pub state: ReportState,
    /// The date of the product, if it is done.
    pub done_on: Option<NaiveDate>,
    /// Whether it was verified.
    pub confirmed: bool,
}

impl Told {
    /// By the obligation, what was told last: by the day a report speaks of, then by its position.
    pub fn latest(reports: &[ReportFact]) -> HashMap<String, Self> {
        let mut latest: HashMap<&str, &ReportFact> = HashMap::new();
        for report in reports.iter().filter(|report| report.stands()) {
            let Some(period) = report.period.as_deref() else { continue };
            let known = latest.entry(period).or_insert(report);
            if report.order() > known.order() {
                *known = report;
            }
        }
        latest.into_iter().map(|(period, report)| (period.to_owned(), Self::of(report))).collect()
    }

    /// What one report says.
    pub fn of(report: &ReportFact) -> Self {
        let done = report.state == ReportState::Completed;
        let done_on = report.product_on.or(Some(report.measured_on)).filter(|_| done);
        Self { state: report.state, done_on, confirmed: report.verification == Verification::Verified }
    }
}

/// An obligation and what was told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    /// What is owed.
    pub obligation: Obligation,
    /// What was told last, if anything.
    pub told: Option<Told>,
}

impl Stood {
    /// An obligation with what was told of it.
    pub(super) fn new(obligation: Obligation, told: Option<&Told>) -> Self {
        Self { obligation, told: told.copied() }
    }

    /// The day it was done on, confirmed or not.
    pub fn done_on(&self) -> Option<NaiveDate> {
        self.told.and_then(|told| told.done_on)
    }

    /// Done, and confirmed by the monitoring unit.
    pub fn confirmed(&self) -> bool {
        self.told.is_some_and(|told| told.done_on.is_some() && told.confirmed)
    }

    /// How it stands on a day. What is not done of work that is not judged ([`super::is_judged`]) is not late.
    pub fn state(&self, day: NaiveDate, due_soon_days: i64, judged: bool) -> ObligationState {
        let Some(due) = self.due_on(judged) else {
            return if self.done_on().is_some() { ObligationState::ReportedOnTime } else { ObligationState::NoDeadline };
        };
        match self.done_on() {
            Some(done) if done > due => ObligationState::ReportedLate,
            Some(_) => ObligationState::ReportedOnTime,
            None if day > due => ObligationState::Overdue,
            None if (due - day).num_days() <= due_soon_days => ObligationState::DueSoon,
            None => ObligationState::NotYetDue,
        }
    }

    /// The day it is judged by.
    fn due_on(&self, judged: bool) -> Option<NaiveDate> {
        self.obligation.due_on.filter(|_| judged || self.done_on().is_some())
    }

    /// Whether it was done late, or is overdue.
    pub fn is_late(&self, day: NaiveDate, judged: bool) -> bool {
        matches!(self.state(day, 0, judged), ObligationState::ReportedLate | ObligationState::Overdue)
    }

    /// Days after the due day, negative before it: of what is done, and of what is overdue.
    pub fn days_late(&self, day: NaiveDate, judged: bool) -> Option<i64> {
        let due = self.due_on(judged)?;
        let until = self.done_on().or(Some(day).filter(|day| *day > due))?;
        Some((until - due).num_days())
    }
}
