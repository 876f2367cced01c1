//! Resolutions.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::documents::{RelationView, related_from, relations, unit};
use super::units::UnitRef;
use crate::domain::documents::written;
use crate::domain::partial_date::PartialDate;
use crate::domain::resolutions::{CycleAnchor, ResolutionKind, ResolutionLevel};
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
    /// The unit that issued it, if it is one of ours.
    pub issuer: Option<UnitRef>,
    /// The issuer in words.
    #[schema(example = "Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV")]
    pub issuer_text: Option<String>,
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
        } = resolution;
        Self {
            id,
            title,
            kind,
            level,
            number,
            issuer: unit(issuer_unit_id, mentions),
            issuer_text,
            area: root_id,
            term: term_id,
            issued_on: written(issued_text.as_deref(), issued_on, issued_precision),
            cycle_anchor,
            source,
            relations: relations(id, mentions),
            related_from: related_from(id, mentions),
            origin,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
