//! Task groups.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::resolution_parts::PartFilter;
use crate::db::Connection;
use crate::db::schema::task_groups;
use crate::domain::Id;
use crate::domain::task_groups::TaskGroupKind;

/// One group.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = task_groups, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct TaskGroup {
    pub id: Id,
    pub resolution_id: Id,
    pub kind: TaskGroupKind,
    pub ordinal: i32,
    pub title: String,
    pub breakthrough_id: Option<Id>,
    pub field_id: Option<Id>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    pub clause_id: Option<Id>,
}

versioned!(task_groups, TaskGroup, searched);

/// A page of groups, by resolution and ordinal.
pub fn list(conn: &mut Connection, filter: &PartFilter) -> StoreResult<Vec<TaskGroup>> {
    let mut query = task_groups::table
        .select(TaskGroup::as_select())
        .order((task_groups::resolution_id, task_groups::ordinal))
        .limit(filter.limit)
        .into_boxed();
    query = query.filter(task_groups::resolution_id.eq_any(filter.resolution_ids.clone()));
    if let Some((resolution, ordinal)) = filter.after {
        let later = task_groups::resolution_id.eq(resolution).and(task_groups::ordinal.gt(ordinal));
        query = query.filter(task_groups::resolution_id.gt(resolution).or(later));
    }
    query.load(conn)
}

/// Which one stands at a place of a resolution.
pub fn at_place(conn: &mut Connection, resolution: Id, ordinal: i32) -> StoreResult<Option<Id>> {
    let there = task_groups::table.filter(task_groups::resolution_id.eq(resolution)).filter(task_groups::ordinal.eq(ordinal));
    there.select(task_groups::id).first(conn).optional()
}
