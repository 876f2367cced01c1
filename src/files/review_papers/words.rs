//! How papers word things: days, numbers, verdicts and states.

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::Percent;
use crate::domain::indicator_assessments::VerdictCause;
use crate::domain::indicator_values::ValueStage;
use crate::domain::review_reports::ScorePart;
use crate::domain::review_submissions::SubmissionState;
use crate::domain::reviews::ReviewKind;
use crate::domain::roman;
use crate::domain::targets::{KeptBound, MidTermScale, MidTermVerdict, Verdict};

/// What stands where no unit was named.
pub const NO_UNIT: &str = "Chưa giao đơn vị";

/// The text without what XML cannot hold, and without what would turn its direction and so show something else than it says.
pub fn clean(text: &str) -> String {
    let wanted = |c: &char| match c {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        other => !other.is_control(),
    };
    text.chars().filter(wanted).collect()
}

/// The lines of a text that hold anything.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A day as sentences have it; single digits of days, and of January and February, have a zero before them.
pub fn long_day(day: NaiveDate) -> String {
    let month = if day.month() < 3 { format!("0{}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// A day as tables have it.
pub fn short_day(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// A period as papers call it: "2021-2025", "quý III/2023", "6 tháng đầu năm 2023".
pub fn period(id: &str) -> String {
    let (Some(year), Some(part)) = (id.get(..4), id.get(4..)) else { return id.to_owned() };
    match part.split_at_checked(1) {
        Some(("H", "1")) => format!("6 tháng đầu năm {year}"),
        Some(("H", "2")) => format!("6 tháng cuối năm {year}"),
        Some(("Q", quarter)) => match quarter.parse().ok().and_then(roman::print) {
            Some(quarter) => format!("quý {quarter}/{year}"),
            None => id.to_owned(),
        },
        Some(("-", month)) if month.len() == 2 => format!("tháng {}/{year}", month.trim_start_matches('0')),
        _ => id.to_owned(),
    }
}

/// A whole number with dots between thousands.
pub fn count(number: impl Into<i64>) -> String {
    let number = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// By how much it changed, with its sign.
pub fn change(then: u32, now: u32) -> String {
    let by = i64::from(now) - i64::from(then);
    if by > 0 { format!("+{}", count(by)) } else { count(by) }
}

/// How many of a hundred, with two decimals; a dash where there is nothing to share.
pub fn share(part: u32, whole: u32) -> String {
    let share = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(whole.into()));
    share.map_or_else(
        || "-".to_owned(),
        |share| format!("{:.2}", share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)).replace('.', ","),
    )
}

/// A percentage without its sign, with two decimals as [`share`] has them; a dash where there is none.
pub fn percent(percent: Option<Percent>) -> String {
    let of = |percent: Percent| (percent.hundredths() / 100, percent.hundredths() % 100);
    percent.map(of).map_or_else(|| "-".to_owned(), |(whole, part)| format!("{whole},{part:02}"))
}

/// The text with a small letter at its beginning, to stand within a sentence.
pub fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    // An abbreviation stays as it is.
    if chars.clone().nth(1).is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The committee of a province or city, and where it sits: "Tỉnh ủy", "Hậu Giang".
pub fn seat(area: &str) -> (&'static str, &str) {
    let area = area.trim();
    let after = |words: &str| area.get(words.len()..).filter(|_| area.to_lowercase().starts_with(&words.to_lowercase())).map(str::trim);
    match (after("Thành phố "), after("Tỉnh ")) {
        (Some(city), _) => ("Thành ủy", city),
        (None, Some(province)) => ("Tỉnh ủy", province),
        (None, None) => ("Tỉnh ủy", area),
    }
}

/// What a review is called within a sentence.
pub fn kind(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::ThreeYear => "sơ kết 3 năm",
        ReviewKind::FiveYear => "tổng kết 5 năm",
        ReviewKind::MidTerm => "đánh giá giữa nhiệm kỳ",
        ReviewKind::Yearly => "sơ kết hằng năm",
        ReviewKind::Thematic => "tổng kết chuyên đề",
    }
}

/// A verdict.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Exceeded => "Vượt",
        Verdict::Met => "Đạt",
        Verdict::BasicallyMet => "Cơ bản đạt",
        Verdict::NotMet => "Không đạt",
        Verdict::NotAssessable => "Chưa đánh giá được",
        Verdict::NotYetDue => "Chưa đến kỳ",
    }
}

/// Why a verdict is what it is.
pub fn cause(cause: VerdictCause) -> &'static str {
    match cause {
        VerdictCause::TargetInWords => "mục tiêu định tính",
        VerdictCause::TargetUnreadable => "mục tiêu chưa rõ bằng số",
        VerdictCause::ValueUnreadable => "số liệu chưa rõ",
        VerdictCause::ValueMissing => "hết kỳ chưa có số liệu",
        VerdictCause::NotOver => "kỳ chưa kết thúc",
        VerdictCause::NothingBefore => "không có số liệu kỳ trước",
        VerdictCause::NotComparable => "cách tính đã thay đổi",
        VerdictCause::Components => "theo chỉ tiêu thành phần",
    }
}

