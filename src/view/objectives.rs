//! Objectives.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::objectives::ObjectiveLevel;
use crate::store::objectives::Objective;

/// An objective (mục tiêu).
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectiveView {
    pub id: Id,
    /// Id of the resolution that names it.
    pub resolution: Id,
    /// Its place in the resolution.
    #[schema(example = 1)]
    pub ordinal: i32,
    pub level: ObjectiveLevel,
    #[schema(example = "Nâng cao thu nhập bình quân đầu người")]
    pub title: String,
    pub description: Option<String>,
    /// Whether it is measured in numbers.
    pub quantified: bool,
    /// Id of the clause that states it.
    pub clause: Option<Id>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<Objective> for ObjectiveView {
    fn from(row: Objective) -> Self {
        let Objective { id, resolution_id, ordinal, level, title, description, quantified, version, recorded_at, clause_id } = row;
        let recorded_at = recorded_at.and_utc();
        Self { id, resolution: resolution_id, ordinal, level, title, description, quantified, clause: clause_id, version, recorded_at }
    }
}
