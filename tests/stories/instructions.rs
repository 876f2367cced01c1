//! A leader tells a unit something; the unit answers, and the leader accepts the answer or asks again.

use resolution_tracker::domain::permission::Role;
use resolution_tracker::domain::{Id, Moment};
use resolution_tracker::service::instructions::{OpenInstructions, open_counts};
use serde_json::{Value, json};

use super::progress_reports::{logged, report};
use super::resolutions::with;
use super::tasks::{decide, draft, drafted, issued, seen};
use super::unit_events::{merged, on, record};
use crate::common::world::On;
use crate::common::{Actor, Response, TestApp, on_both_databases};

on_both_databases! {
    a_late_answer_is_asked_for_again_and_accepted,
    an_office_writes_for_a_leader,
    what_a_leader_gave_a_leader_closes,
    others_find_nothing,
    two_people_at_once_and_the_same_twice,
    it_is_about_work_that_was_given_out,
    it_is_said_in_words_to_a_unit_that_exists,
    a_day_is_read_in_words_or_as_it_is,
    the_successor_answers_for_a_unit_that_ended,
    what_waits_is_counted_by_unit_and_province,
    a_report_proves_an_answer,
}

fn told(task: &str) -> Value {
    json!({"task": task, "text": "Báo cáo rõ nguyên nhân chậm", "due": "2023-10-10"})
}

pub async fn given(actor: &Actor<'_>, body: Value) -> Response {
    actor.post("instructions", body).await.expect(201)
}

/// Takes a step from the version that is shown.
async fn step(actor: &Actor<'_>, instruction: &str, step: &str, body: Value) -> Response {
    let path = format!("instructions/{instruction}");
    let tag = actor.get(&path).await.expect(200).etag().to_owned();
    actor.put(&format!("{path}/{step}"), body).if_match(&tag).await
}

