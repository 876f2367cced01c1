//! Breakthroughs.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;

use crate::store::breakthroughs::Breakthrough;

/// A strategic breakthrough (đột phá chiến lược).
#[derive(Debug, Serialize, ToSchema)]
pub struct BreakthroughView {
    pub id: Id,
    /// Id of the resolution that names it.
    pub resolution: Id,
    /// Its place in the resolution.
    #[schema(example = 1)]
    pub ordinal: i32,
    #[schema(example = "Phát triển nguồn nhân lực")]
    pub title: String,
    pub description: Option<String>,
    /// Id of the clause that states it.
    pub clause: Option<Id>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<Breakthrough> for BreakthroughView {
    fn from(row: Breakthrough) -> Self {
        let Breakthrough { id, resolution_id, ordinal, title, description, version, recorded_at, clause_id } = row;
        let recorded_at = recorded_at.and_utc();
        Self { id, resolution: resolution_id, ordinal, title, description, clause: clause_id, version, recorded_at }
    }
}
