//! Laws that hold for every text.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Context, Deadline, DeadlineKind, TermSpan, parse};
use crate::domain::calendar_days::WorkingCalendar;
use crate::domain::text::fold;

const PIECES: &[&str] = &[
    "trong",
    "vào",
    "đến",
    "hết",
    "đến hết",
    "trước",
    "trước ngày",
    "trước khi hết",
    "từ",
    "chậm nhất",
    "hoàn thành",
    "thời gian",
    "xong",
    "ngày",
    "tháng",
    "quý",
    "Q3",
    "năm",
    "năm nay",
    "năm tới",
    "này",
    "cuối",
    "đầu",
    "giai đoạn",
    "nhiệm kỳ",
    "6 tháng đầu năm",
    "hằng",
    "hằng năm",
    "hằng quý",
    "định kỳ 6 tháng",
    "từng năm",
    "thứ sáu tuần cuối tháng",
    "tháng cuối quý",
    "tháng sau",
    "kể từ ngày ký",
    "ngày làm việc",
    "kể từ",
    "sau",
    "kỳ họp",
    "khởi động",
    "sơ kết",
    "tổng kết",
    "đợt 1",
    "thứ hai",
    "50%",
    "báo cáo kiểm kê",
    "không",
    "giữa",
    "tới",
    "mỗi",
    "thường xuyên",
    "khẩn trương",
    "theo quy định",
    "đột xuất",
    "(phấn đấu)",
    "phấn đấu",
    "và",
    "1",
    "3",
    "6",
    "12",
    "13",
    "30",
    "31",
    "1900",
    "2020",
    "2021",
    "2022",
    "2025",
    "2199",
    "9999",
    "30/6",
    "30/6/2022",
    "31.2.2022",
    "2022-06-30",
    "6/2022",
    "III",
    "IV",
    "VXII",
    "/",
    "-",
    ".",
    ",",
    ";",
    "(",
    ")",
    "–",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(PIECES), prop::sample::select(&["", " ", " ", " "][..]));
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

/// Text that is mostly readable, so that the round trip is tried on more than luck.
fn readable() -> impl Strategy<Value = String> {
    let lead = ["", "hoàn thành ", "trong ", "vào ", "xong "];
    let bound = ["", "", "trước ", "đến ", "đến hết ", "chậm nhất ", "trước khi hết ", "cuối ", "đến cuối "];
    let phrase = [
        "ngày 1/1/1900",
        "ngày 31/12/2199",
        "30/6",
        "ngày 29 tháng 2 năm 2024",
        "2022-06-30",
        "tháng 6/2022",
        "tháng 12 năm nay",
        "quý III-2021",
        "Q1/2022",
        "quý IV năm tới",
        "6 tháng đầu năm 2022",
        "6 tháng cuối năm",
        "năm 2022",
        "2030",
        "năm 1900",
        "năm nay",
        "2021-2025",
        "giai đoạn 2026 - 2030",
        "từ 1/1 đến 6/7/2020",
        "từ quý I/2021 đến quý II/2022",
        "từ quý IV/2026 đến 31/5/2027",
        "nhiệm kỳ",
        "nhiệm kỳ 2020-2025",
        "năm",
        "tháng",
        "quý này",
    ];
    let tail = ["", "", " (phấn đấu)", "."];
    (
        prop::sample::select(lead.to_vec()),
        prop::sample::select(bound.to_vec()),
        prop::sample::select(phrase.to_vec()),
        prop::sample::select(tail.to_vec()),
    )
        .prop_map(|(lead, bound, phrase, tail)| format!("{lead}{bound}{phrase}{tail}"))
}

/// Cells of several steps.
fn cell() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "khởi động ",
        "báo cáo kiểm kê, danh mục ",
        "lập hồ sơ ",
        "mô hình đợt 1 ",
        "50% ",
        "sơ kết ",
        "",
        "không ",
    ]);
    let date = prop::sample::select(vec![
        "quý IV/2026",
        "năm 2027",
        "2028",
        "trước 2030",
        "đến hết ngày 30/6/2029",
        "hằng quý",
        "hằng năm 2027 - 2030",
        "trước ngày 15/12 hằng năm",
        "cuối năm 2027",
        "2027 - 2030",
        "từ năm 2028",
        "6 tháng đầu năm",
        "tháng tới",
        "",
    ]);
    let tail = prop::sample::select(vec!["", "", "", " (phấn đấu)", " nghiệm thu"]);
    let gap = prop::sample::select(vec!["; ", "; ", ", ", " và ", "\n"]);
    prop::collection::vec((name, date, tail, gap), 1..5)
        .prop_map(|steps| steps.into_iter().flat_map(|(name, date, tail, gap)| [name, date, tail, gap]).collect())
}

