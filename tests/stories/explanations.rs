//! Every number can be followed to the tasks behind it, and these add up to it.

use serde_json::{Value, json};

use super::dashboards::{decide, issued, report, verify};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    the_tasks_behind_a_number_add_up_to_it,
    a_reporter_sees_the_number_and_only_own_tasks,
    what_is_explained_is_a_line_of_a_dashboard,
}

async fn explained(app: &TestApp, query: &str) -> Value {
    app.leader().get(&format!("dashboards/explain?{query}")).await.expect(200).json
}

/// Four tasks of two units: half done and verified, complete and waiting, suspended, silent.
async fn world(app: &TestApp) -> Vec<String> {
    app.set_time("2021-08-03");
    let deadline = json!({"deadline": {"text": "30/9/2021"}, "weight": 3});
    let half = issued(app, "hg-so-y-te", deadline.clone()).await;
    let done = issued(app, "hg-so-y-te", json!({})).await;
    let suspended = issued(app, "hg-so-tai-chinh", json!({})).await;
    let silent = issued(app, "hg-so-tai-chinh", deadline).await;
    let told = report(app, "hg-so-y-te", &half, json!({"percent": 50})).await;
    verify(app, &told).await;
    let product = json!({"state": "completed", "percent": 100, "product": {"number": "1", "issued_on": "2021-08-03"}});
    let _ = report(app, "hg-so-y-te", &done, product).await;
    decide(app, &suspended, json!({"decision": "suspend", "reason": "Chờ quy hoạch."})).await;
    app.set_time("2021-12-31");
    [half, done, suspended, silent].iter().map(|task| task.id().to_owned()).collect()
}

async fn the_tasks_behind_a_number_add_up_to_it(app: TestApp) {
    let tasks = world(&app).await;
    let overview = app.leader().get("dashboards/overview").await.expect(200).json;
    for (of, pointer) in [
        ("total", "/tasks/total"),
        ("completed_on_time", "/tasks/completed_on_time"),
        ("completed_late", "/tasks/completed_late"),
        ("open_in_time", "/tasks/open_in_time"),
        ("open_due_soon", "/tasks/open_due_soon"),
        ("open_overdue", "/tasks/open_overdue"),
        ("open_no_deadline", "/tasks/open_no_deadline"),
        ("suspended", "/tasks/suspended"),
        ("cancelled", "/tasks/cancelled"),
        ("rescheduled", "/rescheduled"),
        ("expected", "/progress/coverage/expected"),
        ("reported", "/progress/coverage/reported"),
        ("with_verified", "/progress/coverage/verified"),
    ] {
        let told = explained(&app, &format!("of={of}")).await;
        let counted = told["items"].as_array().unwrap().iter().filter(|item| item["part"] == "counted").count();
        assert_eq!((&told["count"], &json!(counted)), (overview.pointer(pointer).unwrap(), overview.pointer(pointer).unwrap()), "{of}");
        let Some(rows) = told["rows"].as_str().filter(|_| !matches!(of, "expected" | "with_verified")) else { continue };
        let listed = app.leader().get(rows.trim_start_matches("/api/v1/")).await.expect(200).json;
        assert_eq!(listed["items"].as_array().unwrap().len(), counted, "the list of {of} has the same tasks");
    }
    let claimed = explained(&app, "of=claimed").await;
    // (3 × 50 + 1 × 100) / 4; the silent one is left out and said to be, the suspended one as well.
    assert_eq!((&claimed["percent"], &claimed["unrounded"]), (&json!(62.5), &json!("62.500000")));
    assert_eq!(claimed["percent"], overview["progress"]["claimed"]);
    let part = |id: &str| claimed["items"].as_array().unwrap().iter().find(|item| item["id"] == *id).unwrap()["part"].clone();
    let parts: Vec<Value> = tasks.iter().map(|id| part(id)).collect();
    assert_eq!(parts, ["counted", "counted", "suspended", "no_percent"]);
    assert_eq!(claimed["sum"], json!({"counted": 2, "suspended": 1, "cancelled": 0, "no_percent": 1, "weight": 4, "weighted": 25_000}));
    let verified = explained(&app, "of=verified").await;
    assert_eq!((&verified["percent"], &verified["sum"]["counted"]), (&json!(50), &json!(1)));
    let light = explained(&app, "of=light").await["light"].clone();
    assert_eq!((&light["light"], &light["axes"]), (&overview["light"], &overview["axes"]));
    assert_eq!((&light["overdue"], &light["expected"], &light["axes"]["schedule"]), (&json!(2), &json!(3), &json!("red")));
    let first = explained(&app, "of=total&limit=1").await;
    let second = explained(&app, &format!("of=total&limit=3&cursor={}", first["next"].as_str().unwrap())).await;
    assert_eq!((second["items"].as_array().unwrap().len(), &second["next"], &second["count"]), (3, &Value::Null, &json!(4)));
    let before = explained(&app, "of=claimed&as_of=2021-08-03").await;
    assert_eq!(before["percent"], 62.5);
    let vietnamese = app.leader().get("dashboards/explain?of=open_overdue").await.expect(200).json;
    assert!(vietnamese["formula"].as_str().unwrap().contains("thời hạn đã qua"), "{vietnamese}");
}

