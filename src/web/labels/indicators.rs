//! What verdicts on indicators and what they are made of are called.

use super::Label;
use crate::domain::indicator_assessments::VerdictCause;
use crate::domain::indicator_trends::RequiredFrom;
use crate::domain::indicator_values::ValueStage;
use crate::domain::indicators::{Aggregation, IndicatorRole};
use crate::domain::targets::{MidTermScale, MidTermVerdict, TargetDirection, Verdict};

impl Label for Verdict {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Exceeded => ("Vượt", "Exceeded"),
            Self::Met => ("Đạt", "Met"),
            Self::BasicallyMet => ("Cơ bản đạt", "Basically met"),
            Self::NotMet => ("Không đạt", "Not met"),
            Self::NotAssessable => ("Chưa đánh giá được", "Not assessable"),
            Self::NotYetDue => ("Chưa đến kỳ", "Not yet due"),
        }
    }
}

impl Label for VerdictCause {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::TargetInWords => ("Mục tiêu định tính, do người đánh giá", "The target is in words: people judge it"),
            Self::TargetUnreadable => ("Không đọc được mục tiêu", "The target cannot be read"),
            Self::ValueUnreadable => ("Không đọc được số liệu", "What was reached cannot be read"),
            Self::ValueMissing => ("Hết kỳ mà chưa có số liệu", "The period is over, and nothing was told"),
            Self::NotOver => ("Kỳ chưa kết thúc", "The period is not over"),
            Self::NothingBefore => ("Không có số liệu kỳ trước để so sánh", "There is nothing before to compare it with"),
            Self::NotComparable => ("Cách tính đã đổi, không so sánh được", "It is measured in another way than before"),
            Self::Components => ("Theo các chỉ tiêu thành phần", "Its components decide"),
        }
    }
}

impl Label for ValueStage {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Estimate => ("Ước thực hiện", "Estimate"),
            Self::Preliminary => ("Sơ bộ", "Preliminary"),
            Self::Official => ("Chính thức", "Official"),
        }
    }
}

impl Label for Aggregation {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::End => ("Giá trị cuối kỳ", "As it stands at the end"),
            Self::Total => ("Cộng dồn cả kỳ", "Added up over the years"),
            Self::Average => ("Bình quân các năm", "Mean of the years"),
            Self::EveryYear => ("Năm nào cũng phải đạt", "In every year"),
        }
    }
}

impl Label for IndicatorRole {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Main => ("Chỉ tiêu", "Indicator"),
            Self::Sub => ("Trong đó", "Of which"),
            Self::Component => ("Thành phần", "Component"),
        }
    }
}

impl Label for TargetDirection {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Increase => ("Càng cao càng tốt", "More is better"),
            Self::Decrease => ("Càng thấp càng tốt", "Less is better"),
            Self::Rank => ("Thứ hạng", "A place among others"),
            Self::Range => ("Giữ trong khoảng", "Within bounds"),
        }
    }
}

impl Label for RequiredFrom {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Target => ("mục tiêu", "target"),
            Self::Line => ("nội suy", "on a straight line"),
            Self::Share => ("phần của năm", "equal part"),
            Self::Whole => ("cả kỳ", "whole period"),
        }
    }
}

impl Label for MidTermScale {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Progress => ("Đạt tiến độ, chưa đạt tiến độ", "On track or behind"),
            Self::Likelihood => ("Có khả năng đạt, khó đạt", "Likely or unlikely"),
            Self::Share => ("Theo phần trăm mục tiêu", "By how much of the target is reached"),
        }
    }
}

impl Label for MidTermVerdict {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Reached => ("Đạt và vượt", "Reached"),
            Self::OnTrack => ("Đạt tiến độ", "On track"),
            Self::Behind => ("Chưa đạt tiến độ", "Behind"),
            Self::Likely => ("Có khả năng đạt", "Likely"),
            Self::Unlikely => ("Khó đạt", "Unlikely"),
            Self::FromSixty => ("Đạt từ 60%", "From 60 %"),
            Self::FromFifty => ("Đạt từ 50 đến dưới 60%", "From 50 to below 60 %"),
            Self::BelowFifty => ("Đạt dưới 50%", "Below 50 %"),
            Self::AtTermEnd => ("Đánh giá cuối kỳ", "At the end of the term"),
        }
    }
}
