//! Instructions (ý kiến chỉ đạo): a leader tells a unit something about a task or a report, the unit
//! answers, and the leader accepts the answer or asks again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::tasks::Lifecycle;
use super::timeliness::{self, Judgement};
use super::{Id, Reference};

text_enum! {
    /// Where an instruction stands.
    pub enum InstructionState {
        /// Chờ trả lời.
        Open = "open",
        /// Đã trả lời: the answer waits to be accepted.
        Answered = "answered",
        /// Đã kết thúc: the answer was accepted.
        Closed = "closed",
        /// Đã rút.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What may be done with an instruction next.
    pub enum InstructionAction {
        /// Answer it.
        Answer = "answer",
        /// Accept the answer.
        Close = "close",
        /// Ask again, with a reason.
        Reopen = "reopen",
        /// Take it back.
        Withdraw = "withdraw",
    }
}

text_enum! {
    /// What happened to an instruction after it was given.
    pub enum StepKind {
        /// The unit answered.
        Answered = "answered",
        /// The answer was accepted.
        Closed = "closed",
        /// The answer was not enough.
        Reopened = "reopened",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What a leader says to an answer.
    pub enum ClosingOutcome {
        /// It is accepted.
        Closed = "closed",
        /// It is not enough: the unit is asked again.
        Reopened = "reopened",
    }
}

impl InstructionState {
    /// Whether the unit still owes an answer.
    pub fn is_open(self) -> bool {
        self == Self::Open
    }

    /// Whether somebody still owes something: the unit its answer, or the leader a word on it.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Answered)
    }

    /// What may be done next, whoever asks.
    pub fn allowed_actions(self) -> &'static [InstructionAction] {
        use InstructionAction as A;
        match self {
            Self::Open => &[A::Answer, A::Withdraw],
            Self::Answered => &[A::Close, A::Reopen, A::Withdraw],
            Self::Closed | Self::Withdrawn => &[],
        }
    }

    /// How it stands against the day it was to be answered by: as a task does, completed by its answer.
    pub fn judge(self, answered_on: Option<NaiveDate>, due_on: Option<NaiveDate>, today: NaiveDate, due_soon_days: i64) -> Judgement {
        let lifecycle = match self {
            Self::Open => Lifecycle::InProgress,
            Self::Answered | Self::Closed => Lifecycle::Completed,
            Self::Withdrawn => Lifecycle::Cancelled,
        };
        timeliness::judge(lifecycle, answered_on, due_on, today, due_soon_days)
    }
}

impl StepKind {
    /// Where an instruction stands after this step.
    pub fn leads_to(self) -> InstructionState {
        match self {
            Self::Answered => InstructionState::Answered,
            Self::Closed => InstructionState::Closed,
            Self::Reopened => InstructionState::Open,
            Self::Withdrawn => InstructionState::Withdrawn,
        }
    }

    /// The action that takes this step.
    pub fn action(self) -> InstructionAction {
        match self {
            Self::Answered => InstructionAction::Answer,
            Self::Closed => InstructionAction::Close,
            Self::Reopened => InstructionAction::Reopen,
            Self::Withdrawn => InstructionAction::Withdraw,
        }
    }
}

impl From<ClosingOutcome> for StepKind {
    fn from(outcome: ClosingOutcome) -> Self {
        match outcome {
            ClosingOutcome::Closed => Self::Closed,
            ClosingOutcome::Reopened => Self::Reopened,
        }
    }
}

/// What a leader tells a unit: about a task, or about a report on one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "task": "01780c2e-7000-7000-8000-000000000001",
    "text": "Báo cáo rõ nguyên nhân chậm và phương án hoàn thành.",
    "due": "trước ngày 15/10/2023"
}))]
pub struct InstructionDraft {
    /// The task it is about; either this or `report`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Id>,
    /// The report it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Id>,
    /// The unit that is told; without it, the one that answers for the task today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_unit: Option<Reference>,
    /// What it is told.
    #[schema(min_length = 1, max_length = 5000)]
    #[validate(length(min = 1, max = 5000))]
    pub text: String,
    /// By when an answer is wanted: words of a deadline, read from today on, or a plain day (`2023-10-15`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "trước ngày 15/10/2023", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub due: Option<String>,
    /// The post of the leader who gives it. Needed from whoever writes it for a leader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_post: Option<Id>,
}

/// What the unit answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "Đã bố trí đủ vốn, hoàn thành trước 30/11/2023."}))]
pub struct InstructionAnswerDraft {
    /// The answer, in words.
    #[schema(min_length = 1, max_length = 5000)]
    #[validate(length(min = 1, max = 5000))]
    pub text: String,
    /// The report on the same task that proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Id>,
}

/// What the leader says to the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "reopened", "reason": "Chưa nêu rõ nguồn vốn."}))]
pub struct InstructionClosingDraft {
    /// Closed or reopened.
    pub outcome: ClosingOutcome,
    /// Why; asking again needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}

/// Which instructions a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InstructionQuery {
    /// Only those that stand so.
    pub state: Option<InstructionState>,
    /// Only those to this unit (id or code).
    pub unit: Option<Reference>,
    /// Only those about this task, or a report on it.
    pub task: Option<Id>,
    /// Only those that are, or are not, still without an answer after the day they were to be answered by.
    pub overdue: Option<bool>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timeliness::{DUE_SOON_DAYS, Timeliness};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_step_leads_where_its_action_was_allowed() {
        for step in StepKind::ALL {
            let from: Vec<_> = InstructionState::ALL.iter().filter(|state| state.allowed_actions().contains(&step.action())).collect();
            assert!(!from.is_empty() && from.iter().all(|state| **state != step.leads_to()), "{step}");
        }
        assert!(InstructionState::Closed.allowed_actions().is_empty() && InstructionState::Withdrawn.allowed_actions().is_empty());
    }

    #[test]
    fn it_is_late_when_the_day_has_passed_without_an_answer() {
        let judge = |state: InstructionState, answered: Option<&str>, today: &str| {
            state.judge(answered.map(day), Some(day("2023-10-15")), day(today), DUE_SOON_DAYS).timeliness
        };
        assert_eq!(judge(InstructionState::Open, None, "2023-10-15"), Some(Timeliness::DueSoon));
        assert_eq!(judge(InstructionState::Open, None, "2023-10-16"), Some(Timeliness::Overdue));
        assert_eq!(judge(InstructionState::Answered, Some("2023-10-15"), "2023-12-01"), Some(Timeliness::OnTime));
        assert_eq!(judge(InstructionState::Closed, Some("2023-10-16"), "2023-12-01"), Some(Timeliness::Late));
        assert_eq!(judge(InstructionState::Withdrawn, None, "2023-12-01"), None);
        assert_eq!(InstructionState::Open.judge(None, None, day("2023-12-01"), 30).timeliness, Some(Timeliness::NoDeadline));
    }
}