async fn a_reporter_sees_the_number_and_only_own_tasks(app: TestApp) {
    let _ = world(&app).await;
    let reporter = app.reporter("hg-so-y-te");
    let told = reporter.get("dashboards/explain?of=total").await.expect(200).json;
    assert_eq!((&told["count"], told["items"].as_array().unwrap().len(), &told["hidden"]), (&json!(4), 2, &json!(2)));
    let _ = reporter.get("dashboards/explain?of=total&unit=hg-so-tai-chinh").await.expect(403);
    let _ = app.leader().get("dashboards/explain?of=total&unit=hd-so-tu-phap").await.expect(400);
    let _ = app.leader().get("dashboards/explain?of=total&area=nowhere").await.expect(400);
    let secret = json!({"title": null, "secrecy": "secret"});
    let _ = issued(&app, "hg-so-y-te", secret).await;
    let told = app.leader().get("dashboards/explain?of=total").await.expect(200).json;
    assert_eq!((&told["count"], told["items"].as_array().unwrap().len(), &told["hidden"]), (&json!(5), 4, &json!(1)));
}

async fn what_is_explained_is_a_line_of_a_dashboard(app: TestApp) {
    let _ = world(&app).await;
    let of_unit = explained(&app, "of=claimed&unit=hg-so-y-te").await;
    let unit = app.leader().get("dashboards/units/hg-so-y-te").await.expect(200).json;
    assert_eq!((&of_unit["percent"], &of_unit["sum"]["counted"]), (&unit["progress"]["claimed"], &json!(2)));
    let below = explained(&app, "of=total&unit=hg-ubnd-tinh&subtree=true").await;
    let whole = app.leader().get("dashboards/units/hg-ubnd-tinh").await.expect(200).json;
    assert_eq!(below["count"], whole["subtree"]["tasks"]["total"]);
    let area = explained(&app, "of=total&area=hg").await;
    assert_eq!(area["count"], app.leader().get("dashboards/areas/hg").await.expect(200).json["tasks"]["total"]);
    let kinds = explained(&app, "of=total&kind=department").await;
    assert_eq!(
        (&kinds["count"], &kinds["rows"]),
        (&app.leader().get("dashboards/units?kind=department").await.expect(200).json["total"]["tasks"]["total"], &Value::Null)
    );
    let level = explained(&app, "of=total&level=district").await;
    assert_eq!(level["count"], app.leader().get("dashboards/areas?level=district").await.expect(200).json["total"]["tasks"]["total"]);
    for (outside, path) in [
        ("breakthrough", "breakthroughs"),
        ("pillar", "pillars"),
        ("objective", "objectives"),
        ("group", "task-groups"),
        ("programme", "programmes"),
        ("field", "fields"),
        ("resolution", "resolutions"),
    ] {
        let lines = app.leader().get(&format!("dashboards/{path}")).await.expect(200).json;
        let last = lines["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(explained(&app, &format!("of=total&outside={outside}")).await["count"], last["tasks"]["total"], "{path}");
    }
    for (query, parameter) in [("of=nothing", "of"), ("of=total&subtree=true&area=hg", "subtree"), ("of=total&limit=0", "limit")] {
        let refused = app.leader().get(&format!("dashboards/explain?{query}")).await.expect(400);
        assert!(refused.text.contains(parameter), "{query}: {}", refused.text);
    }
}
