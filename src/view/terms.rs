//! Terms of office.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use crate::domain::Id;
use crate::store::areas::Area;
use crate::store::terms::Term;

/// A term of office (nhiệm kỳ).
#[derive(Debug, Serialize, ToSchema)]
pub struct TermView {
    pub id: Id,
    /// The root area whose congress opened it.
    pub root: AreaRef,
    /// Number of the congress.
    #[schema(example = 14)]
    pub ordinal: i32,
    /// The number as printed.
    #[schema(example = "XIV")]
    pub ordinal_text: String,
    #[schema(example = "Nhiệm kỳ 2020-2025")]
    pub title: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// Id of the term before.
    pub previous_term: Option<Id>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl TermView {
    /// The term with its root.
    pub fn new(term: Term, root: &Area) -> Self {
        let Term { id, root_id: _, ordinal, ordinal_text, title, starts_on, ends_on, previous_term_id, version, recorded_at } = term;
        let recorded_at = recorded_at.and_utc();
        let root = AreaRef::from(root);
        Self { id, root, ordinal, ordinal_text, title, starts_on, ends_on, previous_term: previous_term_id, version, recorded_at }
    }
}
