//! What kinds of documents and of their parts are called.

use super::Label;
use crate::domain::clauses::ClauseKind;
use crate::domain::programmes::ProgrammeKind;
use crate::domain::resolutions::{Relation, ResolutionKind, ResolutionLevel};

impl Label for ClauseKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Section => ("Phần, mục", "Section"),
            Self::Objective => ("Mục tiêu", "Objective"),
            Self::Indicator => ("Chỉ tiêu", "Indicator"),
            Self::Breakthrough => ("Đột phá", "Breakthrough"),
            Self::Task => ("Nhiệm vụ", "Task"),
            Self::Solution => ("Giải pháp", "Solution"),
        }
    }
}

impl Label for ResolutionKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Congress => ("Nghị quyết đại hội", "Congress resolution"),
            Self::Thematic => ("Nghị quyết chuyên đề", "Thematic resolution"),
            Self::Council => ("Nghị quyết của Hội đồng nhân dân", "Council resolution"),
            Self::Conclusion => ("Kết luận", "Conclusion"),
            Self::Directive => ("Chỉ thị", "Directive"),
            Self::Decision => ("Quyết định", "Decision"),
        }
    }
}

impl Label for ResolutionLevel {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Central => ("Trung ương", "Central"),
            Self::Province => ("Tỉnh", "Province"),
            Self::District => ("Huyện", "District"),
            Self::Commune => ("Xã", "Commune"),
        }
    }
}

impl Label for ProgrammeKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::ActionProgramme => ("Chương trình hành động", "Action programme"),
            Self::Programme => ("Chương trình", "Programme"),
            Self::Plan => ("Kế hoạch", "Plan"),
            Self::Scheme => ("Đề án", "Scheme"),
            Self::Project => ("Dự án", "Project"),
            Self::ThematicProgramme => ("Chuyên đề", "Theme"),
        }
    }
}

impl Label for Relation {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Implements => ("cụ thể hóa", "implements"),
            Self::Amends => ("điều chỉnh, bổ sung", "amends"),
            Self::Replaces => ("thay thế", "replaces"),
            Self::Follows => ("tiếp theo", "follows"),
            Self::Relates => ("liên quan", "relates to"),
        }
    }
}
