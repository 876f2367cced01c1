//! Exports: whole lists, with what is needed to write them as tables that an import reads again;
//! and what may be chosen in a template.

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::areas::AreaQuery;
use crate::domain::imports::documents::NamedTerm;
use crate::domain::imports::layout::Template;
use crate::domain::imports::spellings::Spellings;
use crate::domain::imports::{ImportKind, ImportOptions, MOST_ROWS};
use crate::domain::task_drafts::TaskQuery;
use crate::domain::units::UnitQuery;
use crate::error::{AppError, AppResult, codes};
use crate::store::areas::Area;
use crate::store::external_refs::Known;
use crate::store::units::Unit;

use super::access::{Permit, ReadDirectory, ReadWork, Right};
use super::imports::{self, scope::Scope};
use super::paging::{MOST, Page};
use super::shown_tasks::ShownTask;
use super::{areas as area_service, tasks as task_service, units as unit_service};

/// The rows of a list, all of them, and how areas and units are written.
#[derive(Debug, Clone)]
pub struct Export<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How areas and units are written.
    pub spellings: Spellings,
}

/// Rows that fit into one file: an import takes as many, and its header.
const MOST_EXPORTED: usize = MOST_ROWS - 1;

/// The areas of a list.
///
/// # Errors
/// `export_too_large`; as [`area_service::list`].
pub fn areas(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: &AreaQuery, at: &Moment) -> AppResult<Export<Known<Area>>> {
    let rows = every(|cursor| {
        let query = AreaQuery { limit: Some(MOST), cursor, ..query.clone() };
        area_service::list(conn, permit, query)
    })?;
    Ok(Export { rows, spellings: spellings(conn, permit, at)? })
}

/// The units of a list.
///
/// # Errors
/// `export_too_large`; as [`unit_service::list`].
pub fn units(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: &UnitQuery, at: &Moment) -> AppResult<Export<Known<Unit>>> {
    let rows = every(|cursor| {
        let query = UnitQuery { limit: Some(MOST), cursor, ..query.clone() };
        unit_service::list(conn, permit, query)
    })?;
    Ok(Export { rows, spellings: spellings(conn, permit, at)? })
}

/// The tasks of a list, as its reader is shown them.
///
/// # Errors
/// `export_too_large`; as [`task_service::list`].
pub fn tasks(conn: &mut Connection, permit: &Permit<ReadWork>, query: &TaskQuery, at: &Moment) -> AppResult<Export<ShownTask>> {
    // Counted first: a list of an earlier day is worked out anew for each page.
    let tally = task_service::tally(conn, permit, query.clone(), at)?;
    if usize::try_from(tally.shown).is_ok_and(|shown| shown > MOST_EXPORTED) {
        return Err(AppError::new(codes::EXPORT_TOO_LARGE));
    }
    let rows = task_service::every(conn, permit, query.clone(), at)?;
    Ok(Export { rows, spellings: spellings(conn, permit, at)? })
}

/// What may be chosen in a template: what exists, or will.
///
/// # Errors
/// The database's.
pub fn template(conn: &mut Connection, permit: &Permit<ReadDirectory>, kind: ImportKind, at: &Moment) -> AppResult<Template> {
    let scope = Scope::load(conn, permit, &ImportOptions::default())?;
    let spellings = Spellings::new(&scope.area_index(at), &scope.unit_index(at));
    let today = at.today();
    let areas = scope.areas.iter().filter(|area| area.valid_to.is_none_or(|to| to >= today));
    let units = scope.units.iter().filter(|unit| unit.valid_to.is_none_or(|to| to >= today));
    let mut template = Template {
        kind,
        day: today,
        areas: areas.map(|area| spellings.area(area.id).to_owned()).collect(),
        units: units.map(|unit| spellings.unit(unit.id).to_owned()).collect(),
        terms: Vec::new(),
        resolutions: Vec::new(),
        documents: Vec::new(),
    };
    let reads_documents = permit.actor().permit::<ReadWork>().is_ok();
    if let Some(root) = scope.root.as_ref().filter(|_| reads_documents) {
        let known = imports::documents::catalogue(conn, root.id)?;
        template.terms = imports::documents::terms(conn, root)?.iter().map(NamedTerm::label).collect();
        (template.resolutions, template.documents) = (known.labels(true), known.labels(false));
    }
    Ok(template)
}

fn spellings<R: Right>(conn: &mut Connection, permit: &Permit<R>, at: &Moment) -> AppResult<Spellings> {
    let scope = Scope::load(conn, permit, &ImportOptions::default())?;
    Ok(Spellings::new(&scope.area_index(at), &scope.unit_index(at)))
}

/// The items of all pages.
fn every<T>(mut page: impl FnMut(Option<String>) -> AppResult<Page<T>>) -> AppResult<Vec<T>> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let next = page(cursor)?;
        items.extend(next.items);
        if items.len() > MOST_EXPORTED {
            return Err(AppError::new(codes::EXPORT_TOO_LARGE));
        }
        cursor = next.next;
        if cursor.is_none() {
            return Ok(items);
        }
    }
}
