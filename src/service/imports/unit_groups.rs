//! Files of groups of units: found again by their codes.

use super::lines::{self, Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::imports::unit_groups::{self as reading, UnitGroupLine};
use crate::domain::imports::{ImportKind, ImportReport, RowOutcome};
use crate::domain::unit_groups::UnitGroupDraft;
use crate::domain::{Id, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::service::access::{Actor, Permit, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::unit_groups;
use crate::store;

/// Carries out a file of groups.
///
/// # Errors
/// `forbidden`; 400 where the province is not certain; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteDirectory>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let root = scope.one_root()?;
    let (units, areas) = (scope.unit_index(work.at), scope.area_index(work.at));
    let (mut report, header, lines) = work.read(ImportKind::UnitGroups, |sheet| reading::read(sheet, root.id, &units, &areas))?;
    report.root_path = Some(root.path.clone());
    let Some(header) = header else { return Ok(report) };
    let told = |line: &UnitGroupLine| Told { rows: vec![line.row], key: line.code.clone(), name: line.name.clone() };
    work.each(conn, &mut report, (&header, &lines), told, |conn, line| one(conn, &permit, line, root.id, work))?;
    Ok(report)
}

fn one(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    line: &UnitGroupLine,
    root: Id,
    work: &Work<'_>,
) -> AppResult<(RowOutcome, Id)> {
    let code = Reference::Code(line.code.clone());
    let Some(group) = store::unit_groups::find_by(conn, &code)? else {
        let mut said = line.said.clone();
        said.say("rule", line.rule_over(None));
        let draft: UnitGroupDraft = lines::made(&said)?;
        return Ok((RowOutcome::Created, unit_groups::create(conn, permit, &draft, work.at)?.group.id));
    };
    if group.root_id != root {
        return Err(AppError::invalid_fields(vec![FieldError::new("/code", rules::TAKEN).with("found", &line.code)]));
    }
    if group.voided_at.is_some() {
        return Ok((RowOutcome::Skipped, group.id));
    }
    let before = unit_groups::draft_of(conn, &group)?;
    let mut said = line.said.clone();
    said.say("rule", line.rule_over(before.rule.as_ref()));
    let Some(patch) = lines::laid(&said, &before)? else { return Ok((RowOutcome::Unchanged, group.id)) };
    let standing = unit_groups::to_change(conn, permit, &code, Expected::Any)?;
    unit_groups::update(conn, permit, standing, &patch, work.at)?;
    Ok((RowOutcome::Updated, group.id))
}
