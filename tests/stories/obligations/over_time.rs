//! What is owed as time passes, as deadlines change, and on earlier days.

use resolution_tracker::service;
use serde_json::{Value, json};

use super::{done, given, histories_agree, owed, quarterly, states};
use crate::common::{TestApp, on_both_databases};
use crate::progress_reports::{completed, logged, verdict};
use crate::resolutions::with;
use crate::tasks::{decide, draft, drafted, issued, seen};

on_both_databases! {
    time_passes_and_nobody_touches_the_task,
    an_earlier_day_shows_what_had_been_told_by_then,
    a_change_of_the_deadline_changes_what_is_owed,
    what_an_earlier_release_wrote_is_brought_up_to_its_periods,
    a_draft_tells_what_it_would_owe_and_begins_with_its_assignment,
}

async fn time_passes_and_nobody_touches_the_task(app: TestApp) {
    let task = quarterly(&app).await;
    for (period, day) in [("2022Q4", "2022-12-20"), ("2023Q1", "2023-03-10"), ("2023Q2", "2023-06-30"), ("2023Q3", "2023-09-20")] {
        logged(&app, &task, done(period, day)).await;
    }
    let now = async |instant: &str| {
        app.set_time(instant);
        let (task, owed) = (seen(&app, &task).await, owed(&app, &task).await);
        let found = app.leader().get(&format!("tasks?timeliness={}", task["timeliness"].as_str().unwrap())).await.expect(200);
        assert_eq!(found.texts("id").len(), 1, "the list judges as the task does");
        histories_agree(&app);
        (task["timeliness"].clone(), states(&owed)[4].clone(), task["obligations"]["late"].clone())
    };
    let stood = |timeliness: &str, state: &str, late: i64| (json!(timeliness), format!("2023Q4 {state}"), json!(late));
    assert_eq!(now("2023-10-02T02:00:00Z").await, stood("in_time", "not_yet_due", 0));
    assert_eq!(now("2023-11-30T17:00:00Z").await, stood("due_soon", "due_soon", 0));
    // The last second of the year in Vietnam, and the one after it.
    assert_eq!(now("2023-12-31T16:59:59Z").await, stood("due_soon", "due_soon", 0));
    assert_eq!(now("2023-12-31T17:00:00Z").await, stood("overdue", "overdue", 1));
    assert_eq!(app.db(|conn, _| Ok(service::journal::verify(conn))).unwrap(), Ok(app.position()));
}

async fn an_earlier_day_shows_what_had_been_told_by_then(app: TestApp) {
    let task = quarterly(&app).await;
    let leader = app.leader();
    let asked = async |as_of: &str| {
        let owed = leader.get(&format!("tasks/{task}/obligations{as_of}")).await.expect(200).json;
        let overview = leader.get(&format!("dashboards/overview{as_of}")).await.expect(200).json;
        let list = leader.get(&format!("tasks{}counted=true", if as_of.is_empty() { "?".into() } else { format!("{as_of}&") })).await;
        let item = &list.expect(200).json["items"][0];
        let listed = json!([item["due_on"], item["timeliness"], item["lifecycle"], item["obligations"]]);
        (owed, overview["tasks"].clone(), overview["progress"].clone(), listed)
    };
    let mut told = Vec::new();
    let first = logged(&app, &task, done("2022Q4", "2022-12-20")).await;
    told.push(("2023-10-02", asked("").await));
    app.set_time("2023-10-05");
    let _ = verdict(&app.office(), first.id(), json!({"outcome": "verified"})).await.expect(200);
    let second = logged(&app, &task, with(done("2023Q1", "2023-03-31"), json!({"measured_on": "2023-10-05"}))).await;
    told.push(("2023-10-05", asked("").await));
    app.set_time("2023-10-09");
    let _ = verdict(&app.office(), second.id(), json!({"outcome": "returned", "reason": "Thiếu sản phẩm"})).await.expect(200);
    told.push(("2023-10-09", asked("").await));
    app.set_time("2024-01-02");
    for (period, day) in [("2023Q1", "2023-12-01"), ("2023Q2", "2023-12-02"), ("2023Q3", "2023-12-03"), ("2023Q4", "2023-12-31")] {
        logged(&app, &task, with(done(period, day), json!({"measured_on": "2024-01-02"}))).await;
    }
    told.push(("2024-01-02", asked("").await));
    app.set_time("2024-03-01");
    let change = json!({"weight": 3, "reason": "Điều chỉnh"});
    app.office().post(&format!("tasks/{task}/commitment-changes"), change).await.refused(409, "illegal_state");
    for (day, then) in &told {
        let remembered = asked(&format!("?as_of={day}")).await;
        assert_eq!(&remembered, then, "{day}");
    }
    assert_eq!(told[0].1.0["counts"], json!({"done": 1, "due": 4, "total": 5, "late": 3}));
    assert_eq!(told[3].1.3, json!(["2023-12-31", "on_time", "completed", {"done": 5, "due": 5, "total": 5, "late": 3}]));
    leader.get(&format!("tasks/{task}/obligations?as_of=2024-03-02")).await.refused(400, "invalid_parameter").names("as_of", "future");
    leader.get(&format!("tasks/{task}/obligations?as_of=2020-01-01")).await.refused(400, "invalid_parameter").names("as_of", "before_data");
    leader.get(&format!("tasks/{task}/obligations?day=2023-10-02")).await.refused(400, "unknown_parameter");
}

