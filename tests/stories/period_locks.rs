//! Periods that are closed to reports, and units to which one is left open.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::progress_reports::{logged, report, task, verdict};
use super::resolutions::with;
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_closed_period_takes_no_more_reports,
    a_unit_is_left_open_for_a_while,
    a_period_is_opened_again,
    trying_a_lock_tells_what_would_wait,
    a_lock_must_make_sense,
    only_the_office_of_the_whole_province_locks,
}

/// A report that speaks of a day of September.
fn of_september(percent: i64) -> Value {
    with(report(percent), json!({"measured_on": "2023-09-15"}))
}

async fn lock(app: &TestApp, period: &str) -> Response {
    app.pass(1);
    app.office().post("period-locks", json!({"period": period, "note": "Đã gửi báo cáo"})).await.expect(201)
}

async fn a_closed_period_takes_no_more_reports(app: TestApp) {
    let task = task(&app).await;
    let waiting = logged(&app, &task, of_september(30)).await;
    let made = lock(&app, "2023-09").await;
    assert_eq!((&made.json["starts_on"], &made.json["ends_on"]), (&json!("2023-09-01"), &json!("2023-09-30")));
    assert_eq!((&made.json["waiting"], &made.json["logged_after"], &made.json["locked_by"]), (&json!(1), &json!(0), &json!("office")));
    assert_eq!((&made.json["area"]["code"], &made.json["allowed_actions"]), (&json!("hg"), &json!(["open", "except"])));

    let reporter = app.reporter("hg-so-y-te");
    let path = format!("tasks/{task}/progress-reports");
    let refused = reporter.post(&path, of_september(40)).await;
    refused.invalid("/measured_on", "period_locked");
    assert!(refused.text.contains("kỳ 2023-09 đã khóa"), "{}", refused.text);
    let _ = reporter.post(&path, report(40)).await.expect(201);

    let shown = app.office().get(&format!("progress-reports/{}", waiting.id())).await.expect(200);
    assert_eq!(shown.json["allowed_actions"], json!([]));
    for said in [json!({"outcome": "verified"}), json!({"outcome": "returned", "reason": "Sai"})] {
        let _ = verdict(&app.office(), waiting.id(), said).await.refused(409, "period_locked");
    }
    // Said again it is a duplicate; a larger period is another one.
    let _ = app.office().post("period-locks", json!({"period": "2023-09"})).await.refused(409, "duplicate");
    let _ = lock(&app, "2023Q3").await;
    let listed = app.leader().get("period-locks").await.expect(200);
    assert_eq!(listed.texts("period"), ["2023Q3", "2023-09"]);
    assert_eq!(listed.json["items"][0]["allowed_actions"], json!([]), "a leader reads only");
}

async fn a_unit_is_left_open_for_a_while(app: TestApp) {
    let task = task(&app).await;
    let made = lock(&app, "2023Q3").await;
    let (path, exceptions) = (format!("tasks/{task}/progress-reports"), format!("period-locks/{}/exceptions", made.id()));
    let spare = |unit: &str, until: &str| json!({"unit": unit, "until": until, "reason": "Số liệu đến muộn"});
    let _ = app.office().post(&exceptions, spare("hg-so-tai-chinh", "2023-10-05")).await.expect(201);
    app.pass(1);
    app.reporter("hg-so-y-te").post(&path, of_september(40)).await.invalid("/measured_on", "period_locked");
    // Left open to the superior it is open to those below.
    let changed = app.office().post(&exceptions, spare("hg-ubnd-tinh", "2023-10-05")).await.expect(201);
    let units: Vec<_> = changed.json["exceptions"].as_array().unwrap().iter().map(|e| e["unit"]["code"].clone()).collect();
    assert_eq!((units, &changed.json["version"]), (vec![json!("hg-so-tai-chinh"), json!("hg-ubnd-tinh")], &json!(3)));
    app.pass(1);
    let late = app.reporter("hg-so-y-te").post(&path, of_september(40)).await.expect(201);
    let counted = app.inspector().get(&format!("period-locks/{}", made.id())).await.expect(200);
    assert_eq!((&counted.json["waiting"], &counted.json["logged_after"]), (&json!(1), &json!(1)), "what came after the lock is told");
    let _ = verdict(&app.office(), late.id(), json!({"outcome": "verified"})).await.expect(200);

    app.set_time("2023-10-06");
    app.reporter("hg-so-y-te").post(&path, of_september(50)).await.invalid("/measured_on", "period_locked");
    let events = app.admin().get("audit?subject_kind=period_lock").await.expect(200);
    assert_eq!(events.texts("action"), ["period_lock.excepted", "period_lock.excepted", "period_lock.locked"]);
    let changes = app.leader().get("changes?kind=period_lock").await.expect(200);
    assert_eq!(changes.json["items"][0]["href"], json!(format!("/api/v1/period-locks/{}", made.id())));
}

