//! `demo/indicators.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::indicator_targets::IndicatorTargetDraft;
use crate::domain::indicator_values::ValueStage;
use crate::domain::indicators::{Aggregation, BaselineDraft};
use crate::domain::targets::TargetDirection;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    pub indicator: Vec<Indicator>,
    pub value: Vec<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub key: String,
    pub resolution: String,
    pub ordinal: i32,
    pub name: String,
    pub unit: Option<String>,
    pub direction: TargetDirection,
    pub aggregation: Aggregation,
    pub history_from: Option<i32>,
    pub baseline: Option<BaselineDraft>,
    #[serde(default)]
    pub targets: Vec<IndicatorTargetDraft>,
    pub objective: Option<String>,
    pub description: Option<String>,
    pub lead_unit: String,
    pub source: String,
    pub recorded_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    pub indicator: String,
    pub period: String,
    pub text: String,
    pub stage: ValueStage,
    pub rank_of: Option<i32>,
    #[serde(default)]
    pub breaks_series: bool,
    pub source: Option<String>,
    pub note: Option<String>,
    pub reason: Option<String>,
    /// Whether nobody confirmed it yet.
    #[serde(default)]
    pub waiting: bool,
    pub told: NaiveDate,
}
