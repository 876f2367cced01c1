//! Days of the calendar of working days.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::calendar_days::CalendarDayKind;
use crate::domain::holidays::{Holiday, HolidayKind};
use crate::store::calendar_days::{CalendarDay, ShownDay};

/// A day of which the law or an administrator speaks.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarDayView {
    /// The day.
    pub day: NaiveDate,
    /// Whether work is done on it: what was entered, otherwise the law and the weekend.
    pub working: bool,
    /// What the law gives, computed.
    pub law: Option<LawView>,
    /// What an administrator entered.
    pub entered: Option<EnteredView>,
    /// Version of the entry; 0 if there is none.
    pub version: i32,
}

/// A holiday by law.
#[derive(Debug, Serialize, ToSchema)]
pub struct LawView {
    pub kind: HolidayKind,
    #[schema(example = "Quốc khánh")]
    pub name: String,
    /// Whether the usual choice stands in for what is announced each year.
    pub assumed: bool,
}

/// An entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnteredView {
    pub id: Id,
    pub kind: CalendarDayKind,
    #[schema(example = "Nghỉ hoán đổi dịp Quốc khánh")]
    pub name: String,
    /// The announcement it stands in.
    pub source: Option<String>,
    /// Since when it is void.
    pub voided_at: Option<DateTime<Utc>>,
    pub recorded_at: DateTime<Utc>,
}

impl From<ShownDay> for CalendarDayView {
    fn from(shown: ShownDay) -> Self {
        let ShownDay { day, working, law, entered } = shown;
        let version = entered.as_ref().map_or(0, |entered| entered.version);
        Self { day, working, law: law.map(LawView::from), entered: entered.map(EnteredView::from), version }
    }
}

impl From<Holiday> for LawView {
    fn from(holiday: Holiday) -> Self {
        let Holiday { kind, assumed } = holiday;
        Self { kind, name: kind.name().to_owned(), assumed }
    }
}

impl From<CalendarDay> for EnteredView {
    fn from(entered: CalendarDay) -> Self {
        let CalendarDay { id, day: _, kind, name, source, voided_at, version: _, recorded_at } = entered;
        Self { id, kind, name, source, voided_at: voided_at.map(|at| at.and_utc()), recorded_at: recorded_at.and_utc() }
    }
}
