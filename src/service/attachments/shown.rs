//! Attachments as they are shown: with the unit they come from, who sent them, and what may be done with them.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::attachments::AttachmentAction;
use crate::domain::permission::audits_whole_root;
use crate::error::{AppError, AppResult};
use crate::service::access::{Actor, LogProgress, Permit, WriteWork};
use crate::service::shown_tasks::ShownTask;
use crate::store;
use crate::store::attachments::Attachment;
use crate::store::units::Unit;

/// An attachment as it is shown to one reader.
#[derive(Debug, Clone)]
pub struct ShownAttachment {
    /// The row.
    pub attachment: Attachment,
    /// The unit it comes from.
    pub unit: Unit,
    /// User name of who sent it.
    pub author: Option<String>,
    /// User name of who voided it.
    pub voider: Option<String>,
    /// What this reader may do with it.
    pub actions: Vec<AttachmentAction>,
}

/// Whether a unit lies within what an account logs for.
pub fn covers(permit: &Permit<LogProgress>, unit: &Unit) -> bool {
    permit.covers_unit(&unit.path, &unit.area_path)
}

/// The reports of these attachments that were confirmed.
///
/// # Errors
/// The database's.
pub fn confirmed(conn: &mut Connection, rows: &[Attachment]) -> AppResult<HashSet<Id>> {
    let reports: Vec<Id> = rows.iter().filter_map(|row| row.report_id).collect();
    Ok(store::progress_reports::verified_among(conn, &reports)?.into_iter().collect())
}

/// Whoever logs for the unit voids its files; those of a confirmed report an office alone. It depends on what an account
/// was granted and not on who it is: answers are kept by that.
pub fn may_void(actor: &Actor, unit: &Unit, confirmed: bool) -> bool {
    let logs = actor.permit::<LogProgress>().is_ok_and(|permit| covers(&permit, unit));
    let writes = || actor.permit::<WriteWork>().is_ok_and(|permit| permit.covers_unit(&unit.path, &unit.area_path));
    logs && (!confirmed || writes())
}

/// Whether this account audits the root of a task.
fn audits(actor: &Actor, lead: &Unit) -> bool {
    actor.grants.iter().any(|grant| audits_whole_root(grant.role) && lead.area_path.starts_with(&grant.root))
}

/// One attachment of a task.
///
/// # Errors
/// The database's.
pub fn one(conn: &mut Connection, actor: &Actor, task: &ShownTask, row: Attachment) -> AppResult<ShownAttachment> {
    show(conn, actor, task, vec![row])?.pop().ok_or_else(|| AppError::internal("an attachment vanished"))
}

/// Attachments of one task.
///
/// # Errors
/// The database's.
pub fn show(conn: &mut Connection, actor: &Actor, task: &ShownTask, rows: Vec<Attachment>) -> AppResult<Vec<ShownAttachment>> {
    let units: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units: HashMap<Id, Unit> = store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let people: Vec<Id> = rows.iter().flat_map(|row| [row.recorded_by, row.voided_by]).flatten().collect();
    let names: HashMap<Id, String> = store::users::names(conn, &people)?.into_iter().collect();
    let (confirmed, audits) = (confirmed(conn, &rows)?, audits(actor, &task.record.lead));
    let name = |id: Option<Id>| id.and_then(|id| names.get(&id)).cloned();
    let show = |attachment: Attachment| {
        let unit = units.get(&attachment.unit_id).cloned().ok_or_else(|| AppError::internal("an attachment without its unit"))?;
        let (void, confirmed) = (attachment.voided_at.is_some(), attachment.report_id.is_some_and(|id| confirmed.contains(&id)));
        let download = (!void || audits).then_some(AttachmentAction::Download);
        let voiding = (!void && may_void(actor, &unit, confirmed)).then_some(AttachmentAction::Void);
        let (author, voider) = (name(attachment.recorded_by), name(attachment.voided_by));
        Ok(ShownAttachment { attachment, unit, author, voider, actions: download.into_iter().chain(voiding).collect() })
    };
    rows.into_iter().map(show).collect()
}
