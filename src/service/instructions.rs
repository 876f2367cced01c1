//! Instructions: a leader tells a unit something, the unit answers, the leader accepts or asks again.

pub mod shown;
pub mod standing;
pub mod steps;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::deadline::Deadline;
use crate::domain::instructions::{InstructionDraft, InstructionQuery, InstructionState};
use crate::domain::task_drafts::DeadlineDraft;
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::instructions::{Instruction, InstructionFilter};
use crate::store::tasks::Task;

use self::shown::ShownInstruction;
use super::access::{InstructUnits, Permit, ReadWork};
use super::journal::{self, Happening};
use super::lookup;
use super::paging::{Page, PageRequest};
use super::shown_tasks::{ShownTask, show_one};
use super::{notifications, task_drafts, tasks, voices};

/// What an instruction is about.
struct About {
    shown: ShownTask,
    report: Option<Id>,
}

/// Gives an instruction.
///
/// # Errors
/// `forbidden` unless granted on the unit that is told; `illegal_state` on a draft or a voided task; 422 naming
/// each field that breaks a rule.
pub fn give(conn: &mut Connection, permit: &Permit<InstructUnits>, draft: &InstructionDraft, at: &Moment) -> AppResult<ShownInstruction> {
    let About { shown, report } = about(conn, permit, draft, at)?;
    let named = lookup::unit_if(conn, permit, "/to_unit", draft.to_unit.as_ref())?;
    let unit = named.unwrap_or_else(|| shown.record.answering().clone());
    permit.require_unit(&unit)?;
    let task = &shown.record.task;
    if task.issued_at.is_none() || task.voided_at.is_some() {
        return Err(AppError::illegal_state(shown.actions));
    }
    if task.secrecy != Secrecy::None {
        return Err(AppError::invalid("/text", rules::SECRET_STUB));
    }
    lookup::valid_on(&unit, "/to_unit", at.today())?;
    lookup::same_province("/to_unit", &unit, &shown.record.lead)?;
    let on_behalf = !voices::of_leader(permit.actor(), &unit);
    let post = lookup::post_if(conn, permit, "/from_post", draft.from_post)?;
    if on_behalf && post.is_none() {
        return Err(AppError::invalid("/from_post", rules::REQUIRED));
    }
    let due = draft.due.as_deref().map(|text| due(conn, task, text, at)).transpose()?;
    let instruction = Instruction {
        id: at.new_id(),
        task_id: task.id,
        report_id: report,
        position: 0,
        to_unit_id: unit.id,
        from_post_id: post.map(|post| post.id),
        on_behalf,
        text: draft.text.clone(),
        due_on: due.as_ref().and_then(Deadline::due_on),
        due: due.map(|due| serde_json::to_string(&due)).transpose().map_err(AppError::internal)?,
        state: InstructionState::Open,
        answered_on: None,
        given_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
        version: 1,
    };
    notifications::told::instructed(conn, &instruction, (task, &unit), at)?;
    let seat = journal::reserve(conn)?;
    let instruction = Instruction { position: seat.position(), ..instruction };
    store::instructions::insert(conn, &instruction)?;
    let happening = Happening::created("instruction.given", "instruction", instruction.id, draft).within(&unit.area_path);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    shown::one(conn, permit.actor(), instruction, at)
}

/// The task an instruction names, or that of the report it names; nobody else changes it until the transaction ends.
fn about(conn: &mut Connection, permit: &Permit<InstructUnits>, draft: &InstructionDraft, at: &Moment) -> AppResult<About> {
    let (pointer, named, id, report) = match (draft.task, draft.report) {
        (Some(task), None) => ("/task", task, task, None),
        (None, Some(report)) => {
            let found = lookup::record(conn, "/report", Some(report), store::progress_reports::find)?;
            ("/report", report, found.map_or(report, |found| found.task_id), Some(report))
        }
        _ => return Err(AppError::invalid_fields(vec![FieldError::new("", rules::ONE_OF).with("fields", "task, report")])),
    };
    let mut held = || {
        store::tasks::lock(conn, id)?;
        let shown = show_one(conn, permit.actor(), id, at)?;
        tasks::require_published(permit, &shown.record.task, &shown.record.lead)?;
        Ok(shown)
    };
    Ok(About { shown: lookup::named(pointer, named, held())?, report })
}

/// Reads by when something is wanted, from today on; a plain day is written as people do.
///
/// # Errors
/// 422 `before_today`.
pub fn due(conn: &mut Connection, task: &Task, text: &str, at: &Moment) -> AppResult<Deadline> {
    let text = text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |day| day.format("%d/%m/%Y").to_string());
    let read = task_drafts::read_deadline(conn, task, &DeadlineDraft { text, reference_date: Some(at.today()) }, at)?;
    match read.due_on() {
        Some(day) if day < at.today() => {
            Err(AppError::invalid_fields(vec![FieldError::new("/due", rules::BEFORE_TODAY).with("today", at.today())]))
        }
        _ => Ok(read),
    }
}

/// The instruction with this id.
///
/// # Errors
/// `not_found`; `forbidden` outside the reader's reach, whatever else the reader sees of the task.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownInstruction> {
    let instruction = lookup::found(store::instructions::find(conn, id))?;
    let shown = shown::one(conn, permit.actor(), instruction, at)?;
    tasks::require_published(permit, &shown.task, &shown.lead)?;
    permit.require_unit(&shown.unit)?;
    Ok(shown)
}

/// A page of instructions, newest first.
///
/// # Errors
/// `invalid_parameter`; for a task also as `tasks::get`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: InstructionQuery, at: &Moment) -> AppResult<Page<ShownInstruction>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    if let Some(task) = query.task {
        tasks::get(conn, permit, task, at)?;
    }
    let unit = query.unit.map(|unit| lookup::unit_parameter(conn, permit, "unit", &unit)).transpose()?;
    let filter = InstructionFilter {
        task_id: query.task,
        to_unit_id: unit.map(|unit| unit.id),
        state: query.state,
        overdue: query.overdue.map(|overdue| (overdue, at.today())),
        before: request.after()?,
        limit: request.limit()? + 1,
    };
    let rows = tasks::rows_of(conn, permit)?;
    let page = request.page(store::instructions::list(conn, &rows, &filter)?, |row| row.position)?;
    Ok(Page { items: shown::all(conn, permit.actor(), page.items, at)?, next: page.next })
}
