//! Progress: logged by units, verified or returned by the monitoring unit.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::resolutions::with;
use super::tasks::{column, decide, draft, issued, seen};
use crate::common::world::On;
use crate::common::{Actor, Response, TestApp, on_both_databases};

on_both_databases! {
    a_reporter_logs_and_the_office_verifies,
    a_return_restores_what_stood_before,
    completion_is_dated_by_its_product,
    what_a_report_says_must_hold_together,
    a_report_is_on_a_task_of_ones_own_that_is_open,
    the_focal_office_logs_for_any_unit_and_is_marked,
    only_the_monitoring_unit_verifies_and_only_once,
    a_late_report_of_an_earlier_day_moves_nothing_back,
    reports_are_listed_newest_first_to_those_who_see_the_task,
}

/// Half-way work, as of today.
pub fn report(percent: impl Into<Value>) -> Value {
    json!({"state": "in_progress", "result": "Đang lấy ý kiến các đơn vị", "percent": percent.into(), "measured_on": "2023-10-02"})
}

/// Finished work with a product of this day, reported today.
pub fn completed(day: &str) -> Value {
    let product = json!({"number": "15-KH/SYT", "issued_on": day});
    json!({"state": "completed", "result": "Đã ban hành kế hoạch", "measured_on": "2023-10-02", "product": product})
}

/// A report the office logs on behalf of the unit.
pub async fn logged(app: &TestApp, task: &str, body: Value) -> Response {
    app.pass(1);
    app.entry().post(&format!("tasks/{task}/progress-reports"), body).await.expect(201)
}

/// Reads the report and says what becomes of it, as the form of the office does.
pub async fn verdict(actor: &Actor<'_>, report: &str, body: Value) -> Response {
    let read = actor.get(&format!("progress-reports/{report}")).await.expect(200);
    actor.put(&format!("progress-reports/{report}/verification"), body).if_match(read.etag()).await
}

/// A task assigned on the first of September, due on the last of the year.
pub async fn task(app: &TestApp) -> String {
    issued(app, with(draft("Xây dựng kế hoạch"), json!({"assigned_on": "2023-09-01"}))).await
}

/// Claimed and verified progress.
pub async fn progress(app: &TestApp, task: &str) -> (Value, Value) {
    let progress = &seen(app, task).await["progress"];
    (progress["claimed"].clone(), progress["verified"].clone())
}

async fn a_reporter_logs_and_the_office_verifies(app: TestApp) {
    let task = task(&app).await;
    let reporter = app.reporter("hg-so-y-te");
    let said = with(report(60), json!({"obstacles": "Chưa có hướng dẫn về kinh phí", "proposals": ["Sở Tài chính hướng dẫn"]}));
    let logged = reporter.post(&format!("tasks/{task}/progress-reports"), said).await.expect(201);
    assert_eq!(logged.header("location"), format!("/api/v1/progress-reports/{}", logged.id()));
    assert_eq!((&logged.json["obstacles"], &logged.json["on_behalf"]), (&json!("Chưa có hướng dẫn về kinh phí"), &json!(false)));
    assert_eq!((&logged.json["unit"]["code"], &logged.json["recorded_by"]), (&json!("hg-so-y-te"), &json!("r-hg-so-y-te")));
    assert_eq!((&logged.json["verification"]["state"], &logged.json["allowed_actions"]), (&json!("submitted"), &json!([])));
    assert_eq!(progress(&app, &task).await, (json!(60), Value::Null), "claimed moves at once, verified waits");
    let now = seen(&app, &task).await;
    assert_eq!((&now["lifecycle"], &now["waiting_reports"]), (&json!("in_progress"), &json!(1)));
    let line = async || {
        let lines = app.leader().get("dashboards/units?kind=department").await.expect(200).json;
        let health = lines["items"].as_array().unwrap().iter().find(|line| line["unit"]["code"] == "hg-so-y-te").unwrap();
        health["progress"].clone()
    };
    assert_eq!((&line().await["claimed"], &line().await["verified"]), (&json!(60), &Value::Null));

    let office = app.office();
    let queue = office.get("progress-reports?state=submitted").await.expect(200);
    assert_eq!((queue.texts("id"), &queue.json["items"][0]["allowed_actions"]), (vec![logged.id()], &json!(["verify", "return"])));
    let verified = verdict(&office, logged.id(), json!({"outcome": "verified"})).await.expect(200);
    assert_eq!((&verified.json["verification"]["state"], &verified.json["verification"]["by"]), (&json!("verified"), &json!("office")));
    assert_eq!(progress(&app, &task).await, (json!(60), json!(60)));
    assert_eq!((&line().await["verified"], &line().await["coverage"]["verified"]), (&json!(60), &json!(1)));
    assert_eq!(office.get("progress-reports?state=submitted").await.texts("id"), Vec::<&str>::new());
    assert_eq!(reporter.get(&format!("progress-reports/{}", logged.id())).await.expect(200).json["allowed_actions"], json!([]));
}

