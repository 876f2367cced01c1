//! Every row of domain/deadline-expressions.csv is read as the file says.

use chrono::NaiveDate;

use super::{Context, Deadline, TermSpan, parse};

/// Expression, reference date, kind, start, end, precision, recurrence; "" is null.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// All rows. Words of the csv stand for dates: the term is 2020-10-14..2025-12-31 (csv: "congress date", "next
/// congress / 2025-12-31"), the document of "Hoàn thành trước ngày 30/6" is of 2020 (csv: "06-29 of doc year"), as are
/// baoquangnam's ("2020") and that of the statistics ("01-01 / 07-01"). Where the csv says in words which day of each period
/// is meant ("12-14 each year"), the recurrence does. What differs is argued in docs/DEADLINES.md.
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
    // csv: end "+3y / +5y", about 2023 and 2025: the years in which they fall.
    ("3 năm sở kết, 5 năm tổng kết", "2021-08-03", "review_cycle", "2020-10-14", "2025-12-31", "year", "once each"),
    ("cho cả nhiệm kỳ và từng năm", "2021-08-03", "recurring", "2020-10-14", "2025-12-31", "year", "yearly + term"),
    ("cho toàn khóa, từng năm", "2021-08-04", "recurring", "2020-10-14", "2025-12-31", "year", "yearly + term"),
    ("qua từng năm phải tăng tích cực", "2021-08-03", "recurring_condition", "2021-01-01", "2025-12-31", "year", "yearly"),
    ("giai đoạn 2021 - 2025, định hướng giai đoạn 2026 - 2030", "2020-11-10", "period", "2021-01-01", "2025-12-31", "period", ""),
    ("trong 05 năm tới", "2020-12-28", "period", "2021-01-01", "2025-12-31", "period", ""),
    ("Ngày thứ sáu tuần cuối tháng", "", "recurring", "", "", "day", "monthly, Friday of last week"),
    // csv: end "19th of report month".
    ("trước ngày 20 (của kỳ báo cáo)", "", "recurring_due", "", "", "day", "monthly/quarterly/yearly, before 20"),
    ("báo cáo kiểm kê, bảng cân đối nguồn quý II/2027", "", "milestone_due", "2027-04-01", "2027-06-30", "quarter", ""),
    ("cơ chế ưu tiên quý IV/2027", "", "milestone_due", "2027-10-01", "2027-12-31", "quarter", ""),
    ("xúc tiến hằng năm 2027 - 2030", "", "recurring", "2027-01-01", "2030-12-31", "year", "yearly"),
    ("hội nghị xúc tiến lần thứ nhất năm 2027", "", "milestone_due", "2027-01-01", "2027-12-31", "year", ""),
    ("hoàn thành đầu tư quý IV/2026, vận hành thương mại năm 2027", "", "milestones", "2026-10-01", "2027-12-31", "mixed", ""),
    ("dự án tái chế gyps, xỉ triển khai 2027 - 2030", "", "period", "2027-01-01", "2030-12-31", "year", ""),
    ("mô hình thứ nhất 2028, thứ hai 2030", "", "milestones", "2028-01-01", "2030-12-31", "year", ""),
    ("sơ kết năm 2028; tổng kết năm 2030", "", "review_cycle", "2028-01-01", "2030-12-31", "year", ""),
    ("Từ quý IV/2026; hoàn thành trước 31/5/2027", "", "period", "2026-10-01", "2027-05-30", "mixed", ""),
    // Differs: csv ends on 2027-08-01, the day on which the second step begins; nothing says when it ends.
    ("Từ quý IV/2026; học phần từ năm học 2027 - 2028", "", "milestones", "2026-10-01", "", "mixed", ""),
    ("xem xét chuyên trách từ năm 2028", "", "start_from", "2028-01-01", "", "year", ""),
    // csv: 2015, of a plan that ended then; here the term's.
    ("năm cuối kỳ kế hoạch", "", "measure_period", "2025-01-01", "2025-12-31", "year", ""),
    // csv: "15 of M-1" and "14 of M" as start and end.
    ("Báo cáo tháng: từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo", "", "cutoff", "", "", "day", "monthly, 15 of M-1 to 14 of M"),
    ("6 tháng: từ ngày 15/12 năm trước đến ngày 14/6", "", "cutoff", "", "", "day", "half-yearly, 15/12 of Y-1 to 14/6 of Y"),
    ("9 tháng: từ ngày 15/12 năm trước đến ngày 14/9", "", "cutoff", "", "", "day", "yearly, 15/12 of Y-1 to 14/9 of Y"),
    ("02 ngày làm việc kể từ ngày chốt số liệu", "", "offset", "", "", "day", "per report"),
    ("6 tháng đầu năm; 9 tháng; 6 tháng cuối năm", "2020-01-02", "period", "2020-01-01", "2020-12-31", "half", ""),
    ("kể từ ngày ký", "", "offset", "", "", "day", ""),
    ("định kỳ hằng năm và 5 năm báo cáo kết quả", "", "recurring", "", "", "year", "yearly + 5-yearly"),
    ("từ kế hoạch năm 2023", "", "start_from", "2023-01-01", "", "year", ""),
    ("về đích trước một năm so với kế hoạch; hoàn thành trước 3 năm", "", "early_completion", "", "", "year", ""),
    // csv: end "12-14 each year".
    ("trước ngày 15/12 hằng năm", "", "recurring_due", "", "", "day", "yearly, before 15/12"),
    ("giữa nhiệm kỳ", "", "due_window", "2023-01-01", "2023-12-31", "fuzzy", ""),
    ("trình kỳ họp HĐND cuối năm 2021", "", "event_due", "", "", "event", ""),
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
fn rows_are_read_as_the_csv_says() {
    for (expression, reference, kind, start, end, precision, recurrence) in CLAIMED.iter().copied() {
        let read = parse(expression, &context(reference));
        let expected = [expression, reference, kind, start, end, precision, recurrence];
        assert_eq!(row(expression, reference, &read), expected);
    }
}

#[test]
fn no_row_is_missing() {
    assert_eq!(CLAIMED.len(), 68);
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
