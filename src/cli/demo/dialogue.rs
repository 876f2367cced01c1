//! Plays what the demo's leader told units, what they answered, and what units that help with a task did for it.

use crate::db::Connection;
use crate::domain::contributions::TaskContributionDraft;
use crate::domain::instructions::{ClosingOutcome, InstructionAction, InstructionAnswerDraft, InstructionClosingDraft, InstructionDraft};
use crate::domain::{Id, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{AnswerInstructions, Contribute, InstructUnits};
use crate::service::instructions::steps;
use crate::service::lookup::Expected;
use crate::service::{contributions, instructions};

use super::data::{Helped, Instruction};
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

/// Files it in the name of the unit's reporter where the demo has one, of the focal office elsewhere.
pub fn contribute(conn: &mut Connection, world: &World<'_>, filed: &Helped, at: &Moment) -> AppResult<()> {
    let permit = world.speaker(Some(&filed.by))?.permit::<Contribute>()?;
    let target = contributions::target(conn, &permit, world.task(&filed.task, None)?, at)?;
    let unit = Some(Reference::from(filed.by.clone()));
    let draft = TaskContributionDraft { unit, result: filed.result.clone(), measured_on: filed.on };
    contributions::file(conn, &permit, target, &draft, at).map(drop)
}
