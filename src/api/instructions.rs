//! `/instructions`.

use actix_web::{get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::commitment_requests::WithdrawalDraft;
use crate::domain::instructions::{InstructionAction, InstructionAnswerDraft, InstructionClosingDraft, InstructionDraft, InstructionQuery};
use crate::error::AppResult;
use crate::service::access::{AnswerInstructions, InstructUnits, ReadWork};
use crate::service::instructions;
use crate::service::instructions::shown::ShownInstruction;
use crate::service::instructions::steps;
use crate::view::instructions::{Around, InstructionView};
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_instructions)
        .service(create_instruction)
        .service(get_instruction)
        .service(answer_instruction)
        .service(close_instruction)
        .service(withdraw_instruction);
}

/// List instructions
///
/// Newest first. Reporters see those to their own units. `state=open` is what units owe an answer to,
/// `state=answered` what leaders have to accept.
#[utoipa::path(tag = "tasks", params(InstructionQuery), responses((status = 200, description = "A page of instructions.", body = PageView<InstructionView>)))]
#[get("/instructions")]
async fn list_instructions(state: State, caller: Caller<ReadWork>, Params(query): Params<InstructionQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = instructions::list(conn, &caller, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Give an instruction
///
/// About a task or a report, to the unit that answers for the task or to another. For leaders; offices and other
/// systems write it for a leader: they name the leader's post, and the record says so.
#[utoipa::path(
    tag = "tasks",
    request_body = InstructionDraft,
    responses((status = 201, description = "The instruction.", body = InstructionView))
)]
#[post("/instructions")]
async fn create_instruction(state: State, caller: Caller<InstructUnits>, body: Body<InstructionDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let shown = instructions::give(conn, caller, &body.read()?, at)?;
        let (id, version) = (shown.instruction.id, shown.instruction.version);
        caller.created(format!("{BASE}/instructions/{id}"), version, at, &view(shown))
    })
    .await
}

/// Get an instruction
///
/// With its dialogue. Its `ETag` is what the next step names in `If-Match`.
#[utoipa::path(tag = "tasks", params(("instruction" = Id, Path, description = "Id of the instruction.")), responses((status = 200, description = "The instruction.", body = InstructionView)))]
#[get("/instructions/{instruction}")]
async fn get_instruction(state: State, caller: Caller<ReadWork>, PathId(instruction): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = instructions::get(conn, &caller, instruction, at)?;
            caller.tagged(shown.instruction.version, at, &view(shown))
        })
        .await
}

/// Answer an instruction
///
/// For the unit it was given to; an office may answer for it, marked so. It is late if the day it was to be answered
/// by has passed.
#[utoipa::path(
    tag = "tasks",
    params(("instruction" = Id, Path, description = "Id of the instruction.")),
    request_body = InstructionAnswerDraft,
    responses((status = 200, description = "The instruction.", body = InstructionView))
)]
#[put("/instructions/{instruction}/answer")]
async fn answer_instruction(
    state: State,
    caller: Caller<AnswerInstructions>,
    PathId(instruction): PathId,
    body: Body<InstructionAnswerDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let held = steps::hold(conn, &caller, instruction, caller.expected(), InstructionAction::Answer, at)?;
            let shown = steps::answer(conn, &caller, held, &body.read()?, at)?;
            caller.tagged(shown.instruction.version, at, &view(shown))
        })
        .await
}

/// Accept the answer to an instruction, or ask again
///
/// `reopened` needs a reason, and the unit owes another answer. What a leader gave, a leader closes; what was written
/// for a leader, also whoever writes so.
#[utoipa::path(
    tag = "tasks",
    params(("instruction" = Id, Path, description = "Id of the instruction.")),
    request_body = InstructionClosingDraft,
    responses((status = 200, description = "The instruction.", body = InstructionView))
)]
#[put("/instructions/{instruction}/closing")]
async fn close_instruction(
    state: State,
    caller: Caller<InstructUnits>,
    PathId(instruction): PathId,
    body: Body<InstructionClosingDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let held = steps::hold(conn, &caller, instruction, caller.expected(), InstructionAction::Close, at)?;
            let shown = steps::close(conn, &caller, held, &body.read()?, at)?;
            caller.tagged(shown.instruction.version, at, &view(shown))
        })
        .await
}

/// Withdraw an instruction
///
/// For whoever gave it; what was written for a leader, also for others who may write so.
#[utoipa::path(
    tag = "tasks",
    params(("instruction" = Id, Path, description = "Id of the instruction.")),
    request_body = WithdrawalDraft,
    responses((status = 200, description = "The instruction.", body = InstructionView))
)]
#[put("/instructions/{instruction}/withdrawal")]
async fn withdraw_instruction(
    state: State,
    caller: Caller<InstructUnits>,
    PathId(instruction): PathId,
    body: Body<WithdrawalDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let held = steps::hold(conn, &caller, instruction, caller.expected(), InstructionAction::Withdraw, at)?;
            let shown = steps::withdraw(conn, &caller, held, body.read()?.reason.as_ref(), at)?;
            caller.tagged(shown.instruction.version, at, &view(shown))
        })
        .await
}

fn view(shown: ShownInstruction) -> InstructionView {
    let ShownInstruction { instruction, task, lead: _, unit, answering, post, author, steps, judgement, actions } = shown;
    InstructionView::new(instruction, Around { task, unit, answering, post, author }, steps, judgement, actions)
}
