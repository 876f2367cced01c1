//! The rules in words: what a signal looks for, with its constants, and what was found.

use chrono::NaiveDate;

use super::{
    BACKDATED_DAYS, Found, Haste, JUMP, LAST_DAYS, LONG_REPORT, NEARLY_DONE, PHRASE, SECONDS_AFTER_SENDING, SECONDS_BETWEEN, STUCK_DAYS,
    STUCK_REPORTS, Signal, TOLD_LATE_DAYS,
};
use crate::domain::{Language, Percent};

impl Signal {
    /// What the signal looks for, in words.
    pub fn rule(self, language: Language) -> String {
        match language {
            Language::Vi => self.in_vietnamese(),
            Language::En => self.in_english(),
        }
    }

    fn in_vietnamese(self) -> String {
        let (nearly, jump) = (NEARLY_DONE / 100, JUMP / 100);
        match self {
            Self::CopiedNarrative => format!(
                "Báo cáo dùng lại nguyên văn một báo cáo trước của cùng nhiệm vụ, hoặc, nếu dài hơn {PHRASE} ký tự, của nhiệm vụ khác cùng \
                 đơn vị. Không kể hoa thường, khoảng trắng; báo cáo bị trả lại không tính."
            ),
            Self::NinetyPercentForever => format!(
                "Từ {STUCK_REPORTS} báo cáo gần nhất liên tiếp ở mức {nearly}% trở lên, trải ít nhất {STUCK_DAYS} ngày, mà chưa hoàn thành."
            ),
            Self::LastDayJump => {
                format!("Tăng từ {jump} điểm phần trăm trở lên để đạt 100% trong {LAST_DAYS} ngày cuối của thời hạn hoặc của kỳ.")
            }
            Self::FastVerification => format!(
                "Xác nhận trong vòng {SECONDS_AFTER_SENDING} giây sau khi báo cáo được gửi, hoặc trong vòng {SECONDS_BETWEEN} giây sau một xác \
                 nhận khác của cùng tài khoản với báo cáo dài hơn {LONG_REPORT} ký tự."
            ),
            Self::DeadlineMovedLate => "Thời hạn được điều chỉnh khi đã quá hạn.".to_owned(),
            Self::Backdated => format!("Số liệu của báo cáo là của ngày hơn {BACKDATED_DAYS} ngày trước khi báo cáo."),
            Self::ProductOnDeadline => {
                format!("Báo cáo hoàn thành sau hạn hơn {TOLD_LATE_DAYS} ngày, với sản phẩm ghi đúng ngày cuối của thời hạn.")
            }
        }
    }

    fn in_english(self) -> String {
        let (nearly, jump) = (NEARLY_DONE / 100, JUMP / 100);
        match self {
            Self::CopiedNarrative => format!(
                "A report in the words of an earlier one on the same task or, longer than {PHRASE} characters, on another task of the same \
                 unit. Case and spaces make no difference; returned reports do not count."
            ),
            Self::NinetyPercentForever => format!(
                "The last {STUCK_REPORTS} reports or more stand at {nearly}% or above, over {STUCK_DAYS} days or more, and the work is not completed."
            ),
            Self::LastDayJump => {
                format!("A rise by {jump} percentage points or more to 100% on the last {LAST_DAYS} days of a deadline or period.")
            }
            Self::FastVerification => format!(
                "Verified within {SECONDS_AFTER_SENDING} seconds of being sent, or within {SECONDS_BETWEEN} seconds of another verification by \
                 the same account, if the report is longer than {LONG_REPORT} characters."
            ),
            Self::DeadlineMovedLate => "A deadline that was changed after it had passed.".to_owned(),
            Self::Backdated => format!("A report of a day more than {BACKDATED_DAYS} days before it was told."),
            Self::ProductOnDeadline => {
                format!("Completion told more than {TOLD_LATE_DAYS} days after the deadline, with a product of exactly its last day.")
            }
        }
    }

