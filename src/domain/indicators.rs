//! Indicators (chỉ tiêu): what a resolution or programme wants to be measured by.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::indicator_targets::IndicatorTargetDraft;
use super::targets::TargetDirection;
use super::{Id, Reference, periods};

text_enum! {
    /// How the values of several years come to one.
    pub enum Aggregation {
        /// The last year's stands: a stock at the end ("đến cuối kỳ").
        End = "end",
        /// They are added up ("cộng dồn cả kỳ").
        Total = "total",
        /// Their mean stands ("bình quân năm").
        Average = "average",
        /// Each of them has to hold ("hằng năm").
        EveryYear = "every_year",
    }
}

text_enum! {
    /// What an indicator is to the one above it.
    pub enum IndicatorRole {
        /// It is counted.
        Main = "main",
        /// "Trong đó: …": shown below another, and not counted.
        Sub = "sub",
        /// One of several that share the verdict of the one above.
        Component = "component",
    }
}

/// Where an indicator stood before its first year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct BaselineDraft {
    /// A year or a part of one: `2020`, `2020H1`.
    #[schema(example = "2020", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")]
    #[validate(custom(function = periods::id_or_span))]
    pub period: String,
    /// What was reached, in words.
    #[schema(example = "49,96", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub text: String,
}

/// What is said of an indicator when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct IndicatorDraft {
    /// The resolution that sets it; either this or `programme`. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Id>,
    /// The programme or yearly plan that sets it. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// Its place in the document, from 1.
    #[schema(example = 1, minimum = 1, maximum = 1000)]
    #[validate(range(min = 1, max = 1000))]
    pub ordinal: i32,
    /// Its number as it is printed, where that is another: "7c".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "7c", min_length = 1, max_length = 20)]
    #[validate(length(min = 1, max = 20))]
    pub label: Option<String>,
    /// What is measured.
    #[schema(example = "GRDP bình quân đầu người đến cuối năm 2025", min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub name: String,
    /// Unit of measure; missing for what is told in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "triệu đồng", min_length = 1, max_length = 60)]
    #[validate(length(min = 1, max = 60))]
    pub unit: Option<String>,
    /// Which way is better.
    pub direction: TargetDirection,
    /// How the values of several years come to one.
    pub aggregation: Aggregation,
    /// First year of its path.
    #[schema(example = 2021, minimum = 1950, maximum = 2100)]
    #[validate(range(min = 1950, max = 2100))]
    pub from_year: i32,
    /// Last year of its path.
    #[schema(example = 2025, minimum = 1950, maximum = 2100)]
    #[validate(range(min = 1950, max = 2100))]
    pub to_year: i32,
    /// First year of which values are kept, where that is before the path begins; else the year before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 2006, minimum = 1950, maximum = 2100)]
    #[validate(range(min = 1950, max = 2100))]
    pub history_from: Option<i32>,
    /// Where it stood before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub baseline: Option<BaselineDraft>,
    /// The indicator it stands below, of the same document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// What it is to the one above; `main` without one, `sub` with one unless it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<IndicatorRole>,
    /// The unit that reports on it (id or code).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit: Option<Reference>,
    /// The objective of the same resolution it measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Id>,
    /// How it is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 5000)]
    #[validate(length(min = 1, max = 5000))]
    pub description: Option<String>,
    /// Where what is said here comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub source: Option<String>,
    /// Its first targets, when it is created. Later they change at `targets/{period}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    #[validate(length(max = 50), nested)]
    pub targets: Vec<IndicatorTargetDraft>,
}

impl IndicatorDraft {
    /// What it is to the one above.
    pub fn role(&self) -> IndicatorRole {
        self.role.unwrap_or(if self.parent.is_some() { IndicatorRole::Sub } else { IndicatorRole::Main })
    }

    /// The years of which values are kept.
    pub fn kept_years(&self) -> std::ops::RangeInclusive<i32> {
        kept_years(self.history_from, self.from_year, self.to_year)
    }
}

/// The years of which values are kept: the path, the year before it, and history where it is asked for.
pub fn kept_years(history_from: Option<i32>, from_year: i32, to_year: i32) -> std::ops::RangeInclusive<i32> {
    history_from.unwrap_or(from_year - 1).min(from_year)..=to_year
}

/// Which indicators a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct IndicatorQuery {
    /// Only those of this resolution.
    pub resolution: Option<Id>,
    /// Only those of this programme.
    pub programme: Option<Id>,
    /// Only those this unit reports on (id or code).
    pub unit: Option<Reference>,
    /// Voided ones too.
    #[serde(default)]
    pub voided: bool,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names() {
        assert_names(Aggregation::ALL, Aggregation::as_str);
        assert_names(IndicatorRole::ALL, IndicatorRole::as_str);
    }

    #[test]
    fn values_are_kept_of_the_year_before_and_of_history() {
        assert_eq!(kept_years(None, 2021, 2025), 2020..=2025);
        assert_eq!(kept_years(Some(2006), 2021, 2025), 2006..=2025);
        assert_eq!(kept_years(Some(2023), 2021, 2025), 2021..=2025, "the path is kept whole");
    }
}
