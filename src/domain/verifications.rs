//! Verification of reports (xác nhận báo cáo): what may be said to a report next, and by whom.
//!
//! ```text
//!             verify, by somebody else than who wrote it
//! submitted ─────────────────────────────────────────────▶ verified
//!     │                                                       │
//!     └──return, with a reason──▶ returned ◀──return, with────┘
//!                                    │        a reason: only what
//!      a new report corrects it ◀────┘        verified itself
//! ```
//!
//! On a task with a light path ([`super::self_verifications`]) a report is verified as it is logged.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::Id;
use super::progress_reports::Verification;

text_enum! {
    /// What the monitoring unit says to a report.
    pub enum Outcome {
        /// Xác nhận.
        Verified = "verified",
        /// Trả lại, with a reason.
        Returned = "returned",
    }
}

impl From<Outcome> for Verification {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Verified => Self::Verified,
            Outcome::Returned => Self::Returned,
        }
    }
}

/// The verification of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct VerificationDraft {
    /// Verified or returned.
    pub outcome: Outcome,
    /// Why; needed when returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Thiếu số và ngày của văn bản.", max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}

text_enum! {
    /// What may be done with a report next.
    pub enum ReportAction {
        /// Verify it.
        Verify = "verify",
        /// Return it.
        Return = "return",
    }
}

/// What decides the next steps of a report for one reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportStanding {
    /// Whether it waits, was verified, or was returned.
    pub verification: Verification,
    /// Whether it was verified as it was logged, because its task lets it.
    pub self_verified: bool,
    /// Whether the reader logged it: nobody confirms what he reported himself.
    pub own: bool,
    /// Whether the record of its task was voided, or its period is closed to the unit it speaks for.
    pub closed: bool,
}

impl ReportStanding {
    /// The steps this standing allows whoever may verify for the task's monitoring unit.
    pub fn allowed_actions(self) -> Vec<ReportAction> {
        match self.verification {
            _ if self.closed => Vec::new(),
            Verification::Submitted if self.own => vec![ReportAction::Return],
            Verification::Submitted => vec![ReportAction::Verify, ReportAction::Return],
            Verification::Verified if self.self_verified => vec![ReportAction::Return],
            Verification::Verified | Verification::Returned => Vec::new(),
        }
    }
}

impl From<Outcome> for ReportAction {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Verified => Self::Verify,
            Outcome::Returned => Self::Return,
        }
    }
}

/// The verification of one report among several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct VerificationItem {
    /// The report.
    pub report: Id,
    /// Its `version` as it was read: the item is refused (`stale`) if somebody else judged it since.
    #[schema(example = 1, minimum = 1)]
    pub version: i32,
    /// Verified or returned.
    pub outcome: Outcome,
    /// Why; needed when returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(verification: Verification) -> ReportStanding {
        ReportStanding { verification, self_verified: false, own: false, closed: false }
    }

    #[test]
    fn every_step_of_the_drawing_and_no_other() {
        use ReportAction::{Return, Verify};
        let waiting = standing(Verification::Submitted);
        assert_eq!(waiting.allowed_actions(), [Verify, Return]);
        assert_eq!(ReportStanding { own: true, ..waiting }.allowed_actions(), [Return]);
        let verified = standing(Verification::Verified);
        assert!(verified.allowed_actions().is_empty());
        assert_eq!(ReportStanding { self_verified: true, own: true, ..verified }.allowed_actions(), [Return]);
        let returned = standing(Verification::Returned);
        assert!(ReportStanding { self_verified: true, ..returned }.allowed_actions().is_empty());
        for verification in Verification::ALL {
            for (own, self_verified) in [(false, false), (false, true), (true, false), (true, true)] {
                let closed = ReportStanding { verification: *verification, own, self_verified, closed: true };
                assert!(closed.allowed_actions().is_empty(), "{closed:?}");
            }
        }
    }
}
