//! The words lists of conferences use.

use super::Words;
use crate::domain::dissemination_events::{EventFormat, EventKind, EventLevel, EventState};

/// What a conference is held for.
pub const KINDS: Words<EventKind> = &[
    (EventKind::Study, &["Học tập, quán triệt", "học tập", "quán triệt", "hội nghị học tập, quán triệt", "study"]),
    (EventKind::CongressResults, &["Thông tin kết quả đại hội", "thông báo kết quả đại hội", "congress_results", "congress results"]),
    (EventKind::Implementation, &["Triển khai thực hiện", "triển khai", "implementation"]),
    (EventKind::Review, &["Sơ kết, tổng kết", "sơ kết", "tổng kết", "review"]),
    (EventKind::CommunicationCampaign, &["Đợt tuyên truyền", "tuyên truyền", "communication_campaign", "communication campaign"]),
];

/// Levels at which conferences are held.
pub const LEVELS: Words<EventLevel> = &[
    (EventLevel::Central, &["Trung ương", "central"]),
    (EventLevel::Province, &["Tỉnh", "cấp tỉnh", "province"]),
    (EventLevel::District, &["Huyện", "cấp huyện", "district"]),
    (EventLevel::Commune, &["Xã, cơ sở", "xã", "cấp xã", "cơ sở", "cấp cơ sở", "commune"]),
    (EventLevel::Cell, &["Chi bộ", "cell"]),
];

/// Whether a conference took place.
pub const STATES: Words<EventState> = &[
    (EventState::Draft, &["Dự kiến", "draft"]),
    (EventState::Held, &["Đã tổ chức", "held"]),
    (EventState::Cancelled, &["Không tổ chức", "đã hủy", "cancelled"]),
];

/// How people take part.
pub const FORMATS: Words<EventFormat> = &[
    (EventFormat::InPerson, &["Trực tiếp", "tập trung", "in_person", "in person"]),
    (EventFormat::Online, &["Trực tuyến", "online"]),
    (EventFormat::LiveTv, &["Truyền hình trực tiếp", "live_tv", "live tv"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::imports::words::tests::all_read_back;

    #[test]
    fn every_value_has_a_word_of_its_own() {
        all_read_back(KINDS, EventKind::ALL);
        all_read_back(LEVELS, EventLevel::ALL);
        all_read_back(STATES, EventState::ALL);
        all_read_back(FORMATS, EventFormat::ALL);
    }
}
