//! Obligations: what repeated work owes period by period, and the steps of a deadline that names several.

mod over_time;

use resolution_tracker::domain::{Reference, calendar};
use resolution_tracker::store;
use resolution_tracker::store::task_facts::{FactFilter, as_of, current};
use serde_json::{Value, json};

use super::progress_reports::{completed, logged, report, verdict};
use super::resolutions::with;
use super::tasks::{column, draft, issued, seen};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    three_of_five_are_done,
    a_report_names_a_period_that_is_owed,
    a_return_opens_the_period_again,
    the_last_report_on_a_period_counts_until_it_is_confirmed,
    open_ended_work_is_never_completed_by_a_report,
    steps_of_a_deadline_are_followed_one_by_one,
    periods_are_told_to_those_who_see_the_task_and_in_the_journal,
}

/// Quarterly work that five quarters owe, from the last of 2022 on.
pub async fn quarterly(app: &TestApp) -> String {
    repeated(app, "hằng quý đến hết năm 2023").await
}

pub async fn repeated(app: &TestApp, words: &str) -> String {
    issued(app, with(draft("Báo cáo định kỳ"), given(words))).await
}

pub fn given(words: &str) -> Value {
    json!({"assigned_on": "2022-11-15", "deadline": {"text": words, "reference_date": "2022-11-15"}})
}

/// A finished period, with a product of this day.
pub fn done(period: &str, product_on: &str) -> Value {
    with(completed(product_on), json!({"period": period}))
}

pub async fn owed(app: &TestApp, task: &str) -> Value {
    app.office().get(&format!("tasks/{task}/obligations")).await.expect(200).json
}

pub fn states(owed: &Value) -> Vec<String> {
    let item = |item: &Value| format!("{} {}", item["period"].as_str().unwrap(), item["state"].as_str().unwrap());
    owed["items"].as_array().unwrap().iter().map(item).collect()
}

/// What dashboards count now is what the histories say of this day.
pub fn histories_agree(app: &TestApp) {
    app.db(|conn, at| {
        let root = store::areas::find_by(conn, &Reference::Code("hg".into()))?.unwrap();
        let filter = FactFilter { roots: vec![root.id], ..FactFilter::default() };
        let (mut now, mut replayed) = (current(conn, &filter)?, as_of(conn, &filter, calendar::end_of(at.today()).naive_utc())?);
        now.sort_by_key(|fact| fact.task.id);
        replayed.sort_by_key(|fact| fact.task.id);
        assert_eq!(now, replayed);
        Ok(())
    });
}

