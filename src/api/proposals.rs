//! `/proposals`.

use actix_web::{get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Body, Caller, Params, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::commitment_requests::WithdrawalDraft;
use crate::domain::proposals::{ProposalAction, ProposalAnswerDraft, ProposalQuery};
use crate::error::AppResult;
use crate::service::access::{AnswerProposals, LogProgress, ReadWork};
use crate::service::proposals;
use crate::service::proposals::shown::ShownProposal;
use crate::view::paging::PageView;
use crate::view::proposals::{Around, ProposalView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_proposals).service(get_proposal).service(answer_proposal).service(withdraw_proposal);
}

/// List proposals
///
/// Newest first. They are made in progress reports; `state=open` is what authorities owe an answer to. Those to one's
/// own units are among them, whoever works on the task.
#[utoipa::path(tag = "tasks", params(ProposalQuery), responses((status = 200, description = "A page of proposals.", body = PageView<ProposalView>)))]
#[get("/proposals")]
async fn list_proposals(state: State, caller: Caller<ReadWork>, Params(query): Params<ProposalQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = proposals::list(conn, &caller, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Get a proposal
///
/// Its `ETag` is what an answer names in `If-Match`.
#[utoipa::path(tag = "tasks", params(("proposal" = Id, Path, description = "Id of the proposal.")), responses((status = 200, description = "The proposal.", body = ProposalView)))]
#[get("/proposals/{proposal}")]
async fn get_proposal(state: State, caller: Caller<ReadWork>, PathId(proposal): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = proposals::get(conn, &caller, proposal, at)?;
            caller.tagged(shown.proposal.version, at, &view(shown))
        })
        .await
}

/// Answer or decline a proposal
///
/// For offices and leaders over the authority that is asked.
#[utoipa::path(
    tag = "tasks",
    params(("proposal" = Id, Path, description = "Id of the proposal.")),
    request_body = ProposalAnswerDraft,
    responses((status = 200, description = "The proposal.", body = ProposalView))
)]
#[put("/proposals/{proposal}/answer")]
async fn answer_proposal(
    state: State,
    caller: Caller<AnswerProposals>,
    PathId(proposal): PathId,
    body: Body<ProposalAnswerDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = proposals::to_decide(conn, &caller, proposal, caller.expected(), ProposalAction::Answer, at)?;
            let shown = proposals::answer(conn, &caller, target, &body.read()?, at)?;
            caller.tagged(shown.proposal.version, at, &view(shown))
        })
        .await
}

/// Withdraw a proposal
///
/// For the unit that made it, and for offices, while it is open.
#[utoipa::path(
    tag = "tasks",
    params(("proposal" = Id, Path, description = "Id of the proposal.")),
    request_body = WithdrawalDraft,
    responses((status = 200, description = "The proposal.", body = ProposalView))
)]
#[put("/proposals/{proposal}/withdrawal")]
async fn withdraw_proposal(
    state: State,
    caller: Caller<LogProgress>,
    PathId(proposal): PathId,
    body: Body<WithdrawalDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = proposals::to_decide(conn, &caller, proposal, caller.expected(), ProposalAction::Withdraw, at)?;
            let shown = proposals::withdraw(conn, &caller, target, body.read()?.reason.as_ref(), at)?;
            caller.tagged(shown.proposal.version, at, &view(shown))
        })
        .await
}

fn view(shown: ShownProposal) -> ProposalView {
    let ShownProposal { proposal, task, lead: _, unit, asking: _, to_unit, answering, post, author, decider, actions } = shown;
    ProposalView::new(proposal, Around { task, unit, to_unit, answering, post, people: (author, decider) }, actions)
}
