//! Decisions about tasks: what each state allows, and what they leave behind.

use serde_json::{Value, json};

use super::progress_reports::{completed, logged, report, verdict};
use super::resolutions::with;
use super::tasks::{column, decide, draft, drafted, issued, seen};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    each_state_allows_its_own_decisions,
    a_reason_is_given_for_all_but_issuing,
    what_is_voided_is_over,
    what_is_resumed_stands_as_it_was_reported,
    decisions_are_listed_oldest_first,
    decisions_are_for_those_who_write_tasks,
}

const DECISIONS: [&str; 5] = ["issue", "suspend", "resume", "cancel", "void"];

/// A task in this state, brought there the way it happens.
async fn in_state(app: &TestApp, state: &str) -> String {
    let draft = with(draft(state), json!({"assigned_on": "2023-09-01"}));
    if state == "draft" {
        return drafted(app, draft).await;
    }
    let task = issued(app, draft).await;
    let report = match state {
        "in_progress" => Some(report(60)),
        "product_submitted" => Some(with(report(90), json!({"state": "product_submitted"}))),
        "completed" | "confirmed" => Some(completed("2023-09-28")),
        _ => None,
    };
    if let Some(report) = report {
        let logged = logged(app, &task, report).await;
        if state == "confirmed" {
            let _ = verdict(&app.office(), logged.id(), json!({"outcome": "verified"})).await.expect(200);
        }
    }
    for (wanted, decision) in [("suspended", "suspend"), ("cancelled", "cancel"), ("voided", "void")] {
        if state == wanted {
            let _ = decide(&app.office(), &task, decision).await.expect(201);
        }
    }
    task
}

async fn each_state_allows_its_own_decisions(app: TestApp) {
    let open: &[&str] = &["report", "suspend", "cancel", "void", "change_commitment"];
    let states: &[(&str, &[&str])] = &[
        ("draft", &["issue", "void"]),
        ("not_started", open),
        ("in_progress", open),
        ("product_submitted", open),
        ("completed", &["report", "void"]),
        ("confirmed", &["void"]),
        ("suspended", &["resume", "cancel", "void", "change_commitment"]),
        ("cancelled", &["void"]),
        ("voided", &[]),
    ];
    for (state, allowed) in states {
        let task = in_state(&app, state).await;
        assert_eq!(seen(&app, &task).await["allowed_actions"], json!(allowed), "{state}");
        let before = app.position();
        for decision in DECISIONS.iter().filter(|d| !allowed.contains(d)) {
            let refused = decide(&app.office(), &task, decision).await;
            assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(allowed), "{decision} on {state}");
            // The state is looked at before the words.
            app.office().post(&format!("tasks/{task}/decisions"), json!({"decision": decision})).await.refused(409, "illegal_state");
        }
        assert_eq!(app.position(), before, "{state}");
        for decision in DECISIONS.iter().filter(|d| allowed.contains(d)) {
            let task = in_state(&app, state).await;
            let made = decide(&app.office(), &task, decision).await.expect(201);
            let lifecycle = match *decision {
                "issue" | "resume" => "not_started",
                "suspend" => "suspended",
                "cancel" => "cancelled",
                // Voiding leaves the work where it was.
                _ if *state == "confirmed" => "completed",
                _ => state,
            };
            assert_eq!((&made.json["lifecycle"], &made.json["task"]), (&json!(lifecycle), &json!(task)), "{decision} on {state}");
        }
    }
}

async fn a_reason_is_given_for_all_but_issuing(app: TestApp) {
    let task = drafted(&app, draft("Xây dựng kế hoạch")).await;
    let path = format!("tasks/{task}/decisions");
    let office = app.office();
    let _ = office.post(&path, json!({"decision": "issue"})).await.expect(201);
    let before = app.position();
    for decision in ["suspend", "cancel", "void"] {
        office.post(&path, json!({"decision": decision})).await.invalid("/reason", "reason_required");
        office.post(&path, json!({"decision": decision, "reason": ""})).await.invalid("/reason", "length");
        office.post(&path, json!({"decision": decision, "reason": "  "})).await.refused(422, "validation_failed");
    }
    office.post(&path, json!({"decision": "delete", "reason": "x"})).await.invalid("/decision", "unknown_value");
    office.post(&path, json!({"reason": "x"})).await.invalid("/decision", "required");
    assert_eq!(app.position(), before);
}