async fn three_of_five_are_done(app: TestApp) {
    let task = quarterly(&app).await;
    for (period, day) in [("2022Q4", "2022-12-20"), ("2023Q1", "2023-04-10"), ("2023Q2", "2023-06-30")] {
        let logged = logged(&app, &task, done(period, day)).await;
        assert_eq!(logged.json["period"], period);
    }
    let now = seen(&app, &task).await;
    assert_eq!(now["obligations"], json!({"done": 3, "due": 4, "total": 5, "late": 2}));
    assert_eq!((&now["lifecycle"], &now["due_on"], &now["completed_on"]), (&json!("in_progress"), &json!("2023-09-30"), &Value::Null));
    assert_eq!((&now["timeliness"], &now["days_late"], &now["progress"]["claimed"]), (&json!("overdue"), &json!(2), &Value::Null));
    let answer = owed(&app, &task).await;
    assert_eq!((&answer["as_of"], &answer["counts"]), (&json!("2023-10-02"), &now["obligations"]));
    assert_eq!(
        states(&answer),
        ["2022Q4 reported_on_time", "2023Q1 reported_late", "2023Q2 reported_on_time", "2023Q3 overdue", "2023Q4 not_yet_due"]
    );
    let late = &answer["items"][1];
    assert_eq!((&late["days_late"], &late["done_on"], &late["confirmed"]), (&json!(10), &json!("2023-04-10"), &json!(false)));
    assert_eq!((&late["start"], &late["end"], &late["due_on"]), (&json!("2023-01-01"), &json!("2023-03-31"), &json!("2023-03-31")));
    assert_eq!((&late["report"]["state"], &late["report"]["verification"]), (&json!("completed"), &json!("submitted")));
    assert_eq!((&answer["items"][3]["days_late"], &answer["items"][3]["report"]), (&json!(2), &Value::Null));
    assert_eq!((column(&app, "open_overdue").await, column(&app, "open_no_deadline").await), (1, 0));
    let list = app.leader().get("tasks?timeliness=overdue").await.expect(200);
    assert_eq!(list.json["items"][0]["obligations"]["done"], 3);
    histories_agree(&app);

    logged(&app, &task, done("2023Q4", "2023-10-01")).await;
    assert_eq!(seen(&app, &task).await["due_on"], "2023-09-30", "whichever is done, the earliest that is not is waited for");
    logged(&app, &task, done("2023Q3", "2023-10-02")).await;
    let all = seen(&app, &task).await;
    assert_eq!((&all["lifecycle"], &all["confirmed"], &all["completed_on"]), (&json!("completed"), &json!(false), &json!("2023-10-02")));
    assert_eq!((&all["timeliness"], &all["due_on"], &all["progress"]["claimed"]), (&json!("on_time"), &json!("2023-12-31"), &json!(100)));
    assert_eq!(all["obligations"], json!({"done": 5, "due": 4, "total": 5, "late": 2}));
    histories_agree(&app);
    let waiting = app.office().get("progress-reports?state=submitted").await.expect(200);
    for id in waiting.texts("id") {
        assert_eq!(seen(&app, &task).await["confirmed"], false);
        let _ = verdict(&app.office(), id, json!({"outcome": "verified"})).await.expect(200);
    }
    let confirmed = seen(&app, &task).await;
    assert_eq!((&confirmed["confirmed"], &confirmed["progress"]["verified"]), (&json!(true), &json!(100)));
    assert_eq!(confirmed["allowed_actions"], json!(["void"]));
    assert!(owed(&app, &task).await["items"].as_array().unwrap().iter().all(|item| item["confirmed"] == true));
    histories_agree(&app);
}

async fn a_report_names_a_period_that_is_owed(app: TestApp) {
    let (task, plain) = (quarterly(&app).await, issued(&app, draft("Việc một lần")).await);
    let office = app.office();
    let say = async |task: &str, body: Value| office.post(&format!("tasks/{task}/progress-reports"), body).await;
    let confirmed = logged(&app, &task, done("2022Q4", "2022-12-20")).await;
    let _ = verdict(&office, confirmed.id(), json!({"outcome": "verified"})).await.expect(200);
    let before = app.position();
    let missing = say(&task, completed("2023-09-28")).await;
    let message = missing.invalid("/period", "period_required").json["errors"][0]["message"].to_string();
    assert!(message.contains("2023Q1, 2023Q2, 2023Q3, 2023Q4") && !message.contains("2022Q4"), "{message}");
    for unknown in ["2021Q3", "2022Q3", "2024Q1", "2023", "2023-09", "m1", "quý III", "2023q3"] {
        say(&task, done(unknown, "2023-09-28")).await.invalid("/period", "unknown_period");
    }
    say(&task, done("", "2023-09-28")).await.invalid("/period", "length");
    say(&task, done(&"2".repeat(31), "2023-09-28")).await.invalid("/period", "length");
    say(&task, with(report(10), json!({"period": 2023}))).await.refused(422, "validation_failed");
    say(&task, done("2022Q4", "2022-12-20")).await.invalid("/period", "period_done");
    say(&task, with(report(10), json!({"period": "2022Q4"}))).await.invalid("/period", "period_done");
    say(&plain, done("2023Q3", "2023-09-28")).await.invalid("/period", "no_periods");
    say(&task, with(done("2024Q1", "2023-10-03"), json!({"product": null})))
        .await
        .invalid("/period", "unknown_period")
        .names("/product", "product_required");
    assert_eq!(app.position(), before);
    // Work that goes on may be told of as a whole, and a period ahead of its time.
    let _ = say(&task, report(40)).await.expect(201);
    let _ = say(&task, done("2023Q4", "2023-10-01")).await.expect(201);
    let _ = say(&plain, completed("2023-09-28")).await.refused(422, "validation_failed");
    let english = office.post(&format!("tasks/{task}/progress-reports"), completed("2023-09-28")).in_english().await;
    assert!(english.json["errors"][0]["message"].as_str().unwrap().starts_with("repeated work: the period"), "{}", english.text);
}

