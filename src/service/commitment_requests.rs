//! Requests to change commitments: a unit asks, an office or a leader approves or refuses.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::commitment_changes::CommitmentChangeDraft;
use crate::domain::commitment_requests::{
    CommitmentRequestDraft, CommitmentRequestQuery, RequestAction, RequestDecisionDraft, RequestOutcome, RequestState, WithdrawalDraft,
};
use crate::domain::tasks::TaskAction;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::commitment_requests::{CommitmentRequest, RequestFilter};
use crate::store::tasks::Task;
use crate::store::units::Unit;

use super::access::{Actor, ApproveCommitments, Permit, ReadWork, RequestCommitments, Right};
use super::commitment_changes::{self, changes_of};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::shown_tasks::{ShownTask, show, standing};
use super::tasks;

/// A request as it is shown to one reader.
#[derive(Debug, Clone)]
pub struct ShownRequest {
    /// The row.
    pub request: CommitmentRequest,
    /// The task it is about.
    pub task: Task,
    /// The unit that asks.
    pub unit: Unit,
    /// User name of who asked.
    pub author: Option<String>,
    /// User name of who decided, or withdrew it.
    pub decider: Option<String>,
    /// What this reader may do with it.
    pub actions: Vec<RequestAction>,
}

/// A task whose commitments others may be asked for: permission and state have been checked.
#[derive(Debug)]
pub struct Requestable(ShownTask);

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// `not_found`, `forbidden`, `illegal_state` with what is allowed.
pub fn target(conn: &mut Connection, permit: &Permit<RequestCommitments>, id: Id, at: &Moment) -> AppResult<Requestable> {
    let shown = tasks::hold(conn, permit, id, at)?;
    if !standing(&shown.record).allowed_actions().contains(&TaskAction::RequestCommitment) {
        return Err(AppError::illegal_state(shown.actions));
    }
    Ok(Requestable(shown))
}

/// Asks for what is named. Nothing changes until somebody approves.
///
/// # Errors
/// 422 when nothing would change, or the lead unit is unknown or not valid; 409 when the same is
/// asked for already and waits.
pub fn request(
    conn: &mut Connection,
    permit: &Permit<RequestCommitments>,
    Requestable(shown): Requestable,
    draft: &CommitmentRequestDraft,
    at: &Moment,
) -> AppResult<ShownRequest> {
    let record = &shown.record;
    let lead = lookup::unit_if(conn, permit, "/lead_unit", draft.lead_unit.as_ref())?.filter(|u| u.id != record.lead.id);
    if let Some(lead) = &lead {
        lookup::valid_on(lead, "/lead_unit", at.today())?;
        lookup::same_province("/lead_unit", lead, &record.lead)?;
    }
    let changes = changes_of(&shown, &draft.change(), lead.as_ref());
    if changes.is_empty() {
        return Err(AppError::invalid_fields(vec![FieldError::new("", rules::NOTHING_CHANGES)]));
    }
    let changes = serde_json::to_string(&changes).map_err(AppError::internal)?;
    if store::commitment_requests::waits(conn, record.task.id, &changes)? {
        return Err(AppError::new(codes::ALREADY_REQUESTED));
    }
    let seat = journal::reserve(conn)?;
    let request = CommitmentRequest {
        id: at.new_id(),
        task_id: record.task.id,
        position: seat.position(),
        unit_id: record.answering().id,
        asked: serde_json::to_string(draft).map_err(AppError::internal)?,
        changes,
        reason: draft.reason.clone(),
        legal_basis: draft.legal_basis.clone(),
        state: RequestState::Open,
        requested_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        change_id: None,
        version: 1,
    };
    store::commitment_requests::insert(conn, &request)?;
    let happening = Happening::created("commitment_request.opened", "commitment_request", request.id, draft).because(Some(&draft.reason));
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    one(conn, permit.actor(), request, at)
}