    /// What it is called.
    pub fn name(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::CopiedNarrative => ("Báo cáo trùng lời", "Copied words"),
            Self::NinetyPercentForever => ("Mãi chưa xong từ 90%", "Nearly done for ever"),
            Self::LastDayJump => ("Nhảy vọt sát hạn", "Jump on the last days"),
            Self::FastVerification => ("Xác nhận quá nhanh", "Verified too fast"),
            Self::DeadlineMovedLate => ("Đổi hạn sau khi quá hạn", "Deadline moved late"),
            Self::Backdated => ("Báo cáo lùi ngày", "Backdated"),
            Self::ProductOnDeadline => ("Sản phẩm đúng ngày hạn, báo cáo muộn", "Product of the very deadline, told late"),
        };
        if language == Language::Vi { vi } else { en }
    }
}

impl Found {
    /// What was found, in words; `days` as the finding has them.
    pub fn words(self, days: Option<i64>, language: Language) -> String {
        let days = days.unwrap_or_default();
        match language {
            Language::Vi => self.in_vietnamese(days),
            Language::En => self.in_english(days),
        }
    }

    fn in_vietnamese(self, days: i64) -> String {
        let language = Language::Vi;
        match self {
            Self::Copy { .. } => "Trùng lời với một báo cáo trước.".to_owned(),
            Self::Stuck { reports, percent, .. } => {
                format!("{reports} báo cáo liên tiếp, trong {days} ngày, nay {}.", said(percent, language))
            }
            Self::Jump { from, due_on } => {
                format!("Từ {} lên 100%, còn {days} ngày đến hạn {}.", said(from, language), day(due_on, language))
            }
            Self::Fast(Haste::AfterSending(seconds)) => format!("Xác nhận {seconds} giây sau khi gửi."),
            Self::Fast(Haste::AfterAnother(seconds)) => format!("Xác nhận {seconds} giây sau một xác nhận khác."),
            Self::Moved { from, to } => format!(
                "Hạn {} đổi thành {} khi đã quá {days} ngày.",
                day(from, language),
                to.map_or_else(|| "không có ngày".to_owned(), |to| day(to, language))
            ),
            Self::Backdated { measured_on } => format!("Số liệu ngày {}, {days} ngày trước khi báo cáo.", day(measured_on, language)),
            Self::OnDeadline { due_on } => format!("Sản phẩm ghi ngày {}, đúng ngày hạn, báo cáo sau {days} ngày.", day(due_on, language)),
        }
    }

    fn in_english(self, days: i64) -> String {
        let language = Language::En;
        match self {
            Self::Copy { .. } => "In the words of an earlier report.".to_owned(),
            Self::Stuck { reports, percent, .. } => {
                format!("{reports} reports in a row, over {days} days, now {}.", said(percent, language))
            }
            Self::Jump { from, due_on } => format!("From {} to 100%, {days} days before {}.", said(from, language), day(due_on, language)),
            Self::Fast(Haste::AfterSending(seconds)) => format!("Verified {seconds} seconds after it was sent."),
            Self::Fast(Haste::AfterAnother(seconds)) => format!("Verified {seconds} seconds after another."),
            Self::Moved { from, to } => format!(
                "Moved from {} to {} when it had passed by {days} days.",
                day(from, language),
                to.map_or_else(|| "no day".to_owned(), |to| day(to, language))
            ),
            Self::Backdated { measured_on } => format!("Of {}, {days} days before it was told.", day(measured_on, language)),
            Self::OnDeadline { due_on } => {
                format!("With a product of {}, the very deadline, told {days} days later.", day(due_on, language))
            }
        }
    }
}

fn said(percent: Percent, language: Language) -> String {
    match language {
        Language::Vi => format!("{}%", percent.to_string().replace('.', ",")),
        Language::En => format!("{percent}%"),
    }
}

fn day(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Vi => day.format("%d/%m/%Y").to_string(),
        Language::En => day.format("%-d %b %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_names_its_constants_in_both_languages() {
        for signal in Signal::ALL {
            let numbers = |language: Language| {
                let rule = signal.rule(language);
                let mut numbers: Vec<String> =
                    rule.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect();
                numbers.sort();
                numbers
            };
            assert_eq!(numbers(Language::Vi), numbers(Language::En), "{signal}");
        }
        assert!(Signal::FastVerification.rule(Language::En).contains("within 60 seconds"));
    }
}
