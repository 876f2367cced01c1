//! What conferences, good practices and commendations show in the same way.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::documents::DocumentId;
use crate::store::names::Names;

/// A document where it is mentioned.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentRef {
    pub id: Id,
    /// Number as printed; `null` if it is not known.
    #[schema(example = "50-CTr/TU")]
    pub number: Option<String>,
    #[schema(example = "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV, nhiệm kỳ 2020-2025")]
    pub title: String,
}

impl DocumentRef {
    /// The document with this id, if it is mentioned.
    pub fn of(id: Option<Id>, names: &Names) -> Option<Self> {
        let found = names.documents.get(&id?)?;
        let (DocumentId::Resolution(id) | DocumentId::Programme(id)) = found.document;
        Some(Self { id, number: found.number.clone(), title: found.title.clone() })
    }
}

/// That a record is void, since when and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VoidedView {
    pub at: DateTime<Utc>,
    #[schema(example = "Nhập trùng với hội nghị đã ghi.")]
    pub reason: String,
}

impl VoidedView {
    /// From the two columns it is kept in.
    pub fn of(at: Option<NaiveDateTime>, reason: Option<String>) -> Option<Self> {
        Some(Self { at: at?.and_utc(), reason: reason.unwrap_or_default() })
    }
}

/// A unit that is mentioned.
pub fn unit(id: Option<Id>, names: &Names) -> Option<UnitRef> {
    names.units.get(&id?).map(UnitRef::from)
}
