//! Strategic breakthroughs: as many as their resolution names.

use crate::db::Connection;
use crate::domain::breakthroughs::BreakthroughDraft;
use crate::domain::merge_patch::MergePatch;
use crate::domain::resolutions::PartQuery;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::store;
use crate::store::breakthroughs::Breakthrough;

use super::access::{Permit, ReadWork, WriteWork};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{resolution_parts as parts, resolutions};

/// The breakthrough with this id.
///
/// # Errors
/// `not_found`, also for another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Breakthrough> {
    let breakthrough = lookup::found(store::breakthroughs::find(conn, id))?;
    resolutions::get(conn, permit, breakthrough.resolution_id)?;
    Ok(breakthrough)
}

/// A page of them, of one resolution or of all the reader sees.
///
/// # Errors
/// `invalid_parameter`, also for an unknown resolution.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: PartQuery) -> AppResult<Page<Breakthrough>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = parts::filter(conn, permit, query.resolution, &page)?;
    page.page(store::breakthroughs::list(conn, &filter)?, |breakthrough| (breakthrough.resolution_id, breakthrough.ordinal))
}

/// Creates one.
///
/// # Errors
/// `forbidden`; `duplicate` for a place that is taken; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &BreakthroughDraft, at: &Moment) -> AppResult<Breakthrough> {
    parts::named(conn, permit, draft.resolution)?;
    let breakthrough = row(draft, at);
    parts::refuse_taken(breakthrough.id, store::breakthroughs::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    parts::check_clause(conn, draft.resolution, draft.clause, None)?;
    store::breakthroughs::insert(conn, &breakthrough)?;
    journal::append(conn, permit.actor(), &Happening::created("breakthrough.created", "breakthrough", breakthrough.id, draft), at)?;
    Ok(breakthrough)
}

/// Changes one; it stays with its resolution.
///
/// # Errors
/// `forbidden`, `stale`, `duplicate`, 422 naming the field.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<Breakthrough> {
    let current = lookup::found(store::breakthroughs::find(conn, id))?;
    parts::require_write(conn, permit, current.resolution_id)?;
    expected.check(current.version)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    parts::refuse_move(before.resolution, draft.resolution)?;
    parts::refuse_taken(id, store::breakthroughs::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    let changed = Breakthrough { id, recorded_at: current.recorded_at, version: current.version + 1, ..row(&draft, at) };
    parts::check_clause(conn, draft.resolution, draft.clause, before.clause)?;
    lookup::expect_updated(store::breakthroughs::update(conn, &changed))?;
    journal::append(conn, permit.actor(), &Happening::changed("breakthrough.changed", "breakthrough", id, &before, &draft), at)?;
    Ok(changed)
}

fn row(draft: &BreakthroughDraft, at: &Moment) -> Breakthrough {
    Breakthrough {
        id: at.new_id(),
        resolution_id: draft.resolution,
        ordinal: draft.ordinal,
        title: draft.title.clone(),
        description: draft.description.clone(),
        version: 1,
        recorded_at: at.recorded_at(),
        clause_id: draft.clause,
    }
}

fn draft_of(breakthrough: &Breakthrough) -> BreakthroughDraft {
    BreakthroughDraft {
        resolution: breakthrough.resolution_id,
        ordinal: breakthrough.ordinal,
        title: breakthrough.title.clone(),
        description: breakthrough.description.clone(),
        clause: breakthrough.clause_id,
    }
}
