//! How slowly resolutions enter life.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use super::dashboards::{FrameView, LineResolutionRef};
use super::units::UnitRef;
use crate::domain::lag::{Firsts, Lag};
use crate::domain::partial_date::DatePrecision;

/// How slowly it came: days from the adoption of the resolution.
#[derive(Debug, Serialize, ToSchema)]
pub struct LagsView {
    /// The day of adoption, if it is known.
    #[schema(example = "2020-10-14")]
    pub adopted_on: Option<NaiveDate>,
    /// How much of that day the document names; of a month, quarter or year it is the first day.
    pub precision: Option<DatePrecision>,
    /// To the first document that carries it out, by its date of issue.
    pub document: Lag,
    /// To the first task: the day it was assigned, or issued here.
    pub task: Lag,
    /// To the first progress report.
    pub report: Lag,
}

impl LagsView {
    /// From adoption to what came first, as known on `as_of`.
    pub fn new(adopted_on: Option<NaiveDate>, precision: Option<DatePrecision>, firsts: Firsts, as_of: NaiveDate) -> Self {
        let lag = |first| Lag::new(adopted_on, first, as_of);
        Self { adopted_on, precision, document: lag(firsts.document), task: lag(firsts.task), report: lag(firsts.report) }
    }
}

/// A dashboard of slowness.
#[derive(Debug, Serialize, ToSchema)]
pub struct LagTableView<L: ToSchema> {
    #[serde(flatten)]
    pub frame: FrameView,
    /// The lines that the reader may see.
    pub items: Vec<L>,
}

/// The slowness of a resolution.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolutionLagView {
    pub resolution: LineResolutionRef,
    #[serde(flatten)]
    pub lags: LagsView,
}

/// A unit's own slowness: its first document, the first task it leads, its first report.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLagView {
    pub unit: UnitRef,
    #[serde(flatten)]
    pub lags: LagsView,
}

/// The slowness of the quickest unit that stands in an area or below it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaLagView {
    pub area: AreaRef,
    #[serde(flatten)]
    pub lags: LagsView,
}
