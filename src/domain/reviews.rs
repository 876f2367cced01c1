//! Review rounds (sơ kết, tổng kết): when a resolution is looked back on, and on which numbers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::Id;
use super::dashboards::{Basis, Totals};
use super::units::UnitKind;

text_enum! {
    /// Kind of a review round.
    pub enum ReviewKind {
        /// Sơ kết 3 năm.
        ThreeYear = "three_year",
        /// Tổng kết 5 năm.
        FiveYear = "five_year",
        /// Tổng kết chuyên đề, when its years are over.
        Thematic = "thematic",
    }
}

impl ReviewKind {
    /// The rounds of a resolution, and how many years after the anchor each is due: "3 năm sơ kết, 5 năm tổng kết".
    pub const OF_RESOLUTIONS: [(Self, u32); 2] = [(Self::ThreeYear, 3), (Self::FiveYear, 5)];

    /// Title in Vietnamese, for the resolution or programme named.
    pub fn title(self, resolution: &str) -> String {
        match self {
            Self::ThreeYear => format!("Sơ kết 3 năm thực hiện {resolution}"),
            Self::FiveYear => format!("Tổng kết 5 năm thực hiện {resolution}"),
            Self::Thematic => format!("Tổng kết {resolution}"),
        }
    }
}

text_enum! {
    /// How far a review round has come.
    pub enum ReviewState {
        /// Not yet begun.
        Planned = "planned",
        /// Units are writing their reports.
        Open = "open",
        /// The focal office is putting them together.
        Consolidating = "consolidating",
        /// Closed for good.
        Frozen = "frozen",
    }
}

text_enum! {
    /// What may be done with a review round next.
    pub enum ReviewAction {
        /// Keep the task statistics of today.
        Snapshot = "snapshot",
    }
}

impl ReviewState {
    /// The steps this state allows, whoever asks.
    pub fn allowed_actions(self) -> Vec<ReviewAction> {
        match self {
            Self::Planned | Self::Open | Self::Consolidating => vec![ReviewAction::Snapshot],
            Self::Frozen => Vec::new(),
        }
    }
}

text_enum! {
    /// Where the report that a unit owes a review round stands.
    pub enum SubmissionState {
        /// Not handed in; the round is not due yet.
        Owed = "owed",
        /// Not handed in, and the round was due.
        Overdue = "overdue",
    }
}

impl SubmissionState {
    /// The state on `today` of a report due on `due_on`; the day itself is in time.
    pub fn on(today: NaiveDate, due_on: NaiveDate) -> Self {
        if today > due_on { Self::Overdue } else { Self::Owed }
    }
}

/// What a list of review rounds may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewQuery {
    /// Only rounds of this resolution.
    pub resolution: Option<Id>,
    /// Only rounds of this programme.
    pub programme: Option<Id>,
    /// Only rounds in this state.
    pub state: Option<ReviewState>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// What a list that belongs to a review round may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewPartsQuery {
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// A snapshot is asked for with an empty object: it is taken of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct SnapshotDraft {}

/// The task statistics of a resolution on one day: of each unit that leads counted work, and in total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Statistics {
    pub basis: Basis,
    /// Version of the roll-up's formula.
    pub formula_version: u32,
    /// Whether any task or report that was counted was made up for the demo.
    pub illustrative: bool,
    /// In Vietnamese order of their names.
    pub units: Vec<UnitStatistics>,
    /// All of it.
    pub total: Totals,
}

/// What a unit led itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitStatistics {
    pub unit: StatisticsUnit,
    #[serde(flatten)]
    pub totals: Totals,
}

/// A unit as it was named when the statistics were taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatisticsUnit {
    pub id: Id,
    #[schema(example = "hg-so-y-te")]
    pub code: String,
    #[schema(example = "Sở Y tế")]
    pub name: String,
    pub kind: UnitKind,
    /// Last day it existed, if it had ended.
    pub valid_to: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_a_round_is_due_is_in_time() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(SubmissionState::on(day("2023-10-14"), day("2023-10-14")), SubmissionState::Owed);
        assert_eq!(SubmissionState::on(day("2023-10-15"), day("2023-10-14")), SubmissionState::Overdue);
    }

    #[test]
    fn what_is_frozen_stays() {
        for state in ReviewState::ALL {
            assert_eq!(state.allowed_actions().is_empty(), *state == ReviewState::Frozen);
        }
    }
}
