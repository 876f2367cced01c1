//! Coverage and slowness: what a resolution lacks, who owes what, and how long it took to begin.

use serde_json::{Value, json};

use super::clauses::clause;
use super::dashboards::{issued, line, report};
use super::programmes::implements;
use super::resolutions::{congress, with};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    clauses_and_parts_without_a_task_are_named,
    committees_and_authorities_owe_for_the_term_and_each_year,
    who_owes_is_data_of_the_resolution,
    slowness_is_days_from_adoption_and_runs_on,
    slowness_of_units_and_districts_is_their_own,
    a_reporter_sees_the_rows_of_its_own,
    pillars_are_a_dimension_of_their_own,
}

/// An adopted programme of a unit.
async fn adopted(app: &TestApp, unit: &str, more: Value) -> Response {
    app.pass(1);
    let draft = json!({"title": format!("Chương trình của {unit}"), "kind": "action_programme", "issuer": unit, "scope": "term", "state": "adopted"});
    app.office().post("programmes", with(draft, more)).await.expect(201)
}

async fn coverage(app: &TestApp, resolution: &Response, query: &str) -> Value {
    app.leader().get(&format!("resolutions/{}/coverage?{query}", resolution.id())).await.expect(200).json
}

async fn clauses_and_parts_without_a_task_are_named(app: TestApp) {
    let congress = congress(&app).await;
    let (section, worked) = (clause(&app, &congress, "II", "section").await, clause(&app, &congress, "II.1", "task").await);
    let bare = clause(&app, &congress, "III", "solution").await;
    let part = |ordinal: i32| json!({"resolution": congress.id(), "ordinal": ordinal, "title": "Đột phá"});
    let first = app.office().post("breakthroughs", part(1)).await.expect(201);
    let second = app.office().post("breakthroughs", part(2)).await.expect(201);
    let programme = adopted(&app, "hg-tinh-uy", json!({"relations": [implements("resolution", &congress)]})).await;
    let links = json!({"programme": programme.id(), "clauses": [worked.id()], "breakthrough": first.id()});
    let _ = issued(&app, "hg-so-y-te", links).await;
    let _ = issued(&app, "hg-so-y-te", json!({"resolution": congress.id()})).await;
    let _ = issued(&app, "hg-so-y-te", json!({})).await;

    let found = coverage(&app, &congress, "").await;
    assert_eq!((&found["clauses"]["total"], &found["clauses"]["without_task"]), (&json!(3), &json!(1)));
    let clauses: Vec<(&str, u64)> = found["clauses"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["clause"]["id"].as_str().unwrap(), item["tasks"].as_u64().unwrap()))
        .collect();
    assert_eq!(clauses, [(section.id(), 1), (worked.id(), 1), (bare.id(), 0)]);
    assert_eq!(found["tasks"], json!({"total": 2, "without_clause": 1}));
    assert_eq!((&found["breakthroughs"]["without_task"], &found["breakthroughs"]["items"][1]["id"]), (&json!(1), &json!(second.id())));
    assert_eq!(found["pillars"], json!({"total": 0, "without_task": 0, "items": []}));
    // The day before, none of this was known; the day after, a voided clause lacks nothing.
    app.set_time("2023-10-03");
    let path = format!("clauses/{}/voiding", bare.id());
    let _ = app.office().post(&path, json!({"reason": "Nhập nhầm."})).await.expect(200);
    assert_eq!(coverage(&app, &congress, "").await["clauses"]["total"], 2);
    assert_eq!(coverage(&app, &congress, "as_of=2023-10-02").await["clauses"], found["clauses"]);
    let early = format!("resolutions/{}/coverage?as_of=2023-10-01", congress.id());
    app.leader().get(&early).await.refused(400, "invalid_parameter").names("as_of", "not_yet_known");
    let late = format!("resolutions/{}/coverage?as_of=2023-10-04", congress.id());
    app.leader().get(&late).await.refused(400, "invalid_parameter").names("as_of", "future");
}

