//! What conferences, their rules and commendations are called.

use super::Label;
use crate::domain::commendations::{CommendationForm, CommendationLevel};
use crate::domain::dissemination_events::{EventFormat, EventKind, EventLevel, EventState};
use crate::domain::dissemination_rules::DisseminationRule;

impl Label for EventKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Study => ("Học tập, quán triệt", "Study conference"),
            Self::CongressResults => ("Thông tin kết quả Đại hội", "Results of the congress"),
            Self::Implementation => ("Triển khai thực hiện", "Implementation"),
            Self::Review => ("Sơ kết, tổng kết", "Review"),
            Self::CommunicationCampaign => ("Đợt tuyên truyền", "Communication campaign"),
        }
    }
}

impl Label for EventLevel {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Central => ("Trung ương", "Central"),
            Self::Province => ("Cấp tỉnh", "Province"),
            Self::District => ("Cấp huyện", "District"),
            Self::Commune => ("Cấp xã, cơ sở", "Commune"),
            Self::Cell => ("Chi bộ", "Party cell"),
        }
    }
}

impl Label for EventState {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("Dự kiến", "Planned"),
            Self::Held => ("Đã tổ chức", "Held"),
            Self::Cancelled => ("Không tổ chức", "Cancelled"),
        }
    }
}

impl Label for EventFormat {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::InPerson => ("Trực tiếp", "In person"),
            Self::Online => ("Trực tuyến", "Online"),
            Self::LiveTv => ("Truyền hình trực tiếp", "Live television"),
        }
    }
}

impl Label for CommendationLevel {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Central => ("Trung ương", "Central"),
            Self::Province => ("Cấp tỉnh", "Province"),
            Self::District => ("Cấp huyện", "District"),
            Self::Commune => ("Cấp xã, cơ sở", "Commune"),
        }
    }
}

impl Label for CommendationForm {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::CertificateOfMerit => ("Bằng khen", "Certificate of merit"),
            Self::LetterOfPraise => ("Giấy khen", "Letter of praise"),
            Self::Medal => ("Huân chương, huy chương", "Medal"),
            Self::Title => ("Danh hiệu thi đua", "Title"),
            Self::Other => ("Hình thức khác", "Another form"),
        }
    }
}

impl Label for DisseminationRule {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::NotCombinedWithExecutiveCommittee => {
                ("Không lồng ghép với hội nghị Ban Chấp hành", "Not combined with a meeting of an Executive Committee")
            }
            Self::InPerson => ("Tổ chức trực tiếp", "Held in person"),
            Self::SecretaryPresents => ("Bí thư trực tiếp quán triệt", "Presented by the secretary"),
        }
    }
}
