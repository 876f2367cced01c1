//! Many reports, many verifications at once.

use serde_json::{Value, json};

use super::progress_reports::{logged, progress, report, task};
use super::resolutions::with;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_batch_is_logged_together,
    one_bad_report_keeps_out_all_and_every_error_is_told,
    each_by_itself_does_what_can_be_done,
    a_dry_run_tells_and_keeps_nothing,
    a_batch_sent_twice_happens_once,
    reports_are_verified_together,
    a_batch_has_its_bounds,
    later_items_see_earlier_ones,
}

fn item(task: &str, report: Value) -> Value {
    json!({"task": task, "report": report})
}

async fn three(app: &TestApp) -> [String; 3] {
    [task(app).await, task(app).await, task(app).await]
}

async fn a_batch_is_logged_together(app: TestApp) {
    let tasks = three(&app).await;
    let reporter = app.reporter("hg-so-y-te");
    let items: Vec<Value> = tasks.iter().zip([10, 20, 30]).map(|(task, percent)| item(task, report(percent))).collect();
    let done = reporter.post("progress-reports/batch", json!({"items": items})).await.expect(200);
    assert_eq!((&done.json["kept"], &done.json["done"], &done.json["refused"]), (&json!(true), &json!(3), &json!(0)));
    for (index, (task, percent)) in tasks.iter().zip([10, 20, 30]).enumerate() {
        let told = &done.json["items"][index];
        assert_eq!((&told["index"], &told["report"]["task"], &told["problem"]), (&json!(index), &json!(task), &Value::Null));
        assert_eq!(progress(&app, task).await.0, json!(percent));
        let read = app.leader().get(&format!("progress-reports/{}", told["report"]["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(read.json["percent"], json!(percent));
    }
    // One audit group: the events of the batch carry one request.
    let last = app.admin().get("audit?limit=1").await.expect(200).json["items"][0].clone();
    let group = app.admin().get(&format!("audit?request={}", last["request_id"].as_str().unwrap())).await.expect(200);
    assert_eq!(group.texts("action"), ["progress_report.submitted"; 3]);
}

async fn one_bad_report_keeps_out_all_and_every_error_is_told(app: TestApp) {
    let tasks = three(&app).await;
    let foreign = "0189bd2c-6c00-7000-8000-00000000dead";
    let items = json!([
        item(&tasks[0], report(10)),
        item(&tasks[1], with(report(120), json!({}))),
        item(foreign, report(10)),
        item(&tasks[2], with(report(10), json!({"result": null, "measured_on": "2024-01-01"}))),
        item(&tasks[2], json!({"state": "completed", "result": "Xong", "measured_on": "2023-10-02"})),
        json!({"task": tasks[2]}),
        "một dòng",
    ]);
    let refused = app.reporter("hg-so-y-te").post("progress-reports/batch", json!({"mode": "all", "items": items})).await;
    let _ = refused.refused(422, "batch_refused");
    let told: Vec<(&str, &str)> =
        refused.json["errors"].as_array().unwrap().iter().map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
    let expected = [
        ("/items/1/report/percent", "percent"),
        ("/items/2", "refused"),
        ("/items/3/report/result", "required"),
        ("/items/3/report/measured_on", "future"),
        ("/items/4/report/product", "product_required"),
        ("/items/5/report", "required"),
        ("/items/6", "wrong_type"),
    ];
    assert_eq!(told, expected);
    for task in &tasks {
        assert_eq!(progress(&app, task).await.0, Value::Null, "nothing was written");
    }
}

async fn each_by_itself_does_what_can_be_done(app: TestApp) {
    let tasks = three(&app).await;
    let items = json!([item(&tasks[0], report(10)), item(&tasks[1], report(120)), item(&tasks[2], report(30))]);
    let done =
        app.reporter("hg-so-y-te").post("progress-reports/batch", json!({"mode": "each", "items": items})).in_english().await.expect(200);
    assert_eq!((&done.json["kept"], &done.json["done"], &done.json["refused"]), (&json!(true), &json!(2), &json!(1)));
    let problem = &done.json["items"][1]["problem"];
    assert_eq!((&problem["code"], &problem["errors"][0]["pointer"]), (&json!("validation_failed"), &json!("/report/percent")));
    assert_eq!(done.json["items"][1]["report"], Value::Null);
    assert_eq!((progress(&app, &tasks[0]).await.0, progress(&app, &tasks[1]).await.0), (json!(10), Value::Null));
    assert_eq!(progress(&app, &tasks[2]).await.0, json!(30));
    // The journal has what was kept, and no gap.
    let _ = app.reporter("hg-so-tai-chinh");
    let alien = json!({"mode": "each", "items": [item(&tasks[0], report(50))]});
    let refused = app.reporter("hg-so-tai-chinh").post("progress-reports/batch", alien).await.expect(200);
    assert_eq!(refused.json["items"][0]["problem"]["code"], json!("forbidden"));
    assert_eq!(progress(&app, &tasks[0]).await.0, json!(10));
}

async fn a_dry_run_tells_and_keeps_nothing(app: TestApp) {
    let tasks = three(&app).await;
    let items = json!([item(&tasks[0], report(10)), item(&tasks[1], report(120))]);
    let position = app.admin().get("audit?limit=1").await.expect(200).json["items"][0]["position"].clone();
    for mode in ["all", "each"] {
        let told =
            app.reporter("hg-so-y-te").post("progress-reports/batch?dry_run=true", json!({"mode": mode, "items": items})).await.expect(200);
        assert_eq!((&told.json["dry_run"], &told.json["kept"]), (&json!(true), &json!(false)));
        assert_eq!((&told.json["done"], &told.json["refused"], &told.json["items"][0]["report"]), (&json!(1), &json!(1), &Value::Null));
    }
    assert_eq!(progress(&app, &tasks[0]).await.0, Value::Null);
    assert_eq!(app.admin().get("audit?limit=1").await.expect(200).json["items"][0]["position"], position);
}

async fn a_batch_sent_twice_happens_once(app: TestApp) {
    let tasks = three(&app).await;
    let body = json!({"items": [item(&tasks[0], report(10)), item(&tasks[1], report(20))]});
    let reporter = app.reporter("hg-so-y-te");
    let first = reporter.post("progress-reports/batch", body.clone()).key("tháng 9").await;
    let _ = first.refused(400, "invalid_parameter");
    let first = reporter.post("progress-reports/batch", body.clone()).key("september").await.expect(200);
    let again = reporter.post("progress-reports/batch", body).key("september").await.expect(200);
    assert_eq!(first.json, again.json);
    let listed = app.leader().get("progress-reports").await.expect(200);
    assert_eq!(listed.texts("id").len(), 2);
}

async fn reports_are_verified_together(app: TestApp) {
    let tasks = three(&app).await;
    let mut reports = Vec::new();
    for (task, percent) in tasks.iter().zip([10, 20, 30]) {
        reports.push(logged(&app, task, report(percent)).await.id().to_owned());
    }
    let own = app.office().post(&format!("tasks/{}/progress-reports", tasks[2]), report(40)).await.expect(201).id().to_owned();
    let judged = |report: &str, version: i64| json!({"report": report, "version": version, "outcome": "verified"});
    let items = json!([
        judged(&reports[0], 1),
        {"report": reports[1], "version": 1, "outcome": "returned"},
        judged(&reports[2], 7),
        judged(&own, 1),
    ]);
    let refused = app.office().post("progress-reports/verifications", json!({"items": items})).await;
    let told = refused.refused(422, "batch_refused").json["errors"].clone();
    let told: Vec<_> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["pointer"].as_str().unwrap().to_owned(), e["message"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(told.iter().map(|(pointer, _)| pointer.as_str()).collect::<Vec<_>>(), ["/items/1/reason", "/items/2", "/items/3"]);
    assert!(told[1].1.contains("(stale)") && told[2].1.contains("(own_report)"), "{told:?}");
    assert_eq!(progress(&app, &tasks[0]).await.1, Value::Null);

    let done = app.office().post("progress-reports/verifications", json!({"mode": "each", "items": items})).await.expect(200);
    assert_eq!((&done.json["done"], &done.json["items"][0]["report"]["verification"]), (&json!(1), &json!("verified")));
    assert_eq!(done.json["items"][3]["problem"]["code"], json!("own_report"));
    assert_eq!(done.json["items"][3]["problem"]["allowed_actions"], json!(["return"]));
    assert_eq!((progress(&app, &tasks[0]).await.1, progress(&app, &tasks[1]).await.1), (json!(10), Value::Null));
    let _ = app.leader().post("progress-reports/verifications", json!({"items": items})).await.refused(403, "forbidden");
}

async fn a_batch_has_its_bounds(app: TestApp) {
    let task = task(&app).await;
    let reporter = app.reporter("hg-so-y-te");
    reporter.post("progress-reports/batch", json!({"items": []})).await.invalid("/items", "count");
    let many: Vec<Value> = (0..1001).map(|_| item(&task, report(1))).collect();
    reporter.post("progress-reports/batch", json!({"items": many})).await.invalid("/items", "count");
    reporter.post("progress-reports/batch", json!({"items": [], "mode": "some"})).await.invalid("/mode", "unknown_value");
    let list = reporter.post("progress-reports/batch", json!({"items": [[task, report(1)]]})).await;
    assert_eq!(list.refused(422, "batch_refused").json["errors"][0]["code"], "wrong_type", "a list is no item");
    // Larger than any other body may be, and not without an end.
    let long = "x".repeat(9_000);
    let large: Vec<Value> = (0..200).map(|_| item(&task, with(report(1), json!({"result": long})))).collect();
    let told = reporter.post("progress-reports/batch?dry_run=true", json!({"items": large})).await.expect(200);
    assert_eq!(told.json["done"], json!(200));
    let endless: Vec<Value> = (0..600).map(|_| item(&task, with(report(1), json!({"result": long})))).collect();
    let _ = reporter.post("progress-reports/batch", json!({"items": endless})).await.refused(413, "payload_too_large");
    let _ = reporter.post("progress-reports/batch", Value::Null).bytes("text/plain", "x").await.refused(415, "unsupported_media_type");
    let _ = reporter.post("progress-reports/batch", Value::Null).bytes("application/json", "{").await.refused(400, "malformed_json");
}

async fn later_items_see_earlier_ones(app: TestApp) {
    let task = task(&app).await;
    let items = json!([item(&task, report(60)), item(&task, report(40)), item(&task, with(report(50), json!({"reason": "Tính lại"})))]);
    let done = app.reporter("hg-so-y-te").post("progress-reports/batch", json!({"mode": "each", "items": items})).await.expect(200);
    assert_eq!(done.json["items"][1]["problem"]["errors"][0]["code"], json!("falling_percent"));
    assert_eq!((&done.json["done"], progress(&app, &task).await.0), (&json!(2), json!(50)));
}
