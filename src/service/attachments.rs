//! Attachments: files that prove something about a task, sent by those who work on it, loaded by those who read it.
//!
//! The bytes are no concern of these functions: they lie in a folder, under the SHA-256 that a row names.

pub mod shown;

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::attachments::{AttachedFile, AttachmentAction, AttachmentDraft, AttachmentQuery, MOST_OF_REPORT, MOST_OF_TASK};
use crate::domain::progress_reports::Verification;
use crate::domain::tasks::Secrecy;
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::attachments::{Attachment, AttachmentFilter};
use crate::store::tasks::Task;
use crate::store::units::Unit;

use super::access::{LogProgress, Permit, ReadWork};
use super::contributions::is_open;
use super::journal::{self, Happening};
use super::paging::{Page, PageRequest};
use super::shown_tasks::{ShownTask, show_one};
use super::{lookup, tasks, voices};
pub use shown::ShownAttachment;
use shown::{confirmed, covers, may_void, one, show};

const NOUN: &str = "attachment";

/// A task that takes files from this account: permission and state have been checked.
#[derive(Debug)]
pub struct Attachable(ShownTask);

/// Whether this account may add files to a task, before one is read; nothing is held.
///
/// # Errors
/// `not_found`; `forbidden` unless granted on the unit that answers for it or on one that helps.
pub fn check(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id, at: &Moment) -> AppResult<ShownTask> {
    let shown = show_one(conn, permit.actor(), id, at)?;
    let record = &shown.record;
    tasks::require_published(permit, &record.task, &record.lead)?;
    if !record.coordinating.iter().any(|unit| covers(permit, unit)) {
        permit.require_unit(record.answering())?;
    }
    Ok(shown)
}

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// As [`check`]; `illegal_state` on a draft, a voided or a cancelled task; 422 on a secret one, which is a stub without files.
pub fn target(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id, at: &Moment) -> AppResult<Attachable> {
    store::tasks::lock(conn, id)?;
    let shown = check(conn, permit, id, at)?;
    if !is_open(&shown) {
        return Err(AppError::illegal_state(shown.actions));
    }
    if shown.record.task.secrecy != Secrecy::None {
        return Err(AppError::invalid("/file", rules::SECRET_STUB));
    }
    Ok(Attachable(shown))
}

/// Adds a file to a task. Whoever calls this has the file's bytes where they belong when the transaction ends.
///
/// # Errors
/// `illegal_state` for a report that was confirmed or returned; `forbidden` for a report of another unit; 422 naming the
/// field that breaks a rule.
pub fn attach(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    Attachable(shown): &Attachable,
    (draft, file): (&AttachmentDraft, &AttachedFile),
    at: &Moment,
) -> AppResult<ShownAttachment> {
    let task = shown.record.task.id;
    let unit = speaker(conn, permit, shown, draft)?;
    require_report(conn, permit, shown, draft.report)?;
    require_room(conn, task, draft.report)?;
    let seat = journal::reserve(conn)?;
    let attachment = Attachment {
        id: at.new_id(),
        task_id: task,
        report_id: draft.report,
        position: seat.position(),
        unit_id: unit.id,
        file_name: file.file_name.clone(),
        kind: file.kind,
        bytes: i64::try_from(file.bytes).map_err(AppError::internal)?,
        sha256: file.sha256.clone(),
        note: draft.note.clone(),
        on_behalf: !voices::of_unit(permit.actor(), &unit),
        recorded_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
        voided_by: None,
        voided_at: None,
        void_reason: None,
        version: 1,
    };
    store::attachments::insert(conn, &attachment)?;
    let happening = Happening::created("attachment.added", NOUN, attachment.id, &serde_json::json!({"about": draft, "file": file}));
    journal::append_at(conn, seat, permit.actor(), &happening.within(&shown.record.lead.area_path), at)?;
    let author = attachment.recorded_by.map(|_| permit.actor().username.clone());
    let actions = vec![AttachmentAction::Download, AttachmentAction::Void];
    Ok(ShownAttachment { attachment, unit, author, voider: None, actions })
}

/// The unit a file comes from: the one that is named, the one that answers for the task, or the only one that helps.
fn speaker(conn: &mut Connection, permit: &Permit<LogProgress>, shown: &ShownTask, draft: &AttachmentDraft) -> AppResult<Unit> {
    let (answering, helping) = (shown.record.answering(), &shown.record.coordinating);
    let Some(named) = lookup::unit_if(conn, permit, "/unit", draft.unit.as_ref())? else {
        let spoken: Vec<&Unit> = helping.iter().filter(|unit| covers(permit, unit)).collect();
        return match spoken.as_slice() {
            _ if covers(permit, answering) => Ok(answering.clone()),
            [unit] => Ok((*unit).clone()),
            _ => Err(AppError::invalid("/unit", rules::REQUIRED)),
        };
    };
    permit.require_unit(&named)?;
    let works = named.id == answering.id || helping.iter().any(|unit| unit.id == named.id);
    if works { Ok(named) } else { Err(AppError::invalid("/unit", rules::NOT_COORDINATING)) }
}

/// What was confirmed was confirmed with the files it had.
fn require_report(conn: &mut Connection, permit: &Permit<LogProgress>, shown: &ShownTask, report: Option<Id>) -> AppResult<()> {
    let of_task = |conn: &mut Connection, id| Ok(store::progress_reports::find(conn, id)?.filter(|r| r.task_id == shown.record.task.id));
    let Some(report) = lookup::record(conn, "/report", report, of_task)? else { return Ok(()) };
    permit.require_unit(shown.record.answering())?;
    match report.verification {
        Verification::Submitted => Ok(()),
        Verification::Verified | Verification::Returned => Err(AppError::illegal_state(Vec::<AttachmentAction>::new())),
    }
}

