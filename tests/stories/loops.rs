//! A leader sees with whom it lies that something was asked and nobody has answered.

use serde_json::{Value, json};

use super::dashboards::line;
use super::instructions::{given, step, told, words};
use super::proposals::{proposed, step as decided_on, yes};
use super::resolutions::with;
use super::tasks::{decide, draft, issued};
use super::unit_events::{merged, on, record};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    what_waits_is_counted_by_unit,
    the_numbers_are_those_of_the_lists,
    a_day_of_the_past_shows_what_waited_then,
    what_a_unit_owed_its_successor_owes,
    each_sees_the_lines_within_reach,
    the_page_leads_to_the_lists,
}

async fn loops(app: &TestApp, query: &str) -> Value {
    app.leader().get(&format!("dashboards/loops{query}")).await.expect(200).json
}

/// Instructions open, overdue and answered, proposals open, and the days of the oldest.
fn counts(of: &Value) -> [Option<i64>; 5] {
    ["instructions_open", "instructions_overdue", "instructions_answered", "proposals_open", "longest_days"].map(|name| of[name].as_i64())
}

fn some(counts: [i64; 5]) -> [Option<i64>; 5] {
    counts.map(Some)
}

/// Two instructions and one answered to the health department, one to the finance department; a proposal to each of two
/// authorities; and on a voided task what nobody is asked for any more. Answers the first instruction and the first proposal.
async fn asked(app: &TestApp) -> (String, String) {
    let task = issued(app, with(draft("Xây dựng kế hoạch"), json!({"coordinating_units": ["hg-so-tai-chinh"]}))).await;
    let voided = issued(app, draft("Bỏ")).await;
    let late = given(&app.leader(), told(&task)).await.id().to_owned();
    let _ = given(&app.leader(), with(told(&task), json!({"due": null}))).await;
    let _ = given(&app.leader(), with(told(&task), json!({"to_unit": "hg-so-tai-chinh"}))).await;
    let done = given(&app.leader(), told(&task)).await;
    let _ = step(&app.reporter("hg-so-y-te"), done.id(), "answer", words("Xong")).await.expect(200);
    let first = proposed(app, &task, json!(["Một", {"text": "Hai", "to_unit": "hg-so-tai-chinh"}])).await.remove(0);
    let _ = given(&app.leader(), told(&voided)).await;
    let _ = proposed(app, &voided, json!(["Ba"])).await;
    let _ = decide(&app.office(), &voided, "void").await.expect(201);
    (late, first)
}

async fn what_waits_is_counted_by_unit(app: TestApp) {
    assert_eq!(counts(&loops(&app, "").await["total"]), [Some(0), Some(0), Some(0), Some(0), None]);
    app.set_time("2023-10-02");
    let (late, first) = asked(&app).await;
    app.set_time("2023-10-10");
    assert_eq!(counts(&loops(&app, "").await["total"]), some([3, 0, 1, 2, 8]), "the last day to answer is in time");
    app.set_time("2023-10-11");
    let now = loops(&app, "").await;
    assert_eq!(counts(&now["total"]), some([3, 2, 1, 2, 9]));
    assert_eq!(counts(line(&now, "unit", "hg-so-y-te")), some([2, 1, 1, 0, 9]));
    assert_eq!(counts(line(&now, "unit", "hg-so-tai-chinh")), some([1, 1, 0, 1, 9]));
    assert_eq!(counts(line(&now, "unit", "hg-van-phong-tinh-uy")), some([0, 0, 0, 1, 9]));
    assert_eq!(now["items"].as_array().unwrap().len(), 3, "units with which nothing waits are left out");
    let departments = loops(&app, "?kind=department").await;
    assert_eq!(counts(&departments["total"]), some([3, 2, 1, 1, 9]));
    let _ = step(&app.reporter("hg-so-y-te"), &late, "answer", words("Xong")).await.expect(200);
    let _ = decided_on(&app.leader(), &first, "answer", yes("x")).await.expect(200);
    assert_eq!(counts(&loops(&app, "").await["total"]), some([2, 1, 2, 1, 9]));
}

