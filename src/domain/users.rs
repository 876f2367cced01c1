//! Accounts and grants.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::permission::Role;
use super::{Reference, forms};

/// What is said of an account when it is created or changed. Its password travels apart and is
/// never part of what is shown or written into the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct UserDraft {
    /// User name, unique in the deployment; cannot be changed later.
    #[schema(example = "so-y-te.lan", min_length = 3, max_length = 60, pattern = "^[a-z0-9._-]+$")]
    #[validate(custom(function = forms::username))]
    pub username: String,
    /// Name as it is shown.
    #[schema(example = "Cán bộ tổng hợp, Sở Y tế", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub display_name: String,
    /// Whether it may no longer sign in.
    #[serde(default)]
    pub disabled: bool,
}

/// A role to be granted, on exactly one place: a unit with all below it, or an area with every
/// body that stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"role": "reporter", "unit": "hg-so-y-te"}))]
pub struct GrantDraft {
    /// Role.
    pub role: Role,
    /// The unit, if it is granted on a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
    /// The area, if it is granted on an area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Reference>,
}