/// The request with this id.
///
/// # Errors
/// As `tasks::get`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownRequest> {
    let request = lookup::found(store::commitment_requests::find(conn, id))?;
    tasks::get(conn, permit, request.task_id, at)?;
    one(conn, permit.actor(), request, at)
}

/// A page of requests, newest first.
///
/// # Errors
/// `invalid_parameter`; for a task also as `tasks::get`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: CommitmentRequestQuery, at: &Moment) -> AppResult<Page<ShownRequest>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    if let Some(task) = query.task {
        tasks::get(conn, permit, task, at)?;
    }
    let unit = query.unit.map(|u| lookup::unit_parameter(conn, permit, "unit", &u)).transpose()?;
    let filter = RequestFilter {
        task_id: query.task,
        unit_id: unit.map(|u| u.id),
        state: query.state,
        before: request.after()?,
        limit: request.limit()? + 1,
    };
    let rows = tasks::rows_of(conn, permit)?;
    let page = request.page(store::commitment_requests::list(conn, &rows, &filter)?, |row| row.position)?;
    Ok(Page { items: shown(conn, permit.actor(), page.items, at)?, next: page.next })
}

/// A request that may be decided or withdrawn: permission, version and state have been checked.
#[derive(Debug)]
pub struct Decidable(CommitmentRequest);

/// Finds the request and keeps others from changing its task.
///
/// # Errors
/// `not_found`, `forbidden` unless granted on the unit that answers for the task, `stale`,
/// `illegal_state`.
pub fn to_decide<R: Right>(conn: &mut Connection, permit: &Permit<R>, id: Id, expected: Expected, at: &Moment) -> AppResult<Decidable> {
    let request = lookup::found(store::commitment_requests::find(conn, id))?;
    tasks::hold(conn, permit, request.task_id, at)?;
    // Read again: whoever held the lock may have decided it.
    let request = lookup::found(store::commitment_requests::find(conn, id))?;
    expected.check(request.version)?;
    if !request.state.is_open() {
        return Err(AppError::illegal_state(Vec::<RequestAction>::new()));
    }
    Ok(Decidable(request))
}

/// Approves a request, which changes the commitments as it asks, or refuses it.
///
/// # Errors
/// 422 when a refusal gives no reason, or what was asked for would change nothing any more;
/// `illegal_state` where the task takes no change.
pub fn decide(
    conn: &mut Connection,
    permit: &Permit<ApproveCommitments>,
    Decidable(request): Decidable,
    draft: &RequestDecisionDraft,
    at: &Moment,
) -> AppResult<ShownRequest> {
    let change_id = match draft.outcome {
        RequestOutcome::Refused if draft.reason.is_none() => return Err(AppError::invalid("/reason", rules::REASON_REQUIRED)),
        RequestOutcome::Refused => None,
        RequestOutcome::Approved => Some(grant(conn, permit, &request, draft, at)?),
    };
    close(conn, permit.actor(), CommitmentRequest { change_id, ..request }, draft.outcome.into(), draft.reason.as_ref(), at)
}

/// Takes a request back.
///
/// # Errors
/// The database's.
pub fn withdraw(
    conn: &mut Connection,
    permit: &Permit<RequestCommitments>,
    Decidable(request): Decidable,
    draft: &WithdrawalDraft,
    at: &Moment,
) -> AppResult<ShownRequest> {
    close(conn, permit.actor(), request, RequestState::Withdrawn, draft.reason.as_ref(), at)
}

fn grant(
    conn: &mut Connection,
    permit: &Permit<ApproveCommitments>,
    request: &CommitmentRequest,
    draft: &RequestDecisionDraft,
    at: &Moment,
) -> AppResult<Id> {
    let asked: CommitmentRequestDraft = serde_json::from_str(&request.asked).map_err(AppError::internal)?;
    let change = CommitmentChangeDraft {
        legal_basis: draft.legal_basis.clone().or_else(|| asked.legal_basis.clone()),
        approver: draft.approver.clone(),
        ..asked.change()
    };
    let target = commitment_changes::target(conn, permit, request.task_id, at)?;
    Ok(commitment_changes::change(conn, permit, target, &change, at)?.id)
}

