//! The first lines of a briefing: sentences made of its numbers by rule, so that nobody writes them.

use super::{Briefing, Topic, WAITING_DAYS};
use crate::domain::silence::SILENT_DAYS;
use crate::domain::statistics::FourWay;
use crate::domain::{Language, Percent};

impl<U, R> Briefing<U, R> {
    /// What matters first, in the language of the reader. A number of nothing is not told, but the first sentence always is.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let parts = [Some(self.standing(language)), self.progress(language), self.changes(language), self.decisions(language)];
        parts.into_iter().flatten().chain(self.concerns(language)).collect()
    }

    fn standing(&self, language: Language) -> String {
        let (now, then) = (FourWay::from(&self.now.tasks), FourWay::from(&self.then.tasks));
        let (total, completed, overdue) = (now.total, now.completed, now.open_overdue);
        let (completed_then, overdue_then) = (then.completed, then.open_overdue);
        match language {
            Language::Vi => format!(
                "Theo dõi {total} nhiệm vụ: {completed} đã hoàn thành (kỳ trước {completed_then}), {overdue} quá hạn (kỳ trước {overdue_then})."
            ),
            Language::En => format!(
                "{total} tasks are followed: {completed} completed ({completed_then} before), {overdue} overdue ({overdue_then} before)."
            ),
        }
    }

    fn progress(&self, language: Language) -> Option<String> {
        let (now, then) = (self.now.progress, self.then.progress);
        now.claimed?;
        let [claimed, verified, claimed_then, verified_then] =
            [now.claimed, now.verified, then.claimed, then.verified].map(|value| percent(value, language));
        Some(match language {
            Language::Vi => {
                format!("Tiến độ đơn vị báo cáo {claimed} (kỳ trước {claimed_then}), đã xác nhận {verified} (kỳ trước {verified_then}).")
            }
            Language::En => {
                format!("Progress: {claimed} claimed ({claimed_then} before), {verified} verified ({verified_then} before).")
            }
        })
    }

    fn changes(&self, language: Language) -> Option<String> {
        use Topic as T;
        let parts = match language {
            Language::Vi => [
                (T::CompletedVerified, "việc được xác nhận hoàn thành"),
                (T::CompletedClaimed, "việc báo cáo hoàn thành, chờ xác nhận"),
                (T::NewlyIssued, "việc mới giao"),
                (T::NewlyOverdue, "việc mới quá hạn"),
                (T::CommitmentsChanged, "lần điều chỉnh cam kết"),
            ],
            Language::En => [
                (T::CompletedVerified, "confirmed as completed"),
                (T::CompletedClaimed, "reported completed and waiting"),
                (T::NewlyIssued, "newly issued"),
                (T::NewlyOverdue, "newly overdue"),
                (T::CommitmentsChanged, "changes of commitments"),
            ],
        };
        self.sentence(language, ("Từ kỳ trước", "Since then"), &parts)
    }

    fn decisions(&self, language: Language) -> Option<String> {
        use Topic as T;
        let (reports_vi, reports_en) =
            (format!("báo cáo chờ xác nhận quá {WAITING_DAYS} ngày"), format!("reports waiting for more than {WAITING_DAYS} days"));
        let parts = match language {
            Language::Vi => [
                (T::WaitingReports, reports_vi.as_str()),
                (T::CommitmentRequests, "đề nghị điều chỉnh"),
                (T::Proposals, "kiến nghị chưa trả lời"),
                (T::AnsweredInstructions, "trả lời chờ kết thúc"),
                (T::Suspended, "việc tạm dừng"),
            ],
            Language::En => [
                (T::WaitingReports, reports_en.as_str()),
                (T::CommitmentRequests, "requests to change commitments"),
                (T::Proposals, "proposals without an answer"),
                (T::AnsweredInstructions, "answers to accept"),
                (T::Suspended, "suspended tasks"),
            ],
        };
        self.sentence(language, ("Cần quyết định", "To decide"), &parts)
    }

    fn concerns(&self, language: Language) -> Option<String> {
        use Topic as T;
        let (silent_vi, silent_en) =
            (format!("việc không có báo cáo từ {SILENT_DAYS} ngày"), format!("without a report for {SILENT_DAYS} days"));
        let parts = match language {
            Language::Vi => [
                (T::DueSoon, "việc sắp đến hạn"),
                (T::Silent, silent_vi.as_str()),
                (T::ReturnedReports, "báo cáo bị trả lại chưa sửa"),
                (T::PercentFallen, "việc giảm tiến độ"),
                (T::DeadlineMovedLate, "lần đổi hạn sau khi đã quá hạn"),
                (T::OpenInstructions, "ý kiến chỉ đạo chưa trả lời"),
            ],
            Language::En => [
                (T::DueSoon, "due soon"),
                (T::Silent, silent_en.as_str()),
                (T::ReturnedReports, "returned reports not corrected"),
                (T::PercentFallen, "with less progress than before"),
                (T::DeadlineMovedLate, "deadlines moved after they had passed"),
                (T::OpenInstructions, "instructions without an answer"),
            ],
        };
        self.sentence(language, ("Cần lưu ý", "To watch"), &parts)
    }

    /// "Cần quyết định: 2 đề nghị điều chỉnh, 1 kiến nghị chưa trả lời." None if there is nothing of any.
    fn sentence(&self, language: Language, (vi, en): (&str, &str), parts: &[(Topic, &str)]) -> Option<String> {
        let told = parts.iter().map(|(topic, words)| (self.count(*topic), words)).filter(|(count, _)| *count > 0);
        let told: Vec<String> = told.map(|(count, words)| format!("{count} {words}")).collect();
        let start = if language == Language::Vi { vi } else { en };
        (!told.is_empty()).then(|| format!("{start}: {}.", told.join(", ")))
    }
}

