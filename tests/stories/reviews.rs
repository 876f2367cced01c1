//! Reviews as they are read: rounds, the reports owed to them, the statistics kept for them.

use serde_json::{Value, json};

use super::dashboards::issued;
use super::resolutions::{congress, thematic, with};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    rounds_are_listed_by_the_day_they_are_due,
    every_unit_that_leads_work_owes_a_report,
    a_snapshot_keeps_the_numbers_of_the_day,
    a_frozen_round_takes_no_snapshot,
}

async fn three_year(app: &TestApp, resolution: &Response) -> String {
    let list = app.office().get(&format!("reviews?resolution={}&limit=1", resolution.id())).await.expect(200);
    list.json["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn rounds_are_listed_by_the_day_they_are_due(app: TestApp) {
    let congress = congress(&app).await;
    let theme = with(thematic("04-NQ/TU"), json!({"cycle_anchor": "issued_on", "issued_on": "2021-06-30"}));
    let _ = app.office().post("resolutions", theme).await.expect(201);
    let reporter = app.reporter("hg-so-y-te");
    let all = reporter.get("reviews").await.expect(200);
    assert_eq!(all.texts("due_on"), ["2023-10-14", "2024-06-30", "2025-10-14", "2026-06-30"]);
    let first = reporter.get("reviews?limit=3").await.expect(200);
    let rest = reporter.get(&format!("reviews?limit=3&cursor={}", first.json["next"].as_str().unwrap())).await.expect(200);
    assert_eq!((rest.texts("due_on"), &rest.json["next"]), (vec!["2026-06-30"], &Value::Null));
    let own = reporter.get(&format!("reviews?resolution={}&state=planned", congress.id())).await.expect(200);
    assert_eq!(own.texts("kind"), ["three_year", "five_year"]);
    assert_eq!(reporter.get("reviews?state=frozen").await.expect(200).json["items"], json!([]));
    let one = reporter.get(&format!("reviews/{}", own.json["items"][0]["id"].as_str().unwrap())).await.expect(200);
    assert_eq!((one.json["allowed_actions"].clone(), &one.json["resolution"]), (json!(["snapshot"]), &congress.json["id"]));
    let _ = reporter.get(&format!("reviews/{}", one.id())).header("If-None-Match", one.etag()).await.expect(304);

    let outsider = app.outsider();
    assert_eq!(outsider.get("reviews").await.expect(200).json["items"], json!([]));
    for path in ["", "/submissions", "/snapshots"] {
        outsider.get(&format!("reviews/{}{path}", one.id())).await.refused(404, "not_found");
    }
    let foreign = outsider.get(&format!("reviews?resolution={}", congress.id())).await;
    foreign.refused(400, "invalid_parameter").names("resolution", "unknown_record");
    reporter.get("reviews?kind=three_year").await.refused(400, "unknown_parameter");
}

async fn every_unit_that_leads_work_owes_a_report(app: TestApp) {
    let congress = congress(&app).await;
    let of = json!({"resolution": congress.id()});
    for unit in ["hg-so-y-te", "hg-so-y-te", "hg-so-tai-chinh", "hg-huyen-vi-thuy-dang"] {
        let _ = issued(&app, unit, of.clone()).await;
    }
    let _ = issued(&app, "hg-so-khoa-hoc-va-cong-nghe", json!({})).await;
    let path = format!("reviews/{}/submissions", three_year(&app, &congress).await);
    let leader = app.leader();
    let owed = leader.get(&path).await.expect(200);
    let codes = |list: &Response| list.json["items"].as_array().unwrap().iter().map(|i| i["unit"]["code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(&owed), ["hg-huyen-vi-thuy-dang", "hg-so-tai-chinh", "hg-so-y-te"]);
    assert_eq!((owed.texts("state"), owed.texts("due_on")), (vec!["owed"; 3], vec!["2023-10-14"; 3]));
    assert_eq!(owed.json["items"][2]["tasks"]["total"], 2);
    let first = leader.get(&format!("{path}?limit=2")).await.expect(200);
    let rest = leader.get(&format!("{path}?limit=2&cursor={}", first.json["next"].as_str().unwrap())).await.expect(200);
    assert_eq!((codes(&rest), &rest.json["next"]), (vec![json!("hg-so-y-te")], &Value::Null));
    assert_eq!(codes(&app.reporter("hg-so-y-te").get(&path).await.expect(200)), ["hg-so-y-te"]);
    app.set_time("2023-10-14");
    assert_eq!(leader.get(&path).await.expect(200).texts("state"), vec!["owed"; 3]);
    app.set_time("2023-10-15");
    assert_eq!(leader.get(&path).await.expect(200).texts("state"), vec!["overdue"; 3]);
}

async fn a_snapshot_keeps_the_numbers_of_the_day(app: TestApp) {
    let congress = congress(&app).await;
    let _ = issued(&app, "hg-so-y-te", json!({"resolution": congress.id()})).await;
    let path = format!("reviews/{}/snapshots", three_year(&app, &congress).await);
    let before = app.position();
    app.leader().post(&path, json!({})).await.refused(403, "forbidden");
    app.outsider().post(&path, json!({})).await.refused(404, "not_found");
    app.office().post(&path, json!({"as_of": "2021-12-31"})).await.invalid("/as_of", "unknown_field");
    assert_eq!(app.position(), before);

    let taken = app.office().post(&path, json!({})).key("first").await.expect(201);
    assert_eq!((&taken.json["as_of"], &taken.json["position"]), (&json!("2023-10-02"), &json!(before)));
    let again = app.office().post(&path, json!({})).key("first").await.expect(201);
    assert_eq!((&again.json, app.position()), (&taken.json, before + 1));
    let dashboard = app.leader().get(&format!("dashboards/units?resolution={}", congress.id())).await.expect(200);
    let statistics = &taken.json["statistics"];
    assert_eq!(statistics["total"], dashboard.json["total"]);
    let lines = dashboard.json["items"].as_array().unwrap();
    let held: Vec<_> = lines.iter().filter(|line| line["tasks"]["total"] != 0).cloned().collect();
    assert_eq!(statistics["units"], json!(held));

    let _ = issued(&app, "hg-so-tai-chinh", json!({"resolution": congress.id()})).await;
    let second = app.office().post(&path, json!({})).await.expect(201);
    assert_eq!(second.json["statistics"]["total"]["tasks"]["total"], 2);
    let kept = app.leader().get(taken.header("location")).await.expect(200);
    assert_eq!(kept.json["items"], json!([second.json, taken.json]));
}

async fn a_frozen_round_takes_no_snapshot(app: TestApp) {
    let congress = congress(&app).await;
    let review = three_year(&app, &congress).await;
    app.db_sql("UPDATE review_rounds SET state = 'frozen'");
    let refused = app.office().post(&format!("reviews/{review}/snapshots"), json!({})).await;
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!([]));
}
