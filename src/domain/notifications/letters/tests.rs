//! Words of letters.

use super::*;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn task(due_on: &str, title: &str) -> TaskLine {
    TaskLine { due_on: on(due_on), unit: "Sở Y tế".into(), title: Some(title.into()) }
}

#[test]
fn a_list_is_sorted_cut_and_counts_the_rest() {
    let mut tasks: Vec<TaskLine> = (0..60).map(|n| task("2023-10-09", &format!("Việc {n:02}"))).collect();
    tasks.push(TaskLine { title: None, ..task("2023-10-03", "") });
    let content = reminders(NotificationKind::DueSoon, tasks, on("2023-10-02"));
    assert_eq!(content.subject, "61 nhiệm vụ sắp đến hạn (02/10/2023)");
    assert!(content.body.contains("1. Nhiệm vụ mật (hạn 03/10/2023, còn 1 ngày) – Sở Y tế\n2. Việc 00 "), "{}", content.body);
    assert!(content.body.contains("50. Việc 48 ") && !content.body.contains("51.") && content.body.contains("… và 11 nhiệm vụ khác"));
}

#[test]
fn a_title_with_line_breaks_stays_one_line() {
    let odd = "Việc\r\nBcc: ai@do.vn\r\n\r\nhết";
    let content = returned("7", Some(&odd.to_owned()), "Sở Y tế", Some("Thiếu\nminh chứng"));
    assert_eq!(content.subject, "Báo cáo bị trả lại: Việc Bcc: ai@do.vn hết");
    assert!(content.body.contains("\nViệc Bcc: ai@do.vn hết\n") && content.body.contains("Lý do: Thiếu\nminh chứng"));
}

#[test]
fn of_a_secret_task_nothing_is_told() {
    let content = returned("7", None, "Sở Y tế", Some("Vì lộ tên đề án"));
    assert!(content.subject.ends_with("Nhiệm vụ mật") && !content.body.contains("đề án"));
}

#[test]
fn a_digest_compares_with_a_month_before() {
    let counts = |overdue| TaskCounts { total: 10, open_overdue: overdue, open_in_time: 4, open_due_soon: 1, ..TaskCounts::default() };
    let verified = Some(Percent::from_hundredths(6055).unwrap());
    let now = Standing { day: on("2023-11-01"), counts: counts(3), verified };
    let before = Standing { day: on("2023-10-01"), counts: counts(2), verified: None };
    let content = leader_digest(now, Some(before), &[("Sở Y tế".into(), 3, 5)]);
    for part in [
        "Đến 01/11/2023, so với 01/10/2023:",
        "Đang thực hiện, trong hạn: 5 (trước: 5)",
        "Đang thực hiện, quá hạn: 3 (trước: 2)",
        "Tiến độ đã xác nhận: 60,55 % (trước: chưa có)",
        "1. Sở Y tế: 3 quá hạn trong 5 nhiệm vụ",
    ] {
        assert!(content.body.contains(part), "{part}: {}", content.body);
    }
    assert!(!leader_digest(now, None, &[]).body.contains("trước"));
}
