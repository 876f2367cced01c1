//! Several steps in one cell, and single steps with a name.

use super::tests::{assert_reads, assert_unresolved, seed, shown};
use super::{Context, Milestone, parse};

fn steps(text: &str) -> Vec<String> {
    let date = |day: Option<chrono::NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
    let step = |m: Milestone| {
        let every = m.recurrence.map(|every| format!(" {every}")).unwrap_or_default();
        format!("{}: {} {}{every}{}", m.text, date(m.start), date(m.end), if m.binding { "" } else { " (phấn đấu)" })
    };
    parse(text, &seed()).milestones.into_iter().map(step).collect()
}

/// Cells of an annex (tests/fixtures/lao-cai-2026-task-annex.csv).
#[test]
fn cells_of_an_annex_are_read_step_by_step() {
    let text = "Khởi động quý IV/2026; báo cáo kiểm kê, bảng cân đối nguồn quý II/2027; cập nhật hằng quý đến 2030";
    assert_eq!(
        steps(text),
        [
            "Khởi động quý IV/2026: 2026-10-01 2026-12-31",
            "báo cáo kiểm kê, bảng cân đối nguồn quý II/2027: 2027-04-01 2027-06-30",
            "cập nhật hằng quý đến 2030: - 2030-12-31 quarterly",
        ]
    );
    assert_eq!(shown(&parse(text, &seed())), "milestones 2026-10-01 2030-12-31 quarter");
    let text = "mỏ Quý Xa năm 2027; huy động công suất 50% năm 2027, 80% năm 2030; đất hiếm, graphit trước 2030";
    assert_eq!(
        steps(text),
        [
            "mỏ Quý Xa năm 2027: 2027-01-01 2027-12-31",
            "huy động công suất 50% năm 2027: 2027-01-01 2027-12-31",
            "80% năm 2030: 2030-01-01 2030-12-31",
            "đất hiếm, graphit trước 2030: - 2029-12-31",
        ]
    );
    let text = "Đặt hàng đợt 1 năm 2027, đợt 2 năm 2028; chuyển giao đầu tiên năm 2028; duy trì đến 2030";
    assert_eq!(steps(text).len(), 4);
}

/// A cell binds if a step that ends it does.
#[test]
fn a_last_step_that_is_an_aspiration_makes_nobody_late() {
    let hope = parse("Báo cáo điều kiện năm 2027; dự án năm 2029 (phấn đấu)", &seed());
    assert_eq!((shown(&hope).as_str(), hope.binding, hope.due_on()), ("milestones 2027-01-01 2029-12-31 year", false, None));
    assert_eq!(hope.milestones.iter().map(|m| m.binding).collect::<Vec<_>>(), [true, false]);
    let promise = parse("đầu tư năm 2026; quyết định đầu tư năm 2029 (phấn đấu); dự án gyps, xỉ 2027 - 2030", &seed());
    assert_eq!(promise.due_on(), promise.end);
}

#[test]
fn a_beginning_and_an_end_are_a_period() {
    assert_reads(
        &seed(),
        &[
            ("Từ quý IV/2026; hoàn thành trước 31/5/2027", "period 2026-10-01 2027-05-30 mixed"),
            ("Khởi động quý IV/2026; hoàn thành quý II/2027", "period 2026-10-01 2027-06-30 quarter"),
            ("Bắt đầu từ năm 2026", "start_from 2026-01-01 - year"),
            ("Khởi công quý I/2027", "start_from 2027-01-01 - quarter"),
            ("năm 2021 và những năm tiếp theo", "start_from 2021-01-01 - year"),
            ("từ năm 2022 trở đi", "start_from 2022-01-01 - year"),
        ],
    );
    assert_unresolved(&seed(), &["Từ quý IV/2027; hoàn thành trước 31/5/2027"]);
}

/// A step that only begins ends nothing: nobody is late on the day on which it begins.
#[test]
fn what_begins_later_does_not_end_the_work() {
    let read = parse("hoàn thành đề án năm 2027; áp dụng đề án từ năm 2028", &seed());
    assert_eq!(shown(&read), "milestones 2027-01-01 2027-12-31 year");
    let text = "duy trì đến 2026; mở rộng từ năm 2028";
    assert_eq!(shown(&parse(text, &seed())), "milestones - 2026-12-31 year");
}

