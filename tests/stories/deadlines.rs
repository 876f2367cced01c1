//! The words of a deadline, read before anything is saved.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    words_are_read_by_whoever_writes_them,
    what_cannot_be_read_is_said_to_be_so,
    a_question_is_checked,
    steps_and_cycles_are_shown_before_anything_is_saved,
    a_kept_reading_does_not_move,
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

async fn steps_and_cycles_are_shown_before_anything_is_saved(app: TestApp) {
    let read = async |body: Value| app.office().post("deadlines/parse", body).await.expect(200).json;
    let cell = "Khởi động quý IV/2026; bộ tiêu chí quý II/2027; cập nhật hằng quý đến 2030 (phấn đấu)";
    let steps = read(json!({"text": cell, "periods_from": "2030-08-01"})).await;
    assert_eq!((&steps["kind"], &steps["start"], &steps["end"]), (&json!("milestones"), &json!("2026-10-01"), &json!("2030-12-31")));
    assert_eq!(
        steps["milestones"][1],
        json!({"text": "bộ tiêu chí quý II/2027", "start": "2027-04-01", "end": "2027-06-30", "precision": "quarter", "recurrence": null, "binding": true})
    );
    assert_eq!((&steps["milestones"][2]["recurrence"], &steps["binding"]), (&json!("quarterly"), &json!(false)));
    let period = |id: &str, start: &str, end: &str| json!({"id": id, "start": start, "end": end, "due": end});
    assert_eq!(steps["periods"], json!([period("2030Q3", "2030-07-01", "2030-09-30"), period("2030Q4", "2030-10-01", "2030-12-31")]));
    let yearly = read(json!({"text": "trước ngày 15/12 hằng năm", "periods_from": "2021-08-03"})).await;
    assert_eq!((&yearly["recurrence"], yearly["periods"].as_array().unwrap().len()), (&json!("yearly, before 15/12"), 12));
    assert_eq!(yearly["periods"][0]["due"], "2021-12-14");
    let once = read(json!({"text": "quý II/2027", "periods_from": "2021-08-03"})).await;
    assert_eq!(once["periods"], json!([]));
}

/// A better parser proposes; it never moves what was read (ADR 8).
async fn a_kept_reading_does_not_move(app: TestApp) {
    let office = app.office();
    let made = office.post("tasks", crate::tasks::draft("Kiểm kê nguồn nguyên liệu")).await.expect(201);
    let path = format!("tasks/{}", made.id());
    let words = json!({"deadline": {"text": "sơ kết năm 2028; tổng kết năm 2030"}});
    let _ = office.change(&path, words).await.expect(200);
    // As version 1 left it.
    assert_eq!(app.db_sql("UPDATE deadlines SET kind = 'unresolved', starts_on = NULL, ends_on = NULL, precision = NULL, milestones = '[]', parser_version = 1 WHERE text LIKE '%2030'"), 1);
    let _ = office.change(&path, json!({"description": "Theo đề án"})).await.expect(200);
    let kept = office.get(&path).await.expect(200).json["deadline"].clone();
    assert_eq!((&kept["kind"], &kept["parser_version"], &kept["end"]), (&json!("unresolved"), &json!(1), &Value::Null));
}
