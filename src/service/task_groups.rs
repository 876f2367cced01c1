//! Task groups: the tasks and solutions of a resolution, by theme.

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::resolutions::PartQuery;
use crate::domain::task_groups::TaskGroupDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::store;
use crate::store::resolutions::Resolution;
use crate::store::task_groups::TaskGroup;

use super::access::{Permit, ReadWork, WriteWork};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{resolution_parts as parts, resolutions};

/// The task group with this id.
///
/// # Errors
/// `not_found`, also for another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<TaskGroup> {
    let group = lookup::found(store::task_groups::find(conn, id))?;
    resolutions::get(conn, permit, group.resolution_id)?;
    Ok(group)
}

/// A page of them, of one resolution or of all the reader sees.
///
/// # Errors
/// `invalid_parameter`, also for an unknown resolution.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: PartQuery) -> AppResult<Page<TaskGroup>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = parts::filter(conn, permit, query.resolution, &page)?;
    page.page(store::task_groups::list(conn, &filter)?, |group| (group.resolution_id, group.ordinal))
}

/// Creates one.
///
/// # Errors
/// `forbidden`; `duplicate` for a place that is taken; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskGroupDraft, at: &Moment) -> AppResult<TaskGroup> {
    let resolution = parts::named(conn, permit, draft.resolution)?;
    let group = row(draft, at);
    parts::refuse_taken(group.id, store::task_groups::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    check_links(conn, &resolution, draft)?;
    parts::check_clause(conn, draft.resolution, draft.clause, None)?;
    store::task_groups::insert(conn, &group)?;
    journal::append(conn, permit.actor(), &Happening::created("task_group.created", "task_group", group.id, draft), at)?;
    Ok(group)
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
) -> AppResult<TaskGroup> {
    let current = lookup::found(store::task_groups::find(conn, id))?;
    let resolution = parts::require_write(conn, permit, current.resolution_id)?;
    expected.check(current.version)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    parts::refuse_move(before.resolution, draft.resolution)?;
    parts::refuse_taken(id, store::task_groups::at_place(conn, draft.resolution, draft.ordinal)?, draft.ordinal)?;
    check_links(conn, &resolution, &draft)?;
    let changed = TaskGroup { id, recorded_at: current.recorded_at, version: current.version + 1, ..row(&draft, at) };
    parts::check_clause(conn, draft.resolution, draft.clause, before.clause)?;
    lookup::expect_updated(store::task_groups::update(conn, &changed))?;
    journal::append(conn, permit.actor(), &Happening::changed("task_group.changed", "task_group", id, &before, &draft), at)?;
    Ok(changed)
}

fn row(draft: &TaskGroupDraft, at: &Moment) -> TaskGroup {
    TaskGroup {
        id: at.new_id(),
        resolution_id: draft.resolution,
        kind: draft.kind,
        ordinal: draft.ordinal,
        title: draft.title.clone(),
        breakthrough_id: draft.breakthrough,
        field_id: draft.field,
        version: 1,
        recorded_at: at.recorded_at(),
        clause_id: draft.clause,
    }
}

fn draft_of(group: &TaskGroup) -> TaskGroupDraft {
    TaskGroupDraft {
        resolution: group.resolution_id,
        kind: group.kind,
        ordinal: group.ordinal,
        title: group.title.clone(),
        breakthrough: group.breakthrough_id,
        field: group.field_id,
        clause: group.clause_id,
    }
}

/// The breakthrough belongs to a resolution of the same root, and the field exists.
fn check_links(conn: &mut Connection, resolution: &Resolution, draft: &TaskGroupDraft) -> AppResult<()> {
    lookup::record(conn, "/field", draft.field, store::fields::find)?;
    let of_same_root = |conn: &mut Connection, id| store::breakthroughs::find_within(conn, id, resolution.root_id);
    lookup::record(conn, "/breakthrough", draft.breakthrough, of_same_root).map(drop)
}
