//! Wholes as lines of an explanation: a task with parts, and the tasks below it.

use std::collections::HashSet;

use crate::db::Connection;
use crate::domain::explanations::{Below, Whole};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{Permit, ReadDashboards};
use crate::service::shown_tasks::ShownTask;
use crate::service::{lookup, tasks};
use crate::store;

use super::picture::Question;

/// The whole whose numbers are asked for, and all that stood below it on the day asked about, whoever may read it.
///
/// # Errors
/// `invalid_parameter` naming `task`, if it is not there, out of the reader's sight or has no parts; naming `as_of`, if it
/// had none on that day.
pub fn find_whole(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    id: Id,
    question: &Question,
    at: &Moment,
) -> AppResult<(Whole, HashSet<Id>)> {
    let shown = readable(conn, permit, id, question, at)?;
    let frame = question.frame();
    let cutoff = (frame.as_of != frame.today).then(|| calendar::end_of(frame.as_of).naive_utc());
    let Below { tasks, is_flat } = Below::of(id, &store::task_facts::parts(conn, question.roots(), cutoff)?);
    if tasks.is_empty() {
        // A task without parts stands for itself: there is nothing to add up.
        let (parameter, rule) = if shown.parts.is_some() { ("as_of", rules::NOT_YET_KNOWN) } else { ("task", rules::NOT_HERE) };
        return Err(AppError::bad_parameter(parameter, rule));
    }
    let task = shown.record.task;
    let title = Some(task.title).filter(|_| task.secrecy == Secrecy::None);
    Ok((Whole { id, title, is_flat }, tasks))
}

/// The task, if the reader may read it: whoever may not is told no more than who names nothing.
fn readable(conn: &mut Connection, permit: &Permit<ReadDashboards>, id: Id, question: &Question, at: &Moment) -> AppResult<ShownTask> {
    let found = permit.actor().permit().and_then(|reader| tasks::get(conn, &reader, id, at));
    let counted = |shown: &ShownTask| question.roots().contains(&shown.record.task.root_id);
    let found = match found {
        Ok(shown) if counted(&shown) => Ok(shown),
        Err(error) if error.code.status != 403 => Err(error),
        Ok(_) | Err(_) => Err(AppError::new(codes::NOT_FOUND)),
    };
    lookup::parameter("task", id, found)
}
