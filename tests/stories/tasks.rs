//! Tasks: written as drafts, issued, kept to what they promise, and who sees them on the way.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::resolutions::{congress, with};
use crate::common::world::{MONITORING, On};
use crate::common::{Actor, Response, TestApp, on_both_databases};

on_both_databases! {
    a_draft_is_seen_by_its_writers_and_counted_nowhere,
    a_draft_is_rewritten_before_it_is_issued,
    an_issued_task_keeps_what_it_promises,
    a_part_takes_from_the_whole_what_is_not_said_of_it,
    a_whole_is_the_sum_of_its_parts,
    a_secret_task_is_a_stub_that_counts,
    each_role_is_told_what_it_may_do_next,
    words_are_kept_composed,
}

/// Sở Y tế leads, Văn phòng Tỉnh ủy verifies, the last day of 2023 is in time.
pub fn draft(title: &str) -> Value {
    json!({
        "title": title, "lead_unit": "hg-so-y-te", "monitoring_unit": MONITORING,
        "deadline": {"text": "chậm nhất ngày 31/12/2023", "reference_date": "2023-10-02"}
    })
}

/// Makes a draft; a second later than the one before, so that ids follow the order of the story.
pub async fn drafted(app: &TestApp, draft: Value) -> String {
    app.pass(1);
    app.office().post("tasks", draft).await.expect(201).id().to_owned()
}

/// Makes a task and issues it.
pub async fn issued(app: &TestApp, draft: Value) -> String {
    let task = drafted(app, draft).await;
    let _ = decide(&app.office(), &task, "issue").await.expect(201);
    task
}

/// Decides about a task, with a reason where one is needed.
pub async fn decide(actor: &Actor<'_>, task: &str, decision: &str) -> Response {
    let reason = (decision != "issue").then_some("Theo thông báo kết luận");
    actor.post(&format!("tasks/{task}/decisions"), json!({"decision": decision, "reason": reason})).await
}

/// The task as the office sees it.
pub async fn seen(app: &TestApp, task: &str) -> Value {
    app.office().get(&format!("tasks/{task}")).await.expect(200).json
}

/// The number of a column of the whole province's dashboard.
pub async fn column(app: &TestApp, name: &str) -> u64 {
    app.leader().get("dashboards/overview").await.expect(200).json["tasks"][name].as_u64().unwrap()
}

async fn a_draft_is_seen_by_its_writers_and_counted_nowhere(app: TestApp) {
    let made = app.office().post("tasks", draft("Xây dựng kế hoạch")).await.expect(201);
    let path = format!("tasks/{}", made.id());
    assert_eq!(made.header("location"), format!("/api/v1/{path}"));
    assert_eq!((&made.json["lifecycle"], &made.json["timeliness"]), (&json!("draft"), &Value::Null));
    assert_eq!(made.json["allowed_actions"], json!(["issue", "void"]));
    let (leader, inspector, reporter) = (app.leader(), app.inspector(), app.reporter("hg-so-y-te"));
    for actor in [&leader, &inspector, &reporter, &app.outsider()] {
        actor.get(&path).await.refused(404, "not_found");
        assert_eq!(actor.get("tasks").await.expect(200).texts("id"), Vec::<&str>::new());
        actor.get(&format!("{path}/decisions")).await.refused(404, "not_found");
    }
    for actor in [&app.office(), &app.admin()] {
        assert_eq!(actor.get("tasks").await.expect(200).texts("id"), [made.id()]);
        assert_eq!(actor.get("tasks?counted=true").await.expect(200).texts("id"), Vec::<&str>::new());
    }
    assert_eq!(column(&app, "total").await, 0);
    let report = json!({"state": "in_progress", "result": "Đang làm", "measured_on": "2023-10-02"});
    reporter.post(&format!("{path}/progress-reports"), report.clone()).await.refused(404, "not_found");
    let refused = app.office().post(&format!("{path}/progress-reports"), report).await;
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(["issue", "void"]));

    let issue = decide(&app.office(), made.id(), "issue").await.expect(201);
    assert_eq!((&issue.json["lifecycle"], &issue.json["decision"]), (&json!("not_started"), &json!("issue")));
    for actor in [&leader, &inspector, &reporter] {
        assert_eq!(actor.get(&path).await.expect(200).json["timeliness"], "in_time");
        assert_eq!(actor.get("tasks?counted=true").await.expect(200).texts("id"), [made.id()]);
    }
    assert_eq!(column(&app, "total").await, 1);
    app.outsider().get(&path).await.refused(404, "not_found");
}

