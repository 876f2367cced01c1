//! Accounts with their grants; never a password, nor its hash.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::grants::GrantView;
use crate::domain::Id;
use crate::store::grants::PlacedGrant;
use crate::store::users::User;

/// An account (tài khoản).
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    pub id: Id,
    #[schema(example = "so-y-te.lan")]
    pub username: String,
    #[schema(example = "Cán bộ tổng hợp, Sở Y tế")]
    pub display_name: String,
    /// Where mail about its work goes.
    #[schema(required, example = "van-thu.syt@haugiang.gov.vn")]
    pub email: Option<String>,
    /// Whether it may no longer sign in.
    pub disabled: bool,
    /// Since when.
    pub disabled_at: Option<DateTime<Utc>>,
    pub password_changed_at: DateTime<Utc>,
    /// Its grants in force that the reader may see.
    pub grants: Vec<GrantView>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl UserView {
    /// The account with its grants.
    pub fn new(user: User, grants: Vec<PlacedGrant>) -> Self {
        let User { id, username, display_name, password_hash: _, password_changed_at, disabled_at, version, recorded_at, email } = user;
        Self {
            id,
            username,
            display_name,
            email,
            disabled: disabled_at.is_some(),
            disabled_at: disabled_at.map(|at| at.and_utc()),
            password_changed_at: password_changed_at.and_utc(),
            grants: grants.into_iter().map(GrantView::from).collect(),
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
