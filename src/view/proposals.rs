//! Proposals.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::posts::PostRef;
use super::progress_reports::TaskRef;
use super::units::UnitRef;
use crate::domain::proposals::{ProposalAction, ProposalState};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin};
use crate::store::posts::Post;
use crate::store::progress_reports::ReportProposal;
use crate::store::proposals::Proposal;
use crate::store::tasks::Task;
use crate::store::units::Unit;

/// A proposal (kiến nghị, đề xuất) of a unit to an authority.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    pub id: Id,
    /// Id of the report it was made in.
    pub report: Id,
    pub task: TaskRef,
    /// The unit that asks.
    pub unit: UnitRef,
    /// The authority that is asked.
    pub to_unit: UnitRef,
    /// Who answers for it today: the same, unless a reorganisation ended that unit.
    pub answering_unit: UnitRef,
    pub text: String,
    pub state: ProposalState,
    /// How it was answered, declined or withdrawn; `null` while it is open.
    pub answer: Option<ProposalAnswerView>,
    /// User name of who made it.
    pub proposed_by: Option<String>,
    pub proposed_at: DateTime<Utc>,
    pub origin: Origin,
    /// What the reader may do with it now.
    pub allowed_actions: Vec<ProposalAction>,
    pub version: i32,
}

/// How a proposal ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalAnswerView {
    /// The answer, or why it was withdrawn.
    pub text: Option<String>,
    /// The post that answered.
    pub from_post: Option<PostRef>,
    /// The day of the answer; `null` for what was withdrawn.
    pub on: Option<NaiveDate>,
    /// User name of who answered or withdrew it.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

/// A proposal where its report is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportProposalView {
    pub id: Id,
    pub text: String,
    /// The authority that is asked.
    pub to_unit: UnitRef,
    pub state: ProposalState,
}

/// Who and what stands around a proposal.
#[derive(Debug)]
pub struct Around {
    /// The task its report is on.
    pub task: Task,
    /// The unit that asks.
    pub unit: Unit,
    /// The authority that is asked.
    pub to_unit: Unit,
    /// Who answers for it today.
    pub answering: Unit,
    /// The post that answered.
    pub post: Option<Post>,
    /// User names of who made it, and who answered or withdrew it.
    pub people: (Option<String>, Option<String>),
}

impl ProposalView {
    /// A proposal as it stands.
    pub fn new(row: Proposal, around: Around, allowed_actions: Vec<ProposalAction>) -> Self {
        let Around { task, unit, to_unit, answering, post, people: (author, decider) } = around;
        let answer = row.decided_at.map(|at| ProposalAnswerView {
            text: row.answer,
            from_post: post.as_ref().map(PostRef::from),
            on: row.answered_on,
            by: decider,
            at: at.and_utc(),
        });
        Self {
            id: row.id,
            report: row.report_id,
            task: TaskRef { id: task.id, title: Some(task.title).filter(|_| task.secrecy == Secrecy::None) },
            unit: UnitRef::from(&unit),
            to_unit: UnitRef::from(&to_unit),
            answering_unit: UnitRef::from(&answering),
            text: row.text,
            state: row.state,
            answer,
            proposed_by: author,
            proposed_at: row.recorded_at.and_utc(),
            origin: row.origin,
            allowed_actions,
            version: row.version,
        }
    }
}

impl From<ReportProposal> for ReportProposalView {
    fn from(ReportProposal { proposal, to_unit }: ReportProposal) -> Self {
        Self { id: proposal.id, text: proposal.text, to_unit: UnitRef::from(&to_unit), state: proposal.state }
    }
}
