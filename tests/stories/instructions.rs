//! A leader tells a unit something; the unit answers, and the leader accepts the answer or asks again.

use resolution_tracker::domain::Id;
use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::resolutions::with;
use super::tasks::{decide, draft, drafted, issued, seen};
use crate::common::world::On;
use crate::common::{Actor, Response, TestApp, on_both_databases};

on_both_databases! {
    a_late_answer_is_asked_for_again_and_accepted,
    an_office_writes_for_a_leader,
    what_a_leader_gave_a_leader_closes,
    others_find_nothing,
    two_people_at_once_and_the_same_twice,
    it_is_about_work_that_was_given_out,
}

pub fn told(task: &str) -> Value {
    json!({"task": task, "text": "Báo cáo rõ nguyên nhân chậm", "due": "2023-10-10"})
}

pub async fn given(actor: &Actor<'_>, body: Value) -> Response {
    actor.post("instructions", body).await.expect(201)
}

/// Takes a step from the version that is shown.
pub async fn step(actor: &Actor<'_>, instruction: &str, step: &str, body: Value) -> Response {
    let path = format!("instructions/{instruction}");
    let tag = actor.get(&path).await.expect(200).etag().to_owned();
    actor.put(&format!("{path}/{step}"), body).if_match(&tag).await
}

pub fn words(text: &str) -> Value {
    json!({"text": text})
}

async fn post(app: &TestApp) -> String {
    app.admin().post("posts", json!({"unit": "hg-tinh-uy", "title": "Phó Bí thư Tỉnh ủy"})).await.expect(201).id().to_owned()
}

async fn a_late_answer_is_asked_for_again_and_accepted(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let (leader, unit) = (app.leader(), app.reporter("hg-so-y-te"));
    let made = given(&leader, told(&task)).await;
    assert_eq!(made.header("location"), format!("/api/v1/instructions/{}", made.id()));
    assert_eq!((&made.json["to_unit"]["code"], &made.json["state"]), (&json!("hg-so-y-te"), &json!("open")));
    assert_eq!((&made.json["due"]["text"], &made.json["due_on"]), (&json!("10/10/2023"), &json!("2023-10-10")));
    assert_eq!((&made.json["timeliness"], &made.json["on_behalf"]), (&json!("due_soon"), &json!(false)));
    assert_eq!(made.json["allowed_actions"], json!(["withdraw"]));
    let before = seen(&app, &task).await;

    // The unit finds it among what waits for it, and answers after the day.
    let waits = unit.get("instructions?state=open&unit=hg-so-y-te").await.expect(200);
    assert_eq!((waits.texts("id"), &waits.json["items"][0]["allowed_actions"]), (vec![made.id()], &json!(["answer"])));
    assert_eq!(unit.get("instructions?overdue=true").await.expect(200).texts("id"), Vec::<&str>::new());
    app.set_time("2023-10-12");
    let late = unit.get("instructions?overdue=true").await.expect(200);
    assert_eq!((late.texts("id"), &late.json["items"][0]["days_late"]), (vec![made.id()], &json!(2)));
    let answered = step(&unit, made.id(), "answer", words("Chờ bố trí vốn")).await.expect(200).json;
    assert_eq!((&answered["state"], &answered["answered_on"]), (&json!("answered"), &json!("2023-10-12")));
    assert_eq!((&answered["timeliness"], &answered["days_late"], &answered["allowed_actions"]), (&json!("late"), &json!(2), &json!([])));
    assert_eq!(unit.get("instructions?overdue=false").await.expect(200).texts("id"), [made.id()]);

    // Not enough: asked again, answered again, accepted.
    step(&leader, made.id(), "closing", json!({"outcome": "reopened"})).await.invalid("/reason", "reason_required");
    let again = step(&leader, made.id(), "closing", json!({"outcome": "reopened", "reason": "Chưa nêu nguồn vốn"})).await.expect(200).json;
    assert_eq!((&again["state"], &again["answered_on"], &again["timeliness"]), (&json!("open"), &Value::Null, &json!("overdue")));
    step(&leader, made.id(), "closing", json!({"outcome": "closed"})).await.refused(409, "illegal_state");
    app.set_time("2023-10-13");
    let _ = step(&unit, made.id(), "answer", words("Vốn sự nghiệp y tế, quý IV")).await.expect(200);
    let queue = leader.get("instructions?state=answered").await.expect(200);
    assert_eq!(queue.json["items"][0]["allowed_actions"], json!(["close", "reopen", "withdraw"]));
    let closed = step(&leader, made.id(), "closing", json!({"outcome": "closed"})).await.expect(200).json;
    assert_eq!((&closed["state"], &closed["days_late"], &closed["allowed_actions"]), (&json!("closed"), &json!(3), &json!([])));
    let steps: Vec<_> = closed["steps"].as_array().unwrap().iter().map(|s| (s["step"].as_str().unwrap(), &s["text"], &s["by"])).collect();
    let (by_unit, by_leader) = (json!("r-hg-so-y-te"), json!("leader"));
    assert_eq!(
        steps,
        [
            ("answered", &json!("Chờ bố trí vốn"), &by_unit),
            ("reopened", &json!("Chưa nêu nguồn vốn"), &by_leader),
            ("answered", &json!("Vốn sự nghiệp y tế, quý IV"), &by_unit),
            ("closed", &Value::Null, &by_leader),
        ]
    );

    // Nothing of the task has moved; the feed shows every step to the unit as well.
    let after = seen(&app, &task).await;
    assert_eq!((&before["version"], &before["progress"], &before["due_on"]), (&after["version"], &after["progress"], &after["due_on"]));
    let feed = unit.get("changes?kind=instruction").await.expect(200);
    let actions = ["given", "answered", "reopened", "answered", "closed"].map(|verb| format!("instruction.{verb}"));
    assert_eq!(feed.texts("action"), actions);
    assert_eq!(app.reporter("hg-so-tai-chinh").get("changes?kind=instruction").await.expect(200).texts("action"), Vec::<&str>::new());
    assert_eq!(app.inspector().get("audit?subject_kind=instruction").await.expect(200).texts("action").len(), 5);
}

