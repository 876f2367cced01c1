//! The words lists of documents use.

use super::Words;
use crate::domain::document_numbers::{self, NumberScheme};
use crate::domain::programmes::{ProgrammeKind, ProgrammeScope, ProgrammeState};
use crate::domain::resolutions::{ResolutionKind, ResolutionLevel};
use crate::domain::text::fold;

/// What a document is: offices keep resolutions and programmes in one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A resolution.
    Resolution(ResolutionKind),
    /// A programme.
    Programme(ProgrammeKind),
}

use DocumentKind::{Programme as P, Resolution as R};

/// Kinds of documents.
pub const KINDS: Words<DocumentKind> = &[
    (R(ResolutionKind::Congress), &["Nghị quyết đại hội", "nghị quyết đại hội đảng bộ", "congress"]),
    (R(ResolutionKind::Thematic), &["Nghị quyết chuyên đề", "nghị quyết của tỉnh ủy", "thematic"]),
    (R(ResolutionKind::Council), &["Nghị quyết HĐND", "nghị quyết của HĐND", "nghị quyết hội đồng nhân dân", "council"]),
    (R(ResolutionKind::Conclusion), &["Kết luận", "conclusion"]),
    (R(ResolutionKind::Directive), &["Chỉ thị", "directive"]),
    (R(ResolutionKind::Decision), &["Quyết định", "decision"]),
    (P(ProgrammeKind::ActionProgramme), &["Chương trình hành động", "action_programme", "action programme"]),
    (P(ProgrammeKind::Programme), &["Chương trình", "programme"]),
    (P(ProgrammeKind::Plan), &["Kế hoạch", "plan"]),
    (P(ProgrammeKind::Scheme), &["Đề án", "scheme"]),
    (P(ProgrammeKind::Project), &["Dự án", "project"]),
    (P(ProgrammeKind::ThematicProgramme), &["Chuyên đề", "thematic_programme", "thematic programme"]),
];

/// Levels of those who issue documents.
pub const LEVELS: Words<ResolutionLevel> = &[
    (ResolutionLevel::Central, &["Trung ương", "cấp trung ương", "central"]),
    (ResolutionLevel::Province, &["Tỉnh", "cấp tỉnh", "thành phố", "province"]),
    (ResolutionLevel::District, &["Huyện", "cấp huyện", "quận", "thị xã", "district"]),
    (ResolutionLevel::Commune, &["Xã", "cấp xã", "phường", "thị trấn", "cơ sở", "commune"]),
];

/// What a programme is made for.
pub const SCOPES: Words<ProgrammeScope> = &[
    (ProgrammeScope::Term, &["Cả nhiệm kỳ", "nhiệm kỳ", "toàn khóa", "term"]),
    (ProgrammeScope::Year, &["Năm", "một năm", "từng năm", "hằng năm", "year"]),
];

/// How far a programme has come.
pub const STATES: Words<ProgrammeState> =
    &[(ProgrammeState::Draft, &["Dự thảo", "draft"]), (ProgrammeState::Adopted, &["Đã ban hành", "ban hành", "adopted"])];

/// What a bare "Nghị quyết" is, as its number tells: the Party's is thematic, a People's Council's its own.
pub fn bare_resolution(kind: &str, number: Option<&str>) -> Option<DocumentKind> {
    let number = Some(fold(kind)).filter(|kind| kind == "nghi quyet").and(document_numbers::parse(number?))?;
    let council = number.organ.as_deref().is_some_and(|organ| fold(organ).contains("hdnd"));
    match number.scheme {
        NumberScheme::Party => Some(R(ResolutionKind::Thematic)),
        NumberScheme::State => council.then_some(R(ResolutionKind::Council)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::imports::words::tests::all_read_back;

    #[test]
    fn every_value_has_a_word_of_its_own() {
        let resolutions = ResolutionKind::ALL.iter().map(|kind| R(*kind));
        let all: Vec<DocumentKind> = resolutions.chain(ProgrammeKind::ALL.iter().map(|kind| P(*kind))).collect();
        all_read_back(KINDS, &all);
        all_read_back(LEVELS, ResolutionLevel::ALL);
        all_read_back(SCOPES, ProgrammeScope::ALL);
        all_read_back(STATES, ProgrammeState::ALL);
    }

    #[test]
    fn a_bare_resolution_is_what_its_number_says() {
        assert_eq!(bare_resolution("Nghị quyết", Some("04-NQ/TU")), Some(R(ResolutionKind::Thematic)));
        assert_eq!(bare_resolution("NGHỊ QUYẾT", Some("21/2020/NQ-HĐND")), Some(R(ResolutionKind::Council)));
        for (kind, number) in [("Nghị quyết", None), ("Nghị quyết", Some("202/2025/QH15")), ("Công văn", Some("04-NQ/TU"))] {
            assert_eq!(bare_resolution(kind, number), None, "{kind} {number:?}");
        }
    }
}
