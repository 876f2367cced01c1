//! Instructions, and the steps of their dialogues.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::task_rows::{TaskRows, told_to};
use crate::db::Connection;
use crate::db::schema::{instruction_steps, instructions, tasks};
use crate::domain::instructions::{InstructionState, StepKind};
use crate::domain::{Id, Origin};

/// One instruction.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = instructions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Instruction {
    pub id: Id,
    /// The task it is about, also where it is about a report.
    pub task_id: Id,
    pub report_id: Option<Id>,
    pub position: i64,
    pub to_unit_id: Id,
    pub from_post_id: Option<Id>,
    /// Whether somebody else wrote it for the leader.
    pub on_behalf: bool,
    pub text: String,
    /// By when an answer is wanted: the deadline as it was read, as JSON.
    pub due: Option<String>,
    /// The day lateness is judged by.
    pub due_on: Option<NaiveDate>,
    pub state: InstructionState,
    /// The day of the answer that stands; none while it is open.
    pub answered_on: Option<NaiveDate>,
    pub given_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
    pub version: i32,
}

versioned!(instructions, Instruction);

/// One step after an instruction was given.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = instruction_steps)]
pub struct InstructionStep {
    pub id: Id,
    pub instruction_id: Id,
    pub position: i64,
    pub step: StepKind,
    /// The answer, or the reason.
    pub text: Option<String>,
    pub report_id: Option<Id>,
    /// Whether the focal office wrote it for the unit.
    pub on_behalf: bool,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
}

/// Adds a step.
pub fn insert_step(conn: &mut Connection, row: &InstructionStep) -> StoreResult<()> {
    diesel::insert_into(instruction_steps::table).values(row).execute(conn).map(drop)
}

/// The steps of these instructions, in the order they were taken.
pub fn steps(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<InstructionStep>> {
    let load = |conn: &mut Connection| -> StoreResult<Vec<InstructionStep>> {
        load_among!(conn, instruction_steps::table.select(InstructionStep::as_select()), instruction_steps::instruction_id, ids)
    };
    let mut steps = load(conn)?;
    steps.sort_by_key(|step| step.position);
    Ok(steps)
}

/// Which instructions a list asks for.
#[derive(Debug, Clone, Default)]
pub struct InstructionFilter {
    pub task_id: Option<Id>,
    pub to_unit_id: Option<Id>,
    pub state: Option<InstructionState>,
    /// Whether it is late today, and which day that is.
    pub overdue: Option<(bool, NaiveDate)>,
    /// Position of the last instruction of the page before.
    pub before: Option<i64>,
    pub limit: i64,
}

/// A page of instructions to units within what the reader reads, newest first; on voided tasks only
/// when one is asked for by itself.
pub fn list(conn: &mut Connection, rows: &TaskRows, filter: &InstructionFilter) -> StoreResult<Vec<Instruction>> {
    let mut query = instructions::table
        .inner_join(tasks::table)
        .filter(told_to!(rows, instructions::to_unit_id))
        .select(Instruction::as_select())
        .order(instructions::position.desc())
        .limit(filter.limit)
        .into_boxed();
    query = match filter.task_id {
        Some(task) => query.filter(instructions::task_id.eq(task)),
        None => query.filter(tasks::voided_at.is_null()),
    };
    if let Some(unit) = filter.to_unit_id {
        query = query.filter(instructions::to_unit_id.eq(unit));
    }
    if let Some(state) = filter.state {
        query = query.filter(instructions::state.eq(state));
    }
    query = match filter.overdue {
        Some((true, today)) => query.filter(instructions::state.eq(InstructionState::Open)).filter(instructions::due_on.lt(today)),
        Some((false, today)) => query
            .filter(instructions::state.ne(InstructionState::Open).or(instructions::due_on.is_null()).or(instructions::due_on.ge(today))),
        None => query,
    };
    if let Some(position) = filter.before {
        query = query.filter(instructions::position.lt(position));
    }
    query.load(conn)
}

/// Those of these instructions that the reader sees.
pub fn visible_among(conn: &mut Connection, rows: &TaskRows, ids: &[Id]) -> StoreResult<Vec<Id>> {
    instructions::table
        .inner_join(tasks::table)
        .filter(told_to!(rows, instructions::to_unit_id))
        .filter(instructions::id.eq_any(ids.to_vec()))
        .select(instructions::id)
        .load(conn)
}
