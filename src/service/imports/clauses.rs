//! Files of clauses: found again by their resolution and their place in it.

use super::documents::catalogue;
use super::lines::{self, Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::Id;
use crate::domain::imports::clauses::{self as reading, ClauseLine};
use crate::domain::imports::{ImportKind, ImportReport, RowOutcome};
use crate::domain::text::fold;
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{Actor, Permit, WriteWork};
use crate::service::clauses;
use crate::service::lookup::{self, Expected};
use crate::store;

/// Carries out a file of clauses.
///
/// # Errors
/// `forbidden`; 400 for an option that names nothing; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteWork>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let root = scope.one_root()?;
    let resolution = work.options.resolution.map(|id| store::resolutions::find(conn, id)).transpose()?.flatten();
    let resolution = resolution.filter(|resolution| resolution.root_id == root.id).map(|resolution| resolution.id);
    if let Some(id) = work.options.resolution.filter(|_| resolution.is_none()) {
        return lookup::parameter("resolution", id, Err(AppError::new(codes::NOT_FOUND)));
    }
    let known = catalogue(conn, root.id)?;
    let (mut report, header, lines) = work.read(ImportKind::Clauses, |sheet| reading::read(sheet, resolution, &known))?;
    report.root_path = Some(root.path.clone());
    let Some(header) = header else { return Ok(report) };
    let told = |line: &ClauseLine| Told { rows: vec![line.row], key: line.path.clone(), name: line.heading.clone() };
    work.each(conn, &mut report, (&header, &lines), told, |conn, line| one(conn, &permit, line, work))?;
    Ok(report)
}

fn one(conn: &mut Connection, permit: &Permit<WriteWork>, line: &ClauseLine, work: &Work<'_>) -> AppResult<(RowOutcome, Id)> {
    let resolution = clauses::writable(conn, permit, line.resolution)?;
    if let Some(id) = store::clauses::at_path(conn, line.resolution, &line.path)? {
        let before = clauses::draft_of(&lookup::found(store::clauses::find(conn, id))?);
        let Some(patch) = lines::laid(&line.said, &before)? else { return Ok((RowOutcome::Unchanged, id)) };
        clauses::update(conn, permit, id, Expected::Any, &patch, work.at)?;
        return Ok((RowOutcome::Updated, id));
    }
    let all = store::clauses::of_resolution(conn, line.resolution)?;
    let void = all.iter().find(|clause| clause.path == line.path && fold(&clause.heading) == fold(&line.heading));
    if let Some(void) = void {
        return Ok((RowOutcome::Skipped, void.id));
    }
    let made = clauses::create(conn, permit, &resolution, &lines::made(&line.said)?, work.at)?;
    Ok((RowOutcome::Created, made.id))
}
