//! Review rounds.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::dashboards::Totals;
use crate::domain::reviews::{ReviewAction, ReviewKind, ReviewState, Statistics, SubmissionState};
use crate::store::dashboards::LineUnit;
use crate::store::review_rounds::ReviewRound;
use crate::store::review_snapshots::ReviewSnapshot;

/// A review round (sơ kết, tổng kết).
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewView {
    pub id: Id,
    /// Id of the resolution it looks back on, if it is one.
    pub resolution: Option<Id>,
    /// Id of the thematic programme it looks back on, if it is one.
    pub programme: Option<Id>,
    pub kind: ReviewKind,
    #[schema(example = "Sơ kết 3 năm thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV")]
    pub title: String,
    /// The day its years are counted from.
    #[schema(example = "2020-10-14")]
    pub anchor_on: NaiveDate,
    /// The day it is due.
    #[schema(example = "2023-10-14")]
    pub due_on: NaiveDate,
    pub state: ReviewState,
    /// What may be done next.
    pub allowed_actions: Vec<ReviewAction>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<ReviewRound> for ReviewView {
    fn from(round: ReviewRound) -> Self {
        let ReviewRound { id, resolution_id, kind, title, anchor_on, due_on, state, version, recorded_at, programme_id } = round;
        Self {
            id,
            resolution: resolution_id,
            programme: programme_id,
            kind,
            title,
            anchor_on,
            due_on,
            state,
            allowed_actions: state.allowed_actions(),
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}

/// The report that a unit owes a review round.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionView {
    pub unit: UnitRef,
    /// The day it is due: the round's.
    #[schema(example = "2023-10-14")]
    pub due_on: NaiveDate,
    pub state: SubmissionState,
    /// What the unit leads itself of the resolution, today.
    #[serde(flatten)]
    pub totals: Totals,
}

impl SubmissionView {
    /// The report of one unit.
    pub fn new(unit: LineUnit, due_on: NaiveDate, state: SubmissionState, totals: Totals) -> Self {
        let LineUnit { id, code, name, kind, path: _, area_id: _, area_path: _, valid_from: _, valid_to } = unit;
        Self { unit: UnitRef { id, code, name, kind, valid_to }, due_on, state, totals }
    }
}

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
    /// As they were taken.
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