async fn a_draft_is_rewritten_before_it_is_issued(app: TestApp) {
    let task = drafted(&app, draft("Xây dựng kế hoạch")).await;
    let path = format!("tasks/{task}");
    let office = app.office();
    let deadline = json!({"deadline": {"text": "trong quý IV-2023"}, "weight": 3, "scope": "toàn tỉnh", "lead_unit": "hg-so-tai-chinh"});
    let changed = office.change(&path, deadline).await.expect(200).json;
    assert_eq!(changed["deadline"]["text"], "trong quý IV-2023");
    assert_eq!((&changed["deadline"]["start"], &changed["due_on"]), (&json!("2023-10-01"), &json!("2023-12-31")));
    assert_eq!(changed["deadline"]["reference_date"], "2023-10-02", "a merge patch leaves what it does not name");
    assert_eq!((&changed["lead_unit"]["code"], &changed["weight"]), (&json!("hg-so-tai-chinh"), &json!(3)));
    assert_eq!(changed["original_deadline"], Value::Null, "nothing is promised yet");
    let none = office.change(&path, json!({"deadline": null, "scope": null})).await.expect(200).json;
    assert_eq!((&none["deadline"], &none["due_on"], &none["scope"]), (&Value::Null, &Value::Null, &Value::Null));
    let last = office.change(&path, json!({"deadline": {"text": "30/11/2023"}})).await.expect(200).json;
    assert_eq!((last["due_on"].as_str(), last["version"].as_i64()), (Some("2023-11-30"), Some(4)));
    let _ = decide(&office, &task, "issue").await.expect(201);
    assert_eq!(seen(&app, &task).await["original_deadline"]["text"], "30/11/2023");
}

async fn an_issued_task_keeps_what_it_promises(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let path = format!("tasks/{task}");
    let office = app.office();
    let before = app.position();
    for change in [
        json!({"deadline": {"text": "30/11/2023"}}),
        json!({"deadline": {"reference_date": "2022-01-01"}}),
        json!({"deadline": null}),
        json!({"weight": 2}),
        json!({"scope": "toàn tỉnh"}),
        json!({"lead_unit": "hg-so-tai-chinh"}),
        json!({"title": "Tên mới", "lead_unit": app.unit("hg-so-tai-chinh")}),
    ] {
        office.change(&path, change).await.refused(409, "committed");
    }
    office.change(&path, json!({"parent": drafted(&app, draft("Khác")).await})).await.invalid("/parent", "format");
    assert_eq!(app.position(), before + 1);
    let same = json!({"title": "Tên mới", "weight": 1, "lead_unit": "hg-so-y-te", "coordinating_units": ["hg-so-tai-chinh"]});
    let changed = office.change(&path, same).await.expect(200).json;
    assert_eq!((&changed["title"], &changed["coordinating_units"][0]["code"]), (&json!("Tên mới"), &json!("hg-so-tai-chinh")));
    office.patch(&path, json!({"title": "x"})).await.refused(428, "precondition_required");
    office.patch(&path, json!({"title": "x"})).if_match("\"1\"").await.refused(412, "stale");
    for words in ["2022", "quý I/2023"] {
        let changed = office.change(&path, json!({"assigned_on": {"text": words}})).await.expect(200).json;
        assert_eq!(changed["assigned_on"]["text"], words, "new words do not meet the reading of the old ones");
    }
    office.change(&path, json!({"assigned_on": "x".repeat(201)})).await.invalid("/assigned_on", "length");
    office.change(&path, json!({"title": null})).await.invalid("/title", "required");
    office.change(&path, json!({"title": ""})).await.invalid("/title", "length");
    for actor in [&app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        actor.patch(&path, json!({"title": "x"})).await.refused(403, "forbidden");
    }
    app.outsider().patch(&path, json!({"title": "x"})).await.refused(404, "not_found");
    // Who may write for a helping unit only is stopped before anything else is looked at.
    let helper = app.account_with("office-tai-chinh", &[(Role::Office, On::Unit("hg-so-tai-chinh"))]);
    helper.patch(&path, json!({"title": "x"})).await.refused(403, "forbidden");
}

