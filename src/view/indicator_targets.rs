//! Targets of indicators.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::targets::Target;
use crate::domain::{Id, Origin};
use crate::store::indicator_targets::IndicatorTarget;

/// What is wanted of an indicator in a period (mức phấn đấu).
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorTargetView {
    pub id: Id,
    #[schema(example = "2025")]
    pub period: String,
    /// Who sets it, where that is another than the document.
    #[schema(example = "Chính phủ")]
    pub authority: Option<String>,
    /// How the words were read when it was set.
    #[schema(value_type = Target)]
    pub target: Option<Target>,
    /// Why it was set anew.
    pub reason: Option<String>,
    pub origin: Origin,
    pub recorded_at: DateTime<Utc>,
}

impl From<IndicatorTarget> for IndicatorTargetView {
    fn from(row: IndicatorTarget) -> Self {
        let IndicatorTarget {
            id,
            indicator_id: _,
            position: _,
            period,
            authority,
            target_text: _,
            reading,
            reason,
            recorded_by: _,
            origin,
            recorded_at,
        } = row;
        let target = super::kept("indicator_targets.reading", &reading);
        Self { id, period, authority, target, reason, origin, recorded_at: recorded_at.and_utc() }
    }
}
