//! Pillars: as many as their resolution names.

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::pillars::PillarDraft;
use crate::domain::resolutions::PartQuery;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::store;
use crate::store::pillars::Pillar;

use super::access::{Permit, ReadWork, WriteWork};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{resolution_parts as parts, resolutions};

/// The pillar with this id.
///
/// # Errors
/// `not_found`, also for another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Pillar> {
    let pillar = lookup::found(store::pillars::find(conn, id))?;
    resolutions::get(conn, permit, pillar.resolution_id)?;
    Ok(pillar)
}

/// A page of them, of one resolution or of all the reader sees.
///
/// # Errors
/// `invalid_parameter`, also for an unknown resolution.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: PartQuery) -> AppResult<Page<Pillar>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = parts::filter(conn, permit, query.resolution, &page)?;
    page.page(store::pillars::list(conn, &filter)?, |pillar| (pillar.resolution_id, pillar.ordinal))
}

/// Creates one.
///
/// # Errors
/// `forbidden`; `duplicate` for a place that is taken; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &PillarDraft, at: &Moment) -> AppResult<Pillar> {
    parts::named(conn, permit, draft.resolution)?;
    let pillar = row(draft, at);
    parts::refuse_taken(pillar.id, store::pillars::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    parts::check_clause(conn, draft.resolution, draft.clause, None)?;
    store::pillars::insert(conn, &pillar)?;
    journal::append(conn, permit.actor(), &Happening::created("pillar.created", "pillar", pillar.id, draft), at)?;
    Ok(pillar)
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
) -> AppResult<Pillar> {
    let current = lookup::found(store::pillars::find(conn, id))?;
    parts::require_write(conn, permit, current.resolution_id)?;
    expected.check(current.version)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    parts::refuse_move(before.resolution, draft.resolution)?;
    parts::refuse_taken(id, store::pillars::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    let changed = Pillar { id, recorded_at: current.recorded_at, version: current.version + 1, ..row(&draft, at) };
    parts::check_clause(conn, draft.resolution, draft.clause, before.clause)?;
    lookup::expect_updated(store::pillars::update(conn, &changed))?;
    journal::append(conn, permit.actor(), &Happening::changed("pillar.changed", "pillar", id, &before, &draft), at)?;
    Ok(changed)
}

fn row(draft: &PillarDraft, at: &Moment) -> Pillar {
    Pillar {
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

fn draft_of(pillar: &Pillar) -> PillarDraft {
    PillarDraft {
        resolution: pillar.resolution_id,
        ordinal: pillar.ordinal,
        title: pillar.title.clone(),
        description: pillar.description.clone(),
        clause: pillar.clause_id,
    }
}
