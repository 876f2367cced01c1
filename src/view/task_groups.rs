//! Task groups.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::task_groups::TaskGroupKind;
use crate::store::task_groups::TaskGroup;

/// A group of tasks or solutions (nhóm nhiệm vụ, giải pháp).
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskGroupView {
    pub id: Id,
    /// Id of the resolution that names it.
    pub resolution: Id,
    pub kind: TaskGroupKind,
    /// Its place in the resolution.
    #[schema(example = 1)]
    pub ordinal: i32,
    #[schema(example = "Phát triển công nghiệp và đô thị")]
    pub title: String,
    /// Id of the breakthrough it serves.
    pub breakthrough: Option<Id>,
    /// Id of the field of work it belongs to.
    pub field: Option<Id>,
    /// Id of the clause that states it.
    pub clause: Option<Id>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<TaskGroup> for TaskGroupView {
    fn from(row: TaskGroup) -> Self {
        let TaskGroup { id, resolution_id, kind, ordinal, title, breakthrough_id, field_id, version, recorded_at, clause_id } = row;
        let recorded_at = recorded_at.and_utc();
        Self {
            id,
            resolution: resolution_id,
            kind,
            ordinal,
            title,
            breakthrough: breakthrough_id,
            field: field_id,
            clause: clause_id,
            version,
            recorded_at,
        }
    }
}
