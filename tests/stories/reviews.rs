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
    other_rounds_are_planned_by_hand,
    a_theme_is_closed_on_a_day_that_was_set_by_hand,
    a_round_is_opened_put_together_and_cancelled,
    a_round_has_its_rules_and_texts,
}

pub async fn three_year(app: &TestApp, resolution: &Response) -> String {
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
    assert_eq!(
        (one.json["allowed_actions"].clone(), &one.json["resolution"]),
        (json!(["change", "open", "cancel", "snapshot"]), &congress.json["id"])
    );
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
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(["approve", "correct"]));
}

async fn other_rounds_are_planned_by_hand(app: TestApp) {
    let congress = congress(&app).await;
    let office = app.office();
    let plan = |more: Value| with(json!({"resolution": congress.id()}), more);
    let yearly = office.post("reviews", plan(json!({"kind": "yearly", "year": 2022}))).key("k").await.expect(201);
    assert_eq!((&yearly.json["due_on"], &yearly.json["year"]), (&json!("2022-12-31"), &json!(2022)));
    assert!(yearly.json["title"].as_str().unwrap().starts_with("Sơ kết năm 2022 thực hiện "));
    assert_eq!(office.post("reviews", plan(json!({"kind": "yearly", "year": 2022}))).key("k").await.expect(201).id(), yearly.id());
    office.post("reviews", plan(json!({"kind": "yearly", "year": 2022}))).await.refused(409, "duplicate");
    office.post("reviews", plan(json!({"kind": "three_year"}))).await.refused(409, "duplicate");
    let _ = office.post("reviews", plan(json!({"kind": "yearly", "year": 2023}))).await.expect(201);
    let middle = office.post("reviews", plan(json!({"kind": "mid_term"}))).await.expect(201);
    assert_eq!(middle.json["due_on"], "2023-04-14");
    for (more, pointer, rule) in [
        (json!({"kind": "yearly"}), "/year", "required"),
        (json!({"kind": "mid_term", "year": 2022}), "/year", "yearly_only"),
        (json!({"kind": "thematic"}), "/due_on", "required"),
        (json!({"kind": "weekly"}), "/kind", "unknown_value"),
        (json!({"kind": "yearly", "year": 1}), "/year", "range"),
        (json!({"kind": "yearly", "year": 2019}), "/year", "date_order"),
        (json!({"kind": "mid_term", "due_on": "2020-01-01"}), "/due_on", "date_order"),
    ] {
        office.post("reviews", plan(more)).await.invalid(pointer, rule);
    }
    office.post("reviews", json!({"kind": "yearly", "year": 2022})).await.invalid("/resolution", "one_of");
    app.outsider().post("reviews", plan(json!({"kind": "yearly", "year": 2024}))).await.invalid("/resolution", "unknown_record");
    app.leader().post("reviews", plan(json!({"kind": "yearly", "year": 2024}))).await.refused(403, "forbidden");
    // They move with the term, but a day that was set by hand stays.
    let path = format!("reviews/{}", middle.id());
    let _ = office.change(&path, json!({"due_on": "2023-06-30"})).await.expect(200);
    let term = format!("terms/{}", congress.json["term"].as_str().unwrap());
    let _ = app.admin().change(&term, json!({"starts_on": "2020-10-12"})).await.expect(200);
    let moved = office.get(&path).await.expect(200);
    assert_eq!((&moved.json["anchor_on"], &moved.json["due_on"]), (&json!("2020-10-12"), &json!("2023-06-30")));
}

async fn a_theme_is_closed_on_a_day_that_was_set_by_hand(app: TestApp) {
    let office = app.office();
    let draft =
        json!({"title": "Cải cách hành chính", "kind": "thematic_programme", "issuer": "hg-tinh-uy", "scope": "term", "state": "adopted"});
    let theme = office.post("programmes", draft).await.expect(201);
    // Without years only a day says when.
    let plan = json!({"programme": theme.id(), "kind": "thematic"});
    office.post("reviews", plan.clone()).await.invalid("/due_on", "required");
    let round = office.post("reviews", with(plan, json!({"due_on": "2024-03-31"}))).await.expect(201);
    let path = format!("reviews/{}", round.id());
    let _ = office.change(&path, json!({"texts": {"results": "Đã xong."}})).await.expect(200);
    let moved = office.change(&path, json!({"due_on": "2024-02-29"})).await.expect(200);
    assert_eq!((&moved.json["due_on"], &moved.json["anchor_on"]), (&json!("2024-02-29"), &json!("2024-02-29")));
    // Whatever is said of the programme then, the day stays.
    let programme = format!("programmes/{}", theme.id());
    let _ = office.change(&programme, json!({"period": {"from": 2022, "to": 2023}})).await.expect(200);
    let _ = office.change(&programme, json!({"title": "Cải cách hành chính, chuyển đổi số"})).await.expect(200);
    let kept = office.get(&path).await.expect(200);
    assert_eq!((&kept.json["due_on"], &kept.json["anchor_on"]), (&json!("2024-02-29"), &json!("2022-01-01")));
    // One that nobody set follows the years.
    let draft = json!({"title": "Chuyên đề", "kind": "thematic_programme", "issuer": "hg-tinh-uy", "scope": "term", "state": "adopted", "period": {"from": 2022, "to": 2023}});
    let other = office.post("programmes", draft).await.expect(201);
    let due = async || app.office().get(&format!("reviews?programme={}", other.id())).await.expect(200).json["items"][0]["due_on"].clone();
    assert_eq!(due().await, "2024-01-01");
    let _ = office.change(&format!("programmes/{}", other.id()), json!({"period": {"from": 2022, "to": 2024}})).await.expect(200);
    assert_eq!(due().await, "2025-01-01");
}

