//! Contributions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::{Id, Origin};
use crate::store::contributions::Contribution;
use crate::store::units::Unit;

/// What a coordinating unit did for a task (kết quả phối hợp).
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskContributionView {
    pub id: Id,
    /// Id of the task.
    pub task: Id,
    /// The unit it speaks for.
    pub unit: UnitRef,
    pub result: String,
    pub measured_on: NaiveDate,
    /// Filed by the focal office for the unit.
    pub on_behalf: bool,
    /// User name of who filed it.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
    pub origin: Origin,
}

impl TaskContributionView {
    /// A contribution of `unit`, with the user name of who filed it.
    pub fn new(row: Contribution, unit: &Unit, author: Option<String>) -> Self {
        let Contribution { id, task_id, position: _, unit_id: _, result, measured_on, on_behalf, recorded_by: _, origin, recorded_at } =
            row;
        Self {
            id,
            task: task_id,
            unit: UnitRef::from(unit),
            result,
            measured_on,
            on_behalf,
            recorded_by: author,
            recorded_at: recorded_at.and_utc(),
            origin,
        }
    }
}
