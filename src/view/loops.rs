//! Open loops.

use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::dashboards::UnitLines;
use crate::domain::loops::Loops;
use crate::store::dashboards::LineUnit;

/// The dashboard of open loops.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoopsView {
    #[serde(flatten)]
    pub frame: FrameView,
    /// The lines that the reader may see: units with which anything waits.
    pub items: Vec<UnitLoopsView>,
    /// All that waits with units of these kinds; also with those whose line the reader may not see.
    pub total: Loops,
}

/// What waits with a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLoopsView {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub loops: Loops,
}

impl From<UnitLines<LineUnit, Loops>> for LoopsView {
    fn from(UnitLines { frame, lines, total }: UnitLines<LineUnit, Loops>) -> Self {
        let line = |(unit, loops): (LineUnit, Loops)| UnitLoopsView { unit: UnitRef::from(unit), loops };
        Self { frame: frame.into(), items: lines.into_iter().map(line).collect(), total }
    }
}