async fn a_return_restores_what_stood_before(app: TestApp) {
    let task = task(&app).await;
    let office = app.office();
    logged(&app, &task, report(30)).await;
    let before = seen(&app, &task).await;
    let done = logged(&app, &task, completed("2023-09-28")).await;
    assert_eq!(seen(&app, &task).await["lifecycle"], "completed");
    verdict(&office, done.id(), json!({"outcome": "returned"})).await.invalid("/reason", "reason_required");
    verdict(&office, done.id(), json!({"outcome": "kept"})).await.invalid("/outcome", "unknown_value");
    let returned = verdict(&office, done.id(), json!({"outcome": "returned", "reason": "Thiếu văn bản kèm theo"})).await.expect(200);
    assert_eq!(returned.json["verification"]["reason"], "Thiếu văn bản kèm theo");
    let after = seen(&app, &task).await;
    for part in ["lifecycle", "progress", "completed_on", "timeliness", "waiting_reports", "last_reported_at"] {
        assert_eq!(after[part], before[part], "{part}");
    }
    // What was returned is corrected by a new report, and no longer stands in its way.
    logged(&app, &task, report(35)).await;
    assert_eq!(progress(&app, &task).await.0, json!(35));
}

async fn completion_is_dated_by_its_product(app: TestApp) {
    let task = task(&app).await;
    app.set_time("2024-01-05");
    let done = with(completed("2023-12-31"), json!({"measured_on": "2024-01-03"}));
    let done = logged(&app, &task, done).await;
    assert_eq!((&done.json["percent"], &done.json["product"]["number"]), (&json!(100), &json!("15-KH/SYT")));
    let waiting = seen(&app, &task).await;
    assert_eq!((&waiting["completed_on"], &waiting["confirmed"]), (&json!("2023-12-31"), &json!(false)));
    assert_eq!((&waiting["timeliness"], &waiting["days_late"]), (&json!("on_time"), &json!(0)));
    assert_eq!(waiting["allowed_actions"], json!(["report", "void"]), "until it is confirmed it can be corrected");
    // The office takes its time; that makes nobody late.
    app.set_time("2024-03-01");
    let _ = verdict(&app.office(), done.id(), json!({"outcome": "verified"})).await.expect(200);
    let confirmed = seen(&app, &task).await;
    assert_eq!((&confirmed["completed_on"], &confirmed["confirmed"]), (&json!("2023-12-31"), &json!(true)));
    assert_eq!((&confirmed["timeliness"], column(&app, "completed_on_time").await), (&json!("on_time"), 1));
    let again = app.office().post(&format!("tasks/{task}/progress-reports"), with(report(80), json!({"reason": "x"}))).await;
    assert_eq!(again.refused(409, "illegal_state").json["allowed_actions"], json!(["void"]));
}

async fn what_a_report_says_must_hold_together(app: TestApp) {
    let task = task(&app).await;
    logged(&app, &task, with(report(60), json!({"measured_on": "2023-09-20"}))).await;
    let before = app.position();
    let reporter = app.reporter("hg-so-y-te");
    let say = async |body: Value| reporter.post(&format!("tasks/{task}/progress-reports"), body).await;
    for percent in [json!(-1), json!(100.01), json!(101), json!(60.555), json!(1e300), json!(-0.001)] {
        say(report(percent)).await.invalid("/percent", "percent");
    }
    say(report("60")).await.refused(422, "validation_failed");
    say(with(report(70), json!({"measured_on": "2023-10-03"}))).await.invalid("/measured_on", "future");
    say(with(report(70), json!({"measured_on": "2023-08-31"}))).await.invalid("/measured_on", "before_task");
    let dates = say(with(report(70), json!({"measured_on": "02/10/2023"}))).await;
    assert_eq!(dates.invalid("/measured_on", "wrong_type").json["errors"][0]["message"], "sai kiểu dữ liệu: YYYY-MM-DD");
    say(json!({"state": "in_progress", "measured_on": "2023-10-02"})).await.invalid("/result", "required");
    say(json!({"state": "in_progress", "result": "x"})).await.invalid("/measured_on", "required");
    say(with(report(70), json!({"state": "done"}))).await.invalid("/state", "unknown_value");
    say(with(report(70), json!({"colour": 1}))).await.invalid("/colour", "unknown_field");
    say(report(59.99)).await.invalid("/reason", "falling_percent");
    say(with(report(10), json!({"state": "not_started"})))
        .await
        .invalid("/percent", "not_started_is_0")
        .names("/reason", "falling_percent");
    let done = completed("2023-09-28");
    say(with(done.clone(), json!({"percent": 99.99}))).await.invalid("/percent", "completed_is_100");
    say(with(done.clone(), json!({"product": null}))).await.invalid("/product", "product_required");
    say(with(done.clone(), json!({"product": {"issued_on": "2023-09-28"}}))).await.invalid("/product", "product_required");
    say(with(done.clone(), json!({"product": {"number": "1"}}))).await.invalid("/product/issued_on", "required");
    say(completed("2023-10-03")).await.invalid("/product/issued_on", "after_measured");
    say(completed("2023-08-31")).await.invalid("/product/issued_on", "before_task");
    assert_eq!((app.position(), progress(&app, &task).await.0), (before, json!(60)));
    // The edges are inside, and what falls says why.
    let _ = say(with(report(59.99), json!({"reason": "Đánh giá lại"}))).await.expect(201);
    let _ = say(with(report(60.05), json!({"measured_on": "2023-09-01"}))).await.expect(201);
    assert_eq!(progress(&app, &task).await.0, json!(59.99));
    let _ = say(with(done, json!({"percent": 100}))).await.expect(201);
}

