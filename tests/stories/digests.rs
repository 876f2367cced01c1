//! Digests: on Mondays for units, on the first of the month for leaders.

use serde_json::json;

use super::reminders::{morning, reachable, reporter_with_mail};
use super::resolutions::with;
use super::tasks::{draft, issued};
use crate::common::smtp::{Mail, Smtp};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_unit_reads_on_mondays_how_it_stands,
    a_leader_reads_on_the_first_what_the_dashboard_shows,
}

fn subjects(mails: &[Mail]) -> Vec<String> {
    mails.iter().map(Mail::subject).collect()
}

async fn a_unit_reads_on_mondays_how_it_stands(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    reporter_with_mail(&app, "hg-so-y-te");
    let due = |day: &str| json!({"deadline": {"text": day, "reference_date": "2023-10-02"}});
    let late = issued(&app, with(draft("Việc đã quá hạn"), due("05/10/2023"))).await;
    let _ = issued(&app, with(draft("Việc còn hạn"), due("20/12/2023"))).await;
    let done = issued(&app, with(draft("Việc xong"), due("20/12/2023"))).await;
    let product = json!({"number": "15-KH/SYT", "issued_on": "2023-10-02"});
    let body = json!({"state": "completed", "result": "Đã ban hành", "measured_on": "2023-10-02", "product": product});
    let _ = app.reporter("hg-so-y-te").post(&format!("tasks/{done}/progress-reports"), body).await.expect(201);
    let _ = app.leader().post("instructions", json!({"task": late, "text": "Khẩn trương", "due": "2023-10-04"})).await.expect(201);

    let got = morning(&service, &server, "2023-10-16").await;
    assert_eq!(subjects(&got), ["Tình hình nhiệm vụ của Sở Y tế (16/10/2023)"]);
    for part in [
        "Hoàn thành đúng hạn: 1; hoàn thành quá hạn: 0",
        "Đang thực hiện, trong hạn: 1; đang thực hiện, quá hạn: 1",
        "Ý kiến chỉ đạo chờ trả lời: 1, trong đó quá hạn: 1",
        "1. Việc đã quá hạn (hạn 05/10/2023, quá 11 ngày)",
    ] {
        assert!(got[0].text.contains(part), "{part}: {}", got[0].text);
    }
    assert!(!got[0].text.contains("Lâu chưa có báo cáo") && !got[0].text.contains("Việc còn hạn"));
    assert!(morning(&service, &server, "2023-10-17").await.is_empty());
    // Three months later nobody has said anything.
    let got = morning(&service, &server, "2024-01-08").await;
    let digest = got.iter().find(|mail| mail.subject().starts_with("Tình hình")).unwrap();
    assert!(digest.text.contains("Lâu chưa có báo cáo:\n1. Việc"), "{}", digest.text);
}

async fn a_leader_reads_on_the_first_what_the_dashboard_shows(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    reachable(&app, "leader");
    let due = json!({"deadline": {"text": "10/11/2023", "reference_date": "2023-10-02"}});
    let _ = super::dashboards::issued(&app, "hg-so-y-te", due.clone()).await;
    let _ = super::dashboards::issued(&app, "hg-so-tai-chinh", due).await;
    // The first of the next month: a month before there was nothing to compare with but what stood on the second.
    assert_eq!(subjects(&morning(&service, &server, "2023-11-02").await), Vec::<String>::new());
    let got = morning(&service, &server, "2023-12-01").await;
    assert_eq!(
        (subjects(&got), got[0].to.as_slice()),
        (vec!["Tình hình thực hiện nghị quyết đến 01/12/2023".to_owned()], &["leader@tinh.example".to_owned()][..])
    );
    for part in [
        "Đến 01/12/2023, so với 01/11/2023:",
        "Tổng số nhiệm vụ: 2 (trước: 2)",
        "Đang thực hiện, trong hạn: 0 (trước: 2)",
        "Đang thực hiện, quá hạn: 2 (trước: 0)",
        "1. Sở Tài chính: 1 quá hạn trong 1 nhiệm vụ",
        "2. Sở Y tế: 1 quá hạn trong 1 nhiệm vụ",
    ] {
        assert!(got[0].text.contains(part), "{part}: {}", got[0].text);
    }
    assert!(morning(&service, &server, "2023-12-04").await.is_empty(), "the weekly one is for those who report");
}
