//! What is said of a round, and what of rounds is asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{ReviewDecision, ReviewKind, ReviewState};
use crate::domain::targets::{KeptBound, MidTermScale};
use crate::domain::{Id, periods};

/// What is said in a review, in paragraphs.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewTexts {
    /// Kết quả.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(length(min = 1, max = 20_000))]
    pub results: Option<String>,
    /// Tồn tại, hạn chế.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(length(min = 1, max = 20_000))]
    pub obstacles: Option<String>,
    /// Nguyên nhân.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(length(min = 1, max = 20_000))]
    pub causes: Option<String>,
    /// Bài học kinh nghiệm.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(length(min = 1, max = 20_000))]
    pub lessons: Option<String>,
    /// Kiến nghị, đề xuất.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(length(min = 1, max = 20_000))]
    pub proposals: Option<String>,
}

/// A round that is planned by hand, beside those every document has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"resolution": "0190c2c4-8a00-7000-8000-000000000000", "kind": "yearly", "year": 2022}))]
pub struct ReviewPlan {
    /// The resolution it looks back on; this or `programme`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Id>,
    /// The programme or plan it looks back on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// What kind of round. One of a kind for a document, yearly ones one a year.
    pub kind: ReviewKind,
    /// The year a yearly round speaks of; only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1930, maximum = 2200)]
    #[validate(range(min = 1930, max = 2200))]
    pub year: Option<i32>,
    /// The day it is due, if another than follows from the document's cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

/// What of a round the focal office writes, until it is frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReviewDraft {
    /// The day it is due.
    #[schema(example = "2023-10-14")]
    pub due_on: NaiveDate,
    /// What a kept floor or ceiling is called.
    pub kept_bound: KeptBound,
    /// The scale of mid-term, where one is used.
    pub scale: Option<MidTermScale>,
    /// The period whose targets are judged; each indicator's last one if missing.
    #[schema(example = "2023", pattern = "^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2])|-[0-9]{4})?$")]
    #[validate(custom(function = periods::id_or_span))]
    pub period: Option<String>,
    /// The sentence of the paper, "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt": it is held against the numbers.
    #[schema(example = "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub claimed_score: Option<String>,
    /// What is said of it all.
    #[validate(nested)]
    pub texts: ReviewTexts,
}

/// A decision about a review round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"decision": "open"}))]
pub struct ReviewDecisionDraft {
    /// What is decided.
    pub decision: ReviewDecision,
    /// Why; needed to cancel and to reopen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}

/// What a list of review rounds may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewQuery {
    /// Only rounds of this resolution.
    pub resolution: Option<Id>,
    /// Only rounds of this programme.
    pub programme: Option<Id>,
    /// Only rounds in this state.
    pub state: Option<ReviewState>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// What a list that belongs to a review round may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewPartsQuery {
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
