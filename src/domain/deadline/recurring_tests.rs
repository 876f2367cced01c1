//! Repeated work, days counted from an event, and what hangs on other things.

use super::tests::{assert_reads, assert_unresolved, seed, shown};
use super::{Context, TermSpan, parse};
use crate::domain::calendar_days::{CalendarDayKind, WorkingCalendar};
use chrono::NaiveDate;

fn assert_repeats(cases: &[(&str, &str, &str)]) {
    for (text, reading, recurrence) in cases {
        let read = parse(text, &seed());
        assert_eq!((shown(&read).as_str(), read.recurrence.as_deref().unwrap_or("-")), (*reading, *recurrence), "{text}");
    }
}

#[test]
fn cycles() {
    assert_repeats(&[
        ("hằng tháng, hằng quý", "recurring - - month", "monthly + quarterly"),
        ("định kỳ hằng tháng, quý, 6 tháng, năm", "recurring - - month", "monthly + quarterly + half-yearly + yearly"),
        ("định kỳ 6 tháng một lần", "recurring - - half", "half-yearly"),
        ("3 tháng/lần", "recurring - - quarter", "quarterly"),
        ("5 năm một lần", "recurring - - period", "5-yearly"),
        ("mỗi năm một lần", "recurring - - year", "yearly"),
        ("HÀNG  TUẦN", "recurring - - day", "weekly"),
        ("hang nam", "recurring - - year", "yearly"),
        ("cuối mỗi quý", "recurring - - quarter", "quarterly"),
        ("thường xuyên, hằng năm", "recurring - - year", "yearly"),
    ]);
    assert_unresolved(
        &seed(),
        &["2 lần/năm", "4 tháng một lần", "định kỳ 6 tháng đầu năm", "theo quy định, hằng năm", "hằng năm nếu có yêu cầu"],
    );
}

#[test]
fn bounds_of_repeated_work() {
    assert_repeats(&[
        ("hằng năm đến 2025", "recurring - 2025-12-31 year", "yearly"),
        ("cập nhật hằng quý đến hết năm 2030", "recurring - 2030-12-31 quarter", "quarterly"),
        ("hằng năm, từ năm 2027", "recurring 2027-01-01 - year", "yearly"),
        ("từ năm 2022, hằng quý đến hết ngày 30/6/2025", "recurring 2022-01-01 2025-06-30 quarter", "quarterly"),
        ("thường xuyên, giai đoạn 2021-2025", "recurring 2021-01-01 2025-12-31 period", "continuous"),
        ("thường xuyên đến 2025", "recurring - 2025-12-31 year", "continuous"),
    ]);
    assert_unresolved(&seed(), &["hằng năm đến 2025, đến 2030", "hằng năm từ 2027 đến hết năm 2025", "hằng năm quý IV/2027"]);
}

#[test]
fn days_within_each_period() {
    assert_repeats(&[
        ("trước ngày 15/12 hằng năm", "recurring_due - - day", "yearly, before 15/12"),
        ("hằng năm (trước 30/11)", "recurring_due - - day", "yearly, before 30/11"),
        ("Ngày 20 tháng 12 hằng năm", "recurring_due - - day", "yearly, by 20/12"),
        ("tháng 6 hằng năm", "recurring_due - - month", "yearly, month 6"),
        ("trước tháng 6 hằng năm", "recurring_due - - day", "yearly, before 1/6"),
        ("quý IV hằng năm", "recurring_due - - month", "yearly, month 12"),
        ("báo cáo trước ngày 15 hằng tháng", "recurring_due - - day", "monthly, before 15"),
        ("trước ngày 05 tháng sau, hằng tháng", "recurring_due - - day", "monthly, before 5 of next month"),
        ("hằng quý, trước ngày 20 của tháng cuối quý", "recurring_due - - day", "quarterly, before 20"),
        ("chậm nhất ngày 10 tháng đầu quý", "recurring_due - - day", "quarterly, by 10 of first month"),
        ("chiều thứ sáu hằng tuần", "recurring - - day", "weekly, Friday"),
        ("Thứ 2 tuần đầu tháng", "recurring - - day", "monthly, Monday of first week"),
        ("thứ sáu cuối cùng của tháng", "recurring - - day", "monthly, Friday of last week"),
    ]);
    assert!(parse("ngày 31 hằng tháng", &seed()).fuzzy && parse("thứ sáu tuần cuối tháng", &seed()).fuzzy);
    let lenient = Context { strict_before: false, ..seed() };
    assert_eq!(parse("trước ngày 15/12 hằng năm", &lenient).recurrence.as_deref(), Some("yearly, by 15/12"));
    assert_eq!(parse("trước ngày 15 hằng tháng", &lenient).recurrence.as_deref(), Some("monthly, by 15"));
    assert_unresolved(
        &seed(),
        &[
            "ngày 29/2 hằng năm",
            "trước ngày 1/1 hằng năm",
            "ngày 32 hằng tháng",
            "trước ngày 20 hằng quý",
            "trước ngày 15/12 hằng tháng",
            "thứ sáu hằng năm quý I",
        ],
    );
}

