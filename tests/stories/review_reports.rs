//! Reports of review rounds: worked out, frozen, approved, corrected beside, and held against the record.

use resolution_tracker::service::review_reports;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::dashboards::{issued, report, verify};
use super::indicators::indicator;
use super::resolutions::congress;
use super::review_submissions::open;
use super::reviews::three_year;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_report_is_worked_out_until_it_is_frozen,
    what_is_frozen_has_the_same_bytes_wherever_it_is_frozen,
    freezing_says_why_it_is_early_and_what_is_missing,
    leaders_approve_what_they_have_read,
    an_altered_row_is_shown_by_diff_and_by_verify,
    a_round_is_compared_with_the_one_before,
    the_papers_are_made_of_what_was_frozen,
}

/// A frozen round after three years, to which Sở Y tế has handed in; its address is answered without `reviews/`.
pub async fn frozen(app: &TestApp) -> String {
    let all = app.office().get("reviews").await.expect(200);
    let id = all.texts("id")[0].to_owned();
    let review = format!("reviews/{id}");
    let _ = app.office().post(&format!("{review}/decisions"), json!({"decision": "open"})).await.expect(201);
    let _ = app.reporter("hg-so-y-te").put(&format!("{review}/submissions/hg-so-y-te"), json!({"results": "Xong"})).await.expect(201);
    let _ = app.office().post(&format!("{review}/decisions"), json!({"decision": "consolidate"})).await.expect(201);
    let why = json!({"early_reason": "Thử", "missing_reason": "Thử"});
    let _ = app.office().post(&format!("{review}/freeze"), why).await.expect(201);
    id
}

async fn decide(app: &TestApp, review: &str, decision: &str) {
    let _ = app.office().post(&format!("{review}/decisions"), json!({"decision": decision})).await.expect(201);
}

async fn freeze(app: &TestApp, review: &str, body: Value) -> Response {
    app.office().post(&format!("{review}/freeze"), body).await
}

/// A round whose units have all handed in and been confirmed, put together, on the day after it was due.
async fn ready(app: &TestApp) -> String {
    let (review, task) = open(app).await;
    let told = report(app, "hg-so-y-te", &task, json!({"percent": 40})).await;
    verify(app, &told).await;
    for unit in ["hg-so-y-te", "hg-so-tai-chinh"] {
        let path = format!("{review}/submissions/{unit}");
        let sent = app.reporter(unit).put(&path, json!({"results": format!("Kết quả của {unit}")})).await.expect(201);
        let _ = app.office().put(&format!("{path}/verification"), json!({"outcome": "verified"})).if_match(sent.etag()).await.expect(200);
    }
    let texts = json!({"results": "Kinh tế phát triển.", "lessons": "Rõ người, rõ việc."});
    let _ = app.office().change(&review, json!({"texts": texts, "claimed_score": "1/1 chỉ tiêu đạt và vượt"})).await.expect(200);
    app.set_time("2023-10-15");
    decide(app, &review, "consolidate").await;
    review
}

