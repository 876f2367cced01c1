//! Requests to change commitments (đề nghị điều chỉnh, gia hạn): a unit asks, an office or a leader
//! approves or refuses. A request changes nothing by itself.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::commitment_changes::CommitmentChangeDraft;
use super::task_drafts::DeadlineDraft;
use super::{Id, Reference};

text_enum! {
    /// Where a request stands.
    pub enum RequestState {
        /// Chờ quyết định.
        Open = "open",
        /// Đã chấp thuận: the commitments were changed.
        Approved = "approved",
        /// Không chấp thuận.
        Refused = "refused",
        /// Đã rút: whoever asked no longer does.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What may be done with a request next.
    pub enum RequestAction {
        /// Approve it: the commitments change.
        Approve = "approve",
        /// Refuse it, with a reason.
        Refuse = "refuse",
        /// Withdraw it.
        Withdraw = "withdraw",
    }
}

text_enum! {
    /// How a request is decided.
    pub enum RequestOutcome {
        /// Chấp thuận.
        Approved = "approved",
        /// Không chấp thuận.
        Refused = "refused",
    }
}

impl RequestState {
    /// Whether it still waits to be decided.
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}

impl From<RequestOutcome> for RequestState {
    fn from(outcome: RequestOutcome) -> Self {
        match outcome {
            RequestOutcome::Approved => Self::Approved,
            RequestOutcome::Refused => Self::Refused,
        }
    }
}

/// What a unit asks to be changed; what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"deadline": {"text": "chậm nhất ngày 31/12/2021"}, "reason": "Chờ quy hoạch tỉnh được phê duyệt."}))]
pub struct CommitmentRequestDraft {
    /// The deadline asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub deadline: Option<DeadlineDraft>,
    /// The weight asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    #[validate(range(min = 1, max = 1000))]
    pub weight: Option<i32>,
    /// The scope asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub scope: Option<String>,
    /// The lead unit asked for: any of the province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit: Option<Reference>,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
    /// On what basis (căn cứ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub legal_basis: Option<String>,
}

impl CommitmentRequestDraft {
    /// The change that is asked for.
    pub fn change(&self) -> CommitmentChangeDraft {
        let Self { deadline, weight, scope, lead_unit, reason, legal_basis } = self.clone();
        CommitmentChangeDraft { deadline, weight, scope, lead_unit, reason, legal_basis, approver: None }
    }
}

/// How a request is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "approved", "legal_basis": "159-KL/TU", "approver": "Thường trực Tỉnh ủy"}))]
pub struct RequestDecisionDraft {
    /// Approved or refused.
    pub outcome: RequestOutcome,
    /// Why; a refusal needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
    /// On what basis; without it, that of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub legal_basis: Option<String>,
    /// Who approved it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Thường trực Tỉnh ủy", max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub approver: Option<String>,
}

/// Takes a request back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Đã bố trí được vốn."}))]
pub struct WithdrawalDraft {
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}

/// Which requests a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CommitmentRequestQuery {
    /// Only those that stand so.
    pub state: Option<RequestState>,
    /// Only those on this task.
    pub task: Option<Id>,
    /// Only those of this unit (id or code).
    pub unit: Option<Reference>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
