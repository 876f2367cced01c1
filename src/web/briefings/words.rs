//! Words of briefings, and what their sections are called.

use crate::domain::briefings::{Topic, WAITING_DAYS};
use crate::domain::silence::SILENT_DAYS;
use crate::web::labels::Label;

words! {
    /// Words of this page.
    BriefingWords {
        title = "Tóm tắt trước phiên họp", "Briefing";
        as_of = "Số liệu đến hết ngày", "Figures at the end of";
        compared = "so với cuối ngày", "compared with the end of";
        since = "So với ngày", "Compared with";
        show = "Xem", "Show";
        whole = "Toàn tỉnh: mọi cơ quan, đơn vị.", "All of the province.";
        below = "Gồm cả đơn vị trực thuộc.", "With all units below it.";
        first = "Những điểm chính", "What matters first";
        figures = "Số liệu", "Figures";
        then = "Kỳ trước", "Before";
        now = "Kỳ này", "Now";
        change = "Thay đổi", "Change";
        total = "Nhiệm vụ", "Tasks";
        on_time = "Hoàn thành đúng hạn", "Completed on time";
        late = "Hoàn thành quá hạn", "Completed late";
        in_time = "Đang thực hiện trong hạn", "Open, within the deadline";
        overdue = "Đang thực hiện quá hạn", "Open, overdue";
        suspended = "Tạm dừng", "Suspended";
        claimed = "Tiến độ đơn vị báo cáo", "Claimed progress";
        verified = "Tiến độ đã xác nhận", "Verified progress";
        secret = "Nhiệm vụ mật", "Secret task";
        all = "Xem tất cả", "All of them";
        hidden = "không hiển thị", "not shown";
        nothing = "Không có", "None";
        decisions = "Cần quyết định", "To decide";
        lateness = "Thời hạn", "Deadlines";
        concerns = "Cần lưu ý", "To watch";
        changes = "Thay đổi từ kỳ trước", "Changed since";
        integrity = "Dấu hiệu cần kiểm tra", "Integrity signals";
    }
}

impl Label for Topic {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::WaitingReports => ("Báo cáo chờ xác nhận quá 14 ngày", "Reports waiting for more than 14 days"),
            Self::CommitmentRequests => ("Đề nghị điều chỉnh chờ quyết định", "Requests to change commitments"),
            Self::Proposals => ("Kiến nghị chưa trả lời", "Proposals without an answer"),
            Self::AnsweredInstructions => ("Ý kiến chỉ đạo đã trả lời, chờ kết thúc", "Answered instructions to close"),
            Self::Suspended => ("Nhiệm vụ tạm dừng", "Suspended tasks"),
            Self::NewlyOverdue => ("Mới quá hạn", "Newly overdue"),
            Self::Overdue => ("Quá hạn, lâu nhất trước", "Overdue, the longest first"),
            Self::DueSoon => ("Sắp đến hạn", "Due soon"),
            Self::Silent => ("Không có báo cáo từ 90 ngày", "No report for 90 days"),
            Self::ReturnedReports => ("Báo cáo bị trả lại, chưa sửa", "Returned reports, not corrected"),
            Self::PercentFallen => ("Tiến độ giảm so với kỳ trước", "Progress fell"),
            Self::DeadlineMovedLate => ("Đổi hạn sau khi đã quá hạn", "Deadline changed after it had passed"),
            Self::NoDeadline => ("Không có thời hạn", "Without a deadline"),
            Self::OpenInstructions => ("Ý kiến chỉ đạo chưa trả lời", "Instructions without an answer"),
            Self::CompletedClaimed => ("Báo cáo hoàn thành, chờ xác nhận", "Reported completed, to be confirmed"),
            Self::CompletedVerified => ("Được xác nhận hoàn thành", "Confirmed as completed"),
            Self::NewlyIssued => ("Mới giao", "Newly issued"),
            Self::CommitmentsChanged => ("Điều chỉnh cam kết", "Changed commitments"),
        }
    }
}

// The labels say these numbers.
const _: () = assert!(WAITING_DAYS == 14 && SILENT_DAYS == 90);

/// What the day and the days of a row mean in a section, in both languages.
pub fn of_days(topic: Topic) -> ((&'static str, &'static str), Option<(&'static str, &'static str)>) {
    match topic {
        Topic::WaitingReports | Topic::CommitmentRequests | Topic::Proposals => (("gửi", "sent"), Some(("chờ", "waiting"))),
        Topic::AnsweredInstructions => (("trả lời", "answered"), Some(("chờ", "waiting"))),
        Topic::Suspended => (("tạm dừng từ", "suspended since"), None),
        Topic::NewlyOverdue | Topic::Overdue => (("hạn", "due"), Some(("chậm", "late by"))),
        Topic::DueSoon => (("hạn", "due"), Some(("còn", "in"))),
        Topic::Silent => (("tin cuối", "last heard"), Some(("im lặng", "silent for"))),
        Topic::ReturnedReports => (("trả lại", "returned"), Some(("đã", "for"))),
        Topic::PercentFallen => (("báo cáo", "reported"), None),
        Topic::DeadlineMovedLate => (("đổi ngày", "changed"), Some(("khi đã quá", "when late by"))),
        Topic::NoDeadline => (("giao", "assigned"), None),
        Topic::OpenInstructions => (("hạn trả lời", "due"), Some(("chậm", "late by"))),
        Topic::CompletedClaimed | Topic::CompletedVerified => (("sản phẩm ngày", "product of"), None),
        Topic::NewlyIssued => (("giao", "issued"), None),
        Topic::CommitmentsChanged => (("ngày", "on"), None),
    }
}