async fn a_part_takes_from_the_whole_what_is_not_said_of_it(app: TestApp) {
    let resolution = congress(&app).await.id().to_owned();
    let breakthrough = json!({"resolution": resolution, "ordinal": 1, "title": "Phát triển nguồn nhân lực"});
    let breakthrough = app.office().post("breakthroughs", breakthrough).await.expect(201).id().to_owned();
    let whole = json!({
        "resolution": resolution, "breakthrough": breakthrough, "assigned_by": "Bí thư Tỉnh ủy", "assigned_on": "tháng 8/2021",
        "assigning_document": "50-CTr/TU", "weight": 5
    });
    let whole = issued(&app, with(draft("Xây dựng kế hoạch"), whole)).await;
    let part =
        json!({"title": "Phần của Sở Tài chính", "parent": whole, "lead_unit": "hg-so-tai-chinh", "assigned_by": "Chủ tịch UBND tỉnh"});
    let part = app.office().post("tasks", part).await.expect(201).json;
    for inherited in ["resolution", "breakthrough", "monitoring_unit", "assigned_on", "assigning_document"] {
        assert_eq!(part[inherited], seen(&app, &whole).await[inherited], "{inherited}");
        assert_ne!(part[inherited], Value::Null, "{inherited}");
    }
    assert_eq!((&part["assigned_by"], &part["parent"]), (&json!("Chủ tịch UBND tỉnh"), &json!(whole)));
    assert_eq!((&part["weight"], &part["deadline"]), (&json!(1), &Value::Null), "promises are each part's own");
    let _ = decide(&app.office(), &whole, "void").await.expect(201);
    let late = json!({"title": "Phần khác", "parent": whole, "lead_unit": "hg-so-y-te"});
    app.office().post("tasks", late).await.invalid("/parent", "unknown_record");
}

async fn a_whole_is_the_sum_of_its_parts(app: TestApp) {
    let whole = issued(&app, draft("Xây dựng kế hoạch")).await;
    assert_eq!(seen(&app, &whole).await["parts"], Value::Null);
    let mut parts = Vec::new();
    for unit in ["hg-so-y-te", "hg-so-tai-chinh"] {
        parts.push(issued(&app, with(draft(&format!("Phần của {unit}")), json!({"parent": whole, "lead_unit": unit}))).await);
    }
    let report = json!({"state": "in_progress", "result": "Đang làm", "percent": 60, "measured_on": "2023-10-02"});
    let refused = app.reporter("hg-so-y-te").post(&format!("tasks/{whole}/progress-reports"), report.clone()).await;
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(["request_commitment"]));
    let _ = app.reporter("hg-so-y-te").post(&format!("tasks/{}/progress-reports", parts[0]), report).await.expect(201);
    let now = seen(&app, &whole).await;
    assert_eq!(
        (&now["lifecycle"], &now["progress"]["claimed"], &now["progress"]["verified"]),
        (&json!("in_progress"), &json!(60), &Value::Null)
    );
    assert_eq!((&now["parts"]["total"], &now["parts"]["open_in_time"]), (&json!(2), &json!(2)));
    assert_eq!(column(&app, "total").await, 2, "a whole is not counted beside its parts");
    assert_eq!(app.leader().get("tasks?counted=true").await.texts("id"), parts);
    assert_eq!(app.leader().get(&format!("tasks?parent={whole}")).await.texts("id"), parts);
    // What would change nothing is not offered: the parts are suspended and cancelled, each by itself.
    assert_eq!(now["allowed_actions"], json!(["change_commitment"]));
    for decision in ["suspend", "cancel", "resume", "void"] {
        decide(&app.office(), &whole, decision).await.refused(409, "illegal_state");
    }
    for part in &parts {
        let _ = decide(&app.office(), part, "cancel").await.expect(201);
    }
    assert_eq!(seen(&app, &whole).await["lifecycle"], "cancelled");
}

