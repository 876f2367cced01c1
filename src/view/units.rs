//! Units.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::external_refs::ExternalRef;
use crate::domain::units::{System, UnitKind};
use crate::store::external_refs::Known;
use crate::store::units::Unit;

/// A unit (đơn vị).
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView {
    pub id: Id,
    /// Stable code.
    #[schema(example = "hg-so-y-te")]
    pub code: String,
    /// Electronic identification code (mã định danh).
    pub agency_code: Option<String>,
    #[schema(example = "Sở Y tế")]
    pub name: String,
    pub system: System,
    pub kind: UnitKind,
    /// Id of its superior in its own hierarchy.
    pub parent: Option<Id>,
    /// Id of the area it stands in.
    pub area: Id,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub note: Option<String>,
    /// What other systems call it.
    pub external_refs: Vec<ExternalRef>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<Known<Unit>> for UnitView {
    fn from(Known { row: unit, external_refs }: Known<Unit>) -> Self {
        let Unit {
            id,
            code,
            agency_code,
            name,
            folded: _,
            sort_key: _,
            system,
            kind,
            parent_id,
            path: _,
            area_id,
            area_path: _,
            valid_from,
            valid_to,
            note,
            version,
            recorded_at,
        } = unit;
        let recorded_at = recorded_at.and_utc();
        Self {
            id,
            code,
            agency_code,
            name,
            system,
            kind,
            parent: parent_id,
            area: area_id,
            valid_from,
            valid_to,
            note,
            external_refs,
            version,
            recorded_at,
        }
    }
}

/// A unit where it is mentioned.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitRef {
    pub id: Id,
    #[schema(example = "hg-so-y-te")]
    pub code: String,
    #[schema(example = "Sở Y tế")]
    pub name: String,
    pub kind: UnitKind,
    /// Last day it existed, if it has ended.
    pub valid_to: Option<NaiveDate>,
}

impl From<&Unit> for UnitRef {
    fn from(unit: &Unit) -> Self {
        Self { id: unit.id, code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind, valid_to: unit.valid_to }
    }
}