fn require_room(conn: &mut Connection, task: Id, report: Option<Id>) -> AppResult<()> {
    let full = |most: i64| AppError::invalid_fields(vec![FieldError::new("/file", rules::TOO_MANY_FILES).with("max", most)]);
    if store::attachments::count_of_task(conn, task)? >= MOST_OF_TASK {
        return Err(full(MOST_OF_TASK));
    }
    match report {
        Some(report) if store::attachments::count_of_report(conn, report)? >= MOST_OF_REPORT => Err(full(MOST_OF_REPORT)),
        _ => Ok(()),
    }
}

/// A page of attachments of a task, newest first. A task that became secret shows none.
///
/// # Errors
/// As `tasks::get`; `invalid_parameter`.
pub fn list(
    conn: &mut Connection,
    permit: &Permit<ReadWork>,
    task: Id,
    query: AttachmentQuery,
    at: &Moment,
) -> AppResult<Page<ShownAttachment>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    let shown = tasks::get(conn, permit, task, at)?;
    let (before, limit) = (request.after()?, request.limit()? + 1);
    if shown.record.task.secrecy != Secrecy::None {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let filter = AttachmentFilter { task_id: task, report_id: query.report, before, limit };
    let page = request.page(store::attachments::list(conn, &filter)?, |row| row.position)?;
    Ok(Page { items: show(conn, permit.actor(), &shown, page.items)?, next: page.next })
}

/// The attachment with this id.
///
/// # Errors
/// As `tasks::get`; `not_found` once its task is secret.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownAttachment> {
    let attachment = lookup::found(store::attachments::find(conn, id))?;
    let shown = tasks::get(conn, permit, attachment.task_id, at)?;
    if shown.record.task.secrecy != Secrecy::None {
        return Err(AppError::new(codes::NOT_FOUND));
    }
    one(conn, permit.actor(), &shown, attachment)
}

/// The attachment whose content is asked for. What is void is loaded by those alone who audit its root.
///
/// # Errors
/// As [`get`]; `illegal_state` for a void one.
pub fn content(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownAttachment> {
    let shown = get(conn, permit, id, at)?;
    if shown.actions.contains(&AttachmentAction::Download) { Ok(shown) } else { Err(AppError::illegal_state(shown.actions)) }
}

/// An attachment that may be voided: permission and state have been checked.
#[derive(Debug)]
pub struct Voidable {
    attachment: Attachment,
    shown: ShownTask,
}

/// Finds the attachment and keeps others from changing its task.
///
/// # Errors
/// `not_found`; `forbidden` unless granted on the unit it comes from, or, once its report was confirmed, unless an office;
/// `illegal_state` for a void one.
pub fn to_void(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id, at: &Moment) -> AppResult<Voidable> {
    let found = lookup::found(store::attachments::find(conn, id))?;
    store::tasks::lock(conn, found.task_id)?;
    let attachment = lookup::found(store::attachments::find(conn, id))?;
    let shown = show_one(conn, permit.actor(), attachment.task_id, at)?;
    tasks::require_published(permit, &shown.record.task, &shown.record.lead)?;
    if shown.record.task.secrecy != Secrecy::None {
        return Err(AppError::new(codes::NOT_FOUND));
    }
    let unit = lookup::found(store::units::find(conn, attachment.unit_id))?;
    permit.require_unit(&unit)?;
    if !may_void(permit.actor(), &unit, !confirmed(conn, std::slice::from_ref(&attachment))?.is_empty()) {
        return Err(AppError::new(codes::FORBIDDEN));
    }
    if attachment.voided_at.is_some() {
        return Err(AppError::illegal_state(Vec::<AttachmentAction>::new()));
    }
    Ok(Voidable { attachment, shown })
}

/// Voids an attachment: it stays listed with the reason, and its content stays where it is.
///
/// # Errors
/// The database's.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    Voidable { attachment, shown }: Voidable,
    draft: &VoidDraft,
    at: &Moment,
) -> AppResult<ShownAttachment> {
    let voided = Attachment {
        voided_by: permit.actor().account(),
        voided_at: Some(at.recorded_at()),
        void_reason: Some(draft.reason.clone()),
        version: attachment.version + 1,
        ..attachment
    };
    lookup::expect_updated(store::attachments::update(conn, &voided))?;
    let happening = Happening::changed("attachment.voided", NOUN, voided.id, &false, &true).because(Some(&draft.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    one(conn, permit.actor(), &shown, voided)
}

/// The attachments of these reports, by report; none of tasks that are secret.
///
/// # Errors
/// The database's.
pub fn of_reports(conn: &mut Connection, reports: &[Id], tasks: &HashMap<Id, Task>) -> AppResult<HashMap<Id, Vec<Attachment>>> {
    let mut files: HashMap<Id, Vec<Attachment>> = HashMap::new();
    for attachment in store::attachments::of_reports(conn, reports)? {
        let shown = tasks.get(&attachment.task_id).is_some_and(|task| task.secrecy == Secrecy::None);
        if let Some(report) = attachment.report_id.filter(|_| shown) {
            files.entry(report).or_default().push(attachment);
        }
    }
    Ok(files)
}
