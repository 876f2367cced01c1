//! What is given to a group of units: which further parts are asked for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Reference;

/// Who is given a part of a task that was given to a group: one unit, or all members that have none.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from_group": true}))]
pub struct ChildrenDraft {
    /// This unit, such as one that was born after the task was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
    /// All units that belong to the group today and answer for no part yet.
    #[serde(default)]
    pub from_group: bool,
}