async fn a_report_is_on_a_task_of_ones_own_that_is_open(app: TestApp) {
    let task = task(&app).await;
    let path = format!("tasks/{task}/progress-reports");
    app.reporter("hg-so-tai-chinh").post(&path, report(60)).await.refused(403, "forbidden");
    app.reporter("hg-so-tai-chinh").post(&path, json!({"state": 1})).await.refused(403, "forbidden");
    app.outsider().post(&path, report(60)).await.refused(404, "not_found");
    app.reporter("hd-so-tu-phap").post(&path, report(60)).await.refused(404, "not_found");
    for actor in [&app.leader(), &app.inspector(), &app.admin()] {
        actor.post(&path, report(60)).await.refused(403, "forbidden");
    }
    app.anonymous().post(&path, report(60)).await.refused(401, "unauthenticated");
    app.office().post("tasks/01890a5d-ac96-774b-bcce-b302099a8057/progress-reports", report(60)).await.refused(404, "not_found");
    app.office().post("tasks/x/progress-reports", report(60)).await.refused(404, "not_found");
    let _ = app.reporter("hg-ubnd-tinh").post(&path, report(60)).await.expect(201);
    let reporter = app.reporter("hg-so-y-te");
    let refused = async |decision: &str, still: Value| {
        let _ = decide(&app.office(), &task, decision).await.expect(201);
        assert_eq!(reporter.post(&path, report(70)).await.refused(409, "illegal_state").json["allowed_actions"], still);
        // 409 comes before 422.
        reporter.post(&path, report(700)).await.refused(409, "illegal_state");
    };
    refused("suspend", json!(["request_commitment"])).await;
    refused("cancel", json!([])).await;
    refused("void", json!([])).await;
    assert_eq!(progress(&app, &task).await.0, json!(60));
}

async fn the_focal_office_logs_for_any_unit_and_is_marked(app: TestApp) {
    let task = task(&app).await;
    let logged = logged(&app, &task, report(20)).await;
    assert_eq!((&logged.json["on_behalf"], &logged.json["recorded_by"]), (&json!(true), &json!("office-entry")));
    assert_eq!(logged.json["unit"]["code"], "hg-so-y-te");
    let own = app.account_with("both", &[(Role::Office, On::Area("hg")), (Role::Reporter, On::Unit("hg-so-y-te"))]);
    let logged = own.post(&format!("tasks/{task}/progress-reports"), report(30)).await.expect(201);
    assert_eq!(logged.json["on_behalf"], false);
}

