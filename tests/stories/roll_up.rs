//! `verify rollup`: what is kept is what was told, and a figure that was altered by hand is named.

use resolution_tracker::db::Connection;
use resolution_tracker::service::dashboards::check::{self as rollup, Checked, Difference};
use serde_json::json;

use super::dashboards::{decide, issued, report, verify};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    the_numbers_hold_until_somebody_alters_one,
}

fn check(app: &TestApp) -> Result<Checked, Difference> {
    app.db(|conn, _| rollup::verify(conn, &|_| {}))
}

/// An id as the database on the other side spells it.
fn spelt(app: &TestApp, id: &str) -> String {
    let binary = app.db(|conn, _| Ok(matches!(conn, Connection::Sqlite(_))));
    if binary { format!("x'{}'", id.replace('-', "")) } else { format!("'{id}'") }
}

async fn the_numbers_hold_until_somebody_alters_one(app: TestApp) {
    app.set_time("2021-08-03");
    assert_eq!(check(&app), Ok(Checked { tasks: 0, reports: 0 }));
    let first = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "hằng quý đến 2022"}})).await;
    let second = issued(&app, "hg-so-tai-chinh", json!({"deadline": {"text": "30/9/2021"}})).await;
    let _ = issued(&app, "hg-so-tai-chinh", json!({})).await;
    let told = report(&app, "hg-so-tai-chinh", &second, json!({"percent": 40})).await;
    verify(&app, &told).await;
    let _ = report(&app, "hg-so-y-te", &first, json!({})).await;
    app.set_time("2021-12-31");
    let change = json!({"deadline": {"text": "31/3/2022"}, "weight": 2, "reason": "Gia hạn."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", second.id()), change).await.expect(201);
    decide(&app, &first, json!({"decision": "suspend", "reason": "Chờ."})).await;
    let holds = Ok(Checked { tasks: 3, reports: 2 });
    assert_eq!(check(&app), holds);
    for (table, what, altered, restored) in [
        ("task_states", "claimed", "claimed = 9000", "claimed = 4000"),
        ("task_states", "verified", "verified = 100", "verified = 4000"),
        ("task_states", "due_on", "due_on = '2022-03-31'", "due_on = '2021-09-30'"),
        ("task_states", "waiting", "waiting = 1", "waiting = 0"),
        ("tasks", "weight", "weight = 7", "weight = 2"),
        ("progress_reports", "percent", "percent = 9000", "percent = 4000"),
        ("progress_reports", "result", "result = 'khác'", "result = result"),
        ("progress_reports", "verification", "verification = 'returned'", "verification = 'verified'"),
    ] {
        let id = spelt(&app, second.id());
        let key = if table == "tasks" { "id" } else { "task_id" };
        let words = told.json["result"].as_str().unwrap();
        let restored = if what == "result" { format!("result = '{words}'") } else { restored.to_owned() };
        assert_eq!(app.db_sql(&format!("UPDATE {table} SET {altered} WHERE {key} = {id}")), 1);
        let difference = check(&app).unwrap_err();
        let named = if table == "progress_reports" { told.id() } else { second.id() };
        assert_eq!((difference.what, difference.id.to_string().as_str()), (what, named), "{difference}");
        assert_eq!(app.db_sql(&format!("UPDATE {table} SET {restored} WHERE {key} = {id}")), 1);
        assert_eq!(check(&app), holds, "{what}");
    }
}
