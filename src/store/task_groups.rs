//! Task groups.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::task_groups;
use crate::domain::Id;
use crate::domain::task_groups::TaskGroupKind;

/// One group.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = task_groups, treat_none_as_null = true)]
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
}

versioned!(task_groups, TaskGroup);
