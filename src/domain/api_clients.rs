//! Other systems that work here with a key of their own: their scopes, and what is said of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::permission::Capability;
use super::{Reference, forms};

/// Days a key lives if nothing is said.
pub const KEY_DAYS: i64 = 365;

text_enum! {
    /// What another system may do, as far as it reaches. Whoever writes something also reads it.
    pub enum Scope {
        /// Read areas, units, posts, terms and fields of the province.
        DirectoryRead = "directory_read",
        /// Write them.
        DirectoryWrite = "directory_write",
        /// Read documents of the province, tasks and reports within reach.
        WorkRead = "work_read",
        /// Write documents, tasks and decisions.
        WorkWrite = "work_write",
        /// Log progress.
        ProgressWrite = "progress_write",
        /// Verify or return reports, for the monitoring unit.
        VerificationWrite = "verification_write",
        /// Change commitments of issued tasks.
        CommitmentsWrite = "commitments_write",
        /// Read dashboards.
        DashboardsRead = "dashboards_read",
        /// Follow the changes of what may be read.
        ChangesRead = "changes_read",
    }
}

impl Scope {
    /// Whether the scope holds this capability. None holds accounts or the journal.
    pub fn allows(self, capability: Capability) -> bool {
        use Capability as C;
        match self {
            Self::DirectoryRead => matches!(capability, C::ReadDirectory),
            Self::DirectoryWrite => matches!(capability, C::ReadDirectory | C::WriteDirectory),
            Self::WorkRead => matches!(capability, C::ReadWork),
            Self::WorkWrite => matches!(capability, C::ReadWork | C::WriteWork | C::InstructUnits | C::AnswerProposals),
            Self::ProgressWrite => {
                matches!(capability, C::ReadWork | C::LogProgress | C::RequestCommitments | C::AnswerInstructions | C::Contribute)
            }
            Self::VerificationWrite => matches!(capability, C::ReadWork | C::Verify),
            Self::CommitmentsWrite => matches!(capability, C::ReadWork | C::ChangeCommitments | C::ApproveCommitments),
            Self::DashboardsRead => matches!(capability, C::ReadDashboards),
            Self::ChangesRead => matches!(capability, C::ReadChanges),
        }
    }
}

/// What is said of an API client when it is made. Later its name and expiry can be changed; for
/// another reach or other scopes another client is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "edoc", "name": "Hệ thống quản lý văn bản", "scopes": ["work_write", "progress_write", "changes_read"], "area": "hg",
    "expires_at": "2027-06-30T17:00:00Z"
}))]
pub struct ApiClientDraft {
    /// Stable code, unique in the deployment; stands in the journal as `client:code`.
    #[schema(example = "edoc", min_length = 2, max_length = 80, pattern = "^[a-z0-9-]+$")]
    #[validate(custom(function = forms::code))]
    pub code: String,
    /// Name of the system.
    #[schema(example = "Hệ thống quản lý văn bản", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// What it may do.
    #[schema(min_items = 1, max_items = 20)]
    #[validate(length(max = 20), custom(function = forms::some))]
    pub scopes: Vec<Scope>,
    /// The unit it reaches, with all below it; either this or `area`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
    /// The area it reaches, with all bodies in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Reference>,
    /// When its key stops working; in a year if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
}

/// What a list of API clients may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ApiClientQuery {
    /// Only the client with this code.
    #[param(example = "edoc")]
    pub code: Option<String>,
    /// Only clients that were, or were not, revoked.
    pub revoked: Option<bool>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// How every key begins: a search for lost keys finds them by it.
pub const KEY_MARK: &str = "rt_";

/// A key of an API client, `rt_<prefix>_<secret>`; prints without its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientKey(String);

impl ClientKey {
    /// A key of 36 random bytes: four show which key it is, 32 are the secret.
    pub fn new(random: &[u8; 36]) -> Self {
        let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let (prefix, secret) = hex.split_at(8);
        Self(format!("{KEY_MARK}{prefix}_{secret}"))
    }

    /// What it begins with, `rt_1a2b3c4d`: shown, so that people can tell keys apart.
    pub fn prefix(&self) -> &str {
        self.0.rsplit_once('_').map_or("", |(prefix, _)| prefix)
    }

    /// The whole key: to be hashed, or shown once.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_…", self.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scope_reaches_accounts_the_journal_or_what_looks_wrong_nor_signs() {
        for scope in Scope::ALL {
            // People sign.
            let people = [
                Capability::ReadAccounts,
                Capability::WriteAccounts,
                Capability::ReadAudit,
                Capability::ReadIntegrity,
                Capability::SignReviews,
            ];
            for capability in people {
                assert!(!scope.allows(capability), "{scope} {capability}");
            }
        }
        let others = Capability::ALL.iter().filter(|c| Scope::ALL.iter().any(|scope| scope.allows(**c))).count();
        assert_eq!(others, Capability::ALL.len() - 5);
    }

    #[test]
    fn a_key_shows_which_it_is_but_not_its_secret() {
        let key = ClientKey::new(&std::array::from_fn(|n| u8::try_from(n).unwrap()));
        assert_eq!((key.prefix(), key.text().len()), ("rt_00010203", 3 + 8 + 1 + 64));
        assert!(key.text().starts_with("rt_00010203_0405") && !format!("{key:?}").contains("0405"));
    }
}
