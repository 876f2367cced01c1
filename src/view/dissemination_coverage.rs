//! Coverage of a resolution by study conferences.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::areas::AreaLevel;
use crate::domain::dissemination_coverage::{Attended, Conferences, LevelConferences, OwingUnits};
use crate::store::dashboards::LineUnit;

/// How far a resolution has been studied.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisseminationCoverageView {
    /// Id of the resolution.
    pub resolution: Id,
    /// The day it stood so.
    #[schema(example = "2023-10-02")]
    pub on: NaiveDate,
    /// All study conferences held by then.
    pub total: Conferences,
    /// Those of each level at which there were any.
    pub by_level: Vec<LevelConferences>,
    /// Party committees and authorities of the whole province that existed on the day.
    pub units: OwingUnits,
    /// A page of them, in Vietnamese order of their names, as far as the reader reaches.
    pub items: Vec<CoveredUnitView>,
    /// The `cursor` of the next page.
    pub next: Option<String>,
}

/// A unit that owes it, and where it took part.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoveredUnitView {
    pub unit: UnitRef,
    /// Level of the area it stands in.
    pub level: AreaLevel,
    /// Whether it held a study conference or sat in one.
    pub covered: bool,
    /// Those conferences, by their days.
    pub conferences: Vec<Attended>,
}

impl CoveredUnitView {
    /// The line of one unit.
    pub fn new(unit: LineUnit, level: AreaLevel, conferences: Vec<Attended>) -> Self {
        let LineUnit { id, code, name, kind, path: _, area_id: _, area_path: _, valid_from: _, valid_to } = unit;
        Self { unit: UnitRef { id, code, name, kind, valid_to }, level, covered: !conferences.is_empty(), conferences }
    }
}
