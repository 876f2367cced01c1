//! Decisions about tasks: issue, suspend, resume, cancel, void. They are recorded, never undone.

use crate::db::Connection;
use crate::domain::decisions::DecisionDraft;
use crate::domain::tasks::{Decision, TaskAction};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::commitments::Commitment;
use crate::store::task_decisions::TaskDecision;
use crate::store::task_states::TaskStateRow;
use crate::store::tasks::{Task, TaskRecord};

use super::access::{Permit, ReadWork, WriteWork};
use super::journal::{self, Happening, Seat};
use super::shown_tasks::{ShownTask, show_one, standing};
use super::{group_tasks, lookup, obligations, six_clears, tasks};

/// A task that a decision may be made about: permission has been checked.
#[derive(Debug)]
pub struct Decidable(ShownTask);

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// `not_found`, `forbidden`.
pub fn target(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, at: &Moment) -> AppResult<Decidable> {
    tasks::hold(conn, permit, id, at).map(Decidable)
}

/// Issues a task that was made in the same transaction.
///
/// # Errors
/// As [`decide`].
pub fn issue(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, legal_basis: Option<&str>, at: &Moment) -> AppResult<()> {
    let target = target(conn, permit, id, at)?;
    let draft = DecisionDraft { decision: Decision::Issue, reason: None, legal_basis: legal_basis.map(ToOwned::to_owned) };
    decide(conn, permit, target, &draft, at).map(drop)
}

/// Makes the decision; answers it with the task as it stands now. Whoever issues what was given to a group
/// of units issues its parts as well.
///
/// # Errors
/// `illegal_state` with what is allowed; 422 when the reason is missing.
pub fn decide(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Decidable(shown): Decidable,
    draft: &DecisionDraft,
    at: &Moment,
) -> AppResult<(TaskDecision, ShownTask)> {
    if !standing(&shown.record).allowed_actions().contains(&TaskAction::from(draft.decision)) {
        return Err(AppError::illegal_state(shown.actions));
    }
    if draft.decision.needs_reason() && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    let task = &shown.record.task;
    let mut parts = Vec::new();
    if draft.decision == Decision::Issue {
        six_clears::check_issue(conn, &shown.record)?;
        parts = group_tasks::hold_drafts(conn, &shown)?;
    }
    let seat = journal::reserve(conn)?;
    let decision = TaskDecision {
        id: at.new_id(),
        task_id: task.id,
        position: seat.position(),
        decision: draft.decision,
        reason: draft.reason.clone(),
        legal_basis: draft.legal_basis.clone(),
        recorded_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
    };
    store::task_decisions::insert(conn, &decision)?;
    let state = carry_out(conn, &shown.record, draft.decision, &seat, at)?;
    let action = format!("task.{}", past(draft.decision));
    let happening = Happening::changed(&action, "task", task.id, &shown.record.state.lifecycle, &state.lifecycle);
    journal::append_at(conn, seat, permit.actor(), &happening.because(draft.reason.as_deref()), at)?;
    for part in parts {
        issue(conn, permit, part, draft.legal_basis.as_deref(), at)?;
    }
    let after = show_one(conn, permit.actor(), task.id, at)?;
    Ok((decision, after))
}

/// The decisions about a task, oldest first, with the user names of who made them.
///
/// # Errors
/// As `tasks::get`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, task: Id, at: &Moment) -> AppResult<Vec<(TaskDecision, Option<String>)>> {
    tasks::get(conn, permit, task, at)?;
    let rows = store::task_decisions::of_task(conn, task)?;
    lookup::with_authors(conn, rows, |row| row.recorded_by)
}

fn carry_out(conn: &mut Connection, record: &TaskRecord, decision: Decision, seat: &Seat, at: &Moment) -> AppResult<TaskStateRow> {
    let TaskRecord { task, state: before, .. } = record;
    let changed = match decision {
        Decision::Issue => Some(Task { issued_at: Some(at.recorded_at()), version: task.version + 1, ..task.clone() }),
        Decision::Void => Some(Task { voided_at: Some(at.recorded_at()), version: task.version + 1, ..task.clone() }),
        Decision::Suspend | Decision::Resume | Decision::Cancel => None,
    };
    if let Some(changed) = &changed {
        lookup::expect_updated(store::tasks::update(conn, changed))?;
    }
    if decision == Decision::Issue {
        commit(conn, task, before, seat, at)?;
    }
    let original = match decision {
        Decision::Issue => before.deadline_id,
        _ => record.original_deadline.as_ref().map(|row| row.id),
    };
    let schedule = obligations::schedule_if(conn, changed.as_ref().unwrap_or(task), record.deadline.as_ref(), original)?;
    obligations::restate(conn, before, schedule.as_ref())
}

/// What the task is committed to from now on.
fn commit(conn: &mut Connection, task: &Task, state: &TaskStateRow, seat: &Seat, at: &Moment) -> AppResult<()> {
    let commitment = Commitment {
        id: at.new_id(),
        task_id: task.id,
        position: seat.position(),
        change_id: None,
        deadline_id: state.deadline_id,
        lead_unit_id: task.lead_unit_id,
        weight: task.weight,
        scope: task.scope.clone(),
        recorded_at: at.recorded_at(),
    };
    Ok(store::commitments::insert(conn, &commitment)?)
}

fn past(decision: Decision) -> &'static str {
    match decision {
        Decision::Issue => "issued",
        Decision::Suspend => "suspended",
        Decision::Resume => "resumed",
        Decision::Cancel => "cancelled",
        Decision::Void => "voided",
    }
}
