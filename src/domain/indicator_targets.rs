//! Targets of an indicator (mức phấn đấu): one for each period of its path, and for each authority that sets one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::periods;

/// What is wanted of an indicator in a period, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"period": "2025", "text": "77-80 triệu đồng"}))]
pub struct IndicatorTargetDraft {
    /// The period: a year, several (`2021-2025`), or a part of one.
    #[schema(example = "2025", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")]
    #[validate(custom(function = periods::id_or_span))]
    pub period: String,
    /// The words.
    #[schema(example = "77-80 triệu đồng", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub text: String,
    /// Who sets it, where that is another than the document: "Chính phủ". It is shown beside, and not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Chính phủ", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub authority: Option<String>,
}

/// What is wanted in the period of the address. Every target before stays on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "Trên 80 triệu đồng", "reason": "Điều chỉnh theo kết luận sơ kết giữa nhiệm kỳ."}))]
pub struct TargetChange {
    /// The words.
    #[schema(min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub text: String,
    /// Who sets it, where that is another than the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Chính phủ", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub authority: Option<String>,
    /// Why; needed where a target stands already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}
