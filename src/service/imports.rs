//! Imports: files of areas, units, tasks, documents and more, carried out by the same services people use.
//!
//! Every row is carried out, then everything is kept, or nothing: a dry run, and a file with an
//! error, are undone. So a dry run says exactly what the real run does (ADR 10).

mod calendar_days;
mod clauses;
mod conferences;
mod directory;
pub(super) mod documents;
mod indicators;
mod lines;
mod posts;
mod report;
pub(super) mod scope;
mod tasks;
mod unit_events;
mod unit_groups;

use crate::db::Connection;
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport, RowOutcome, Workbook};
use crate::domain::{Id, Moment, Origin};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::imports::Import;

use super::access::{Actor, Permit, WriteWork};
use super::journal::{self, Happening};
use super::paging::{Page, PageRequest};
use super::{documents as document_service, external_refs, lookup};
use lines::Work;

/// Hears how far an import has come: rows that are done, of all.
pub type Progress<'a> = &'a dyn Fn(usize, usize);

/// Carries out a file, or says what that would do. Nothing is written if it has an error.
///
/// # Errors
/// `forbidden`; 400 for an option that names nothing. What is wrong with the file is in the report.
pub fn run(
    conn: &mut Connection,
    actor: &Actor,
    kind: ImportKind,
    workbook: &Workbook,
    options: &ImportOptions,
    at: &Moment,
) -> AppResult<ImportReport> {
    run_watched(conn, actor, (kind, workbook), options, at, &|_, _| {})
}

/// [`run`], while somebody watches how far it is.
///
/// # Errors
/// As [`run`].
pub fn run_watched(
    conn: &mut Connection,
    actor: &Actor,
    (kind, workbook): (ImportKind, &Workbook),
    options: &ImportOptions,
    at: &Moment,
    progress: Progress<'_>,
) -> AppResult<ImportReport> {
    let then = recorded_then(options, at)?;
    let source = options.source_code(&workbook.file_name);
    let mut report = store::tried(conn, |conn| {
        let work = Work { workbook, options, at: &then, progress };
        let mut report = carried_out(conn, actor, kind, &work, &source)?;
        report.finish(options.dry_run);
        if report.applied && report.changes() {
            report.import = Some(keep(conn, actor, &report, workbook, Some(source.clone()), at)?);
        }
        let keep = report.applied;
        Ok::<_, AppError>((report, keep))
    })?;
    if !report.applied {
        // What was made and undone has no id.
        report.rows.iter_mut().filter(|row| row.outcome == RowOutcome::Created).for_each(|row| row.id = None);
    }
    Ok(report)
}

fn carried_out(conn: &mut Connection, actor: &Actor, kind: ImportKind, work: &Work<'_>, source: &str) -> AppResult<ImportReport> {
    match kind {
        ImportKind::Areas => directory::areas(conn, actor, work),
        ImportKind::Units => directory::units(conn, actor, work),
        ImportKind::Tasks => tasks::carry_out(conn, actor, work.workbook, work.options, source, (work.at, work.progress)),
        ImportKind::Documents => documents::carry_out(conn, actor, work),
        ImportKind::Clauses => clauses::carry_out(conn, actor, work),
        ImportKind::UnitEvents => unit_events::carry_out(conn, actor, work),
        ImportKind::UnitGroups => unit_groups::carry_out(conn, actor, work),
        ImportKind::Conferences => conferences::carry_out(conn, actor, work),
        ImportKind::Indicators => indicators::carry_out(conn, actor, work),
        ImportKind::Posts => posts::carry_out(conn, actor, work),
        ImportKind::CalendarDays => calendar_days::carry_out(conn, actor, work),
    }
}

/// A page of imports, newest first.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<WriteWork>, request: &PageRequest) -> AppResult<Page<Import>> {
    let roots = document_service::own_roots(conn, permit)?;
    let rows = store::imports::list(conn, &roots, request.after()?, request.limit()? + 1)?;
    request.page(rows, |import| import.id)
}

/// The import with this id.
///
/// # Errors
/// `not_found`, also for imports of another root.
pub fn get(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Import> {
    let import = lookup::found(store::imports::find(conn, id))?;
    let root = lookup::found(store::areas::find(conn, import.root_id))?;
    permit.require_root(&root.path)?;
    Ok(import)
}

/// The moment records of the file carry: now, or an instant of the past.
fn recorded_then(options: &ImportOptions, at: &Moment) -> AppResult<Moment> {
    let instant = options.recorded_at.unwrap_or(at.instant);
    if instant > at.instant {
        let field = FieldError::new("recorded_at", rules::FUTURE).with("today", at.today());
        return Err(AppError::new(crate::error::codes::INVALID_PARAMETER).with_field(field));
    }
    Ok(at.recorded(instant, Origin::Import))
}

/// Keeps which file it was, and ends its events with one that counts them.
fn keep(
    conn: &mut Connection,
    actor: &Actor,
    report: &ImportReport,
    workbook: &Workbook,
    source: Option<String>,
    at: &Moment,
) -> AppResult<Id> {
    let at = Moment { origin: Origin::Import, ..*at };
    let seat = journal::reserve(conn)?;
    let count = |outcome: RowOutcome| i32::try_from(report.count(outcome)).unwrap_or(i32::MAX);
    let root_path = report.root_path.as_deref().unwrap_or_default();
    let import = Import {
        id: at.new_id(),
        root_id: external_refs::root_of(conn, root_path)?,
        kind: report.kind,
        source: source.filter(|_| report.kind == ImportKind::Tasks),
        file_name: workbook.file_name.clone(),
        sha256: workbook.sha256.clone(),
        row_count: i32::try_from(report.row_count).unwrap_or(i32::MAX),
        created: count(RowOutcome::Created),
        updated: count(RowOutcome::Updated),
        unchanged: count(RowOutcome::Unchanged),
        skipped: count(RowOutcome::Skipped),
        warnings: i32::try_from(report.problems.len()).unwrap_or(i32::MAX),
        first_position: report.first_position,
        last_position: seat.position(),
        recorded_by: actor.account(),
        actor: actor.username.clone(),
        recorded_at: at.recorded_at(),
    };
    store::imports::insert(conn, &import)?;
    let said = serde_json::json!({
        "kind": import.kind, "source": import.source, "file_name": import.file_name, "sha256": import.sha256,
        "created": import.created, "updated": import.updated, "unchanged": import.unchanged, "skipped": import.skipped,
        "first_position": import.first_position, "last_position": import.last_position,
    });
    journal::append_at(conn, seat, actor, &Happening::created("import.completed", "import", import.id, &said), &at)?;
    Ok(import.id)
}
