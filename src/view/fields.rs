//! Fields of work.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::store::fields::Field;

/// A field of work (lĩnh vực).
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldView {
    pub id: Id,
    /// Stable code.
    #[schema(example = "xay-dung-dang")]
    pub code: String,
    #[schema(example = "Xây dựng Đảng")]
    pub name: String,
    /// Place in the list.
    pub ordinal: i32,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<Field> for FieldView {
    fn from(field: Field) -> Self {
        let Field { id, code, name, ordinal, version, recorded_at } = field;
        Self { id, code, name, ordinal, version, recorded_at: recorded_at.and_utc() }
    }
}
