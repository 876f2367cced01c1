//! What a plan wants of the conferences held under it, and what in one of them is not as one would
//! expect. Both are told, never refused: what happened is recorded as it happened.

use serde::Serialize;
use utoipa::ToSchema;

use super::dissemination_events::EventFormat;
use super::{Language, text};

text_enum! {
    /// A rule that a plan sets for its conferences.
    pub enum DisseminationRule {
        /// Không lồng ghép với hội nghị Ban Chấp hành.
        NotCombinedWithExecutiveCommittee = "not_combined_with_executive_committee",
        /// Trực tiếp.
        InPerson = "in_person",
        /// Bí thư trực tiếp quán triệt.
        SecretaryPresents = "secretary_presents",
    }
}

text_enum! {
    /// What is not as one would expect.
    pub enum WarningCode {
        /// Against the plan, it was combined with a meeting of an Executive Committee.
        CombinedWithExecutiveCommittee = "combined_with_executive_committee",
        /// Against the plan, it was not held in person.
        NotInPerson = "not_in_person",
        /// Against the plan, no secretary presented.
        SecretaryAbsent = "secretary_absent",
        /// More essays have come in than were expected.
        EssaysBeyondExpected = "essays_beyond_expected",
        /// More connection points are listed than were counted.
        SitesBeyondCount = "sites_beyond_count",
    }
}

impl WarningCode {
    /// The field it is about, as a JSON pointer.
    pub fn pointer(self) -> &'static str {
        match self {
            Self::CombinedWithExecutiveCommittee => "/combined_with",
            Self::NotInPerson => "/formats",
            Self::SecretaryAbsent => "/presenters",
            Self::EssaysBeyondExpected => "/essays/received",
            Self::SitesBeyondCount => "/sites",
        }
    }

    /// What it says to people.
    pub fn message(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::CombinedWithExecutiveCommittee => (
                "Kế hoạch quy định không lồng ghép với hội nghị Ban Chấp hành.",
                "The plan wants it not combined with a meeting of an Executive Committee.",
            ),
            Self::NotInPerson => ("Kế hoạch quy định tổ chức trực tiếp.", "The plan wants it held in person."),
            Self::SecretaryAbsent => ("Kế hoạch quy định Bí thư trực tiếp quán triệt.", "The plan wants the secretary to present."),
            Self::EssaysBeyondExpected => {
                ("Số bài thu hoạch đã nộp nhiều hơn số phải nộp.", "More essays have come in than were expected.")
            }
            Self::SitesBeyondCount => {
                ("Số điểm cầu đã kê nhiều hơn số điểm cầu đã đếm.", "More connection points are listed than were counted.")
            }
        };
        match language {
            Language::Vi => vi,
            Language::En => en,
        }
    }
}

/// Something that is not as one would expect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warning {
    /// Stable name.
    pub code: WarningCode,
    /// The field it is about.
    #[schema(example = "/combined_with")]
    pub pointer: &'static str,
    /// For people.
    #[schema(example = "Kế hoạch quy định không lồng ghép với hội nghị Ban Chấp hành.")]
    pub message: &'static str,
}

impl Warning {
    /// A warning in a language.
    pub fn new(code: WarningCode, language: Language) -> Self {
        Self { code, pointer: code.pointer(), message: code.message(language) }
    }
}

/// What the rules look at in a conference.
#[derive(Debug, Clone, Default)]
pub struct Looked<'a> {
    /// The rules of the plan it is held under.
    pub rules: &'a [DisseminationRule],
    /// What it was combined with.
    pub combined_with: Option<&'a str>,
    /// Formats, as far as they are known.
    pub formats: &'a [EventFormat],
    /// Titles of the presenters' posts.
    pub presenters: Vec<&'a str>,
    /// Essays expected and received: of the whole, and of each unit.
    pub essays: Vec<(Option<i32>, Option<i32>)>,
    /// Connection points counted.
    pub site_count: Option<i32>,
    /// Connection points listed.
    pub sites: usize,
}