async fn a_round_is_opened_put_together_and_cancelled(app: TestApp) {
    let congress = congress(&app).await;
    let path = format!("reviews/{}", three_year(&app, &congress).await);
    let office = app.office();
    let decide = |body: Value| {
        let (office, path) = (&office, &path);
        async move { office.post(&format!("{path}/decisions"), body).await }
    };
    let refused = decide(json!({"decision": "consolidate"})).await;
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(["change", "open", "cancel", "snapshot"]));
    assert_eq!(decide(json!({"decision": "open"})).await.expect(201).json["state"], "open");
    assert_eq!(decide(json!({"decision": "consolidate"})).await.expect(201).json["state"], "consolidating");
    decide(json!({"decision": "reopen"})).await.invalid("/reason", "reason_required");
    assert_eq!(decide(json!({"decision": "reopen", "reason": "Bổ sung số liệu"})).await.expect(201).json["state"], "open");
    decide(json!({"decision": "cancel"})).await.invalid("/reason", "reason_required");
    let cancelled = decide(json!({"decision": "cancel", "reason": "Gộp với tổng kết"})).await.expect(201);
    assert_eq!((&cancelled.json["state"], &cancelled.json["allowed_actions"]), (&json!("cancelled"), &json!(["reopen"])));
    office.change(&path, json!({"due_on": "2024-01-01"})).await.refused(409, "illegal_state");
    let again = decide(json!({"decision": "reopen", "reason": "Vẫn tổ chức"})).await.expect(201);
    assert_eq!((&again.json["state"], &again.json["version"]), (&json!("planned"), &json!(6)));
    app.leader().post(&format!("{path}/decisions"), json!({"decision": "open"})).await.refused(403, "forbidden");
    app.outsider().post(&format!("{path}/decisions"), json!({"decision": "open"})).await.refused(404, "not_found");
    let seen = app.leader().get("changes?kind=review").await.expect(200);
    assert_eq!(seen.json["items"].as_array().unwrap().len(), 5);
}

async fn a_round_has_its_rules_and_texts(app: TestApp) {
    let congress = congress(&app).await;
    let path = format!("reviews/{}", three_year(&app, &congress).await);
    let office = app.office();
    let texts = json!({"lessons": "Giao việc rõ người, rõ hạn."});
    let change = json!({"kept_bound": "met", "scale": "share", "period": "2023", "claimed_score": "16/18 đạt và vượt", "texts": texts});
    let changed = office.change(&path, change.clone()).await.expect(200);
    for (field, value) in change.as_object().unwrap().iter().filter(|(field, _)| *field != "texts") {
        assert_eq!(&changed.json[field], value);
    }
    assert_eq!((&changed.json["texts"]["lessons"], &changed.json["texts"]["causes"]), (&texts["lessons"], &Value::Null));
    for (body, pointer, rule) in [
        (json!({"period": "quý này"}), "/period", "period_or_span"),
        (json!({"scale": "often"}), "/scale", "unknown_value"),
        (json!({"claimed_score": "đạt và vượt"}), "/claimed_score", "score_sentence"),
        (json!({"due_on": "2020-10-14"}), "/due_on", "date_order"),
        (json!({"texts": {"lessons": ""}}), "/texts/lessons", "length"),
        (json!({"title": "Khác"}), "/title", "unknown_field"),
    ] {
        office.change(&path, body).await.invalid(pointer, rule);
    }
    office.patch(&path, json!({"period": null})).await.refused(428, "precondition_required");
    office.patch(&path, json!({"period": null})).if_match("\"1-0\"").await.refused(412, "stale");
    assert_eq!(office.change(&path, json!({"period": null})).await.expect(200).json["period"], Value::Null);
}
