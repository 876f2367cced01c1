//! Areas: created and changed by administrators, read by everybody in the root.

use crate::db::Connection;
use crate::domain::areas::{AreaDraft, AreaQuery};
use crate::domain::external_refs::{ExternalRef, RefKind};
use crate::domain::merge_patch::MergePatch;
use crate::domain::{Moment, Reference, areas as rule, text};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::areas::{Area, AreaFilter};
use crate::store::external_refs::Known;

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::external_refs::{self, Subject};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// The area a reference points at.
///
/// # Errors
/// `not_found`, also for areas of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDirectory>, reference: &Reference) -> AppResult<Known<Area>> {
    let area = lookup::found(store::areas::find_by(conn, reference))?;
    permit.require_root(&area.path)?;
    known(conn, area)
}

/// A page of areas.
///
/// # Errors
/// `invalid_parameter`; `not_found` for a parent that is not there.
pub fn list(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: AreaQuery) -> AppResult<Page<Known<Area>>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = AreaFilter {
        roots: permit.actor().roots(),
        level: query.level,
        parent_id: query.parent.map(|p| lookup::area_parameter(conn, permit, "parent", &p)).transpose()?.map(|parent| parent.id),
        search: query.q.as_deref().map(text::fold),
        valid_on: query.valid_on,
        ids: external_refs::chosen(conn, permit, RefKind::Area, query.external_ref)?,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let page = page.page(store::areas::list(conn, &filter)?, |area| (area.sort_key.clone(), area.id))?;
    Ok(Page { items: external_refs::with_refs(conn, RefKind::Area, page.items, |area| area.id)?, next: page.next })
}

/// Creates an area. A new root needs a grant on a root area: whoever keeps one province may add
/// the next to the deployment.
///
/// # Errors
/// 422 for an unknown parent, `duplicate` for a code that exists.
pub fn create(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &AreaDraft, at: &Moment) -> AppResult<Known<Area>> {
    let parent = draft.parent.as_ref().map(|p| lookup::area(conn, permit, "/parent", p)).transpose()?;
    match &parent {
        Some(parent) => permit.require_area(&parent.path)?,
        None if permit.covers_a_root() => {}
        None => return Err(AppError::new(codes::FORBIDDEN)),
    }
    let area = row(draft, parent.as_ref(), at)?;
    store::areas::insert(conn, &area)?;
    let external_refs = call(conn, &area, draft, at)?;
    journal::append(conn, permit.actor(), &Happening::created("area.created", "area", area.id, draft), at)?;
    Ok(Known { row: area, external_refs })
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
) -> AppResult<Known<Area>> {
    let current = lookup::found(store::areas::find_by(conn, reference))?;
    let current = known(conn, current)?;
    permit.require_area(&current.path)?;
    expected.check(current.version)?;
    let draft = settled(conn, permit, lookup::patched(&draft_of(&current), patch)?)?;
    replace(conn, permit, current, &draft, at)
}

/// Creates the area that another system calls so, or makes the one that is called so what the draft
/// says. Where nothing differs nothing happens. Answers whether it was created.
///
/// # Errors
/// As [`create`] and [`update`].
pub fn upsert(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    reference: &ExternalRef,
    expected: Expected,
    draft: AreaDraft,
    at: &Moment,
) -> AppResult<(Known<Area>, bool)> {
    let draft = settled(conn, permit, draft)?;
    let parent = draft.parent.as_ref().map(|p| lookup::area(conn, permit, "/parent", p)).transpose()?;
    let found = match parent {
        Some(parent) => {
            let root = external_refs::root_of(conn, &parent.path)?;
            external_refs::find(conn, root, RefKind::Area, reference)?
        }
        None => external_refs::find_root(conn, permit, reference)?,
    };
    let present = found.map(|id| lookup::found(store::areas::find(conn, id))).transpose()?;
    let Some(present) = present else {
        let draft = AreaDraft { external_refs: external_refs::with(draft.external_refs, reference, &[]), ..draft };
        return Ok((create(conn, permit, &draft, at)?, true));
    };
    let current = known(conn, present)?;
    permit.require_area(&current.path)?;
    expected.check_if_said(current.version)?;
    let draft = AreaDraft { external_refs: external_refs::with(draft.external_refs, reference, &current.external_refs), ..draft };
    if draft == draft_of(&current) {
        return Ok((current, false));
    }
    Ok((replace(conn, permit, current, &draft, at)?, false))
}

/// The draft with ids where it may have codes, so that it can be compared.
fn settled(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: AreaDraft) -> AppResult<AreaDraft> {
    let parent = draft.parent.as_ref().map(|p| lookup::area(conn, permit, "/parent", p)).transpose()?;
    Ok(AreaDraft { parent: parent.map(|p| Reference::Id(p.id)), ..draft })
}

fn replace(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    current: Known<Area>,
    draft: &AreaDraft,
    at: &Moment,
) -> AppResult<Known<Area>> {
    let before = draft_of(&current);
    if draft.code != current.code || draft.parent != before.parent {
        // Moving a subtree would rewrite what was: it needs an event with a date, not an edit.
        return Err(AppError::invalid(if draft.code == current.code { "/parent" } else { "/code" }, rules::FORMAT));
    }
    check_dates(draft)?;
    let changed = Area {
        name: draft.name.clone(),
        folded: text::fold(&draft.name),
        sort_key: text::sort_key(&draft.name),
        level: draft.level,
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        note: draft.note.clone(),
        version: current.version + 1,
        ..current.row
    };
    lookup::expect_updated(store::areas::update(conn, &changed))?;
    let external_refs = call(conn, &changed, draft, at)?;
    journal::append(conn, permit.actor(), &Happening::changed("area.changed", "area", changed.id, &before, draft), at)?;
    Ok(Known { row: changed, external_refs })
}

/// With what other systems call it.
///
/// # Errors
/// The database's.
pub(super) fn known(conn: &mut Connection, area: Area) -> AppResult<Known<Area>> {
    Ok(Known { external_refs: external_refs::of(conn, RefKind::Area, area.id)?, row: area })
}

fn call(conn: &mut Connection, area: &Area, draft: &AreaDraft, at: &Moment) -> AppResult<Vec<ExternalRef>> {
    let root_id = external_refs::root_of(conn, &area.path)?;
    external_refs::set(conn, Subject { kind: RefKind::Area, id: area.id, root_id }, &draft.external_refs, at)
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

/// What was said of it, as a draft.
pub(super) fn draft_of(area: &Known<Area>) -> AreaDraft {
    AreaDraft {
        code: area.code.clone(),
        name: area.name.clone(),
        level: area.level,
        parent: area.parent_id.map(Reference::Id),
        valid_from: area.valid_from,
        valid_to: area.valid_to,
        note: area.note.clone(),
        external_refs: area.external_refs.clone(),
    }
}

fn check_dates(draft: &AreaDraft) -> AppResult<()> {
    if draft.valid_to.is_some_and(|to| to < draft.valid_from) {
        return Err(AppError::invalid("/valid_to", rules::DATE_ORDER));
    }
    Ok(())
}
