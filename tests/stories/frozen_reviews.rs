//! What was frozen stays: whoever changes what later, the report of a round and what units handed in to it speak of their day.

use resolution_tracker::domain::Reference;
use resolution_tracker::domain::reviews::ReviewTexts;
use resolution_tracker::error::codes;
use resolution_tracker::service::access::{LogProgress, Permit};
use resolution_tracker::service::lookup::Expected;
use resolution_tracker::service::review_reports::{self, Broken, Held};
use resolution_tracker::service::review_submissions;
use serde_json::{Value, json};

use super::dashboards::{decide, issued};
use super::indicators::indicator;
use super::resolutions::congress;
use super::reviews::three_year;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_unit_whose_work_went_to_others_keeps_its_word,
    later_work_makes_nobody_owe_what_is_frozen,
    a_change_in_good_order_is_told_and_breaks_nothing,
    the_journal_and_the_leaders_know_the_hash,
    secret_work_is_counted_and_not_listed,
    nobody_freezes_what_he_has_not_read,
    who_is_overtaken_by_a_freeze_is_refused,
}

/// A round in which Sở Y tế reports on an indicator and Sở Tài chính leads a task; both have handed in, and it is put together.
struct Round {
    path: String,
    task: Response,
    indicator: String,
}

async fn round(app: &TestApp) -> Round {
    let congress = congress(app).await;
    let task = issued(app, "hg-so-tai-chinh", json!({"resolution": congress.id(), "deadline": {"text": "30/9/2023"}})).await;
    let made = app.office().post("indicators", indicator(congress.id(), 1, json!({"lead_unit": "hg-so-y-te"}))).await.expect(201);
    let path = format!("reviews/{}", three_year(app, &congress).await);
    let _ = app.office().post(&format!("{path}/decisions"), json!({"decision": "open"})).await.expect(201);
    for unit in ["hg-so-y-te", "hg-so-tai-chinh"] {
        let one = format!("{path}/submissions/{unit}");
        let sent = app.reporter(unit).put(&one, json!({"results": format!("Kết quả của {unit}")})).await.expect(201);
        let _ = app.office().put(&format!("{one}/verification"), json!({"outcome": "verified"})).if_match(sent.etag()).await.expect(200);
    }
    app.set_time("2023-10-15");
    let _ = app.office().post(&format!("{path}/decisions"), json!({"decision": "consolidate"})).await.expect(201);
    Round { indicator: made.id().to_owned(), path, task }
}

async fn freeze(app: &TestApp, round: &Round, body: Value) -> Response {
    app.office().post(&format!("{}/freeze", round.path), body).await
}

fn check(app: &TestApp) -> Result<Held, Broken> {
    app.db(|conn, _| review_reports::verify(conn, &|_| ()))
}

async fn a_unit_whose_work_went_to_others_keeps_its_word(app: TestApp) {
    let round = round(&app).await;
    decide(&app, &round.task, json!({"decision": "void", "reason": "Trùng"})).await;
    let own = format!("{}/submissions/hg-so-tai-chinh", round.path);
    let kept = app.reporter("hg-so-tai-chinh").get(&own).await.expect(200);
    assert_eq!(kept.json["submission"]["state"], "verified");
    app.set_time("2023-10-16");
    let _ = freeze(&app, &round, json!({})).await.expect(201);
    let report = app.leader().get(&format!("{}/report", round.path)).await.expect(200);
    let told: Vec<&Value> = report.json["submissions"].as_array().unwrap().iter().map(|one| &one["texts"]["results"]).collect();
    assert_eq!(told, ["Kết quả của hg-so-tai-chinh", "Kết quả của hg-so-y-te"]);
    assert_eq!(check(&app).unwrap().reviews, 1);
}

async fn later_work_makes_nobody_owe_what_is_frozen(app: TestApp) {
    let round = round(&app).await;
    let _ = freeze(&app, &round, json!({})).await.expect(201);
    app.set_time("2024-03-01");
    let resolution = round.task.json["resolution"].clone();
    let _ = issued(&app, "hg-so-khoa-hoc-va-cong-nghe", json!({"resolution": resolution})).await;
    decide(&app, &round.task, json!({"decision": "void", "reason": "Trùng"})).await;
    let owed = app.leader().get(&format!("{}/submissions", round.path)).await.expect(200);
    assert_eq!(owed.texts("state"), ["verified", "verified"]);
    assert_eq!(owed.json["items"][0]["tasks"]["total"], 1, "as it was frozen: {}", owed.text);
    let other = format!("{}/submissions/hg-so-khoa-hoc-va-cong-nghe", round.path);
    app.leader().get(&other).await.refused(404, "not_found");
}

