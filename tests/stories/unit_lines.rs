//! Dashboards by unit: silence, lateness, the official statistic, the ranking. Each count is that of a list.

use serde_json::{Value, json};

use super::dashboards::{issued, report, verify};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    who_is_silent_and_since_when,
    how_late_and_by_how_many_days,
    the_official_statistic_of_a_period,
    who_stands_where_and_who_cannot_be_compared,
    each_point_of_a_trend_is_the_overview_of_its_day,
    a_leader_reads_the_tables_on_pages,
}

async fn read(app: &TestApp, path: &str) -> Value {
    app.leader().get(path).await.expect(200).json
}

async fn listed(app: &TestApp, query: &str) -> usize {
    read(app, &format!("tasks?counted=true&limit=200&{query}")).await["items"].as_array().unwrap().len()
}

fn line<'a>(table: &'a Value, unit: &str) -> &'a Value {
    table["items"].as_array().unwrap().iter().find(|item| item["unit"]["code"] == unit).unwrap()
}

async fn given(app: &TestApp, unit: &str, deadline: &str) -> Response {
    issued(app, unit, json!({"deadline": {"text": deadline, "reference_date": "2021-08-03"}})).await
}

async fn who_is_silent_and_since_when(app: TestApp) {
    app.set_time("2021-08-03");
    let told = given(&app, "hg-so-y-te", "31/12/2022").await;
    let _ = given(&app, "hg-so-y-te", "31/12/2022").await;
    let _ = given(&app, "hg-so-tai-chinh", "31/12/2022").await;
    app.set_time("2021-10-01");
    let report = report(&app, "hg-so-y-te", &told, json!({})).await;
    app.set_time("2021-12-31");
    let silent = read(&app, "dashboards/silent").await;
    assert_eq!((&silent["days"], &silent["total"]["open"], &silent["total"]["silent"]), (&json!(90), &json!(3), &json!(3)));
    let health = line(&silent, "hg-so-y-te");
    assert_eq!((&health["silent"], &health["never_reported"], &health["longest_days"]), (&json!(2), &json!(1), &json!(150)));
    for (days, count) in [(91, 3), (92, 2), (150, 2), (151, 0)] {
        let silent = read(&app, &format!("dashboards/silent?days={days}")).await;
        assert_eq!(silent["total"]["silent"], count, "{days}");
        assert_eq!(listed(&app, &format!("silent_days={days}")).await, count, "the list of {days} days has the same tasks");
    }
    assert_eq!(listed(&app, "silent_days=91&lead_unit=hg-so-y-te").await, 2);
    // What is returned was no word: then it has been silent from the beginning.
    let returned = json!({"outcome": "returned", "reason": "Thiếu sản phẩm."});
    let _ = app.office().put(&format!("progress-reports/{}/verification", report.id()), returned).if_match(report.etag()).await.expect(200);
    assert_eq!(listed(&app, "silent_days=150").await, 3);
    app.set_time("2022-06-01");
    let then = read(&app, "dashboards/silent?as_of=2021-12-31&days=150").await;
    assert_eq!((&then["total"]["silent"], listed(&app, "silent_days=150&as_of=2021-12-31").await), (&json!(3), 3));
    let before = read(&app, "dashboards/silent?as_of=2021-12-30&days=92").await;
    assert_eq!(
        (&before["total"]["silent"], listed(&app, "silent_days=92&as_of=2021-12-30").await),
        (&json!(2), 2),
        "it had not been returned yet"
    );
    for days in ["0", "3651", "-1", "x"] {
        let _ = app.leader().get(&format!("dashboards/silent?days={days}")).await.expect(400);
        let _ = app.leader().get(&format!("tasks?silent_days={days}")).await.expect(400);
    }
    let own = app.reporter("hg-so-tai-chinh").get("dashboards/silent").await.expect(200).json;
    assert_eq!((own["items"].as_array().unwrap().len(), &own["total"]["open"]), (1, &json!(3)));
}

