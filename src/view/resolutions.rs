//! Resolutions.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::documents::{RelationView, related_from, relations, unit};
use super::kept;
use super::units::UnitRef;
use crate::domain::coverage::OwedBy;
use crate::domain::document_numbers::{self, DocumentNumber};
use crate::domain::documents::written;
use crate::domain::partial_date::PartialDate;
use crate::domain::resolutions::{CycleAnchor, ResolutionKind, ResolutionLevel};
use crate::domain::roman::{PrintedOrdinal, printed_ordinal};
use crate::domain::{Id, Origin};
use crate::store::documents::Mentions;
use crate::store::resolutions::Resolution;

/// A resolution (nghị quyết).
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolutionView {
    pub id: Id,
    #[schema(example = "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV, nhiệm kỳ 2020-2025")]
    pub title: String,
    pub kind: ResolutionKind,
    pub level: ResolutionLevel,
    /// Number as printed; `null` if it is not known.
    #[schema(example = "04-NQ/TU")]
    pub number: Option<String>,
    /// The number taken apart; `null` if it has none, or one that cannot be read.
    pub number_read: Option<DocumentNumber>,
    /// The unit that issued it, if it is one of ours.
    pub issuer: Option<UnitRef>,
    /// The issuer in words.
    #[schema(example = "Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV")]
    pub issuer_text: Option<String>,
    /// Which congress it is of, as its title or issuer prints it after "lần thứ".
    pub congress: Option<PrintedOrdinal>,
    /// Id of the root area it is kept for.
    pub area: Id,
    /// Id of the term it belongs to.
    pub term: Option<Id>,
    /// Date of issue: the words, and the date they name.
    pub issued_on: Option<PartialDate>,
    pub cycle_anchor: CycleAnchor,
    /// Where this comes from.
    pub source: Option<String>,
    /// What it is to other documents.
    pub relations: Vec<RelationView>,
    /// What other documents are to it.
    pub related_from: Vec<RelationView>,
    /// Who owes documents to carry it out: as it was said, or what is usual; `null` for nobody.
    pub owed_by: Option<OwedBy>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl ResolutionView {
    /// A resolution with what it mentions.
    pub fn new(resolution: Resolution, mentions: &Mentions) -> Self {
        let Resolution {
            id,
            root_id,
            term_id,
            kind,
            number,
            title,
            folded: _,
            level,
            issuer_unit_id,
            issuer_text,
            issued_text,
            issued_on,
            issued_precision,
            cycle_anchor,
            source,
            origin,
            version,
            recorded_at,
            number_key: _,
            owed_by,
        } = resolution;
        Self {
            id,
            kind,
            level,
            number_read: number.as_deref().and_then(document_numbers::parse),
            number,
            issuer: unit(issuer_unit_id, mentions),
            congress: Some(kind)
                .filter(|kind| *kind == ResolutionKind::Congress)
                .and_then(|_| printed_ordinal(issuer_text.as_deref().unwrap_or_default()).or_else(|| printed_ordinal(&title))),
            issuer_text,
            title,
            area: root_id,
            term: term_id,
            issued_on: written(issued_text.as_deref(), issued_on, issued_precision),
            cycle_anchor,
            source,
            relations: relations(id, mentions),
            related_from: related_from(id, mentions),
            origin,
            owed_by: owed_by.as_deref().map_or_else(|| OwedBy::of(kind, level), |json| Some(kept("owed_by", json))),
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
