//! Annexes of indicators: each is found again by its document and name.

use std::collections::HashMap;

use super::documents::catalogue;
use super::lines::{self, Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::Id;
use crate::domain::documents::DocumentId;
use crate::domain::imports::indicators::{self as reading, IndicatorLine, years};
use crate::domain::imports::said::Said;
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport, RowOutcome};
use crate::domain::indicator_targets::TargetChange;
use crate::domain::periods::Period;
use crate::domain::text::fold;
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{Actor, Permit, WriteWork};
use crate::service::lookup::{self, Expected};
use crate::service::{indicator_targets, indicators};
use crate::store;
use crate::store::areas::Area;
use crate::store::indicators::Indicator;

/// Carries out an annex of indicators.
///
/// # Errors
/// `forbidden`; 400 for an option that names nothing; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteWork>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let root = scope.one_root()?;
    let document = document(conn, root, work.options)?;
    let period = work.options.period.as_deref();
    if period.is_some_and(|period| Period::of_any(period).is_none()) {
        return Err(AppError::bad_parameter("period", rules::PERIOD_OR_SPAN));
    }
    let (known, units) = (catalogue(conn, root.id)?, scope.unit_index(work.at));
    let (mut report, header, lines) =
        work.read(ImportKind::Indicators, |sheet| reading::read(sheet, document, period, (&known, &units)))?;
    report.root_path = Some(root.path.clone());
    let Some(header) = header else { return Ok(report) };
    let told = |line: &IndicatorLine| Told { rows: vec![line.row], key: line.label.clone(), name: line.name.clone() };
    let mut rows: HashMap<u32, Id> = HashMap::new();
    work.each(conn, &mut report, (&header, &lines), told, |conn, line| {
        let (outcome, id) = one(conn, &permit, line, (root.id, &rows), work)?;
        rows.insert(line.row, id);
        Ok((outcome, id))
    })?;
    Ok(report)
}

/// The document of rows that name none.
fn document(conn: &mut Connection, root: &Area, options: &ImportOptions) -> AppResult<Option<DocumentId>> {
    let resolution = options.resolution.map(|id| ("resolution", DocumentId::Resolution(id)));
    let Some((name, document)) = resolution.or(options.programme.map(|id| ("programme", DocumentId::Programme(id)))) else {
        return Ok(None);
    };
    let found = store::documents::find(conn, document)?.filter(|found| found.root_id == root.id);
    lookup::parameter(name, document.id(), found.ok_or_else(|| AppError::new(codes::NOT_FOUND)))?;
    Ok(Some(document))
}

fn one(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    line: &IndicatorLine,
    (root, rows): (Id, &HashMap<u32, Id>),
    work: &Work<'_>,
) -> AppResult<(RowOutcome, Id)> {
    let standing = store::indicators::standing(conn, &[root], Some(line.document.id()), indicators::end_of(work.at.today()))?;
    let parent = line.below.and_then(|row| rows.get(&row)).copied();
    let same = |indicator: &&Indicator| indicator.parent_id == parent && fold(&indicator.name) == fold(&line.name);
    match standing.iter().find(same) {
        Some(indicator) => update(conn, permit, line, indicator, work),
        None => create(conn, permit, line, (&standing, parent), work),
    }
}

fn create(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    line: &IndicatorLine,
    (standing, parent): (&[Indicator], Option<Id>),
    work: &Work<'_>,
) -> AppResult<(RowOutcome, Id)> {
    let mut said = line.said.clone();
    let free = |ordinal: &i32| !standing.iter().any(|indicator| indicator.ordinal == *ordinal);
    let printed = line.label.parse::<i32>().ok().filter(|ordinal| *ordinal > 0 && free(ordinal));
    let last = standing.iter().map(|indicator| indicator.ordinal).max().unwrap_or_default();
    said.say("ordinal", printed.unwrap_or(last + 1));
    match line.document {
        DocumentId::Resolution(id) => said.say("resolution", id),
        DocumentId::Programme(id) => said.say("programme", id),
    }
    if let Some((from, to)) = years(&line.targets) {
        said.say("from_year", from);
        said.say("to_year", to);
    }
    if let Some(parent) = parent {
        said.say("parent", parent);
    }
    said.say("targets", &line.targets);
    let made = indicators::create(conn, permit, &lines::made(&said)?, work.at)?;
    Ok((RowOutcome::Created, made.indicator.id))
}

fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    line: &IndicatorLine,
    standing: &Indicator,
    work: &Work<'_>,
) -> AppResult<(RowOutcome, Id)> {
    let (id, before) = (standing.id, store::events::position(conn)?);
    let mut said: Said = line.said.clone();
    if let Some((from, to)) = years(&line.targets) {
        said.say("from_year", from.min(standing.from_year));
        said.say("to_year", to.max(standing.to_year));
    }
    if let Some(patch) = lines::laid(&said, &indicators::draft_of(standing))? {
        indicators::update(conn, permit, id, Expected::Any, &patch, work.at)?;
    }
    for target in &line.targets {
        let to_change = indicators::to_change(conn, permit, id, Expected::Any)?;
        let reason = Some(work.workbook.file_name.clone());
        let change = TargetChange { text: target.text.clone(), authority: target.authority.clone(), reason };
        indicator_targets::set(conn, permit, to_change, &target.period, &change, work.at)?;
    }
    let changed = store::events::position(conn)? > before;
    Ok((if changed { RowOutcome::Updated } else { RowOutcome::Unchanged }, id))
}
