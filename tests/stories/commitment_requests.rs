//! A unit asks for another deadline; an office or a leader approves or refuses.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::progress_reports::{completed, logged};
use super::resolutions::with;
use super::tasks::{draft, issued, seen};
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    what_is_asked_for_changes_nothing_until_it_is_approved,
    a_refusal_gives_its_reason,
    whoever_asked_may_take_it_back,
    an_approval_after_the_day_does_not_cure_lateness,
    both_deadlines_are_judged_by,
    a_request_asks_for_something,
    each_keeps_to_what_is_theirs,
    two_people_decide_at_once,
}

fn until(text: &str) -> Value {
    json!({"deadline": {"text": text}, "reason": "Chờ quy hoạch tỉnh"})
}

async fn asked(app: &TestApp, task: &str, body: Value) -> Response {
    app.reporter("hg-so-y-te").post(&format!("tasks/{task}/commitment-requests"), body).await
}

/// Decides as `who`, from the version that is shown.
async fn decided(app: &TestApp, who: &str, request: &str, body: Value) -> Response {
    let path = format!("commitment-requests/{request}");
    let tag = app.account(who).get(&path).await.expect(200).etag().to_owned();
    app.account(who).put(&format!("{path}/decision"), body).if_match(&tag).await
}

async fn what_is_asked_for_changes_nothing_until_it_is_approved(app: TestApp) {
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), json!({"deadline": {"text": "31/10/2023"}}))).await;
    let asks = app.reporter("hg-so-y-te");
    assert_eq!(asks.get(&format!("tasks/{task}")).await.json["allowed_actions"], json!(["report", "request_commitment"]));
    let request = asked(&app, &task, until("31/12/2023")).await.expect(201);
    assert_eq!(request.header("location"), format!("/api/v1/commitment-requests/{}", request.id()));
    assert_eq!(request.json["changes"], json!([{"field": "deadline", "from": "31/10/2023", "to": "31/12/2023"}]));
    assert_eq!((&request.json["state"], &request.json["decision"]), (&json!("open"), &Value::Null));
    assert_eq!(request.json["allowed_actions"], json!(["withdraw"]));
    assert_eq!((&request.json["unit"]["code"], &request.json["requested_by"]), (&json!("hg-so-y-te"), &json!("r-hg-so-y-te")));
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["rescheduled"]), (&json!("2023-10-31"), &json!(false)));
    // The leader finds it in the queue and approves it.
    let queue = app.leader().get("commitment-requests?state=open").await.expect(200);
    assert_eq!(queue.texts("id"), [request.id()]);
    assert_eq!(queue.json["items"][0]["allowed_actions"], json!(["approve", "refuse"]));
    let approval = json!({"outcome": "approved", "legal_basis": "159-KL/TU", "approver": "Thường trực Tỉnh ủy"});
    let approved = decided(&app, "leader", request.id(), approval).await.expect(200).json;
    assert_eq!((&approved["state"], &approved["decision"]["by"]), (&json!("approved"), &json!("leader")));
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["rescheduled"]), (&json!("2023-12-31"), &json!(true)));
    assert_eq!((&now["deadline"]["text"], &now["original_deadline"]["text"]), (&json!("31/12/2023"), &json!("31/10/2023")));
    // The ledger tells who asked, who approved, from what to what and why.
    let change = app.leader().get(&format!("tasks/{task}/commitment-changes")).await.expect(200).json["items"][0].clone();
    assert_eq!(change["id"], approved["decision"]["change"]);
    let told = ["request", "requested_by", "recorded_by", "approver", "legal_basis", "reason"].map(|key| change[key].as_str().unwrap());
    assert_eq!(told, [request.id(), "r-hg-so-y-te", "leader", "Thường trực Tỉnh ủy", "159-KL/TU", "Chờ quy hoạch tỉnh"]);
    assert_eq!(app.leader().get("commitment-requests?state=open").await.expect(200).texts("id"), Vec::<&str>::new());
    // The change feed shows both, and the unit reads them.
    let changes = asks.get("changes?kind=commitment_request").await.expect(200);
    assert_eq!(changes.texts("action"), ["commitment_request.opened", "commitment_request.approved"]);
}

async fn a_refusal_gives_its_reason(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let request = asked(&app, &task, until("31/12/2024")).await.expect(201);
    decided(&app, "office", request.id(), json!({"outcome": "refused"})).await.invalid("/reason", "reason_required");
    let refused = decided(&app, "office", request.id(), json!({"outcome": "refused", "reason": "Chưa có căn cứ"})).await.expect(200).json;
    assert_eq!((&refused["state"], &refused["decision"]["reason"]), (&json!("refused"), &json!("Chưa có căn cứ")));
    assert_eq!((&refused["decision"]["change"], &refused["allowed_actions"]), (&Value::Null, &json!([])));
    assert_eq!(seen(&app, &task).await["due_on"], "2023-12-31");
    decided(&app, "office", request.id(), json!({"outcome": "approved"})).await.refused(409, "illegal_state");
    // Asked again, since nothing waits any more.
    let _ = asked(&app, &task, until("31/12/2024")).await.expect(201);
}