/// What is said at mid-term.
pub fn mid_term(verdict: MidTermVerdict) -> &'static str {
    match verdict {
        MidTermVerdict::Reached => "Đạt và vượt",
        MidTermVerdict::OnTrack => "Đạt tiến độ",
        MidTermVerdict::Behind => "Chưa đạt tiến độ",
        MidTermVerdict::Likely => "Có khả năng đạt",
        MidTermVerdict::Unlikely => "Khó đạt",
        MidTermVerdict::FromSixty => "Đạt từ 60%",
        MidTermVerdict::FromFifty => "Đạt từ 50% đến dưới 60%",
        MidTermVerdict::BelowFifty => "Đạt dưới 50%",
        MidTermVerdict::AtTermEnd => "Đánh giá cuối kỳ",
    }
}

/// A scale of mid-term.
pub fn scale(scale: MidTermScale) -> &'static str {
    match scale {
        MidTermScale::Progress => "theo tiến độ",
        MidTermScale::Likelihood => "theo khả năng đạt",
        MidTermScale::Share => "theo phần trăm mục tiêu",
    }
}

/// What a kept floor or ceiling is called.
pub fn kept_bound(kept: KeptBound) -> &'static str {
    match kept {
        KeptBound::Exceeded => "với mục tiêu dạng \"trên\", \"dưới\", kết quả tốt hơn mức đề ra được tính là vượt",
        KeptBound::Met => "với mục tiêu dạng \"trên\", \"dưới\", kết quả tốt hơn mức đề ra được tính là đạt",
    }
}

/// How sure a value is, where that has to be told.
pub fn stage(stage: ValueStage) -> Option<&'static str> {
    match stage {
        ValueStage::Estimate => Some("ước thực hiện"),
        ValueStage::Preliminary => Some("sơ bộ"),
        ValueStage::Official => None,
    }
}

/// A number of a written score.
pub fn part(part: ScorePart) -> &'static str {
    match part {
        ScorePart::Total => "tổng số chỉ tiêu",
        ScorePart::Reached => "số chỉ tiêu đạt và vượt",
        ScorePart::Exceeded => "số chỉ tiêu vượt",
        ScorePart::Met => "số chỉ tiêu đạt",
    }
}

/// Where what a unit owes stands.
pub fn state(state: SubmissionState) -> &'static str {
    match state {
        SubmissionState::Owed => "Chưa gửi, còn trong hạn",
        SubmissionState::Overdue => "Chưa gửi, quá hạn",
        SubmissionState::Submitted => "Đã gửi, chờ xác nhận",
        SubmissionState::Verified => "Đã xác nhận",
        SubmissionState::Returned => "Đã trả lại để hoàn thiện",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_periods() {
        let day = |text: &str| long_day(text.parse().unwrap());
        assert_eq!(day("2023-10-02"), "ngày 02 tháng 10 năm 2023");
        assert_eq!(day("2023-02-28"), "ngày 28 tháng 02 năm 2023");
        assert_eq!(day("2023-03-10"), "ngày 10 tháng 3 năm 2023");
        assert_eq!(short_day("2023-03-01".parse().unwrap()), "01/03/2023");
        for (id, words) in [
            ("2023", "2023"),
            ("2021-2025", "2021-2025"),
            ("2023H1", "6 tháng đầu năm 2023"),
            ("2023Q3", "quý III/2023"),
            ("2023-06", "tháng 6/2023"),
            ("2023Q", "2023Q"),
            ("năm", "năm"),
        ] {
            assert_eq!(period(id), words);
        }
    }

    #[test]
    fn numbers() {
        assert_eq!((count(1_234_567).as_str(), count(833_u32).as_str(), count(-1_000).as_str()), ("1.234.567", "833", "-1.000"));
        assert_eq!((change(3, 5).as_str(), change(5, 3).as_str(), change(2, 2).as_str()), ("+2", "-2", "0"));
        assert_eq!((share(585, 833).as_str(), share(1, 2).as_str(), share(0, 0).as_str()), ("70,23", "50,00", "-"));
        assert_eq!(percent(Percent::from_hundredths(7250).ok()), "72,50");
    }

    #[test]
    fn names() {
        assert_eq!(seat("Tỉnh Hậu Giang"), ("Tỉnh ủy", "Hậu Giang"));
        assert_eq!(seat("Hậu Giang"), ("Tỉnh ủy", "Hậu Giang"));
        assert_eq!(seat("thành phố Cần Thơ"), ("Thành ủy", "Cần Thơ"));
        assert_eq!(seat("ﬀ"), ("Tỉnh ủy", "ﬀ"));
        assert_eq!(["Đạt", "", "GRDP", "Ở"].map(lowered), ["đạt", "", "GRDP", "ở"]);
    }

    #[test]
    fn nothing_is_left_that_xml_cannot_hold() {
        assert_eq!(clean("a\u{0}\u{8}\u{b}\u{1b}\u{7f}\u{85}\u{fffe}\u{ffff}\u{202e}b\n\tờ🙂"), "ab\n\tờ🙂");
        assert_eq!(lines(" một \n\n\tba").collect::<Vec<_>>(), ["một", "ba"]);
    }
}
