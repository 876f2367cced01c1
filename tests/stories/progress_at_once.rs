//! Progress reported twice, or by several people at the same moment: nothing is lost, nothing counts twice.

use std::future::IntoFuture;

use diesel::RunQueryDsl;
use futures_util::future::{join, join_all};
use resolution_tracker::error::AppResult;
use resolution_tracker::service::journal;
use serde_json::json;

use super::progress_reports::{logged, progress, report, task};
use super::resolutions::with;
use super::tasks::seen;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_repeated_report_is_logged_once,
    two_reports_at_once_are_both_kept,
    a_verification_and_a_report_at_once_agree,
    a_bad_write_among_good_ones_fails_alone,
    a_write_that_panics_leaves_nothing_behind,
}

async fn a_repeated_report_is_logged_once(app: TestApp) {
    let task = task(&app).await;
    let path = format!("tasks/{task}/progress-reports");
    let reporter = app.reporter("hg-so-y-te");
    let first = reporter.post(&path, report(60)).key("k").await.expect(201);
    let again = reporter.post(&path, report(60)).key("k").await.expect(201);
    assert_eq!((&again.json, again.header("location"), again.etag()), (&first.json, first.header("location"), first.etag()));
    reporter.post(&path, report(61)).key("k").await.refused(422, "idempotency_key_reused");
    assert_eq!(reporter.get(&path).await.texts("id"), [first.id()]);
    // The key belongs to the address: the same one on another task is another request.
    let other = super::progress_reports::task(&app).await;
    let _ = reporter.post(&format!("tasks/{other}/progress-reports"), report(60)).key("k").await.expect(201);
}

async fn two_reports_at_once_are_both_kept(app: TestApp) {
    let (task, other) = (task(&app).await, app.second_instance().await);
    let path = format!("tasks/{task}/progress-reports");
    let (here, there) = (app.reporter("hg-so-y-te"), other.office());
    let calls =
        (1..=8).map(|i| if i % 2 == 0 { &here } else { &there }.post(&path, with(report(i * 10), json!({"reason": "x"}))).into_future());
    for answer in join_all(calls).await {
        let _ = answer.expect(201);
    }
    let kept = app.leader().get(&path).await.expect(200);
    assert_eq!((kept.texts("id").len(), seen(&app, &task).await["waiting_reports"].as_i64()), (8, Some(8)));
    assert_eq!(progress(&app, &task).await.0, kept.json["items"][0]["percent"], "the last in the journal is the latest of its day");
    assert_eq!(app.db(|conn, _| journal::verify(conn)), Ok(app.position()));
}

async fn a_verification_and_a_report_at_once_agree(app: TestApp) {
    let (task, office, reporter) = (task(&app).await, app.office(), app.reporter("hg-so-y-te"));
    let mut wanted = 0;
    for percent in [10, 20, 30] {
        let logged = logged(&app, &task, with(report(percent), json!({"reason": "x"}))).await;
        let path = format!("progress-reports/{}/verification", logged.id());
        let verify = || office.put(&path, json!({"outcome": "verified"})).if_match("\"1\"").into_future();
        let log = reporter.post(&format!("tasks/{task}/progress-reports"), report(percent + 5)).into_future();
        let ((first, second), log) = join(join(verify(), verify()), log).await;
        let mut answers = [first.status, second.status];
        answers.sort_unstable();
        assert_eq!((answers, log.status), ([200, 412], 201), "one of two verifiers is told that the other was quicker");
        wanted += 1;
        assert_eq!(progress(&app, &task).await, (json!(percent + 5), json!(percent)));
        assert_eq!(seen(&app, &task).await["waiting_reports"], wanted);
    }
}

async fn a_bad_write_among_good_ones_fails_alone(app: TestApp) {
    let (task, reporter, before) = (task(&app).await, app.reporter("hg-so-y-te"), app.position());
    let path = format!("tasks/{task}/progress-reports");
    let body = |n: i32| match n % 4 {
        1 => with(report(n), json!({"measured_on": "2023-10-03"})),
        3 => with(report(n), json!({"state": "completed"})),
        _ => with(report(n), json!({"reason": "x"})),
    };
    let calls = (0..24).map(|n| reporter.post(&path, body(n)).key(&format!("k{n}")).into_future());
    let answers = join_all(calls).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [201, 422, 201, 422].repeat(6));
    assert_eq!(app.position(), before + 12, "one event for each good one, and none for a bad one");
    let kept = app.leader().get(&path).await.expect(200);
    let mut ids: Vec<&str> = answers.iter().filter(|answer| answer.status == 201).map(|answer| answer.id()).collect();
    let mut listed = kept.texts("id");
    ids.sort_unstable();
    listed.sort_unstable();
    assert_eq!(ids, listed);
    assert_eq!(app.db(|conn, _| journal::verify(conn)), Ok(app.position()));
}

async fn a_write_that_panics_leaves_nothing_behind(app: TestApp) {
    let (task, office) = (task(&app).await, app.office());
    let broken = app.state.write(|conn, _| -> AppResult<()> {
        diesel::sql_query("UPDATE tasks SET title = 'half'").execute(conn)?;
        panic!("a bug")
    });
    assert_eq!(broken.await.unwrap_err().code.name, "internal");
    assert_ne!(seen(&app, &task).await["title"], "half");
    let _ = office.post(&format!("tasks/{task}/progress-reports"), report(10)).await.expect(201);
}
