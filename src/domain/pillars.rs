//! Pillars (trụ cột): the same work cut another way.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Id;

/// What is said of a pillar when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PillarDraft {
    /// The resolution that names it. Cannot be changed later.
    pub resolution: Id,
    /// Its place in the resolution, from 1; a resolution has as many as it names.
    #[schema(example = 1, minimum = 1, maximum = 1000)]
    #[validate(range(min = 1, max = 1000))]
    pub ordinal: i32,
    /// Title.
    #[schema(example = "Công nghiệp hiện đại", min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub title: String,
    /// What it means, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 5000)]
    #[validate(length(max = 5000))]
    pub description: Option<String>,
    /// The clause of the same resolution that states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Id>,
}
