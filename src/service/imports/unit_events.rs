//! Annexes of reorganisations: all rows of one day and one legal basis are one, recorded together or not
//! at all. What is recorded already stays as it is.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::lines::Work;
use super::report::problems_at;
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::Id;
use crate::domain::imports::header::{Column, Header};
use crate::domain::imports::unit_events::{self as reading, UnitEventLine};
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport, RowOutcome, RowReport};
use crate::domain::unit_events::{ReorganisationDraft, Side};
use crate::error::{AppResult, FieldError, body};
use crate::service::access::{Actor, Permit, WriteDirectory};
use crate::service::{journal, unit_events};
use crate::store;

/// Carries out an annex. A reorganisation may reach over provinces: names are those of all the account
/// belongs to.
///
/// # Errors
/// `forbidden`; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteDirectory>()?;
    let scope = Scope::load(conn, &permit, &ImportOptions { root: None, ..work.options.clone() })?;
    let (units, areas) = (scope.unit_index(work.at), scope.area_index(work.at));
    let (mut report, header, lines) = work.read(ImportKind::UnitEvents, |sheet| reading::read(sheet, &units, &areas))?;
    let Some(header) = header else { return Ok(report) };
    report.first_position = journal::reserve(conn)?.position();
    let mut fresh: Vec<&UnitEventLine> = Vec::new();
    for line in &lines {
        match recorded(conn, line)? {
            Some(event) => tell(&mut report, line, RowOutcome::Unchanged, Some(event)),
            None => fresh.push(line),
        }
    }
    let all = fresh.len();
    let mut done = 0;
    for (day, basis) in days_and_bases(&fresh) {
        let own: Vec<&UnitEventLine> = fresh.iter().copied().filter(|line| line.day == day && line.legal_basis == basis).collect();
        (work.progress)(done, all);
        done += own.len();
        record(conn, &permit, &mut report, (&header, &own), work)?;
    }
    let first = lines.first().and_then(|line| line.from.first()).copied();
    report.root_path = first.and_then(|id| root_path(&scope, id));
    Ok(report)
}

/// Each day with each legal basis of it, the earliest first.
fn days_and_bases(lines: &[&UnitEventLine]) -> BTreeSet<(NaiveDate, String)> {
    lines.iter().map(|line| (line.day, line.legal_basis.clone())).collect()
}

fn record(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    report: &mut ImportReport,
    (header, lines): (&Header, &[&UnitEventLine]),
    work: &Work<'_>,
) -> AppResult<()> {
    let Some(first) = lines.first() else { return Ok(()) };
    let notes: Vec<&str> = lines.iter().filter_map(|line| line.note.as_deref()).collect();
    let distinct: Vec<&str> =
        notes.iter().enumerate().filter(|(at, note)| !notes.iter().take(*at).any(|b| b == *note)).map(|(_, n)| *n).collect();
    let draft = ReorganisationDraft {
        effective_on: first.day,
        legal_basis: first.legal_basis.clone(),
        note: Some(distinct.join("; ")).filter(|note| !note.is_empty()),
        events: lines.iter().map(|line| line.draft()).collect(),
    };
    let done = body::validated(draft).and_then(|draft| unit_events::record(conn, permit, &draft, false, work.at));
    match done {
        Ok(outcome) => {
            for (line, shown) in lines.iter().zip(outcome.events) {
                tell(report, line, RowOutcome::Created, Some(shown.event.id));
            }
        }
        Err(refusal) if refusal.code.status >= 500 => return Err(refusal),
        Err(refusal) => {
            let first_row = first.rows.first().copied().unwrap_or_default();
            report.problems.extend(problems_at(&refusal, header, first_row, |field| place(field, lines)));
            lines.iter().for_each(|line| tell(report, line, RowOutcome::Failed, None));
        }
    }
    Ok(())
}

/// The row and column of a field of a reorganisation: `/events/3/from/1` is the second row of the fourth event,
/// where each had a row of its own.
fn place(field: &FieldError, lines: &[&UnitEventLine]) -> (Option<u32>, Option<Column>) {
    let mut parts = field.pointer.trim_start_matches('/').split('/');
    if parts.next() != Some("events") {
        let column = if field.pointer.starts_with("/effective_on") { Column::EffectiveOn } else { Column::LegalBasis };
        return (None, Some(column));
    }
    let line = parts.next().and_then(|at| lines.get(at.parse::<usize>().ok()?));
    let (side, at) = (parts.next(), parts.next().and_then(|at| at.parse::<usize>().ok()));
    let column = match side {
        Some("from") => Some(Column::From),
        Some("to") => Some(Column::To),
        Some("handovers") => Some(Column::Handover),
        _ => None,
    };
    let row = line.and_then(|line| {
        let joined = line.rows.len() == line.from.len() && side == Some("from");
        line.rows.get(at.filter(|_| joined).unwrap_or_default()).or(line.rows.first()).copied()
    });
    (row, column)
}

/// The event in force that says the same: of the same day and kind, with the same on both sides.
fn recorded(conn: &mut Connection, line: &UnitEventLine) -> AppResult<Option<Id>> {
    let Some(first) = line.from.first() else { return Ok(None) };
    let known = store::unit_events::of_subject(conn, line.of, *first)?.into_iter().map(|(event, _)| event);
    let known: Vec<Id> = known.filter(|event| event.effective_on == line.day && event.kind == line.kind).map(|event| event.id).collect();
    let members = store::unit_events::members_of(conn, &known)?;
    let side = |event: Id, side: Side| -> BTreeSet<Id> {
        members.iter().filter(|m| m.event_id == event && m.side == side).filter_map(store::unit_events::Member::subject_id).collect()
    };
    let (from, to): (BTreeSet<Id>, BTreeSet<Id>) = (line.from.iter().copied().collect(), line.to.iter().map(|(id, _)| *id).collect());
    Ok(known.into_iter().find(|event| side(*event, Side::From) == from && side(*event, Side::To) == to))
}

fn tell(report: &mut ImportReport, line: &UnitEventLine, outcome: RowOutcome, id: Option<Id>) {
    let row = |row: &u32| RowReport { row: *row, key: line.day.to_string(), name: line.name.clone(), outcome, id };
    report.rows.extend(line.rows.iter().map(row));
}

fn root_path(scope: &Scope, id: Id) -> Option<String> {
    let unit = scope.units.iter().find(|unit| unit.id == id).map(|unit| unit.area_path.clone());
    unit.or_else(|| scope.areas.iter().find(|area| area.id == id).map(|area| area.path.clone()))
}