async fn committees_and_authorities_owe_for_the_term_and_each_year(app: TestApp) {
    let congress = congress(&app).await;
    let found = coverage(&app, &congress, "").await;
    // Six committees and authorities, each for the term and for 2021, 2022 and 2023.
    assert_eq!(found["owed"], json!({"units": 6, "complete": 0, "documents": 24, "issued": 0}));
    let of = implements("resolution", &congress);
    let province = adopted(&app, "hg-tinh-uy", json!({"relations": [of]})).await;
    let _ = adopted(&app, "hg-huyen-vi-thuy-dang", json!({"relations": [implements("programme", &province)]})).await;
    for year in 2021..2024 {
        let _ =
            adopted(&app, "hg-huyen-vi-thuy-dang", json!({"relations": [of], "scope": "year", "scope_year": year, "kind": "plan"})).await;
    }
    let draft = json!({"relations": [of], "state": "draft"});
    let _ = adopted(&app, "hg-huyen-vi-thuy-ubnd", draft).await;
    let loose = json!({"relations": []});
    let _ = adopted(&app, "hg-ubnd-tinh", loose).await;
    let found = coverage(&app, &congress, "").await;
    assert_eq!(found["owed"], json!({"units": 6, "complete": 1, "documents": 24, "issued": 5}));
    let missing = |code: &str| line(&found, "unit", code)["missing"].clone();
    let year = |year: i32| json!({"what": "year", "year": year, "theme": null, "theme_title": null});
    assert_eq!(missing("hg-tinh-uy"), json!([year(2021), year(2022), year(2023)]));
    assert_eq!(missing("hg-huyen-vi-thuy-dang"), Value::Null, "nothing is missing");
    assert_eq!(missing("hg-huyen-vi-thuy-ubnd")[0]["what"], "term", "a draft is not issued");
    assert_eq!(missing("hg-ubnd-tinh")[0]["what"], "term", "it carries out something else");
    let term = congress.json["term"].clone();
    let theme = adopted(&app, "hg-tinh-uy", json!({"kind": "thematic_programme", "term": term, "title": "Chuyên đề 2022-2023"})).await;
    let _ = adopted(&app, "hg-huyen-vi-thuy-dang", json!({"kind": "plan", "relations": [implements("programme", &theme)]})).await;
    let found = coverage(&app, &congress, "").await;
    assert_eq!(found["owed"], json!({"units": 6, "complete": 1, "documents": 26, "issued": 6}), "committees owe a plan, not who chose it");
    let missing = line(&found, "unit", "hg-huyen-chau-thanh-a-dang")["missing"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&missing["theme"], &missing["theme_title"]), (&json!(theme.id()), &json!("Chuyên đề 2022-2023")));
    let first = coverage(&app, &congress, "limit=2").await;
    let next = first["next"].as_str().unwrap();
    let rest = coverage(&app, &congress, &format!("limit=200&cursor={next}")).await;
    let codes = |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["unit"]["code"].clone()).collect::<Vec<_>>();
    assert_eq!([codes(&first), codes(&rest)].concat(), codes(&found));
}

async fn who_owes_is_data_of_the_resolution(app: TestApp) {
    let congress = congress(&app).await;
    let path = format!("resolutions/{}", congress.id());
    assert_eq!(congress.json["owed_by"]["kinds"], json!(["party_committee", "people_committee"]), "what is usual is shown");
    let districts = json!({"owed_by": {"kinds": ["people_committee"], "levels": ["district"], "yearly": false}});
    let changed = app.office().change(&path, districts).await.expect(200);
    assert_eq!(
        changed.json["owed_by"],
        json!({"kinds": ["people_committee"], "levels": ["district"], "term": true, "yearly": false, "theme_kinds": []})
    );
    assert_eq!(coverage(&app, &congress, "").await["owed"], json!({"units": 2, "complete": 0, "documents": 2, "issued": 0}));
    app.office().change(&path, json!({"owed_by": {"kinds": ["pagoda"]}})).await.invalid("/owed_by/kinds/0", "unknown_value");
    app.office().change(&path, json!({"owed_by": {"colour": "x"}})).await.invalid("/owed_by/colour", "unknown_field");
    let usual = app.office().change(&path, json!({"owed_by": null})).await.expect(200);
    assert_eq!(usual.json["owed_by"], congress.json["owed_by"]);
    let central = json!({"title": "Nghị quyết", "kind": "congress", "level": "central", "issuer_text": "Đại hội", "area": "hg"});
    let central = app.office().post("resolutions", central).await.expect(201);
    assert_eq!(central.json["owed_by"], Value::Null);
    assert_eq!(coverage(&app, &central, "").await["owed"], json!({"units": 0, "complete": 0, "documents": 0, "issued": 0}));
}

