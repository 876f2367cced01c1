//! The official statistic.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::dashboards::UnitLines;
use crate::domain::roll_up::RollUp;
use crate::domain::statistics::FourWay;
use crate::store::dashboards::LineUnit;

/// The official statistic of a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticsView {
    #[serde(flatten)]
    pub frame: FrameView,
    /// First day of assignment; `null` for whatever was assigned before the last.
    #[schema(example = "2020-01-01")]
    pub from: Option<NaiveDate>,
    /// Last day of assignment; work is judged at its end.
    #[schema(example = "2020-07-06")]
    pub to: NaiveDate,
    /// The lines that the reader may see: units that lead any of this work.
    pub items: Vec<UnitStatisticsView>,
    /// All tasks that the lines count; also of lines that the reader may not see.
    pub total: FourWay,
}

/// The statistic of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitStatisticsView {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub statistics: FourWay,
}

impl StatisticsView {
    /// Of the work assigned from a day on.
    pub fn new(from: Option<NaiveDate>, UnitLines { frame, lines, total }: UnitLines<LineUnit, RollUp>) -> Self {
        let of = |sum: &RollUp| FourWay::from(&sum.counts());
        let line = |(unit, sum): (LineUnit, RollUp)| UnitStatisticsView { unit: UnitRef::from(unit), statistics: of(&sum) };
        let items = lines.into_iter().map(line).collect();
        Self { from, to: frame.as_of, frame: frame.into(), items, total: of(&total) }
    }
}
