//! Instructions as they stood on a day of the past, told from their steps.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::instructions::InstructionState;
use crate::error::AppResult;
use crate::store;
use crate::store::instructions::{Instruction, InstructionStep};

/// An instruction as it stood.
#[derive(Debug, Clone)]
pub struct Standing {
    pub instruction: Instruction,
    /// The root of its task.
    pub root: Id,
    /// The unit that leads its task, as it was given.
    pub lead: Id,
    pub state: InstructionState,
    /// Since when it stood so.
    pub since: NaiveDateTime,
}

/// The instructions of these roots that had come before `cutoff`, on tasks that were not voided; also some that had ended.
///
/// # Errors
/// The database's.
pub fn standing(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> AppResult<Vec<Standing>> {
    let found = store::briefings::live_instructions(conn, roots, cutoff)?;
    let ids: Vec<Id> = found.iter().map(|(instruction, ..)| instruction.id).collect();
    let steps = store::briefings::last_steps(conn, &ids, cutoff)?;
    let steps: HashMap<Id, InstructionStep> = steps.into_iter().map(|step| (step.instruction_id, step)).collect();
    let stood = |(instruction, root, lead): (Instruction, Id, Id)| {
        let step = steps.get(&instruction.id);
        Standing {
            root,
            lead,
            state: step.map_or(InstructionState::Open, |step| step.step.leads_to()),
            since: step.map_or(instruction.recorded_at, |step| step.recorded_at),
            instruction,
        }
    };
    Ok(found.into_iter().map(stood).collect())
}
