//! Programmes.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::documents::{RelationView, related_from, relations, unit};
use super::units::UnitRef;
use crate::domain::document_numbers::{self, DocumentNumber};
use crate::domain::documents::written;
use crate::domain::partial_date::PartialDate;
use crate::domain::programmes::{ProgrammeKind, ProgrammeScope, ProgrammeState, YearSpan};
use crate::domain::{Id, Origin};
use crate::store::documents::Mentions;
use crate::store::programmes::Programme;

/// An implementing document (chương trình, kế hoạch, đề án, dự án, chuyên đề).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeView {
    pub id: Id,
    #[schema(example = "Chương trình hành động thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV")]
    pub title: String,
    pub kind: ProgrammeKind,
    /// Number as printed; `null` if it is not known.
    #[schema(example = "50-CTr/TU")]
    pub number: Option<String>,
    /// The number taken apart; `null` if it has none, or one that cannot be read.
    pub number_read: Option<DocumentNumber>,
    /// The unit that issues it, if it is one of ours.
    pub issuer: Option<UnitRef>,
    /// The issuer in words.
    #[schema(example = "Ban Chấp hành Đảng bộ tỉnh Hậu Giang")]
    pub issuer_text: Option<String>,
    /// The unit that drafts it.
    pub drafting_unit: Option<UnitRef>,
    /// Id of the root area it is kept for.
    pub area: Id,
    /// Id of the term it belongs to.
    pub term: Option<Id>,
    pub scope: ProgrammeScope,
    /// The year, for a programme of one year.
    #[schema(example = 2021)]
    pub scope_year: Option<i32>,
    /// Giai đoạn: the years it covers.
    pub period: Option<YearSpan>,
    /// Định hướng: the years it looks ahead to.
    pub orientation_period: Option<YearSpan>,
    /// Date of issue: the words, and the date they name.
    pub issued_on: Option<PartialDate>,
    pub state: ProgrammeState,
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

impl ProgrammeView {
    /// A programme with what it mentions.
    pub fn new(row: Programme, mentions: &Mentions) -> Self {
        let Programme { id, root_id, term_id, kind, number, title, folded: _, issuer_unit_id, issuer_text, drafting_unit_id, .. } = row;
        let Programme { scope, scope_year, period_from, period_to, orientation_from, orientation_to, .. } = row;
        let Programme { issued_text, issued_on, issued_precision, state, source, origin, version, recorded_at, .. } = row;
        Self {
            id,
            title,
            kind,
            number_read: number.as_deref().and_then(document_numbers::parse),
            number,
            issuer: unit(issuer_unit_id, mentions),
            issuer_text,
            drafting_unit: unit(drafting_unit_id, mentions),
            area: root_id,
            term: term_id,
            scope,
            scope_year,
            period: YearSpan::of(period_from, period_to),
            orientation_period: YearSpan::of(orientation_from, orientation_to),
            issued_on: written(issued_text.as_deref(), issued_on, issued_precision),
            state,
            source,
            relations: relations(id, mentions),
            related_from: related_from(id, mentions),
            origin,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
