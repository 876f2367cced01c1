//! Values of indicators.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use super::units::UnitRef;
use crate::domain::indicator_values::{ValueStage, share};
use crate::domain::progress_reports::Verification;
use crate::domain::targets::Actual;
use crate::domain::verifications::ReportAction;
use crate::domain::{Id, Origin};
use crate::store::indicator_values::IndicatorValue;

/// What was reached in a period (số liệu).
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorValueView {
    pub id: Id,
    /// Id of the indicator.
    pub indicator: Id,
    #[schema(example = "2023")]
    pub period: String,
    /// Its place among those told of the period, from 1.
    #[schema(example = 1)]
    pub revision: i32,
    /// Whether it counts: no later one replaced it, and it was not returned.
    pub counts: bool,
    pub stage: ValueStage,
    /// How the words were read when it was told.
    #[schema(value_type = Actual)]
    pub actual: Option<Actual>,
    #[schema(example = "9736")]
    pub numerator: Option<String>,
    #[schema(example = "201157")]
    pub denominator: Option<String>,
    /// What both come to in percent, beside what was told: the two are never made to agree.
    #[schema(example = "4.84")]
    pub share: Option<String>,
    /// Of how many it is a rank.
    #[schema(example = 63)]
    pub rank_of: Option<i32>,
    /// Whether it is measured in another way than the years before.
    pub breaks_series: bool,
    /// Values of districts or departments.
    pub parts: Vec<ValuePartView>,
    pub note: Option<String>,
    pub source: Option<String>,
    /// Why it was told anew.
    pub reason: Option<String>,
    /// The unit that reports on the indicator.
    pub lead_unit: Option<UnitRef>,
    /// Told by somebody else for the unit.
    pub on_behalf: bool,
    /// User name of who told it.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
    pub verification: ValueVerificationView,
    /// `demo` marks what was made up.
    pub origin: Origin,
    /// What this account may do next.
    pub allowed_actions: Vec<ReportAction>,
    /// How often anything was said of the period's value: a new value, a confirmation, a return.
    pub version: i32,
}

/// Whether a value was confirmed, by whom and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueVerificationView {
    pub state: Verification,
    /// User name of who confirmed or returned it.
    pub by: Option<String>,
    pub at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
}

/// The value of a district or a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValuePartView {
    pub area: Option<AreaRef>,
    pub unit: Option<UnitRef>,
    #[schema(example = "3,2")]
    pub text: String,
}

/// Who is mentioned beside a value.
#[derive(Debug, Default)]
pub struct Mentions {
    /// The unit that reports on the indicator.
    pub lead_unit: Option<UnitRef>,
    /// User name of who told it.
    pub author: Option<String>,
    /// User name of who confirmed or returned it.
    pub verifier: Option<String>,
}

impl IndicatorValueView {
    /// A value with its parts and who is mentioned.
    pub fn new(
        row: IndicatorValue,
        parts: Vec<ValuePartView>,
        mentions: Mentions,
        counts: bool,
        allowed_actions: Vec<ReportAction>,
    ) -> Self {
        let numbers = row.numerator.as_ref().and_then(|n| n.parse().ok()).zip(row.denominator.as_ref().and_then(|d| d.parse().ok()));
        Self {
            id: row.id,
            indicator: row.indicator_id,
            revision: row.revision,
            counts,
            stage: row.stage,
            actual: super::kept("indicator_values.reading", &row.reading),
            share: numbers.and_then(|(n, d)| share(n, d)).map(|share| share.to_string()),
            numerator: row.numerator,
            denominator: row.denominator,
            rank_of: row.rank_of,
            breaks_series: row.breaks_series,
            parts,
            note: row.note,
            source: row.source,
            reason: row.reason,
            lead_unit: mentions.lead_unit,
            on_behalf: row.on_behalf,
            recorded_by: mentions.author,
            recorded_at: row.recorded_at.and_utc(),
            verification: ValueVerificationView {
                state: row.verification,
                by: mentions.verifier,
                at: row.verified_at.map(|at| at.and_utc()),
                reason: row.verification_reason,
            },
            origin: row.origin,
            allowed_actions,
            version: row.version,
            period: row.period,
        }
    }
}