async fn a_report_is_worked_out_until_it_is_frozen(app: TestApp) {
    let review = ready(&app).await;
    let path = format!("{review}/report");
    let draft = app.leader().get(&path).await.expect(200);
    assert_eq!((&draft.json["as_of"], &draft.json["tasks"]["total"]["statistic"]["total"]), (&json!("2023-10-15"), &json!(2)));
    assert_eq!(draft.json["tasks"]["total"]["statistic"]["open_overdue"], 2);
    assert_eq!(draft.json["tasks"]["units"][1]["verified"], 40);
    assert_eq!(draft.json["indicators"]["sentence"], "0/1 chỉ tiêu đạt và vượt, trong đó 0 vượt");
    let mismatch = json!([{"part": "reached", "said": 1, "counted": 0}]);
    assert_eq!(draft.json["indicators"]["claimed"]["mismatches"], mismatch);
    assert_eq!(draft.json["texts"]["lessons"], "Rõ người, rõ việc.");
    let states: Vec<&Value> = draft.json["submissions"].as_array().unwrap().iter().map(|line| &line["state"]).collect();
    assert_eq!(states, ["verified", "verified"]);
    app.leader().get(&format!("{path}?as_of=2023-10-16")).await.refused(400, "invalid_parameter").names("as_of", "future");
    app.reporter("hg-so-y-te").get(&path).await.refused(403, "forbidden");
    app.leader().get(&format!("{review}/freeze")).await.refused(404, "not_found");
    app.leader().get(&format!("{review}/diff")).await.refused(404, "not_found");

    let frozen = freeze(&app, &review, json!({})).await.expect(201);
    assert_eq!((&frozen.json["state"], &frozen.json["allowed_actions"]), (&json!("frozen"), &json!(["approve", "correct"])));
    let kept = app.leader().get(&path).await.expect(200);
    assert_eq!(kept.json["as_of"], "2023-10-14");
    let about = app.leader().get(&format!("{review}/freeze")).await.expect(200);
    assert_eq!(about.json["sha256"], hex::encode(Sha256::digest(&kept.text)), "the answer is the very bytes");
    app.leader().get(&format!("{path}?as_of=2023-10-15")).await.refused(400, "invalid_parameter").names("as_of", "frozen_on");
    let _ = app.leader().get(&path).header("If-None-Match", kept.etag()).await.expect(304);
    // Nothing that comes later changes it.
    app.set_time("2024-02-01");
    let later = report(&app, "hg-so-y-te", &issued(&app, "hg-so-y-te", json!({})).await, json!({"percent": 90})).await;
    verify(&app, &later).await;
    assert_eq!(app.leader().get(&path).await.expect(200).text, kept.text);
    for (path, body) in [("decisions", json!({"decision": "reopen", "reason": "Sai"})), ("freeze", json!({})), ("snapshots", json!({}))] {
        app.office().post(&format!("{review}/{path}"), body).await.refused(409, "illegal_state");
    }
    app.office().change(&review, json!({"due_on": "2024-01-01"})).await.refused(409, "illegal_state");
    let late = app.reporter("hg-so-y-te").put(&format!("{review}/submissions/hg-so-y-te"), json!({"results": "Muộn"})).await;
    late.refused(409, "illegal_state");
}

async fn what_is_frozen_has_the_same_bytes_wherever_it_is_frozen(app: TestApp) {
    let review = ready(&app).await;
    let _ = freeze(&app, &review, json!({})).await.expect(201);
    let kept = app.leader().get(&format!("{review}/report")).await.expect(200).text;
    assert_eq!(kept, include_str!("../fixtures/review-report.json").trim_end(), "one fixture for both databases");
}

async fn freezing_says_why_it_is_early_and_what_is_missing(app: TestApp) {
    let (review, _) = open(&app).await;
    freeze(&app, &review, json!({})).await.refused(409, "illegal_state");
    app.set_time("2023-10-05");
    decide(&app, &review, "consolidate").await;
    let before = app.position();
    let early = json!({"early_reason": "Tỉnh kết thúc hoạt động"});
    freeze(&app, &review, json!({})).await.invalid("/early_reason", "reason_required");
    freeze(&app, &review, early.clone()).await.invalid("/missing_reason", "still_missing");
    for (day, rule) in
        [("2023-10-05", "day_not_over"), ("2030-01-01", "day_not_over"), ("1990-01-01", "before_data"), ("hôm qua", "wrong_type")]
    {
        let body = json!({"as_of": day, "early_reason": "x", "missing_reason": "x"});
        freeze(&app, &review, body).await.invalid("/as_of", rule);
        assert_eq!(app.position(), before, "{day}");
    }
    freeze(&app, &review, json!({"as_of": "2023-10-05", "early_reason": "x"})).await.invalid("/as_of", "day_not_over");
    let why = json!({"early_reason": "Tỉnh kết thúc hoạt động", "missing_reason": "Hai sở chưa gửi"});
    let frozen = app.office().post(&format!("{review}/freeze"), why.clone()).key("once").await.expect(201);
    let again = app.office().post(&format!("{review}/freeze"), why).key("once").await.expect(201);
    assert_eq!(again.json, frozen.json);
    let kept = app.leader().get(&format!("{review}/report")).await.expect(200);
    assert_eq!((&kept.json["early_reason"], &kept.json["missing_reason"]), (&json!("Tỉnh kết thúc hoạt động"), &json!("Hai sở chưa gửi")));
    assert_eq!(kept.json["submissions"][0]["state"], "owed");
}

