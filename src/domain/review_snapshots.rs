//! Snapshots of a review: the task statistics of a document on one day, as they were.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Id;
use super::dashboards::{Basis, Totals};
use super::units::UnitKind;

/// A snapshot is asked for with an empty object: it is taken of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct SnapshotDraft {}

/// The task statistics of a resolution on one day: of each unit that leads counted work, and in total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Statistics {
    pub basis: Basis,
    /// Version of the roll-up's formula.
    pub formula_version: u32,
    /// Whether any task or report that was counted was made up for the demo.
    pub illustrative: bool,
    /// In Vietnamese order of their names; as far as the reader sees them.
    pub units: Vec<UnitStatistics>,
    /// All of it; `null` for who does not read the whole province.
    pub total: Option<Totals>,
}

/// What a unit led itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitStatistics {
    pub unit: StatisticsUnit,
    #[serde(flatten)]
    pub totals: Totals,
}

/// A unit as it was named when the statistics were taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatisticsUnit {
    pub id: Id,
    #[schema(example = "hg-so-y-te")]
    pub code: String,
    #[schema(example = "Sở Y tế")]
    pub name: String,
    pub kind: UnitKind,
    /// Last day it existed, if it had ended.
    pub valid_to: Option<NaiveDate>,
}
