//! Review rounds.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::reviews::{ReviewAction, ReviewKind, ReviewState, ReviewTexts};
use crate::domain::targets::{KeptBound, MidTermScale};
use crate::store::review_rounds::ReviewRound;

/// A review round (sơ kết, tổng kết).
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewView {
    pub id: Id,
    /// Id of the resolution it looks back on, if it is one.
    pub resolution: Option<Id>,
    /// Id of the thematic programme it looks back on, if it is one.
    pub programme: Option<Id>,
    pub kind: ReviewKind,
    #[schema(example = "Sơ kết 3 năm thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV")]
    pub title: String,
    /// The day its years are counted from.
    #[schema(example = "2020-10-14")]
    pub anchor_on: NaiveDate,
    /// The day it is due.
    #[schema(example = "2023-10-14")]
    pub due_on: NaiveDate,
    pub state: ReviewState,
    /// The year a yearly round speaks of; `null` for others.
    #[schema(example = json!(null))]
    pub year: Option<i32>,
    /// What a kept floor or ceiling is called.
    pub kept_bound: KeptBound,
    /// The scale of mid-term; `null` where none is used.
    pub scale: Option<MidTermScale>,
    /// The period whose targets are judged; `null` for each indicator's last one.
    #[schema(example = "2023")]
    pub period: Option<String>,
    /// The sentence of the paper, which is held against the numbers; `null` for who does not read the whole province.
    #[schema(example = "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt")]
    pub claimed_score: Option<String>,
    /// What the focal office says of it all; each part `null` for who does not read the whole province.
    pub texts: ReviewTexts,
    /// What may be done next.
    pub allowed_actions: Vec<ReviewAction>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<ReviewRound> for ReviewView {
    fn from(round: ReviewRound) -> Self {
        Self {
            id: round.id,
            resolution: round.resolution_id,
            programme: round.programme_id,
            kind: round.kind,
            anchor_on: round.anchor_on,
            due_on: round.due_on,
            state: round.state,
            year: round.year,
            kept_bound: round.kept_bound,
            scale: round.scale,
            texts: round.texts(),
            allowed_actions: round.state.allowed_actions(),
            version: round.version,
            recorded_at: round.recorded_at.and_utc(),
            title: round.title,
            period: round.period,
            claimed_score: round.claimed_score,
        }
    }
}
