//! The ranking of units.

use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::Percent;
use crate::domain::dashboards::{Frame, Totals};
use crate::domain::ranking::{Caveat, Ranked, RankedBy};
use crate::store::dashboards::LineUnit;

/// A ranking of units.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingView {
    #[serde(flatten)]
    pub frame: FrameView,
    pub by: RankedBy,
    /// The units that the reader may see: those with a place first, the best before all.
    pub items: Vec<RankedView>,
}

/// A unit with its place, or why it has none.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankedView {
    /// Equal ones share a place; `null` for a unit that cannot be compared.
    #[schema(example = 1)]
    pub place: Option<u32>,
    /// What it is ranked by.
    pub score: Option<Percent>,
    /// Why it has no place.
    pub caveat: Option<Caveat>,
    pub unit: UnitRef,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<(Frame, RankedBy, Vec<Ranked<LineUnit>>)> for RankingView {
    fn from((frame, by, lines): (Frame, RankedBy, Vec<Ranked<LineUnit>>)) -> Self {
        Self { frame: frame.into(), by, items: lines.into_iter().map(RankedView::from).collect() }
    }
}

impl From<Ranked<LineUnit>> for RankedView {
    fn from(Ranked { place, score, unit, totals }: Ranked<LineUnit>) -> Self {
        let percent = score.ok().and_then(|score| Percent::from_hundredths(i32::try_from(score).ok()?).ok());
        Self { place, score: percent, caveat: score.err(), unit: UnitRef::from(unit), totals }
    }
}
