//! Indicators.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::indicator_targets::IndicatorTargetView;
use super::records::{DocumentRef, VoidedView, unit};
use super::units::UnitRef;
use crate::domain::indicators::{Aggregation, BaselineDraft, IndicatorRole};
use crate::domain::targets::TargetDirection;
use crate::domain::voiding::RecordAction;
use crate::domain::{Id, Origin};
use crate::store::indicator_targets::IndicatorTarget;
use crate::store::indicators::Indicator;
use crate::store::names::Names;

/// An indicator (chỉ tiêu).
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorView {
    pub id: Id,
    /// The resolution that sets it, if it is one.
    pub resolution: Option<DocumentRef>,
    /// The programme that sets it, if it is one.
    pub programme: Option<DocumentRef>,
    /// Id of the root area it is kept for.
    pub area: Id,
    /// Its place in the document.
    #[schema(example = 1)]
    pub ordinal: i32,
    /// Its number as it is printed, where that is another.
    #[schema(example = "7c")]
    pub label: Option<String>,
    #[schema(example = "GRDP bình quân đầu người đến cuối năm 2025")]
    pub name: String,
    /// Unit of measure.
    #[schema(example = "triệu đồng")]
    pub unit: Option<String>,
    pub direction: TargetDirection,
    pub aggregation: Aggregation,
    /// First year of its path.
    #[schema(example = 2021)]
    pub from_year: i32,
    /// Last year of its path.
    #[schema(example = 2025)]
    pub to_year: i32,
    /// First year of which values are kept, where that is before the year before the path.
    pub history_from: Option<i32>,
    /// Where it stood before.
    pub baseline: Option<BaselineDraft>,
    /// Id of the indicator it stands below.
    pub parent: Option<Id>,
    pub role: IndicatorRole,
    /// The unit that reports on it.
    pub lead_unit: Option<UnitRef>,
    /// Id of the objective it measures.
    pub objective: Option<Id>,
    pub description: Option<String>,
    pub source: Option<String>,
    /// The targets that stand: the document's own first, then those of other authorities.
    pub targets: Vec<IndicatorTargetView>,
    /// Since when it is void and why; `null` if it is not.
    pub voided: Option<VoidedView>,
    /// What this account may do next.
    pub allowed_actions: Vec<RecordAction>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

/// An indicator where it is mentioned.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorRef {
    pub id: Id,
    #[schema(example = 1)]
    pub ordinal: i32,
    #[schema(example = "7c")]
    pub label: Option<String>,
    #[schema(example = "GRDP bình quân đầu người đến cuối năm 2025")]
    pub name: String,
    #[schema(example = "triệu đồng")]
    pub unit: Option<String>,
    pub role: IndicatorRole,
    /// Id of the indicator it stands below.
    pub parent: Option<Id>,
    pub direction: TargetDirection,
}

impl From<&Indicator> for IndicatorRef {
    fn from(row: &Indicator) -> Self {
        Self {
            id: row.id,
            ordinal: row.ordinal,
            label: row.label.clone(),
            name: row.name.clone(),
            unit: row.unit_of_measure.clone(),
            role: row.role,
            parent: row.parent_id,
            direction: row.direction,
        }
    }
}

impl IndicatorView {
    /// An indicator with its targets and what it mentions.
    pub fn new(row: Indicator, targets: Vec<IndicatorTarget>, names: &Names, allowed_actions: Vec<RecordAction>) -> Self {
        let baseline = row.baseline_period.zip(row.baseline_text);
        Self {
            id: row.id,
            resolution: DocumentRef::of(row.resolution_id, names),
            programme: DocumentRef::of(row.programme_id, names),
            area: row.root_id,
            ordinal: row.ordinal,
            label: row.label,
            name: row.name,
            unit: row.unit_of_measure,
            direction: row.direction,
            aggregation: row.aggregation,
            from_year: row.from_year,
            to_year: row.to_year,
            history_from: row.history_from,
            baseline: baseline.map(|(period, text)| BaselineDraft { period, text }),
            parent: row.parent_id,
            role: row.role,
            lead_unit: unit(row.lead_unit_id, names),
            objective: row.objective_id,
            description: row.description,
            source: row.source,
            targets: targets.into_iter().map(IndicatorTargetView::from).collect(),
            voided: VoidedView::of(row.voided_at, row.void_reason),
            allowed_actions,
            origin: row.origin,
            version: row.version,
            recorded_at: row.recorded_at.and_utc(),
        }
    }
}
