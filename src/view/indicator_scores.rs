//! Scoreboards of indicators.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::indicator_assessments::AssessmentView;
use super::indicators::IndicatorRef;
use crate::domain::indicator_values::ValueStage;
use crate::domain::targets::{Actual, MidTermCount, MidTermVerdict, Score, Verdict};
use crate::store::indicator_values::IndicatorValue;

/// What came of a document's indicators.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreboardView {
    /// As it was known at the end of this day.
    #[schema(example = "2023-10-02")]
    pub as_of: NaiveDate,
    /// The last event of the journal that was counted.
    pub position: i64,
    /// Whether any value was made up for the demo.
    pub illustrative: bool,
    /// By the verdicts that count: official ones, where there are any.
    pub score: Score,
    /// By the numbers alone.
    pub computed: Score,
    /// What the scale of mid-term says of how many; `null` unless a `scale` is asked for.
    pub mid_term: Option<Vec<MidTermCount>>,
    /// The sentence a review is remembered by, in Vietnamese.
    #[schema(example = "16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt")]
    pub sentence: String,
    /// By the places of the indicators, each with those below it. Only main ones are counted.
    pub items: Vec<ScoreLineView>,
}

/// One indicator of a scoreboard.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreLineView {
    pub indicator: IndicatorRef,
    /// What came of the target that is judged; `null` where the document sets none for the period.
    pub assessment: Option<AssessmentView>,
    /// What came of the same period's targets of other authorities.
    pub beside: Vec<AssessmentView>,
    /// The verdict that counts.
    pub verdict: Verdict,
    /// The value of the latest period that was told; `null` if none was.
    pub newest: Option<NewestValueView>,
    /// Whether the last year that can be held against its path is on it; `null` where none can.
    pub pace: Option<PaceView>,
    /// What the scale of mid-term says; `null` unless a `scale` is asked for.
    pub mid_term: Option<MidTermVerdict>,
}

/// How an indicator keeps to its path.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaceView {
    #[schema(example = 2022)]
    pub year: i32,
    pub on_path: bool,
}

/// A value where it is mentioned.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewestValueView {
    #[schema(example = "2023")]
    pub period: String,
    pub stage: ValueStage,
    #[schema(value_type = Actual)]
    pub actual: Option<Actual>,
    /// Of how many it is a rank.
    #[schema(example = 63)]
    pub rank_of: Option<i32>,
}

impl From<IndicatorValue> for NewestValueView {
    fn from(row: IndicatorValue) -> Self {
        let actual = super::kept("indicator_values.reading", &row.reading);
        Self { period: row.period, stage: row.stage, actual, rank_of: row.rank_of }
    }
}
