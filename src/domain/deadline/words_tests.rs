//! Words, refusals and spelling: what carries no date, and what must not be read as one.

use unicode_normalization::UnicodeNormalization;

use super::tests::{assert_reads, assert_unresolved, seed, shown};
use super::{Context, Deadline, DeadlineKind, parse};
use crate::domain::text::fold;

#[test]
fn an_aspiration_does_not_bind() {
    for text in ["trước 2030 (phấn đấu)", "Phấn đấu trước năm 2030", "(PHAN DAU) truoc nam 2030"] {
        let read = parse(text, &seed());
        assert_eq!(shown(&read), "due_before - 2029-12-31 year", "{text}");
        assert!(!read.binding, "{text}");
    }
    assert!(parse("trước năm 2030", &seed()).binding);
}

#[test]
fn words_without_a_date_keep_their_kind() {
    assert_reads(
        &seed(),
        &[
            ("Khẩn trương triển khai", "urgent_no_date - - none"),
            ("trong thời gian tới", "urgent_no_date - - none"),
            ("theo kế hoạch của UBND tỉnh Quảng Nam", "external - - none"),
            ("theo quy dinh", "external - - none"),
            ("theo Kế hoạch số 231/KH-UBND", "external - - none"),
            ("theo quy định tại 42/2014/QĐ-TTg", "external - - none"),
            ("báo cáo đột xuất", "on_demand - - none"),
            ("Thường xuyên", "recurring - - none"),
            ("thuong xuyen, hang nam", "recurring - - year"),
        ],
    );
    let always = parse("thường xuyên", &seed());
    assert_eq!(always.recurrence.as_deref(), Some("continuous"));
}

#[test]
fn impossible_dates_are_unresolved() {
    assert_unresolved(
        &seed(),
        &[
            "31/2/2022",
            "29/2/2023",
            "quý 5/2021",
            "quý VXII/2021",
            "quý 0/2021",
            "tháng 13/2021",
            "tháng 0/2021",
            "trước ngày 0/0/2022",
            "30/6/22",
            "năm 20222",
            "năm 0000",
        ],
    );
}

#[test]
fn nothing_is_guessed() {
    assert_unresolved(&Context::default(), &["năm nay", "30/6", "tháng 12", "quý III", "cuối năm", "6 tháng đầu năm", "trong tháng này"]);
    assert_unresolved(
        &seed(),
        &[
            "",
            " ",
            "...",
            "năm",
            "trước",
            "quỹ 3/2021",
            "30.6",
            "5-6",
            "trong vòng 30 ngày",
            "sau 15/6/2022",
            "trước ngày 20",
            "quý III/2021 và quý I/2022",
            "trước 30/6/2022, phấn đấu xong trước 31/5/2022",
            "theo kế hoạch, xong trước 30/6 hoặc 31/7",
            "theo quy định, 30/tháng sau",
            "theo Kế hoạch số 231/KH-UBND ngày 30/6/2021",
            "Việt Nam",
        ],
    );
}

#[test]
fn writing_does_not_matter() {
    let text = "Thời gian hoàn thành: trong quý III-2021";
    let expected = shown(&parse(text, &seed()));
    assert_eq!(expected, "due_window 2021-07-01 2021-09-30 quarter");
    let spaced = format!("\u{feff} - {} . ", text.replace(' ', " \u{a0} "));
    for variant in [text.to_uppercase(), fold(text), text.nfd().collect(), spaced] {
        let read = parse(&variant, &seed());
        assert_eq!(shown(&read), expected, "{variant}");
        assert_eq!(read.text, variant.nfc().collect::<String>());
    }
}

#[test]
fn every_key_is_in_the_json() {
    let json = serde_json::to_value(parse("khẩn trương", &Context::default())).ok();
    let expected = serde_json::json!({
        "text": "khẩn trương", "reference_date": null, "kind": "urgent_no_date", "start": null,
        "end": null, "precision": "none", "recurrence": null, "binding": true, "fuzzy": false,
        "milestones": [], "parser_version": 2
    });
    assert_eq!(json.as_ref(), Some(&expected));
    let back: Option<Deadline> = serde_json::from_value(expected).ok();
    assert_eq!(back.map(|read| read.kind), Some(DeadlineKind::UrgentNoDate));
}
