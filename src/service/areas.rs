//! Areas: created and changed by administrators, read by everybody in the root.

use crate::db::Connection;
use crate::domain::areas::{AreaDraft, AreaQuery};
use crate::domain::merge_patch::MergePatch;
use crate::domain::{Moment, Reference, areas as rule, text};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::areas::{Area, AreaFilter};

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// The area a reference points at.
///
/// # Errors
/// `not_found`, also for areas of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDirectory>, reference: &Reference) -> AppResult<Area> {
    let area = lookup::found(store::areas::find_by(conn, reference))?;
    permit.require_root(&area.path)?;
    Ok(area)
}

/// A page of areas.
///
/// # Errors
/// `invalid_parameter`; `not_found` for a parent that is not there.
pub fn list(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: AreaQuery) -> AppResult<Page<Area>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = AreaFilter {
        roots: permit.actor().roots(),
        level: query.level,
        parent_id: query.parent.map(|p| lookup::area_parameter(conn, permit, "parent", &p)).transpose()?.map(|parent| parent.id),
        search: query.q.as_deref().map(text::fold),
        valid_on: query.valid_on,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    page.page(store::areas::list(conn, &filter)?, |area| (area.sort_key.clone(), area.id))
}

/// Creates an area. A new root needs a grant on a root area: whoever keeps one province may add
/// the next to the deployment.
///
/// # Errors
/// 422 for an unknown parent, `duplicate` for a code that exists.
pub fn create(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &AreaDraft, at: &Moment) -> AppResult<Area> {
    let parent = draft.parent.as_ref().map(|p| lookup::area(conn, permit, "/parent", p)).transpose()?;
    match &parent {
        Some(parent) => permit.require_area(&parent.path)?,
        None if permit.covers_a_root() => {}
        None => return Err(AppError::new(codes::FORBIDDEN)),
    }
    let area = row(draft, parent.as_ref(), at)?;
    store::areas::insert(conn, &area)?;
    journal::append(conn, permit.actor(), &Happening::created("area.created", "area", area.id, draft), at)?;
    Ok(area)
}

/// Changes an area; its code stays.
///
/// # Errors
/// `stale`, 422, `forbidden`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    reference: &Reference,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<Area> {
    let current = lookup::found(store::areas::find_by(conn, reference))?;
    permit.require_area(&current.path)?;
    expected.check(current.version)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    if draft.code != current.code || draft.parent != before.parent {
        // Moving a subtree would rewrite what was: it needs an event with a date, not an edit.
        return Err(AppError::invalid(if draft.code == current.code { "/parent" } else { "/code" }, rules::FORMAT));
    }
    check_dates(&draft)?;
    let changed = Area {
        name: draft.name.clone(),
        folded: text::fold(&draft.name),
        sort_key: text::sort_key(&draft.name),
        level: draft.level,
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        note: draft.note.clone(),
        version: current.version + 1,
        ..current
    };
    lookup::expect_updated(store::areas::update(conn, &changed))?;
    journal::append(conn, permit.actor(), &Happening::changed("area.changed", "area", changed.id, &before, &draft), at)?;
    Ok(changed)
}

fn row(draft: &AreaDraft, parent: Option<&Area>, at: &Moment) -> AppResult<Area> {
    check_dates(draft)?;
    Ok(Area {
        id: at.new_id(),
        code: draft.code.clone(),
        name: draft.name.clone(),
        folded: text::fold(&draft.name),
        sort_key: text::sort_key(&draft.name),
        level: draft.level,
        parent_id: parent.map(|p| p.id),
        path: rule::path(parent.map(|p| p.path.as_str()), &draft.code),
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        note: draft.note.clone(),
        version: 1,
        recorded_at: at.recorded_at(),
    })
}

fn draft_of(area: &Area) -> AreaDraft {
    AreaDraft {
        code: area.code.clone(),
        name: area.name.clone(),
        level: area.level,
        parent: area.parent_id.map(Reference::Id),
        valid_from: area.valid_from,
        valid_to: area.valid_to,
        note: area.note.clone(),
    }
}

fn check_dates(draft: &AreaDraft) -> AppResult<()> {
    if draft.valid_to.is_some_and(|to| to < draft.valid_from) {
        return Err(AppError::invalid("/valid_to", rules::DATE_ORDER));
    }
    Ok(())
}
