//! Accounts and grants.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use super::permission::Role;
use super::{Reference, forms, mail};

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
    /// Where mail about its work goes; several accounts may share one address. `null` for none.
    #[serde(default)]
    #[schema(
        example = "van-thu.syt@haugiang.gov.vn",
        max_length = 254,
        pattern = r"^[A-Za-z0-9_+-](\.?[A-Za-z0-9_+-]){0,47}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}$"
    )]
    #[validate(custom(function = forms::email))]
    pub email: Option<String>,
}

/// What is said of an account when it is created: the draft, and its first password.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// User name, unique in the deployment; cannot be changed later.
    #[schema(example = "so-y-te.lan", min_length = 3, max_length = 60, pattern = "^[a-z0-9._-]+$")]
    #[validate(custom(function = forms::username))]
    pub username: String,
    /// Name as it is shown.
    #[schema(example = "Cán bộ tổng hợp, Sở Y tế", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub display_name: String,
    /// Its password: 10 to 128 characters, not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 10, max_length = 128)]
    #[validate(custom(function = password))]
    pub password: Password,
    /// Where mail about its work goes; several accounts may share one address. `null` for none.
    #[serde(default)]
    #[schema(
        example = "van-thu.syt@haugiang.gov.vn",
        max_length = 254,
        pattern = r"^[A-Za-z0-9_+-](\.?[A-Za-z0-9_+-]){0,47}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}$"
    )]
    #[validate(custom(function = forms::email))]
    pub email: Option<String>,
}

impl NewUser {
    /// The account without the password.
    pub fn draft(&self) -> UserDraft {
        let email = self.email.as_deref().map(mail::normal);
        UserDraft { username: self.username.clone(), display_name: self.display_name.clone(), disabled: false, email }
    }
}

/// A password that an administrator sets for an account.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The password: 10 to 128 characters, not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 10, max_length = 128)]
    #[validate(custom(function = password))]
    pub password: Password,
}

/// A password on its way to being hashed; prints as dots and is never written anywhere.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// The password as typed.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The characters, for hashing.
    pub fn characters(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// As dots: what is found wrong is told with the value it was found in.
impl Serialize for Password {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("…")
    }
}

fn password(password: &Password) -> Result<(), ValidationError> {
    forms::password(password.characters())
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

/// What a list of accounts may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UserQuery {
    /// Only the account with this user name.
    #[param(example = "so-y-te.lan")]
    pub username: Option<String>,
    /// Words to find in the user name or the name shown; diacritics do not matter.
    #[param(example = "so y te")]
    pub q: Option<String>,
    /// Only accounts that hold this role somewhere.
    pub role: Option<Role>,
    /// Only accounts that may, or may not, sign in.
    pub disabled: Option<bool>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Why a grant ends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RevocationDraft {
    /// Why it ends; goes into the journal.
    #[schema(example = "Chuyển công tác", min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
}

/// What the grants of an account may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GrantQuery {
    /// Also the grants that have ended.
    pub revoked: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let new = NewUser {
            username: "so-y-te".into(),
            display_name: "Sở Y tế".into(),
            password: Password::new("Bí mật 2026!".into()),
            email: None,
        };
        assert!(new.validate().is_ok());
        assert!(!format!("{new:?}").contains("2026"));
        let easy = NewPassword { password: Password::new("aaaaaaaaaaaa".into()) }.validate().unwrap_err();
        assert!(!format!("{easy:?}").contains("aaaa"), "{easy:?}");
    }
}
