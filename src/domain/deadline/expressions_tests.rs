//! Every row of domain/deadline-expressions.csv: read right, or left alone.

use chrono::NaiveDate;

use super::{Context, Deadline, TermSpan, parse};

/// Expression, reference date, kind, start, end, precision, recurrence; "" is null.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The rows this version claims. Words of the csv stand for three dates: the term is
/// 2020-10-14..2025-12-31 (csv: "congress date", "next congress / 2025-12-31"), the document of
/// "Hoàn thành trước ngày 30/6" is of 2020 (csv: "06-29 of doc year"), as is baoquangnam's ("2020").
#[rustfmt::skip]
const CLAIMED: &[Row] = &[
    ("Thời gian hoàn thành trong quý III-2021", "2021-08-03", "due_window", "2021-07-01", "2021-09-30", "quarter", ""),
    ("hoàn thành trong tháng 12 năm nay", "2020-11-10", "due_window", "2020-12-01", "2020-12-31", "month", ""),
    ("nhiệm kỳ 2020-2025", "", "period", "2020-10-14", "2025-12-31", "term", ""),
    ("hằng năm", "", "recurring", "", "", "year", "yearly"),
    ("năm 2022-2023", "", "period", "2022-01-01", "2023-12-31", "year", ""),
    ("năm 2024-2025", "", "period", "2024-01-01", "2025-12-31", "year", ""),
    ("khẩn trương hoàn thành", "", "urgent_no_date", "", "", "none", ""),
    ("trước ngày 20.7.2020", "", "due_before", "", "2020-07-19", "day", ""),
    ("Từ ngày 1.1 đến ngày 6.7", "2020-01-02", "period", "2020-01-01", "2020-07-06", "day", ""),
    ("trước ngày 01/11/2021", "", "due_before", "", "2021-10-31", "day", ""),
    ("trước ngày 15/11/2021", "", "due_before", "", "2021-11-14", "day", ""),
    ("trước ngày 15/9/2026", "", "due_before", "", "2026-09-14", "day", ""),
    ("trước 2030 (phấn đấu)", "", "due_before", "", "2029-12-31", "year", ""),
    ("điểm nghẽn xử lý hằng quý", "", "recurring", "", "", "quarter", "quarterly"),
    ("kiểm tra hằng năm", "", "recurring", "", "", "year", "yearly"),
    ("Tổ công tác họp hằng quý", "", "recurring", "", "", "quarter", "quarterly"),
    ("đến cuối nhiệm kỳ", "", "due_window", "", "2025-12-31", "term", ""),
    ("Đến cuối 2002", "", "due_window", "", "2002-12-31", "year", ""),
    ("Mỗi năm", "", "recurring", "", "", "year", "yearly"),
    ("hàng tháng báo cáo kết quả", "", "recurring", "", "", "month", "monthly"),
    ("Hoàn thành trước ngày 30/6", "2020-01-02", "due_before", "", "2020-06-29", "day", ""),
    ("thường xuyên, hằng năm", "", "recurring", "", "", "year", "yearly"),
    ("hằng quý / định kỳ hằng quý", "", "recurring", "", "", "quarter", "quarterly"),
    ("chậm nhất ngày 30/6/2022", "", "due_by", "", "2022-06-30", "day", ""),
    ("xong trước 30/6/2022", "", "due_before", "", "2022-06-29", "day", ""),
    ("trong tháng 6/2022", "", "due_window", "2022-06-01", "2022-06-30", "month", ""),
    ("trong năm 2022", "", "due_window", "2022-01-01", "2022-12-31", "year", ""),
    ("6 tháng đầu năm 2022", "", "due_window", "2022-01-01", "2022-06-30", "half", ""),
    ("quý 4/2021", "", "due_window", "2021-10-01", "2021-12-31", "quarter", ""),
    ("cuối năm 2022", "", "due_window", "2022-10-01", "2022-12-31", "fuzzy", ""),
    ("2021-2025", "", "period", "2021-01-01", "2025-12-31", "year", ""),
    ("theo tiến độ được duyệt / theo kế hoạch Trung ương", "", "external", "", "", "none", ""),
    ("khi có yêu cầu / đột xuất", "", "on_demand", "", "", "none", "on demand"),
    ("sớm hoàn thành", "2020-12-28", "urgent_no_date", "", "", "none", ""),
    ("theo quy định", "2021-08-03", "external", "", "", "none", ""),
    ("thời gian tới", "2021-08-03", "urgent_no_date", "", "", "none", ""),
];

