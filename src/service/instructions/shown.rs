//! Instructions as they are shown: with their dialogue, how they stand, and what may be done next.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::instructions::InstructionAction;
use crate::domain::timeliness::Judgement;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes};
use crate::store;
use crate::store::instructions::{Instruction, InstructionStep};
use crate::store::posts::Post;
use crate::store::tasks::Task;
use crate::store::units::Unit;

use crate::service::access::{Actor, AnswerInstructions, InstructUnits, Permit, Right};
use crate::service::{succession, voices};

/// An instruction as it is shown to one reader on one day.
#[derive(Debug, Clone)]
pub struct ShownInstruction {
    /// The row.
    pub instruction: Instruction,
    /// The task it is about.
    pub task: Task,
    /// The lead unit of that task.
    pub lead: Unit,
    /// The unit it was given to.
    pub unit: Unit,
    /// Who answers for it today.
    pub answering: Unit,
    /// The post of the leader who gave it.
    pub post: Option<Post>,
    /// User name of who gave it.
    pub author: Option<String>,
    /// What happened since, each step with the user name of who took it.
    pub steps: Vec<(InstructionStep, Option<String>)>,
    /// How it stands against the day it is to be answered by.
    pub judgement: Judgement,
    /// What this reader may do with it.
    pub actions: Vec<InstructionAction>,
}

impl ShownInstruction {
    /// Refuses whoever writes for leaders where a leader spoke: what a leader gave, a leader accepts and takes
    /// back. What was written for a leader is everybody's who may write so.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn require_voice(&self, actor: &Actor, action: InstructionAction) -> AppResult<()> {
        if has_voice(actor, &self.instruction, &self.answering, action) { Ok(()) } else { Err(AppError::new(codes::FORBIDDEN)) }
    }
}

fn has_voice(actor: &Actor, given: &Instruction, answering: &Unit, action: InstructionAction) -> bool {
    match action {
        InstructionAction::Answer => true,
        InstructionAction::Close | InstructionAction::Reopen => given.on_behalf || voices::of_leader(actor, answering),
        InstructionAction::Withdraw => given.on_behalf || given.given_by == actor.account(),
    }
}

/// One instruction as it is shown to this actor.
///
/// # Errors
/// The database's.
pub fn one(conn: &mut Connection, actor: &Actor, instruction: Instruction, at: &Moment) -> AppResult<ShownInstruction> {
    all(conn, actor, vec![instruction], at)?.pop().ok_or_else(|| AppError::internal("an instruction vanished"))
}

/// Instructions as they are shown to this actor: all around them is loaded at once, whatever their number.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut Connection, actor: &Actor, rows: Vec<Instruction>, at: &Moment) -> AppResult<Vec<ShownInstruction>> {
    let around = Around::load(conn, &rows)?;
    let pairs = rows.iter().map(|row| around.pair(row)).collect::<AppResult<Vec<_>>>()?;
    let answering = succession::addressees(conn, &pairs, at)?;
    rows.into_iter().zip(answering).map(|(row, answering)| around.show(actor, row, answering, at)).collect()
}

/// What stands around some instructions.
struct Around {
    tasks: HashMap<Id, Task>,
    units: HashMap<Id, Unit>,
    posts: HashMap<Id, Post>,
    names: HashMap<Id, String>,
    steps: HashMap<Id, Vec<InstructionStep>>,
}

impl Around {
    fn load(conn: &mut Connection, rows: &[Instruction]) -> AppResult<Self> {
        let ids = |of: fn(&Instruction) -> Id| rows.iter().map(of).collect::<Vec<_>>();
        let tasks: HashMap<Id, Task> =
            store::tasks::with_ids(conn, &ids(|row| row.task_id))?.into_iter().map(|task| (task.id, task)).collect();
        let units: Vec<Id> = rows.iter().map(|row| row.to_unit_id).chain(tasks.values().map(|task| task.lead_unit_id)).collect();
        let posts: Vec<Id> = rows.iter().filter_map(|row| row.from_post_id).collect();
        let all = store::instructions::steps(conn, &ids(|row| row.id))?;
        let people: Vec<Id> = rows.iter().map(|row| row.given_by).chain(all.iter().map(|step| step.recorded_by)).flatten().collect();
        let mut steps: HashMap<Id, Vec<InstructionStep>> = HashMap::new();
        for step in all {
            steps.entry(step.instruction_id).or_default().push(step);
        }
        Ok(Self {
            units: store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect(),
            posts: store::posts::with_ids(conn, &posts)?.into_iter().map(|post| (post.id, post)).collect(),
            names: store::users::names(conn, &people)?.into_iter().collect(),
            tasks,
            steps,
        })
    }

    fn pair(&self, row: &Instruction) -> AppResult<(&Task, &Unit)> {
        let pair = self.tasks.get(&row.task_id).zip(self.units.get(&row.to_unit_id));
        pair.ok_or_else(|| AppError::internal("an instruction without its task or unit"))
    }

    fn show(&self, actor: &Actor, row: Instruction, answering: Unit, at: &Moment) -> AppResult<ShownInstruction> {
        let (task, unit) = self.pair(&row)?;
        let lead = self.units.get(&task.lead_unit_id).ok_or_else(|| AppError::internal("a task without its lead unit"))?;
        let named = |id: Option<Id>| id.and_then(|id| self.names.get(&id)).cloned();
        let steps = self.steps.get(&row.id).cloned().unwrap_or_default();
        Ok(ShownInstruction {
            actions: allowed(actor, &row, task, &answering),
            judgement: row.state.judge(row.answered_on, row.due_on, at.today(), at.due_soon_days),
            post: row.from_post_id.and_then(|id| self.posts.get(&id)).cloned(),
            author: named(row.given_by),
            steps: steps.into_iter().map(|step| (step.clone(), named(step.recorded_by))).collect(),
            task: task.clone(),
            lead: lead.clone(),
            unit: unit.clone(),
            answering,
            instruction: row,
        })
    }
}

/// What this account may do with an instruction that `answering` answers for.
fn allowed(actor: &Actor, row: &Instruction, task: &Task, answering: &Unit) -> Vec<InstructionAction> {
    fn covers<R: Right>(actor: &Actor, unit: &Unit) -> bool {
        actor.permit::<R>().is_ok_and(|permit: Permit<R>| permit.covers_unit(&unit.path, &unit.area_path))
    }
    if task.voided_at.is_some() {
        return Vec::new();
    }
    let may = |action: &InstructionAction| {
        let right = match action {
            InstructionAction::Answer => covers::<AnswerInstructions>(actor, answering),
            _ => covers::<InstructUnits>(actor, answering),
        };
        right && has_voice(actor, row, answering, *action)
    };
    row.state.allowed_actions().iter().copied().filter(may).collect()
}
