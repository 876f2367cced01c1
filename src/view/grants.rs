//! Grants: a role, and how far it reaches.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::permission::Role;
use crate::store::grants::{Grant, PlacedGrant};

/// A role, and how far it reaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantView {
    pub id: Id,
    pub role: Role,
    /// The unit it is granted on, with all below it.
    pub unit: Option<PlaceRef>,
    /// The area it is granted on, with all bodies in it.
    pub area: Option<PlaceRef>,
    pub recorded_at: DateTime<Utc>,
    /// When it ended; `null` while it is in force.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A unit or area by id, code and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceRef {
    pub id: Id,
    #[schema(example = "hg")]
    pub code: String,
    #[schema(example = "Tỉnh Hậu Giang")]
    pub name: String,
}

impl From<PlacedGrant> for GrantView {
    fn from((grant, unit, area): PlacedGrant) -> Self {
        let place = |id: Option<Id>, names: Option<(String, String)>| id.zip(names).map(|(id, (code, name))| PlaceRef { id, code, name });
        let Grant { id, user_id: _, role, unit_id, area_id, recorded_at, revoked_at, inherited: _ } = grant;
        Self {
            id,
            role,
            unit: place(unit_id, unit.map(|(code, name, ..)| (code, name))),
            area: place(area_id, area.map(|(code, name, _)| (code, name))),
            recorded_at: recorded_at.and_utc(),
            revoked_at: revoked_at.map(|at| at.and_utc()),
        }
    }
}
