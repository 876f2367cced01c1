//! A leader reads a briefing before a meeting: what waits, what is late, what looks wrong, what changed.

use serde_json::{Value, json};

use super::dashboards::{decide, issued, report, verify};
use super::instructions::{given, step, words};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    what_waits_for_a_decision,
    what_is_late_and_what_is_due,
    what_is_silent_or_looks_wrong,
    what_changed_since_the_last_meeting,
    an_earlier_meeting_is_told_what_was_known_then,
}

pub async fn briefing(app: &TestApp, path: &str) -> Value {
    app.leader().get(&format!("briefings/{path}")).await.expect(200).json
}

pub fn section<'a>(briefing: &'a Value, topic: &str) -> &'a Value {
    briefing["sections"].as_array().unwrap().iter().find(|section| section["topic"] == topic).unwrap()
}

/// A count.
pub fn number(count: &Value) -> usize {
    usize::try_from(count.as_u64().unwrap()).unwrap()
}

/// What stands in a section: its count, and the days of each row.
pub fn told(briefing: &Value, topic: &str) -> (usize, Vec<Option<i64>>) {
    let section = section(briefing, topic);
    (number(&section["count"]), section["items"].as_array().unwrap().iter().map(|row| row["days"].as_i64()).collect())
}

pub async fn due(app: &TestApp, unit: &str, deadline: &str) -> Response {
    issued(app, unit, json!({"deadline": {"text": deadline, "reference_date": "2023-08-03"}})).await
}

pub fn finished() -> Value {
    json!({"state": "completed", "percent": 100, "product": {"number": "1", "issued_on": "2023-08-03"}})
}

async fn back(app: &TestApp, report: &Response) {
    let returned = json!({"outcome": "returned", "reason": "Thiếu sản phẩm."});
    let _ = app.office().put(&format!("progress-reports/{}/verification", report.id()), returned).if_match(report.etag()).await.expect(200);
}

async fn what_waits_for_a_decision(app: TestApp) {
    app.set_time("2023-08-03");
    let task = due(&app, "hg-so-y-te", "31/12/2023").await;
    let stopped = due(&app, "hg-so-y-te", "31/12/2023").await;
    decide(&app, &stopped, json!({"decision": "suspend", "reason": "Chờ quy hoạch."})).await;
    app.set_time("2023-09-17");
    let old = report(&app, "hg-so-y-te", &task, json!({"proposals": [{"text": "Bố trí vốn", "to_unit": "hg-ubnd-tinh"}]})).await;
    app.set_time("2023-09-18");
    let _ = report(&app, "hg-so-y-te", &task, json!({"percent": 20})).await;
    let asked = json!({"deadline": {"text": "31/3/2024"}, "reason": "Chờ vốn."});
    let _ = app.reporter("hg-so-y-te").post(&format!("tasks/{}/commitment-requests", task.id()), asked).await.expect(201);
    let instruction = given(&app.leader(), json!({"task": task.id(), "text": "Báo cáo rõ nguyên nhân"})).await;
    let _ = step(&app.reporter("hg-so-y-te"), instruction.id(), "answer", words("Đã rõ.")).await.expect(200);
    app.set_time("2023-10-02");
    let health = briefing(&app, "hg-so-y-te").await;
    assert_eq!(told(&health, "waiting_reports"), (1, vec![Some(15)]), "the other has waited for two weeks only");
    let row = &section(&health, "waiting_reports")["items"][0];
    assert_eq!((&row["record"]["id"], &row["text"]), (&json!(old.id()), &json!("Đang lấy ý kiến.")));
    assert_eq!(told(&health, "commitment_requests"), (1, vec![Some(14)]));
    assert_eq!(section(&health, "commitment_requests")["items"][0]["to"], "31/3/2024");
    assert_eq!(told(&health, "answered_instructions"), (1, vec![Some(14)]));
    assert_eq!(told(&health, "suspended"), (1, vec![Some(60)]));
    assert_eq!(section(&health, "suspended")["items"][0]["text"], "Chờ quy hoạch.");
    assert_eq!(told(&health, "proposals").0, 0, "it is not asked itself");
    let above = briefing(&app, "hg-ubnd-tinh").await;
    assert_eq!(told(&above, "proposals"), (1, vec![Some(15)]));
    let row = &section(&above, "proposals")["items"][0];
    assert_eq!((&row["unit"]["code"], &row["text"], &row["task"]), (&json!("hg-so-y-te"), &json!("Bố trí vốn"), &json!(task.id())));
    assert_eq!(told(&above, "waiting_reports").0, 1, "what stands below it counts");
    let said = health["sentences"].to_string();
    assert!(said.contains("Cần quyết định: 1 báo cáo chờ xác nhận quá 14 ngày, 1 đề nghị điều chỉnh, 1 trả lời chờ kết thúc"), "{said}");
    let english = app.leader().get("briefings/hg-so-y-te").in_english().await.expect(200).json["sentences"].to_string();
    assert!(english.contains("To decide: 1 reports waiting for more than 14 days"), "{english}");
}

