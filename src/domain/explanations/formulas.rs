//! How each number is worked out, in words.

use super::Number;
use crate::domain::Language;

impl Number {
    /// How it is worked out, in words.
    pub fn formula(self, language: Language) -> &'static str {
        let (vi, en) = self.formulas();
        match language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    fn formulas(self) -> (&'static str, &'static str) {
        match self {
            Self::Total => (
                "Số nhiệm vụ được tính: đã giao, không có phần việc con, không bị vô hiệu.",
                "Counted tasks: issued, without parts of their own, not voided.",
            ),
            Self::CompletedOnTime => (
                "Số nhiệm vụ đã hoàn thành mà ngày của sản phẩm không sau thời hạn, hoặc không có thời hạn.",
                "Completed tasks whose product is dated no later than the deadline, or that have no deadline.",
            ),
            Self::CompletedLate => (
                "Số nhiệm vụ đã hoàn thành mà ngày của sản phẩm sau thời hạn.",
                "Completed tasks whose product is dated after the deadline.",
            ),
            Self::OpenInTime => (
                "Số nhiệm vụ chưa xong, thời hạn còn ngoài ngưỡng sắp đến hạn.",
                "Open tasks whose deadline is further off than \"due soon\".",
            ),
            Self::OpenDueSoon => ("Số nhiệm vụ chưa xong, sắp đến hạn.", "Open tasks that are due soon."),
            Self::OpenOverdue => (
                "Số nhiệm vụ chưa xong, thời hạn đã qua trước ngày xem.",
                "Open tasks whose deadline had passed before the day asked about.",
            ),
            Self::OpenNoDeadline => ("Số nhiệm vụ chưa xong, không có ngày đến hạn.", "Open tasks without a day to be judged by."),
            Self::Suspended => ("Số nhiệm vụ đang tạm dừng.", "Suspended tasks."),
            Self::Cancelled => ("Số nhiệm vụ đã hủy bỏ.", "Cancelled tasks."),
            Self::Rescheduled => ("Số nhiệm vụ đã đổi thời hạn sau khi giao.", "Tasks whose deadline was changed after they were issued."),
            Self::Expected => ("Số nhiệm vụ được tính, trừ tạm dừng và hủy bỏ.", "Counted tasks that are neither suspended nor cancelled."),
            Self::Reported => {
                ("Trong số đó, số nhiệm vụ có báo cáo không bị trả lại.", "Of these, those with a report that was not returned.")
            }
            Self::WithVerified => ("Trong số đó, số nhiệm vụ có báo cáo đã xác nhận.", "Of these, those with a verified report."),
            Self::Claimed => (
                "Tổng (trọng số × tỷ lệ đơn vị báo cáo) chia cho tổng trọng số của các nhiệm vụ có tỷ lệ; làm tròn một lần đến hai chữ số; chỉ là 100 khi mọi nhiệm vụ đều báo hoàn thành.",
                "Sum of weight × claimed percent, divided by the weights of the tasks that have one; rounded half-up once, to two decimals; 100 only if every task is claimed complete.",
            ),
            Self::Verified => (
                "Tổng (trọng số × tỷ lệ đã xác nhận) chia cho tổng trọng số của các nhiệm vụ có tỷ lệ; làm tròn một lần đến hai chữ số; chỉ là 100 khi mọi nhiệm vụ đều được xác nhận hoàn thành.",
                "Sum of weight × verified percent, divided by the weights of the tasks that have one; rounded half-up once, to two decimals; 100 only if every task is verified complete.",
            ),
            Self::Light => (
                "Màu xấu nhất của các trục: tiến độ thời gian, báo cáo, xác nhận, kết quả.",
                "The worst of the axes: schedule, claimed, verified, result.",
            ),
        }
    }
}
