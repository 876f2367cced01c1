//! Mail that tells at once of what happened, in the same transaction: if that is undone, nothing is sent.

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::notifications::{NotificationKind, letters};
use crate::domain::tasks::Secrecy;
use crate::error::{AppError, AppResult};
use crate::service::access::{Actor, ReadWork};
use crate::store;
use crate::store::instructions::Instruction;
use crate::store::progress_reports::ProgressReport;
use crate::store::tasks::Task;
use crate::store::units::Unit;

use super::queue;
use super::recipients::Recipients;

/// A report was returned: whoever logged it is told, if they may still read it.
///
/// # Errors
/// The database's.
pub fn returned(conn: &mut Connection, report: &ProgressReport, at: &Moment) -> AppResult<()> {
    let Some(author) = report.recorded_by.filter(|_| at.mails) else { return Ok(()) };
    let Some(user) = store::users::find(conn, author)? else { return Ok(()) };
    let task = store::tasks::with_ids(conn, &[report.task_id])?.pop();
    let unit = store::units::with_ids(conn, &[report.unit_id])?.pop();
    let (task, unit) = task.zip(unit).ok_or_else(|| AppError::internal("a report without its task or unit"))?;
    // Whoever has moved to another post since reads no more of it here than on the pages.
    let permit = Actor::of_user(conn, &user)?.on(at.today()).permit::<ReadWork>();
    if !permit.is_ok_and(|permit| permit.covers_unit(&unit.path, &unit.area_path)) {
        return Ok(());
    }
    let reason = report.verification_reason.as_deref();
    let content = letters::returned(&task.id.to_string(), shown_title(&task), &unit.name, reason);
    queue(conn, &user, (NotificationKind::ReportReturned, &report.id.to_string()), content, at).map(drop)
}

/// An instruction was given: the reporters of the unit it is addressed to are told.
///
/// # Errors
/// The database's.
pub fn instructed(conn: &mut Connection, instruction: &Instruction, (task, unit): (&Task, &Unit), at: &Moment) -> AppResult<()> {
    if !at.mails || !store::notifications::anybody(conn)? {
        return Ok(());
    }
    let from = match instruction.from_post_id {
        Some(post) => store::posts::find(conn, post)?.map(|post| post.title),
        None => None,
    };
    let recipients = Recipients::load(conn)?;
    let key = instruction.id.to_string();
    for user in recipients.reporters_of(unit) {
        let content =
            letters::instruction(&task.id.to_string(), &task.title, &unit.name, from.as_deref(), &instruction.text, instruction.due_on);
        queue(conn, user, (NotificationKind::Instruction, &key), content, at)?;
    }
    Ok(())
}

/// The title, as far as it may leave the house.
fn shown_title(task: &Task) -> Option<&String> {
    Some(&task.title).filter(|_| task.secrecy == Secrecy::None)
}