async fn what_is_late_and_what_is_due(app: TestApp) {
    app.set_time("2023-06-01");
    for day in ["30/6/2023", "1/9/2023", "2/9/2023", "30/9/2023", "2/10/2023", "1/11/2023", "2/11/2023"] {
        let _ = issued(&app, "hg-so-y-te", json!({"deadline": {"text": day, "reference_date": "2023-06-01"}})).await;
    }
    app.set_time("2023-10-02");
    let health = briefing(&app, "hg-so-y-te").await;
    assert_eq!((&health["since"], &health["limit"], &health["covers"]), (&json!("2023-09-02"), &json!(5), &json!("subtree")));
    assert_eq!(told(&health, "newly_overdue"), (2, vec![Some(30), Some(2)]), "what was due on the day of comparison was in time then");
    assert_eq!(told(&health, "overdue"), (4, vec![Some(94), Some(31), Some(30), Some(2)]));
    assert_eq!(told(&health, "due_soon"), (2, vec![Some(0), Some(30)]));
    let one = briefing(&app, "hg-so-y-te?limit=1").await;
    assert_eq!(told(&one, "overdue"), (4, vec![Some(94)]));
    let longer = briefing(&app, "hg-so-y-te?since=2023-06-29").await;
    assert_eq!(told(&longer, "newly_overdue").0, 4);
    for (briefing, topic) in [(&health, "newly_overdue"), (&health, "overdue"), (&health, "due_soon"), (&longer, "newly_overdue")] {
        let (section, count) = (section(briefing, topic), told(briefing, topic).0);
        let rows = app.leader().get(section["rows"].as_str().unwrap()).await.expect(200);
        assert_eq!(rows.json["items"].as_array().unwrap().len(), count, "{topic}: {}", section["rows"]);
    }
}

