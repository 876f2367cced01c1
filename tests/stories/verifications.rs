//! Verification: by somebody else than who reported; the light path, on which reports verify themselves.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::progress_reports::{completed, logged, progress, report, task, verdict};
use super::resolutions::with;
use super::tasks::{decide, draft, seen};
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    nobody_verifies_a_report_of_ones_own,
    on_the_light_path_a_report_verifies_itself,
    a_report_that_verified_itself_is_still_returned,
    the_past_of_a_report_that_verified_itself,
    who_may_decide_the_light_path,
    the_light_path_is_for_work_that_takes_reports,
}

/// Decides how reports on a task are verified, as the form of the office does.
async fn light(app: &TestApp, task: &str, allowed: bool) -> Response {
    let path = format!("tasks/{task}/self-verification");
    let read = app.office().get(&path).await.expect(200);
    app.office().put(&path, json!({"allowed": allowed, "reason": "Việc thường xuyên"})).if_match(read.etag()).await
}

/// What a reporter of the lead unit logs.
async fn told(app: &TestApp, task: &str, body: Value) -> Response {
    app.reporter("hg-so-y-te").post(&format!("tasks/{task}/progress-reports"), body).await.expect(201)
}

async fn nobody_verifies_a_report_of_ones_own(app: TestApp) {
    let task = task(&app).await;
    let own = app.office().post(&format!("tasks/{task}/progress-reports"), report(60)).await.expect(201);
    assert_eq!(own.json["allowed_actions"], json!(["return"]));
    let refused = verdict(&app.office(), own.id(), json!({"outcome": "verified"})).await;
    assert_eq!(refused.refused(409, "own_report").json["allowed_actions"], json!(["return"]));
    assert_eq!(progress(&app, &task).await, (json!(60), Value::Null), "nothing was verified");
    // Another account of the office may, once it is granted on the monitoring unit or above.
    let read = app.entry().get(&format!("progress-reports/{}", own.id())).await.expect(200);
    assert_eq!(read.json["allowed_actions"], json!(["verify", "return"]));
    let verified = verdict(&app.entry(), own.id(), json!({"outcome": "verified"})).await.expect(200);
    assert_eq!((&verified.json["recorded_by"], &verified.json["verification"]["by"]), (&json!("office"), &json!("office-entry")));

    let slip = app.office().post(&format!("tasks/{task}/progress-reports"), report(70)).await.expect(201);
    verdict(&app.office(), slip.id(), json!({"outcome": "returned"})).await.invalid("/reason", "reason_required");
    let back = verdict(&app.office(), slip.id(), json!({"outcome": "returned", "reason": "Nhập nhầm nhiệm vụ"})).await.expect(200);
    assert_eq!((&back.json["verification"]["state"], &back.json["allowed_actions"]), (&json!("returned"), &json!([])));
    assert_eq!(progress(&app, &task).await, (json!(60), json!(60)));
}

async fn on_the_light_path_a_report_verifies_itself(app: TestApp) {
    let task = task(&app).await;
    let before = logged(&app, &task, report(10)).await;
    let path = format!("tasks/{task}/self-verification");
    let two_steps = app.leader().get(&path).await.expect(200);
    assert_eq!(
        two_steps.json,
        json!({"task": task, "allowed": false, "reason": null, "decided_by": null, "decided_at": null, "version": 0})
    );
    let on = light(&app, &task, true).await.expect(200);
    assert_eq!((&on.json["allowed"], &on.json["decided_by"], &on.json["version"]), (&json!(true), &json!("office"), &json!(1)));
    assert_eq!(light(&app, &task, true).await.expect(200).json, on.json, "said again it changes nothing");

    let told = told(&app, &task, report(60)).await;
    let verification = &told.json["verification"];
    assert_eq!((&verification["state"], &verification["self_verified"]), (&json!("verified"), &json!(true)));
    assert_eq!((&verification["by"], &verification["at"]), (&told.json["recorded_by"], &told.json["recorded_at"]));
    assert_eq!(progress(&app, &task).await, (json!(60), json!(60)));
    let kept = app.office().get(&format!("progress-reports/{}", before.id())).await.expect(200);
    assert_eq!((&kept.json["verification"]["state"], &seen(&app, &task).await["waiting_reports"]), (&json!("submitted"), &json!(1)));

    let events = app.admin().get("audit?subject_kind=progress_report").await.expect(200);
    assert_eq!(events.texts("action"), ["progress_report.verified", "progress_report.submitted", "progress_report.submitted"]);
    assert_eq!(
        (&events.json["items"][0]["reason"], &events.json["items"][0]["actor"]["name"]),
        (&json!("Việc thường xuyên"), &json!("r-hg-so-y-te"))
    );

    let _ = light(&app, &task, false).await.expect(200);
    let waits = self::told(&app, &task, report(70)).await;
    assert_eq!((&waits.json["verification"]["state"], progress(&app, &task).await), (&json!("submitted"), (json!(70), json!(60))));
    // Two offices decide at once: the slower one is told.
    let slow = app.office().put(&path, json!({"allowed": true, "reason": "x"})).if_match(on.etag()).await;
    let _ = slow.refused(412, "stale");
    let _ = app.office().put(&path, json!({"allowed": true, "reason": "x"})).await.refused(428, "precondition_required");
}

