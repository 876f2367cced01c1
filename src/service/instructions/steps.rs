//! What happens to an instruction after it was given: answered, accepted, asked again, taken back.

use crate::db::Connection;
use crate::domain::instructions::{ClosingOutcome, InstructionAction, InstructionAnswerDraft, InstructionClosingDraft, StepKind};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{AnswerInstructions, InstructUnits, Permit, Right};
use crate::service::journal::{self, Happening};
use crate::service::lookup::{self, Expected};
use crate::service::{tasks, voices};
use crate::store;
use crate::store::instructions::{Instruction, InstructionStep};

use super::shown::{self, ShownInstruction};

/// An instruction that may be taken a step further: permission and version have been checked.
#[derive(Debug)]
pub struct Held(ShownInstruction);

/// Finds the instruction and keeps others from changing its task.
///
/// # Errors
/// `not_found`; `forbidden` unless granted on the unit that answers, and for whoever writes for leaders where a leader
/// gave it; `stale`.
pub fn hold<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    id: Id,
    expected: Expected,
    action: InstructionAction,
    at: &Moment,
) -> AppResult<Held> {
    let instruction = lookup::found(store::instructions::find(conn, id))?;
    store::tasks::lock(conn, instruction.task_id)?;
    // Read again: whoever held the lock may have taken a step.
    let instruction = lookup::found(store::instructions::find(conn, id))?;
    let shown = shown::one(conn, permit.actor(), instruction, at)?;
    tasks::require_published(permit, &shown.task, &shown.lead)?;
    permit.require_unit(&shown.answering)?;
    shown.require_voice(permit.actor(), action)?;
    expected.check(shown.instruction.version)?;
    Ok(Held(shown))
}

/// Answers an instruction, for the unit it was given to.
///
/// # Errors
/// `illegal_state`; 422 for a report that is not one on its task.
pub fn answer(
    conn: &mut Connection,
    permit: &Permit<AnswerInstructions>,
    Held(shown): Held,
    draft: &InstructionAnswerDraft,
    at: &Moment,
) -> AppResult<ShownInstruction> {
    require(&shown, InstructionAction::Answer)?;
    let report = lookup::record(conn, "/report", draft.report, store::progress_reports::find)?;
    if report.is_some_and(|report| report.task_id != shown.task.id) {
        lookup::named("/report", draft.report.unwrap_or(Id::NIL), Err::<(), _>(AppError::new(codes::NOT_FOUND)))?;
    }
    let on_behalf = !voices::of_unit(permit.actor(), &shown.answering);
    let step = Step { kind: StepKind::Answered, text: Some(draft.text.clone()), report: draft.report, on_behalf };
    take(conn, permit, shown, step, at)
}

/// Accepts the answer, or asks again.
///
/// # Errors
/// `illegal_state`; 422 when asking again gives no reason.
pub fn close(
    conn: &mut Connection,
    permit: &Permit<InstructUnits>,
    Held(shown): Held,
    draft: &InstructionClosingDraft,
    at: &Moment,
) -> AppResult<ShownInstruction> {
    let kind = StepKind::from(draft.outcome);
    require(&shown, kind.action())?;
    if draft.outcome == ClosingOutcome::Reopened && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    take(conn, permit, shown, Step { kind, text: draft.reason.clone(), report: None, on_behalf: false }, at)
}

/// Takes an instruction back.
///
/// # Errors
/// `illegal_state`.
pub fn withdraw(
    conn: &mut Connection,
    permit: &Permit<InstructUnits>,
    Held(shown): Held,
    reason: Option<&String>,
    at: &Moment,
) -> AppResult<ShownInstruction> {
    require(&shown, InstructionAction::Withdraw)?;
    take(conn, permit, shown, Step { kind: StepKind::Withdrawn, text: reason.cloned(), report: None, on_behalf: false }, at)
}

fn require(shown: &ShownInstruction, action: InstructionAction) -> AppResult<()> {
    let allowed = shown.task.voided_at.is_none() && shown.instruction.state.allowed_actions().contains(&action);
    if allowed { Ok(()) } else { Err(AppError::illegal_state(&shown.actions)) }
}

/// A step that is taken now.
struct Step {
    kind: StepKind,
    text: Option<String>,
    report: Option<Id>,
    on_behalf: bool,
}

fn take<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    shown: ShownInstruction,
    step: Step,
    at: &Moment,
) -> AppResult<ShownInstruction> {
    let before = shown.instruction;
    let state = step.kind.leads_to();
    let answered_on = match step.kind {
        StepKind::Answered => Some(at.today()),
        StepKind::Reopened => None,
        StepKind::Closed | StepKind::Withdrawn => before.answered_on,
    };
    let after = Instruction { state, answered_on, version: before.version + 1, ..before.clone() };
    lookup::expect_updated(store::instructions::update(conn, &after))?;
    let seat = journal::reserve(conn)?;
    let row = InstructionStep {
        id: at.new_id(),
        instruction_id: after.id,
        position: seat.position(),
        step: step.kind,
        text: step.text,
        report_id: step.report,
        on_behalf: step.on_behalf,
        recorded_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
    };
    store::instructions::insert_step(conn, &row)?;
    let action = format!("instruction.{}", step.kind);
    let happening = Happening::changed(&action, "instruction", after.id, &before.state, &after.state).because(row.text.as_deref());
    journal::append_at(conn, seat, permit.actor(), &happening.within(&shown.unit.area_path), at)?;
    shown::one(conn, permit.actor(), after, at)
}
