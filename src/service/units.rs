//! Units: created and changed by administrators, read by everybody in the root.

use crate::db::Connection;
use crate::domain::external_refs::{ExternalRef, RefKind};
use crate::domain::merge_patch::MergePatch;
use crate::domain::units::{UnitDraft, UnitQuery};
use crate::domain::{Moment, Reference, areas as rule, text};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::external_refs::Known;
use crate::store::units::{Unit, UnitFilter};

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::external_refs::{self, Subject};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// The unit a reference points at.
///
/// # Errors
/// `not_found`, also for units of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDirectory>, reference: &Reference) -> AppResult<Known<Unit>> {
    let unit = lookup::found(store::units::find_by(conn, reference))?;
    permit.require_root(&unit.area_path)?;
    known(conn, unit)
}

/// A page of units.
///
/// # Errors
/// `invalid_parameter`, also for a parent or area that is not there.
pub fn list(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: UnitQuery) -> AppResult<Page<Known<Unit>>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = UnitFilter {
        roots: permit.actor().roots(),
        kinds: query.kind,
        system: query.system,
        parent_id: query.parent.map(|p| lookup::unit_parameter(conn, permit, "parent", &p)).transpose()?.map(|parent| parent.id),
        area_id: query.area.map(|a| lookup::area_parameter(conn, permit, "area", &a)).transpose()?.map(|area| area.id),
        search: query.q.as_deref().map(text::fold),
        code: query.code,
        valid_on: query.valid_on,
        ids: external_refs::chosen(conn, permit, RefKind::Unit, query.external_ref)?,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let page = page.page(store::units::list(conn, &filter)?, |unit| (unit.sort_key.clone(), unit.id))?;
    Ok(Page { items: external_refs::with_refs(conn, RefKind::Unit, page.items, |unit| unit.id)?, next: page.next })
}

/// Creates a unit.
///
/// # Errors
/// 422 for an unknown parent or area, `duplicate` for a code that exists, `forbidden`.
pub fn create(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &UnitDraft, at: &Moment) -> AppResult<Known<Unit>> {
    let area = lookup::area(conn, permit, "/area", &draft.area)?;
    let parent = lookup::unit_if(conn, permit, "/parent", draft.parent.as_ref())?;
    match &parent {
        Some(parent) if !permit.covers_area(&area.path) => permit.require_unit(parent)?,
        _ => permit.require_area(&area.path)?,
    }
    check(draft, parent.as_ref(), &area)?;
    let unit = Unit {
        id: at.new_id(),
        code: draft.code.clone(),
        agency_code: draft.agency_code.clone(),
        name: draft.name.clone(),
        folded: text::fold(&draft.name),
        sort_key: text::sort_key(&draft.name),
        system: draft.system,
        kind: draft.kind,
        parent_id: parent.as_ref().map(|p| p.id),
        path: rule::path(parent.as_ref().map(|p| p.path.as_str()), &draft.code),
        area_id: area.id,
        area_path: area.path,
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        note: draft.note.clone(),
        version: 1,
        recorded_at: at.recorded_at(),
    };
    store::units::insert(conn, &unit)?;
    let external_refs = call(conn, &unit, draft, at)?;
    journal::append(conn, permit.actor(), &Happening::created("unit.created", "unit", unit.id, draft), at)?;
    Ok(Known { row: unit, external_refs })
}

/// Changes a unit; its code, superior and area stay.
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
) -> AppResult<Known<Unit>> {
    let current = lookup::found(store::units::find_by(conn, reference))?;
    let current = known(conn, current)?;
    permit.require_unit(&current)?;
    expected.check(current.version)?;
    let draft = settled(conn, permit, lookup::patched(&draft_of(&current), patch)?)?;
    replace(conn, permit, current, &draft, at)
}

