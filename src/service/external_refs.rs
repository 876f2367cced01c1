//! What other systems call our areas, units and tasks: kept with them, unique for each kind in a root.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::external_refs::{ExternalRef, ExternalRefFilter, RefKind};
use crate::domain::{Id, Moment, Reference, areas};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::external_refs::{ExternalRefRow, Known};

use super::access::{Permit, Right};
use super::lookup;

/// What is called something: which thing of which root.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// Its kind.
    pub kind: RefKind,
    /// Its id.
    pub id: Id,
    /// The root area it belongs to.
    pub root_id: Id,
}

/// The id of what another system calls so, in this root.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Connection, root: Id, kind: RefKind, reference: &ExternalRef) -> AppResult<Option<Id>> {
    Ok(store::external_refs::find(conn, root, kind, reference)?)
}

/// The root area that a path of an area (`/hg/hg-huyen-vi-thuy/`) begins with.
///
/// # Errors
/// `not_found`; the database's.
pub fn root_of(conn: &mut Connection, area_path: &str) -> AppResult<Id> {
    let code = Reference::Code(areas::root_of(area_path).to_owned());
    Ok(lookup::found(store::areas::find_by(conn, &code))?.id)
}

/// What other systems call one thing, by system and id.
///
/// # Errors
/// The database's.
pub fn of(conn: &mut Connection, kind: RefKind, id: Id) -> AppResult<Vec<ExternalRef>> {
    Ok(store::external_refs::of(conn, kind, &[id])?.iter().map(ExternalRefRow::reference).collect())
}

/// What other systems call these things; those without a name are not in the answer.
///
/// # Errors
/// The database's.
pub fn of_all(conn: &mut Connection, kind: RefKind, ids: &[Id]) -> AppResult<HashMap<Id, Vec<ExternalRef>>> {
    let mut found: HashMap<Id, Vec<ExternalRef>> = HashMap::new();
    for row in store::external_refs::of(conn, kind, ids)? {
        found.entry(row.subject_id).or_default().push(row.reference());
    }
    Ok(found)
}

/// Rows with what other systems call them: one query, whatever their number.
///
/// # Errors
/// The database's.
pub fn with_refs<T>(conn: &mut Connection, kind: RefKind, rows: Vec<T>, id: impl Fn(&T) -> Id) -> AppResult<Vec<Known<T>>> {
    let ids: Vec<Id> = rows.iter().map(&id).collect();
    let mut refs = of_all(conn, kind, &ids)?;
    let known = |row: T| Known { external_refs: refs.remove(&id(&row)).unwrap_or_default(), row };
    Ok(rows.into_iter().map(known).collect())
}

/// Makes these the names of the subject: what is new is added, what is missing is taken away. Call
/// it in the transaction that writes the subject, before its event.
///
/// # Errors
/// 422 `taken` or `repeated`, naming `/external_refs/{index}`: the name stands for another thing of
/// the same kind in the root, or is said twice.
pub fn set(conn: &mut Connection, subject: Subject, wanted: &[ExternalRef], at: &Moment) -> AppResult<Vec<ExternalRef>> {
    let mut wrong = Vec::new();
    for (i, reference) in wanted.iter().enumerate() {
        let pointer = format!("/external_refs/{i}");
        let holder = store::external_refs::find(conn, subject.root_id, subject.kind, reference)?;
        if holder.is_some_and(|id| id != subject.id) {
            wrong.push(FieldError::new(pointer, rules::TAKEN).with("found", reference));
        } else if wanted.iter().take(i).any(|earlier| earlier == reference) {
            wrong.push(FieldError::new(pointer, rules::REPEATED));
        }
    }
    if !wrong.is_empty() {
        return Err(AppError::invalid_fields(wrong));
    }
    let present = store::external_refs::of(conn, subject.kind, &[subject.id])?;
    for row in present.iter().filter(|row| !wanted.contains(&row.reference())) {
        store::external_refs::remove(conn, row)?;
    }
    for reference in wanted.iter().filter(|reference| !present.iter().any(|row| row.reference() == **reference)) {
        store::external_refs::insert(conn, &row(subject, reference, at))?;
    }
    Ok(ordered(wanted))
}

/// The root area that another system calls so, among the asker's.
///
/// # Errors
/// The database's.
pub fn find_root<R: Right>(conn: &mut Connection, permit: &Permit<R>, reference: &ExternalRef) -> AppResult<Option<Id>> {
    let roots = store::documents::root_ids(conn, &permit.actor().roots())?;
    let found = store::external_refs::find_in(conn, &roots, RefKind::Area, reference)?;
    Ok(found.into_iter().find(|id| roots.contains(id)))
}

/// The names a thing has after it was written under one of them: those of the draft, or where the
/// draft has none those it had, and always that one.
pub fn with(said: Vec<ExternalRef>, reference: &ExternalRef, present: &[ExternalRef]) -> Vec<ExternalRef> {
    let mut names = if said.is_empty() { present.to_vec() } else { said };
    if !names.contains(reference) {
        names.push(reference.clone());
    }
    ordered(&names)
}

/// Names in the order they are shown in.
pub fn ordered(refs: &[ExternalRef]) -> Vec<ExternalRef> {
    let mut refs = refs.to_vec();
    refs.sort_unstable();
    refs
}

/// What the parameter of a list chooses, within the reader's roots; `None` if it was not sent.
///
/// # Errors
/// The database's.
pub fn chosen<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    kind: RefKind,
    filter: Option<ExternalRefFilter>,
) -> AppResult<Option<Vec<Id>>> {
    let Some(ExternalRefFilter(reference)) = filter else { return Ok(None) };
    let roots = store::documents::root_ids(conn, &permit.actor().roots())?;
    Ok(Some(store::external_refs::find_in(conn, &roots, kind, &reference)?))
}

fn row(subject: Subject, reference: &ExternalRef, at: &Moment) -> ExternalRefRow {
    ExternalRefRow {
        root_id: subject.root_id,
        subject_kind: subject.kind,
        system: reference.system.clone(),
        external_id: reference.id.clone(),
        subject_id: subject.id,
        recorded_at: at.recorded_at(),
    }
}