async fn what_is_voided_is_over(app: TestApp) {
    let task = in_state(&app, "in_progress").await;
    let path = format!("tasks/{task}");
    let office = app.office();
    assert_eq!(column(&app, "total").await, 1);
    let _ = decide(&office, &task, "void").await.expect(201);
    for actor in [&office, &app.leader(), &app.reporter("hg-so-y-te")] {
        assert_eq!(actor.get("tasks").await.expect(200).texts("id"), Vec::<&str>::new());
        let shown = actor.get(&path).await.expect(200).json;
        assert_eq!((shown["voided_at"].is_string(), &shown["allowed_actions"]), (true, &json!([])));
    }
    assert_eq!(column(&app, "total").await, 0);
    office.change(&path, json!({"title": "x"})).await.refused(409, "illegal_state");
    office.post(&format!("{path}/progress-reports"), report(70)).await.refused(409, "illegal_state");
    let change = json!({"weight": 2, "reason": "x"});
    office.post(&format!("{path}/commitment-changes"), change).await.refused(409, "illegal_state");
}

async fn what_is_resumed_stands_as_it_was_reported(app: TestApp) {
    let task = in_state(&app, "in_progress").await;
    let before = seen(&app, &task).await;
    let _ = decide(&app.office(), &task, "suspend").await.expect(201);
    let paused = seen(&app, &task).await;
    assert_eq!((&paused["lifecycle"], &paused["timeliness"]), (&json!("suspended"), &Value::Null));
    assert_eq!((column(&app, "suspended").await, column(&app, "open_in_time").await, column(&app, "total").await), (1, 0, 1));
    let overview = app.leader().get("dashboards/overview").await.json;
    assert_eq!(overview["progress"], json!({"claimed": null, "verified": null, "coverage": {"expected": 0, "reported": 0, "verified": 0}}));
    let resumed = decide(&app.office(), &task, "resume").await.expect(201);
    assert_eq!(resumed.json["lifecycle"], "in_progress");
    let after = seen(&app, &task).await;
    for part in ["lifecycle", "progress", "timeliness", "waiting_reports", "allowed_actions", "due_on", "deadline"] {
        assert_eq!(after[part], before[part], "{part}");
    }
}

async fn decisions_are_listed_oldest_first(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let path = format!("tasks/{task}/decisions");
    let suspend = json!({"decision": "suspend", "reason": "Chờ quy hoạch tỉnh", "legal_basis": "159-KL/TU"});
    let made = app.office().post(&path, suspend).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/{path}"));
    let _ = decide(&app.office(), &task, "resume").await.expect(201);
    let list = app.reporter("hg-so-y-te").get(&path).await.expect(200);
    assert_eq!(list.texts("decision"), ["issue", "suspend", "resume"]);
    assert_eq!(list.texts("recorded_by"), ["office"; 3]);
    assert_eq!(list.texts("legal_basis"), ["", "159-KL/TU", ""]);
    assert_eq!(list.texts("reason")[1], "Chờ quy hoạch tỉnh");
    app.reporter("hg-so-tai-chinh").get(&path).await.refused(403, "forbidden");
    app.outsider().get(&path).await.refused(404, "not_found");
}

async fn decisions_are_for_those_who_write_tasks(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    for actor in [&app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        decide(actor, &task, "cancel").await.refused(403, "forbidden");
    }
    decide(&app.outsider(), &task, "cancel").await.refused(404, "not_found");
    decide(&app.anonymous(), &task, "cancel").await.refused(401, "unauthenticated");
    let _ = decide(&app.admin(), &task, "cancel").await.expect(201);
}