async fn a_return_opens_the_period_again(app: TestApp) {
    let task = quarterly(&app).await;
    let office = app.office();
    logged(&app, &task, with(report(30), json!({"period": "2022Q4", "measured_on": "2023-09-01"}))).await;
    let (before, owed_before) = (seen(&app, &task).await, owed(&app, &task).await);
    let wrong = logged(&app, &task, done("2022Q4", "2022-12-20")).await;
    assert_eq!(seen(&app, &task).await["due_on"], "2023-03-31");
    let _ = verdict(&office, wrong.id(), json!({"outcome": "returned", "reason": "Thiếu văn bản"})).await.expect(200);
    let after = seen(&app, &task).await;
    for part in ["lifecycle", "due_on", "timeliness", "days_late", "obligations", "progress", "waiting_reports", "last_reported_at"] {
        assert_eq!(after[part], before[part], "{part}");
    }
    assert_eq!(owed(&app, &task).await, owed_before);
    histories_agree(&app);
    // And again, when nothing is left of it.
    let only = logged(&app, &task, done("2023Q1", "2023-03-20")).await;
    let _ = verdict(&office, only.id(), json!({"outcome": "returned", "reason": "Sai kỳ"})).await.expect(200);
    assert_eq!(seen(&app, &task).await["obligations"], before["obligations"]);
    assert_eq!(owed(&app, &task).await["items"][1]["report"], Value::Null);
    logged(&app, &task, done("2023Q1", "2023-03-25")).await;
    assert_eq!(owed(&app, &task).await["items"][1]["done_on"], "2023-03-25");
    assert_eq!(seen(&app, &task).await["obligations"]["done"], 1);
    histories_agree(&app);
}

async fn the_last_report_on_a_period_counts_until_it_is_confirmed(app: TestApp) {
    let task = quarterly(&app).await;
    let first = logged(&app, &task, done("2022Q4", "2023-01-05")).await;
    let second = logged(&app, &task, done("2022Q4", "2022-12-28")).await;
    let item = owed(&app, &task).await["items"][0].clone();
    assert_eq!((&item["state"], &item["report"]["id"]), (&json!("reported_on_time"), &second.json["id"]));
    assert_eq!(seen(&app, &task).await["obligations"], json!({"done": 1, "due": 4, "total": 5, "late": 3}), "one period is counted once");
    // A report of an earlier day moves nothing back; a later one that it is not done does.
    logged(&app, &task, with(report(20), json!({"period": "2022Q4", "measured_on": "2022-12-01"}))).await;
    assert_eq!(owed(&app, &task).await["items"][0]["done_on"], "2022-12-28");
    app.set_time("2023-10-03");
    let open = with(report(80), json!({"period": "2022Q4", "measured_on": "2023-10-03", "reason": "Phải bổ sung"}));
    let third = logged(&app, &task, open).await;
    assert_eq!(states(&owed(&app, &task).await)[0], "2022Q4 overdue");
    histories_agree(&app);
    for (id, outcome) in [(third.id(), "returned"), (second.id(), "verified")] {
        let _ = verdict(&app.office(), id, json!({"outcome": outcome, "reason": "Đã kiểm tra"})).await.expect(200);
    }
    let item = owed(&app, &task).await["items"][0].clone();
    assert_eq!((&item["confirmed"], &item["done_on"]), (&json!(true), &json!("2022-12-28")));
    let again = app.office().post(&format!("tasks/{task}/progress-reports"), done("2022Q4", "2022-12-29")).await;
    again.invalid("/period", "period_done");
    let _ = verdict(&app.office(), first.id(), json!({"outcome": "verified"})).await.expect(200);
    assert_eq!(owed(&app, &task).await["items"][0]["done_on"], "2022-12-28");
    histories_agree(&app);
}