/// A percentage in a sentence; "chưa có" where nothing was reported, which is not 0.
fn percent(percent: Option<Percent>, language: Language) -> String {
    match (percent, language) {
        (None, Language::Vi) => "chưa có".to_owned(),
        (None, Language::En) => "none".to_owned(),
        (Some(percent), Language::Vi) => format!("{}%", percent.to_string().replace('.', ",")),
        (Some(percent), Language::En) => format!("{percent}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::briefings::{Covers, Section};
    use crate::domain::dashboards::{Basis, Frame, Totals};
    use crate::domain::roll_up::{Counted, RollUp};
    use crate::domain::tasks::Lifecycle;
    use crate::domain::timeliness::Timeliness;

    fn counted(lifecycle: Lifecycle, timeliness: Timeliness, claimed: i32) -> Counted {
        Counted {
            weight: 1,
            lifecycle,
            confirmed: false,
            timeliness: Some(timeliness),
            original: Some(timeliness),
            rescheduled: false,
            claimed: Percent::from_hundredths(claimed).ok(),
            verified: None,
            reported: true,
            has_verified: false,
        }
    }

    fn briefing(now: &RollUp, counts: &[(Topic, usize)]) -> Briefing<(), ()> {
        let day = "2023-10-02".parse().unwrap();
        let frame = Frame { as_of: day, today: day, basis: Basis::AsAssigned, position: 1, illustrative: false };
        let section = |(topic, count): &(Topic, usize)| Section { topic: *topic, count: *count, hidden: 0, rows: Vec::new() };
        Briefing {
            frame,
            unit: (),
            covers: Covers::Subtree,
            root: "hg".into(),
            since: "2023-09-02".parse().unwrap(),
            limit: 5,
            now: Totals::from(now),
            then: Totals::from(&RollUp::default()),
            sections: counts.iter().map(section).collect(),
        }
    }

    #[test]
    fn only_what_there_is_is_told() {
        let nothing = briefing(&RollUp::default(), &[]);
        assert_eq!(nothing.sentences(Language::Vi), ["Theo dõi 0 nhiệm vụ: 0 đã hoàn thành (kỳ trước 0), 0 quá hạn (kỳ trước 0)."]);
    }

    #[test]
    fn sentences_are_made_of_the_numbers() {
        let work = [counted(Lifecycle::Completed, Timeliness::OnTime, 10_000), counted(Lifecycle::InProgress, Timeliness::Overdue, 2_500)];
        let counts =
            [(Topic::NewlyOverdue, 1), (Topic::Proposals, 2), (Topic::WaitingReports, 3), (Topic::Silent, 4), (Topic::CompletedClaimed, 0)];
        let told = briefing(&work.iter().collect(), &counts);
        assert_eq!(
            told.sentences(Language::Vi),
            [
                "Theo dõi 2 nhiệm vụ: 1 đã hoàn thành (kỳ trước 0), 1 quá hạn (kỳ trước 0).",
                "Tiến độ đơn vị báo cáo 62,5% (kỳ trước chưa có), đã xác nhận chưa có (kỳ trước chưa có).",
                "Từ kỳ trước: 1 việc mới quá hạn.",
                "Cần quyết định: 3 báo cáo chờ xác nhận quá 14 ngày, 2 kiến nghị chưa trả lời.",
                "Cần lưu ý: 4 việc không có báo cáo từ 90 ngày.",
            ]
        );
        assert_eq!(told.sentences(Language::En)[4], "To watch: 4 without a report for 90 days.");
    }
}