async fn only_the_monitoring_unit_verifies_and_only_once(app: TestApp) {
    let task = task(&app).await;
    let logged = logged(&app, &task, report(60)).await;
    let path = format!("progress-reports/{}/verification", logged.id());
    let body = json!({"outcome": "verified"});
    let health = app.account_with("office-y-te", &[(Role::Office, On::Unit("hg-so-y-te"))]);
    for actor in [&app.leader(), &app.inspector(), &app.admin(), &app.reporter("hg-so-y-te"), &health] {
        actor.put(&path, body.clone()).if_match("*").await.refused(403, "forbidden");
    }
    assert_eq!(health.get(&format!("progress-reports/{}", logged.id())).await.expect(200).json["allowed_actions"], json!([]));
    app.outsider().put(&path, body.clone()).if_match("*").await.refused(404, "not_found");
    let office = app.office();
    let tag = office.get(&format!("progress-reports/{}", logged.id())).await.expect(200).etag().to_owned();
    office.put(&path, body.clone()).await.refused(428, "precondition_required");
    office.put(&path, body.clone()).if_match("\"7-x\"").await.refused(412, "stale");
    // The office that is granted on the monitoring unit alone may verify, too.
    let monitor = app.account_with("office-vptu", &[(Role::Office, On::Unit("hg-van-phong-tinh-uy"))]);
    let _ = monitor.put(&path, body.clone()).if_match(&tag).await.expect(200);
    office.put(&path, body.clone()).if_match(&tag).await.refused(412, "stale");
    let again = verdict(&office, logged.id(), json!({"outcome": "returned", "reason": "x"})).await;
    assert_eq!(again.refused(409, "illegal_state").json["allowed_actions"], json!([]));
    office.put(&path, json!({"outcome": 1})).if_match("*").await.refused(409, "illegal_state");
    assert_eq!(progress(&app, &task).await.1, json!(60));
}

async fn a_late_report_of_an_earlier_day_moves_nothing_back(app: TestApp) {
    let task = task(&app).await;
    logged(&app, &task, report(60)).await;
    let earlier = logged(&app, &task, with(report(20), json!({"measured_on": "2023-09-15"}))).await;
    assert_eq!(progress(&app, &task).await, (json!(60), Value::Null));
    let _ = verdict(&app.office(), earlier.id(), json!({"outcome": "verified"})).await.expect(200);
    assert_eq!(progress(&app, &task).await, (json!(60), json!(20)));
    let silent = json!({"state": "product_submitted", "result": "Đã trình", "measured_on": "2023-10-02"});
    logged(&app, &task, silent).await;
    let now = seen(&app, &task).await;
    assert_eq!((&now["lifecycle"], &now["progress"]["claimed"]), (&json!("product_submitted"), &json!(60)));
}

async fn reports_are_listed_newest_first_to_those_who_see_the_task(app: TestApp) {
    let (health, finance) = (task(&app).await, issued(&app, with(draft("Khác"), json!({"lead_unit": "hg-so-tai-chinh"}))).await);
    let first = logged(&app, &health, report(10)).await;
    let second = logged(&app, &finance, report(20)).await;
    let third = logged(&app, &health, report(30)).await;
    let _ = verdict(&app.office(), first.id(), json!({"outcome": "returned", "reason": "Thiếu số liệu"})).await.expect(200);
    let list = async |actor: &Actor<'_>, query: &str| {
        actor.get(&format!("progress-reports?{query}")).await.expect(200).texts("id").into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(list(&app.leader(), "").await, [third.id(), second.id(), first.id()]);
    assert_eq!(list(&app.office(), "state=submitted").await, [third.id(), second.id()]);
    assert_eq!(list(&app.office(), "state=returned").await, [first.id()]);
    assert_eq!(list(&app.inspector(), "unit=hg-so-tai-chinh").await, [second.id()]);
    assert_eq!(list(&app.leader(), &format!("task={health}&limit=1")).await, [third.id()]);
    assert_eq!(list(&app.reporter("hg-so-tai-chinh"), "").await, [second.id()]);
    assert_eq!(list(&app.outsider(), "").await, Vec::<String>::new());
    let page = app.leader().get("progress-reports?limit=2").await.expect(200);
    let next = format!("limit=2&cursor={}", page.json["next"].as_str().unwrap());
    assert_eq!(list(&app.leader(), &next).await, [first.id()]);
    app.reporter("hg-so-tai-chinh").get(&format!("progress-reports?task={health}")).await.refused(403, "forbidden");
    app.reporter("hg-so-tai-chinh").get(&format!("progress-reports/{}", first.id())).await.refused(403, "forbidden");
    app.outsider().get(&format!("progress-reports/{}", first.id())).await.refused(404, "not_found");
    app.leader().get("progress-reports?state=waiting").await.refused(400, "invalid_parameter");
    // The queue holds what can still be verified.
    let _ = decide(&app.office(), &finance, "void").await.expect(201);
    assert_eq!(list(&app.office(), "state=submitted").await, [third.id()]);
    let refused = verdict(&app.office(), second.id(), json!({"outcome": "verified"})).await;
    refused.refused(409, "illegal_state");
    assert_eq!(app.office().get(&format!("progress-reports/{}", second.id())).await.json["allowed_actions"], json!([]));
}
