//! Progress reports (báo cáo tiến độ): what a unit says of a task, and whether it was confirmed.

use super::Percent;
use super::tasks::Lifecycle;

text_enum! {
    /// The state of the work a report tells of.
    pub enum ReportState {
        /// Chưa triển khai.
        NotStarted = "not_started",
        /// Đang thực hiện.
        InProgress = "in_progress",
        /// Đã trình.
        ProductSubmitted = "product_submitted",
        /// Hoàn thành: needs the product and its date.
        Completed = "completed",
    }
}

impl ReportState {
    /// The percentage this state alone means: completed is 100, not started is 0.
    pub fn implied_percent(self) -> Option<Percent> {
        match self {
            Self::Completed => Some(Percent::HUNDRED),
            Self::NotStarted => Some(Percent::ZERO),
            Self::InProgress | Self::ProductSubmitted => None,
        }
    }

    /// The lifecycle of a task whose latest report says this.
    pub fn lifecycle(self) -> Lifecycle {
        match self {
            Self::NotStarted => Lifecycle::NotStarted,
            Self::InProgress => Lifecycle::InProgress,
            Self::ProductSubmitted => Lifecycle::ProductSubmitted,
            Self::Completed => Lifecycle::Completed,
        }
    }
}

text_enum! {
    /// The state of a report: waiting for confirmation is a state of the report, not of the work.
    pub enum Verification {
        /// Chờ xác nhận.
        Submitted = "submitted",
        /// Đã xác nhận.
        Verified = "verified",
        /// Trả lại.
        Returned = "returned",
    }
}
