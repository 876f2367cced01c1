//! Changes of commitments: extensions, other weights and scopes, another lead unit.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::progress_reports::{completed, logged, report, verdict};
use super::resolutions::with;
use super::tasks::{draft, drafted, issued, seen};
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    an_extension_in_time_moves_the_day_of_judgement,
    an_extension_after_the_fact_cures_nothing,
    another_lead_unit_takes_over,
    every_change_is_told_from_what_to_what,
    a_change_changes_something,
    only_offices_change_commitments,
    only_open_work_has_commitments_to_change,
}

async fn change(app: &TestApp, task: &str, body: Value) -> Response {
    app.pass(1);
    app.office().post(&format!("tasks/{task}/commitment-changes"), with(json!({"reason": "Ban Thường vụ đồng ý"}), body)).await
}

fn until(text: &str) -> Value {
    json!({"deadline": {"text": text}})
}

async fn an_extension_in_time_moves_the_day_of_judgement(app: TestApp) {
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), until("31/10/2023"))).await;
    // On the last day it is still in time.
    app.set_time("2023-10-31");
    let made = change(&app, &task, until("31/12/2023")).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/tasks/{task}/commitment-changes"));
    let listed = app.leader().get(&format!("tasks/{task}/commitment-changes")).await.expect(200);
    assert_eq!((&made.json["recorded_by"], listed.texts("recorded_by")), (&json!("office"), vec!["office"]));
    app.set_time("2023-11-01");
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["deadline"]["end"]), (&json!("2023-12-31"), &json!("2023-12-31")));
    assert_eq!(now["original_deadline"]["end"], "2023-10-31");
    assert_eq!((&now["timeliness"], &now["days_late"]), (&json!("in_time"), &Value::Null));
    // Shortened again, and missed.
    let _ = change(&app, &task, until("15/11/2023")).await.expect(201);
    app.set_time("2023-11-16");
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["timeliness"], &now["days_late"]), (&json!("2023-11-15"), &json!("overdue"), &json!(1)));
}

async fn an_extension_after_the_fact_cures_nothing(app: TestApp) {
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), until("31/10/2023"))).await;
    app.set_time("2023-11-01");
    let _ = change(&app, &task, until("31/12/2023")).await.expect(201);
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["timeliness"], &now["days_late"]), (&json!("2023-10-31"), &json!("overdue"), &json!(1)));
    assert_eq!((&now["deadline"]["end"], &now["original_deadline"]["end"]), (&json!("2023-12-31"), &json!("2023-10-31")));
    assert_eq!(app.leader().get("tasks?timeliness=overdue").await.texts("id"), [task.as_str()]);
    let done = with(completed("2023-11-20"), json!({"measured_on": "2023-11-20"}));
    app.set_time("2023-11-20");
    logged(&app, &task, done).await;
    let now = seen(&app, &task).await;
    assert_eq!((&now["timeliness"], &now["days_late"]), (&json!("late"), &json!(20)));
    // Work that had no date can be given one at any time.
    let urgent = issued(&app, with(draft("Việc khẩn"), until("khẩn trương"))).await;
    app.set_time("2023-12-01");
    let _ = change(&app, &urgent, until("31/12/2023")).await.expect(201);
    assert_eq!(seen(&app, &urgent).await["due_on"], "2023-12-31");
}

async fn another_lead_unit_takes_over(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let path = format!("tasks/{task}");
    let (old, new) = (app.reporter("hg-so-y-te"), app.reporter("hg-so-tai-chinh"));
    let logged = old.post(&format!("{path}/progress-reports"), report(40)).await.expect(201);
    new.get(&path).await.refused(403, "forbidden");
    let _ = change(&app, &task, json!({"lead_unit": "hg-so-tai-chinh"})).await.expect(201);
    old.get(&path).await.refused(403, "forbidden");
    old.post(&format!("{path}/progress-reports"), report(50)).await.refused(403, "forbidden");
    assert_eq!(old.get("tasks").await.expect(200).texts("id"), Vec::<&str>::new());
    assert_eq!(new.get("tasks").await.expect(200).texts("id"), [task.as_str()]);
    let _ = new.post(&format!("{path}/progress-reports"), report(50)).await.expect(201);
    let reports = new.get(&format!("{path}/progress-reports")).await.expect(200).json;
    let spoke: Vec<_> = reports["items"].as_array().unwrap().iter().map(|r| r["unit"]["code"].as_str().unwrap()).collect();
    assert_eq!(spoke, ["hg-so-tai-chinh", "hg-so-y-te"], "who said it stays");
    let _ = verdict(&app.office(), logged.id(), json!({"outcome": "verified"})).await.expect(200);
    let lines = app.leader().get("dashboards/units?kind=department").await.expect(200).json;
    let totals: Vec<_> =
        lines["items"].as_array().unwrap().iter().map(|l| (l["unit"]["code"].as_str().unwrap(), l["tasks"]["total"].as_u64())).collect();
    assert!(totals.contains(&("hg-so-tai-chinh", Some(1))) && !totals.contains(&("hg-so-y-te", Some(1))), "{totals:?}");
}

