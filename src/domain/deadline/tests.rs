//! Dates: how each way of writing is read.

use chrono::NaiveDate;

use super::{Context, Deadline, DeadlinePrecision, TermSpan, parse};

fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// A document of 2021-08-03, the seed's, without a term.
pub(super) fn seed() -> Context {
    Context { reference_date: date("2021-08-03"), ..Context::default() }
}

pub(super) fn shown(read: &Deadline) -> String {
    let day = |date: Option<NaiveDate>| date.map_or("-".to_owned(), |date| date.to_string());
    let precision = read.precision.map_or("-", DeadlinePrecision::as_str);
    format!("{} {} {} {precision}", read.kind, day(read.start), day(read.end))
}

pub(super) fn assert_reads(context: &Context, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(&parse(text, context)), *expected, "{text}");
    }
}

pub(super) fn assert_unresolved(context: &Context, cases: &[&str]) {
    for text in cases {
        let read = parse(text, context);
        assert_eq!(shown(&read), "unresolved - - -", "{text}");
        assert_eq!(read.text, *text);
    }
}

#[test]
fn days() {
    assert_reads(
        &seed(),
        &[
            ("30/6/2022", "due_by - 2022-06-30 day"),
            ("hoàn thành ngày 30-6-2022.", "due_by - 2022-06-30 day"),
            ("30.6.2022", "due_by - 2022-06-30 day"),
            ("2022-06-30", "due_by - 2022-06-30 day"),
            ("ngày 30 tháng 6 năm 2022", "due_by - 2022-06-30 day"),
            ("Thời hạn: 30/6", "due_by - 2021-06-30 day"),
            ("ngày 30-6", "due_by - 2021-06-30 day"),
            ("30/6 năm tới", "due_by - 2022-06-30 day"),
            ("vào ngày 30/6/2022", "due_window 2022-06-30 2022-06-30 day"),
            ("29/2/2024", "due_by - 2024-02-29 day"),
        ],
    );
}

#[test]
fn months_quarters_halves_years() {
    assert_reads(
        &seed(),
        &[
            ("tháng 6/2022", "due_window 2022-06-01 2022-06-30 month"),
            ("THÁNG 6-2022", "due_window 2022-06-01 2022-06-30 month"),
            ("tháng 02 năm 2024", "due_window 2024-02-01 2024-02-29 month"),
            ("trong tháng 12", "due_window 2021-12-01 2021-12-31 month"),
            ("06/2022", "due_window 2022-06-01 2022-06-30 month"),
            ("trong tháng này", "due_window 2021-08-01 2021-08-31 month"),
            ("Q3/2021", "due_window 2021-07-01 2021-09-30 quarter"),
            ("quí iv.2021", "due_window 2021-10-01 2021-12-31 quarter"),
            ("quy III nam nay", "due_window 2021-07-01 2021-09-30 quarter"),
            ("quý I, năm 2022", "due_window 2022-01-01 2022-03-31 quarter"),
            ("khẩn trương hoàn thành trong quý III-2021", "due_window 2021-07-01 2021-09-30 quarter"),
            ("6 tháng cuối năm 2022", "due_window 2022-07-01 2022-12-31 half"),
            ("06 tháng đầu năm", "due_window 2021-01-01 2021-06-30 half"),
            ("năm nay", "due_window 2021-01-01 2021-12-31 year"),
            ("ngay trong năm tới", "due_window 2022-01-01 2022-12-31 year"),
            ("2025", "due_window 2025-01-01 2025-12-31 year"),
        ],
    );
}