fn words(text: &str) -> Value {
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
    step(&unit, made.id(), "answer", words("Lần nữa")).await.refused(409, "illegal_state");

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
    step(&leader, made.id(), "withdrawal", json!({})).await.refused(409, "illegal_state");

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
    // Whoever leads accepts it, also when another leader gave it.
    assert_eq!(deputy.get(&path).await.expect(200).json["allowed_actions"], json!(["close", "reopen"]));
    let _ = step(&deputy, made.id(), "closing", json!({"outcome": "closed"})).await.expect(200);
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

async fn it_is_said_in_words_to_a_unit_that_exists(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    app.db_sql("UPDATE units SET valid_to = '2023-09-30' WHERE code = 'hg-so-tai-chinh'");
    let (leader, before) = (app.leader(), app.position());
    let wrong = [
        (json!({"text": ""}), "/text", "length"),
        (json!({"text": "  "}), "/text", "length"),
        (json!({"text": "x".repeat(10_240)}), "/text", "length"),
        (json!({"due": "01/10/2023"}), "/due", "before_today"),
        (json!({"due": "x".repeat(501)}), "/due", "length"),
        (json!({"to_unit": "hg-so-la"}), "/to_unit", "unknown_unit"),
        (json!({"to_unit": "hd-so-tu-phap"}), "/to_unit", "unknown_unit"),
        (json!({"to_unit": "hg-so-tai-chinh"}), "/to_unit", "not_valid_then"),
        (json!({"task": Id::NIL}), "/task", "unknown_record"),
        (json!({"report": Id::NIL}), "", "one_of"),
        (json!({"task": null, "report": Id::NIL}), "/report", "unknown_record"),
        (json!({"task": null}), "", "one_of"),
        (json!({"state": "closed"}), "/state", "unknown_field"),
    ];
    for (said, pointer, rule) in wrong {
        leader.post("instructions", with(told(&task), said)).await.invalid(pointer, rule);
    }
    leader.get("instructions?unit=hg-so-la").await.refused(400, "invalid_parameter");
    leader.get("instructions?overdue=maybe").await.refused(400, "invalid_parameter");
    assert_eq!(app.position(), before);
    // The day itself is in time, and "today" needs no year.
    let today = given(&leader, with(told(&task), json!({"due": "02/10/2023"}))).await;
    assert_eq!((&today.json["due_on"], &today.json["timeliness"]), (&json!("2023-10-02"), &json!("due_soon")));
}

async fn a_day_is_read_in_words_or_as_it_is(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let due = async |text: &str| {
        let made = given(&app.leader(), with(told(&task), json!({"due": text}))).await.json;
        (made["due"]["kind"].as_str().unwrap().to_owned(), made["due_on"].as_str().map(ToOwned::to_owned))
    };
    assert_eq!(due("trước ngày 15/10").await.1.as_deref(), Some("2023-10-14"));
    assert_eq!(due("trong tháng 10").await.1.as_deref(), Some("2023-10-31"));
    assert_eq!(due("khẩn trương").await, ("urgent_no_date".to_owned(), None));
    assert_eq!(due("khi nào tiện thì làm").await, ("unresolved".to_owned(), None));
    let none = given(&app.leader(), with(told(&task), json!({"due": null}))).await.json;
    assert_eq!((&none["due"], &none["timeliness"]), (&Value::Null, &json!("no_deadline")));
}

async fn the_successor_answers_for_a_unit_that_ended(app: TestApp) {
    merged(&app);
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let made = given(&app.leader(), with(told(&task), json!({"due": "31/12/2023"}))).await;
    let helped = given(&app.leader(), with(told(&task), json!({"to_unit": "hg-so-tai-chinh"}))).await;
    let merge = json!([{"kind": "merge", "from": ["hg-so-y-te", "hg-so-tai-chinh"], "to": [{"ref": "hg-so-moi"}]}]);
    let _ = record(&app, on("2023-10-20", merge)).await.expect(201);
    app.set_time("2023-10-20");
    let heir = app.reporter("hg-so-moi");
    let waits = heir.get("instructions?state=open").await.expect(200);
    assert_eq!(waits.texts("id"), [helped.id(), made.id()]);
    for item in waits.json["items"].as_array().unwrap() {
        assert_eq!((&item["answering_unit"]["code"], &item["allowed_actions"]), (&json!("hg-so-moi"), &json!(["answer"])));
        assert_ne!(item["to_unit"]["code"], "hg-so-moi");
    }
    // Whoever ended reads it still and answers no more.
    let gone = app.reporter("hg-so-y-te");
    assert_eq!(gone.get(&format!("instructions/{}", made.id())).await.expect(200).json["allowed_actions"], json!([]));
    gone.put(&format!("instructions/{}/answer", made.id()), words("x")).if_match("*").await.refused(403, "forbidden");
    assert_eq!(step(&heir, made.id(), "answer", words("Đã tiếp nhận")).await.expect(200).json["steps"][0]["on_behalf"], false);
    // What is said from now on goes to the successor.
    assert_eq!(given(&app.leader(), with(told(&task), json!({"due": null}))).await.json["to_unit"]["code"], "hg-so-moi");
}

async fn what_waits_is_counted_by_unit_and_province(app: TestApp) {
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), json!({"coordinating_units": ["hg-so-tai-chinh"]}))).await;
    let voided = issued(&app, draft("Bỏ")).await;
    let late = given(&app.leader(), told(&task)).await;
    let _ = given(&app.leader(), with(told(&task), json!({"due": null}))).await;
    let _ = given(&app.leader(), with(told(&task), json!({"to_unit": "hg-so-tai-chinh"}))).await;
    let done = given(&app.leader(), told(&task)).await;
    let _ = step(&app.reporter("hg-so-y-te"), done.id(), "answer", words("Xong")).await.expect(200);
    let _ = given(&app.leader(), told(&voided)).await;
    let _ = decide(&app.office(), &voided, "void").await.expect(201);
    let id = |text: String| text.parse::<Id>().unwrap();
    let (hg, hd, health, finance) = (app.area("hg"), app.area("hd"), app.unit("hg-so-y-te"), app.unit("hg-so-tai-chinh"));
    let [hg, hd, health, finance] = [hg, hd, health, finance].map(id);
    let counts = |day: &str| app.db(|conn, _: &Moment| open_counts(conn, &[hg, hd], day.parse().unwrap()));
    let now = counts("2023-10-10");
    assert_eq!(now.by_root.get(&hg), Some(&OpenInstructions { open: 3, overdue: 0 }));
    assert_eq!((now.by_root.get(&hd), now.by_unit.len()), (None, 2));
    let later = counts("2023-10-11");
    assert_eq!(later.by_root[&hg], OpenInstructions { open: 3, overdue: 2 });
    assert_eq!(later.by_unit[&health], OpenInstructions { open: 2, overdue: 1 });
    assert_eq!(later.by_unit[&finance], OpenInstructions { open: 1, overdue: 1 });
    let _ = step(&app.reporter("hg-so-y-te"), late.id(), "answer", words("Xong")).await.expect(200);
    assert_eq!(counts("2023-10-11").by_unit[&health], OpenInstructions { open: 1, overdue: 0 });
    assert!(app.db(|conn, _| open_counts(conn, &[hd], "2023-10-11".parse().unwrap())).by_unit.is_empty());
}

async fn a_report_proves_an_answer(app: TestApp) {
    let (task, other) = (issued(&app, draft("Xây dựng kế hoạch")).await, issued(&app, draft("Việc khác")).await);
    let (about, elsewhere) = (logged(&app, &task, report(10)).await, logged(&app, &other, report(10)).await);
    let made = given(&app.leader(), json!({"report": about.id(), "text": "Vì sao mới 10%?"})).await;
    assert_eq!((&made.json["task"]["id"], &made.json["report"]), (&json!(task), &json!(about.id())));
    let unit = app.reporter("hg-so-y-te");
    for wrong in [elsewhere.id().to_owned(), Id::NIL.to_string()] {
        step(&unit, made.id(), "answer", json!({"text": "x", "report": wrong})).await.invalid("/report", "unknown_record");
    }
    let proof = logged(&app, &task, report(60)).await;
    let answered = step(&unit, made.id(), "answer", json!({"text": "Đã đạt 60%", "report": proof.id()})).await.expect(200).json;
    assert_eq!(answered["steps"][0]["report"], json!(proof.id()));
    assert_eq!(app.leader().get(&format!("instructions?task={task}")).await.expect(200).texts("id"), [made.id()]);
    assert_eq!(app.leader().get(&format!("instructions?task={other}")).await.expect(200).texts("id"), Vec::<&str>::new());
}