async fn a_change_of_the_deadline_changes_what_is_owed(app: TestApp) {
    let task = quarterly(&app).await;
    let change = async |words: &str| {
        app.pass(1);
        let body = json!({"reason": "Ban Thường vụ đồng ý", "deadline": {"text": words}});
        app.office().post(&format!("tasks/{task}/commitment-changes"), body).await.expect(201);
        histories_agree(&app);
    };
    for (period, day) in [("2022Q4", "2022-12-20"), ("2023Q1", "2023-03-10"), ("2023Q2", "2023-06-30")] {
        logged(&app, &task, done(period, day)).await;
    }
    // Q3 was missed and stays owed; Q4 was not due yet and is not owed any more.
    change("hằng năm đến 2024").await;
    let answer = owed(&app, &task).await;
    assert_eq!(
        states(&answer),
        [
            "2022Q4 reported_on_time",
            "2023Q1 reported_on_time",
            "2023Q2 reported_on_time",
            "2023Q3 overdue",
            "2023 not_yet_due",
            "2024 not_yet_due"
        ]
    );
    assert_eq!(seen(&app, &task).await["due_on"], "2023-09-30", "a change after the fact cures nothing");
    app.office().post(&format!("tasks/{task}/progress-reports"), done("2023Q4", "2023-10-01")).await.invalid("/period", "unknown_period");
    logged(&app, &task, done("2023Q3", "2023-10-01")).await;
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["obligations"]["total"]), (&json!("2023-12-31"), &json!(6)));
    // Once more, to work that is done once.
    change("chậm nhất ngày 30/6/2024").await;
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["obligations"]), (&json!("2024-06-30"), &json!({"done": 4, "due": 4, "total": null, "late": 1})));
    let _ = logged(&app, &task, completed("2023-10-02")).await;
    let all = seen(&app, &task).await;
    assert_eq!((&all["lifecycle"], &all["timeliness"], &all["due_on"]), (&json!("completed"), &json!("on_time"), &json!("2024-06-30")));
    histories_agree(&app);
}

async fn what_an_earlier_release_wrote_is_brought_up_to_its_periods(app: TestApp) {
    let (task, plain) = (quarterly(&app).await, issued(&app, draft("Việc một lần")).await);
    logged(&app, &task, done("2022Q4", "2022-12-20")).await;
    let (before, position) = (seen(&app, &task).await, app.position());
    app.db_sql("DELETE FROM obligations");
    app.db_sql("UPDATE task_states SET due_on = NULL WHERE lifecycle = 'in_progress'");
    assert_eq!(app.db(|conn, _| service::obligations::rebuild(conn)), 1);
    assert_eq!(app.db(|conn, _| service::obligations::rebuild(conn)), 0);
    assert_eq!((seen(&app, &task).await, app.position()), (before, position));
    assert_eq!(seen(&app, &plain).await["due_on"], "2023-12-31");
}

async fn a_draft_tells_what_it_would_owe_and_begins_with_its_assignment(app: TestApp) {
    let task = drafted(&app, with(draft("Báo cáo định kỳ"), given("hằng quý đến hết năm 2023"))).await;
    assert_eq!(states(&owed(&app, &task).await)[0], "2022Q4 no_deadline", "a draft is late with nothing");
    let drafted = seen(&app, &task).await;
    assert_eq!((&drafted["due_on"], &drafted["timeliness"]), (&json!("2022-12-31"), &Value::Null));
    let _ = decide(&app.office(), &task, "issue").await.expect(201);
    assert_eq!(seen(&app, &task).await["due_on"], "2022-12-31");
    // Assigned later than was thought: what was due before is not owed.
    assert_eq!(seen(&app, &task).await["obligations"], json!({"done": 0, "due": 4, "total": 5, "late": 4}));
    // Suspended work is not judged, and resumed work again.
    let _ = decide(&app.office(), &task, "suspend").await.expect(201);
    assert_eq!(seen(&app, &task).await["obligations"]["late"], 0);
    assert!(states(&owed(&app, &task).await).iter().all(|state| state.ends_with("no_deadline")));
    let _ = decide(&app.office(), &task, "resume").await.expect(201);
    assert_eq!(states(&owed(&app, &task).await)[0], "2022Q4 overdue");
    let _ = app.office().change(&format!("tasks/{task}"), json!({"assigned_on": "2023-04-01"})).await.expect(200);
    let now = seen(&app, &task).await;
    assert_eq!((&now["due_on"], &now["obligations"]["total"]), (&json!("2023-06-30"), &json!(3)));
    histories_agree(&app);
    // Without a day of assignment it begins when it is issued.
    let undated = json!({"deadline": {"text": "hằng quý đến hết năm 2023", "reference_date": "2022-11-15"}});
    let undated = issued(&app, with(draft("Khác"), undated)).await;
    assert_eq!(states(&owed(&app, &undated).await), ["2023Q4 not_yet_due"]);
    // A whole is the sum of its parts, and owes nothing itself.
    let part = with(draft("Phần việc"), json!({"parent": undated}));
    issued(&app, part).await;
    assert_eq!((&seen(&app, &undated).await["obligations"], &owed(&app, &undated).await["items"]), (&Value::Null, &json!([])));
}
