//! Files of calendar days: found again by their day.

use super::lines::{self, Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::Id;
use crate::domain::areas as area_rule;
use crate::domain::imports::calendar_days::{self as reading, CalendarDayLine};
use crate::domain::imports::{ImportKind, ImportReport, RowOutcome};
use crate::domain::merge_patch::MergePatch;
use crate::error::{AppError, AppResult};
use crate::service::access::{Actor, Permit, WriteDirectory};
use crate::service::calendar_days;
use crate::service::lookup::{self, Expected};
use crate::store;

/// Carries out a file of days. The calendar is shared: the import is kept for a province of whoever did it.
///
/// # Errors
/// `forbidden`; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteDirectory>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let (mut report, header, lines) = work.read(ImportKind::CalendarDays, reading::read)?;
    let root = scope.areas.iter().find(|area| area_rule::is_root(&area.path));
    report.root_path = root.map(|root| root.path.clone());
    let Some(header) = header else { return Ok(report) };
    let told = |line: &CalendarDayLine| Told { rows: vec![line.row], key: line.day.to_string(), name: line.name.clone() };
    work.each(conn, &mut report, (&header, &lines), told, |conn, line| one(conn, &permit, line, work))?;
    Ok(report)
}

fn one(conn: &mut Connection, permit: &Permit<WriteDirectory>, line: &CalendarDayLine, work: &Work<'_>) -> AppResult<(RowOutcome, Id)> {
    let entered =
        |shown: store::calendar_days::ShownDay| shown.entered.map(|entered| entered.id).ok_or_else(|| AppError::internal("no entry"));
    let Some(standing) = store::calendar_days::on(conn, line.day)? else {
        let (shown, _) = calendar_days::put(conn, permit, line.day, Expected::Any, &lines::made(&line.said)?, work.at)?;
        return Ok((RowOutcome::Created, entered(shown)?));
    };
    if standing.voided_at.is_some() {
        return Ok((RowOutcome::Skipped, standing.id));
    }
    let before = calendar_days::draft_of(&standing);
    let patch: Option<MergePatch> = lines::laid(&line.said, &before)?;
    let Some(patch) = patch else { return Ok((RowOutcome::Unchanged, standing.id)) };
    let draft = lookup::patched(&before, &patch)?;
    calendar_days::put(conn, permit, line.day, Expected::Any, &draft, work.at)?;
    Ok((RowOutcome::Updated, standing.id))
}
