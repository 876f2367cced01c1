//! Groups of units: kept by administrators, read by everybody in the root.

mod drafts;
mod roster;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::unit_groups::{MembersQuery, UnitGroupDraft, UnitGroupQuery};
use crate::domain::voiding::{RecordAction, VoidDraft, allowed_actions};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::unit_groups::{GroupMember, UnitGroup, UnitGroupFilter};
use crate::store::units::Unit;

use super::access::{Permit, ReadDirectory, Right, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::records;

pub use drafts::{draft_of, names_of};
pub use roster::Roster;

use drafts::drafted;

const NOUN: &str = "unit_group";

/// A group as somebody is shown it.
#[derive(Debug, Clone)]
pub struct ShownGroup {
    /// The group.
    pub group: UnitGroup,
    /// The root area its units lie in.
    pub root: Area,
    /// What it names: units that are listed, and units that are left out.
    pub named: Vec<GroupMember>,
    /// Those units, and of others on its page.
    pub units: Arc<HashMap<Id, Unit>>,
    /// What this account may do with it next.
    pub actions: Vec<RecordAction>,
}

/// The group a reference points at, voided or not.
///
/// # Errors
/// `not_found`, also for groups of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDirectory>, reference: &Reference) -> AppResult<ShownGroup> {
    let (group, _) = find(conn, permit, reference)?;
    show(conn, permit, group)
}

/// A page of groups in Vietnamese order of their names.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: UnitGroupQuery) -> AppResult<Page<ShownGroup>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = UnitGroupFilter {
        roots: permit.actor().roots(),
        root_id: query.root.map(|r| lookup::area_parameter(conn, permit, "root", &r)).transpose()?.map(|root| root.id),
        voided: query.voided,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let page = page.page(store::unit_groups::list(conn, &filter)?, |group| (group.sort_key.clone(), group.id))?;
    Ok(Page { items: show_all(conn, permit, page.items)?, next: page.next })
}

/// The units that belong to a group on a day, in Vietnamese order of their names, and that day.
///
/// # Errors
/// As [`get`].
pub fn members(
    conn: &mut Connection,
    permit: &Permit<ReadDirectory>,
    reference: &Reference,
    query: MembersQuery,
    at: &Moment,
) -> AppResult<(NaiveDate, Vec<Unit>)> {
    let (group, root) = find(conn, permit, reference)?;
    let day = query.on.unwrap_or(at.today());
    Ok((day, Roster::load(conn, &root)?.members_on(conn, &group, day)?))
}

/// The group that a field of a draft names, of a root of the asker's and not void, with its root.
///
/// # Errors
/// 422 `unknown_record` naming the field; the database's.
pub fn named<R: Right>(conn: &mut Connection, permit: &Permit<R>, pointer: &str, reference: &Reference) -> AppResult<(UnitGroup, Area)> {
    let unknown = || AppError::invalid_fields(vec![FieldError::new(pointer, rules::UNKNOWN_RECORD).with("found", reference)]);
    let group = store::unit_groups::find_by(conn, reference)?.filter(|group| group.voided_at.is_none()).ok_or_else(unknown)?;
    let root = lookup::found(store::areas::find(conn, group.root_id))?;
    if permit.in_own_root(&root.path) { Ok((group, root)) } else { Err(unknown()) }
}

/// Creates a group.
///
/// # Errors
/// 422 naming the field, `duplicate` for a code that exists, `forbidden`.
pub fn create(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &UnitGroupDraft, at: &Moment) -> AppResult<ShownGroup> {
    let root = lookup::area(conn, permit, "/root", &draft.root)?;
    permit.require_area(&root.path)?;
    if root.parent_id.is_some() {
        return Err(AppError::invalid("/root", rules::ROOT_AREA));
    }
    let (group, named) = drafted(conn, permit, draft, (&root, None), at)?;
    store::unit_groups::insert(conn, &group)?;
    store::unit_groups::set_members(conn, group.id, &named)?;
    journal::append(conn, permit.actor(), &Happening::created("unit_group.created", NOUN, group.id, draft), at)?;
    show(conn, permit, group)
}

/// A group that may still be changed.
#[derive(Debug)]
pub struct Standing(UnitGroup, Area);

