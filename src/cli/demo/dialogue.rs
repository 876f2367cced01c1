//! Plays what the demo's leader told units, and what they answered.

use crate::db::Connection;
use crate::domain::instructions::{ClosingOutcome, InstructionAction, InstructionAnswerDraft, InstructionClosingDraft, InstructionDraft};
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{AnswerInstructions, InstructUnits};
use crate::service::instructions;
use crate::service::instructions::steps;
use crate::service::lookup::Expected;

use super::data::Instruction;
use super::world::World;

/// Gives it in the name of the demo's leader; answers its id.
pub fn give(conn: &mut Connection, world: &World<'_>, told: &Instruction, at: &Moment) -> AppResult<Id> {
    let permit = world.leader()?.permit::<InstructUnits>()?;
    let draft = InstructionDraft {
        task: Some(world.task(&told.task, told.unit.as_ref())?),
        report: None,
        to_unit: None,
        text: told.text.clone(),
        due: told.due.clone(),
        from_post: None,
    };
    Ok(instructions::give(conn, &permit, &draft, at)?.instruction.id)
}

/// Answers it in the name of the unit's reporter where the demo has one, of the focal office elsewhere.
pub fn answer(conn: &mut Connection, world: &World<'_>, told: &Instruction, id: Id, at: &Moment) -> AppResult<()> {
    let permit = world.speaker(told.unit.as_deref())?.permit::<AnswerInstructions>()?;
    let held = steps::hold(conn, &permit, id, Expected::Any, InstructionAction::Answer, at)?;
    let draft = InstructionAnswerDraft { text: told.answer.clone().unwrap_or_default(), report: None };
    steps::answer(conn, &permit, held, &draft, at).map(drop)
}

/// Accepts the answer in the name of the demo's leader.
pub fn close(conn: &mut Connection, world: &World<'_>, id: Id, at: &Moment) -> AppResult<()> {
    let permit = world.leader()?.permit::<InstructUnits>()?;
    let held = steps::hold(conn, &permit, id, Expected::Any, InstructionAction::Close, at)?;
    let draft = InstructionClosingDraft { outcome: ClosingOutcome::Closed, reason: None };
    steps::close(conn, &permit, held, &draft, at).map(drop)
}
