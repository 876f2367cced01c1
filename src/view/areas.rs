//! Areas.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::areas::AreaLevel;
use crate::domain::external_refs::ExternalRef;
use crate::store::areas::Area;
use crate::store::external_refs::Known;

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
    /// What other systems call it.
    pub external_refs: Vec<ExternalRef>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<Known<Area>> for AreaView {
    fn from(Known { row: area, external_refs }: Known<Area>) -> Self {
        let Area { id, code, name, folded: _, sort_key: _, level, parent_id, path: _, valid_from, valid_to, note, version, recorded_at } =
            area;
        Self {
            id,
            code,
            name,
            level,
            parent: parent_id,
            valid_from,
            valid_to,
            note,
            external_refs,
            version,
            recorded_at: recorded_at.and_utc(),
        }
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