async fn an_office_writes_for_a_leader(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let (office, post) = (app.office(), post(&app).await);
    office.post("instructions", told(&task)).await.invalid("/from_post", "required");
    let elsewhere = app.db(|conn, at| {
        let unit = resolution_tracker::store::units::find_by(conn, &"hd-so-tu-phap".to_owned().into())?.unwrap();
        let row = resolution_tracker::store::posts::Post {
            id: at.new_id(),
            unit_id: unit.id,
            title: "Giám đốc".into(),
            version: 1,
            recorded_at: at.recorded_at(),
        };
        Ok(resolution_tracker::store::posts::insert(conn, &row).map(|()| row.id.to_string())?)
    });
    for unknown in [elsewhere, Id::NIL.to_string()] {
        office.post("instructions", with(told(&task), json!({"from_post": unknown}))).await.invalid("/from_post", "unknown_record");
    }
    let made = given(&office, with(told(&task), json!({"from_post": post}))).await;
    assert_eq!((&made.json["on_behalf"], &made.json["given_by"]), (&json!(true), &json!("office")));
    assert_eq!(made.json["from_post"]["title"], "Phó Bí thư Tỉnh ủy");
    assert_eq!(made.json["allowed_actions"], json!(["answer", "withdraw"]));
    // It answers for the unit, marked so, and closes what it wrote.
    let answered = step(&office, made.id(), "answer", words("Đơn vị báo qua điện thoại")).await.expect(200).json;
    assert_eq!((&answered["steps"][0]["on_behalf"], &answered["steps"][0]["by"]), (&json!(true), &json!("office")));
    let closed = step(&office, made.id(), "closing", json!({"outcome": "closed"})).await.expect(200).json;
    assert_eq!(closed["state"], "closed");
    // Another, which a leader takes back.
    let other = given(&office, with(told(&task), json!({"from_post": post}))).await;
    let gone = step(&app.leader(), other.id(), "withdrawal", json!({"reason": "Đã giải quyết tại cuộc họp"})).await.expect(200).json;
    assert_eq!((&gone["state"], &gone["timeliness"]), (&json!("withdrawn"), &Value::Null));
    assert_eq!(gone["steps"][0]["text"], "Đã giải quyết tại cuộc họp");
    step(&app.reporter("hg-so-y-te"), other.id(), "answer", words("x")).await.refused(409, "illegal_state");
}

