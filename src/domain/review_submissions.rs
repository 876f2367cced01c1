//! What a unit hands in to a review round: prefilled from its tasks, indicators and reports, confirmed by the focal office or returned.
//!
//! What may be said to one is what may be said to a report ([`super::verifications`]).

use chrono::NaiveDate;

use super::progress_reports::Verification;
use super::reviews::ReviewTexts;
use super::statistics::FourWay;
use super::targets::Score;
use super::verifications::ReportAction;

text_enum! {
    /// Where what a unit owes a review round stands.
    pub enum SubmissionState {
        /// Not handed in; the round is not due yet.
        Owed = "owed",
        /// Not handed in, and the round was due.
        Overdue = "overdue",
        /// Handed in, and waiting.
        Submitted = "submitted",
        /// Confirmed by the focal office.
        Verified = "verified",
        /// Returned: it is to be handed in anew.
        Returned = "returned",
    }
}

impl SubmissionState {
    /// The state on `today` of what is due on `due_on`, whose day itself is in time, and was last handed in so.
    pub fn of(last: Option<Verification>, today: NaiveDate, due_on: NaiveDate) -> Self {
        match last {
            Some(Verification::Submitted) => Self::Submitted,
            Some(Verification::Verified) => Self::Verified,
            Some(Verification::Returned) => Self::Returned,
            None if today > due_on => Self::Overdue,
            None => Self::Owed,
        }
    }
}

text_enum! {
    /// What may be done with what a unit owes.
    pub enum SubmissionAction {
        /// Hand it in.
        Submit = "submit",
        /// Confirm it.
        Verify = "verify",
        /// Return it.
        Return = "return",
    }
}

impl From<ReportAction> for SubmissionAction {
    fn from(action: ReportAction) -> Self {
        match action {
            ReportAction::Verify => Self::Verify,
            ReportAction::Return => Self::Return,
        }
    }
}

/// What is known of a unit when it begins to write.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Known {
    /// The tasks it leads.
    pub tasks: FourWay,
    /// The indicators it reports on.
    pub indicators: Score,
    /// Titles of its tasks with the obstacles its latest reports tell of.
    pub obstacles: Vec<(String, String)>,
    /// What it has proposed and nobody has answered.
    pub proposals: Vec<String>,
}

/// Words to begin with, from what the unit has reported already; lessons and causes only people can write.
pub fn prefill(known: &Known) -> ReviewTexts {
    let FourWay { total, completed, completed_on_time, completed_late, open_in_time, open_overdue, .. } = known.tasks;
    let mut results = Vec::new();
    if total > 0 {
        results.push(format!(
            "Chủ trì {total} nhiệm vụ: đã hoàn thành {completed} ({completed_on_time} đúng hạn, {completed_late} quá hạn), đang thực hiện trong \
             hạn {open_in_time}, quá hạn {open_overdue}."
        ));
    }
    if known.indicators.total > 0 {
        results.push(format!("Theo dõi {} chỉ tiêu: {}.", known.indicators.total, known.indicators.sentence()));
    }
    let lines = |lines: Vec<String>| if lines.is_empty() { None } else { Some(lines.join("\n").chars().take(20_000).collect()) };
    ReviewTexts {
        results: lines(results),
        obstacles: lines(known.obstacles.iter().map(|(title, obstacle)| format!("- {title}: {obstacle}")).collect()),
        proposals: lines(known.proposals.iter().map(|proposal| format!("- {proposal}")).collect()),
        ..ReviewTexts::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names() {
        assert_names(SubmissionState::ALL, SubmissionState::as_str);
        assert_names(SubmissionAction::ALL, SubmissionAction::as_str);
    }

    #[test]
    fn what_was_reported_need_not_be_written_again() {
        assert_eq!(prefill(&Known::default()), ReviewTexts::default());
        let tasks = FourWay {
            total: 5,
            completed: 3,
            completed_on_time: 2,
            completed_late: 1,
            open_in_time: 1,
            open_overdue: 1,
            ..FourWay::default()
        };
        let indicators = Score { total: 2, exceeded: 1, met: 1, ..Score::default() };
        let obstacles = vec![("Đề án".to_owned(), "Thiếu kinh phí".to_owned()), ("Quy hoạch".to_owned(), "Chậm".to_owned())];
        let texts = prefill(&Known { tasks, indicators, obstacles, proposals: vec!["Bổ sung kinh phí".to_owned()] });
        let results = texts.results.unwrap();
        assert!(results.contains("Chủ trì 5 nhiệm vụ: đã hoàn thành 3 (2 đúng hạn, 1 quá hạn)"), "{results}");
        assert!(results.ends_with("\nTheo dõi 2 chỉ tiêu: 2/2 chỉ tiêu đạt và vượt, trong đó 1 vượt."), "{results}");
        assert_eq!(texts.obstacles.as_deref(), Some("- Đề án: Thiếu kinh phí\n- Quy hoạch: Chậm"));
        assert_eq!((texts.proposals.as_deref(), texts.lessons), (Some("- Bổ sung kinh phí"), None));
    }

    #[test]
    fn the_day_a_round_is_due_is_in_time() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let of = |last, today: &str| SubmissionState::of(last, day(today), day("2023-10-14"));
        assert_eq!((of(None, "2023-10-14"), of(None, "2023-10-15")), (SubmissionState::Owed, SubmissionState::Overdue));
        assert_eq!(of(Some(Verification::Returned), "2023-10-15"), SubmissionState::Returned);
        assert_eq!(of(Some(Verification::Submitted), "2023-10-15"), SubmissionState::Submitted);
        assert_eq!(of(Some(Verification::Verified), "2023-10-15"), SubmissionState::Verified);
    }
}
