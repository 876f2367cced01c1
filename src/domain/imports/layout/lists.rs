//! What may be chosen for a column.

use crate::domain::imports::words::{self, calendar_days, clauses, conferences, documents, indicators, unit_events};

/// What may be chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Levels of areas.
    Levels,
    /// Kinds of units.
    Kinds,
    /// Hierarchies.
    Systems,
    /// Degrees of secrecy.
    Secrecy,
    /// Kinds of documents.
    DocumentKinds,
    /// Levels of those who issue documents.
    DocumentLevels,
    /// What a programme is made for.
    ProgrammeScopes,
    /// How far a programme has come.
    ProgrammeStates,
    /// What clauses state.
    ClauseKinds,
    /// What reorganisations happen to.
    EventSubjects,
    /// What happens in reorganisations.
    EventKinds,
    /// What conferences are held for.
    ConferenceKinds,
    /// Levels of conferences.
    ConferenceLevels,
    /// Whether conferences took place.
    ConferenceStates,
    /// How people take part.
    ConferenceFormats,
    /// Which way of an indicator is better.
    TargetDirections,
    /// How several years of an indicator come to one.
    Aggregations,
    /// What days are.
    DayKinds,
    /// Areas by name.
    Areas,
    /// Units by name.
    Units,
    /// Terms by their years.
    Terms,
    /// Resolutions by number or title.
    Resolutions,
    /// Documents by number or title.
    Documents,
}

impl List {
    /// What is to be chosen from, where that is the same everywhere.
    pub fn words(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Levels => Some(words::choices(words::LEVELS)),
            Self::Kinds => Some(words::choices(words::KINDS)),
            Self::Systems => Some(words::choices(words::SYSTEMS)),
            Self::Secrecy => Some(words::choices(words::SECRECY)),
            Self::DocumentKinds => Some(words::choices(documents::KINDS)),
            Self::DocumentLevels => Some(words::choices(documents::LEVELS)),
            Self::ProgrammeScopes => Some(words::choices(documents::SCOPES)),
            Self::ProgrammeStates => Some(words::choices(documents::STATES)),
            Self::ClauseKinds => Some(words::choices(clauses::KINDS)),
            Self::EventSubjects => Some(words::choices(unit_events::SUBJECTS)),
            Self::EventKinds => Some(words::choices(unit_events::KINDS)),
            Self::ConferenceKinds => Some(words::choices(conferences::KINDS)),
            Self::ConferenceLevels => Some(words::choices(conferences::LEVELS)),
            Self::ConferenceStates => Some(words::choices(conferences::STATES)),
            Self::ConferenceFormats => Some(words::choices(conferences::FORMATS)),
            Self::TargetDirections => Some(words::choices(indicators::DIRECTIONS)),
            Self::Aggregations => Some(words::choices(indicators::AGGREGATIONS)),
            Self::DayKinds => Some(words::choices(calendar_days::KINDS)),
            Self::Areas | Self::Units | Self::Terms | Self::Resolutions | Self::Documents => None,
        }
    }

    /// What the list is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Levels => "Cấp",
            Self::Kinds => "Loại",
            Self::Systems => "Khối",
            Self::Secrecy => "Độ mật",
            Self::DocumentKinds => "Loại văn bản",
            Self::DocumentLevels => "Cấp ban hành",
            Self::ProgrammeScopes => "Phạm vi",
            Self::ProgrammeStates => "Tình trạng",
            Self::ClauseKinds => "Loại điều khoản",
            Self::EventSubjects => "Đối tượng",
            Self::EventKinds => "Loại sắp xếp",
            Self::ConferenceKinds => "Loại hội nghị",
            Self::ConferenceLevels => "Cấp hội nghị",
            Self::ConferenceStates => "Tình trạng",
            Self::ConferenceFormats => "Hình thức",
            Self::TargetDirections => "Chiều đánh giá",
            Self::Aggregations => "Cách gộp",
            Self::DayKinds => "Loại ngày",
            Self::Areas => "Địa bàn",
            Self::Units => "Đơn vị",
            Self::Terms => "Nhiệm kỳ",
            Self::Resolutions => "Nghị quyết",
            Self::Documents => "Văn bản",
        }
    }
}