async fn what_a_leader_gave_a_leader_closes(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let made = given(&app.leader(), with(told(&task), json!({"from_post": post(&app).await}))).await;
    let (office, deputy) = (app.office(), app.account_with("deputy", &[(Role::Leader, On::Area("hg"))]));
    assert_eq!(office.get(&format!("instructions/{}", made.id())).await.expect(200).json["allowed_actions"], json!(["answer"]));
    let path = format!("instructions/{}", made.id());
    for who in [&office, &deputy] {
        who.put(&format!("{path}/withdrawal"), json!({})).if_match("*").await.refused(403, "forbidden");
    }
    let _ = step(&app.reporter("hg-so-y-te"), made.id(), "answer", words("Đã rõ")).await.expect(200);
    office.put(&format!("{path}/closing"), json!({"outcome": "closed"})).if_match("*").await.refused(403, "forbidden");
    step(&app.reporter("hg-so-y-te"), made.id(), "answer", words("Lần nữa")).await.refused(409, "illegal_state");
    // Whoever leads accepts it, also when another leader gave it.
    assert_eq!(deputy.get(&path).await.expect(200).json["allowed_actions"], json!(["close", "reopen"]));
    let _ = step(&deputy, made.id(), "closing", json!({"outcome": "closed"})).await.expect(200);
    step(&app.leader(), made.id(), "withdrawal", json!({})).await.refused(409, "illegal_state");
}

async fn others_find_nothing(app: TestApp) {
    // Sở Tài chính helps with the task, and is told nothing of what Sở Y tế is told.
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), json!({"coordinating_units": ["hg-so-tai-chinh"]}))).await;
    let made = given(&app.leader(), told(&task)).await;
    let path = format!("instructions/{}", made.id());
    let (helper, before) = (app.reporter("hg-so-tai-chinh"), app.position());
    let _ = helper.get(&format!("tasks/{task}")).await.expect(200);
    for list in ["instructions".to_owned(), format!("instructions?task={task}")] {
        assert_eq!(helper.get(&list).await.expect(200).texts("id"), Vec::<&str>::new(), "{list}");
        assert_eq!(app.inspector().get(&list).await.expect(200).texts("id"), [made.id()], "{list}");
    }
    helper.get(&path).await.refused(403, "forbidden");
    helper.put(&format!("{path}/answer"), words("x")).if_match("*").await.refused(403, "forbidden");
    app.outsider().get(&path).await.refused(404, "not_found");
    app.outsider().put(&format!("{path}/answer"), words("x")).if_match("*").await.refused(404, "not_found");
    app.outsider().post("instructions", told(&task)).await.invalid("/task", "unknown_record");
    for reader in [&app.admin(), &app.inspector()] {
        assert_eq!(reader.get(&path).await.expect(200).json["allowed_actions"], json!([]));
        reader.post("instructions", told(&task)).await.refused(403, "forbidden");
        reader.put(&format!("{path}/answer"), words("x")).if_match("*").await.refused(403, "forbidden");
        reader.put(&format!("{path}/closing"), json!({"outcome": "closed"})).if_match("*").await.refused(403, "forbidden");
    }
    // A leader of one department instructs no other.
    let elsewhere = app.account_with("leader-tai-chinh", &[(Role::Leader, On::Unit("hg-so-tai-chinh"))]);
    elsewhere.post("instructions", told(&task)).await.refused(403, "forbidden");
    assert_eq!(app.position(), before);
    let helped = given(&elsewhere, with(told(&task), json!({"to_unit": "hg-so-tai-chinh"}))).await;
    assert_eq!(helper.get("instructions").await.expect(200).texts("id"), [helped.id()]);
    // A unit that has nothing to do with the task reads what it is told about it.
    let third = given(&app.leader(), with(told(&task), json!({"to_unit": "hg-so-khoa-hoc-va-cong-nghe"}))).await;
    let science = app.reporter("hg-so-khoa-hoc-va-cong-nghe");
    assert_eq!(science.get("instructions").await.expect(200).texts("id"), [third.id()]);
    let _ = step(&science, third.id(), "answer", words("Đã nắm")).await.expect(200);
    // Once the task is secret, it is found by its writers only.
    app.db_sql("UPDATE tasks SET secrecy = 'secret'");
    app.reporter("hg-so-y-te").get(&path).await.refused(404, "not_found");
    assert_eq!(app.leader().get("instructions").await.expect(200).texts("id"), Vec::<&str>::new());
}

