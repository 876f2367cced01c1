//! The six clears.

use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::six_clears::{Clear, ClearCounts};
use crate::store::areas::Area;
use crate::store::dashboards::LineUnit;

/// What a province wants to be clear before a task is issued.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequiredClearsView {
    /// The province.
    pub area: AreaRef,
    /// Which of the six, in their order; none, if empty.
    #[schema(example = json!(["when", "responsibility", "product"]))]
    pub required: Vec<Clear>,
    /// How often it was changed.
    pub version: i32,
}

impl RequiredClearsView {
    /// Of a province.
    pub fn new(root: &Area, required: Vec<Clear>, version: i32) -> Self {
        Self { area: AreaRef::from(root), required, version }
    }
}

/// The dashboard of the six clears.
#[derive(Debug, Serialize, ToSchema)]
pub struct SixClearsView {
    #[serde(flatten)]
    pub frame: FrameView,
    /// The lines that the reader may see: units that lead counted tasks.
    pub items: Vec<UnitClearsView>,
    /// All tasks that the lines of this dashboard count; also of lines that the reader may not see.
    pub total: ClearCounts,
}

/// What of the tasks of a unit is not clear.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitClearsView {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub counts: ClearCounts,
}

impl UnitClearsView {
    /// Of a unit.
    pub fn new(unit: LineUnit, counts: ClearCounts) -> Self {
        Self { unit: UnitRef::from(unit), counts }
    }
}
