//! Programmes (chương trình, kế hoạch, đề án, dự án): what units issue to carry a resolution out.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::dissemination_rules::DisseminationRule;
use super::documents::{self, MOST_RELATIONS, RelationDraft};
use super::partial_date::PartialDate;
use super::{Id, Reference, calendar};

text_enum! {
    /// Kind of an implementing document.
    pub enum ProgrammeKind {
        /// Chương trình hành động.
        ActionProgramme = "action_programme",
        /// Chương trình.
        Programme = "programme",
        /// Kế hoạch.
        Plan = "plan",
        /// Đề án.
        Scheme = "scheme",
        /// Dự án.
        Project = "project",
        /// Chuyên đề.
        ThematicProgramme = "thematic_programme",
    }
}

text_enum! {
    /// The time a programme is made for: units owe them "cho cả nhiệm kỳ và từng năm".
    pub enum ProgrammeScope {
        /// The whole term.
        Term = "term",
        /// One year.
        Year = "year",
    }
}

text_enum! {
    /// How far a programme has come.
    pub enum ProgrammeState {
        /// Dự thảo.
        Draft = "draft",
        /// Đã ban hành.
        Adopted = "adopted",
    }
}

/// Years from and to, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": 2021, "to": 2025}))]
pub struct YearSpan {
    /// First year.
    #[schema(minimum = 1930, maximum = 2200)]
    #[validate(range(min = 1930, max = 2200))]
    pub from: i32,
    /// Last year; not before the first.
    #[schema(minimum = 1930, maximum = 2200)]
    #[validate(range(min = 1930, max = 2200))]
    pub to: i32,
}

impl YearSpan {
    /// The span of two columns that are filled together.
    pub fn of(from: Option<i32>, to: Option<i32>) -> Option<Self> {
        Some(Self { from: from?, to: to? })
    }

    /// The first day of the first year.
    pub fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.from, 1, 1)
    }

    /// Whether the last year comes before the first.
    pub fn is_reversed(self) -> bool {
        self.to < self.from
    }
}

/// What a programme does for a breakthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ContributionDraft {
    /// The breakthrough (id).
    pub breakthrough: Id,
    /// How, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Các đề án về công tác cán bộ", min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub how: Option<String>,
}

/// The day the closing review of a thematic programme is due: as many years after the first day of its
/// period as that has, two for 2022-2023. None for other kinds, and without a period.
pub fn review_due_on(kind: ProgrammeKind, period: Option<YearSpan>) -> Option<NaiveDate> {
    let period = period.filter(|_| kind == ProgrammeKind::ThematicProgramme)?;
    let years = u32::try_from(period.to - period.from + 1).ok()?;
    Some(calendar::years_after(period.first_day()?, years))
}

/// What is said of a programme when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeDraft {
    /// Title.
    #[schema(
        example = "Chương trình hành động thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV",
        min_length = 1,
        max_length = 1000
    )]
    #[validate(length(min = 1, max = 1000))]
    pub title: String,
    /// Kind.
    pub kind: ProgrammeKind,
    /// Number as printed; may be missing. Party numbers are unique for issuer, kind and term, State
    /// numbers for issuer, kind and year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "50-CTr/TU", min_length = 1, max_length = 60)]
    #[validate(length(min = 1, max = 60))]
    pub number: Option<String>,
    /// The unit that issues it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Reference>,
    /// The issuer in words, where it is none of the units or has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Ban Chấp hành Đảng bộ tỉnh Hậu Giang", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub issuer_text: Option<String>,
    /// The unit that drafts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafting_unit: Option<Reference>,
    /// The root area it is kept for; that of the issuer if missing. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Reference>,
    /// The term it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Id>,
    /// Whether it is made for the whole term or for one year.
    pub scope: ProgrammeScope,
    /// The year, for a programme of one year only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 2021, minimum = 1930, maximum = 2200)]
    #[validate(range(min = 1930, max = 2200))]
    pub scope_year: Option<i32>,
    /// Giai đoạn: the years it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub period: Option<YearSpan>,
    /// Định hướng: the years it looks ahead to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub orientation_period: Option<YearSpan>,
    /// Date of issue, as the document writes it.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "documents::words_of")]
    #[schema(schema_with = documents::written_date_schema)]
    #[validate(custom(function = documents::written_date))]
    pub issued_on: Option<PartialDate>,
    /// Draft or adopted.
    pub state: ProgrammeState,
    /// Where what is said here comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub source: Option<String>,
    /// Chủ đề: what a thematic programme is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Phát huy nội lực, tận dụng thời kỳ vàng", min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub theme: Option<String>,
    /// The unit that chose the theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Reference>,
    /// Who chose it in words, where that is none of the units or has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Ban Thường vụ Tỉnh ủy", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub decided_by_text: Option<String>,
    /// Which breakthroughs it contributes to, and how; a change replaces the whole list.
    #[serde(default)]
    #[schema(max_items = 50)]
    #[validate(length(max = 50), nested)]
    pub contributes_to: Vec<ContributionDraft>,
    /// Rules for the conferences that are held under it, or are about it; each once. A breach is a
    /// warning in the answer of the conference.
    #[serde(default)]
    #[schema(max_items = 3)]
    #[validate(length(max = 3))]
    pub dissemination_rules: Vec<DisseminationRule>,
    /// What it is to other documents; a change replaces the whole list.
    #[serde(default)]
    #[schema(max_items = 50)]
    #[validate(length(max = MOST_RELATIONS))]
    pub relations: Vec<RelationDraft>,
}

/// What a list of programmes may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProgrammeQuery {
    /// Only these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<ProgrammeKind>,
    /// Only this state.
    pub state: Option<ProgrammeState>,
    /// Only this scope.
    pub scope: Option<ProgrammeScope>,
    /// Only those made for this one year.
    #[param(example = 2021)]
    pub year: Option<i32>,
    /// Only this number; spaces, case, diacritics and leading zeros do not matter (`50 CTr TU`).
    #[param(example = "50-CTr/TU")]
    pub number: Option<String>,
    /// Only those this unit issues (id or code).
    pub issuer: Option<Reference>,
    /// Only those that implement this resolution (id), directly or through others.
    pub resolution: Option<Id>,
    /// Words to find in number and title; diacritics do not matter.
    #[param(example = "hanh dong")]
    pub q: Option<String>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_of_two_years_is_reviewed_after_two_years() {
        let due = |kind, from, to| review_due_on(kind, Some(YearSpan { from, to })).map(|day| day.to_string());
        assert_eq!(due(ProgrammeKind::ThematicProgramme, 2022, 2023).as_deref(), Some("2024-01-01"));
        assert_eq!(due(ProgrammeKind::ThematicProgramme, 2024, 2024).as_deref(), Some("2025-01-01"));
        assert_eq!(due(ProgrammeKind::Plan, 2022, 2023), None);
        assert_eq!(due(ProgrammeKind::ThematicProgramme, 2023, 2022), Some("2023-01-01".to_owned()));
        assert_eq!(review_due_on(ProgrammeKind::ThematicProgramme, None), None);
    }
}
