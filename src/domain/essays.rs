//! Study essays (bài thu hoạch): expected and received, of a whole conference and of single units.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::deadline::Deadline;
use super::task_drafts::DeadlineDraft;

/// Study essays (bài thu hoạch) that those who took part hand in.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct EssaysDraft {
    /// Viết tay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handwritten: Option<bool>,
    /// How many are expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 16000, minimum = 0, maximum = 10_000_000)]
    #[validate(range(min = 0, max = 10_000_000))]
    pub expected: Option<i32>,
    /// How many have come in; more than expected is a warning, since expectations are estimates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 15420, minimum = 0, maximum = 10_000_000)]
    #[validate(range(min = 0, max = 10_000_000))]
    pub received: Option<i32>,
    /// Until when, in its own words; without a reference date they are read from the day of the
    /// conference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub deadline: Option<DeadlineDraft>,
}

/// The essays of a conference as they are kept.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Essays {
    /// Viết tay; `null` if nobody told.
    #[schema(required)]
    pub handwritten: Option<bool>,
    /// How many are expected.
    #[schema(required, example = 16000)]
    pub expected: Option<i32>,
    /// How many have come in.
    #[schema(required, example = 15420)]
    pub received: Option<i32>,
    /// Until when: the words, and what was read in them when they were written.
    #[schema(required)]
    pub deadline: Option<Deadline>,
}

/// The essays that one unit has handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"expected": 45, "received": 42}))]
pub struct UnitEssaysDraft {
    /// How many are expected of it; unknown if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 10_000_000)]
    #[validate(range(min = 0, max = 10_000_000))]
    pub expected: Option<i32>,
    /// How many have come in.
    #[schema(minimum = 0, maximum = 10_000_000)]
    #[validate(range(min = 0, max = 10_000_000))]
    pub received: i32,
}
