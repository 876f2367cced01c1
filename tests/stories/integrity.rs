//! An inspector looks for what does not mean what it says. Nothing that is found changes a number.

use serde_json::{Value, json};

use super::dashboards::{issued, report, verify};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_report_in_the_words_of_an_earlier_one,
    nearly_done_for_ever,
    a_jump_on_the_last_days,
    verified_faster_than_anybody_reads,
    a_deadline_that_was_moved_too_late,
    a_report_of_long_ago,
    a_product_of_the_very_deadline,
}

pub async fn count(app: &TestApp, signal: &str, query: &str) -> u64 {
    let all = app.inspector().get(&format!("dashboards/integrity{query}")).await.expect(200).json;
    let line = all["items"].as_array().unwrap().iter().find(|line| line["signal"] == signal).unwrap().clone();
    let rows = app.inspector().get(line["rows"].as_str().unwrap()).await.expect(200).json;
    assert_eq!(json!(rows["items"].as_array().unwrap().len()), line["count"], "{signal}: the list has what was counted");
    line["count"].as_u64().unwrap()
}

/// What is found of a signal, the newest first.
pub async fn found(app: &TestApp, signal: &str) -> Vec<Value> {
    let rows = app.inspector().get(&format!("dashboards/integrity/{signal}")).await.expect(200).json;
    rows["items"].as_array().unwrap().clone()
}

pub async fn due(app: &TestApp, unit: &str, deadline: &str) -> Response {
    issued(app, unit, json!({"deadline": {"text": deadline, "reference_date": "2023-01-02"}})).await
}

pub async fn says(app: &TestApp, task: &Response, words: &str, more: Value) -> Response {
    app.pass(1);
    report(app, "hg-so-y-te", task, super::resolutions::with(json!({"result": words}), more)).await
}

fn finished(on: &str) -> Value {
    json!({"state": "completed", "percent": 100, "product": {"number": "1", "issued_on": on}})
}

pub const LONG: &str = "Đã khảo sát 12 xã, lấy ý kiến các sở, ban, ngành và hoàn thiện dự thảo để trình Ủy ban nhân dân tỉnh.";

async fn a_report_in_the_words_of_an_earlier_one(app: TestApp) {
    app.set_time("2023-02-01");
    let (one, other) = (due(&app, "hg-so-y-te", "31/12/2023").await, due(&app, "hg-so-y-te", "31/12/2023").await);
    let first = says(&app, &one, LONG, json!({})).await;
    let _ = says(&app, &one, "Đang lấy ý kiến.", json!({})).await;
    let _ = says(&app, &other, "Đang lấy ý kiến.", json!({})).await;
    let _ = says(&app, &other, "Đã khảo sát 13 xã.", json!({})).await;
    assert_eq!(count(&app, "copied_narrative", "").await, 0, "a short phrase on two tasks is chance, and so are other figures");
    app.set_time("2023-03-01");
    let copy = says(&app, &other, &format!("{}  ", LONG.to_uppercase().replace(", ", ",  ")), json!({})).await;
    let again = says(&app, &one, "đang lấy  Ý KIẾN.", json!({})).await;
    let rows = found(&app, "copied_narrative").await;
    let told: Vec<_> = rows.iter().map(|row| (row["report"].as_str().unwrap(), row["days"].as_i64().unwrap())).collect();
    assert_eq!(told, [(again.id(), 28), (copy.id(), 28)], "the newest first");
    assert_eq!((&rows[1]["earlier_report"], &rows[1]["unit"]["code"]), (&json!(first.id()), &json!("hg-so-y-te")));
    assert_eq!(rows[1]["href"], format!("/api/v1/progress-reports/{}", copy.id()));
    let elsewhere = due(&app, "hg-so-tai-chinh", "31/12/2023").await;
    let _ = report(&app, "hg-so-tai-chinh", &elsewhere, json!({"result": LONG})).await;
    assert_eq!(count(&app, "copied_narrative", "").await, 2, "another unit may have been told the same");
    // What was returned is corrected in whatever words.
    let task = due(&app, "hg-so-y-te", "31/12/2023").await;
    let sent = says(&app, &task, "Đã trình Ủy ban.", json!({})).await;
    let returned = json!({"outcome": "returned", "reason": "Thiếu số văn bản."});
    let _ = app.office().put(&format!("progress-reports/{}/verification", sent.id()), returned).if_match(sent.etag()).await.expect(200);
    let _ = says(&app, &task, "Đã trình Ủy ban.", json!({})).await;
    assert_eq!(count(&app, "copied_narrative", "").await, 2);
}

