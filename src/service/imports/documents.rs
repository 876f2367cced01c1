//! Lists of documents: found again by what the house tells documents apart by.

use std::collections::HashMap;

use chrono::Datelike;
use serde_json::json;

use super::lines::{self, Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::documents::{DocumentId, RelationDraft};
use crate::domain::imports::documents::{self as reading, Catalogue, DocumentLine, Identity, Known, NamedTerm, Place};
use crate::domain::imports::said::Said;
use crate::domain::imports::words::documents::DocumentKind;
use crate::domain::imports::{ImportKind, ImportReport, RowOutcome};
use crate::domain::resolutions::Relation;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{Actor, Permit, WriteWork};
use crate::service::lookup::Expected;
use crate::service::{documents, programmes, resolutions};
use crate::store;
use crate::store::areas::Area;
use crate::store::programmes::{Programme, ProgrammeFilter};
use crate::store::resolutions::{Resolution, ResolutionFilter};
use crate::store::terms::TermFilter;

/// Carries out a list of documents.
///
/// # Errors
/// `forbidden`; 400 where the province is not certain; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteWork>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let root = scope.one_root()?;
    let (units, terms, known) = (scope.unit_index(work.at), terms(conn, root)?, catalogue(conn, root.id)?);
    let known = Known { root: root.id, units: &units, terms: &terms, documents: &known };
    let (mut report, header, lines) = work.read(ImportKind::Documents, |sheet| reading::read(sheet, known))?;
    report.root_path = Some(root.path.clone());
    let Some(header) = header else { return Ok(report) };
    let mut made: HashMap<u32, DocumentId> = HashMap::new();
    work.each(conn, &mut report, (&header, &lines), told, |conn, line| {
        let (outcome, document) = one(conn, &permit, line, &made, work.at)?;
        made.insert(line.row, document);
        Ok((outcome, document.id()))
    })?;
    Ok(report)
}

fn told(line: &DocumentLine) -> Told {
    Told { rows: vec![line.row], key: line.identity.number.clone().unwrap_or_default(), name: line.identity.title.clone() }
}

fn one(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    line: &DocumentLine,
    made: &HashMap<u32, DocumentId>,
    at: &Moment,
) -> AppResult<(RowOutcome, DocumentId)> {
    let mut said = line.said.clone();
    if let Some(places) = &line.implements {
        // A document whose own row has an error is told there.
        let named = |place: &Place| match place {
            Place::Known(document) => Some(*document),
            Place::Row(row) => made.get(row).copied(),
        };
        let targets: Vec<DocumentId> = places.iter().filter_map(named).collect();
        let before = line.known.map(|document| documents::relations_of(conn, document.id())).transpose()?;
        said.say("relations", relations(&targets, before.unwrap_or_default()));
    }
    match (line.known, line.kind()) {
        (Some(DocumentId::Resolution(id)), _) => changed_resolution(conn, permit, id, said, at),
        (Some(DocumentId::Programme(id)), _) => changed_programme(conn, permit, id, said, at),
        (None, DocumentKind::Resolution(_)) => {
            let made = resolutions::create(conn, permit, &lines::made(&said)?, at)?;
            Ok((RowOutcome::Created, DocumentId::Resolution(made.id)))
        }
        (None, DocumentKind::Programme(_)) => {
            let made = programmes::create(conn, permit, &lines::made(&said)?, at)?;
            Ok((RowOutcome::Created, DocumentId::Programme(made.id)))
        }
    }
}

/// What a document is to others: what the file says it carries out, and what else was said before.
fn relations(implemented: &[DocumentId], before: Vec<RelationDraft>) -> Vec<RelationDraft> {
    let kept = before.into_iter().filter(|relation| relation.relation != Relation::Implements);
    let wanted = implemented.iter().map(|document| match document {
        DocumentId::Resolution(id) => RelationDraft { relation: Relation::Implements, resolution: Some(*id), programme: None },
        DocumentId::Programme(id) => RelationDraft { relation: Relation::Implements, resolution: None, programme: Some(*id) },
    });
    wanted.chain(kept).collect()
}