#[test]
fn lines_of_a_cell_are_parts() {
    let text = "- Quý II/2027: trình Đề án\n- Quý IV/2027: nghiệm thu\n";
    assert_eq!(steps(text), ["Quý II/2027: trình Đề án: 2027-04-01 2027-06-30", "Quý IV/2027: nghiệm thu: 2027-10-01 2027-12-31"]);
    assert_reads(&seed(), &[("Thời gian hoàn thành\ntrong quý III-2021", "due_window 2021-07-01 2021-09-30 quarter")]);
}

#[test]
fn one_named_step_keeps_what_its_date_is() {
    assert_reads(
        &seed(),
        &[
            ("cơ chế ưu tiên quý IV/2027", "milestone_due 2027-10-01 2027-12-31 quarter"),
            ("họp báo ngày 30/6/2022", "milestone_due - 2022-06-30 day"),
            ("lập hồ sơ trước ngày 31/5/2022", "due_before - 2022-05-30 day"),
            ("lập hồ sơ đến hết ngày 31/5/2022", "due_by - 2022-05-31 day"),
            ("triển khai 2027 - 2030", "period 2027-01-01 2030-12-31 year"),
            ("xem xét từ năm 2028", "start_from 2028-01-01 - year"),
            ("bao cao kiem ke quy II/2027", "milestone_due 2027-04-01 2027-06-30 quarter"),
        ],
    );
}

/// Whatever could turn the date, or makes it another's.
#[test]
fn a_date_that_may_belong_elsewhere_is_no_date() {
    assert_unresolved(
        &seed(),
        &[
            "kế hoạch năm 2027",
            "chương trình công tác năm 2022 và kế hoạch năm 2023",
            "tổng kết năm 2025",
            "theo Nghị quyết Đại hội năm 2020",
            "báo cáo theo Quyết định số 12/QĐ-UBND ngày 30/6/2021",
            "không hoàn thành năm 2027",
            "nếu được phê duyệt thì năm 2027",
            "sau khi có vốn, năm 2027",
            "ban hành năm 2027 hoặc năm 2028",
            "lập hồ sơ năm 2027, năm 2028",
            "hoàn thành trước 30/6/2022, chậm nhất 31/7/2022",
            "trước 30/6/2022; trước 31/7/2022",
            "quý III/2021; quý I/2022",
            "hoàn thành 1/3 khối lượng",
            "công suất 2027 MW",
            "xây 10 nhà năm 2027",
            "vốn 2.000 tỷ đồng năm 2027",
            "so với năm 2020",
            "khoảng năm 2027",
            "dự kiến quý IV/2026",
            "năm 2027 lập hồ sơ, xây dựng năm 2028",
            "quỹ 3/2021",
            "lập hồ sơ quý I, II/2027",
            "lập hồ sơ từ tháng 6/2022 đến tháng 9",
        ],
    );
}

#[test]
fn reviews_come_in_a_cycle() {
    let unknown = parse("3 năm sơ kết, 5 năm tổng kết", &seed());
    assert_eq!((shown(&unknown).as_str(), unknown.recurrence.as_deref()), ("review_cycle - - year", Some("once each")));
    assert_eq!(shown(&parse("sơ kết năm 2028; tổng kết năm 2030", &Context::default())), "review_cycle 2028-01-01 2030-12-31 year");
    assert_eq!(
        steps("sơ kết năm 2028; tổng kết năm 2030"),
        ["sơ kết năm 2028: 2028-01-01 2028-12-31", "tổng kết năm 2030: 2030-01-01 2030-12-31"]
    );
}

/// The law holds for long texts, too; none is cut.
#[test]
fn long_cells_are_read_or_left_alone() {
    let long = "lập hồ sơ quý II/2027; ".repeat(30);
    assert_eq!(parse(&long, &seed()).milestones.len(), 30);
    let prose = "triển khai các nội dung ".repeat(400) + "năm 2027";
    assert_unresolved(&seed(), &[&prose, &"lập hồ sơ quý II/2027; ".repeat(41), &"đợt 1 ".repeat(1500)]);
}
