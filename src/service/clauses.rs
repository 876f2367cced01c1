//! Clauses of resolutions: written with their resolution, cited by tasks, never deleted.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use crate::db::Connection;
use crate::domain::clauses::{self as rule, ClauseDraft, ClauseOrder, ClauseQuery};
use crate::domain::merge_patch::MergePatch;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::clauses::{Clause, ClauseFilter};
use crate::store::resolutions::Resolution;

use super::access::{Permit, ReadWork, WriteWork};
use super::journal::{self, Happening, Seat};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{documents, resolution_parts as parts, resolutions};

/// The clause with this id, voided or not.
///
/// # Errors
/// `not_found`, also for another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Clause> {
    let clause = lookup::found(store::clauses::find(conn, id))?;
    resolutions::get(conn, permit, clause.resolution_id)?;
    Ok(clause)
}

/// A page of the clauses of a resolution, in the order of the document.
///
/// # Errors
/// `not_found`; `invalid_parameter`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, resolution: Id, query: ClauseQuery) -> AppResult<Page<Clause>> {
    let resolution = resolutions::get(conn, permit, resolution)?;
    if query.below.as_deref().is_some_and(|path| rule::check_path(path).is_err()) {
        return Err(AppError::bad_parameter("below", rules::FORMAT));
    }
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = ClauseFilter {
        resolution_id: resolution.id,
        kinds: query.kind,
        below: query.below,
        voided: query.voided,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    page.page(store::clauses::list(conn, &filter)?, |clause| (clause.sort_key.clone(), clause.id))
}

/// The resolution whose clauses the writer may write.
///
/// # Errors
/// `forbidden`, `not_found`.
pub fn writable(conn: &mut Connection, permit: &Permit<WriteWork>, resolution: Id) -> AppResult<Resolution> {
    parts::require_write(conn, permit, resolution)
}

/// Creates a clause of a resolution that may be written ([`writable`]).
///
/// # Errors
/// `duplicate` for a path that is taken.
pub fn create(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    resolution: &Resolution,
    draft: &ClauseDraft,
    at: &Moment,
) -> AppResult<Clause> {
    // From here on nobody else writes clauses: paths are judged on what stays.
    let seat = journal::reserve(conn)?;
    let clause = row(resolution.id, draft, at);
    refuse_taken(conn, &clause)?;
    store::clauses::insert(conn, &clause)?;
    journal::append_at(conn, seat, permit.actor(), &Happening::created("clause.created", "clause", clause.id, draft), at)?;
    Ok(clause)
}

/// A clause that the writer may change.
///
/// # Errors
/// `forbidden`, `not_found`; `illegal_state` for a voided one.
pub fn changeable(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Clause> {
    let clause = lookup::found(store::clauses::find(conn, id))?;
    parts::require_write(conn, permit, clause.resolution_id)?;
    if clause.voided_at.is_some() {
        return Err(AppError::illegal_state(Vec::<String>::new()));
    }
    Ok(clause)
}

/// Changes a clause; its id stays, and with it what cites it.
///
/// # Errors
/// `forbidden`, `stale`, `duplicate`, `illegal_state`, 422 naming the field.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<Clause> {
    let current = lookup::found(store::clauses::find(conn, id))?;
    parts::require_write(conn, permit, current.resolution_id)?;
    expected.check(current.version)?;
    let current = changeable(conn, permit, id)?;
    let seat = journal::reserve(conn)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    let changed = Clause { id, recorded_at: current.recorded_at, version: current.version + 1, ..row(current.resolution_id, &draft, at) };
    refuse_taken(conn, &changed)?;
    keep(conn, permit, seat, &Happening::changed("clause.changed", "clause", id, &before, &draft), &changed, at)?;
    Ok(changed)
}

/// Voids a clause ([`changeable`]): it stays on record, is cited no more and lacks nothing.
///
/// # Errors
/// The database's.
pub fn void(conn: &mut Connection, permit: &Permit<WriteWork>, clause: Clause, reason: &str, at: &Moment) -> AppResult<Clause> {
    let seat = journal::reserve(conn)?;
    let draft = draft_of(&clause);
    let voided = Clause { voided_at: Some(at.recorded_at()), void_reason: Some(reason.to_owned()), version: clause.version + 1, ..clause };
    let mut happening = Happening::changed("clause.voided", "clause", voided.id, &draft, &draft);
    happening.after = None;
    keep(conn, permit, seat, &happening.because(Some(reason)), &voided, at)?;
    Ok(voided)
}

