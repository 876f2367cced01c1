//! Plays what units asked to be changed, and how it was decided.

use crate::db::Connection;
use crate::domain::commitment_requests::{CommitmentRequestDraft, RequestDecisionDraft, RequestOutcome};
use crate::domain::task_drafts::DeadlineDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ApproveCommitments, RequestCommitments};
use crate::service::commitment_requests;
use crate::service::lookup::Expected;

use super::data::Request;
use super::world::World;

/// Asks for it, in the name of the unit's reporter where the demo has one; answers its id.
pub fn ask(conn: &mut Connection, world: &World<'_>, request: &Request, at: &Moment) -> AppResult<Id> {
    let permit = world.speaker(request.unit.as_deref())?.permit::<RequestCommitments>()?;
    let target = commitment_requests::target(conn, &permit, world.task(&request.task, request.unit.as_ref())?, at)?;
    let draft = CommitmentRequestDraft {
        deadline: Some(DeadlineDraft { text: request.deadline.clone(), reference_date: Some(request.asked) }),
        weight: None,
        scope: None,
        lead_unit: None,
        reason: request.reason.clone(),
        legal_basis: None,
    };
    Ok(commitment_requests::request(conn, &permit, target, &draft, at)?.request.id)
}

/// Approves or refuses it in the name of the focal office.
pub fn decide(conn: &mut Connection, world: &World<'_>, request: &Request, id: Id, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<ApproveCommitments>()?;
    let outcome = if request.approved.is_some() { RequestOutcome::Approved } else { RequestOutcome::Refused };
    let draft = RequestDecisionDraft { outcome, reason: request.decision.clone(), legal_basis: None, approver: None };
    let target = commitment_requests::to_decide(conn, &permit, id, Expected::Any, at)?;
    commitment_requests::decide(conn, &permit, target, &draft, at).map(drop)
}