async fn whoever_asked_may_take_it_back(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let request = asked(&app, &task, until("31/12/2024")).await.expect(201);
    asked(&app, &task, until("31/12/2024")).await.refused(409, "already_requested");
    let path = format!("commitment-requests/{}/withdrawal", request.id());
    let asks = app.reporter("hg-so-y-te");
    asks.put(&path, json!({})).await.refused(428, "precondition_required");
    app.leader().put(&path, json!({})).if_match("*").await.refused(403, "forbidden");
    app.reporter("hg-so-tai-chinh").put(&path, json!({})).if_match("*").await.refused(403, "forbidden");
    let gone = asks.put(&path, json!({"reason": "Đã có vốn"})).if_match(request.etag()).await.expect(200).json;
    assert_eq!((&gone["state"], &gone["decision"]["by"]), (&json!("withdrawn"), &json!("r-hg-so-y-te")));
    asks.put(&path, json!({})).if_match("*").await.refused(409, "illegal_state");
}

async fn an_approval_after_the_day_does_not_cure_lateness(app: TestApp) {
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), json!({"deadline": {"text": "31/10/2023"}}))).await;
    app.set_time("2023-10-31");
    let request = asked(&app, &task, until("31/12/2023")).await.expect(201);
    app.set_time("2023-11-01");
    let _ = decided(&app, "leader", request.id(), json!({"outcome": "approved"})).await.expect(200);
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["timeliness"], &now["days_late"]), (&json!("2023-10-31"), &json!("overdue"), &json!(1)));
    assert_eq!(now["deadline"]["end"], "2023-12-31");
}

async fn both_deadlines_are_judged_by(app: TestApp) {
    let moved = issued(&app, with(draft("Được gia hạn"), json!({"deadline": {"text": "31/10/2023"}}))).await;
    let kept = issued(&app, with(draft("Không gia hạn"), json!({"deadline": {"text": "31/10/2023"}}))).await;
    let heavier = issued(&app, with(draft("Chỉ đổi trọng số"), json!({"deadline": {"text": "31/12/2023"}}))).await;
    let _ = asked(&app, &heavier, json!({"weight": 3, "reason": "Việc lớn"})).await.expect(201);
    let request = asked(&app, &moved, until("30/11/2023")).await.expect(201);
    let _ = decided(&app, "office", request.id(), json!({"outcome": "approved"})).await.expect(200);
    app.set_time("2023-11-15");
    let numbers = app.leader().get("dashboards/overview").await.expect(200).json;
    let of = |counts: &Value| ["open_overdue", "open_due_soon", "open_in_time"].map(|column| counts[column].as_u64().unwrap());
    assert_eq!((of(&numbers["tasks"]), of(&numbers["original"])), ([1, 1, 1], [2, 0, 1]));
    assert_eq!((&numbers["rescheduled"], &numbers["original"]["total"]), (&json!(1), &json!(3)));
    // Each number is the length of its list.
    let listed = async |query: &str| {
        let listed = app.leader().get(&format!("tasks?counted=true&{query}")).await.expect(200);
        let mut ids: Vec<String> = listed.texts("id").into_iter().map(ToOwned::to_owned).collect();
        ids.sort();
        ids
    };
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    assert_eq!(listed("timeliness=overdue").await, [kept.clone()]);
    assert_eq!(listed("timeliness=overdue&against=original").await, sorted(vec![kept.clone(), moved.clone()]));
    assert_eq!(listed("timeliness=in_time&against=original").await, [heavier.clone()]);
    assert_eq!(listed("rescheduled=true").await, [moved.clone()]);
    assert_eq!(listed("rescheduled=false").await, sorted(vec![kept.clone(), heavier]));
    let now = seen(&app, &moved).await;
    assert_eq!(
        (&now["timeliness"], &now["original_timeliness"], &now["original_days_late"]),
        (&json!("due_soon"), &json!("overdue"), &json!(15))
    );
    // Done after the first day and before the second: late by the one, on time by the other.
    logged(&app, &moved, with(completed("2023-11-15"), json!({"measured_on": "2023-11-15"}))).await;
    let numbers = app.leader().get("dashboards/overview").await.expect(200).json;
    assert_eq!((&numbers["tasks"]["completed_on_time"], &numbers["original"]["completed_late"]), (&json!(1), &json!(1)));
    assert_eq!(listed("timeliness=late&against=original").await, [moved.clone()]);
    // The past stays: on an earlier day nothing had been moved.
    let before = app.leader().get("dashboards/overview?as_of=2023-11-15").await.expect(200).json;
    assert_eq!((&before["tasks"], &before["original"]), (&numbers["tasks"], &numbers["original"]));
    app.leader().get("tasks?against=other").await.refused(400, "invalid_parameter");
}

