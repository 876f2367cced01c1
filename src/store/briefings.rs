//! What a briefing tells beside the counted tasks: reports, requests, proposals, instructions and changes, as they
//! stood before a cutoff. What was decided after it still waits.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Nullable, Text, Timestamp};

use super::StoreResult;
use super::commitment_changes::CommitmentChange;
use super::commitment_requests::CommitmentRequest;
use super::instructions::{Instruction, InstructionStep};
use super::proposals::Proposal;
use crate::db::Connection;
use crate::db::schema::{
    commitment_changes, commitment_requests, instruction_steps, instructions, progress_reports, proposals, task_decisions, tasks,
};
use crate::db::types::Uuid;
use crate::domain::Id;
use crate::domain::commitment_requests::RequestState;
use crate::domain::instructions::InstructionState;
use crate::domain::progress_reports::Verification;
use crate::domain::proposals::ProposalState;
use crate::domain::tasks::Decision;

/// A report that waited: its id, its task, when it came, and what it says was done.
pub type WaitingReport = (Id, Id, NaiveDateTime, String);

/// The reports of these roots that came before `came_before` and had neither been verified nor returned by `cutoff`.
///
/// `cutoff` is none for now: then an index finds them.
pub fn waiting_reports(
    conn: &mut Connection,
    roots: &[Id],
    came_before: NaiveDateTime,
    cutoff: Option<NaiveDateTime>,
) -> StoreResult<Vec<WaitingReport>> {
    let query = progress_reports::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(progress_reports::recorded_at.lt(came_before))
        .select((progress_reports::id, progress_reports::task_id, progress_reports::recorded_at, progress_reports::result))
        .into_boxed();
    let submitted = progress_reports::verification.eq(Verification::Submitted);
    match cutoff {
        None => query.filter(submitted).load(conn),
        // What verified itself never waited.
        Some(cutoff) => {
            query.filter(submitted.or(progress_reports::verified_at.ge(cutoff)).and(progress_reports::self_verified.eq(false))).load(conn)
        }
    }
}

/// A report that was returned and that no later one corrects.
#[derive(Debug, QueryableByName)]
pub struct ReturnedReport {
    #[diesel(sql_type = Uuid)]
    pub id: Id,
    #[diesel(sql_type = Uuid)]
    pub task_id: Id,
    #[diesel(sql_type = Timestamp)]
    pub verified_at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Text>)]
    pub verification_reason: Option<String>,
}

/// The reports of a root that had been returned by `cutoff`, where no later report on the same task and period had come.
pub fn returned_reports(conn: &mut Connection, root: Id, cutoff: NaiveDateTime) -> StoreResult<Vec<ReturnedReport>> {
    sql_query(
        "SELECT r.id, r.task_id, r.verified_at, r.verification_reason \
         FROM progress_reports r JOIN tasks t ON t.id = r.task_id \
         WHERE r.verification = 'returned' AND r.verified_at < $1 AND t.root_id = $2 AND NOT EXISTS ( \
           SELECT 1 FROM progress_reports l WHERE l.task_id = r.task_id AND l.position > r.position AND l.recorded_at < $1 \
             AND COALESCE(l.period, '') = COALESCE(r.period, ''))",
    )
    .bind::<Timestamp, _>(cutoff)
    .bind::<Uuid, _>(root)
    .load(conn)
}

/// The requests of these roots that had come by `cutoff`, and had not been decided.
pub fn open_requests(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<CommitmentRequest>> {
    let open = commitment_requests::state.eq(RequestState::Open);
    commitment_requests::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(commitment_requests::recorded_at.lt(cutoff))
        .filter(open.or(commitment_requests::decided_at.ge(cutoff)))
        .select(CommitmentRequest::as_select())
        .load(conn)
}

/// What was addressed to a unit, with the root of its task and the unit that leads it as it was given.
pub type Addressed<T> = (T, Id, Id);

/// The proposals of these roots that had come by `cutoff`, and had neither been answered nor withdrawn.
pub fn open_proposals(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<Addressed<Proposal>>> {
    let open = proposals::state.eq(ProposalState::Open);
    proposals::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(tasks::voided_at.is_null().or(tasks::voided_at.ge(cutoff)))
        .filter(proposals::recorded_at.lt(cutoff))
        .filter(open.or(proposals::decided_at.ge(cutoff)))
        .select((Proposal::as_select(), tasks::root_id, tasks::lead_unit_id))
        .load(conn)
}

/// The instructions of these roots that had come by `cutoff` and may still have gone on then: those that go on now,
/// and those with a step after it.
pub fn live_instructions(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<Addressed<Instruction>>> {
    let later = instruction_steps::table.filter(instruction_steps::recorded_at.ge(cutoff)).select(instruction_steps::instruction_id);
    let live = instructions::state.eq_any([InstructionState::Open, InstructionState::Answered]);
    instructions::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(tasks::voided_at.is_null().or(tasks::voided_at.ge(cutoff)))
        .filter(instructions::recorded_at.lt(cutoff))
        .filter(live.or(instructions::id.eq_any(later)))
        .select((Instruction::as_select(), tasks::root_id, tasks::lead_unit_id))
        .load(conn)
}

/// The last step of each of these instructions that had been taken by `cutoff`.
pub fn last_steps(conn: &mut Connection, ids: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<InstructionStep>> {
    let mut steps = super::instructions::steps(conn, ids)?;
    steps.retain(|step| step.recorded_at < cutoff);
    steps.reverse();
    let mut seen = std::collections::HashSet::new();
    steps.retain(|step| seen.insert(step.instruction_id));
    Ok(steps)
}

/// The changes of commitments in these roots that were told between two cutoffs.
pub fn changes(conn: &mut Connection, roots: &[Id], from: NaiveDateTime, until: NaiveDateTime) -> StoreResult<Vec<CommitmentChange>> {
    commitment_changes::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(commitment_changes::recorded_at.ge(from))
        .filter(commitment_changes::recorded_at.lt(until))
        .select(CommitmentChange::as_select())
        .load(conn)
}

/// Why and when each of these tasks was last suspended before `cutoff`.
pub fn suspensions(conn: &mut Connection, ids: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<(Id, NaiveDateTime, Option<String>)>> {
    let suspended = task_decisions::table
        .filter(task_decisions::decision.eq(Decision::Suspend))
        .filter(task_decisions::recorded_at.lt(cutoff))
        .select((task_decisions::task_id, task_decisions::recorded_at, task_decisions::reason));
    let load = |conn: &mut Connection| -> StoreResult<Vec<(Id, NaiveDateTime, Option<String>)>> {
        load_among!(conn, suspended, task_decisions::task_id, ids)
    };
    let mut found = load(conn)?;
    found.sort_by_key(|(_, at, _)| *at);
    Ok(found)
}
