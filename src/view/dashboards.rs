//! Dashboards.

mod documents;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use super::units::UnitRef;
use crate::domain::dashboards::{Basis, Focus, Frame, Line, Table, Totals};
use crate::domain::roll_up::FORMULA_VERSION;
use crate::store::areas::Area;
use crate::store::dashboards::{LineArea, LineUnit};
use crate::store::units::Unit;

pub use documents::{
    BreakthroughLineView, FieldLineView, LineFieldRef, LineProgrammeRef, LineResolutionRef, ObjectiveLineView, PartRef, PillarLineView,
    ProgrammeLineView, ResolutionLineView, TaskGroupLineView,
};

/// What every dashboard says of itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrameView {
    /// The day whose end in Vietnam the answer speaks of.
    #[schema(example = "2021-12-31")]
    pub as_of: NaiveDate,
    /// The day it is, in the system.
    #[schema(example = "2023-10-02")]
    pub today: NaiveDate,
    pub basis: Basis,
    /// Version of the roll-up's formula.
    pub formula_version: u32,
    /// The last event of the journal that was counted.
    pub position: i64,
    /// Whether any task or report that was counted was made up for the demo.
    pub illustrative: bool,
}

impl From<Frame> for FrameView {
    fn from(frame: Frame) -> Self {
        let Frame { as_of, today, basis, position, illustrative } = frame;
        Self { as_of, today, basis, formula_version: FORMULA_VERSION, position, illustrative }
    }
}

/// All counted tasks.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverviewView {
    #[serde(flatten)]
    pub frame: FrameView,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<(Frame, Totals)> for OverviewView {
    fn from((frame, totals): (Frame, Totals)) -> Self {
        Self { frame: frame.into(), totals }
    }
}

/// A dashboard of lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableView<L: ToSchema> {
    #[serde(flatten)]
    pub frame: FrameView,
    /// The lines that the reader may see.
    pub items: Vec<L>,
    /// All tasks that the lines of this dashboard count, each once; also of lines that the reader
    /// may not see.
    pub total: Totals,
}

impl<T, L: ToSchema + From<Line<T>>> From<Table<T>> for TableView<L> {
    fn from(table: Table<T>) -> Self {
        Self { frame: table.frame.into(), items: table.lines.into_iter().map(L::from).collect(), total: table.total }
    }
}

/// What a unit leads itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLineView {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<LineUnit>> for UnitLineView {
    fn from(Line { of: unit, totals }: Line<LineUnit>) -> Self {
        Self { unit: UnitRef::from(unit), totals }
    }
}

/// What all units lead that stand in an area or below it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaLineView {
    pub area: AreaRef,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<LineArea>> for AreaLineView {
    fn from(Line { of: area, totals }: Line<LineArea>) -> Self {
        Self { area: AreaRef::from(area), totals }
    }
}

/// A unit's own work, and that of all below it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitDashboardView {
    #[serde(flatten)]
    pub frame: FrameView,
    pub unit: UnitRef,
    /// What it leads itself.
    #[serde(flatten)]
    pub own: Totals,
    /// What it and all units below it lead.
    pub subtree: Totals,
    /// Each of these units, with what it leads itself; they sum to `subtree`.
    pub items: Vec<UnitLineView>,
}

impl From<Focus<Unit, LineUnit>> for UnitDashboardView {
    fn from(Focus { frame, subject, totals, whole, lines }: Focus<Unit, LineUnit>) -> Self {
        let items = lines.into_iter().map(UnitLineView::from).collect();
        Self { frame: frame.into(), unit: UnitRef::from(&subject), own: totals, subtree: whole, items }
    }
}

/// What all units lead that stand in an area or below it, together and each.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaDashboardView {
    #[serde(flatten)]
    pub frame: FrameView,
    pub area: AreaRef,
    /// What these units lead together.
    #[serde(flatten)]
    pub totals: Totals,
    /// Each of these units that the reader may see, with what it leads itself.
    pub items: Vec<UnitLineView>,
}

impl From<Focus<Area, LineUnit>> for AreaDashboardView {
    fn from(Focus { frame, subject, totals, whole: _, lines }: Focus<Area, LineUnit>) -> Self {
        let items = lines.into_iter().map(UnitLineView::from).collect();
        Self { frame: frame.into(), area: AreaRef::from(&subject), totals, items }
    }
}

impl From<LineUnit> for UnitRef {
    fn from(unit: LineUnit) -> Self {
        let LineUnit { id, code, name, kind, path: _, area_id: _, area_path: _, valid_from: _, valid_to } = unit;
        Self { id, code, name, kind, valid_to }
    }
}

impl From<LineArea> for AreaRef {
    fn from(area: LineArea) -> Self {
        let LineArea { id, code, name, level, path: _, valid_from: _, valid_to } = area;
        Self { id, code, name, level, valid_to }
    }
}