/// The line about a resolution.
async fn lag(app: &TestApp, resolution: &Response, query: &str) -> Value {
    let table = app.leader().get(&format!("dashboards/lag?{query}")).await.expect(200).json;
    table["items"].as_array().unwrap().iter().find(|line| line["resolution"]["id"] == resolution.id()).unwrap().clone()
}

async fn slowness_is_days_from_adoption_and_runs_on(app: TestApp) {
    let congress = congress(&app).await;
    let not_yet = json!({"on": null, "days": 1083, "running": true});
    let none = lag(&app, &congress, "").await;
    assert_eq!(
        (&none["adopted_on"], &none["document"], &none["task"], &none["report"]),
        (&json!("2020-10-14"), &not_yet, &not_yet, &not_yet)
    );
    let programme =
        adopted(&app, "hg-tinh-uy", json!({"relations": [implements("resolution", &congress)], "issued_on": "2020-12-25"})).await;
    let task = issued(&app, "hg-so-y-te", json!({"programme": programme.id(), "assigned_on": "2021-08-03"})).await;
    let today = lag(&app, &congress, "").await;
    assert_eq!(today["document"], json!({"on": "2020-12-25", "days": 72, "running": false}));
    assert_eq!(today["task"], json!({"on": "2021-08-03", "days": 293, "running": false}));
    assert_eq!(today["report"], not_yet);
    app.set_time("2023-10-04");
    let returned = report(&app, "hg-so-y-te", &task, json!({})).await;
    let etag = app.office().get(&format!("progress-reports/{}", returned.id())).await.expect(200).etag().to_owned();
    let verdict = json!({"outcome": "returned", "reason": "Chưa rõ."});
    let _ = app.office().put(&format!("progress-reports/{}/verification", returned.id()), verdict).if_match(&etag).await.expect(200);
    let reported = lag(&app, &congress, "").await;
    assert_eq!(reported["report"], json!({"on": "2023-10-04", "days": 1085, "running": false}), "it came, whatever became of it");
    assert_eq!(lag(&app, &congress, "as_of=2023-10-03").await["report"], json!({"on": null, "days": 1084, "running": true}));
    assert_eq!(coverage(&app, &congress, "").await["lag"]["report"], reported["report"]);
    app.leader().get("dashboards/lag?as_of=2023-10-05").await.refused(400, "invalid_parameter");
}

