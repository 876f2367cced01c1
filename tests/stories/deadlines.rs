//! The words of a deadline, read before anything is saved.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    words_are_read_by_whoever_writes_them,
    what_cannot_be_read_is_said_to_be_so,
    a_question_is_checked,
}

async fn words_are_read_by_whoever_writes_them(app: TestApp) {
    let before = app.position();
    let read = async |text: &str| {
        let body = json!({"text": text, "reference_date": "2021-08-03", "term": {"start": "2020-10-14", "end": "2025-10-13"}});
        app.reporter("hg-so-y-te").post("deadlines/parse", body).await.expect(200).json
    };
    for (text, kind, start, end) in [
        ("trong quý III-2021", "due_window", json!("2021-07-01"), json!("2021-09-30")),
        ("quý 4/2021", "due_window", json!("2021-10-01"), json!("2021-12-31")),
        ("tháng 8 năm 2021", "due_window", json!("2021-08-01"), json!("2021-08-31")),
        ("chậm nhất ngày 30/6/2022", "due_by", Value::Null, json!("2022-06-30")),
        ("trước ngày 20.7.2022", "due_before", Value::Null, json!("2022-07-19")),
        ("khẩn trương", "urgent_no_date", Value::Null, Value::Null),
        ("thường xuyên", "recurring", Value::Null, Value::Null),
    ] {
        let reading = read(text).await;
        assert_eq!((reading["text"].as_str(), reading["kind"].as_str()), (Some(text), Some(kind)));
        assert_eq!((&reading["start"], &reading["end"]), (&start, &end), "{text}");
        assert_eq!(reading["reference_date"], "2021-08-03");
    }
    assert_eq!(read("quý III-2021 (phấn đấu)").await["binding"], false);
    assert_eq!(read("cuối năm 2021").await["fuzzy"], true);
    assert_eq!(read("cuối nhiệm kỳ").await["end"], "2025-10-13");
    assert_eq!(app.position(), before);
}

async fn what_cannot_be_read_is_said_to_be_so(app: TestApp) {
    let all =
        ["text", "reference_date", "kind", "start", "end", "precision", "recurrence", "binding", "fuzzy", "milestones", "parser_version"];
    for (text, kind) in
        [("khi nào xong thì xong", "unresolved"), ("ngày 31/02/2022", "unresolved"), ("năm nay", "unresolved"), ("30/6/2022", "due_by")]
    {
        let reading = app.leader().post("deadlines/parse", json!({"text": text})).await.expect(200).json;
        assert_eq!(reading["kind"], kind, "{text}");
        let keys: BTreeSet<&str> = reading.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, all.into_iter().collect(), "{text}");
        if kind == "unresolved" {
            assert!(["start", "end", "precision", "recurrence", "reference_date"].iter().all(|key| reading[key].is_null()), "{reading}");
        }
    }
}

async fn a_question_is_checked(app: TestApp) {
    let leader = app.leader();
    let ask = async |body: Value| leader.post("deadlines/parse", body).await;
    ask(json!({})).await.invalid("/text", "required");
    ask(json!({"text": ""})).await.invalid("/text", "length");
    ask(json!({"text": "x".repeat(501)})).await.invalid("/text", "length");
    ask(json!({"text": "30/6", "reference_date": "30/6/2022"})).await.invalid("/reference_date", "wrong_type");
    ask(json!({"text": "30/6", "term": {"start": "2020-10-14"}})).await.invalid("/term/end", "required");
    ask(json!({"text": "30/6", "year": 2022})).await.invalid("/year", "unknown_field");
    app.anonymous().post("deadlines/parse", json!({"text": "30/6"})).await.refused(401, "unauthenticated");
}
