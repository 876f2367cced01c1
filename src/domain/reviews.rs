//! Review rounds (sơ kết, tổng kết): when a document is looked back on, by which rules, and how far a round has come.
//!
//! ```text
//!             open              consolidate                freeze
//! planned ───────────▶ open ─────────────────▶ consolidating ─────────▶ frozen
//!    │                  │ ▲──────reopen───────────────┘
//!    └──cancel──▶ cancelled ──reopen──▶ planned
//! ```
//!
//! An open round may be cancelled, too. Cancelling and reopening need a reason.

mod drafts;

use chrono::{Months, NaiveDate};

pub use drafts::{ReviewDecisionDraft, ReviewDraft, ReviewPartsQuery, ReviewPlan, ReviewQuery, ReviewTexts};

use super::calendar;

text_enum! {
    /// Kind of a review round.
    pub enum ReviewKind {
        /// Sơ kết 3 năm.
        ThreeYear = "three_year",
        /// Tổng kết 5 năm.
        FiveYear = "five_year",
        /// Đánh giá giữa nhiệm kỳ, after two and a half years.
        MidTerm = "mid_term",
        /// Sơ kết hằng năm.
        Yearly = "yearly",
        /// Tổng kết chuyên đề, when its years are over.
        Thematic = "thematic",
    }
}

impl ReviewKind {
    /// The rounds every resolution has: "3 năm sơ kết, 5 năm tổng kết". Others are planned by hand.
    pub const OF_RESOLUTIONS: [Self; 2] = [Self::ThreeYear, Self::FiveYear];

    /// Title in Vietnamese, for the resolution or programme named; of a yearly one with its year.
    pub fn title(self, document: &str, year: Option<i32>) -> String {
        match (self, year) {
            (Self::ThreeYear, _) => format!("Sơ kết 3 năm thực hiện {document}"),
            (Self::FiveYear, _) => format!("Tổng kết 5 năm thực hiện {document}"),
            (Self::MidTerm, _) => format!("Đánh giá giữa nhiệm kỳ việc thực hiện {document}"),
            (Self::Yearly, Some(year)) => format!("Sơ kết năm {year} thực hiện {document}"),
            (Self::Yearly, None) => format!("Sơ kết hằng năm thực hiện {document}"),
            (Self::Thematic, _) => format!("Tổng kết {document}"),
        }
    }

    /// The day a round is due whose years are counted from `anchor`; none where its document says it (thematic), and for a yearly one
    /// without a year.
    pub fn due_on(self, anchor: NaiveDate, year: Option<i32>) -> Option<NaiveDate> {
        match self {
            Self::ThreeYear => Some(calendar::years_after(anchor, 3)),
            Self::FiveYear => Some(calendar::years_after(anchor, 5)),
            Self::MidTerm => anchor.checked_add_months(Months::new(30)),
            Self::Yearly => NaiveDate::from_ymd_opt(year?, 12, 31),
            Self::Thematic => None,
        }
    }
}

text_enum! {
    /// How far a review round has come.
    pub enum ReviewState {
        /// Not yet begun.
        Planned = "planned",
        /// Units are writing their reports.
        Open = "open",
        /// The focal office is putting them together.
        Consolidating = "consolidating",
        /// Closed for good.
        Frozen = "frozen",
        /// Not held.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What is decided about a review round.
    pub enum ReviewDecision {
        /// Units may hand in.
        Open = "open",
        /// What was handed in is put together; units still hand in what was returned to them.
        Consolidate = "consolidate",
        /// Back to what it was before: open, or planned.
        Reopen = "reopen",
        /// It is not held.
        Cancel = "cancel",
    }
}

impl ReviewDecision {
    /// Whether it has to say why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Reopen | Self::Cancel)
    }
}

