//! Resolutions (nghị quyết) and how documents relate.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::coverage::OwedBy;
use super::documents::{self, MOST_RELATIONS, RelationDraft};
use super::partial_date::PartialDate;
use super::{Id, Reference};

text_enum! {
    /// Kind of a resolution.
    pub enum ResolutionKind {
        /// Nghị quyết đại hội.
        Congress = "congress",
        /// Nghị quyết chuyên đề.
        Thematic = "thematic",
        /// Nghị quyết của Hội đồng nhân dân.
        Council = "council",
        /// Kết luận.
        Conclusion = "conclusion",
        /// Chỉ thị.
        Directive = "directive",
        /// Quyết định.
        Decision = "decision",
    }
}

text_enum! {
    /// Level of the body that issued a resolution.
    pub enum ResolutionLevel {
        /// Trung ương.
        Central = "central",
        /// Tỉnh.
        Province = "province",
        /// Huyện.
        District = "district",
        /// Xã.
        Commune = "commune",
    }
}

text_enum! {
    /// From which day the three and five years of the review cycle run.
    pub enum CycleAnchor {
        /// The first day of the term (default).
        TermStart = "term_start",
        /// The day of issue.
        IssuedOn = "issued_on",
    }
}

impl Default for CycleAnchor {
    /// The term: a congress's resolution is looked back on by the term it was made for.
    fn default() -> Self {
        Self::TermStart
    }
}

text_enum! {
    /// What one document is to another.
    pub enum Relation {
        /// Cụ thể hóa, thực hiện.
        Implements = "implements",
        /// Điều chỉnh, bổ sung.
        Amends = "amends",
        /// Thay thế.
        Replaces = "replaces",
        /// Tiếp theo (the next theme after a theme).
        Follows = "follows",
        /// Liên quan.
        Relates = "relates",
    }
}

impl Relation {
    /// Whether no document may come to be this to itself through others.
    pub fn is_one_way(self) -> bool {
        matches!(self, Self::Implements | Self::Amends | Self::Replaces)
    }

    /// Whether it leads on from document to document; what is merely related leads nowhere.
    pub fn leads_on(self) -> bool {
        self != Self::Relates
    }
}

/// What is said of a resolution when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ResolutionDraft {
    /// Title.
    #[schema(
        example = "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV, nhiệm kỳ 2020-2025",
        min_length = 1,
        max_length = 1000
    )]
    #[validate(length(min = 1, max = 1000))]
    pub title: String,
    /// Kind.
    pub kind: ResolutionKind,
    /// Level of the body that issued it.
    pub level: ResolutionLevel,
    /// Number as printed; may be missing. Party numbers are unique for issuer, kind and term, State
    /// numbers for issuer, kind and year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "04-NQ/TU", min_length = 1, max_length = 60)]
    #[validate(length(min = 1, max = 60))]
    pub number: Option<String>,
    /// The unit that issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Reference>,
    /// The issuer in words, where it is none of the units or has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub issuer_text: Option<String>,
    /// The root area it is kept for; that of the issuer if missing. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Reference>,
    /// The term it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Id>,
    /// Date of issue, as the document writes it.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "documents::words_of")]
    #[schema(schema_with = documents::written_date_schema)]
    #[validate(custom(function = documents::written_date))]
    pub issued_on: Option<PartialDate>,
    /// From which day the reviews after three and five years are counted.
    #[serde(default)]
    #[schema(default = "term_start")]
    pub cycle_anchor: CycleAnchor,
    /// Where what is said here comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub source: Option<String>,
    /// What it is to other documents; a change replaces the whole list.
    #[serde(default)]
    #[schema(max_items = 50)]
    #[validate(length(max = MOST_RELATIONS))]
    pub relations: Vec<RelationDraft>,
    /// Who owes documents to carry it out. If missing: for the resolution of a province's congress every Party
    /// committee and People's Committee, for the term and for each year; for others nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub owed_by: Option<OwedBy>,
}

/// What a list of resolutions may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ResolutionQuery {
    /// Only these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<ResolutionKind>,
    /// Only this level.
    pub level: Option<ResolutionLevel>,
    /// Only this term (id).
    pub term: Option<Id>,
    /// Only this number; spaces, case, diacritics and leading zeros do not matter (`4 NQ TU`).
    #[param(example = "04-NQ/TU")]
    pub number: Option<String>,
    /// Only those this unit issued (id or code).
    pub issuer: Option<Reference>,
    /// Words to find in number and title; diacritics do not matter.
    #[param(example = "dai hoi")]
    pub q: Option<String>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// What a list of parts of resolutions (breakthroughs, pillars, objectives, task groups) may be
/// asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PartQuery {
    /// Only those of this resolution (id).
    pub resolution: Option<Id>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Every document that `start` implements, directly or through others, itself included.
/// `implements` maps a document to those it implements; circles do no harm.
pub fn implemented_by(start: Id, implements: &HashMap<Id, Vec<Id>>) -> HashSet<Id> {
    let mut seen = HashSet::from([start]);
    let mut waiting = vec![start];
    while let Some(document) = waiting.pop() {
        for next in implements.get(&document).into_iter().flatten() {
            if seen.insert(*next) {
                waiting.push(*next);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_programme_reaches_every_resolution_above_it_once() {
        let ids: Vec<Id> = (0..4).map(|s| Id::new(DateTime::from_timestamp(1_600_000_000 + s, 0).unwrap())).collect();
        let [programme, thematic, congress, other] = ids[..] else { panic!() };
        let implements = HashMap::from([(programme, vec![thematic, congress]), (thematic, vec![congress]), (congress, vec![programme])]);
        let reached = implemented_by(programme, &implements);
        assert_eq!(reached, HashSet::from([programme, thematic, congress]));
        assert!(!reached.contains(&other));
    }
}
