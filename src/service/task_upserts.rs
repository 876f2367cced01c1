//! Tasks as another system keeps them: written under the name it gives them.

use crate::db::Connection;
use crate::domain::external_refs::{ExternalRef, RefKind};
use crate::domain::task_drafts::TaskDraft;
use crate::domain::{Moment, Reference};
use crate::error::{AppError, AppResult};
use crate::store;

use super::access::{Permit, WriteWork};
use super::lookup::{self, Expected};
use super::shown_tasks::ShownTask;
use super::task_drafts::{draft_of, replace};
use super::task_links::{inherited, lead};
use super::tasks::hold;
use super::{external_refs, group_tasks, units};

/// Creates the draft of the task that another system calls so, or makes the one that is called so
/// what the draft says. Where nothing differs nothing happens. Answers whether it was created.
///
/// # Errors
/// `committed` when an issued task would promise something else; `illegal_state` for a voided one;
/// else as a task that is created or changed.
pub fn upsert(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    reference: &ExternalRef,
    expected: Expected,
    draft: TaskDraft,
    at: &Moment,
) -> AppResult<(ShownTask, bool)> {
    let whole = inherited(conn, permit, &draft)?;
    let lead = lead(conn, permit, &whole)?;
    let root = external_refs::root_of(conn, &lead.area_path)?;
    let Some(id) = external_refs::find(conn, root, RefKind::Task, reference)? else {
        let draft = TaskDraft { external_refs: external_refs::with(draft.external_refs, reference, &[]), ..draft };
        return Ok((group_tasks::assign(conn, permit, &draft, at)?, true));
    };
    let shown = hold(conn, permit, id, at)?;
    expected.check_if_said(shown.record.task.version)?;
    if shown.record.task.voided_at.is_some() {
        return Err(AppError::illegal_state(shown.actions));
    }
    let before = draft_of(&shown);
    let draft = TaskDraft { external_refs: external_refs::with(draft.external_refs, reference, &before.external_refs), ..draft };
    let draft = settled(conn, permit, draft, &before)?;
    if draft == before {
        return Ok((shown, false));
    }
    Ok((replace(conn, permit, shown, &before, draft, at)?, false))
}

/// The draft as it would be kept, so that it can be compared: with ids where it may have codes, with
/// what a part takes from its whole, and with the reference date its deadline was read with.
fn settled(conn: &mut Connection, permit: &Permit<WriteWork>, draft: TaskDraft, before: &TaskDraft) -> AppResult<TaskDraft> {
    let mut draft = inherited(conn, permit, &draft)?;
    let lead = lead(conn, permit, &draft)?;
    let monitoring = lookup::unit_if(conn, permit, "/monitoring_unit", draft.monitoring_unit.as_ref())?;
    let mut coordinating = Vec::new();
    for (i, reference) in draft.coordinating_units.iter().enumerate() {
        let unit = lookup::unit(conn, permit, &format!("/coordinating_units/{i}"), reference)?;
        coordinating.push(unit);
    }
    coordinating.retain(|unit| unit.id != lead.id);
    units::in_order(&mut coordinating);
    draft.coordinating_units = coordinating.iter().map(|unit| Reference::Id(unit.id)).collect();
    draft.lead_unit = Some(Reference::Id(lead.id));
    draft.lead_group = match &draft.lead_group {
        Some(reference) => store::unit_groups::find_by(conn, reference)?.map(|group| Reference::Id(group.id)).or(draft.lead_group),
        None => before.lead_group.clone(),
    };
    draft.monitoring_unit = monitoring.map(|unit| Reference::Id(unit.id));
    if let (Some(said), Some(read)) = (&mut draft.deadline, &before.deadline)
        && said.text == read.text
        && said.reference_date.is_none()
    {
        said.reference_date = read.reference_date;
    }
    Ok(draft)
}
