//! What review rounds, their states and what is handed in to them are called.

use super::Label;
use crate::domain::review_reports::{DiffAgainst, ScorePart};
use crate::domain::review_submissions::SubmissionState;
use crate::domain::reviews::{ReviewDecision, ReviewKind, ReviewState};
use crate::domain::targets::KeptBound;

impl Label for ReviewKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::ThreeYear => ("Sơ kết 3 năm", "After three years"),
            Self::FiveYear => ("Tổng kết 5 năm", "After five years"),
            Self::MidTerm => ("Đánh giá giữa nhiệm kỳ", "At mid-term"),
            Self::Yearly => ("Sơ kết hằng năm", "Yearly"),
            Self::Thematic => ("Tổng kết chuyên đề", "Of a theme, at its end"),
        }
    }
}

impl Label for ReviewState {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Planned => ("Chưa mở", "Planned"),
            Self::Open => ("Đang nhận báo cáo", "Open"),
            Self::Consolidating => ("Đang tổng hợp", "Being put together"),
            Self::Frozen => ("Đã chốt", "Frozen"),
            Self::Cancelled => ("Không tổ chức", "Cancelled"),
        }
    }
}

impl Label for ReviewDecision {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("Mở để các đơn vị gửi báo cáo", "Open it for the units"),
            Self::Consolidate => ("Chuyển sang tổng hợp", "Put it together"),
            Self::Reopen => ("Mở lại", "Reopen it"),
            Self::Cancel => ("Không tổ chức", "Cancel it"),
        }
    }
}

impl Label for KeptBound {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Exceeded => ("Tốt hơn mức \"trên\", \"dưới\" là vượt", "Better than a floor or ceiling is exceeded"),
            Self::Met => ("Tốt hơn mức \"trên\", \"dưới\" là đạt", "Better than a floor or ceiling is met"),
        }
    }
}

impl Label for SubmissionState {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Owed => ("Chưa gửi", "Not handed in"),
            Self::Overdue => ("Quá hạn gửi", "Overdue"),
            Self::Submitted => ("Chờ xác nhận", "Awaiting confirmation"),
            Self::Verified => ("Đã xác nhận", "Confirmed"),
            Self::Returned => ("Đã trả lại", "Returned"),
        }
    }
}

impl Label for ScorePart {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Total => ("Tổng số chỉ tiêu", "All indicators"),
            Self::Reached => ("Số chỉ tiêu đạt và vượt", "Met or exceeded"),
            Self::Exceeded => ("Số chỉ tiêu vượt", "Exceeded"),
            Self::Met => ("Số chỉ tiêu đạt", "Met"),
        }
    }
}

impl Label for DiffAgainst {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Now => ("Số liệu hôm nay", "What is known today"),
            Self::Record => ("Dữ liệu gốc của chính ngày đã chốt", "The record of the very day"),
        }
    }
}