text_enum! {
    /// What may be done with a review round next.
    pub enum ReviewAction {
        /// Change its day, its rules, its texts.
        Change = "change",
        /// Decide `open`.
        Open = "open",
        /// Decide `consolidate`.
        Consolidate = "consolidate",
        /// Decide `reopen`.
        Reopen = "reopen",
        /// Decide `cancel`.
        Cancel = "cancel",
        /// A unit hands in what it owes.
        Submit = "submit",
        /// Keep the task statistics of today.
        Snapshot = "snapshot",
        /// Freeze it.
        Freeze = "freeze",
        /// A leader approves what was frozen.
        Approve = "approve",
        /// Put a correction beside what was frozen.
        Correct = "correct",
    }
}

impl ReviewState {
    /// The steps this state allows, whoever asks.
    pub fn allowed_actions(self) -> Vec<ReviewAction> {
        use ReviewAction as A;
        match self {
            Self::Planned => vec![A::Change, A::Open, A::Cancel, A::Snapshot],
            Self::Open => vec![A::Change, A::Consolidate, A::Cancel, A::Submit, A::Snapshot],
            Self::Consolidating => vec![A::Change, A::Reopen, A::Submit, A::Snapshot, A::Freeze],
            Self::Frozen => vec![A::Approve, A::Correct],
            Self::Cancelled => vec![A::Reopen],
        }
    }

    /// Where a decision leads; none where this state does not allow it.
    pub fn after(self, decision: ReviewDecision) -> Option<Self> {
        match (self, decision) {
            (Self::Planned, ReviewDecision::Open) | (Self::Consolidating, ReviewDecision::Reopen) => Some(Self::Open),
            (Self::Open, ReviewDecision::Consolidate) => Some(Self::Consolidating),
            (Self::Planned | Self::Open, ReviewDecision::Cancel) => Some(Self::Cancelled),
            (Self::Cancelled, ReviewDecision::Reopen) => Some(Self::Planned),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names() {
        assert_names(ReviewKind::ALL, ReviewKind::as_str);
        assert_names(ReviewState::ALL, ReviewState::as_str);
        assert_names(ReviewDecision::ALL, ReviewDecision::as_str);
        assert_names(ReviewAction::ALL, ReviewAction::as_str);
    }

    #[test]
    fn rounds_are_due_by_their_cycle() {
        let anchor = "2020-10-14".parse().unwrap();
        let due = |kind: ReviewKind, year| kind.due_on(anchor, year).map(|day| day.to_string());
        assert_eq!(due(ReviewKind::ThreeYear, None).as_deref(), Some("2023-10-14"));
        assert_eq!(due(ReviewKind::FiveYear, None).as_deref(), Some("2025-10-14"));
        assert_eq!(due(ReviewKind::MidTerm, None).as_deref(), Some("2023-04-14"));
        assert_eq!(due(ReviewKind::Yearly, Some(2022)).as_deref(), Some("2022-12-31"));
        assert_eq!((due(ReviewKind::Yearly, None), due(ReviewKind::Thematic, None)), (None, None));
    }

    #[test]
    fn every_step_of_the_drawing_and_no_other() {
        let steps: [(ReviewDecision, ReviewAction); 4] = [
            (ReviewDecision::Open, ReviewAction::Open),
            (ReviewDecision::Consolidate, ReviewAction::Consolidate),
            (ReviewDecision::Reopen, ReviewAction::Reopen),
            (ReviewDecision::Cancel, ReviewAction::Cancel),
        ];
        for state in ReviewState::ALL {
            for (decision, action) in steps {
                assert_eq!(state.after(decision).is_some(), state.allowed_actions().contains(&action), "{state} {decision}");
            }
        }
        assert_eq!(ReviewState::Consolidating.after(ReviewDecision::Reopen), Some(ReviewState::Open));
        assert_eq!(ReviewState::Cancelled.after(ReviewDecision::Reopen), Some(ReviewState::Planned));
    }

    #[test]
    fn what_is_frozen_stays() {
        assert_eq!(ReviewState::Frozen.allowed_actions(), [ReviewAction::Approve, ReviewAction::Correct]);
        let freezes = |state: &&ReviewState| state.allowed_actions().contains(&ReviewAction::Freeze);
        assert_eq!(ReviewState::ALL.iter().filter(freezes).collect::<Vec<_>>(), [&ReviewState::Consolidating]);
    }
}
