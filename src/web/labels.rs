//! What the names of enumerations are called, in both languages.

mod dissemination;
mod documents;
mod indicators;
mod reviews;

use crate::domain::Language;
use crate::domain::api_clients::Scope;
use crate::domain::areas::AreaLevel;
use crate::domain::calendar_days::CalendarDayKind;
use crate::domain::commitment_requests::RequestState;
use crate::domain::imports::{ImportKind, RowOutcome};
use crate::domain::instructions::InstructionState;
use crate::domain::light::Light;
use crate::domain::obligations::ObligationState;
use crate::domain::permission::Role;
use crate::domain::progress_reports::Verification;
use crate::domain::proposals::ProposalState;
use crate::domain::search::SearchKind;
use crate::domain::tasks::{Decision, Lifecycle};
use crate::domain::timeliness::Timeliness;
use crate::domain::unit_events::UnitEventKind;
use crate::domain::units::{System, UnitKind};

/// Something with a name for people.
pub trait Label: Copy {
    /// The name in Vietnamese and in English.
    fn both(self) -> (&'static str, &'static str);

    /// The name in a language.
    fn label(self, language: Language) -> &'static str {
        let (vi, en) = self.both();
        match language {
            Language::Vi => vi,
            Language::En => en,
        }
    }
}

impl Label for Timeliness {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::NoDeadline => ("Không có hạn", "No deadline"),
            Self::InTime => ("Trong hạn", "In time"),
            Self::DueSoon => ("Sắp đến hạn", "Due soon"),
            Self::Overdue => ("Quá hạn", "Overdue"),
            Self::OnTime => ("Hoàn thành đúng hạn", "Completed on time"),
            Self::Late => ("Hoàn thành quá hạn", "Completed late"),
        }
    }
}

impl Label for ObligationState {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::NoDeadline => ("Không có hạn", "No deadline"),
            Self::NotYetDue => ("Chưa đến hạn", "Not yet due"),
            Self::DueSoon => ("Sắp đến hạn", "Due soon"),
            Self::Overdue => ("Quá hạn", "Overdue"),
            Self::ReportedOnTime => ("Đúng hạn", "On time"),
            Self::ReportedLate => ("Chậm", "Late"),
        }
    }
}

impl Label for Lifecycle {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("Dự thảo", "Draft"),
            Self::NotStarted => ("Chưa bắt đầu", "Not started"),
            Self::InProgress => ("Đang thực hiện", "In progress"),
            Self::ProductSubmitted => ("Đã trình sản phẩm", "Product submitted"),
            Self::Completed => ("Hoàn thành", "Completed"),
            Self::Suspended => ("Tạm dừng", "Suspended"),
            Self::Cancelled => ("Hủy bỏ", "Cancelled"),
        }
    }
}

impl Label for Light {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Grey => ("Chưa có nhiệm vụ", "No tasks"),
            Self::Green => ("Ổn định", "On course"),
            Self::Amber => ("Cần chú ý", "Needs attention"),
            Self::Red => ("Chậm nhiều", "Far behind"),
        }
    }
}

impl Label for SearchKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Resolution => ("Nghị quyết", "Resolution"),
            Self::Programme => ("Chương trình, kế hoạch", "Programme"),
            Self::Clause => ("Điều khoản", "Clause"),
            Self::Breakthrough => ("Đột phá", "Breakthrough"),
            Self::Pillar => ("Trụ cột", "Pillar"),
            Self::Objective => ("Mục tiêu", "Objective"),
            Self::TaskGroup => ("Nhóm nhiệm vụ", "Task group"),
            Self::Unit => ("Cơ quan", "Unit"),
            Self::Area => ("Địa bàn", "Area"),
            Self::Post => ("Chức danh", "Post"),
            Self::DisseminationEvent => ("Hội nghị", "Conference"),
            Self::GoodPractice => ("Mô hình, cách làm hay", "Good practice"),
            Self::Commendation => ("Khen thưởng", "Commendation"),
            Self::Task => ("Nhiệm vụ", "Task"),
        }
    }
}

impl Label for UnitKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::PartyCommittee => ("Cấp ủy", "Party committee"),
            Self::PartyBody => ("Cơ quan Đảng", "Party body"),
            Self::PeopleCouncil => ("Hội đồng nhân dân", "People's Council"),
            Self::PeopleCommittee => ("Ủy ban nhân dân", "People's Committee"),
            Self::Department => ("Sở, ban, ngành", "Department"),
            Self::MassOrg => ("Mặt trận, đoàn thể", "Mass organisation"),
            Self::ServiceUnit => ("Đơn vị sự nghiệp", "Service unit"),
            Self::Cell => ("Chi bộ, tổ", "Cell"),
        }
    }
}

impl Label for System {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Party => ("Đảng", "Party"),
            Self::State => ("Nhà nước", "State"),
            Self::Front => ("Mặt trận, đoàn thể", "Front and mass organisations"),
        }
    }
}

impl Label for CalendarDayKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Holiday => ("Nghỉ lễ, tết", "Public holiday"),
            Self::DayOff => ("Nghỉ hoán đổi, nghỉ bù", "Free in exchange"),
            Self::WorkingDay => ("Ngày làm việc, làm bù", "Working day"),
        }
    }
}