/// What is not as one would expect, in the order of [`WarningCode::ALL`]. Of what is not known, such
/// as formats or presenters that nobody has told of, nothing is said.
pub fn warnings(looked: &Looked<'_>) -> Vec<WarningCode> {
    let has = |rule| looked.rules.contains(&rule);
    let stands = |code: &WarningCode| match code {
        WarningCode::CombinedWithExecutiveCommittee => {
            has(DisseminationRule::NotCombinedWithExecutiveCommittee) && looked.combined_with.is_some_and(is_executive_committee)
        }
        WarningCode::NotInPerson => {
            has(DisseminationRule::InPerson) && !looked.formats.is_empty() && !looked.formats.contains(&EventFormat::InPerson)
        }
        WarningCode::SecretaryAbsent => {
            let told = !looked.presenters.is_empty();
            has(DisseminationRule::SecretaryPresents) && told && !looked.presenters.iter().any(|title| is_secretary(title))
        }
        WarningCode::EssaysBeyondExpected => looked.essays.iter().any(|essays| matches!(essays, (Some(e), Some(r)) if r > e)),
        WarningCode::SitesBeyondCount => {
            looked.site_count.is_some_and(|count| usize::try_from(count).is_ok_and(|count| looked.sites > count))
        }
    };
    WarningCode::ALL.iter().copied().filter(stands).collect()
}

/// Whether words name a meeting of an Executive Committee: "hội nghị Ban Chấp hành", "BCH".
pub fn is_executive_committee(words: &str) -> bool {
    let folded = text::fold(words);
    folded.contains("ban chap hanh") || folded.split(|c: char| !c.is_alphanumeric()).any(|word| word == "bch")
}

/// Whether a title is that of a secretary, not of a deputy: "Bí thư Tỉnh ủy".
pub fn is_secretary(title: &str) -> bool {
    let folded = text::fold(title);
    folded == "bi thu" || folded.starts_with("bi thu ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn a_plan_is_heeded() {
        let rules = DisseminationRule::ALL;
        let broken = Looked {
            rules,
            combined_with: Some("Hội nghị Ban Chấp hành Đảng bộ huyện"),
            formats: &[EventFormat::Online],
            presenters: vec!["Phó Bí thư Thường trực"],
            ..Looked::default()
        };
        let told = warnings(&broken);
        assert_eq!(told, [WarningCode::CombinedWithExecutiveCommittee, WarningCode::NotInPerson, WarningCode::SecretaryAbsent]);
        assert!(warnings(&Looked { rules: &[], ..broken.clone() }).is_empty());
        let kept = Looked {
            combined_with: Some("Hội nghị toàn huyện"),
            formats: &[EventFormat::Online, EventFormat::InPerson],
            presenters: vec!["Phó Bí thư", "Bí thư Huyện ủy"],
            ..broken
        };
        assert!(warnings(&kept).is_empty());
        assert!(warnings(&Looked { rules, ..Looked::default() }).is_empty(), "what nobody told of is not held against it");
    }

    #[test]
    fn counts_that_do_not_fit_are_told() {
        let looked = Looked { essays: vec![(Some(5), Some(5)), (None, Some(9)), (Some(4), Some(5))], ..Looked::default() };
        assert_eq!(warnings(&looked), [WarningCode::EssaysBeyondExpected]);
        let sites = |count, sites| warnings(&Looked { site_count: count, sites, ..Looked::default() });
        assert_eq!(sites(Some(1), 2), [WarningCode::SitesBeyondCount]);
        assert!(sites(Some(336), 2).is_empty() && sites(None, 2).is_empty());
    }

    #[test]
    fn titles_and_meetings_are_told_apart() {
        assert!(is_executive_committee("phiên họp BCH mở rộng") && is_executive_committee("ban chấp hành"));
        assert!(!is_executive_committee("Hội nghị Ban Thường vụ") && !is_executive_committee("bchx"));
        assert!(is_secretary("Bí thư Tỉnh ủy") && is_secretary("Bí thư"));
        assert!(!is_secretary("Phó Bí thư Tỉnh ủy") && !is_secretary("Bí thuật"));
    }

    #[test]
    fn names() {
        assert_names(DisseminationRule::ALL, DisseminationRule::as_str);
        assert_names(WarningCode::ALL, WarningCode::as_str);
        assert!(WarningCode::ALL.iter().all(|code| code.message(Language::Vi) != code.message(Language::En)));
    }
}
