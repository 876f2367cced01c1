//! Silence.

use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::dashboards::UnitLines;
use crate::domain::silence::Silence;
use crate::store::dashboards::LineUnit;

/// The dashboard of silence.
#[derive(Debug, Serialize, ToSchema)]
pub struct SilenceView {
    #[serde(flatten)]
    pub frame: FrameView,
    /// After so many days without a report open work is silent.
    #[schema(example = 90)]
    pub days: i64,
    /// The lines that the reader may see: units that lead counted tasks.
    pub items: Vec<UnitSilenceView>,
    /// All tasks that the lines count; also of lines that the reader may not see.
    pub total: Silence,
}

/// The silence of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitSilenceView {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub silence: Silence,
}

impl From<(i64, UnitLines<LineUnit, Silence>)> for SilenceView {
    fn from((days, UnitLines { frame, lines, total }): (i64, UnitLines<LineUnit, Silence>)) -> Self {
        let line = |(unit, silence): (LineUnit, Silence)| UnitSilenceView { unit: UnitRef::from(unit), silence };
        Self { frame: frame.into(), days, items: lines.into_iter().map(line).collect(), total }
    }
}