async fn the_numbers_are_those_of_the_lists(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = asked(&app).await;
    app.set_time("2023-10-11");
    let now = loops(&app, "").await;
    for item in now["items"].as_array().unwrap() {
        let unit = item["unit"]["code"].as_str().unwrap();
        let lists = [
            format!("instructions?unit={unit}&state=open"),
            format!("instructions?unit={unit}&state=open&overdue=true"),
            format!("instructions?unit={unit}&state=answered"),
            format!("proposals?to_unit={unit}&state=open"),
        ];
        for (path, count) in lists.iter().zip(counts(item)) {
            let listed = app.leader().get(path).await.expect(200).json["items"].as_array().unwrap().len();
            assert_eq!(i64::try_from(listed).ok(), count, "{path}");
        }
    }
}

async fn a_day_of_the_past_shows_what_waited_then(app: TestApp) {
    app.set_time("2023-10-02");
    let (late, first) = asked(&app).await;
    app.set_time("2023-10-11");
    let told = loops(&app, "").await;
    app.set_time("2023-10-20");
    let _ = step(&app.reporter("hg-so-y-te"), &late, "answer", words("Xong")).await.expect(200);
    let _ = step(&app.leader(), &late, "closing", json!({"outcome": "closed"})).await.expect(200);
    let _ = decided_on(&app.leader(), &first, "answer", yes("x")).await.expect(200);
    let back = loops(&app, "?as_of=2023-10-11").await;
    assert_eq!((&back["items"], &back["total"]), (&told["items"], &told["total"]));
    app.leader().get("dashboards/loops?as_of=2023-10-21").await.refused(400, "invalid_parameter");
    app.leader().get("dashboards/loops?as_of=2001-01-01").await.refused(400, "invalid_parameter");
}

async fn what_a_unit_owed_its_successor_owes(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = asked(&app).await;
    merged(&app);
    let merger = json!([{"kind": "merge", "from": ["hg-so-y-te", "hg-so-tai-chinh"], "to": [{"ref": "hg-so-moi"}]}]);
    let _ = record(&app, on("2023-10-05", merger)).await.expect(201);
    app.set_time("2023-10-11");
    let assigned = loops(&app, "").await;
    let current = loops(&app, "?basis=current").await;
    assert_eq!(assigned["total"], current["total"], "nothing is lost");
    assert_eq!(counts(line(&current, "unit", "hg-so-moi")), some([3, 2, 1, 1, 9]));
    assert_eq!(line(&current, "unit", "hg-so-y-te"), &Value::Null);
}

async fn each_sees_the_lines_within_reach(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = asked(&app).await;
    let own = app.reporter("hg-so-y-te").get("dashboards/loops").await.expect(200);
    let units: Vec<&str> = own.json["items"].as_array().unwrap().iter().map(|item| item["unit"]["code"].as_str().unwrap()).collect();
    assert_eq!((units, counts(&own.json["total"])), (vec!["hg-so-y-te"], some([3, 0, 1, 2, 0])));
    let other = app.outsider().get("dashboards/loops").await.expect(200).json;
    assert_eq!((&other["items"], counts(&other["total"])[0]), (&json!([]), Some(0)), "another province");
    app.anonymous().get("dashboards/loops").await.refused(401, "unauthenticated");
}

async fn the_page_leads_to_the_lists(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = asked(&app).await;
    let leader = app.browser_of("leader");
    assert!(leader.get("/").await.expect(200).text.contains("href=\"/loops\">Chỉ đạo, kiến nghị chưa khép (6)"));
    let page = leader.get("/loops").await.expect(200).text;
    assert!(
        page.contains("href=\"/instructions?unit=hg-so-y-te\">2<") && page.contains("href=\"/proposals?unit=hg-so-tai-chinh\">1<"),
        "{page}"
    );
    let list = leader.get("/instructions?unit=hg-so-tai-chinh").await.expect(200).text;
    assert_eq!(list.matches("<li class=\"card\">").count(), 1, "{list}");
    let list = leader.get("/proposals?unit=hg-so-tai-chinh").await.expect(200).text;
    assert!(list.contains("Hai") && !list.contains("Một"), "{list}");
    app.set_time("2023-10-05");
    let past = app.browser_of("leader").get("/loops?as_of=2023-10-03").await.expect(200).text;
    assert!(!past.contains("/instructions?unit="), "lists are of today: {past}");
}