/// Creates the unit that another system calls so, or makes the one that is called so what the draft
/// says. Where nothing differs nothing happens. Answers whether it was created.
///
/// # Errors
/// As [`create`] and [`update`].
pub fn upsert(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    reference: &ExternalRef,
    expected: Expected,
    draft: UnitDraft,
    at: &Moment,
) -> AppResult<(Known<Unit>, bool)> {
    let draft = settled(conn, permit, draft)?;
    let area = lookup::area(conn, permit, "/area", &draft.area)?;
    let root = external_refs::root_of(conn, &area.path)?;
    let found = external_refs::find(conn, root, RefKind::Unit, reference)?;
    let present = found.map(|id| lookup::found(store::units::find(conn, id))).transpose()?;
    let Some(present) = present else {
        let draft = UnitDraft { external_refs: external_refs::with(draft.external_refs, reference, &[]), ..draft };
        return Ok((create(conn, permit, &draft, at)?, true));
    };
    let current = known(conn, present)?;
    permit.require_unit(&current)?;
    expected.check_if_said(current.version)?;
    let draft = UnitDraft { external_refs: external_refs::with(draft.external_refs, reference, &current.external_refs), ..draft };
    if draft == draft_of(&current) {
        return Ok((current, false));
    }
    Ok((replace(conn, permit, current, &draft, at)?, false))
}

/// The draft with ids where it may have codes, so that it can be compared.
fn settled(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: UnitDraft) -> AppResult<UnitDraft> {
    let area = lookup::area(conn, permit, "/area", &draft.area)?;
    let parent = lookup::unit_if(conn, permit, "/parent", draft.parent.as_ref())?;
    Ok(UnitDraft { area: Reference::Id(area.id), parent: parent.map(|p| Reference::Id(p.id)), ..draft })
}

fn replace(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    current: Known<Unit>,
    draft: &UnitDraft,
    at: &Moment,
) -> AppResult<Known<Unit>> {
    let before = draft_of(&current);
    for (same, pointer) in
        [(draft.code == before.code, "/code"), (draft.parent == before.parent, "/parent"), (draft.area == before.area, "/area")]
    {
        if !same {
            // Moving a subtree would rewrite what was: it needs an event with a date, not an edit.
            return Err(AppError::invalid(pointer, rules::FORMAT));
        }
    }
    check_dates(draft)?;
    let changed = Unit {
        agency_code: draft.agency_code.clone(),
        name: draft.name.clone(),
        folded: text::fold(&draft.name),
        sort_key: text::sort_key(&draft.name),
        system: draft.system,
        kind: draft.kind,
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        note: draft.note.clone(),
        version: current.version + 1,
        ..current.row
    };
    lookup::expect_updated(store::units::update(conn, &changed))?;
    let external_refs = call(conn, &changed, draft, at)?;
    journal::append(conn, permit.actor(), &Happening::changed("unit.changed", "unit", changed.id, &before, draft), at)?;
    Ok(Known { row: changed, external_refs })
}

/// With what other systems call it.
///
/// # Errors
/// The database's.
pub(super) fn known(conn: &mut Connection, unit: Unit) -> AppResult<Known<Unit>> {
    Ok(Known { external_refs: external_refs::of(conn, RefKind::Unit, unit.id)?, row: unit })
}

fn call(conn: &mut Connection, unit: &Unit, draft: &UnitDraft, at: &Moment) -> AppResult<Vec<ExternalRef>> {
    let root_id = external_refs::root_of(conn, &unit.area_path)?;
    external_refs::set(conn, Subject { kind: RefKind::Unit, id: unit.id, root_id }, &draft.external_refs, at)
}

/// Puts units into the order they are shown in, each once.
pub fn in_order(units: &mut Vec<Unit>) {
    units.sort_by(|a, b| (&a.sort_key, a.id).cmp(&(&b.sort_key, b.id)));
    units.dedup_by_key(|unit| unit.id);
}

fn check(draft: &UnitDraft, parent: Option<&Unit>, area: &Area) -> AppResult<()> {
    if parent.is_some_and(|p| rule::root_of(&p.area_path) != rule::root_of(&area.path)) {
        return Err(AppError::invalid("/parent", rules::OTHER_ROOT));
    }
    check_dates(draft)
}

fn check_dates(draft: &UnitDraft) -> AppResult<()> {
    if draft.valid_to.is_some_and(|to| to < draft.valid_from) {
        return Err(AppError::invalid("/valid_to", rules::DATE_ORDER));
    }
    Ok(())
}

/// What was said of it, as a draft.
pub(super) fn draft_of(unit: &Known<Unit>) -> UnitDraft {
    UnitDraft {
        code: unit.code.clone(),
        agency_code: unit.agency_code.clone(),
        name: unit.name.clone(),
        system: unit.system,
        kind: unit.kind,
        parent: unit.parent_id.map(Reference::Id),
        area: Reference::Id(unit.area_id),
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
        note: unit.note.clone(),
        external_refs: unit.external_refs.clone(),
    }
}
