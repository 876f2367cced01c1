//! Signing in, and who one is.

use serde::Serialize;
use utoipa::ToSchema;

use super::grants::GrantView;
use crate::domain::Id;
use crate::store::grants::PlacedGrant;
use crate::store::users::User;

/// What a client holds after signing in.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokensView {
    /// Send as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds the access token lives.
    #[schema(example = 900)]
    pub expires_in: i64,
    /// Good for one use at `auth/refresh`.
    pub refresh_token: String,
}

impl TokensView {
    /// A pair of tokens; `expires_in` is the life of the access token in seconds.
    pub fn new(access_token: String, refresh_token: String, expires_in: i64) -> Self {
        Self { access_token, token_type: "Bearer", expires_in, refresh_token }
    }
}

/// The account that asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    pub id: Id,
    #[schema(example = "reporter")]
    pub username: String,
    #[schema(example = "Cán bộ Sở Khoa học và Công nghệ")]
    pub display_name: String,
    pub grants: Vec<GrantView>,
}

impl MeView {
    /// The account with its grants.
    pub fn new(user: User, grants: Vec<PlacedGrant>) -> Self {
        Self { id: user.id, username: user.username, display_name: user.display_name, grants: grants.into_iter().map(Into::into).collect() }
    }
}
