//! Instructions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::posts::PostRef;
use super::progress_reports::TaskRef;
use super::units::UnitRef;
use crate::domain::deadline::Deadline;
use crate::domain::instructions::{InstructionAction, InstructionState, StepKind};
use crate::domain::tasks::Secrecy;
use crate::domain::timeliness::{Judgement, Timeliness};
use crate::domain::{Id, Origin};
use crate::store::instructions::{Instruction, InstructionStep};
use crate::store::posts::Post;
use crate::store::tasks::Task;
use crate::store::units::Unit;

/// An instruction (ý kiến chỉ đạo) with its dialogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstructionView {
    pub id: Id,
    pub task: TaskRef,
    /// Id of the report it is about, where it is about one.
    pub report: Option<Id>,
    /// The unit it was given to.
    pub to_unit: UnitRef,
    /// Who answers for it today: the same, unless a reorganisation ended that unit.
    pub answering_unit: UnitRef,
    /// The post of the leader who gave it.
    pub from_post: Option<PostRef>,
    /// Written for the leader by somebody else.
    pub on_behalf: bool,
    pub text: String,
    /// By when an answer is wanted, as it was read on the day it was given.
    pub due: Option<Deadline>,
    /// The day lateness is judged by.
    pub due_on: Option<NaiveDate>,
    pub state: InstructionState,
    /// How it stands today; `null` once it was withdrawn.
    pub timeliness: Option<Timeliness>,
    /// Days after the day it was to be answered by (negative: before it).
    pub days_late: Option<i64>,
    /// The day of the answer that stands.
    pub answered_on: Option<NaiveDate>,
    /// User name of who gave it.
    pub given_by: Option<String>,
    pub given_at: DateTime<Utc>,
    pub origin: Origin,
    /// What happened since, oldest first.
    pub steps: Vec<InstructionStepView>,
    /// What the reader may do with it now.
    pub allowed_actions: Vec<InstructionAction>,
    pub version: i32,
}

/// One step of the dialogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstructionStepView {
    pub step: StepKind,
    /// The answer, or the reason.
    pub text: Option<String>,
    /// Id of the report that proves an answer.
    pub report: Option<Id>,
    /// Written for the unit by the focal office.
    pub on_behalf: bool,
    /// User name of who took it.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

/// Who and what stands around an instruction.
#[derive(Debug)]
pub struct Around {
    /// The task it is about.
    pub task: Task,
    /// The unit it was given to.
    pub unit: Unit,
    /// Who answers for it today.
    pub answering: Unit,
    /// The post of the leader who gave it.
    pub post: Option<Post>,
    /// User name of who gave it.
    pub author: Option<String>,
}

impl InstructionView {
    /// An instruction as it stands, with its steps and the user names of who took them.
    pub fn new(
        row: Instruction,
        around: Around,
        steps: Vec<(InstructionStep, Option<String>)>,
        judgement: Judgement,
        allowed_actions: Vec<InstructionAction>,
    ) -> Self {
        let Around { task, unit, answering, post, author } = around;
        Self {
            id: row.id,
            task: TaskRef { id: task.id, title: Some(task.title).filter(|_| task.secrecy == Secrecy::None) },
            report: row.report_id,
            to_unit: UnitRef::from(&unit),
            answering_unit: UnitRef::from(&answering),
            from_post: post.as_ref().map(PostRef::from),
            on_behalf: row.on_behalf,
            text: row.text,
            due: row.due.and_then(|json| super::kept("instructions.due", &json)),
            due_on: row.due_on,
            state: row.state,
            timeliness: judgement.timeliness,
            days_late: judgement.days_late,
            answered_on: row.answered_on,
            given_by: author,
            given_at: row.recorded_at.and_utc(),
            origin: row.origin,
            steps: steps.into_iter().map(step).collect(),
            allowed_actions,
            version: row.version,
        }
    }
}

fn step((row, by): (InstructionStep, Option<String>)) -> InstructionStepView {
    InstructionStepView {
        step: row.step,
        text: row.text,
        report: row.report_id,
        on_behalf: row.on_behalf,
        by,
        at: row.recorded_at.and_utc(),
    }
}