async fn how_late_and_by_how_many_days(app: TestApp) {
    app.set_time("2021-08-03");
    for deadline in ["31/8/2021", "30/9/2021", "30/11/2021", "31/12/2021"] {
        let _ = given(&app, "hg-so-y-te", deadline).await;
    }
    let moved = given(&app, "hg-so-tai-chinh", "31/8/2021").await;
    let change = json!({"deadline": {"text": "31/3/2022"}, "reason": "Gia hạn."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", moved.id()), change).await.expect(201);
    app.set_time("2021-12-31");
    let late = read(&app, "dashboards/late").await;
    let health = line(&late, "hg-so-y-te");
    assert_eq!(health["overdue_by"], json!({"up_to_30": 0, "up_to_90": 1, "up_to_180": 2, "more": 0}));
    assert_eq!((&health["overdue"], &health["longest_days"]), (&json!(3), &json!(122)));
    let finance = line(&late, "hg-so-tai-chinh");
    assert_eq!((&finance["overdue"], &finance["rescheduled"], &finance["overdue_by_original"]), (&json!(0), &json!(1), &json!(1)));
    for (query, count) in [
        ("days_late_min=31&days_late_max=90", 1),
        ("days_late_min=91&days_late_max=180", 2),
        ("days_late_max=30", 0),
        ("days_late_min=1", 3),
    ] {
        assert_eq!(listed(&app, query).await, count, "{query}");
        assert_eq!(listed(&app, &format!("{query}&as_of=2021-12-31")).await, count, "{query}, of today");
    }
    app.set_time("2022-02-01");
    assert_eq!(listed(&app, "days_late_min=31&days_late_max=90&as_of=2021-12-31").await, 1);
    assert_eq!(read(&app, "dashboards/late?as_of=2021-12-31").await["total"]["overdue"], 3);
}

async fn the_official_statistic_of_a_period(app: TestApp) {
    app.set_time("2021-08-03");
    let done = given(&app, "hg-so-y-te", "31/12/2021").await;
    let _ = given(&app, "hg-so-y-te", "30/9/2021").await;
    let told = json!({"state": "completed", "percent": 100, "product": {"number": "1", "issued_on": "2021-08-03"}});
    let _ = report(&app, "hg-so-y-te", &done, told).await;
    app.set_time("2021-11-01");
    let _ = issued(&app, "hg-so-tai-chinh", json!({"assigned_on": "2021-10-15"})).await;
    app.set_time("2021-12-31");
    let all = read(&app, "dashboards/statistics").await;
    let expected = json!({
        "total": 3, "completed": 1, "completed_on_time": 1, "completed_late": 0, "open_in_time": 1, "open_overdue": 1, "suspended": 0,
        "cancelled": 0,
    });
    assert_eq!((&all["total"], &all["from"], &all["to"]), (&expected, &Value::Null, &json!("2021-12-31")));
    let quarter = read(&app, "dashboards/statistics?from=2021-10-01&to=2021-12-31").await;
    assert_eq!((&quarter["total"]["total"], quarter["items"].as_array().unwrap().len()), (&json!(1), 1));
    let summer = read(&app, "dashboards/statistics?from=2021-01-01&to=2021-09-30").await;
    assert_eq!((&summer["total"]["open_overdue"], &summer["total"]["open_in_time"]), (&json!(0), &json!(1)), "judged at its end");
    for (query, field) in [("from=2022-01-01&to=2021-01-01", "from"), ("to=2022-01-01", "to"), ("to=1999-01-01", "as_of")] {
        let refused = app.leader().get(&format!("dashboards/statistics?{query}")).await.expect(400);
        assert_eq!(refused.json["errors"][0]["pointer"], field, "{query}");
    }
}

async fn who_stands_where_and_who_cannot_be_compared(app: TestApp) {
    app.set_time("2021-08-03");
    for unit in ["hg-so-y-te", "hg-so-tai-chinh"] {
        for number in 0..3 {
            let task = given(&app, unit, "30/9/2021").await;
            let done = unit == "hg-so-y-te" || number == 0;
            let content = match done {
                true => json!({"state": "completed", "percent": 100, "product": {"number": "1", "issued_on": "2021-08-03"}}),
                false => json!({"percent": 10}),
            };
            let told = report(&app, unit, &task, content).await;
            verify(&app, &told).await;
        }
    }
    let _ = given(&app, "hg-ubnd-tinh", "30/9/2021").await;
    app.set_time("2021-12-31");
    let ranking = read(&app, "dashboards/ranking").await;
    let places: Vec<Value> =
        ranking["items"].as_array().unwrap().iter().map(|i| json!([i["place"], i["unit"]["code"], i["score"], i["caveat"]])).collect();
    assert_eq!(
        json!(places),
        json!([[1, "hg-so-y-te", 100, null], [2, "hg-so-tai-chinh", 33.33, null], [null, "hg-ubnd-tinh", null, "few_tasks"]])
    );
    let own = app.reporter("hg-so-tai-chinh").get("dashboards/ranking?by=verified").await.expect(200).json;
    assert_eq!((own["items"].as_array().unwrap().len(), &own["items"][0]["place"]), (1, &json!(2)), "its place among all");
    let _ = app.leader().get("dashboards/ranking?by=luck").await.expect(400);
}

async fn each_point_of_a_trend_is_the_overview_of_its_day(app: TestApp) {
    app.set_time("2021-08-03");
    let first = given(&app, "hg-so-y-te", "30/9/2021").await;
    let second = given(&app, "hg-so-tai-chinh", "31/12/2021").await;
    app.set_time("2021-09-10");
    let told = report(&app, "hg-so-y-te", &first, json!({"percent": 40})).await;
    app.set_time("2021-10-05");
    verify(&app, &told).await;
    let _ = report(&app, "hg-so-tai-chinh", &second, json!({"percent": 20})).await;
    app.set_time("2021-12-15");
    let trend = read(&app, "dashboards/trend").await;
    let points = trend["items"].as_array().unwrap();
    assert!(points.len() >= 5 && points.last().unwrap()["as_of"] == "2021-12-15");
    for point in points {
        let day = point["as_of"].as_str().unwrap();
        let then = read(&app, &format!("dashboards/overview?as_of={day}")).await;
        assert_eq!((&point["tasks"], &point["claimed"]), (&then["tasks"], &then["progress"]["claimed"]), "{day}");
        assert_eq!((&point["verified"], &point["coverage"]), (&then["progress"]["verified"], &then["progress"]["coverage"]), "{day}");
    }
    let planned: Vec<&Value> = points.iter().filter(|p| p["as_of"].as_str() >= Some("2021-08-31")).map(|p| &p["planned"]).collect();
    assert_eq!(json!(planned), json!([0, 50, 50, 50, 50]));
    assert_eq!(read(&app, "dashboards/trend?months=1").await["items"].as_array().unwrap().len(), 2);
    for query in ["months=0", "months=61", "basis=current", "as_of=2022-01-01"] {
        let _ = app.leader().get(&format!("dashboards/trend?{query}")).await.expect(400);
    }
}

async fn a_leader_reads_the_tables_on_pages(app: TestApp) {
    app.set_time("2021-08-03");
    let told = given(&app, "hg-so-y-te", "31/8/2021").await;
    let _ = given(&app, "hg-so-y-te", "31/12/2021").await;
    let _ = report(&app, "hg-so-y-te", &told, json!({"percent": 40})).await;
    app.set_time("2021-12-15");
    let leader = app.browser_of("leader");
    for (path, words) in [
        ("/late", "days_late_min=91&#38;days_late_max=180"),
        ("/silent?days=100", "silent_days=100"),
        ("/statistics", "timeliness=in_time&#38;timeliness=due_soon&#38;timeliness=no_deadline"),
        ("/ranking?by=reported", "quá ít nhiệm vụ"),
        ("/trend", "<polyline class=\"planned\""),
        ("/explain?of=claimed", "40,000000%"),
        ("/explain?of=light", "quá hạn trên số phải báo cáo"),
    ] {
        let page = leader.get(path).await.expect(200).text;
        assert!(page.contains(words), "{path}: {words}\n{page}");
    }
    let list = leader.get("/tasks?unit=hg-so-y-te&counted=true&days_late_min=91&days_late_max=180").await.expect(200).text;
    assert!(list.contains("<strong>1</strong>") && list.contains("name=\"days_late_min\" value=\"91\""), "{list}");
    let several = leader.get("/tasks?timeliness=in_time&timeliness=due_soon").await.expect(200).text;
    assert!(several.contains("<strong>1</strong>") && several.contains("name=\"timeliness\" value=\"due_soon\""), "{several}");
}
