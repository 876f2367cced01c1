//! Groups of units.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Condition, StoreResult, any_of, below};
use crate::db::Connection;
use crate::db::schema::{areas, task_unit_groups, unit_group_members, unit_groups};
use crate::domain::{Id, Reference};

/// One group.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = unit_groups, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct UnitGroup {
    pub id: Id,
    pub root_id: Id,
    pub code: String,
    pub name: String,
    pub sort_key: String,
    /// A JSON list of words.
    pub aliases: String,
    /// A `GroupRule` as JSON; its area by code.
    pub rule: Option<String>,
    pub note: Option<String>,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(unit_groups, UnitGroup);

/// A unit that a group names: listed, or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = unit_group_members)]
pub struct GroupMember {
    pub group_id: Id,
    pub unit_id: Id,
    pub excluded: bool,
}

/// Which groups a list asks for.
#[derive(Debug, Default, Clone)]
pub struct UnitGroupFilter {
    /// Paths of the root areas the reader may see.
    pub roots: Vec<String>,
    pub root_id: Option<Id>,
    /// Voided ones too.
    pub voided: bool,
    /// Sort key and id of the last group of the page before.
    pub after: Option<(String, Id)>,
    pub limit: i64,
}

/// A page of groups in Vietnamese order of their names.
pub fn list(conn: &mut Connection, filter: &UnitGroupFilter) -> StoreResult<Vec<UnitGroup>> {
    let mut query = unit_groups::table.order((unit_groups::sort_key, unit_groups::id)).limit(filter.limit).into_boxed();
    query = query.filter(any_of(filter.roots.iter().map(|root| in_root(root))));
    if let Some(root) = filter.root_id {
        query = query.filter(unit_groups::root_id.eq(root));
    }
    if !filter.voided {
        query = query.filter(unit_groups::voided_at.is_null());
    }
    if let Some((key, id)) = &filter.after {
        query = query.filter(unit_groups::sort_key.gt(key.clone()).or(unit_groups::sort_key.eq(key.clone()).and(unit_groups::id.gt(*id))));
    }
    query.select(UnitGroup::as_select()).load(conn)
}

fn in_root(root: &str) -> Condition<unit_groups::table> {
    Box::new(unit_groups::root_id.eq_any(areas::table.filter(areas::path.like(below(root))).select(areas::id)))
}

/// The group a reference points at.
pub fn find_by(conn: &mut Connection, reference: &Reference) -> StoreResult<Option<UnitGroup>> {
    match reference {
        Reference::Id(id) => find(conn, *id),
        Reference::Code(code) => {
            unit_groups::table.filter(unit_groups::code.eq(code)).select(UnitGroup::as_select()).first(conn).optional()
        }
    }
}

/// The groups with these ids, in no order.
pub fn with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<UnitGroup>> {
    load_among!(conn, unit_groups::table.select(UnitGroup::as_select()), unit_groups::id, ids)
}

/// The groups of a root that are not void, in Vietnamese order of their names.
pub fn of_root(conn: &mut Connection, root: Id) -> StoreResult<Vec<UnitGroup>> {
    unit_groups::table
        .filter(unit_groups::root_id.eq(root).and(unit_groups::voided_at.is_null()))
        .order((unit_groups::sort_key, unit_groups::id))
        .select(UnitGroup::as_select())
        .load(conn)
}

/// The units that these groups name.
pub fn members(conn: &mut Connection, groups: &[Id]) -> StoreResult<Vec<GroupMember>> {
    let members = unit_group_members::table.order((unit_group_members::group_id, unit_group_members::unit_id));
    load_among!(conn, members.select(GroupMember::as_select()), unit_group_members::group_id, groups)
}

/// Sets the units that a group names.
pub fn set_members(conn: &mut Connection, group: Id, members: &[GroupMember]) -> StoreResult<()> {
    diesel::delete(unit_group_members::table.filter(unit_group_members::group_id.eq(group))).execute(conn)?;
    for member in members {
        diesel::insert_into(unit_group_members::table).values(member).execute(conn)?;
    }
    Ok(())
}

/// Notes that a task is the whole of what a group was given.
pub fn give(conn: &mut Connection, task: Id, group: Id) -> StoreResult<()> {
    let row = (task_unit_groups::task_id.eq(task), task_unit_groups::unit_group_id.eq(group));
    diesel::insert_into(task_unit_groups::table).values(row).execute(conn).map(drop)
}

/// The groups that these tasks were given to, where they were.
pub fn of_tasks(conn: &mut Connection, tasks: &[Id]) -> StoreResult<Vec<(Id, UnitGroup)>> {
    let given = task_unit_groups::table.inner_join(unit_groups::table).select((task_unit_groups::task_id, UnitGroup::as_select()));
    load_among!(conn, given, task_unit_groups::task_id, tasks)
}
