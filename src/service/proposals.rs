//! Proposals: a unit asks an authority for something in a report; the authority answers or declines.

pub mod shown;

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::progress_reports::ReportDraft;
use crate::domain::proposals::{ProposalAction, ProposalAnswerDraft, ProposalDraft, ProposalQuery, ProposalState};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::store;
use crate::store::progress_reports::{ProgressReport, ReportProposal};
use crate::store::proposals::{Proposal, ProposalFilter};
use crate::store::tasks::Task;
use crate::store::units::Unit;

use self::shown::ShownProposal;
use super::access::{AnswerProposals, LogProgress, Permit, ReadWork, Right};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{succession, tasks};

/// What a report proposes, as it will be kept, each with the authority that is asked.
///
/// `lead` answers for the task and makes the report; `monitoring` verifies it.
///
/// # Errors
/// 422 for a unit that is unknown, of another province or does not exist today.
pub fn drafted(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    (task, lead, monitoring): (&Task, &Unit, &Unit),
    draft: &ReportDraft,
    at: &Moment,
) -> AppResult<Vec<ReportProposal>> {
    let mut all = Vec::with_capacity(draft.proposals.len());
    for (place, ProposalDraft { text, to_unit }) in draft.proposals.iter().enumerate() {
        let pointer = format!("/proposals/{place}/to_unit");
        let to_unit = match lookup::unit_if(conn, permit, &pointer, to_unit.as_ref())? {
            Some(unit) => {
                lookup::valid_on(&unit, &pointer, at.today())?;
                lookup::same_province(&pointer, &unit, lead)?;
                unit
            }
            None => authority(conn, task, lead, monitoring, at)?,
        };
        let proposal = Proposal {
            id: at.new_id(),
            report_id: Id::NIL,
            task_id: task.id,
            position: 0,
            ordinal: i32::try_from(place + 1).map_err(AppError::internal)?,
            unit_id: lead.id,
            to_unit_id: to_unit.id,
            text: text.clone(),
            state: ProposalState::Open,
            answer: None,
            answer_post_id: None,
            answered_on: None,
            decided_by: None,
            decided_at: None,
            recorded_by: permit.actor().account(),
            origin: at.origin,
            recorded_at: at.recorded_at(),
            version: 1,
        };
        all.push(ReportProposal { proposal, to_unit });
    }
    Ok(all)
}

/// Whom a unit asks if it does not say: who monitors the task, else the unit's superior, else nobody stands above it.
/// What has ended is asked through its successor.
fn authority(conn: &mut Connection, task: &Task, lead: &Unit, monitoring: &Unit, at: &Moment) -> AppResult<Unit> {
    let asked = match lead.parent_id {
        _ if monitoring.id != lead.id => monitoring.clone(),
        Some(superior) => lookup::found(store::units::find(conn, superior))?,
        None => lead.clone(),
    };
    let mut answering = succession::addressees(conn, &[(task, &asked)], at)?;
    Ok(answering.pop().unwrap_or(asked))
}

/// Keeps what a report proposes, in the report's place of the journal.
///
/// # Errors
/// The database's.
pub fn keep(conn: &mut Connection, report: &ProgressReport, proposals: &mut [ReportProposal]) -> AppResult<()> {
    for ReportProposal { proposal, .. } in proposals {
        (proposal.report_id, proposal.position) = (report.id, report.position);
        store::proposals::insert(conn, proposal)?;
    }
    Ok(())
}

/// What these reports propose, by report.
///
/// # Errors
/// The database's.
pub fn of_reports(conn: &mut Connection, reports: &[Id]) -> AppResult<HashMap<Id, Vec<ReportProposal>>> {
    let found = store::proposals::of_reports(conn, reports)?;
    let units: Vec<Id> = found.iter().map(|proposal| proposal.to_unit_id).collect();
    let units: HashMap<Id, Unit> = store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut of: HashMap<Id, Vec<ReportProposal>> = HashMap::new();
    for proposal in found {
        let to_unit = units.get(&proposal.to_unit_id).cloned().ok_or_else(|| AppError::internal("a proposal without its unit"))?;
        of.entry(proposal.report_id).or_default().push(ReportProposal { proposal, to_unit });
    }
    Ok(of)
}

