//! Review rounds (sơ kết, tổng kết): when a resolution is looked back on.

use chrono::NaiveDate;

use super::calendar;

text_enum! {
    /// Kind of a review round.
    pub enum ReviewKind {
        /// Sơ kết 3 năm.
        ThreeYear = "three_year",
        /// Tổng kết 5 năm.
        FiveYear = "five_year",
    }
}

impl ReviewKind {
    /// Years after the anchor.
    pub fn years(self) -> u32 {
        match self {
            Self::ThreeYear => 3,
            Self::FiveYear => 5,
        }
    }

    /// The day the round is due: "3 năm sơ kết, 5 năm tổng kết".
    pub fn due_on(self, anchor: NaiveDate) -> NaiveDate {
        calendar::years_after(anchor, self.years())
    }

    /// Title in Vietnamese, for the resolution named.
    pub fn title(self, resolution: &str) -> String {
        match self {
            Self::ThreeYear => format!("Sơ kết 3 năm thực hiện {resolution}"),
            Self::FiveYear => format!("Tổng kết 5 năm thực hiện {resolution}"),
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
