//! Tasks as they are written: drafts, and what of an issued task may still be edited.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::deadline::{self, Context, Deadline, TermSpan};
use crate::domain::external_refs::RefKind;
use crate::domain::merge_patch::MergePatch;
use crate::domain::partial_date::{DatePrecision, PartialDate};
use crate::domain::task_drafts::{DeadlineDraft, TaskDraft};
use crate::domain::task_state;
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Moment, Reference, text};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::deadlines::DeadlineRow;
use crate::store::task_states::TaskStateRow;
use crate::store::tasks::{Task, TaskRecord};

use super::access::{Permit, WriteWork};
use super::calendar_days;
use super::clauses;
use super::external_refs::{self, Subject};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::obligations;
use super::shown_tasks::{ShownTask, show_one};
use super::task_links::{Links, group, inherited};
use super::tasks::hold;
use super::unit_events::moves::catch_up;

/// Shown instead of the title of a secret task.
const SECRET_TITLE: &str = "Nhiệm vụ mật";

/// Creates a draft; it counts once it is issued. A group it is given to is noted, nothing more: the parts
/// are made by `group_tasks`, or stand in the file that is imported.
///
/// # Errors
/// 422 for what points at nothing or breaks a rule; `forbidden` for a lead unit outside one's reach.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskDraft, at: &Moment) -> AppResult<ShownTask> {
    let draft = &inherited(conn, permit, draft)?;
    let links = Links::resolve(conn, permit, draft)?;
    lookup::valid_on(&links.lead, "/lead_unit", given_on(draft, at))?;
    let group = group(conn, permit, draft, links.root_id)?;
    let id = at.new_id();
    let task = row(id, draft, &links, at);
    store::tasks::insert(conn, &task)?;
    store::tasks::set_coordinating(conn, id, &links.coordinating)?;
    group.map(|group| store::unit_groups::give(conn, id, group.id)).transpose()?;
    clauses::cite(conn, id, links.root_id, &draft.clauses, &[], at)?;
    call(conn, &task, draft, at)?;
    let deadline = keep_deadline(conn, &task, draft.deadline.as_ref(), at)?;
    let due_on = obligations::drafted_due(&task, deadline.as_ref());
    let state = TaskStateRow::new(id, deadline.map(|d| d.id), due_on, &task_state::derive(&[], &[]));
    store::task_states::insert(conn, &state)?;
    let seat = journal::reserve(conn)?;
    catch_up(conn, &task, given_on(draft, at), &seat, at)?;
    journal::append_at(conn, seat, permit.actor(), &Happening::created("task.created", "task", id, draft), at)?;
    show_one(conn, permit.actor(), id, at)
}

/// Changes a task. Deadline, weight, scope and lead unit of an issued one stay.
///
/// # Errors
/// `committed` when a patch touches those; `stale`, 422, `forbidden`, `not_found`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<ShownTask> {
    let shown = hold(conn, permit, id, at)?;
    expected.check(shown.record.task.version)?;
    if shown.record.task.voided_at.is_some() {
        return Err(AppError::illegal_state(shown.actions));
    }
    let before = draft_of(&shown);
    let mut draft = lookup::patched(&before, patch)?;
    if draft.lead_unit == Some(Reference::Code(shown.record.lead.code.clone())) {
        draft.lead_unit = before.lead_unit.clone();
    }
    if shown.record.unit_group.as_ref().is_some_and(|group| draft.lead_group == Some(Reference::Code(group.code.clone()))) {
        draft.lead_group = before.lead_group.clone();
    }
    replace(conn, permit, shown, &before, draft, at)
}

