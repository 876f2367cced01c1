//! What is asked of a report: to freeze it, to approve it, to correct it, to compare it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// Freezing a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"as_of": "2023-09-28", "early_reason": "Sắp xếp đơn vị hành chính: tỉnh kết thúc hoạt động.", "version": 4}))]
pub struct FreezeDraft {
    /// The day at whose end the numbers are taken: a day that is over; yesterday if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    /// Why it is closed before it is due, or with numbers of an earlier day than the last before it; needed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub early_reason: Option<String>,
    /// Why it is closed without what some units owe, or before it was confirmed; needed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub missing_reason: Option<String>,
    /// Version of the round whose rules and texts were read; refused (`stale`) if they have changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// A leader's approval of what was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ApprovalDraft {
    /// SHA-256 of what was read and is approved.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", pattern = "^[0-9a-f]{64}$", max_length = 64)]
    #[validate(length(min = 64, max = 64))]
    pub sha256: String,
    /// The post in which it is approved, as it is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Phó Bí thư Thường trực Tỉnh ủy", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub post: Option<String>,
}

/// A correction beside what was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ErratumDraft {
    /// What is to be read otherwise, and why.
    #[schema(example = "Biểu 1, chỉ tiêu 5: đọc là 93,78 theo số chính thức.", min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub text: String,
}

text_enum! {
    /// What a frozen report is compared with.
    pub enum DiffAgainst {
        /// The same questions asked of today.
        Now = "now",
        /// The same questions asked of the same day: what should be the same.
        Record = "record",
    }
}

/// What a difference is asked of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiffQuery {
    /// What it is compared with; `now` if missing.
    pub against: Option<DiffAgainst>,
}

/// What a report is asked of, before it is frozen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// The day at whose end the numbers are taken; today if missing. Once it is frozen only the day it was frozen with.
    #[param(example = "2023-10-01")]
    pub as_of: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        crate::domain::text_enum::assert_names(DiffAgainst::ALL, DiffAgainst::as_str);
    }
}