async fn a_request_asks_for_something(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let before = app.position();
    for nothing in [json!({"reason": "x"}), json!({"weight": 1, "reason": "x"}), until("chậm nhất ngày 31/12/2023")] {
        asked(&app, &task, nothing).await.invalid("", "nothing_changes");
    }
    asked(&app, &task, json!({"weight": 2})).await.invalid("/reason", "required");
    asked(&app, &task, json!({"weight": 0, "reason": "x"})).await.invalid("/weight", "range");
    asked(&app, &task, json!({"lead_unit": "hd-so-tu-phap", "reason": "x"})).await.invalid("/lead_unit", "unknown_unit");
    asked(&app, &task, json!({"approver": "Tôi", "weight": 2, "reason": "x"})).await.invalid("/approver", "unknown_field");
    asked(&app, &task, json!({"deadline": {"text": "x".repeat(10_240)}, "reason": "x"})).await.invalid("/deadline/text", "length");
    assert_eq!(app.position(), before);
    // Another unit may be asked for, which the reporter could not name by a change.
    let other = asked(&app, &task, json!({"lead_unit": "hg-so-tai-chinh", "reason": "Đúng chức năng"})).await.expect(201);
    let _ = decided(&app, "office", other.id(), json!({"outcome": "approved"})).await.expect(200);
    assert_eq!(seen(&app, &task).await["lead_unit"]["code"], "hg-so-tai-chinh");
    // What is done takes no change, so it is not asked for, and what waits can only be refused.
    let late = app.reporter("hg-so-tai-chinh").post(&format!("tasks/{task}/commitment-requests"), until("31/12/2024")).await.expect(201);
    let path = format!("tasks/{task}/progress-reports");
    let done = with(completed("2023-10-02"), json!({"measured_on": "2023-10-02"}));
    let _ = app.reporter("hg-so-tai-chinh").post(&path, done).await.expect(201);
    app.reporter("hg-so-tai-chinh")
        .post(&format!("tasks/{task}/commitment-requests"), until("30/6/2025"))
        .await
        .refused(409, "illegal_state");
    decided(&app, "office", late.id(), json!({"outcome": "approved"})).await.refused(409, "illegal_state");
    let _ = decided(&app, "office", late.id(), json!({"outcome": "refused", "reason": "Đã hoàn thành"})).await.expect(200);
}

async fn each_keeps_to_what_is_theirs(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let request = asked(&app, &task, until("31/12/2024")).await.expect(201);
    let path = format!("commitment-requests/{}", request.id());
    let stranger = app.reporter("hg-so-tai-chinh");
    stranger.get(&path).await.refused(403, "forbidden");
    stranger.post(&format!("tasks/{task}/commitment-requests"), until("31/12/2025")).await.refused(403, "forbidden");
    assert_eq!(stranger.get("commitment-requests").await.expect(200).texts("id"), Vec::<&str>::new());
    app.outsider().get(&path).await.refused(404, "not_found");
    let yes = json!({"outcome": "approved"});
    for actor in [&app.admin(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        actor.put(&format!("{path}/decision"), yes.clone()).if_match("*").await.refused(403, "forbidden");
    }
    // A leader of another department reads it, and decides about it no more than about its work.
    let elsewhere = app.account_with("leader-tai-chinh", &[(Role::Leader, On::Unit("hg-so-tai-chinh"))]);
    assert_eq!(elsewhere.get(&path).await.expect(200).json["allowed_actions"], json!([]));
    elsewhere.put(&format!("{path}/decision"), yes).if_match("*").await.refused(403, "forbidden");
    assert_eq!(app.inspector().get("commitment-requests?unit=hg-so-y-te").await.expect(200).texts("id"), [request.id()]);
    app.inspector().get("commitment-requests?unit=hg-so-la").await.refused(400, "invalid_parameter");
}

async fn two_people_decide_at_once(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let request = asked(&app, &task, until("31/12/2024")).await.expect(201);
    let path = format!("commitment-requests/{}/decision", request.id());
    let yes = json!({"outcome": "approved"});
    let (leader, office) = (app.leader(), app.office());
    let no = json!({"outcome": "refused", "reason": "Không"});
    let yes = async { leader.put(&path, yes).if_match(request.etag()).await };
    let no = async { office.put(&path, no).if_match(request.etag()).await };
    let (one, other) = futures_util::future::join(yes, no).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
}
