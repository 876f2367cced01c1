//! What is said of a group of units, and the rows it stands for.

use crate::db::Connection;
use crate::domain::unit_groups::{GroupRule, UnitGroupDraft, same_name};
use crate::domain::{Id, Moment, Reference, text};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::service::access::{Permit, WriteDirectory};
use crate::service::{lookup, records, units};
use crate::store;
use crate::store::areas::Area;
use crate::store::unit_groups::{GroupMember, UnitGroup};

/// The rows a draft stands for; `own` is the group that is changed.
pub(super) fn drafted(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    draft: &UnitGroupDraft,
    (root, own): (&Area, Option<Id>),
    at: &Moment,
) -> AppResult<(UnitGroup, Vec<GroupMember>)> {
    let id = at.new_id();
    if draft.rule.is_none() && draft.members.is_empty() {
        return Err(AppError::invalid("/rule", rules::REQUIRED));
    }
    let rule = draft.rule.as_ref().map(|rule| settled(conn, permit, rule, root)).transpose()?;
    let listed = units_of(conn, permit, "/members", &draft.members, root)?;
    let excluded = units_of(conn, permit, "/excluded", &draft.excluded, root)?;
    if let Some(at) = excluded.iter().position(|unit| listed.contains(unit)) {
        return Err(AppError::invalid(format!("/excluded/{at}"), rules::REPEATED));
    }
    check_names(conn, draft, root.id, own)?;
    let member = |excluded: bool| move |unit_id: Id| GroupMember { group_id: id, unit_id, excluded };
    let named = listed.into_iter().map(member(false)).chain(excluded.into_iter().map(member(true))).collect();
    let group = UnitGroup {
        id,
        root_id: root.id,
        code: draft.code.clone(),
        name: draft.name.clone(),
        sort_key: text::sort_key(&draft.name),
        aliases: serde_json::to_string(&draft.aliases).map_err(AppError::internal)?,
        rule: rule.map(|rule| serde_json::to_string(&rule).map_err(AppError::internal)).transpose()?,
        note: draft.note.clone(),
        voided_at: None,
        void_reason: None,
        version: 1,
        recorded_at: at.recorded_at(),
    };
    Ok((group, named))
}

/// The rule with its area by code, as it is kept.
fn settled(conn: &mut Connection, permit: &Permit<WriteDirectory>, rule: &GroupRule, root: &Area) -> AppResult<GroupRule> {
    let Some(reference) = &rule.area else { return Ok(rule.clone()) };
    let area = lookup::area(conn, permit, "/rule/area", reference)?;
    if !area.path.starts_with(&root.path) {
        return Err(AppError::invalid("/rule/area", rules::OTHER_ROOT));
    }
    Ok(GroupRule { area: Some(Reference::Code(area.code)), ..rule.clone() })
}

/// The units a list names, each once, all of the group's root.
fn units_of(conn: &mut Connection, permit: &Permit<WriteDirectory>, pointer: &str, list: &[Reference], root: &Area) -> AppResult<Vec<Id>> {
    let mut found = Vec::with_capacity(list.len());
    for (at, reference) in list.iter().enumerate() {
        let pointer = format!("{pointer}/{at}");
        let unit = lookup::unit(conn, permit, &pointer, reference)?;
        records::within(root, &pointer, &unit)?;
        if found.contains(&unit.id) {
            return Err(AppError::invalid(pointer, rules::REPEATED));
        }
        found.push(unit.id);
    }
    Ok(found)
}

/// A name or an alias means one group of a province only: imports go by it.
fn check_names(conn: &mut Connection, draft: &UnitGroupDraft, root: Id, own: Option<Id>) -> AppResult<()> {
    let others = store::unit_groups::of_root(conn, root)?.into_iter().filter(|group| Some(group.id) != own);
    let taken: Vec<String> = others.flat_map(|group| names_of(&group)).collect();
    let is_taken = |words: &String| taken.iter().any(|other| same_name(other, words));
    let pointers = std::iter::once("/name".to_owned()).chain((0..draft.aliases.len()).map(|at| format!("/aliases/{at}")));
    let said = std::iter::once(&draft.name).chain(&draft.aliases);
    let wrong = pointers.zip(said).filter(|(_, words)| is_taken(words));
    let wrong: Vec<_> = wrong.map(|(pointer, words)| FieldError::new(pointer, rules::TAKEN).with("found", words)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(AppError::invalid_fields(wrong)) }
}

/// All words a group is known by.
pub fn names_of(group: &UnitGroup) -> Vec<String> {
    let aliases: Vec<String> = serde_json::from_str(&group.aliases).unwrap_or_default();
    std::iter::once(group.name.clone()).chain(aliases).collect()
}

/// What is said of a group now.
///
/// # Errors
/// The database's.
pub fn draft_of(conn: &mut Connection, group: &UnitGroup) -> AppResult<UnitGroupDraft> {
    let named = store::unit_groups::members(conn, &[group.id])?;
    let ids: Vec<Id> = named.iter().map(|member| member.unit_id).collect();
    let mut known = store::units::with_ids(conn, &ids)?;
    units::in_order(&mut known);
    let of = |excluded: bool| {
        let chosen = known.iter().filter(|unit| named.iter().any(|m| m.unit_id == unit.id && m.excluded == excluded));
        chosen.map(|unit| Reference::Id(unit.id)).collect()
    };
    Ok(UnitGroupDraft {
        code: group.code.clone(),
        name: group.name.clone(),
        root: Reference::Id(group.root_id),
        aliases: serde_json::from_str(&group.aliases).unwrap_or_default(),
        rule: group.rule.as_deref().and_then(|json| serde_json::from_str(json).ok()),
        members: of(false),
        excluded: of(true),
        note: group.note.clone(),
    })
}