/// The group, if it may still be changed; `expected` is the version that was read.
///
/// # Errors
/// `not_found`, `forbidden`, `stale`; `illegal_state` once it is void.
pub fn to_change(conn: &mut Connection, permit: &Permit<WriteDirectory>, reference: &Reference, expected: Expected) -> AppResult<Standing> {
    let (group, root) = find(conn, permit, reference)?;
    permit.require_area(&root.path)?;
    expected.check(group.version)?;
    records::require_standing(group.voided_at.is_some())?;
    Ok(Standing(group, root))
}

/// Changes a group; its code and root stay. Tasks that were given to it keep the parts they have.
///
/// # Errors
/// 422 naming the field; `stale`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    Standing(current, root): Standing,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<ShownGroup> {
    let before = draft_of(conn, &current)?;
    let draft = lookup::patched(&before, patch)?;
    if draft.code != before.code {
        return Err(AppError::invalid("/code", rules::FIXED));
    }
    if draft.root != before.root && draft.root != Reference::Code(root.code.clone()) {
        return Err(AppError::invalid("/root", rules::FIXED));
    }
    let UnitGroup { id, recorded_at, version, .. } = current;
    let (fresh, named) = drafted(conn, permit, &draft, (&root, Some(id)), at)?;
    let changed = UnitGroup { id, recorded_at, version: version + 1, ..fresh };
    lookup::expect_updated(store::unit_groups::update(conn, &changed))?;
    let named: Vec<GroupMember> = named.into_iter().map(|member| GroupMember { group_id: id, ..member }).collect();
    store::unit_groups::set_members(conn, id, &named)?;
    journal::append(conn, permit.actor(), &Happening::changed("unit_group.changed", NOUN, id, &before, &draft), at)?;
    show(conn, permit, changed)
}

/// Voids a group: nothing is given to it any more; tasks that were keep it.
///
/// # Errors
/// `stale`.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    Standing(current, _): Standing,
    draft: &VoidDraft,
    at: &Moment,
) -> AppResult<ShownGroup> {
    let (voided_at, void_reason) = (Some(at.recorded_at()), Some(draft.reason.clone()));
    let changed = UnitGroup { voided_at, void_reason, version: current.version + 1, ..current };
    lookup::expect_updated(store::unit_groups::update(conn, &changed))?;
    let happening = Happening::changed("unit_group.voided", NOUN, changed.id, &false, &true).because(Some(&draft.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    show(conn, permit, changed)
}

fn find<R: Right>(conn: &mut Connection, permit: &Permit<R>, reference: &Reference) -> AppResult<(UnitGroup, Area)> {
    let group = lookup::found(store::unit_groups::find_by(conn, reference))?;
    let root = lookup::found(store::areas::find(conn, group.root_id))?;
    permit.require_root(&root.path)?;
    Ok((group, root))
}

fn show<R: Right>(conn: &mut Connection, permit: &Permit<R>, group: UnitGroup) -> AppResult<ShownGroup> {
    lookup::found(Ok(show_all(conn, permit, vec![group])?.pop()))
}

fn show_all<R: Right>(conn: &mut Connection, permit: &Permit<R>, groups: Vec<UnitGroup>) -> AppResult<Vec<ShownGroup>> {
    let ids: Vec<Id> = groups.iter().map(|group| group.id).collect();
    let roots: Vec<Id> = groups.iter().map(|group| group.root_id).collect();
    let roots: HashMap<Id, Area> = store::areas::with_ids(conn, &roots)?.into_iter().map(|area| (area.id, area)).collect();
    let named = store::unit_groups::members(conn, &ids)?;
    let units: Vec<Id> = named.iter().map(|member| member.unit_id).collect();
    let units = Arc::new(store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect::<HashMap<_, _>>());
    let writer = permit.actor().permit::<WriteDirectory>().ok();
    let shown = |group: UnitGroup| {
        let root = roots.get(&group.root_id)?.clone();
        let may = writer.as_ref().is_some_and(|writer| writer.covers_area(&root.path));
        let actions = if may { allowed_actions(group.voided_at.is_some()) } else { Vec::new() };
        let named = named.iter().filter(|member| member.group_id == group.id).copied().collect();
        Some(ShownGroup { group, root, named, units: Arc::clone(&units), actions })
    };
    Ok(groups.into_iter().filter_map(shown).collect())
}