async fn what_is_silent_or_looks_wrong(app: TestApp) {
    app.set_time("2023-05-02");
    let quiet = due(&app, "hg-so-y-te", "31/12/2023").await;
    let fallen = due(&app, "hg-so-y-te", "31/12/2023").await;
    let returned = due(&app, "hg-so-y-te", "31/12/2023").await;
    let corrected = due(&app, "hg-so-y-te", "31/12/2023").await;
    let moved = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "31/8/2023", "reference_date": "2023-05-02"}})).await;
    let open = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "thường xuyên"}})).await;
    app.set_time("2023-08-15");
    let _ = report(&app, "hg-so-y-te", &fallen, json!({"percent": 60})).await;
    for task in [&moved, &open] {
        let _ = report(&app, "hg-so-y-te", task, json!({})).await;
    }
    let instruction = json!({"task": quiet.id(), "text": "Báo cáo ngay", "due": "2023-09-20"});
    let _ = given(&app.leader(), instruction).await;
    let _ = given(&app.leader(), json!({"task": quiet.id(), "text": "Nêu rõ nguyên nhân"})).await;
    app.set_time("2023-09-20");
    let _ = report(&app, "hg-so-y-te", &fallen, json!({"percent": 40, "reason": "Làm lại."})).await;
    for task in [&returned, &corrected] {
        let told = report(&app, "hg-so-y-te", task, json!({"percent": 10})).await;
        back(&app, &told).await;
    }
    let _ = report(&app, "hg-so-y-te", &corrected, json!({"percent": 5})).await;
    let change = json!({"deadline": {"text": "31/12/2023"}, "reason": "Bổ sung nội dung."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", moved.id()), change).await.expect(201);
    app.set_time("2023-10-02");
    let health = briefing(&app, "hg-so-y-te").await;
    // What was returned was no word: that task has been silent from its issue.
    assert_eq!(told(&health, "silent"), (2, vec![Some(153), Some(153)]));
    assert_eq!(told(&health, "percent_fallen"), (1, vec![Some(12)]));
    let row = &section(&health, "percent_fallen")["items"][0];
    assert_eq!((&row["task"], &row["from"], &row["to"]), (&json!(fallen.id()), &json!("60"), &json!("40")));
    assert_eq!(told(&health, "returned_reports"), (1, vec![Some(12)]));
    assert_eq!(section(&health, "returned_reports")["items"][0]["text"], "Thiếu sản phẩm.");
    assert_eq!(told(&health, "deadline_moved_late"), (1, vec![Some(20)]));
    let row = &section(&health, "deadline_moved_late")["items"][0];
    assert_eq!((&row["from"], &row["to"], &row["on"]), (&json!("2023-08-31"), &json!("2023-12-31"), &json!("2023-09-20")));
    assert_eq!(told(&health, "no_deadline"), (1, vec![Some(153)]));
    assert_eq!(told(&health, "open_instructions"), (2, vec![Some(12), None]), "the overdue one first");
    let later = briefing(&app, "hg-so-y-te?since=2023-09-25").await;
    assert_eq!((told(&later, "percent_fallen").0, told(&later, "deadline_moved_late").0), (0, 0), "that was told last time");
    assert_eq!(told(&later, "returned_reports").0, 1, "that still waits");
}

async fn what_changed_since_the_last_meeting(app: TestApp) {
    app.set_time("2023-08-03");
    let claimed = due(&app, "hg-so-y-te", "31/12/2023").await;
    let verified = due(&app, "hg-so-y-te", "31/12/2023").await;
    let before = due(&app, "hg-so-y-te", "31/12/2023").await;
    let waited = due(&app, "hg-so-y-te", "31/12/2023").await;
    app.set_time("2023-08-20");
    let done = report(&app, "hg-so-y-te", &before, finished()).await;
    verify(&app, &done).await;
    let waiting = report(&app, "hg-so-y-te", &waited, finished()).await;
    let _ = report(&app, "hg-so-y-te", &claimed, json!({"percent": 20})).await;
    app.set_time("2023-09-10");
    let _ = report(&app, "hg-so-y-te", &claimed, finished()).await;
    let done = report(&app, "hg-so-y-te", &verified, finished()).await;
    verify(&app, &done).await;
    verify(&app, &waiting).await;
    let fresh = due(&app, "hg-so-y-te", "31/12/2023").await;
    let change = json!({"weight": 3, "reason": "Việc lớn.", "legal_basis": "159-KL/TU"});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", fresh.id()), change).await.expect(201);
    app.set_time("2023-10-02");
    let health = briefing(&app, "hg-so-y-te").await;
    let tasks = |topic: &str| {
        let mut tasks: Vec<String> =
            section(&health, topic)["items"].as_array().unwrap().iter().map(|row| row["task"].as_str().unwrap().to_owned()).collect();
        tasks.sort();
        tasks
    };
    let mut confirmed = vec![verified.id().to_owned(), waited.id().to_owned()];
    confirmed.sort();
    assert_eq!(tasks("completed_verified"), confirmed, "what had been claimed before and was confirmed since is news");
    assert_eq!(tasks("completed_claimed"), [claimed.id()]);
    assert_eq!(tasks("newly_issued"), [fresh.id()]);
    assert_eq!(tasks("commitments_changed"), [fresh.id()]);
    let row = &section(&health, "commitments_changed")["items"][0];
    assert_eq!((&row["from"], &row["to"], &row["text"]), (&json!("1"), &json!("3"), &json!("Việc lớn.")));
    let statistics = &health["statistics"];
    assert_eq!((&statistics["then"]["completed"], &statistics["now"]["completed"]), (&json!(2), &json!(4)));
    assert_eq!((&health["then"]["progress"]["claimed"], &health["then"]["progress"]["verified"]), (&json!(73.33), &json!(99.99)));
    assert_eq!(health["then"], app.leader().get("dashboards/units/hg-so-y-te?as_of=2023-09-02").await.expect(200).json["subtree"]);
}

async fn an_earlier_meeting_is_told_what_was_known_then(app: TestApp) {
    app.set_time("2023-08-03");
    let task = due(&app, "hg-so-y-te", "31/12/2023").await;
    let sent = report(&app, "hg-so-y-te", &task, json!({"proposals": [{"text": "Bố trí vốn", "to_unit": "hg-so-y-te"}]})).await;
    let asked = json!({"weight": 2, "reason": "Việc lớn."});
    let asked = app.reporter("hg-so-y-te").post(&format!("tasks/{}/commitment-requests", task.id()), asked).await.expect(201);
    let instruction = given(&app.leader(), json!({"task": task.id(), "text": "Báo cáo rõ"})).await;
    app.set_time("2023-08-25");
    let then = briefing(&app, "hg-so-y-te").await;
    app.set_time("2023-08-26");
    verify(&app, &sent).await;
    let _ = step(&app.reporter("hg-so-y-te"), instruction.id(), "answer", words("Đã rõ.")).await.expect(200);
    let proposal = sent.json["proposals"][0]["id"].as_str().unwrap().to_owned();
    let _ = step_of(&app, &format!("proposals/{proposal}"), "answer", json!({"outcome": "declined", "answer": "Chưa có vốn."})).await;
    let refused = json!({"outcome": "refused", "reason": "Không phù hợp."});
    let _ = step_of(&app, &format!("commitment-requests/{}", asked.id()), "decision", refused).await;
    app.set_time("2023-08-28");
    let _ = step(&app.leader(), instruction.id(), "closing", json!({"outcome": "closed"})).await.expect(200);
    app.set_time("2023-10-02");
    let again = briefing(&app, "hg-so-y-te?as_of=2023-08-25").await;
    assert_eq!(again["sections"].as_array().unwrap().len(), 18);
    for topic in ["waiting_reports", "proposals", "commitment_requests", "open_instructions"] {
        assert_eq!(told(&again, topic).0, 1, "{topic}");
    }
    let without_links = |briefing: &Value| {
        let mut sections = briefing["sections"].clone();
        sections.as_array_mut().unwrap().iter_mut().for_each(|section| section["rows"] = Value::Null);
        (sections, briefing["sentences"].clone(), briefing["now"].clone())
    };
    assert_eq!(without_links(&again), without_links(&then));
    let between = briefing(&app, "hg-so-y-te?as_of=2023-08-27").await;
    assert_eq!((told(&between, "answered_instructions").0, told(&between, "open_instructions").0), (1, 0));
    let today = briefing(&app, "hg-so-y-te").await;
    for topic in ["waiting_reports", "proposals", "commitment_requests", "open_instructions", "answered_instructions"] {
        assert_eq!(told(&today, topic).0, 0, "{topic}");
    }
}

/// Decides from the version that is shown, as the office.
async fn step_of(app: &TestApp, path: &str, step: &str, body: Value) -> Response {
    let tag = app.office().get(path).await.expect(200).etag().to_owned();
    app.office().put(&format!("{path}/{step}"), body).if_match(&tag).await.expect(200)
}