async fn two_people_at_once_and_the_same_twice(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let leader = app.leader();
    let one = leader.post("instructions", told(&task)).key("k1").await.expect(201);
    let same = leader.post("instructions", told(&task)).key("k1").await.expect(201);
    assert_eq!((one.id(), leader.get("instructions").await.expect(200).texts("id").len()), (same.id(), 1));
    leader.post("instructions", with(told(&task), words("Khác"))).key("k1").await.refused(422, "idempotency_key_reused");
    let path = format!("instructions/{}/answer", one.id());
    let unit = app.reporter("hg-so-y-te");
    unit.put(&path, words("x")).await.refused(428, "precondition_required");
    let office = app.office();
    let here = async { unit.put(&path, words("Của đơn vị")).if_match(one.etag()).await };
    let there = async { office.put(&path, words("Của văn phòng")).if_match(one.etag()).await };
    let (here, there) = futures_util::future::join(here, there).await;
    let mut statuses = [here.status, there.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    assert_eq!(leader.get(&format!("instructions/{}", one.id())).await.expect(200).json["steps"].as_array().unwrap().len(), 1);
}

async fn it_is_about_work_that_was_given_out(app: TestApp) {
    let (leader, office, post) = (app.leader(), app.office(), post(&app).await);
    let by_office = |task: &str| with(told(task), json!({"from_post": post}));
    let draft_only = drafted(&app, draft("Còn soạn")).await;
    let voided = issued(&app, draft("Bỏ")).await;
    let kept = given(&leader, told(&voided)).await;
    let _ = decide(&office, &voided, "void").await.expect(201);
    let before = app.position();
    leader.post("instructions", told(&draft_only)).await.invalid("/task", "unknown_record");
    office.post("instructions", by_office(&draft_only)).await.refused(409, "illegal_state");
    leader.post("instructions", told(&voided)).await.refused(409, "illegal_state");
    let unit = app.reporter("hg-so-y-te");
    unit.put(&format!("instructions/{}/answer", kept.id()), words("x")).if_match("*").await.refused(409, "illegal_state");
    assert_eq!(leader.get("instructions").await.expect(200).texts("id"), Vec::<&str>::new());
    assert_eq!(leader.get(&format!("instructions?task={voided}")).await.expect(200).texts("id"), [kept.id()]);
    let secret = issued(&app, json!({"secrecy": "secret", "lead_unit": "hg-so-y-te"})).await;
    let position = app.position();
    leader.post("instructions", told(&secret)).await.invalid("/task", "unknown_record");
    office.post("instructions", by_office(&secret)).await.invalid("/text", "secret_stub");
    assert!(position > before && app.position() == position);
}
