//! What is told to whom, by when, who answers after a reorganisation, and how much waits.

use resolution_tracker::domain::Id;
use serde_json::{Value, json};

use super::instructions::{given, step, told, words};
use super::progress_reports::{logged, report};
use super::resolutions::with;
use super::tasks::{draft, issued};
use super::unit_events::{merged, on, record};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    the_successor_answers_for_a_unit_that_ended,
    a_report_proves_an_answer,
    it_is_said_in_words_to_a_unit_that_exists,
    a_day_is_read_in_words_or_as_it_is,
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