#[test]
fn terms_bound_what_is_repeated() {
    let term = "2020-10-14".parse().ok().zip("2025-09-30".parse().ok()).map(|(start, end)| TermSpan { start, end });
    let known = Context { term, ..Context::default() };
    assert_reads(
        &known,
        &[
            ("hằng năm trong nhiệm kỳ", "recurring 2020-10-14 2025-09-30 year"),
            ("cho cả nhiệm kỳ và từng năm", "recurring 2020-10-14 2025-09-30 year"),
            ("qua từng năm phải tăng", "recurring_condition 2021-01-01 2025-09-30 year"),
            ("giữa nhiệm kỳ", "due_window 2023-01-01 2023-12-31 fuzzy"),
            ("toàn khóa", "period 2020-10-14 2025-09-30 term"),
            ("năm cuối kỳ kế hoạch", "measure_period 2025-01-01 2025-12-31 year"),
        ],
    );
    assert_unresolved(&known, &["cho đến cả nhiệm kỳ và từng năm"]);
    assert_unresolved(&seed(), &["cho cả nhiệm kỳ và từng năm", "giữa nhiệm kỳ", "năm cuối kỳ kế hoạch"]);
    assert_eq!(shown(&parse("qua từng năm phải tăng", &seed())), "recurring_condition - - year");
    assert_eq!(parse("năm cuối kỳ kế hoạch", &known).due_on(), None);
}

#[test]
fn days_counted_from_an_event() {
    assert_reads(
        &seed(),
        &[
            ("30 ngày kể từ ngày ban hành", "offset 2021-08-03 2021-09-02 day"),
            ("chậm nhất 2 tuần kể từ ngày ký ban hành Kế hoạch này", "offset 2021-08-03 2021-08-17 day"),
            ("trong vòng 03 tháng kể từ ngày ký", "offset 2021-08-03 2021-11-03 day"),
            ("sau 30 ngày kể từ ngày ban hành", "offset 2021-09-02 - day"),
            ("05 ngày làm việc kể từ ngày 1/9/2021", "offset 2021-09-01 2021-09-10 day"),
            ("kể từ ngày ký", "offset 2021-08-03 - day"),
            ("báo cáo chậm nhất 15 ngày sau ngày nhận được hồ sơ", "offset - - day"),
            ("kể từ ngày 1/7/2021", "start_from 2021-07-01 - day"),
        ],
    );
    assert_eq!(shown(&parse("30 ngày kể từ ngày ban hành", &Context::default())), "offset - - day");
    assert_unresolved(
        &seed(),
        &["02 ngày làm việc sau khi có kết luận", "30 ngày", "kể từ", "9999 ngày kể từ ngày ký", "5 ngày kể từ ngày 31/2/2021"],
    );
}

/// What an administrator entered moves the day.
#[test]
fn working_days_follow_the_calendar() {
    let off = "2021-08-04".parse::<NaiveDate>().ok().map(|day| (day, CalendarDayKind::DayOff));
    let context = Context { working_calendar: WorkingCalendar::new(off), ..seed() };
    let text = "02 ngày làm việc kể từ ngày ban hành";
    assert!(super::asks_for_working_days(text) && !super::asks_for_working_days("30 ngày kể từ ngày ký"));
    assert_eq!(shown(&parse(text, &seed())), "offset 2021-08-03 2021-08-05 day");
    assert_eq!(shown(&parse(text, &context)), "offset 2021-08-03 2021-08-06 day");
}

#[test]
fn what_stands_elsewhere_has_no_date() {
    assert_reads(
        &seed(),
        &[
            ("trình kỳ họp HĐND cuối năm 2021", "event_due - - event"),
            ("trước kỳ họp thường lệ giữa năm 2022 của HĐND tỉnh", "event_due - - event"),
            ("hoàn thành trước 3 năm", "early_completion - - year"),
        ],
    );
    assert_unresolved(&seed(), &["trước ngày 30/6/2022 trình kỳ họp", "trước 3 năm 2022", "sau kỳ họp HĐND"]);
}

#[test]
fn parts_and_neighbours_of_the_calendar() {
    assert_reads(
        &seed(),
        &[
            ("đầu năm 2022", "due_window 2022-01-01 2022-03-31 fuzzy"),
            ("giữa năm 2022", "due_window 2022-04-01 2022-09-30 fuzzy"),
            ("giữa quý IV/2021", "due_window 2021-11-01 2021-11-30 fuzzy"),
            ("đầu tháng 9/2021", "due_window 2021-09-01 2021-09-10 fuzzy"),
            ("đến giữa năm 2022", "due_window - 2022-09-30 fuzzy"),
            ("quý tới", "due_window 2021-10-01 2021-12-31 quarter"),
            ("tháng sau", "due_window 2021-09-01 2021-09-30 month"),
            ("9 tháng đầu năm", "due_window 2021-01-01 2021-09-30 quarter"),
            ("từ nay đến hết năm 2022", "due_by - 2022-12-31 year"),
            ("trong 5 năm tới", "period 2022-01-01 2026-12-31 period"),
            ("đến năm 2025, tầm nhìn đến năm 2045", "due_by - 2025-12-31 year"),
        ],
    );
    assert_unresolved(&Context::default(), &["quý tới", "tháng sau", "trong 05 năm tới"]);
}