#[test]
fn bounds() {
    assert_reads(
        &seed(),
        &[
            ("trước tháng 6/2022", "due_before - 2022-05-31 month"),
            ("trước quý I năm 2022", "due_before - 2021-12-31 quarter"),
            ("trước năm 2030", "due_before - 2029-12-31 year"),
            ("đến trước ngày 1/1/2022", "due_before - 2021-12-31 day"),
            ("trước khi hết ngày 30/6/2022", "due_before - 2022-06-30 day"),
            ("chậm nhất trong tháng 6/2022", "due_by - 2022-06-30 month"),
            ("Chậm nhất là đến hết ngày 30/6/2022", "due_by - 2022-06-30 day"),
            ("đến hết ngày 30/6/2022", "due_by - 2022-06-30 day"),
            ("đến ngày 30/6/2022", "due_by - 2022-06-30 day"),
            ("hết năm 2022", "due_by - 2022-12-31 year"),
        ],
    );
}

#[test]
fn strict_before_is_about_days_only() {
    let lenient = Context { strict_before: false, ..seed() };
    assert_reads(
        &lenient,
        &[
            ("trước ngày 30/6/2022", "due_before - 2022-06-30 day"),
            ("trước 30/6", "due_before - 2021-06-30 day"),
            ("trước tháng 6/2022", "due_before - 2022-05-31 month"),
        ],
    );
}

#[test]
fn ranges() {
    assert_reads(
        &seed(),
        &[
            ("giai đoạn 2021 – 2025", "period 2021-01-01 2025-12-31 period"),
            ("từ năm 2021 đến năm 2025", "period 2021-01-01 2025-12-31 year"),
            ("từ tháng 1 đến hết tháng 6/2022", "period 2022-01-01 2022-06-30 month"),
            ("từ quý IV/2026 đến 31/5/2027", "period 2026-10-01 2027-05-31 mixed"),
        ],
    );
    assert_unresolved(
        &seed(),
        &[
            "2025-2021",
            "2021-08",
            "từ tháng 11 đến tháng 2/2023",
            "từ tháng 6/2022 đến tháng 9",
            "từ tháng 6/2020 đến tháng 9",
            "quý III-IV/2021",
            "trước 2021-2025",
        ],
    );
}

#[test]
fn late_is_fuzzy() {
    let cases = [
        ("cuối năm", "due_window 2021-10-01 2021-12-31 fuzzy"),
        ("vào cuối năm nay", "due_window 2021-10-01 2021-12-31 fuzzy"),
        ("cuối quý III-2021", "due_window 2021-09-01 2021-09-30 fuzzy"),
        ("cuối tháng 2/2022", "due_window 2022-02-21 2022-02-28 fuzzy"),
        ("cuối quý", "due_window 2021-09-01 2021-09-30 fuzzy"),
        ("đến cuối năm 2022", "due_window - 2022-12-31 year"),
        ("chậm nhất cuối năm 2022", "due_by - 2022-12-31 year"),
    ];
    assert_reads(&seed(), &cases);
    assert!(cases.iter().all(|(text, _)| parse(text, &seed()).fuzzy));
    assert!(!parse("trong năm 2022", &seed()).fuzzy);
}

#[test]
fn terms_need_the_term() {
    assert_unresolved(&seed(), &["cuối nhiệm kỳ", "đến cuối nhiệm kỳ", "nhiệm kỳ 2020-2025"]);
    let days = date("2020-10-14").zip(date("2025-09-30"));
    let term = days.map(|(start, end)| TermSpan { start, end });
    let known = Context { term, ..Context::default() };
    assert_reads(
        &known,
        &[
            ("cuối nhiệm kỳ", "due_window - 2025-09-30 term"),
            ("đến hết nhiệm kì 2020 - 2025", "due_window - 2025-09-30 term"),
            ("trong nhiệm kỳ", "period 2020-10-14 2025-09-30 term"),
        ],
    );
    assert_unresolved(&known, &["nhiệm kỳ 2025-2030", "cuối nhiệm kỳ tới"]);
    let inverted = term.map(|term| TermSpan { start: term.end, end: term.start });
    assert_unresolved(&Context { term: inverted, ..seed() }, &["cuối nhiệm kỳ"]);
}
