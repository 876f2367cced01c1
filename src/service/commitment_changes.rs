//! Changes of commitments: the only way deadline, weight, scope or lead unit of an issued task
//! change. The original stays visible, and the past can be read.

use crate::db::Connection;
use crate::domain::commitment_changes::{Changed, CommitmentChangeDraft};
use crate::domain::obligations::Promise;
use crate::domain::tasks::TaskAction;
use crate::domain::timeliness::judged_due;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::commitment_changes::CommitmentChange;
use crate::store::commitments::Commitment;
use crate::store::deadlines::DeadlineRow;
use crate::store::task_states::TaskStateRow;
use crate::store::tasks::Task;
use crate::store::units::Unit;

use super::access::{ApproveCommitments, ChangeCommitments, Permit, ReadWork, Right};
use super::journal::{self, Happening};
use super::lookup;
use super::obligations;
use super::shown_tasks::{ShownTask, standing};
use super::task_drafts::keep_deadline;
use super::tasks;
use super::unit_events::moves::catch_up;

/// The rights by which commitments change: one's own decision, or that on a request.
pub trait Commits: Right {}
impl Commits for ChangeCommitments {}
impl Commits for ApproveCommitments {}

/// A task whose commitments may be changed: permission and state have been checked.
#[derive(Debug)]
pub struct Changeable(ShownTask);

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// `not_found`, `forbidden`, `illegal_state` with what is allowed.
pub fn target<R: Commits>(conn: &mut Connection, permit: &Permit<R>, id: Id, at: &Moment) -> AppResult<Changeable> {
    let shown = tasks::hold(conn, permit, id, at)?;
    if !standing(&shown.record).allowed_actions().contains(&TaskAction::ChangeCommitment) {
        return Err(AppError::illegal_state(shown.actions));
    }
    Ok(Changeable(shown))
}

/// Changes what is named; answers the change.
///
/// # Errors
/// 422 when nothing would change, or the new lead unit is unknown or not valid.
pub fn change<R: Commits>(
    conn: &mut Connection,
    permit: &Permit<R>,
    Changeable(shown): Changeable,
    draft: &CommitmentChangeDraft,
    at: &Moment,
) -> AppResult<CommitmentChange> {
    let record = &shown.record;
    let lead = lookup::unit_if(conn, permit, "/lead_unit", draft.lead_unit.as_ref())?.filter(|u| u.id != record.lead.id);
    if let Some(lead) = &lead {
        permit.require_unit(lead)?;
        lookup::valid_on(lead, "/lead_unit", at.today())?;
        lookup::same_province("/lead_unit", lead, &record.lead)?;
    }
    let changes = changes_of(&shown, draft, lead.as_ref());
    if changes.is_empty() {
        return Err(AppError::invalid_fields(vec![FieldError::new("", rules::NOTHING_CHANGES)]));
    }
    let changed = Task {
        lead_unit_id: lead.as_ref().map_or(record.task.lead_unit_id, |u| u.id),
        weight: draft.weight.unwrap_or(record.task.weight),
        scope: draft.scope.clone().or_else(|| record.task.scope.clone()),
        version: record.task.version + 1,
        ..record.task.clone()
    };
    let deadline = match changes.iter().any(|c| c.field == "deadline") {
        true => keep_deadline(conn, &changed, draft.deadline.as_ref(), at)?,
        false => record.deadline.clone(),
    };
    commit(conn, permit, Commitments { task: changed, deadline, changes }, draft, at)
}

/// A change with whom it came from.
#[derive(Debug, Clone)]
pub struct ShownChange {
    /// The row.
    pub change: CommitmentChange,
    /// User name of who recorded it.
    pub author: Option<String>,
    /// The request it granted, with the user name of who had asked.
    pub request: Option<(Id, Option<String>)>,
}

/// The changes of a task's commitments, oldest first.
///
/// # Errors
/// As `tasks::get`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, task: Id, at: &Moment) -> AppResult<Vec<ShownChange>> {
    tasks::get(conn, permit, task, at)?;
    let rows = store::commitment_changes::of_task(conn, task)?;
    let changes: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let granted = store::commitment_requests::granted_by(conn, &changes)?;
    let requests = lookup::with_authors(conn, granted, |(_, _, asked_by)| *asked_by)?;
    let request_of = |id: Id| requests.iter().find(|((change, _, _), _)| *change == id).map(|((_, request, _), by)| (*request, by.clone()));
    let rows = lookup::with_authors(conn, rows, |row| row.recorded_by)?;
    Ok(rows.into_iter().map(|(change, author)| ShownChange { request: request_of(change.id), change, author }).collect())
}