async fn every_change_is_told_from_what_to_what(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let office = app.office();
    let tag = office.get(&format!("tasks/{task}")).await.expect(200).etag().to_owned();
    let all = json!({
        "deadline": {"text": "trong quý I-2024"}, "weight": 4, "scope": "toàn tỉnh", "lead_unit": "hg-so-tai-chinh",
        "legal_basis": "159-KL/TU", "approver": "Thường trực Tỉnh ủy"
    });
    let made = change(&app, &task, all).await.expect(201).json;
    assert_eq!(
        made["changes"],
        json!([
            {"field": "deadline", "from": "chậm nhất ngày 31/12/2023", "to": "trong quý I-2024"},
            {"field": "weight", "from": "1", "to": "4"},
            {"field": "scope", "from": null, "to": "toàn tỉnh"},
            {"field": "lead_unit", "from": "hg-so-y-te", "to": "hg-so-tai-chinh"},
        ])
    );
    assert_eq!((&made["approver"], &made["legal_basis"]), (&json!("Thường trực Tỉnh ủy"), &json!("159-KL/TU")));
    office.patch(&format!("tasks/{task}"), json!({"title": "x"})).if_match(&tag).await.refused(412, "stale");
    let now = seen(&app, &task).await;
    assert_eq!((&now["weight"], &now["scope"], &now["due_on"]), (&json!(4), &json!("toàn tỉnh"), &json!("2024-03-31")));
    let _ = change(&app, &task, json!({"weight": 2})).await.expect(201);
    let list = app.leader().get(&format!("tasks/{task}/commitment-changes")).await.expect(200).json;
    assert_eq!(list["items"][0], made);
    assert_eq!(list["items"][1]["changes"], json!([{"field": "weight", "from": "4", "to": "2"}]));
    app.reporter("hg-so-y-te").get(&format!("tasks/{task}/commitment-changes")).await.refused(403, "forbidden");
}

async fn a_change_changes_something(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let _ = app.admin().change("units/hg-so-tai-chinh", json!({"valid_to": "2023-09-30"})).await.expect(200);
    let before = app.position();
    for nothing in [json!({}), json!({"weight": 1}), until("chậm nhất ngày 31/12/2023"), json!({"lead_unit": "hg-so-y-te"})] {
        change(&app, &task, nothing).await.invalid("", "nothing_changes");
    }
    change(&app, &task, json!({"lead_unit": "hg-so-tai-chinh"})).await.invalid("/lead_unit", "not_valid_then");
    change(&app, &task, json!({"lead_unit": "hd-so-tu-phap"})).await.invalid("/lead_unit", "unknown_unit");
    change(&app, &task, json!({"lead_unit": "hg-so-la"})).await.invalid("/lead_unit", "unknown_unit");
    change(&app, &task, json!({"weight": 0})).await.invalid("/weight", "range");
    change(&app, &task, json!({"title": "x"})).await.invalid("/title", "unknown_field");
    let path = format!("tasks/{task}/commitment-changes");
    app.office().post(&path, json!({"weight": 2})).await.invalid("/reason", "required");
    app.office().post(&path, json!({"weight": 2, "reason": ""})).await.invalid("/reason", "length");
    let both = app.account_with("office-2", &[(Role::Office, On::Area("hg")), (Role::Office, On::Area("hd"))]);
    both.post(&path, json!({"lead_unit": "hd-so-tu-phap", "reason": "x"})).await.invalid("/lead_unit", "other_root");
    assert_eq!(app.position(), before);
}

async fn only_offices_change_commitments(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let path = format!("tasks/{task}/commitment-changes");
    let body = json!({"weight": 2, "reason": "x"});
    for actor in [&app.admin(), &app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        actor.post(&path, body.clone()).await.refused(403, "forbidden");
    }
    let health = app.account_with("office-y-te", &[(Role::Office, On::Unit("hg-so-y-te"))]);
    health.post(&path, json!({"lead_unit": "hg-so-tai-chinh", "reason": "x"})).await.refused(403, "forbidden");
    let finance = app.account_with("office-tai-chinh", &[(Role::Office, On::Unit("hg-so-tai-chinh"))]);
    finance.post(&path, body.clone()).await.refused(403, "forbidden");
    app.outsider().post(&path, body.clone()).await.refused(404, "not_found");
    let _ = health.post(&path, body).await.expect(201);
}

async fn only_open_work_has_commitments_to_change(app: TestApp) {
    let draft_only = drafted(&app, draft("Dự thảo")).await;
    let refused = change(&app, &draft_only, json!({"weight": 2})).await;
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(["issue", "void"]));
    let done = issued(&app, with(draft("Đã xong"), json!({"assigned_on": "2023-09-01"}))).await;
    logged(&app, &done, completed("2023-09-28")).await;
    let refused = change(&app, &done, json!({"weight": 2})).await;
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(["report", "void"]));
}
