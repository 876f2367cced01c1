//! The vocabulary of a deadline, as in domain/deadline-expressions.csv.

use chrono::NaiveDate;

text_enum! {
    /// What sort of deadline the words express. Values the parser cannot produce yet are listed,
    /// so that a fuller grammar changes no type.
    pub enum DeadlineKind {
        /// Due within a stretch of days: "trong quý III-2021".
        DueWindow = "due_window",
        /// Due before a day: "trước ngày 20.7.2020".
        DueBefore = "due_before",
        /// Due by a day, that day included: "chậm nhất ngày 30/6/2022".
        DueBy = "due_by",
        /// Work that fills a stretch of time: "giai đoạn 2021 - 2025".
        Period = "period",
        /// Repeated or continuous work: "hằng năm", "thường xuyên".
        Recurring = "recurring",
        /// Repeated, with a due day in each period: "trước ngày 15/12 hằng năm".
        RecurringDue = "recurring_due",
        /// A condition on every period: "qua từng năm phải tăng".
        RecurringCondition = "recurring_condition",
        /// One named step with a deadline of its own.
        MilestoneDue = "milestone_due",
        /// Several steps in one cell.
        Milestones = "milestones",
        /// A start and no end: "từ năm 2028".
        StartFrom = "start_from",
        /// Reviews in the cycle of a document: "3 năm sơ kết, 5 năm tổng kết".
        ReviewCycle = "review_cycle",
        /// The period an indicator is measured over.
        MeasurePeriod = "measure_period",
        /// The cut-off of figures for a report.
        Cutoff = "cutoff",
        /// Days counted from another event: "kể từ ngày ký".
        Offset = "offset",
        /// Ahead of plan by a length of time: "về đích trước một năm".
        EarlyCompletion = "early_completion",
        /// Due at an event: "trình kỳ họp HĐND".
        EventDue = "event_due",
        /// Urgent, without a date: "khẩn trương".
        UrgentNoDate = "urgent_no_date",
        /// Set by another document: "theo quy định".
        External = "external",
        /// When asked for: "khi có yêu cầu".
        OnDemand = "on_demand",
        /// Not readable; nothing is guessed.
        Unresolved = "unresolved",
    }
}

impl DeadlineKind {
    /// The day lateness is judged by, for a deadline of this kind that ends on `end`: only a binding
    /// one has any, and recurring work is judged period by period, not by one day.
    pub fn due_on(self, binding: bool, end: Option<NaiveDate>) -> Option<NaiveDate> {
        let repeated = matches!(self, Self::Recurring | Self::RecurringDue | Self::RecurringCondition);
        // What figures are measured over, or cut off at, is no day by which work is due.
        let one_day = !repeated && !matches!(self, Self::MeasurePeriod | Self::Cutoff);
        end.filter(|_| binding && one_day)
    }
}

text_enum! {
    /// How exactly the words name the end.
    pub enum DeadlinePrecision {
        /// One day.
        Day = "day",
        /// A month.
        Month = "month",
        /// A quarter.
        Quarter = "quarter",
        /// A half year.
        Half = "half",
        /// A year.
        Year = "year",
        /// A term of office.
        Term = "term",
        /// A period of several years ("giai đoạn").
        Period = "period",
        /// Start and end, or milestones, of unlike precision.
        Mixed = "mixed",
        /// The date of an event.
        Event = "event",
        /// By convention only ("cuối năm").
        Fuzzy = "fuzzy",
        /// The words carry no date.
        None = "none",
    }
}

#[cfg(test)]
mod tests {
    use super::{DeadlineKind, DeadlinePrecision};
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names_agree() {
        assert_names(DeadlineKind::ALL, DeadlineKind::as_str);
        assert_names(DeadlinePrecision::ALL, DeadlinePrecision::as_str);
    }
}