fn changed_resolution(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    mut said: Said,
    at: &Moment,
) -> AppResult<(RowOutcome, DocumentId)> {
    let document = DocumentId::Resolution(id);
    let before = resolutions::standing(conn, id)?;
    leave_own_name(&mut said, before.issuer_text.as_deref());
    let Some(patch) = lines::laid(&said, &before)? else { return Ok((RowOutcome::Unchanged, document)) };
    resolutions::update(conn, permit, id, Expected::Any, &patch, at)?;
    Ok((RowOutcome::Updated, document))
}

fn changed_programme(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    mut said: Said,
    at: &Moment,
) -> AppResult<(RowOutcome, DocumentId)> {
    let document = DocumentId::Programme(id);
    let before = programmes::standing(conn, id)?;
    leave_own_name(&mut said, before.issuer_text.as_deref());
    let Some(patch) = lines::laid(&said, &before)? else { return Ok((RowOutcome::Unchanged, document)) };
    programmes::update(conn, permit, id, Expected::Any, &patch, at)?;
    Ok((RowOutcome::Updated, document))
}

/// An issuer that is one of our units may have a name of its own: whoever writes that means the unit.
fn leave_own_name(said: &mut Said, standing: Option<&str>) {
    let same = |name: &str| said.of("issuer_text") == Some(&json!(name));
    if standing.is_some_and(same) {
        said.leave("issuer");
    }
}

/// The documents of a root, as lists may mean them.
///
/// # Errors
/// The database's.
pub fn catalogue(conn: &mut Connection, root: Id) -> AppResult<Catalogue> {
    let filter = ResolutionFilter { roots: vec![root], limit: i64::MAX, ..ResolutionFilter::default() };
    let all = store::resolutions::list(conn, &filter)?;
    let resolutions = all.iter().map(|resolution| (DocumentId::Resolution(resolution.id), of_resolution(resolution)));
    let filter = ProgrammeFilter { roots: vec![root], limit: i64::MAX, ..ProgrammeFilter::default() };
    let programmes = store::programmes::list(conn, &filter)?;
    let programmes = programmes.iter().map(|programme| (DocumentId::Programme(programme.id), of_programme(programme)));
    Ok(Catalogue::new(resolutions.chain(programmes)))
}

fn of_resolution(resolution: &Resolution) -> Identity {
    Identity {
        kind: DocumentKind::Resolution(resolution.kind),
        number: resolution.number.clone(),
        title: resolution.title.clone(),
        issuer: resolution.issuer_unit_id,
        issuer_text: resolution.issuer_text.clone(),
        term: resolution.term_id,
        year: resolution.issued_on.map(|day| day.year()),
        scope_year: None,
    }
}

fn of_programme(programme: &Programme) -> Identity {
    Identity {
        kind: DocumentKind::Programme(programme.kind),
        number: programme.number.clone(),
        title: programme.title.clone(),
        issuer: programme.issuer_unit_id,
        issuer_text: programme.issuer_text.clone(),
        term: programme.term_id,
        year: programme.issued_on.map(|day| day.year()),
        scope_year: programme.scope_year,
    }
}

/// The terms of a root, the latest first.
///
/// # Errors
/// The database's.
pub fn terms(conn: &mut Connection, root: &Area) -> AppResult<Vec<NamedTerm>> {
    let filter = TermFilter { roots: vec![root.path.clone()], limit: i64::MAX, ..TermFilter::default() };
    let named = |term: store::terms::Term| NamedTerm {
        id: term.id,
        ordinal: term.ordinal,
        years: (term.starts_on.year(), term.ends_on.year()),
        title: term.title,
    };
    Ok(store::terms::list(conn, &filter)?.into_iter().map(named).collect())
}
