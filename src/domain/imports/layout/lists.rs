//! What may be chosen for a column.

use crate::domain::imports::words::{self, documents as document_words};

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
    /// Areas by name.
    Areas,
    /// Units by name.
    Units,
    /// Terms by their years.
    Terms,
}

impl List {
    /// What is to be chosen from, where that is the same everywhere.
    pub fn words(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Levels => Some(words::choices(words::LEVELS)),
            Self::Kinds => Some(words::choices(words::KINDS)),
            Self::Systems => Some(words::choices(words::SYSTEMS)),
            Self::Secrecy => Some(words::choices(words::SECRECY)),
            Self::DocumentKinds => Some(words::choices(document_words::KINDS)),
            Self::DocumentLevels => Some(words::choices(document_words::LEVELS)),
            Self::ProgrammeScopes => Some(words::choices(document_words::SCOPES)),
            Self::ProgrammeStates => Some(words::choices(document_words::STATES)),
            Self::Areas | Self::Units | Self::Terms => None,
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
            Self::Areas => "Địa bàn",
            Self::Units => "Đơn vị",
            Self::Terms => "Nhiệm kỳ",
        }
    }
}
