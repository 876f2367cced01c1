//! Snapshots of review rounds.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::review_snapshots::Statistics;
use crate::store::review_snapshots::ReviewSnapshot;

/// The task statistics that a review stands on, as they were.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotView {
    pub id: Id,
    /// Id of the review round.
    pub review: Id,
    /// The day the statistics speak of.
    #[schema(example = "2023-10-02")]
    pub as_of: NaiveDate,
    /// The last event of the journal that was counted.
    pub position: i64,
    /// As they were taken; who does not read the whole province sees the lines of own units, and no total.
    #[schema(value_type = Statistics)]
    pub statistics: serde_json::Value,
    /// Id of the account that took them.
    pub recorded_by: Id,
    pub recorded_at: DateTime<Utc>,
}

impl From<ReviewSnapshot> for SnapshotView {
    fn from(snapshot: ReviewSnapshot) -> Self {
        let ReviewSnapshot { id, review_id, as_of, position, statistics, recorded_by, recorded_at } = snapshot;
        let statistics = super::kept("review_snapshots.statistics", &statistics);
        Self { id, review: review_id, as_of, position, statistics, recorded_by, recorded_at: recorded_at.and_utc() }
    }
}