async fn a_report_that_verified_itself_is_still_returned(app: TestApp) {
    let task = task(&app).await;
    let _ = light(&app, &task, true).await.expect(200);
    let done = told(&app, &task, completed("2023-09-20")).await;
    assert_eq!((&seen(&app, &task).await["lifecycle"], &seen(&app, &task).await["confirmed"]), (&json!("completed"), &json!(true)));
    let shown = app.office().get(&format!("progress-reports/{}", done.id())).await.expect(200);
    assert_eq!(shown.json["allowed_actions"], json!(["return"]));
    verdict(&app.office(), done.id(), json!({"outcome": "verified"})).await.refused(409, "illegal_state");
    let back = verdict(&app.office(), done.id(), json!({"outcome": "returned", "reason": "Thiếu văn bản"})).await.expect(200);
    assert_eq!((&back.json["verification"]["by"], &back.json["verification"]["self_verified"]), (&json!("office"), &json!(true)));
    assert_eq!(seen(&app, &task).await["lifecycle"], json!("not_started"), "what stood before is restored");
    verdict(&app.office(), done.id(), json!({"outcome": "returned", "reason": "Lần nữa"})).await.refused(409, "illegal_state");
}

async fn the_past_of_a_report_that_verified_itself(app: TestApp) {
    let task = task(&app).await;
    let _ = light(&app, &task, true).await.expect(200);
    let done = told(&app, &task, report(60)).await;
    let units = async |app: &TestApp, as_of: &str| {
        let table = app.leader().get(&format!("dashboards/units{as_of}")).await.expect(200).json;
        super::dashboards::line(&table, "unit", "hg-so-y-te")["progress"].clone()
    };
    let then = units(&app, "").await;
    assert_eq!((&then["claimed"], &then["verified"]), (&json!(60), &json!(60)));
    app.set_time("2023-10-30");
    verdict(&app.office(), done.id(), json!({"outcome": "returned", "reason": "Số liệu sai"})).await.expect(200).json.take();
    assert_eq!(units(&app, "").await["verified"], Value::Null);
    assert_eq!(units(&app, "?as_of=2023-10-02").await, then, "on that day it stood as verified");
    // It never waited, and nobody was hasty to verify it.
    let briefing = app.leader().get("briefings/hg-so-y-te?as_of=2023-10-25").await.expect(200).json;
    assert_eq!(super::briefings::section(&briefing, "waiting_reports")["count"], json!(0));
    let hasty = app.inspector().get("dashboards/integrity/fast_verification?as_of=2023-10-25").await.expect(200);
    assert_eq!(hasty.json["items"], json!([]));
}

async fn who_may_decide_the_light_path(app: TestApp) {
    let task = task(&app).await;
    let path = format!("tasks/{task}/self-verification");
    let body = || json!({"allowed": true, "reason": "Việc thường xuyên"});
    for nobody in [app.reporter("hg-so-y-te"), app.leader(), app.inspector(), app.admin()] {
        let _ = nobody.put(&path, body()).if_match("*").await.refused(403, "forbidden");
    }
    let _ = app.outsider().put(&path, body()).if_match("*").await.refused(404, "not_found");
    let _ = app.outsider().get(&path).await.refused(404, "not_found");
    let elsewhere = app.account_with("finance", &[(Role::Office, On::Unit("hg-so-tai-chinh"))]);
    let _ = elsewhere.put(&path, body()).if_match("*").await.refused(403, "forbidden");
    app.office().put(&path, json!({"allowed": true})).if_match("*").await.invalid("/reason", "required");
    app.office().put(&path, json!({"allowed": true, "reason": " "})).if_match("*").await.invalid("/reason", "length");
}

async fn the_light_path_is_for_work_that_takes_reports(app: TestApp) {
    let secret = with(draft(""), json!({"title": null, "secrecy": "confidential"}));
    let secret = app.office().post("tasks", secret).await.expect(201);
    light(&app, secret.id(), true).await.invalid("/allowed", "secret_stub");
    let voided = task(&app).await;
    let _ = decide(&app.office(), &voided, "void").await.expect(201);
    let refused = light(&app, &voided, true).await;
    let _ = refused.refused(409, "illegal_state");
}