impl Label for AreaLevel {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Province => ("Tỉnh, thành phố", "Province"),
            Self::District => ("Huyện, thị xã, thành phố", "District"),
            Self::Commune => ("Xã, phường, thị trấn", "Commune"),
        }
    }
}

impl Label for Verification {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Submitted => ("Chờ xác nhận", "Awaiting verification"),
            Self::Verified => ("Đã xác nhận", "Verified"),
            Self::Returned => ("Đã trả lại", "Returned"),
        }
    }
}

impl Label for Decision {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Issue => ("Giao việc", "Issue"),
            Self::Suspend => ("Tạm dừng", "Suspend"),
            Self::Resume => ("Tiếp tục", "Resume"),
            Self::Cancel => ("Hủy bỏ", "Cancel"),
            Self::Void => ("Vô hiệu", "Void"),
        }
    }
}

impl Label for RequestState {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("Chờ quyết định", "Waits"),
            Self::Approved => ("Đã chấp thuận", "Approved"),
            Self::Refused => ("Không chấp thuận", "Refused"),
            Self::Withdrawn => ("Đã rút", "Withdrawn"),
        }
    }
}

impl Label for InstructionState {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("Chờ trả lời", "Awaiting an answer"),
            Self::Answered => ("Đã trả lời", "Answered"),
            Self::Closed => ("Đã kết thúc", "Closed"),
            Self::Withdrawn => ("Đã rút", "Withdrawn"),
        }
    }
}

impl Label for ProposalState {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("Chờ trả lời", "Awaiting an answer"),
            Self::Answered => ("Đã trả lời", "Answered"),
            Self::Declined => ("Không chấp nhận", "Declined"),
            Self::Withdrawn => ("Đã rút", "Withdrawn"),
        }
    }
}

impl Label for UnitEventKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Merge => ("Sáp nhập, hợp nhất", "Merged"),
            Self::Split => ("Chia, tách", "Split"),
            Self::Rename => ("Đổi tên", "Renamed"),
            Self::Dissolve => ("Giải thể, kết thúc", "Ended"),
            Self::Transfer => ("Chuyển giao nhiệm vụ", "Function transferred"),
        }
    }
}

impl Label for ImportKind {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Areas => ("Địa bàn", "Areas"),
            Self::Units => ("Đơn vị", "Units"),
            Self::Tasks => ("Nhiệm vụ", "Tasks"),
            Self::Documents => ("Văn bản", "Documents"),
            Self::Clauses => ("Điều khoản", "Clauses"),
            Self::Indicators => ("Chỉ tiêu", "Indicators"),
            Self::UnitEvents => ("Sắp xếp tổ chức", "Reorganisations"),
            Self::UnitGroups => ("Nhóm đơn vị", "Groups of units"),
            Self::Conferences => ("Hội nghị", "Conferences"),
            Self::Posts => ("Chức danh", "Posts"),
            Self::CalendarDays => ("Lịch làm việc", "Calendar"),
        }
    }
}

impl Label for RowOutcome {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Created => ("Tạo mới", "Created"),
            Self::Updated => ("Thay đổi", "Changed"),
            Self::Unchanged => ("Giữ nguyên", "Unchanged"),
            Self::Skipped => ("Bỏ qua", "Left out"),
            Self::Failed => ("Có lỗi", "Has an error"),
        }
    }
}

impl Label for Role {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Admin => ("Quản trị", "Administrator"),
            Self::Office => ("Văn phòng theo dõi", "Focal office"),
            Self::Leader => ("Lãnh đạo", "Leader"),
            Self::Reporter => ("Cán bộ báo cáo", "Reporter"),
            Self::Inspector => ("Kiểm tra, giám sát", "Inspector"),
            Self::Integration => ("Hệ thống kết nối", "Other system"),
        }
    }
}

impl Label for Scope {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::DirectoryRead => ("Đọc địa bàn, đơn vị, chức danh", "Read areas, units, posts"),
            Self::DirectoryWrite => ("Ghi địa bàn, đơn vị, chức danh", "Write areas, units, posts"),
            Self::WorkRead => ("Đọc văn bản, nhiệm vụ, báo cáo", "Read documents, tasks, reports"),
            Self::WorkWrite => ("Ghi văn bản, nhiệm vụ, quyết định", "Write documents, tasks, decisions"),
            Self::ProgressWrite => ("Báo cáo tiến độ", "Log progress"),
            Self::VerificationWrite => ("Xác nhận, trả lại báo cáo", "Verify and return reports"),
            Self::CommitmentsWrite => ("Điều chỉnh cam kết", "Change commitments"),
            Self::DashboardsRead => ("Đọc bảng tổng hợp", "Read dashboards"),
            Self::ChangesRead => ("Theo dõi thay đổi", "Follow changes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::imports::words;

    #[test]
    fn pages_and_tables_say_the_same() {
        for lifecycle in Lifecycle::ALL {
            assert_eq!(lifecycle.label(Language::Vi), words::write(words::LIFECYCLES, *lifecycle));
        }
        for timeliness in Timeliness::ALL {
            assert_eq!(timeliness.label(Language::Vi), words::write(words::TIMELINESS, *timeliness));
        }
    }
}