async fn nearly_done_for_ever(app: TestApp) {
    app.set_time("2023-02-01");
    let (stuck, done, short) = (
        due(&app, "hg-so-y-te", "31/12/2023").await,
        due(&app, "hg-so-y-te", "31/12/2023").await,
        due(&app, "hg-so-y-te", "31/12/2023").await,
    );
    for (day, percent) in [("2023-03-01", 90), ("2023-04-01", 95), ("2023-05-30", 99)] {
        app.set_time(day);
        let _ = says(&app, &stuck, &format!("Đạt {percent}"), json!({"percent": percent})).await;
        let _ = says(&app, &done, &format!("Đạt {percent}"), json!({"percent": percent})).await;
    }
    let _ = says(&app, &short, "Đạt 95", json!({"percent": 95})).await;
    let _ = says(&app, &done, "Xong", finished("2023-05-30")).await;
    let rows = found(&app, "ninety_percent_forever").await;
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["task"], &rows[0]["days"]), (&json!(stuck.id()), &json!(90)));
    assert_eq!(rows[0]["found"], "3 báo cáo liên tiếp, trong 90 ngày, nay 99%.");
    assert_eq!(count(&app, "ninety_percent_forever", "?as_of=2023-05-29").await, 0, "two reports until then");
}

async fn a_jump_on_the_last_days(app: TestApp) {
    app.set_time("2023-02-01");
    let (jumps, early, grows, moved) = (
        due(&app, "hg-so-y-te", "30/6/2023").await,
        due(&app, "hg-so-y-te", "30/9/2023").await,
        due(&app, "hg-so-y-te", "30/6/2023").await,
        due(&app, "hg-so-y-te", "30/6/2023").await,
    );
    for (task, percent) in [(&jumps, 60), (&early, 20), (&grows, 61), (&moved, 10)] {
        let _ = says(&app, task, &format!("Đạt {percent}"), json!({"percent": percent})).await;
    }
    app.set_time("2023-06-01");
    let change = json!({"deadline": {"text": "31/12/2023"}, "reason": "Bổ sung nội dung."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", moved.id()), change).await.expect(201);
    app.set_time("2023-06-28");
    for (number, task) in [&jumps, &early, &grows, &moved].into_iter().enumerate() {
        let _ = says(&app, task, &format!("Xong việc {number}"), finished("2023-06-28")).await;
    }
    let rows = found(&app, "last_day_jump").await;
    assert_eq!(rows.len(), 1, "the others were early, grew steadily, or had another deadline by then");
    assert_eq!((&rows[0]["task"], &rows[0]["days"]), (&json!(jumps.id()), &json!(2)));
    let english = app.inspector().get("dashboards/integrity/last_day_jump").in_english().await.expect(200);
    assert_eq!(english.json["items"][0]["found"], "From 60% to 100%, 2 days before 30 Jun 2023.");
    // A period has an end of its own.
    let monthly = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "hằng quý", "reference_date": "2023-01-02"}})).await;
    let periods = app.leader().get(&format!("tasks/{}/obligations", monthly.id())).await.expect(200).json;
    let period = periods["items"][0]["period"].as_str().unwrap().to_owned();
    let _ = says(&app, &monthly, "Đạt 30", json!({"percent": 30, "period": period})).await;
    app.set_time("2023-06-30");
    let _ = says(&app, &monthly, "Xong quý", super::resolutions::with(finished("2023-06-30"), json!({"period": period}))).await;
    let rows = found(&app, "last_day_jump").await;
    assert_eq!((rows.len(), &rows[0]["task"]), (2, &json!(monthly.id())), "{periods}");
}

