//! Areas.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::areas::AreaLevel;
use crate::store::areas::Area;

/// An area (địa bàn).
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaView {
    pub id: Id,
    /// Stable code.
    #[schema(example = "hg-huyen-vi-thuy")]
    pub code: String,
    #[schema(example = "Huyện Vị Thủy")]
    pub name: String,
    pub level: AreaLevel,
    /// Id of the area it lies in.
    pub parent: Option<Id>,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub note: Option<String>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<Area> for AreaView {
    fn from(area: Area) -> Self {
        let Area { id, code, name, folded: _, sort_key: _, level, parent_id, path: _, valid_from, valid_to, note, version, recorded_at } =
            area;
        Self { id, code, name, level, parent: parent_id, valid_from, valid_to, note, version, recorded_at: recorded_at.and_utc() }
    }
}

/// An area where it is mentioned.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaRef {
    pub id: Id,
    #[schema(example = "hg-huyen-vi-thuy")]
    pub code: String,
    #[schema(example = "Huyện Vị Thủy")]
    pub name: String,
    pub level: AreaLevel,
    /// Last day it existed, if it has ended.
    pub valid_to: Option<NaiveDate>,
}

impl From<&Area> for AreaRef {
    fn from(area: &Area) -> Self {
        Self { id: area.id, code: area.code.clone(), name: area.name.clone(), level: area.level, valid_to: area.valid_to }
    }
}