/// What a task shall be committed to.
struct Commitments {
    task: Task,
    deadline: Option<DeadlineRow>,
    changes: Vec<Changed>,
}

fn commit<R: Commits>(
    conn: &mut Connection,
    permit: &Permit<R>,
    Commitments { task, deadline, changes }: Commitments,
    draft: &CommitmentChangeDraft,
    at: &Moment,
) -> AppResult<CommitmentChange> {
    let seat = journal::reserve(conn)?;
    let change = CommitmentChange {
        id: at.new_id(),
        task_id: task.id,
        position: seat.position(),
        changes: serde_json::to_string(&changes).map_err(AppError::internal)?,
        reason: draft.reason.clone(),
        legal_basis: draft.legal_basis.clone(),
        approver: draft.approver.clone(),
        recorded_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
    };
    store::commitment_changes::insert(conn, &change)?;
    let commitment = Commitment {
        id: at.new_id(),
        task_id: task.id,
        position: seat.position(),
        change_id: Some(change.id),
        deadline_id: deadline.as_ref().map(|d| d.id),
        lead_unit_id: task.lead_unit_id,
        weight: task.weight,
        scope: task.scope.clone(),
        recorded_at: at.recorded_at(),
    };
    store::commitments::insert(conn, &commitment)?;
    lookup::expect_updated(store::tasks::update(conn, &task))?;
    if changes.iter().any(|change| change.field == "lead_unit") {
        store::task_handovers::end_of_task(conn, task.id, at.today())?;
        catch_up(conn, &task, at.today(), &seat, at)?;
    }
    rejudge(conn, &task, deadline.map(|d| d.id))?;
    let happening = Happening::created("task.commitment_changed", "task", task.id, &changes).because(Some(&draft.reason));
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(change)
}

/// Moves the day lateness is judged by, after every commitment there has been, and tells the one it was judged by at
/// first; of work that is done period by period also what is done.
fn rejudge(conn: &mut Connection, task: &Task, deadline_id: Option<Id>) -> AppResult<()> {
    let promised: Vec<Promise> = store::obligations::promises(conn, &[task.id], None)?.into_iter().map(|(_, promise)| promise).collect();
    let commitments = store::commitments::of_task(conn, task.id)?;
    let first = commitments.first();
    let rescheduled = commitments.iter().any(|(c, _)| first.is_some_and(|(original, _)| original.deadline_id != c.deadline_id));
    let state = TaskStateRow {
        deadline_id,
        due_on: judged_due(promised.iter().map(|promise| (promise.recorded_on, promise.due_on))),
        rescheduled,
        original_due_on: promised.first().filter(|_| rescheduled).and_then(|promise| promise.due_on),
        ..lookup::found(store::task_states::find(conn, task.id))?
    };
    match obligations::committed(task, &promised) {
        Some(schedule) => obligations::restate(conn, &state, Some(&schedule)).map(drop),
        None => Ok(store::task_states::update(conn, &state)?),
    }
}

/// What a draft changes of a task, from what to what.
pub(super) fn changes_of(shown: &ShownTask, draft: &CommitmentChangeDraft, lead: Option<&Unit>) -> Vec<Changed> {
    let task = &shown.record.task;
    let changed = |field: &str, from: Option<String>, to: Option<String>| Changed { field: field.to_owned(), from, to };
    let before = shown.record.deadline.as_ref();
    let mut changes = Vec::new();
    if let Some(deadline) = &draft.deadline {
        let same = before.is_some_and(|b| b.text == deadline.text && deadline.reference_date.is_none_or(|d| b.reference_date == Some(d)));
        if !same {
            changes.push(changed("deadline", before.map(|b| b.text.clone()), Some(deadline.text.clone())));
        }
    }
    if let Some(weight) = draft.weight.filter(|w| *w != task.weight) {
        changes.push(changed("weight", Some(task.weight.to_string()), Some(weight.to_string())));
    }
    if draft.scope.is_some() && draft.scope != task.scope {
        changes.push(changed("scope", task.scope.clone(), draft.scope.clone()));
    }
    if let Some(lead) = lead {
        changes.push(changed("lead_unit", Some(shown.record.lead.code.clone()), Some(lead.code.clone())));
    }
    changes
}