fn close(
    conn: &mut Connection,
    actor: &Actor,
    request: CommitmentRequest,
    state: RequestState,
    reason: Option<&String>,
    at: &Moment,
) -> AppResult<ShownRequest> {
    let closed = CommitmentRequest {
        state,
        decided_by: actor.account(),
        decided_at: Some(at.recorded_at()),
        decision_reason: reason.cloned(),
        version: request.version + 1,
        ..request
    };
    lookup::expect_updated(store::commitment_requests::update(conn, &closed))?;
    let action = format!("commitment_request.{state}");
    let happening = Happening::changed(&action, "commitment_request", closed.id, &RequestState::Open, &state);
    journal::append(conn, actor, &happening.because(reason.map(String::as_str)), at)?;
    one(conn, actor, closed, at)
}

fn one(conn: &mut Connection, actor: &Actor, request: CommitmentRequest, at: &Moment) -> AppResult<ShownRequest> {
    shown(conn, actor, vec![request], at)?.pop().ok_or_else(|| AppError::internal("a request vanished"))
}

/// Requests with their tasks, units and the names of who asked and decided: all loaded at once, whatever their number.
fn shown(conn: &mut Connection, actor: &Actor, requests: Vec<CommitmentRequest>, at: &Moment) -> AppResult<Vec<ShownRequest>> {
    let people: Vec<Id> = requests.iter().flat_map(|r| [r.requested_by, r.decided_by]).flatten().collect();
    let names: HashMap<Id, String> = store::users::names(conn, &people)?.into_iter().collect();
    let units: Vec<Id> = requests.iter().map(|r| r.unit_id).collect();
    let units: HashMap<Id, Unit> = store::units::with_ids(conn, &units)?.into_iter().map(|u| (u.id, u)).collect();
    let mut tasks: Vec<Id> = requests.iter().map(|r| r.task_id).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let rows = store::tasks::rows_with_ids(conn, &tasks)?;
    let tasks: HashMap<Id, ShownTask> = show(conn, actor, rows, at)?.into_iter().map(|shown| (shown.record.task.id, shown)).collect();
    let mut all = Vec::with_capacity(requests.len());
    for request in requests {
        let shown = tasks.get(&request.task_id).ok_or_else(|| AppError::internal("a request without its task"))?;
        let unit = units.get(&request.unit_id).cloned().ok_or_else(|| AppError::internal("a request without its unit"))?;
        let named = |id: Option<Id>| id.and_then(|id| names.get(&id)).cloned();
        all.push(ShownRequest {
            actions: allowed(actor, &request, shown),
            author: named(request.requested_by),
            decider: named(request.decided_by),
            task: shown.record.task.clone(),
            request,
            unit,
        });
    }
    Ok(all)
}

/// What this account may do with a request on a task that stands so.
fn allowed(actor: &Actor, request: &CommitmentRequest, shown: &ShownTask) -> Vec<RequestAction> {
    fn covers<R: Right>(actor: &Actor, unit: &Unit) -> bool {
        actor.permit::<R>().is_ok_and(|permit| permit.covers_unit(&unit.path, &unit.area_path))
    }
    if !request.state.is_open() || shown.record.task.voided_at.is_some() {
        return Vec::new();
    }
    let unit = shown.record.answering();
    let (decides, asks) = (covers::<ApproveCommitments>(actor, unit), covers::<RequestCommitments>(actor, unit));
    let changeable = standing(&shown.record).allowed_actions().contains(&TaskAction::ChangeCommitment);
    let may = |action: &RequestAction| match action {
        RequestAction::Approve => decides && changeable,
        RequestAction::Refuse => decides,
        RequestAction::Withdraw => asks,
    };
    RequestAction::ALL.iter().copied().filter(may).collect()
}
