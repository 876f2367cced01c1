//! The words tables use for what the house calls by codes: levels, kinds, hierarchies, secrecy.

pub mod calendar_days;
pub mod clauses;
pub mod conferences;
pub mod documents;
pub mod indicators;
pub mod unit_events;

use crate::domain::areas::AreaLevel;
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::text::fold;
use crate::domain::timeliness::Timeliness;
use crate::domain::units::{System, UnitKind};

/// Values with the word that is written for each, first, and others that are understood.
pub type Words<T> = &'static [(T, &'static [&'static str])];

/// Levels of areas.
pub const LEVELS: Words<AreaLevel> = &[
    (AreaLevel::Province, &["Tỉnh, thành phố", "tỉnh", "cấp tỉnh", "thành phố trực thuộc trung ương", "province"]),
    (AreaLevel::District, &["Huyện, thị xã", "huyện", "quận", "thị xã", "cấp huyện", "thành phố thuộc tỉnh", "district"]),
    (AreaLevel::Commune, &["Xã, phường", "xã", "phường", "thị trấn", "đặc khu", "cấp xã", "commune"]),
];

/// Kinds of units.
pub const KINDS: Words<UnitKind> = &[
    (UnitKind::PartyCommittee, &["Cấp ủy", "tỉnh ủy", "huyện ủy", "đảng ủy", "party_committee", "party committee"]),
    (UnitKind::PartyBody, &["Cơ quan đảng", "ban đảng", "party_body", "party body"]),
    (UnitKind::PeopleCouncil, &["Hội đồng nhân dân", "HĐND", "people_council", "people council"]),
    (UnitKind::PeopleCommittee, &["Ủy ban nhân dân", "UBND", "people_committee", "people committee"]),
    (UnitKind::Department, &["Sở, ban, ngành", "sở", "department"]),
    (UnitKind::MassOrg, &["Mặt trận, đoàn thể", "đoàn thể", "mass_org", "mass organisation"]),
    (UnitKind::ServiceUnit, &["Đơn vị sự nghiệp, ngành dọc", "đơn vị sự nghiệp", "ngành dọc", "service_unit", "service unit"]),
    (UnitKind::Cell, &["Chi bộ", "cell"]),
];

/// Hierarchies.
pub const SYSTEMS: Words<System> = &[
    (System::Party, &["Đảng", "khối đảng", "party"]),
    (System::State, &["Nhà nước", "chính quyền", "khối chính quyền", "state"]),
    (System::Front, &["Mặt trận", "Mặt trận Tổ quốc", "MTTQ", "đoàn thể", "front"]),
];

/// Secrecy.
pub const SECRECY: Words<Secrecy> = &[
    (Secrecy::None, &["Không", "thường", "none"]),
    (Secrecy::Confidential, &["Mật", "confidential"]),
    (Secrecy::Secret, &["Tối mật", "secret"]),
    (Secrecy::TopSecret, &["Tuyệt mật", "top_secret", "top secret"]),
];

/// Where work stands; written only.
pub const LIFECYCLES: Words<Lifecycle> = &[
    (Lifecycle::Draft, &["Dự thảo"]),
    (Lifecycle::NotStarted, &["Chưa bắt đầu"]),
    (Lifecycle::InProgress, &["Đang thực hiện"]),
    (Lifecycle::ProductSubmitted, &["Đã trình sản phẩm"]),
    (Lifecycle::Completed, &["Hoàn thành"]),
    (Lifecycle::Suspended, &["Tạm dừng"]),
    (Lifecycle::Cancelled, &["Hủy bỏ"]),
];

/// How work stands against its deadline; written only.
pub const TIMELINESS: Words<Timeliness> = &[
    (Timeliness::NoDeadline, &["Không có hạn"]),
    (Timeliness::InTime, &["Trong hạn"]),
    (Timeliness::DueSoon, &["Sắp đến hạn"]),
    (Timeliness::Overdue, &["Quá hạn"]),
    (Timeliness::OnTime, &["Hoàn thành đúng hạn"]),
    (Timeliness::Late, &["Hoàn thành quá hạn"]),
];

/// The value a word stands for.
pub fn read<T: Copy>(words: Words<T>, text: &str) -> Option<T> {
    let folded = fold(text);
    words.iter().find(|(_, known)| known.iter().any(|word| fold(word) == folded)).map(|(value, _)| *value)
}

/// The word that is written for a value.
pub fn write<T: Copy + PartialEq>(words: Words<T>, value: T) -> &'static str {
    words.iter().find(|(known, _)| *known == value).and_then(|(_, words)| words.first().copied()).unwrap_or_default()
}

/// The words that are written, for a list to choose from.
pub fn choices<T>(words: Words<T>) -> Vec<&'static str> {
    words.iter().filter_map(|(_, words)| words.first().copied()).collect()
}

/// The hierarchy that a kind of unit belongs to, where nothing else is said.
pub fn usual_system(kind: UnitKind) -> System {
    match kind {
        UnitKind::PartyCommittee | UnitKind::PartyBody | UnitKind::Cell => System::Party,
        UnitKind::MassOrg => System::Front,
        UnitKind::PeopleCouncil | UnitKind::PeopleCommittee | UnitKind::Department | UnitKind::ServiceUnit => System::State,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(super) fn all_read_back<T: Copy + PartialEq + std::fmt::Debug>(words: Words<T>, all: &[T]) {
        for value in all {
            assert_eq!(read(words, write(words, *value)), Some(*value));
        }
        let mut folded: Vec<String> = words.iter().flat_map(|(_, known)| known.iter().map(|word| fold(word))).collect();
        folded.sort_unstable();
        assert!(folded.windows(2).all(|pair| pair[0] != pair[1]), "a word stands for two values: {folded:?}");
    }

    #[test]
    fn every_value_has_a_word_of_its_own() {
        all_read_back(LEVELS, AreaLevel::ALL);
        all_read_back(KINDS, UnitKind::ALL);
        all_read_back(SYSTEMS, System::ALL);
        all_read_back(SECRECY, Secrecy::ALL);
        all_read_back(LIFECYCLES, Lifecycle::ALL);
        all_read_back(TIMELINESS, Timeliness::ALL);
    }

    #[test]
    fn codes_and_words_are_understood() {
        for (text, kind) in [("department", UnitKind::Department), ("SỞ", UnitKind::Department), ("ubnd", UnitKind::PeopleCommittee)] {
            assert_eq!(read(KINDS, text), Some(kind));
        }
        assert_eq!(read(LEVELS, "Thị trấn"), Some(AreaLevel::Commune));
        assert_eq!(read(KINDS, "công ty"), None);
    }
}