fn keep(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    seat: Seat,
    happening: &Happening<'_>,
    changed: &Clause,
    at: &Moment,
) -> AppResult<()> {
    lookup::expect_updated(store::clauses::update(conn, changed))?;
    journal::append_at(conn, seat, permit.actor(), happening, at).map(drop)
}

/// Gives clauses other places at once, as when the numbering of a draft changes; ids stay.
///
/// # Errors
/// `stale` for a version that has passed; `duplicate` for two clauses at one place; 422 naming a clause
/// that is not there, was voided, or is named twice.
pub fn order(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    resolution: &Resolution,
    order: &ClauseOrder,
    at: &Moment,
) -> AppResult<Vec<Clause>> {
    let seat = journal::reserve(conn)?;
    let standing = store::clauses::of_resolution(conn, resolution.id)?.into_iter().filter(|clause| clause.voided_at.is_none());
    let mut standing: HashMap<Id, Clause> = standing.map(|clause| (clause.id, clause)).collect();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (place, wanted) in order.clauses.iter().enumerate() {
        let pointer = format!("/clauses/{place}/clause");
        let Some(clause) = standing.get_mut(&wanted.clause) else {
            let unknown = FieldError::new(pointer, rules::UNKNOWN_RECORD).with("found", wanted.clause);
            return Err(AppError::invalid_fields(vec![unknown]));
        };
        if after.iter().any(|moved: &Clause| moved.id == wanted.clause) {
            return Err(AppError::invalid(pointer, rules::REPEATED));
        }
        if clause.version != wanted.version {
            return Err(AppError::new(codes::STALE));
        }
        before.push((clause.id, clause.path.clone()));
        let (path, sort_key, version) = (wanted.path.clone(), rule::sort_key(&wanted.path), clause.version + 1);
        *clause = Clause { path, sort_key, version, ..clause.clone() };
        after.push(clause.clone());
    }
    let mut places = HashSet::new();
    if let Some(twice) = standing.values().find(|clause| !places.insert(clause.path.as_str())) {
        return Err(documents::taken_error("/clauses", &twice.path));
    }
    for clause in &after {
        lookup::expect_updated(store::clauses::update(conn, clause))?;
    }
    let paths: Vec<(Id, &str)> = after.iter().map(|clause| (clause.id, clause.path.as_str())).collect();
    let happening = Happening::changed("resolution.clauses_ordered", "resolution", resolution.id, &before, &paths);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(after)
}

/// Makes a task cite these clauses: of the task's own root, each once. What it cited before may stay,
/// voided or not.
///
/// # Errors
/// 422 naming the clause.
pub fn cite(conn: &mut Connection, task: Id, root: Id, cited: &[Id], before: &[Id], at: &Moment) -> AppResult<()> {
    if cited == before {
        return Ok(());
    }
    let mut seen = HashSet::new();
    for (place, id) in cited.iter().enumerate() {
        let pointer = format!("/clauses/{place}");
        if !seen.insert(*id) {
            return Err(AppError::invalid(pointer, rules::REPEATED));
        }
        let known = |conn: &mut Connection, id| {
            let found = store::clauses::find(conn, id)?.filter(|clause| clause.voided_at.is_none() || before.contains(&id));
            let resolution = found.map(|clause| store::resolutions::find(conn, clause.resolution_id)).transpose()?.flatten();
            Ok(resolution.filter(|resolution| resolution.root_id == root))
        };
        lookup::record(conn, &pointer, Some(*id), known)?;
    }
    Ok(store::clauses::cite(conn, task, cited, before, at)?)
}

fn refuse_taken(conn: &mut Connection, own: &Clause) -> AppResult<()> {
    match store::clauses::at_path(conn, own.resolution_id, &own.path)? {
        Some(other) if other != own.id => Err(documents::taken_error("/path", &own.path)),
        _ => Ok(()),
    }
}

fn row(resolution: Id, draft: &ClauseDraft, at: &Moment) -> Clause {
    Clause {
        id: at.new_id(),
        resolution_id: resolution,
        path: draft.path.clone(),
        sort_key: rule::sort_key(&draft.path),
        kind: draft.kind,
        heading: draft.heading.clone(),
        text: draft.text.clone(),
        text_sha256: draft.text.as_ref().map(|text| hex::encode(Sha256::digest(text))),
        voided_at: None,
        void_reason: None,
        version: 1,
        recorded_at: at.recorded_at(),
    }
}

/// What is said of a clause now.
pub fn draft_of(clause: &Clause) -> ClauseDraft {
    ClauseDraft { path: clause.path.clone(), kind: clause.kind, heading: clause.heading.clone(), text: clause.text.clone() }
}