/// Makes a held task what the draft says; `before` is what is said of it now.
///
/// # Errors
/// As [`update`].
pub fn replace(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    shown: ShownTask,
    before: &TaskDraft,
    draft: TaskDraft,
    at: &Moment,
) -> AppResult<ShownTask> {
    let current = shown.record.task.clone();
    let id = current.id;
    if draft.parent != before.parent {
        return Err(AppError::invalid("/parent", rules::FORMAT));
    }
    if draft.lead_group != before.lead_group {
        return Err(AppError::invalid("/lead_group", rules::FIXED));
    }
    if current.issued_at.is_some() && commits_otherwise(before, &draft) {
        return Err(AppError::new(codes::COMMITTED));
    }
    let links = Links::resolve(conn, permit, &draft)?;
    if links.lead.id != current.lead_unit_id {
        lookup::valid_on(&links.lead, "/lead_unit", given_on(&draft, at))?;
    }
    let fresh = row(id, &draft, &links, at);
    let changed = Task {
        version: current.version + 1,
        issued_at: current.issued_at,
        recorded_at: current.recorded_at,
        origin: current.origin,
        handed_over: current.handed_over,
        ..fresh
    };
    lookup::expect_updated(store::tasks::update(conn, &changed))?;
    store::tasks::set_coordinating(conn, id, &links.coordinating)?;
    clauses::cite(conn, id, links.root_id, &draft.clauses, &before.clauses, at)?;
    call(conn, &changed, &draft, at)?;
    rejudge(conn, &changed, before, &draft, &shown.record, at)?;
    let seat = journal::reserve(conn)?;
    if changed.lead_unit_id != current.lead_unit_id {
        store::task_handovers::end_of_task(conn, id, at.today())?;
        catch_up(conn, &changed, given_on(&draft, at), &seat, at)?;
    }
    journal::append_at(conn, seat, permit.actor(), &Happening::changed("task.changed", "task", id, before, &draft), at)?;
    show_one(conn, permit.actor(), id, at)
}

/// Moves the date lateness is judged by: another deadline of a draft does, and another day on which repeated work
/// begins.
fn rejudge(conn: &mut Connection, task: &Task, before: &TaskDraft, draft: &TaskDraft, record: &TaskRecord, at: &Moment) -> AppResult<()> {
    if draft.deadline != before.deadline {
        let deadline = keep_deadline(conn, task, draft.deadline.as_ref(), at)?;
        let due_on = obligations::drafted_due(task, deadline.as_ref());
        let state = TaskStateRow { deadline_id: deadline.map(|d| d.id), due_on, ..record.state.clone() };
        return Ok(store::task_states::update(conn, &state)?);
    }
    let original = record.original_deadline.as_ref().map(|row| row.id);
    match obligations::schedule_if(conn, task, record.deadline.as_ref(), original)? {
        Some(schedule) if task.assigned_on != record.task.assigned_on => {
            obligations::restate(conn, &record.state, Some(&schedule)).map(drop)
        }
        _ => Ok(()),
    }
}

/// The day a draft says its unit was given the work; today, if it says no day or one to come.
pub(super) fn given_on(draft: &TaskDraft, at: &Moment) -> NaiveDate {
    let day = draft.assigned_on.as_ref().filter(|on| on.precision == DatePrecision::Day).and_then(|on| on.date);
    day.filter(|day| *day < at.today()).unwrap_or(at.today())
}

fn call(conn: &mut Connection, task: &Task, draft: &TaskDraft, at: &Moment) -> AppResult<()> {
    let subject = Subject { kind: RefKind::Task, id: task.id, root_id: task.root_id };
    external_refs::set(conn, subject, &draft.external_refs, at).map(drop)
}

/// Reads a deadline the way a task's would be read and keeps it.
///
/// # Errors
/// The database's.
pub fn keep_deadline(conn: &mut Connection, task: &Task, draft: Option<&DeadlineDraft>, at: &Moment) -> AppResult<Option<DeadlineRow>> {
    let Some(draft) = draft else { return Ok(None) };
    let read = read_deadline(conn, task, draft, at)?;
    let row = DeadlineRow::new(at.new_id(), task.id, &read, at.recorded_at());
    store::deadlines::insert(conn, &row)?;
    Ok(Some(row))
}

