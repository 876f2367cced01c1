//! Trends of indicators.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::indicators::IndicatorRef;
use crate::domain::indicator_trends::TrendYear;
use crate::domain::indicator_values::ValueStage;
use crate::store::indicator_values::IndicatorValue;

/// The path of an indicator and what was reached, year by year.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorTrendView {
    pub indicator: IndicatorRef,
    /// As it was known at the end of this day.
    #[schema(example = "2023-10-02")]
    pub as_of: NaiveDate,
    /// From the first year of which values are kept to the last of the path.
    pub years: Vec<IndicatorYearView>,
}

/// One year.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorYearView {
    #[serde(flatten)]
    pub year: TrendYear,
    /// How sure the value is; `null` without one.
    pub stage: Option<ValueStage>,
    /// Of how many it is a rank.
    #[schema(example = 63)]
    pub rank_of: Option<i32>,
}

impl IndicatorYearView {
    /// A year with the value that was told of it.
    pub fn new(year: TrendYear, value: Option<IndicatorValue>) -> Self {
        Self { stage: value.as_ref().map(|value| value.stage), rank_of: value.and_then(|value| value.rank_of), year }
    }
}
