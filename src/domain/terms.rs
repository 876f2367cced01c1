//! Terms of office (nhiệm kỳ): from congress to congress.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{Id, Reference, roman};

/// What is said of a term when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TermDraft {
    /// Root area whose congress opens the term; cannot be changed later.
    #[schema(example = "hg")]
    pub root: Reference,
    /// Number of the congress, one of each in a root.
    #[schema(example = 14, minimum = 1, maximum = 3999)]
    #[validate(range(min = 1, max = 3999))]
    pub ordinal: i32,
    /// The number as printed. One that can be read must say the same number; one that cannot, such
    /// as a misprint, is kept as it is. Roman numerals if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "XIV", min_length = 1, max_length = 20)]
    #[validate(length(min = 1, max = 20))]
    pub ordinal_text: Option<String>,
    /// Title.
    #[schema(example = "Nhiệm kỳ 2020-2025", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// First day.
    #[schema(example = "2020-10-14")]
    pub starts_on: NaiveDate,
    /// Last day.
    #[schema(example = "2025-10-13")]
    pub ends_on: NaiveDate,
    /// The term before, of the same root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_term: Option<Id>,
}

/// What a list of terms may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TermQuery {
    /// Only terms of this root area (id or code).
    #[param(example = "hg")]
    pub root: Option<Reference>,
    /// Only terms in force on this day.
    pub valid_on: Option<NaiveDate>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// The number a printed ordinal says, in roman or arabic figures; a misprint is read where its letters
/// read one way only. `None` for one that cannot be read.
pub fn read_ordinal(text: &str) -> Option<i32> {
    roman::repair(text).and_then(|value| i32::try_from(value).ok()).or_else(|| text.trim().parse().ok())
}

/// Whether a printed ordinal does not contradict the number. Sources misprint ("VXII" for XVII):
/// what cannot be read for certain ("VXI" may be XIV or XVI) contradicts nothing.
pub fn ordinal_agrees(ordinal: i32, text: &str) -> bool {
    read_ordinal(text).is_none_or(|read| read == ordinal)
}

/// An ordinal as documents print it.
pub fn print_ordinal(ordinal: i32) -> String {
    u32::try_from(ordinal).ok().and_then(roman::print).unwrap_or_else(|| ordinal.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_must_agree() {
        for (ordinal, text, agrees) in [
            (14, "XIV", true),
            (14, "xiv", true),
            (14, "14", true),
            (17, "VXII", true),
            (17, "XVI", false),
            (16, "VXII", false),
            (14, "VXI", true),
            (14, "15", false),
        ] {
            assert_eq!(ordinal_agrees(ordinal, text), agrees, "{ordinal} {text}");
        }
        assert_eq!(print_ordinal(14), "XIV");
    }
}