async fn leaders_approve_what_they_have_read(app: TestApp) {
    let review = ready(&app).await;
    let path = format!("{review}/approvals");
    let nothing = json!({"sha256": "0".repeat(64)});
    app.leader().post(&path, nothing.clone()).await.refused(409, "illegal_state");
    let _ = freeze(&app, &review, json!({})).await.expect(201);
    let sha256 = app.leader().get(&format!("{review}/freeze")).await.expect(200).json["sha256"].clone();
    app.leader().post(&path, nothing).await.invalid("/sha256", "other_content");
    app.leader().post(&path, json!({"sha256": "x"})).await.invalid("/sha256", "length");
    app.office().post(&path, json!({"sha256": sha256})).await.refused(403, "forbidden");
    app.outsider().post(&path, json!({"sha256": sha256})).await.refused(404, "not_found");
    let signed = app.leader().post(&path, json!({"sha256": sha256, "post": "Phó Bí thư Tỉnh ủy"})).key("k").await.expect(201);
    assert_eq!((&signed.json["post"], &signed.json["sha256"]), (&json!("Phó Bí thư Tỉnh ủy"), &sha256));
    app.leader().post(&path, json!({"sha256": sha256})).await.refused(409, "duplicate");
    let note = app.office().post(&format!("{review}/errata"), json!({"text": "Biểu 1: đọc là 93,78."})).await.expect(201);
    assert_eq!(note.json["recorded_by"], "office");
    let about = app.leader().get(&format!("{review}/freeze")).await.expect(200);
    assert_eq!((&about.json["approvals"], &about.json["errata"]), (&json!([signed.json]), &json!([note.json])));
    assert_eq!(about.json["sha256"], sha256, "what was frozen stays as it was");
}

async fn an_altered_row_is_shown_by_diff_and_by_verify(app: TestApp) {
    let review = ready(&app).await;
    let _ = freeze(&app, &review, json!({})).await.expect(201);
    let check = || app.db(|conn, _| review_reports::verify(conn, &|_| ()));
    let diff = |against: &str| {
        let path = format!("{review}/diff?against={against}");
        let app = &app;
        async move { app.leader().get(&path).await.expect(200).json }
    };
    assert_eq!(check().unwrap().reviews, 1);
    for against in ["record", "now"] {
        let same = diff(against).await;
        let expected = if against == "record" { 0 } else { 2 };
        assert_eq!((&same["whole"], &same["total"]), (&json!(true), &json!(expected)), "{same}");
    }
    let days = diff("now").await;
    assert!(days["differences"][0]["pointer"].as_str().unwrap().ends_with("/days_late"), "{days}");
    // A percentage altered by hand.
    let _ = app.db_sql("UPDATE progress_reports SET percent = 9000");
    let altered = diff("record").await;
    let pointers: Vec<&str> = altered["differences"].as_array().unwrap().iter().map(|d| d["pointer"].as_str().unwrap()).collect();
    assert!(pointers.contains(&"/tasks/units/hg-so-y-te/verified"), "{altered}");
    let broken = check().unwrap_err();
    assert!(broken.what.contains("was frozen as 40") && broken.what.contains("gives 90"), "{broken}");
    let _ = app.db_sql("UPDATE progress_reports SET percent = 4000");
    assert_eq!(check().unwrap().reviews, 1);
    // What a unit handed in, and what was frozen itself.
    let _ = app.db_sql("UPDATE review_submissions SET results = 'khác'");
    assert!(check().unwrap_err().what.starts_with("/submissions/"));
    let _ = app.db_sql("UPDATE review_reports SET content = replace(content, 'Kinh tế', 'Văn hóa')");
    assert!(check().unwrap_err().what.contains("hash"));
    assert_eq!(diff("record").await["whole"], false);
    // Bytes with a hash of their own: the journal knows another. They are no report either.
    let odd = hex::encode(Sha256::digest("{}"));
    let _ = app.db_sql(&format!("UPDATE review_reports SET content = '{{}}', sha256 = '{odd}'"));
    assert!(check().unwrap_err().what.contains("the journal tells of"));
    let broken = diff("record").await;
    assert_eq!((&broken["whole"], &broken["differences"][0]["pointer"]), (&json!(false), &json!("/as_of")), "{broken}");
    app.leader().get(&format!("{review}/diff?against=then")).await.refused(400, "invalid_parameter");
}

