//! Objectives: general or specific, measured or in words.

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::objectives::ObjectiveDraft;
use crate::domain::resolutions::PartQuery;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::store;
use crate::store::objectives::Objective;

use super::access::{Permit, ReadWork, WriteWork};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{resolution_parts as parts, resolutions};

/// The objective with this id.
///
/// # Errors
/// `not_found`, also for another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Objective> {
    let objective = lookup::found(store::objectives::find(conn, id))?;
    resolutions::get(conn, permit, objective.resolution_id)?;
    Ok(objective)
}

/// A page of them, of one resolution or of all the reader sees.
///
/// # Errors
/// `invalid_parameter`, also for an unknown resolution.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: PartQuery) -> AppResult<Page<Objective>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = parts::filter(conn, permit, query.resolution, &page)?;
    page.page(store::objectives::list(conn, &filter)?, |objective| (objective.resolution_id, objective.ordinal))
}

/// Creates one.
///
/// # Errors
/// `forbidden`; `duplicate` for a place that is taken; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &ObjectiveDraft, at: &Moment) -> AppResult<Objective> {
    parts::named(conn, permit, draft.resolution)?;
    let objective = row(draft, at);
    parts::refuse_taken(objective.id, store::objectives::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    parts::check_clause(conn, draft.resolution, draft.clause, None)?;
    store::objectives::insert(conn, &objective)?;
    journal::append(conn, permit.actor(), &Happening::created("objective.created", "objective", objective.id, draft), at)?;
    Ok(objective)
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
) -> AppResult<Objective> {
    let current = lookup::found(store::objectives::find(conn, id))?;
    parts::require_write(conn, permit, current.resolution_id)?;
    expected.check(current.version)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    parts::refuse_move(before.resolution, draft.resolution)?;
    parts::refuse_taken(id, store::objectives::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    let changed = Objective { id, recorded_at: current.recorded_at, version: current.version + 1, ..row(&draft, at) };
    parts::check_clause(conn, draft.resolution, draft.clause, before.clause)?;
    lookup::expect_updated(store::objectives::update(conn, &changed))?;
    journal::append(conn, permit.actor(), &Happening::changed("objective.changed", "objective", id, &before, &draft), at)?;
    Ok(changed)
}

fn row(draft: &ObjectiveDraft, at: &Moment) -> Objective {
    Objective {
        id: at.new_id(),
        resolution_id: draft.resolution,
        ordinal: draft.ordinal,
        level: draft.level,
        title: draft.title.clone(),
        description: draft.description.clone(),
        quantified: draft.quantified,
        version: 1,
        recorded_at: at.recorded_at(),
        clause_id: draft.clause,
    }
}

fn draft_of(objective: &Objective) -> ObjectiveDraft {
    ObjectiveDraft {
        resolution: objective.resolution_id,
        ordinal: objective.ordinal,
        level: objective.level,
        title: objective.title.clone(),
        description: objective.description.clone(),
        quantified: objective.quantified,
        clause: objective.clause_id,
    }
}
