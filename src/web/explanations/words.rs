//! Words of explanations, and what their numbers are called.

use crate::domain::explanations::{Number, PartIn};
use crate::web::labels::Label;

words! {
    /// Words of this page.
    ExplanationWords {
        title = "Giải thích số liệu", "How a number came about";
        as_of = "Số liệu đến hết ngày", "Figures at the end of";
        formula = "Cách tính", "Formula";
        version = "công thức số", "formula number";
        arithmetic = "Phép tính", "The arithmetic";
        weights = "tổng trọng số", "weights together";
        weighted = "tổng trọng số × tỷ lệ", "weight × percent together";
        before_rounding = "trước khi làm tròn", "before rounding";
        counted = "Nhiệm vụ được tính vào", "Tasks in it";
        left_out = "Để ngoài", "Left out";
        hidden = "Nhiệm vụ khác được tính mà bạn không được xem", "More tasks behind it that you may not see";
        tasks = "Các nhiệm vụ", "The tasks";
        task = "Nhiệm vụ", "Task";
        unit = "Đơn vị", "Unit";
        weight = "Trọng số", "Weight";
        share = "Tỷ lệ", "Percent";
        part = "Được tính", "Counted";
        state = "Tình trạng", "State";
        due = "Hạn", "Due";
        secret = "Nhiệm vụ mật", "A secret task";
        axes = "Các trục", "The axes";
        schedule = "Tiến độ thời gian", "Schedule";
        claimed_axis = "Báo cáo", "Claimed";
        verified_axis = "Xác nhận", "Verified";
        result = "Kết quả (chỉ tiêu)", "Result (indicators)";
        schedule_rule = "quá hạn trên số phải báo cáo; đỏ từ 1/5", "overdue of those expected; red from one in five";
        claimed_rule = "có báo cáo trên số phải báo cáo; vàng nếu dưới một nửa", "reported of those expected; amber below half";
        verified_rule = "báo cáo và xác nhận; vàng nếu chênh quá 20 điểm", "claimed and verified; amber if more than 20 points apart";
        result_rule = "chưa gắn chỉ tiêu", "no indicator is linked yet";
        whole = "Cộng từ các phần việc của nhiệm vụ", "Added up from the parts of the task";
        other = "Số liệu khác của dòng này", "Other numbers of this line";
    }
}

impl Label for Number {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Total => ("Tổng số nhiệm vụ", "Tasks in all"),
            Self::CompletedOnTime => ("Hoàn thành đúng hạn", "Completed on time"),
            Self::CompletedLate => ("Hoàn thành quá hạn", "Completed late"),
            Self::OpenInTime => ("Trong hạn", "In time"),
            Self::OpenDueSoon => ("Sắp đến hạn", "Due soon"),
            Self::OpenOverdue => ("Quá hạn", "Overdue"),
            Self::OpenNoDeadline => ("Không có hạn", "No deadline"),
            Self::Suspended => ("Tạm dừng", "Suspended"),
            Self::Cancelled => ("Hủy bỏ", "Cancelled"),
            Self::Rescheduled => ("Đã điều chỉnh thời hạn", "Deadline changed"),
            Self::Expected => ("Phải báo cáo", "Expected to report"),
            Self::Reported => ("Có báo cáo", "With a report"),
            Self::WithVerified => ("Có báo cáo đã xác nhận", "With a verified report"),
            Self::Claimed => ("Tiến độ đơn vị báo cáo", "Progress reported by units"),
            Self::Verified => ("Tiến độ đã xác nhận", "Verified progress"),
            Self::Light => ("Đánh giá", "Light"),
        }
    }
}

impl Label for PartIn {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Counted => ("có", "yes"),
            Self::ElsewhereCounted => ("ở cột khác", "in another column"),
            Self::Suspended => ("không: tạm dừng", "no: suspended"),
            Self::Cancelled => ("không: hủy bỏ", "no: cancelled"),
            Self::NoPercent => ("không: chưa có tỷ lệ", "no: without a percent"),
        }
    }
}