async fn a_round_is_compared_with_the_one_before(app: TestApp) {
    let congress = congress(&app).await;
    let of = json!({"resolution": congress.id(), "deadline": {"text": "30/9/2023"}});
    let stays = issued(&app, "hg-so-y-te", of.clone()).await;
    let goes = issued(&app, "hg-so-y-te", of.clone()).await;
    let made = app.office().post("indicators", indicator(congress.id(), 1, json!({}))).await.expect(201);
    let first = format!("reviews/{}", three_year(&app, &congress).await);
    decide(&app, &first, "open").await;
    decide(&app, &first, "consolidate").await;
    app.set_time("2023-10-16");
    let _ = freeze(&app, &first, json!({"missing_reason": "Chưa gửi"})).await.expect(201);
    let kept = app.leader().get(&format!("{first}/report")).await.expect(200);
    assert_eq!(kept.json["comparison"], Value::Null);

    app.set_time("2025-12-20");
    let done = json!({"state": "completed", "product": {"number": "1/BC", "issued_on": "2025-12-01"}});
    let _ = report(&app, "hg-so-y-te", &stays, done).await;
    super::dashboards::decide(&app, &goes, json!({"decision": "void", "reason": "Trùng"})).await;
    let _ = issued(&app, "hg-so-y-te", json!({"resolution": congress.id()})).await;
    let value = json!({"text": "81", "stage": "estimate"});
    let _ = app.office().put(&format!("indicators/{}/values/2025", made.id()), value).await.expect(201);
    app.set_time("2026-01-05");
    let rounds = app.leader().get(&format!("reviews?resolution={}", congress.id())).await.expect(200);
    let last = format!("reviews/{}", rounds.texts("id")[1]);
    let report = app.leader().get(&format!("{last}/report")).await.expect(200);
    let comparison = &report.json["comparison"];
    assert_eq!((&comparison["as_of"], &comparison["tasks_new"], &comparison["tasks_gone"]), (&json!("2023-10-15"), &json!(1), &json!(1)));
    assert_eq!((&comparison["tasks_then"]["open_overdue"], &comparison["tasks_now"]["completed_late"]), (&json!(1), &json!(1)));
    let changed = json!([{"place": "1", "name": "GRDP bình quân đầu người", "then": "not_yet_due", "now": "exceeded"}]);
    assert_eq!(comparison["changed"], changed);
    let held = app.db(|conn, _| review_reports::verify(conn, &|_| ())).unwrap();
    assert_eq!((held.reviews, held.explained), (1, Vec::new()), "what was frozen then holds now");
}

async fn the_papers_are_made_of_what_was_frozen(app: TestApp) {
    let review = ready(&app).await;
    let leader = app.leader();
    let draft = leader.get(&format!("{review}/report.docx")).await.expect(200);
    assert!(draft.header("content-disposition").contains("bao-cao-so-ket-2023-10-15.docx"));
    let _ = freeze(&app, &review, json!({})).await.expect(201);
    for end in ["docx", "xlsx"] {
        let path = format!("{review}/report.{end}");
        let file = leader.get(&path).await.expect(200);
        assert!(file.header("content-type").starts_with("application/vnd.openxmlformats-officedocument"));
        assert!(file.header("content-disposition").contains(&format!("bao-cao-so-ket-2023-10-14.{end}")));
        assert!(file.body.starts_with(b"PK"));
        assert_eq!(leader.get(&path).await.expect(200).body, file.body, "the same report, the same bytes");
        app.reporter("hg-so-y-te").get(&path).await.refused(403, "forbidden");
        app.outsider().get(&path).await.refused(404, "not_found");
    }
}