/// The others: expression, reference date, and the csv's start and end where it gives days.
#[rustfmt::skip]
const NOT_CLAIMED: &[(&str, &str, &str, &str)] = &[
    ("3 năm sở kết, 5 năm tổng kết", "2021-08-03", "", ""),
    ("cho cả nhiệm kỳ và từng năm", "2021-08-03", "2020-10-14", "2025-12-31"),
    ("cho toàn khóa, từng năm", "2021-08-04", "2020-10-14", "2025-12-31"),
    ("qua từng năm phải tăng tích cực", "2021-08-03", "2021-01-01", "2025-12-31"),
    ("giai đoạn 2021 - 2025, định hướng giai đoạn 2026 - 2030", "2020-11-10", "2021-01-01", "2025-12-31"),
    ("trong 05 năm tới", "2020-12-28", "2021-01-01", "2025-12-31"),
    ("Ngày thứ sáu tuần cuối tháng", "", "", ""),
    ("trước ngày 20 (của kỳ báo cáo)", "", "", ""),
    ("báo cáo kiểm kê, bảng cân đối nguồn quý II/2027", "", "2027-04-01", "2027-06-30"),
    ("cơ chế ưu tiên quý IV/2027", "", "2027-10-01", "2027-12-31"),
    ("xúc tiến hằng năm 2027 - 2030", "", "2027-01-01", "2030-12-31"),
    ("hội nghị xúc tiến lần thứ nhất năm 2027", "", "2027-01-01", "2027-12-31"),
    ("hoàn thành đầu tư quý IV/2026, vận hành thương mại năm 2027", "", "2026-10-01", "2027-12-31"),
    ("dự án tái chế gyps, xỉ triển khai 2027 - 2030", "", "2027-01-01", "2030-12-31"),
    ("mô hình thứ nhất 2028, thứ hai 2030", "", "2028-01-01", "2030-12-31"),
    ("sơ kết năm 2028; tổng kết năm 2030", "", "", ""),
    ("Từ quý IV/2026; hoàn thành trước 31/5/2027", "", "2026-10-01", "2027-05-30"),
    ("Từ quý IV/2026; học phần từ năm học 2027 - 2028", "", "2026-10-01", "2027-08-01"),
    ("xem xét chuyên trách từ năm 2028", "", "2028-01-01", ""),
    ("năm cuối kỳ kế hoạch", "", "2015-01-01", "2015-12-31"),
    ("Báo cáo tháng: từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo", "", "", ""),
    ("6 tháng: từ ngày 15/12 năm trước đến ngày 14/6", "", "", ""),
    ("9 tháng: từ ngày 15/12 năm trước đến ngày 14/9", "", "", ""),
    ("02 ngày làm việc kể từ ngày chốt số liệu", "", "", ""),
    ("6 tháng đầu năm; 9 tháng; 6 tháng cuối năm", "", "", ""),
    ("kể từ ngày ký", "", "", ""),
    ("định kỳ hằng năm và 5 năm báo cáo kết quả", "", "", ""),
    ("từ kế hoạch năm 2023", "", "2023-01-01", ""),
    ("về đích trước một năm so với kế hoạch; hoàn thành trước 3 năm", "", "", ""),
    ("trước ngày 15/12 hằng năm", "", "", ""),
    ("giữa nhiệm kỳ", "", "2023-01-01", "2023-12-31"),
    ("trình kỳ họp HĐND cuối năm 2021", "", "", ""),
];

fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn context(reference: &str) -> Context {
    let days = date("2020-10-14").zip(date("2025-12-31"));
    Context { reference_date: date(reference), term: days.map(|(start, end)| TermSpan { start, end }), ..Context::default() }
}

fn row(expression: &'static str, reference: &'static str, read: &Deadline) -> [String; 7] {
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    [
        expression.to_owned(),
        reference.to_owned(),
        read.kind.to_string(),
        day(read.start),
        day(read.end),
        read.precision.map(|precision| precision.to_string()).unwrap_or_default(),
        read.recurrence.clone().unwrap_or_default(),
    ]
}

#[test]
fn claimed_rows_are_read_as_the_csv_says() {
    for (expression, reference, kind, start, end, precision, recurrence) in CLAIMED.iter().copied() {
        let read = parse(expression, &context(reference));
        let expected = [expression, reference, kind, start, end, precision, recurrence];
        assert_eq!(row(expression, reference, &read), expected);
    }
}

#[test]
fn other_rows_are_not_misread() {
    for (expression, reference, start, end) in NOT_CLAIMED.iter().copied() {
        let read = parse(expression, &context(reference));
        let unread = read.kind.as_str() == "unresolved" && read.start.is_none() && read.end.is_none();
        let same = (read.start, read.end) == (date(start), date(end));
        assert!(unread || same, "{read:?}");
        assert_eq!(read.text, expression);
    }
}

#[test]
fn no_row_is_missing() {
    assert_eq!(CLAIMED.len() + NOT_CLAIMED.len(), 68);
}

#[test]
fn parts_of_rows_parted_by_a_stroke_read_alone() {
    for (expression, kind) in [
        ("định kỳ hằng quý", "recurring"),
        ("theo tiến độ được duyệt", "external"),
        ("theo kế hoạch Trung ương", "external"),
        ("khi có yêu cầu", "on_demand"),
        ("đột xuất", "on_demand"),
        ("hàng năm", "recurring"),
    ] {
        assert_eq!(parse(expression, &context("")).kind.as_str(), kind, "{expression}");
    }
}