async fn slowness_of_units_and_districts_is_their_own(app: TestApp) {
    let congress = congress(&app).await;
    let province =
        adopted(&app, "hg-tinh-uy", json!({"relations": [implements("resolution", &congress)], "issued_on": "2020-12-25"})).await;
    let own = json!({"relations": [implements("programme", &province)], "issued_on": "2021-03-01"});
    let own = adopted(&app, "hg-huyen-vi-thuy-dang", own).await;
    let task = issued(&app, "hg-huyen-vi-thuy-ubnd", json!({"programme": own.id(), "assigned_on": "2021-04-01"})).await;
    let _ = report(&app, "hg-huyen-vi-thuy-ubnd", &task, json!({})).await;
    let units = app.leader().get(&format!("dashboards/lag/{}/units", congress.id())).await.expect(200).json;
    let of = |code: &str, what: &str| line(&units, "unit", code)[what]["on"].clone();
    assert_eq!((of("hg-tinh-uy", "document"), of("hg-tinh-uy", "task")), (json!("2020-12-25"), Value::Null));
    assert_eq!((of("hg-huyen-vi-thuy-ubnd", "document"), of("hg-huyen-vi-thuy-ubnd", "task")), (Value::Null, json!("2021-04-01")));
    assert_eq!(of("hg-huyen-vi-thuy-ubnd", "report"), "2023-10-02");
    let areas = app.leader().get(&format!("dashboards/lag/{}/areas?level=district", congress.id())).await.expect(200).json;
    let vi_thuy = line(&areas, "area", "hg-huyen-vi-thuy");
    assert_eq!([&vi_thuy["document"]["days"], &vi_thuy["task"]["days"]], [&json!(138), &json!(169)]);
    let silent = line(&areas, "area", "hg-huyen-chau-thanh-a");
    assert_eq!(silent["document"], json!({"on": null, "days": 1083, "running": true}));
    let kinds = app.leader().get(&format!("dashboards/lag/{}/units?kind=department", congress.id())).await.expect(200).json;
    assert_eq!(kinds["items"].as_array().unwrap().len(), 3);
    app.outsider().get(&format!("dashboards/lag/{}/units", congress.id())).await.refused(404, "not_found");
}

async fn a_reporter_sees_the_rows_of_its_own(app: TestApp) {
    let congress = congress(&app).await;
    let reporter = app.reporter("hg-huyen-vi-thuy-dang");
    let found = reporter.get(&format!("resolutions/{}/coverage", congress.id())).await.expect(200).json;
    assert_eq!(found["owed"]["units"], 6, "numbers are of the whole root");
    let codes: Vec<&Value> = found["items"].as_array().unwrap().iter().map(|item| &item["unit"]["code"]).collect();
    assert_eq!(codes, ["hg-huyen-vi-thuy-dang"]);
    let units = reporter.get(&format!("dashboards/lag/{}/units", congress.id())).await.expect(200).json;
    let codes: Vec<&Value> = units["items"].as_array().unwrap().iter().map(|item| &item["unit"]["code"]).collect();
    assert_eq!(codes, ["hg-huyen-vi-thuy-dang"]);
}

async fn pillars_are_a_dimension_of_their_own(app: TestApp) {
    let congress = congress(&app).await;
    let part = |ordinal: i32, title: &str| json!({"resolution": congress.id(), "ordinal": ordinal, "title": title});
    let industry = app.office().post("pillars", part(1, "Công nghiệp hiện đại")).await.expect(201);
    let _ = app.office().post("pillars", part(2, "Nông nghiệp sinh thái")).await.expect(201);
    let people = app.office().post("breakthroughs", part(1, "Nguồn nhân lực")).await.expect(201);
    let _ = issued(&app, "hg-so-y-te", json!({"pillar": industry.id(), "breakthrough": people.id()})).await;
    let _ = issued(&app, "hg-so-y-te", json!({"breakthrough": people.id()})).await;
    let table = app.leader().get(&format!("dashboards/pillars?resolution={}", congress.id())).await.expect(200).json;
    assert_eq!(table["items"].as_array().unwrap().len(), 2, "neither task is of the resolution");
    let table = app.leader().get("dashboards/pillars").await.expect(200).json;
    let totals: Vec<(&Value, &Value)> =
        table["items"].as_array().unwrap().iter().map(|l| (&l["pillar"]["title"], &l["tasks"]["total"])).collect();
    let (one, two) = (json!("Công nghiệp hiện đại"), json!("Nông nghiệp sinh thái"));
    assert_eq!(totals, [(&one, &json!(1)), (&two, &json!(0)), (&Value::Null, &json!(1))]);
    let one = app.leader().get(&format!("dashboards/pillars?pillar={}", industry.id())).await.expect(200).json;
    assert_eq!((one["items"].as_array().unwrap().len(), &one["total"]["tasks"]["total"]), (1, &json!(1)));
}
