//! Task groups (nhóm nhiệm vụ, giải pháp).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Id;

text_enum! {
    /// What a group gathers.
    pub enum TaskGroupKind {
        /// Nhiệm vụ.
        Task = "task",
        /// Giải pháp.
        Solution = "solution",
    }
}

/// What is said of a task group when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TaskGroupDraft {
    /// The resolution that names it. Cannot be changed later.
    pub resolution: Id,
    /// Tasks or solutions.
    pub kind: TaskGroupKind,
    /// Its place in the resolution, from 1.
    #[schema(example = 1, minimum = 1, maximum = 1000)]
    #[validate(range(min = 1, max = 1000))]
    pub ordinal: i32,
    /// Title.
    #[schema(example = "Phát triển công nghiệp và đô thị", min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub title: String,
    /// The breakthrough it serves, also of another resolution of the same root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakthrough: Option<Id>,
    /// The field of work it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Id>,
    /// The clause of the same resolution that states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Id>,
}
