//! The trend.

use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use crate::domain::dashboards::Frame;
use crate::domain::trend::Point;

/// A trend.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrendView {
    #[serde(flatten)]
    pub frame: FrameView,
    /// The points, the earliest first; each is what the overview of that day says.
    pub items: Vec<Point>,
}

impl From<(Frame, Vec<Point>)> for TrendView {
    fn from((frame, items): (Frame, Vec<Point>)) -> Self {
        Self { frame: frame.into(), items }
    }
}