fn day() -> impl Strategy<Value = Option<NaiveDate>> {
    prop::option::of((2000..2040i32, 1..=366u32).prop_map(|(y, d)| NaiveDate::from_yo_opt(y, d))).prop_map(Option::flatten)
}

fn context() -> impl Strategy<Value = Context> {
    let days = (2020..2022i32).prop_map(|year| {
        let start = NaiveDate::from_ymd_opt(year, 10, 14);
        start.zip(NaiveDate::from_ymd_opt(2025, 9, 30)).map(|(start, end)| TermSpan { start, end })
    });
    (day(), prop::option::of(days), any::<bool>()).prop_map(|(reference_date, term, strict_before)| Context {
        reference_date,
        term: term.flatten(),
        strict_before,
        working_calendar: WorkingCalendar::default(),
    })
}

fn check(text: &str, context: &Context) -> Result<(), TestCaseError> {
    let read = parse(text, context);
    prop_assert_eq!(&read.text, &text.nfc().collect::<String>());
    let ordered = read.start.zip(read.end).is_none_or(|(start, end)| start <= end);
    prop_assert!(ordered, "{:?}", read);
    if matches!(read.kind, DeadlineKind::Unresolved) {
        prop_assert!(read.start.is_none() && read.end.is_none() && read.precision.is_none());
    }
    let decomposed: String = text.nfd().collect();
    prop_assert_eq!(&parse(&decomposed, context), &read);
    round_trip(&read, context)
}

/// The canonical form says the same, and is its own canonical form.
fn round_trip(read: &Deadline, context: &Context) -> Result<(), TestCaseError> {
    let canonical = read.canonical();
    let again = parse(&canonical, context);
    prop_assert_eq!(
        (again.kind, again.start, again.end, again.binding, &again.recurrence),
        (read.kind, read.start, read.end, read.binding, &read.recurrence),
        "{} of {:?}",
        canonical,
        read.text
    );
    let steps = |read: &Deadline| read.milestones.iter().map(|m| (m.start, m.end, m.recurrence.clone(), m.binding)).collect::<Vec<_>>();
    if !matches!(read.kind, DeadlineKind::Period) {
        prop_assert_eq!(steps(&again), steps(read), "{} of {:?}", canonical, read.text);
    }
    prop_assert_eq!(again.canonical(), canonical);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_text(text in any::<String>(), context in context()) {
        check(&text, &context)?;
    }

    #[test]
    fn token_soup(text in soup(), context in context()) {
        check(&text, &context)?;
    }

    #[test]
    fn readable_text(text in readable(), context in context()) {
        check(&text, &context)?;
    }

    /// Steps with names, dates and cycles, between commas and semicolons.
    #[test]
    fn cells_of_several_steps(text in cell(), context in context()) {
        check(&text, &context)?;
    }

    /// Whether "trước" is taken at its word moves the end by one day, and nothing else.
    #[test]
    fn strict_before_moves_by_one_day(day in 1..=28u32, month in 1..=12u32, year in 1901..2199i32) {
        let text = format!("trước ngày {day}/{month}/{year}");
        let [strict, lenient] = [true, false].map(|strict_before| parse(&text, &Context { strict_before, ..Context::default() }));
        prop_assert_eq!(strict.end.and_then(|end| end.succ_opt()), lenient.end);
        prop_assert_eq!(Deadline { end: lenient.end, ..strict }, lenient);
    }

    /// Diacritics may be left out wherever a date is read.
    #[test]
    fn without_diacritics(text in readable(), context in context()) {
        let (full, bare) = (parse(&text, &context), parse(&fold(&text), &context));
        prop_assert_eq!((full.kind, full.start, full.end), (bare.kind, bare.start, bare.end));
    }

    /// Without a reference date or a term, every year of a reading stands in the text.
    #[test]
    fn no_year_is_invented(text in prop_oneof![soup(), readable()]) {
        let read = parse(&text, &Context::default());
        for date in [read.start, read.end].into_iter().flatten() {
            // "trước năm 2022" ends in 2021.
            let years = [date.year(), date.year() + 1];
            prop_assert!(years.iter().any(|year| text.contains(&year.to_string())), "{:?}", read);
        }
    }
}
