//! API clients; never the hash of a key.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::grants::{GrantView, PlaceRef};
use crate::domain::Id;
use crate::domain::api_clients::Scope;
use crate::store::api_clients::{ApiClient, ClientRecord};

/// An API client (hệ thống kết nối): another system that works here with a key.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiClientView {
    /// Also the id of its account: the journal shows it as the actor.
    pub id: Id,
    #[schema(example = "edoc")]
    pub code: String,
    #[schema(example = "Hệ thống quản lý văn bản")]
    pub name: String,
    pub scopes: Vec<Scope>,
    /// The unit it reaches, with all below it.
    pub unit: Option<PlaceRef>,
    /// The area it reaches, with all bodies in it.
    pub area: Option<PlaceRef>,
    /// What its key begins with.
    #[schema(example = "rt_1a2b3c4d")]
    pub key_prefix: String,
    /// The key itself, in the first answer to making or rotating it; `null` ever after, also when that
    /// request is repeated under its `Idempotency-Key`.
    pub key: Option<String>,
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl ApiClientView {
    /// The client, without its key.
    pub fn new(record: ClientRecord) -> Self {
        let ClientRecord { client, user, grant } = record;
        let GrantView { unit, area, .. } = GrantView::from(grant);
        let ApiClient { id, code, key_prefix, key_hash: _, scopes, expires_at, last_used_at, revoked_at, version, recorded_at } = client;
        Self {
            id,
            code,
            name: user.display_name,
            scopes: scopes.split(' ').filter_map(|word| word.parse().ok()).collect(),
            unit,
            area,
            key_prefix,
            key: None,
            expires_at: expires_at.and_utc(),
            last_used_at: last_used_at.map(|at| at.and_utc()),
            revoked_at: revoked_at.map(|at| at.and_utc()),
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