async fn verified_faster_than_anybody_reads(app: TestApp) {
    app.set_time("2023-02-01");
    let mut sent = Vec::new();
    for number in 0..4 {
        let task = due(&app, "hg-so-y-te", "31/12/2023").await;
        let words = format!("{number}: {}", LONG.repeat(if number == 3 { 1 } else { 3 }));
        sent.push(says(&app, &task, &words, json!({})).await);
    }
    app.set_time("2023-02-02T03:00:00Z");
    verify(&app, &sent[0]).await;
    app.pass(10);
    verify(&app, &sent[1]).await;
    app.pass(11);
    verify(&app, &sent[2]).await;
    app.pass(5);
    verify(&app, &sent[3]).await;
    let rows = found(&app, "fast_verification").await;
    assert_eq!(rows.len(), 1, "eleven seconds are reading, and a short report is read in five");
    assert_eq!((&rows[0]["report"], &rows[0]["seconds"]), (&json!(sent[1].id()), &json!(10)));
    app.set_time("2023-02-03T03:00:00Z");
    let task = due(&app, "hg-so-tai-chinh", "31/12/2023").await;
    let quick = report(&app, "hg-so-tai-chinh", &task, json!({})).await;
    app.pass(60);
    verify(&app, &quick).await;
    let slow = report(&app, "hg-so-tai-chinh", &task, json!({"result": "Khác."})).await;
    app.pass(61);
    verify(&app, &slow).await;
    let rows = found(&app, "fast_verification").await;
    assert_eq!((rows.len(), &rows[0]["found"]), (2, &json!("Xác nhận 60 giây sau khi gửi.")));
}

async fn a_deadline_that_was_moved_too_late(app: TestApp) {
    app.set_time("2023-02-01");
    let (late, same_day, weight) = (
        due(&app, "hg-so-y-te", "30/6/2023").await,
        due(&app, "hg-so-y-te", "30/6/2023").await,
        due(&app, "hg-so-y-te", "31/3/2023").await,
    );
    app.set_time("2023-06-30");
    let change = json!({"deadline": {"text": "31/12/2023"}, "reason": "Bổ sung nội dung."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", same_day.id()), change.clone()).await.expect(201);
    app.set_time("2023-07-10");
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", late.id()), change.clone()).await.expect(201);
    let heavier = json!({"weight": 3, "reason": "Việc lớn."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", weight.id()), heavier).await.expect(201);
    let rows = found(&app, "deadline_moved_late").await;
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["task"], &rows[0]["days"], &rows[0]["report"]), (&json!(late.id()), &json!(10), &Value::Null));
    assert_eq!(rows[0]["found"], "Hạn 30/06/2023 đổi thành 31/12/2023 khi đã quá 10 ngày.");
    assert_eq!(rows[0]["text"], "Bổ sung nội dung.");
}

async fn a_report_of_long_ago(app: TestApp) {
    app.set_time("2023-02-01");
    let task = due(&app, "hg-so-y-te", "31/12/2023").await;
    app.set_time("2023-06-01T18:00:00Z");
    let _ = says(&app, &task, "Một", json!({"measured_on": "2023-04-03"})).await;
    let back = says(&app, &task, "Hai", json!({"measured_on": "2023-04-02"})).await;
    let rows = found(&app, "backdated").await;
    assert_eq!(rows.len(), 1, "it is the second of June in Vietnam: sixty days are not too long");
    assert_eq!((&rows[0]["report"], &rows[0]["days"], &rows[0]["on"]), (&json!(back.id()), &json!(61), &json!("2023-06-02")));
}

async fn a_product_of_the_very_deadline(app: TestApp) {
    app.set_time("2023-02-01");
    let mut tasks = Vec::new();
    for _ in 0..3 {
        tasks.push(due(&app, "hg-so-y-te", "30/6/2023").await);
    }
    app.set_time("2023-07-14");
    let _ = says(&app, &tasks[0], "Một", finished("2023-06-30")).await;
    app.set_time("2023-07-15");
    let _ = says(&app, &tasks[1], "Hai", finished("2023-06-29")).await;
    let _ = says(&app, &tasks[2], "Ba", finished("2023-06-30")).await;
    let rows = found(&app, "product_on_deadline").await;
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["task"], &rows[0]["days"]), (&json!(tasks[2].id()), &json!(15)));
}
