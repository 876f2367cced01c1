//! The past reads as it was told: whatever happens to tasks, a day looked back on shows what that
//! day showed when it was today.

mod acts;
mod rows;
mod world;

use proptest::test_runner::{Config, TestRunner};
use resolution_tracker::error::{AppError, codes};
use resolution_tracker::store::task_facts::TaskFact;
use serde_json::{Value, json};

use super::dashboards::{counts, decide, issued, leader_reads, line, report, verify};
use crate::common::{TestApp, on_both_databases};
use acts::any_history;
use world::World;

on_both_databases! {
    every_day_looked_back_on_shows_what_it_showed_then,
    the_past_stays_as_it_was_told,
    late_is_late_whatever_is_granted_afterwards,
    units_that_ended_are_listed_while_they_hold_work,
    what_the_demo_made_up_is_called_so,
}

async fn every_day_looked_back_on_shows_what_it_showed_then(app: TestApp) {
    let mut runner = TestRunner::new(Config { cases: 1_000, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&any_history(), |(parents, steps)| {
        let mut outcome = Ok(());
        // Undone at the end: the next history begins where this one did.
        let undone: Result<(), AppError> = app.state.write_now(|conn, _| {
            outcome = World::new(conn, &parents).play(conn, &steps);
            Err(AppError::new(codes::ILLEGAL_STATE))
        });
        assert!(undone.is_err());
        outcome
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

async fn the_past_stays_as_it_was_told(app: TestApp) {
    app.set_time("2021-08-03");
    let task = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "trong quý III-2021"}, "assigned_on": "2021-08-03"})).await;
    app.set_time("2021-12-10");
    let told = report(&app, "hg-so-y-te", &task, json!({"percent": 40})).await;
    app.set_time("2021-12-31");
    let paths = ["overview", "units", "units/hg-so-y-te", "areas?level=province", "areas/hg", "resolutions"];
    let mut then = Vec::new();
    for path in paths {
        then.push(leader_reads(&app, path).await);
    }
    app.set_time("2022-03-01");
    verify(&app, &told).await;
    let change = json!({"lead_unit": "hg-so-tai-chinh", "weight": 5, "reason": "Điều chỉnh phân công."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", task.id()), change).await.expect(201);
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    app.set_time("2023-10-02");
    decide(&app, &task, json!({"decision": "suspend", "reason": "Chờ quy hoạch."})).await;
    for (path, then) in paths.into_iter().zip(then) {
        let mark = if path.contains('?') { '&' } else { '?' };
        let mut back = leader_reads(&app, &format!("{path}{mark}as_of=2021-12-31")).await;
        assert_eq!((&back["as_of"], &back["today"]), (&json!("2021-12-31"), &json!("2023-10-02")));
        back["today"] = then["today"].clone();
        back["position"] = then["position"].clone();
        assert_eq!(back, then, "{path}");
    }
    let now = leader_reads(&app, "units").await;
    assert_eq!(counts(line(&now, "unit", "hg-so-tai-chinh")), json!({"total": 1, "suspended": 1}));
    assert_eq!(counts(line(&now, "unit", "hg-so-y-te")), json!({"total": 1, "open_no_deadline": 1}));
    let earlier = leader_reads(&app, "overview?as_of=2021-08-02").await;
    assert_eq!(counts(&earlier), json!({}));
}

async fn late_is_late_whatever_is_granted_afterwards(app: TestApp) {
    app.set_time("2021-08-03");
    let deadline = json!({"deadline": {"text": "trong quý III-2021"}, "assigned_on": "2021-08-03"});
    let in_time = issued(&app, "hg-so-y-te", deadline.clone()).await;
    let after = issued(&app, "hg-so-y-te", deadline).await;
    let extended = json!({"deadline": {"text": "chậm nhất ngày 31/12/2021"}, "reason": "Bổ sung nội dung."});
    app.set_time("2021-09-30");
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", in_time.id()), extended.clone()).await.expect(201);
    app.set_time("2021-10-05");
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", after.id()), extended).await.expect(201);
    let product = json!({"state": "completed", "product": {"number": "15-KH/SYT", "issued_on": "2021-10-04"}});
    app.set_time("2021-11-20");
    let _ = report(&app, "hg-so-y-te", &in_time, product.clone()).await;
    let _ = report(&app, "hg-so-y-te", &after, product).await;
    let today = leader_reads(&app, "overview").await;
    assert_eq!(counts(&today), json!({"total": 2, "completed_on_time": 1, "completed_late": 1}));
    assert_eq!(today["progress"]["claimed"], 100, "a slow verifier makes nobody late");
    assert_eq!(counts(&leader_reads(&app, "overview?as_of=2021-09-29").await), json!({"total": 2, "open_due_soon": 2}));
    assert_eq!(counts(&leader_reads(&app, "overview?as_of=2021-09-30").await), json!({"total": 2, "open_due_soon": 1, "open_in_time": 1}));
    assert_eq!(counts(&leader_reads(&app, "overview?as_of=2021-10-05").await), json!({"total": 2, "open_overdue": 1, "open_in_time": 1}));
}

async fn units_that_ended_are_listed_while_they_hold_work(app: TestApp) {
    app.set_time("2022-06-01");
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    app.db_sql("UPDATE units SET valid_to = '2022-12-31' WHERE code IN ('hg-so-y-te', 'hg-so-tai-chinh')");
    app.set_time("2023-10-02");
    let now = leader_reads(&app, "units?kind=department").await;
    assert_eq!(line(&now, "unit", "hg-so-y-te")["unit"]["valid_to"], "2022-12-31");
    assert_eq!(line(&now, "unit", "hg-so-tai-chinh"), &Value::Null);
    assert_eq!(line(&now, "unit", "hg-so-khoa-hoc-va-cong-nghe")["tasks"]["total"], 0);
    let then = leader_reads(&app, "units?kind=department&as_of=2022-12-31").await;
    assert_eq!(line(&then, "unit", "hg-so-tai-chinh")["tasks"]["total"], 0);
}

async fn what_the_demo_made_up_is_called_so(app: TestApp) {
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = issued(&app, "hg-so-tai-chinh", json!({})).await;
    app.set_time("2023-10-04");
    let _ = report(&app, "hg-so-y-te", &task, json!({"percent": 10})).await;
    assert_eq!(leader_reads(&app, "units").await["illustrative"], false);
    app.db_sql("UPDATE progress_reports SET origin = 'demo'");
    assert_eq!(leader_reads(&app, "units").await["illustrative"], true);
    assert_eq!(leader_reads(&app, "units?as_of=2023-10-03").await["illustrative"], false, "not told yet");
    app.db_sql("UPDATE tasks SET origin = 'demo'");
    assert_eq!(leader_reads(&app, "units?as_of=2023-10-03").await["illustrative"], true);
}

/// Facts in the order of their tasks.
fn sorted(mut facts: Vec<TaskFact>) -> Vec<TaskFact> {
    facts.sort_by_key(|fact| fact.task.id);
    facts
}
