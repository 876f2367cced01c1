//! Files of areas and units: found again by their codes.

use std::collections::HashMap;

use super::lines::{Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::areas::AreaDraft;
use crate::domain::imports::directory::{self as reading, DirectoryLine};
use crate::domain::imports::header::Header;
use crate::domain::imports::{ImportKind, ImportReport, RowOutcome};
use crate::domain::merge_patch;
use crate::domain::units::UnitDraft;
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, body, rules};
use crate::service::access::{Actor, Permit, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::{areas as area_service, units as unit_service};
use crate::store;

/// Carries out a file of areas.
///
/// # Errors
/// `forbidden`; the database's.
pub fn areas(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteDirectory>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let (mut report, header, lines) = work.read(ImportKind::Areas, |sheet| reading::areas(sheet, &scope.area_index(work.at)))?;
    let Some(header) = header else { return Ok(report) };
    let mut ids: HashMap<String, Id> = scope.areas.iter().map(|area| (area.code.clone(), area.id)).collect();
    let told = |line: &DirectoryLine<AreaDraft>| told(line, &line.draft.name);
    let first = work.each(conn, &mut report, (&header, &lines), told, |conn, line| {
        let done = area(conn, &permit, &header, line, &ids, work.at)?;
        ids.insert(line.code.clone(), done.1);
        Ok(done)
    })?;
    let root = first.map(|id| store::areas::find(conn, id)).transpose()?.flatten();
    report.root_path = root.map(|area| area.path);
    Ok(report)
}

fn area(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    header: &Header,
    line: &DirectoryLine<AreaDraft>,
    ids: &HashMap<String, Id>,
    at: &Moment,
) -> AppResult<(RowOutcome, Id)> {
    let wanted = AreaDraft { parent: by_id(line.below.as_ref(), ids), ..body::validated(line.draft.clone())? };
    let code = Reference::Code(line.code.clone());
    let Some(current) = store::areas::find_by(conn, &code)? else {
        return Ok((RowOutcome::Created, area_service::create(conn, permit, &wanted, at)?.id));
    };
    permit.require_area(&current.path).map_err(|refusal| taken(refusal, &line.code))?;
    let id = current.id;
    let before = area_service::draft_of(&area_service::known(conn, current)?);
    let after = reading::area_over(header, &wanted, &before);
    if after.parent != before.parent {
        return Err(AppError::invalid("/parent", rules::FIXED));
    }
    let Some(patch) = merge_patch::between(&before, &after) else { return Ok((RowOutcome::Unchanged, id)) };
    area_service::update(conn, permit, &code, Expected::Any, &patch, at)?;
    Ok((RowOutcome::Updated, id))
}

/// Carries out a file of units.
///
/// # Errors
/// `forbidden`; the database's.
pub fn units(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteDirectory>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let (mut report, header, lines) =
        work.read(ImportKind::Units, |sheet| reading::units(sheet, &scope.unit_index(work.at), &scope.area_index(work.at)))?;
    let Some(header) = header else { return Ok(report) };
    let mut ids: HashMap<String, Id> = scope.units.iter().map(|unit| (unit.code.clone(), unit.id)).collect();
    let areas: HashMap<String, Id> = scope.areas.iter().map(|area| (area.code.clone(), area.id)).collect();
    let told = |line: &DirectoryLine<UnitDraft>| told(line, &line.draft.name);
    let first = work.each(conn, &mut report, (&header, &lines), told, |conn, line| {
        let done = unit(conn, &permit, &header, line, (&ids, &areas), work.at)?;
        ids.insert(line.code.clone(), done.1);
        Ok(done)
    })?;
    let root = first.map(|id| store::units::find(conn, id)).transpose()?.flatten();
    report.root_path = root.map(|unit| unit.area_path);
    Ok(report)
}

fn unit(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    header: &Header,
    line: &DirectoryLine<UnitDraft>,
    (ids, areas): (&HashMap<String, Id>, &HashMap<String, Id>),
    at: &Moment,
) -> AppResult<(RowOutcome, Id)> {
    let wanted = body::validated(line.draft.clone())?;
    let area = match &wanted.area {
        Reference::Code(code) => by_id(Some(code), areas).unwrap_or_else(|| wanted.area.clone()),
        Reference::Id(_) => wanted.area.clone(),
    };
    let wanted = UnitDraft { parent: by_id(line.below.as_ref(), ids), area, ..wanted };
    let code = Reference::Code(line.code.clone());
    let Some(current) = store::units::find_by(conn, &code)? else {
        return Ok((RowOutcome::Created, unit_service::create(conn, permit, &wanted, at)?.id));
    };
    permit.require_unit(&current).map_err(|refusal| taken(refusal, &line.code))?;
    let id = current.id;
    let before = unit_service::draft_of(&unit_service::known(conn, current)?);
    let after = reading::unit_over(header, &wanted, &before);
    for (same, pointer) in [(after.parent == before.parent, "/parent"), (after.area == before.area, "/area")] {
        if !same {
            return Err(AppError::invalid(pointer, rules::FIXED));
        }
    }
    let Some(patch) = merge_patch::between(&before, &after) else { return Ok((RowOutcome::Unchanged, id)) };
    unit_service::update(conn, permit, &code, Expected::Any, &patch, at)?;
    Ok((RowOutcome::Updated, id))
}

fn told<T>(line: &DirectoryLine<T>, name: &str) -> Told {
    Told { rows: vec![line.row], key: line.code.clone(), name: name.to_owned() }
}

/// What a row stands below: by id where it is there, by code where its own row failed.
fn by_id(below: Option<&String>, ids: &HashMap<String, Id>) -> Option<Reference> {
    below.map(|code| ids.get(code).map_or_else(|| Reference::Code(code.clone()), |id| Reference::Id(*id)))
}

/// A code of another province is only taken, not shown.
fn taken(refusal: AppError, code: &str) -> AppError {
    match refusal.code.status {
        404 => AppError::invalid_fields(vec![crate::error::FieldError::new("/code", rules::TAKEN).with("found", code)]),
        _ => refusal,
    }
}