/// The proposal with this id.
///
/// # Errors
/// As `tasks::get`; whoever it is addressed to reads it as well.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownProposal> {
    let proposal = lookup::found(store::proposals::find(conn, id))?;
    let seen = tasks::get(conn, permit, proposal.task_id, at);
    let shown = shown::one(conn, permit.actor(), proposal, at)?;
    match seen {
        Err(error) if error.code.status != 403 || !permit.covers_unit(&shown.to_unit.path, &shown.to_unit.area_path) => Err(error),
        _ => Ok(shown),
    }
}

/// A page of proposals, newest first.
///
/// # Errors
/// `invalid_parameter`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: ProposalQuery, at: &Moment) -> AppResult<Page<ShownProposal>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    let unit = query.unit.map(|unit| lookup::unit_parameter(conn, permit, "unit", &unit)).transpose()?;
    let to_unit = query.to_unit.map(|unit| lookup::unit_parameter(conn, permit, "to_unit", &unit)).transpose()?;
    let filter = ProposalFilter {
        unit_id: unit.map(|unit| unit.id),
        to_unit_id: to_unit.map(|unit| unit.id),
        state: query.state,
        before: request.after()?,
        limit: request.limit()? + 1,
    };
    let rows = tasks::rows_of(conn, permit)?;
    let page = request.page(store::proposals::list(conn, &rows, &filter)?, |row| (row.position, row.ordinal))?;
    Ok(Page { items: shown::all(conn, permit.actor(), page.items, at)?, next: page.next })
}

/// A proposal that may be answered or withdrawn: permission, version and state have been checked.
#[derive(Debug)]
pub struct Decidable(ShownProposal);

/// Finds the proposal and keeps others from changing its task.
///
/// # Errors
/// `not_found`; `forbidden` unless granted on the authority that is asked, or to withdraw it on the unit that asked;
/// `stale`, `illegal_state`.
pub fn to_decide<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    id: Id,
    expected: Expected,
    action: ProposalAction,
    at: &Moment,
) -> AppResult<Decidable> {
    let proposal = lookup::found(store::proposals::find(conn, id))?;
    store::tasks::lock(conn, proposal.task_id)?;
    // Read again: whoever held the lock may have decided it.
    let proposal = lookup::found(store::proposals::find(conn, id))?;
    let shown = shown::one(conn, permit.actor(), proposal, at)?;
    tasks::require_published(permit, &shown.task, &shown.lead)?;
    permit.require_unit(match action {
        ProposalAction::Answer => &shown.answering,
        ProposalAction::Withdraw => &shown.asking,
    })?;
    expected.check(shown.proposal.version)?;
    if shown.proposal.state != ProposalState::Open || shown.task.voided_at.is_some() {
        return Err(AppError::illegal_state(Vec::<ProposalAction>::new()));
    }
    Ok(Decidable(shown))
}

/// Answers or declines a proposal.
///
/// # Errors
/// 422 for a post that is unknown.
pub fn answer(
    conn: &mut Connection,
    permit: &Permit<AnswerProposals>,
    Decidable(shown): Decidable,
    draft: &ProposalAnswerDraft,
    at: &Moment,
) -> AppResult<ShownProposal> {
    let post = lookup::post_if(conn, permit, "/from_post", draft.from_post)?;
    let answered = Proposal {
        state: draft.outcome.into(),
        answer: Some(draft.answer.clone()),
        answer_post_id: post.map(|post| post.id),
        answered_on: Some(at.today()),
        ..shown.proposal
    };
    decide(conn, permit, answered, at)
}

/// Takes a proposal back.
///
/// # Errors
/// The database's.
pub fn withdraw(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    Decidable(shown): Decidable,
    reason: Option<&String>,
    at: &Moment,
) -> AppResult<ShownProposal> {
    decide(conn, permit, Proposal { state: ProposalState::Withdrawn, answer: reason.cloned(), ..shown.proposal }, at)
}

fn decide<R: Right>(conn: &mut Connection, permit: &Permit<R>, decided: Proposal, at: &Moment) -> AppResult<ShownProposal> {
    let decided =
        Proposal { decided_by: permit.actor().account(), decided_at: Some(at.recorded_at()), version: decided.version + 1, ..decided };
    lookup::expect_updated(store::proposals::update(conn, &decided))?;
    let action = format!("proposal.{}", decided.state);
    let happening = Happening::changed(&action, "proposal", decided.id, &ProposalState::Open, &decided.state);
    journal::append(conn, permit.actor(), &happening.because(decided.answer.as_deref()), at)?;
    shown::one(conn, permit.actor(), decided, at)
}