async fn a_change_in_good_order_is_told_and_breaks_nothing(app: TestApp) {
    let round = round(&app).await;
    let _ = freeze(&app, &round, json!({})).await.expect(201);
    assert_eq!(check(&app), Ok(Held { reviews: 1, explained: Vec::new() }));
    // What nobody told the journal of is still found.
    let _ = app.db_sql("UPDATE indicators SET unit_of_measure = 'tỷ đồng'");
    assert!(check(&app).unwrap_err().what.contains("/measure"));
    let _ = app.db_sql("UPDATE indicators SET unit_of_measure = 'triệu đồng'");
    let path = format!("indicators/{}", round.indicator);
    let _ = app.office().change(&path, json!({"lead_unit": "hg-so-tai-chinh"})).await.expect(200);
    let held = check(&app).unwrap();
    let told: Vec<&str> = held.explained.iter().map(|one| one.what.as_str()).collect();
    assert!(!told.is_empty() && told.iter().all(|what| what.contains("/lead_unit") && what.contains("indicator.changed")), "{told:?}");
    let diff = app.leader().get(&format!("{}/diff?against=record", round.path)).await.expect(200);
    assert_eq!((&diff.json["whole"], &diff.json["total"]), (&json!(true), &json!(2)), "its code, and its name: {}", diff.text);
    // That explains nothing that units said.
    let _ = app.db_sql("UPDATE review_submissions SET results = 'khác'");
    assert!(check(&app).unwrap_err().what.contains("/submissions/"));
}

async fn the_journal_and_the_leaders_know_the_hash(app: TestApp) {
    let round = round(&app).await;
    let _ = freeze(&app, &round, json!({})).await.expect(201);
    let sha256 = app.leader().get(&format!("{}/freeze", round.path)).await.expect(200).json["sha256"].clone();
    let _ = app.leader().post(&format!("{}/approvals", round.path), json!({"sha256": sha256})).await.expect(201);
    assert!(check(&app).is_ok());
    let other = "0".repeat(64);
    let _ = app.db_sql(&format!("UPDATE review_approvals SET sha256 = '{other}'"));
    assert!(check(&app).unwrap_err().what.ends_with(&format!("approved {other}")));
    assert_eq!(app.leader().get(&format!("{}/diff", round.path)).await.expect(200).json["whole"], false);
}

async fn secret_work_is_counted_and_not_listed(app: TestApp) {
    let round = round(&app).await;
    let resolution = round.task.json["resolution"].clone();
    let secret = json!({"resolution": resolution, "title": null, "secrecy": "secret", "deadline": {"text": "30/9/2023"}});
    let _ = issued(&app, "hg-so-tai-chinh", secret).await;
    let report = app.leader().get(&format!("{}/report", round.path)).await.expect(200);
    assert_eq!(report.json["tasks"]["total"]["statistic"]["open_overdue"], 2);
    assert_eq!(report.json["tasks"]["overdue"].as_array().unwrap().len(), 1, "{}", report.text);
    let page = app.browser_of("leader").get(&format!("/{}", round.path)).await.expect(200).text;
    assert!(page.contains("1 nhiệm vụ quá hạn thuộc phạm vi bí mật"), "{page}");
}

async fn nobody_freezes_what_he_has_not_read(app: TestApp) {
    let round = round(&app).await;
    let read = app.office().get(&round.path).await.expect(200).json["version"].clone();
    let _ = app.office().change(&round.path, json!({"period": "2025"})).await.expect(200);
    freeze(&app, &round, json!({"version": read})).await.refused(412, "stale");
    // Numbers of a year ago are not those of the round.
    app.set_time("2024-10-20");
    freeze(&app, &round, json!({"as_of": "2023-10-10"})).await.invalid("/early_reason", "reason_required");
    let read = app.office().get(&round.path).await.expect(200).json["version"].clone();
    let _ = freeze(&app, &round, json!({"as_of": "2023-10-15", "version": read})).await.expect(201);
}

async fn who_is_overtaken_by_a_freeze_is_refused(app: TestApp) {
    let round = round(&app).await;
    let late = "hg-so-khoa-hoc-va-cong-nghe";
    let _ = app.office().change(&format!("indicators/{}", round.indicator), json!({"lead_unit": late})).await.expect(200);
    let permit = Permit::<LogProgress>::of_system("story");
    let (id, unit) = (round.path.trim_start_matches("reviews/").parse().unwrap(), Reference::Code(late.to_owned()));
    // What it may hand in is looked up, then somebody freezes the round, then it is handed in.
    let target = app.db(|conn, at| review_submissions::target(conn, &permit, id, &unit, at));
    let _ = freeze(&app, &round, json!({"missing_reason": "Một sở chưa gửi"})).await.expect(201);
    let texts = ReviewTexts { results: Some("Muộn".to_owned()), ..ReviewTexts::default() };
    let refused = app.db(|conn, at| Ok(review_submissions::hand_in(conn, &permit, target, Expected::Missing, &texts, at).map(drop)));
    assert_eq!(refused.unwrap_err().code, codes::ILLEGAL_STATE);
    let own = app.leader().get(&format!("{}/submissions/{late}", round.path)).await.expect(200);
    assert_eq!((&own.json["submission"]["state"], &own.json["last"]), (&json!("overdue"), &Value::Null));
}
