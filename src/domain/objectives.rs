//! Objectives (mục tiêu).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Id;

text_enum! {
    /// Reach of an objective.
    pub enum ObjectiveLevel {
        /// Mục tiêu tổng quát.
        General = "general",
        /// Mục tiêu cụ thể.
        Specific = "specific",
    }
}

/// What is said of an objective when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveDraft {
    /// The resolution that names it. Cannot be changed later.
    pub resolution: Id,
    /// Its place in the resolution, from 1.
    #[schema(example = 1, minimum = 1, maximum = 1000)]
    #[validate(range(min = 1, max = 1000))]
    pub ordinal: i32,
    /// General or specific.
    pub level: ObjectiveLevel,
    /// Title.
    #[schema(example = "Nâng cao thu nhập bình quân đầu người", min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub title: String,
    /// What it means, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 5000)]
    #[validate(length(max = 5000))]
    pub description: Option<String>,
    /// Whether it is measured in numbers; an objective may be qualitative.
    #[serde(default)]
    pub quantified: bool,
    /// The clause of the same resolution that states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Id>,
}