async fn a_period_is_opened_again(app: TestApp) {
    let task = task(&app).await;
    let made = lock(&app, "2023-09").await;
    let path = format!("period-locks/{}/opening", made.id());
    let _ = app.office().put(&path, json!({"reason": "Khóa nhầm"})).await.refused(428, "precondition_required");
    app.office().put(&path, json!({})).if_match(made.etag()).await.invalid("/reason", "required");
    let opened = app.office().put(&path, json!({"reason": "Khóa nhầm"})).if_match(made.etag()).await.expect(200);
    assert_eq!((&opened.json["opening"]["by"], &opened.json["opening"]["reason"]), (&json!("office"), &json!("Khóa nhầm")));
    let _ = app.office().put(&path, json!({"reason": "Lần nữa"})).if_match(made.etag()).await.refused(412, "stale");
    let again = app.office().put(&path, json!({"reason": "Lần nữa"})).if_match(opened.etag()).await;
    assert_eq!(again.refused(409, "illegal_state").json["allowed_actions"], json!([]));
    let _ = app.reporter("hg-so-y-te").post(&format!("tasks/{task}/progress-reports"), of_september(40)).await.expect(201);
    // It can be closed anew.
    let anew = lock(&app, "2023-09").await;
    assert_eq!(app.leader().get("period-locks?standing=true").await.expect(200).texts("id"), [anew.id()]);
    assert_eq!(app.leader().get("period-locks?standing=false").await.expect(200).texts("id"), [made.id()]);
}

async fn trying_a_lock_tells_what_would_wait(app: TestApp) {
    let task = task(&app).await;
    let _ = logged(&app, &task, of_september(30)).await;
    let tried = app.office().post("period-locks?dry_run=true", json!({"period": "2023Q3"})).await.expect(200);
    assert_eq!((&tried.json["dry_run"], &tried.json["waiting"]), (&json!(true), &json!(1)));
    assert_eq!(app.office().get("period-locks").await.expect(200).json["items"], json!([]));
    let _ = logged(&app, &task, of_september(40)).await;
}

async fn a_lock_must_make_sense(app: TestApp) {
    let office = app.office();
    for wrong in ["2023Q5", "quý III", "2023-9", ""] {
        office.post("period-locks", json!({"period": wrong})).await.invalid("/period", "period");
    }
    office.post("period-locks", json!({"period": "2023Q4"})).await.invalid("/period", "period_not_over");
    office.post("period-locks", json!({"period": "2023Q3", "area": "hg-huyen-vi-thuy"})).await.invalid("/area", "root_area");
    office.post("period-locks", json!({"period": "2023Q3", "area": "hd"})).await.invalid("/area", "unknown_area");
    // The evening of the last day belongs to it, the morning after does not.
    app.set_time("2023-12-31T16:59:00Z");
    office.post("period-locks", json!({"period": "2023Q4"})).await.invalid("/period", "period_not_over");
    app.set_time("2023-12-31T17:00:00Z");
    let made = lock(&app, "2023Q4").await;
    let path = format!("period-locks/{}/exceptions", made.id());
    let spare = |unit: &str, until: &str| json!({"unit": unit, "until": until, "reason": "x"});
    for until in ["2023-12-31", "2024-02-02"] {
        office.post(&path, spare("hg-so-y-te", until)).await.invalid("/until", "range");
    }
    let _ = office.post(&path, spare("hg-so-y-te", "2024-02-01")).await.expect(201);
    office.post(&path, spare("hd-so-tu-phap", "2024-01-05")).await.invalid("/unit", "unknown_unit");
}

async fn only_the_office_of_the_whole_province_locks(app: TestApp) {
    let body = || json!({"period": "2023Q3"});
    let made = lock(&app, "2023-08").await;
    for nobody in [app.reporter("hg-so-y-te"), app.leader(), app.inspector(), app.admin()] {
        let _ = nobody.post("period-locks", body()).await.refused(403, "forbidden");
        let _ = nobody
            .put(&format!("period-locks/{}/opening", made.id()), json!({"reason": "x"}))
            .if_match("*")
            .await
            .refused(403, "forbidden");
    }
    let district = app.account_with("district-office", &[(Role::Office, On::Area("hg-huyen-vi-thuy"))]);
    let _ = district.post("period-locks", body()).await.refused(403, "forbidden");
    let _ =
        district.put(&format!("period-locks/{}/opening", made.id()), json!({"reason": "x"})).if_match("*").await.refused(403, "forbidden");
    // Another province closes its own, and has never heard of this one.
    let _ = app.outsider().post("period-locks", body()).await.expect(201);
    let _ = app.outsider().get(&format!("period-locks/{}", made.id())).await.refused(404, "not_found");
    let task = task(&app).await;
    let _ = logged(&app, &task, of_september(10)).await;
}