async fn a_secret_task_is_a_stub_that_counts(app: TestApp) {
    let office = app.office();
    let secret = json!({
        "lead_unit": "hg-so-y-te", "secrecy": "secret", "monitoring_unit": MONITORING,
        "deadline": {"text": "31/12/2023"}
    });
    for field in ["title", "description", "deliverable", "scope", "assigning_document", "source"] {
        office.post("tasks", with(secret.clone(), json!({field: "Tên"}))).await.invalid(&format!("/{field}"), "secret_stub");
    }
    let task = issued(&app, secret).await;
    let path = format!("tasks/{task}");
    let (leader, reporter) = (app.leader(), app.reporter("hg-so-y-te"));
    for actor in [&leader, &app.inspector(), &reporter] {
        actor.get(&path).await.refused(404, "not_found");
        actor.get(&format!("{path}/progress-reports")).await.refused(404, "not_found");
        assert_eq!(actor.get("tasks").await.expect(200).texts("id"), Vec::<&str>::new());
    }
    assert_eq!(seen(&app, &task).await["title"], Value::Null);
    assert_eq!((column(&app, "total").await, column(&app, "open_in_time").await), (1, 1));
    let report = json!({"state": "in_progress", "percent": 60, "measured_on": "2023-10-02"});
    reporter.post(&format!("{path}/progress-reports"), report.clone()).await.refused(404, "not_found");
    let with_words = with(report.clone(), json!({"result": "Đã làm", "obstacles": "Khó"}));
    let refused = office.post(&format!("{path}/progress-reports"), with_words).await;
    refused.invalid("/result", "secret_stub").names("/obstacles", "secret_stub");
    let logged = office.post(&format!("{path}/progress-reports"), report).await.expect(201);
    assert_eq!(logged.json["task"]["title"], Value::Null);
    assert_eq!(leader.get("progress-reports").await.expect(200).texts("id"), Vec::<&str>::new());
    leader.get(&format!("progress-reports/{}", logged.id())).await.refused(404, "not_found");
    // A part of a secret task is secret.
    let part = json!({"title": "Phần", "lead_unit": "hg-so-y-te", "parent": task});
    office.post("tasks", part).await.invalid("/title", "secret_stub");
}

async fn each_role_is_told_what_it_may_do_next(app: TestApp) {
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), json!({"coordinating_units": ["hg-so-tai-chinh"]}))).await;
    let path = format!("tasks/{task}");
    let office = app.account_with("office-y-te", &[(Role::Office, On::Unit("hg-so-y-te"))]);
    let all: &[&str] = &["report", "suspend", "cancel", "void", "change_commitment"];
    for (actor, may) in [
        (&app.office(), all),
        (&office, all),
        (&app.admin(), &["suspend", "cancel", "void"]),
        (&app.leader(), &[]),
        (&app.inspector(), &[]),
        (&app.reporter("hg-so-y-te"), &["report", "request_commitment"]),
        (&app.reporter("hg-ubnd-tinh"), &["report", "request_commitment"]),
        // Helping is reading.
        (&app.reporter("hg-so-tai-chinh"), &[]),
    ] {
        assert_eq!(actor.get(&path).await.expect(200).json["allowed_actions"], json!(may));
    }
    app.reporter("hg-huyen-vi-thuy-dang").get(&path).await.refused(403, "forbidden");
    let report = json!({"state": "in_progress", "result": "Đang làm", "measured_on": "2023-10-02"});
    app.reporter("hg-so-tai-chinh").post(&format!("{path}/progress-reports"), report).await.refused(403, "forbidden");
}

/// Words typed on a Mac arrive decomposed; they must be the same words.
async fn words_are_kept_composed(app: TestApp) {
    let title = "Xây dựng kế hoạch thực hiện Nghị quyết";
    let decomposed: String = title.nfd().collect();
    assert_ne!(decomposed, title);
    let deadline: String = "trong quý IV-2023".nfd().collect();
    let made = app.office().post("tasks", with(draft(&decomposed), json!({"deadline": {"text": deadline}}))).await.expect(201);
    assert_eq!((&made.json["title"], &made.json["deadline"]["text"]), (&json!(title), &json!("trong quý IV-2023")));
    assert_eq!(made.json["due_on"], "2023-12-31");
    assert_eq!(app.db_sql(&format!("UPDATE tasks SET version = version WHERE title = '{title}'")), 1);
}
