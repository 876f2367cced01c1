//! Posts (chức danh) of a unit, and who held them when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::Reference;

/// What is said of a post when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PostDraft {
    /// Unit it belongs to; cannot be changed later.
    pub unit: Reference,
    /// Title.
    #[schema(example = "Giám đốc", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// Who held it, and when. A patch replaces the whole list; the journal keeps the one before.
    #[serde(default)]
    #[schema(max_items = 100)]
    #[validate(length(max = 100), nested)]
    pub holders: Vec<PostHolding>,
}

/// A person in a post: the system keeps no more of a person than this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PostHolding {
    /// Name.
    #[schema(example = "Nguyễn Văn A", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// First day in the post; unknown if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2020-10-14")]
    pub held_from: Option<NaiveDate>,
    /// Last day in the post; still held, or unknown, if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-06-30")]
    pub held_to: Option<NaiveDate>,
}

impl PostHolding {
    /// Whether the last day does not come before the first.
    pub fn in_order(&self) -> bool {
        self.held_from.zip(self.held_to).is_none_or(|(from, to)| from <= to)
    }

    /// The order in which holders are shown: by the first day, unknown ones first.
    pub fn order(&self) -> (Option<NaiveDate>, Option<NaiveDate>, &str) {
        (self.held_from, self.held_to, &self.name)
    }
}

/// What a list of posts may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PostQuery {
    /// Only posts of this unit itself (id or code).
    #[param(example = "hg-so-y-te")]
    pub unit: Option<Reference>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_is_the_shortest_time_in_a_post() {
        let day = |d| NaiveDate::from_ymd_opt(2020, 10, d);
        let held = |held_from, held_to| PostHolding { name: "A".into(), held_from, held_to }.in_order();
        assert!(held(day(14), day(14)) && held(None, day(14)) && held(day(14), None) && held(None, None));
        assert!(!held(day(14), day(13)));
    }
}