/// Reads the words of a deadline as those of this task are read.
///
/// # Errors
/// The database's.
pub fn read_deadline(conn: &mut Connection, task: &Task, draft: &DeadlineDraft, at: &Moment) -> AppResult<Deadline> {
    let resolution = task.resolution_id.map(|id| store::resolutions::find(conn, id)).transpose()?.flatten();
    let programme = task.programme_id.map(|id| store::programmes::find(conn, id)).transpose()?.flatten();
    let term = programme.as_ref().and_then(|p| p.term_id).or(resolution.as_ref().and_then(|r| r.term_id));
    let term = term.map(|id| store::terms::find(conn, id)).transpose()?.flatten();
    let written = draft.reference_date.or(task.assigned_on);
    let issued = programme.and_then(|p| p.issued_on).or(resolution.and_then(|r| r.issued_on));
    // Most words do not ask for it.
    let context = Context {
        reference_date: written.or(issued),
        term: term.map(|t| TermSpan { start: t.starts_on, end: t.ends_on }),
        strict_before: at.strict_before,
        working_calendar: calendar_days::working_calendar_for(conn, &draft.text)?,
    };
    Ok(deadline::parse(&draft.text, &context))
}

/// Whether two drafts promise different things.
fn commits_otherwise(before: &TaskDraft, after: &TaskDraft) -> bool {
    (&before.deadline, before.weight, &before.scope, &before.lead_unit) != (&after.deadline, after.weight, &after.scope, &after.lead_unit)
}

fn row(id: Id, draft: &TaskDraft, links: &Links, at: &Moment) -> Task {
    let title = draft.title.clone().unwrap_or_else(|| SECRET_TITLE.to_owned());
    let assigned = draft.assigned_on.as_ref();
    Task {
        id,
        root_id: links.root_id,
        parent_id: draft.parent,
        resolution_id: draft.resolution,
        programme_id: draft.programme,
        group_id: draft.group,
        field_id: draft.field,
        breakthrough_id: draft.breakthrough,
        pillar_id: draft.pillar,
        objective_id: draft.objective,
        folded: text::fold(&title),
        title,
        description: draft.description.clone(),
        deliverable: draft.deliverable.clone(),
        lead_unit_id: links.lead.id,
        monitoring_unit_id: links.monitoring.as_ref().map(|u| u.id),
        accountable_post_id: draft.accountable_post,
        assigned_by: draft.assigned_by.clone(),
        assigned_text: assigned.map(|d| d.text.clone()),
        assigned_on: assigned.and_then(|d| d.date),
        assigned_precision: assigned.map(|d| d.precision),
        assigning_document: draft.assigning_document.clone(),
        weight: draft.weight,
        scope: draft.scope.clone(),
        secrecy: draft.secrecy,
        issued_at: None,
        voided_at: None,
        source: draft.source.clone(),
        origin: at.origin,
        version: 1,
        recorded_at: at.recorded_at(),
        handed_over: false,
    }
}

/// What is said of a task now.
pub fn draft_of(shown: &ShownTask) -> TaskDraft {
    let record = &shown.record;
    let task = record.task.clone();
    TaskDraft {
        title: Some(task.title).filter(|_| task.secrecy == Secrecy::None),
        description: task.description,
        deliverable: task.deliverable,
        parent: task.parent_id,
        resolution: task.resolution_id,
        programme: task.programme_id,
        group: task.group_id,
        field: task.field_id,
        breakthrough: task.breakthrough_id,
        pillar: task.pillar_id,
        objective: task.objective_id,
        clauses: record.clauses.clone(),
        lead_unit: Some(Reference::Id(task.lead_unit_id)),
        lead_group: record.unit_group.as_ref().map(|group| Reference::Id(group.id)),
        coordinating_units: record.coordinating.iter().map(|u| Reference::Id(u.id)).collect(),
        monitoring_unit: task.monitoring_unit_id.map(Reference::Id),
        accountable_post: task.accountable_post_id,
        assigned_by: task.assigned_by,
        assigned_on: task.assigned_text.as_deref().map(PartialDate::parse),
        assigning_document: task.assigning_document,
        weight: task.weight,
        scope: task.scope,
        deadline: record.deadline.as_ref().map(|d| DeadlineDraft { text: d.text.clone(), reference_date: d.reference_date }),
        secrecy: task.secrecy,
        source: task.source,
        external_refs: record.external_refs.clone(),
    }
}
