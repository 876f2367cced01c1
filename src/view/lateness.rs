//! Lateness.

use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::dashboards::UnitLines;
use crate::domain::lateness::Lateness;
use crate::store::dashboards::LineUnit;

/// The dashboard of lateness.
#[derive(Debug, Serialize, ToSchema)]
pub struct LatenessView {
    #[serde(flatten)]
    pub frame: FrameView,
    /// The lines that the reader may see: units that lead counted tasks.
    pub items: Vec<UnitLatenessView>,
    /// All tasks that the lines count; also of lines that the reader may not see.
    pub total: Lateness,
}

/// How late a unit's work is.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLatenessView {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub lateness: Lateness,
}

impl From<UnitLines<LineUnit, Lateness>> for LatenessView {
    fn from(UnitLines { frame, lines, total }: UnitLines<LineUnit, Lateness>) -> Self {
        let line = |(unit, lateness): (LineUnit, Lateness)| UnitLatenessView { unit: UnitRef::from(unit), lateness };
        Self { frame: frame.into(), items: lines.into_iter().map(line).collect(), total }
    }
}
