//! Clauses.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::clauses::ClauseKind;
use crate::store::clauses::Clause;

/// A clause of a resolution (điều khoản).
#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseView {
    /// Stays, wherever the clause moves.
    pub id: Id,
    /// Id of the resolution it is part of.
    pub resolution: Id,
    /// Its place, as the document numbers it.
    #[schema(example = "II.3.b")]
    pub path: String,
    pub kind: ClauseKind,
    #[schema(example = "Cải cách hành chính, chính quyền số")]
    pub heading: String,
    /// Its words, where they are kept.
    pub text: Option<String>,
    /// SHA-256 of its words in UTF-8, in hexadecimal: whether a quotation is of these words.
    pub text_sha256: Option<String>,
    /// When it was voided; `null` for a clause that stands.
    pub voided_at: Option<DateTime<Utc>>,
    pub void_reason: Option<String>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl From<Clause> for ClauseView {
    fn from(row: Clause) -> Self {
        let Clause { id, resolution_id, path, sort_key: _, kind, heading, text, text_sha256, voided_at, void_reason, version, recorded_at } =
            row;
        Self {
            id,
            resolution: resolution_id,
            path,
            kind,
            heading,
            text,
            text_sha256,
            voided_at: voided_at.map(|at| at.and_utc()),
            void_reason,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}

/// Clauses that changed places.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClausesView {
    /// In the order of the request.
    pub items: Vec<ClauseView>,
}

/// A clause where it is mentioned.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClauseRef {
    pub id: Id,
    #[schema(example = "II.3.b")]
    pub path: String,
    pub kind: ClauseKind,
    #[schema(example = "Cải cách hành chính, chính quyền số")]
    pub heading: String,
}

impl From<&Clause> for ClauseRef {
    fn from(row: &Clause) -> Self {
        Self { id: row.id, path: row.path.clone(), kind: row.kind, heading: row.heading.clone() }
    }
}
