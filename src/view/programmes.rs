//! Programmes.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::documents::{RelationView, related_from, relations, unit};
use super::kept;
use super::units::UnitRef;
use crate::domain::commendations::{Honours, LevelHonours};
use crate::domain::dissemination_rules::DisseminationRule;
use crate::domain::document_numbers::{self, DocumentNumber};
use crate::domain::documents::written;
use crate::domain::partial_date::PartialDate;
use crate::domain::programmes::{ProgrammeKind, ProgrammeScope, ProgrammeState, YearSpan, review_due_on};
use crate::domain::{Id, Origin};
use crate::store::documents::Mentions;
use crate::store::programme_themes::ContributionTo;
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
    /// Chủ đề: what a thematic programme is about.
    #[schema(example = "Phát huy nội lực, tận dụng thời kỳ vàng")]
    pub theme: Option<String>,
    /// The unit that chose the theme, if it is one of ours.
    pub decided_by: Option<UnitRef>,
    /// Who chose it, in words.
    #[schema(example = "Ban Thường vụ Tỉnh ủy")]
    pub decided_by_text: Option<String>,
    /// The day the closing review of a thematic programme is due: when its years are over.
    #[schema(example = "2024-01-01")]
    pub review_due_on: Option<NaiveDate>,
    /// Which breakthroughs it contributes to, and how.
    pub contributes_to: Vec<ContributionView>,
    /// Rules for the conferences held under it.
    pub dissemination_rules: Vec<DisseminationRule>,
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

/// What a programme does for a breakthrough.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributionView {
    /// Id of the breakthrough.
    pub breakthrough: Id,
    /// Id of the resolution that names it.
    pub resolution: Id,
    /// Its place in the resolution.
    #[schema(example = 1)]
    pub ordinal: i32,
    #[schema(example = "Chất lượng nguồn nhân lực")]
    pub title: String,
    /// How, in words.
    pub how: Option<String>,
}

impl From<&ContributionTo> for ContributionView {
    fn from(row: &ContributionTo) -> Self {
        let ContributionTo { programme_id: _, breakthrough_id, resolution_id, ordinal, title, how } = row;
        Self { breakthrough: *breakthrough_id, resolution: *resolution_id, ordinal: *ordinal, title: title.clone(), how: how.clone() }
    }
}

/// What a programme has led to, of the whole province.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeResultsView {
    /// Id of the programme.
    pub programme: Id,
    /// Conferences about it that were held.
    #[schema(example = 1)]
    pub conferences: i64,
    /// Good practices that grew from it.
    #[schema(example = 2)]
    pub good_practices: i64,
    /// Commendations for carrying it out.
    pub commendations: Honours,
    /// Those of each level that awarded any.
    pub commendations_by_level: Vec<LevelHonours>,
}

impl ProgrammeView {
    /// A programme with what it mentions.
    pub fn new(row: Programme, mentions: &Mentions) -> Self {
        let Programme { id, root_id, term_id, kind, number, title, folded: _, issuer_unit_id, issuer_text, drafting_unit_id, .. } = row;
        let Programme { scope, scope_year, period_from, period_to, orientation_from, orientation_to, .. } = row;
        let Programme { issued_text, issued_on, issued_precision, state, source, origin, version, recorded_at, .. } = row;
        let said = mentions.themes.iter().find(|said| said.programme_id == id);
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
            theme: said.and_then(|said| said.theme.clone()),
            decided_by: unit(said.and_then(|said| said.decided_by_unit_id), mentions),
            decided_by_text: said.and_then(|said| said.decided_by_text.clone()),
            review_due_on: review_due_on(kind, YearSpan::of(period_from, period_to)),
            contributes_to: mentions.contributions.iter().filter(|c| c.programme_id == id).map(ContributionView::from).collect(),
            dissemination_rules: said
                .map(|said| kept("programme_themes.dissemination_rules", &said.dissemination_rules))
                .unwrap_or_default(),
            source,
            relations: relations(id, mentions),
            related_from: related_from(id, mentions),
            origin,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
