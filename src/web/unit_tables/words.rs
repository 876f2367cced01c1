//! Words of the tables of units, and what rankings are called.

use crate::domain::ranking::{Caveat, RankedBy};
use crate::web::labels::Label;

words! {
    /// Words of these pages.
    TableWords {
        unit = "Cơ quan", "Unit";
        all = "Tất cả", "All";
        show = "Xem", "Show";
        from = "Giao từ ngày", "Assigned from";
        to = "đến hết ngày", "to the end of";
        days = "Số ngày không báo cáo", "Days without a report";
        by = "Xếp theo", "Ranked by";
        tables = "Bảng khác", "Other tables";
        statistics = "Thống kê bốn loại", "The official statistic";
        statistics_about = "Nhiệm vụ được giao trong khoảng thời gian, đánh giá vào cuối ngày cuối. Việc không có hạn tính vào trong hạn; tạm dừng, hủy bỏ đứng ngoài.", "Work assigned in the period, judged at its end. Work without a deadline counts as within it; suspended and cancelled work stands outside.";
        total = "Tổng số", "Total";
        completed = "Đã hoàn thành", "Completed";
        on_time = "đúng hạn", "on time";
        completed_late = "quá hạn", "late";
        open_in_time = "Đang thực hiện trong hạn", "Open, within the deadline";
        open_overdue = "Đang thực hiện quá hạn", "Open, overdue";
        late = "Chậm tiến độ", "What is late";
        late_about = "Việc chưa xong đã quá hạn, theo số ngày quá hạn; số việc đã điều chỉnh thời hạn, và số quá hạn nếu không điều chỉnh.", "Open work beyond its deadline, by days; how often deadlines were moved, and what would be overdue had none been.";
        overdue = "Quá hạn", "Overdue";
        up_to_30 = "1–30 ngày", "1–30 days";
        up_to_90 = "31–90 ngày", "31–90 days";
        up_to_180 = "91–180 ngày", "91–180 days";
        more = "trên 180 ngày", "over 180 days";
        longest = "Lâu nhất (ngày)", "Longest (days)";
        done_late = "Hoàn thành quá hạn", "Completed late";
        rescheduled = "Đã điều chỉnh hạn", "Deadline changed";
        by_original = "Quá hạn theo hạn ban đầu", "Overdue by the original";
        silent = "Không có báo cáo", "Silence";
        silent_about = "Việc chưa xong mà từ lâu không có báo cáo nào (không kể báo cáo bị trả lại).", "Open work of which nothing was reported for long; returned reports do not count.";
        open = "Đang thực hiện", "Open";
        quiet = "Không có báo cáo", "Silent";
        never = "chưa từng báo cáo", "never reported on";
        loops = "Chỉ đạo, kiến nghị chưa khép", "Open loops";
        loops_about = "Ý kiến chỉ đạo chưa được trả lời hoặc chưa kết thúc, kiến nghị chưa được trả lời, theo cơ quan đang giữ việc.", "Instructions without an answer or not yet accepted, and proposals without an answer, by the unit they lie with.";
        to_answer = "Chỉ đạo chờ trả lời", "Instructions to answer";
        overdue_answers = "trong đó quá hạn", "of these, overdue";
        to_accept = "Đã trả lời, chờ kết thúc", "Answered, to be accepted";
        proposals = "Kiến nghị chờ trả lời", "Proposals to answer";
        ranking = "Xếp hạng", "Ranking";
        ranking_about = "Cơ quan có dưới 3 nhiệm vụ hoặc dưới một nửa số nhiệm vụ có báo cáo thì không xếp hạng: số liệu chưa đủ để so sánh.", "A unit of fewer than three tasks, or with reports on less than half, has no place: there is too little to compare.";
        place = "Hạng", "Place";
        score = "Điểm", "Score";
        expected = "Phải báo cáo", "Expected";
        reported = "Có báo cáo", "Reported";
    }
}

impl Label for RankedBy {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::OnTime => ("Tỷ lệ hoàn thành đúng hạn", "Finished on time"),
            Self::Verified => ("Tiến độ đã xác nhận", "Verified progress"),
            Self::Reported => ("Tỷ lệ có báo cáo", "With a report"),
        }
    }
}

impl Label for Caveat {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::FewTasks => ("quá ít nhiệm vụ", "too few tasks"),
            Self::LowCoverage => ("quá ít báo cáo", "too few reports"),
            Self::NothingToJudge => ("chưa có gì để đánh giá", "nothing to judge yet"),
        }
    }
}