async fn open_ended_work_is_never_completed_by_a_report(app: TestApp) {
    let task = repeated(&app, "trước ngày 15/12 hằng năm").await;
    assert_eq!(states(&owed(&app, &task).await), ["2022 overdue", "2023 not_yet_due", "2024 not_yet_due"]);
    assert_eq!(owed(&app, &task).await["items"][0]["due_on"], "2022-12-14");
    logged(&app, &task, done("2022", "2022-12-14")).await;
    logged(&app, &task, done("2023", "2023-10-01")).await;
    logged(&app, &task, done("2024", "2023-10-02")).await;
    let now = seen(&app, &task).await;
    assert_eq!((&now["lifecycle"], &now["due_on"], &now["timeliness"]), (&json!("in_progress"), &json!("2025-12-14"), &json!("in_time")));
    assert_eq!(now["obligations"], json!({"done": 3, "due": 1, "total": null, "late": 0}));
    histories_agree(&app);
    app.office().post(&format!("tasks/{task}/progress-reports"), completed("2023-10-01")).await.invalid("/period", "period_required");
    // Work that never ends without periods is reported on as before.
    let always = repeated(&app, "thường xuyên").await;
    assert_eq!(
        (&seen(&app, &always).await["obligations"], owed(&app, &always).await["items"].as_array().unwrap().len()),
        (&Value::Null, 0)
    );
    let _ = logged(&app, &always, completed("2023-10-01")).await;
    assert_eq!(seen(&app, &always).await["lifecycle"], "completed");
}

async fn steps_of_a_deadline_are_followed_one_by_one(app: TestApp) {
    let words = "Khởi động quý IV/2022; bộ tiêu chí quý III/2023; cập nhật hằng quý đến 2023";
    let task = repeated(&app, words).await;
    let before = seen(&app, &task).await;
    assert_eq!((&before["due_on"], &before["timeliness"]), (&json!("2023-12-31"), &json!("in_time")), "the whole is judged as before");
    let answer = owed(&app, &task).await;
    assert_eq!(
        states(&answer),
        [
            "m1 overdue",
            "m3-2022Q4 overdue",
            "m3-2023Q1 overdue",
            "m3-2023Q2 overdue",
            "m2 overdue",
            "m3-2023Q3 overdue",
            "m3-2023Q4 not_yet_due"
        ]
    );
    assert_eq!((&answer["items"][4]["text"], &answer["items"][4]["due_on"]), (&json!("bộ tiêu chí quý III/2023"), &json!("2023-09-30")));
    for (period, day) in [
        ("m1", "2022-12-01"),
        ("m2", "2023-10-01"),
        ("m3-2022Q4", "2022-12-31"),
        ("m3-2023Q1", "2023-04-01"),
        ("m3-2023Q2", "2023-06-30"),
        ("m3-2023Q3", "2023-09-30"),
    ] {
        logged(&app, &task, done(period, day)).await;
    }
    let now = seen(&app, &task).await;
    assert_eq!(now["obligations"], json!({"done": 6, "due": 6, "total": 7, "late": 2}));
    assert_eq!((&now["lifecycle"], &now["due_on"]), (&json!("in_progress"), &json!("2023-12-31")));
    app.office().post(&format!("tasks/{task}/progress-reports"), done("m4", "2023-10-01")).await.invalid("/period", "unknown_period");
    logged(&app, &task, done("m3-2023Q4", "2023-10-02")).await;
    assert_eq!(seen(&app, &task).await["lifecycle"], "completed");
    histories_agree(&app);
    // The whole may be reported as completed, as ever.
    let whole = repeated(&app, words).await;
    let _ = logged(&app, &whole, completed("2023-10-01")).await;
    assert_eq!(seen(&app, &whole).await["lifecycle"], "completed");
}

async fn periods_are_told_to_those_who_see_the_task_and_in_the_journal(app: TestApp) {
    let task = quarterly(&app).await;
    let before = app.position();
    logged(&app, &task, done("2022Q4", "2022-12-20")).await;
    let path = format!("tasks/{task}/obligations");
    for actor in [&app.leader(), &app.inspector(), &app.admin(), &app.office(), &app.reporter("hg-so-y-te")] {
        assert_eq!(actor.get(&path).await.expect(200).json["counts"]["done"], 1);
    }
    app.reporter("hg-so-tai-chinh").get(&path).await.refused(403, "forbidden");
    app.outsider().get(&path).await.refused(404, "not_found");
    app.anonymous().get(&path).await.refused(401, "unauthenticated");
    let events = app.office().get(&format!("changes?after={before}")).await.expect(200);
    assert_eq!(events.json["items"][0]["action"], "progress_report.submitted");
    assert!(app.admin().get("audit").await.expect(200).text.contains("2022Q4"), "who looks into the journal finds the period");
    let listed = app.leader().get(&format!("tasks/{task}/progress-reports")).await.expect(200);
    assert_eq!(listed.texts("period"), ["2022Q4"]);
}
