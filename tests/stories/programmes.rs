//! Programmes: what they implement, through how many hands, for which years, and by whom.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::resolutions::congress;
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_programme_implements_two_parents,
    a_resolution_finds_what_implements_it_through_others,
    no_document_comes_to_implement_itself,
    a_programme_is_for_the_term_or_for_one_year,
    a_draft_is_adopted_and_keeps_its_words,
    numbers_and_reach_are_those_of_the_issuer,
    programmes_are_filtered,
}

/// A programme of Tỉnh ủy for the whole term that implements these resolutions.
pub async fn programme(app: &TestApp, number: Option<&str>, kind: &str, relations: Value) -> Response {
    app.pass(1);
    let draft = json!({
        "title": "Chương trình thực hiện nghị quyết", "kind": kind, "number": number, "issuer": "hg-tinh-uy", "scope": "term",
        "state": "adopted", "issued_on": "tháng 8/2021", "relations": relations
    });
    app.office().post("programmes", draft).await.expect(201)
}

pub fn implements(kind: &str, other: &Response) -> Value {
    json!({"relation": "implements", kind: other.id()})
}

async fn central(app: &TestApp) -> Response {
    let draft = json!({
        "title": "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "kind": "congress", "level": "central", "area": "hg",
        "issuer_text": "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "issued_on": "2021"
    });
    app.office().post("resolutions", draft).await.expect(201)
}

async fn a_programme_implements_two_parents(app: TestApp) {
    let (congress, central) = (congress(&app).await, central(&app).await);
    let parents = json!([implements("resolution", &congress), implements("resolution", &central)]);
    let made = programme(&app, Some("50-CTr/TU"), "programme", parents).await;
    assert_eq!(made.json["relations"][0]["title"], congress.json["title"]);
    assert_eq!(made.json["relations"][1]["title"], central.json["title"]);
    assert_eq!(made.json["issuer"]["code"], "hg-tinh-uy");
    assert_eq!(made.json["issued_on"], json!({"text": "tháng 8/2021", "date": "2021-08-01", "precision": "month"}));
    let seen = app.reporter("hg-huyen-vi-thuy-dang").get(made.header("location")).await.expect(200);
    assert_eq!(seen.json, made.json);
    for parent in [&congress, &central] {
        let parent = app.leader().get(&format!("resolutions/{}", parent.id())).await.expect(200);
        assert_eq!(parent.json["related_from"][0]["programme"], made.id());
        assert_eq!(parent.json["related_from"][0]["number"], "50-CTr/TU");
    }
    app.pass(1);
    let conclusion = json!({
        "title": "Kết luận điều chỉnh, bổ sung Chương trình số 50", "kind": "conclusion", "level": "province", "number": "159-KL/TU",
        "issuer": "hg-tinh-uy", "relations": [{"relation": "amends", "programme": made.id()}]
    });
    let conclusion = app.office().post("resolutions", conclusion).await.expect(201);
    let amended = app.leader().get(&format!("programmes/{}", made.id())).await.expect(200);
    assert_eq!(
        (&amended.json["related_from"][0]["relation"], &amended.json["related_from"][0]["resolution"]),
        (&json!("amends"), &conclusion.json["id"])
    );
}

async fn a_resolution_finds_what_implements_it_through_others(app: TestApp) {
    let (congress, central) = (congress(&app).await, central(&app).await);
    let parents = json!([implements("resolution", &congress), implements("resolution", &central)]);
    let upper = programme(&app, Some("50-CTr/TU"), "programme", parents).await;
    let lower = programme(&app, None, "scheme", json!([implements("programme", &upper)])).await;
    let beside = programme(&app, None, "plan", json!([{"relation": "relates", "resolution": congress.id()}])).await;
    for resolution in [&congress, &central] {
        let found = app.leader().get(&format!("programmes?resolution={}", resolution.id())).await.expect(200);
        assert_eq!(found.texts("id"), [upper.id(), lower.id()]);
    }
    let schemes = app.leader().get(&format!("programmes?resolution={}&kind=scheme", congress.id())).await.expect(200);
    assert_eq!(schemes.texts("id"), [lower.id()]);
    app.leader().get(&format!("programmes?resolution={}", beside.id())).await.refused(400, "invalid_parameter");
    app.outsider().get(&format!("programmes?resolution={}", congress.id())).await.refused(400, "invalid_parameter");
}

async fn no_document_comes_to_implement_itself(app: TestApp) {
    let congress = congress(&app).await;
    let upper = programme(&app, None, "action_programme", json!([implements("resolution", &congress)])).await;
    let lower = programme(&app, None, "plan", json!([implements("programme", &upper)])).await;
    let path = format!("programmes/{}", upper.id());
    let position = app.position();
    for other in [&lower, &upper] {
        let both = json!({"relations": [implements("resolution", &congress), implements("programme", other)]});
        app.office().change(&path, both).await.invalid("/relations/1", "circle");
    }
    let above = json!({"relations": [implements("programme", &lower)]});
    app.office().change(&format!("resolutions/{}", congress.id()), above).await.invalid("/relations/0", "circle");
    assert_eq!(app.position(), position);
    let related = json!({"relations": [{"relation": "relates", "programme": lower.id()}]});
    let related = app.office().change(&path, related).await.expect(200);
    assert_eq!(related.json["relations"].as_array().unwrap().len(), 1, "the list is replaced");
    assert_eq!(related.json["related_from"][0]["programme"], lower.id(), "what others say stays");
}

async fn a_programme_is_for_the_term_or_for_one_year(app: TestApp) {
    let office = app.office();
    let draft = |more: Value| {
        let mut draft = json!({"title": "Kế hoạch năm", "kind": "plan", "issuer": "hg-tinh-uy", "scope": "year", "state": "draft"});
        draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        draft
    };
    let cases = [
        (json!({}), "/scope_year", "required"),
        (json!({"scope": "term", "scope_year": 2021}), "/scope_year", "not_here"),
        (json!({"scope_year": 21}), "/scope_year", "range"),
        (json!({"scope_year": 2021, "period": {"from": 2025, "to": 2021}}), "/period/to", "date_order"),
        (json!({"scope_year": 2021, "orientation_period": {"from": 2030, "to": 2026}}), "/orientation_period/to", "date_order"),
        (json!({"scope_year": 2021, "period": {"from": 2021}}), "/period/to", "required"),
        (json!({"scope_year": 2021, "drafting_unit": "hd-so-tu-phap"}), "/drafting_unit", "unknown_unit"),
    ];
    for (more, pointer, rule) in cases {
        office.post("programmes", draft(more)).await.invalid(pointer, rule);
    }
    let year = office.post("programmes", draft(json!({"scope_year": 2022}))).await.expect(201);
    let path = format!("programmes/{}", year.id());
    office.change(&path, json!({"scope": "term"})).await.invalid("/scope_year", "not_here");
    let term = json!({"scope": "term", "scope_year": null, "period": {"from": 2021, "to": 2025}, "orientation_period": {"from": 2026, "to": 2030}});
    let term = office.change(&path, term).await.expect(200);
    assert_eq!((&term.json["scope_year"], &term.json["period"]), (&Value::Null, &json!({"from": 2021, "to": 2025})));
    assert_eq!(office.change(&path, json!({"period": {"to": 2026}})).await.expect(200).json["period"], json!({"from": 2021, "to": 2026}));
}

async fn a_draft_is_adopted_and_keeps_its_words(app: TestApp) {
    let draft = json!({
        "title": "Đề án phát triển khu, cụm công nghiệp", "kind": "scheme", "issuer": "hg-ubnd-tinh", "issuer_text": "Ban cán sự đảng UBND tỉnh",
        "drafting_unit": "hg-so-tai-chinh", "scope": "term", "state": "draft", "issued_on": "2020-11 (dự thảo)", "source": "nguồn 003"
    });
    let made = app.office().post("programmes", draft).await.expect(201);
    assert_eq!(made.json["drafting_unit"]["name"], "Sở Tài chính");
    assert_eq!(made.json["issued_on"], json!({"text": "2020-11 (dự thảo)", "date": null, "precision": "none"}));
    let adopted = json!({"state": "adopted", "issued_on": "15/12/2020", "number": "12-ĐA/UBND"});
    let adopted = app.office().change(&format!("programmes/{}", made.id()), adopted).await.expect(200);
    assert_eq!((&adopted.json["state"], &adopted.json["issued_on"]["date"]), (&json!("adopted"), &json!("2020-12-15")));
    assert_eq!(adopted.json["issuer_text"], "Ban cán sự đảng UBND tỉnh");
    assert_eq!(adopted.json["version"], 2);
}

async fn numbers_and_reach_are_those_of_the_issuer(app: TestApp) {
    let made = programme(&app, Some("50-CTr/TU"), "programme", json!([])).await;
    let path = format!("programmes/{}", made.id());
    let again = json!({
        "title": "Khác", "kind": "programme", "number": "50 - CTr/TU", "issuer": "hg-tinh-uy", "scope": "term", "state": "draft",
        "issued_on": "2021-12-01"
    });
    app.office().post("programmes", again).await.refused(409, "duplicate").names("/number", "taken");
    let district = app.account_with("vi-thuy", &[(Role::Office, On::Unit("hg-huyen-vi-thuy-dang"))]);
    let own = json!({"title": "Chương trình hành động", "kind": "action_programme", "issuer": "hg-huyen-vi-thuy-dang", "scope": "term", "state": "draft"});
    let own = district.post("programmes", own).await.expect(201);
    let relations = json!({"relations": [implements("programme", &made)]});
    let _ = district.change(&format!("programmes/{}", own.id()), relations).await.expect(200);
    district.change(&path, json!({"title": "Khác"})).await.refused(403, "forbidden");
    app.leader().patch(&path, json!({"title": "Khác"})).if_match("*").await.refused(403, "forbidden");
    app.outsider().get(&path).await.refused(404, "not_found");
    app.outsider().patch(&path, json!({"title": "Khác"})).if_match("*").await.refused(404, "not_found");
    app.office().patch(&path, json!({"title": "Khác"})).await.refused(428, "precondition_required");
    app.office().patch(&path, json!({"title": "Khác"})).if_match("\"7\"").await.refused(412, "stale");
}

async fn programmes_are_filtered(app: TestApp) {
    let adopted = programme(&app, Some("50-CTr/TU"), "programme", json!([])).await;
    app.pass(1);
    let draft =
        json!({"title": "Kế hoạch sở", "kind": "plan", "issuer": "hg-so-y-te", "scope": "year", "scope_year": 2022, "state": "draft"});
    let draft = app.office().post("programmes", draft).await.expect(201);
    let cases = [
        ("state=adopted", vec![adopted.id()]),
        ("state=draft", vec![draft.id()]),
        ("scope=year", vec![draft.id()]),
        ("year=2022", vec![draft.id()]),
        ("year=2021", vec![]),
        ("issuer=hg-so-y-te", vec![draft.id()]),
        ("kind=plan&kind=programme", vec![adopted.id(), draft.id()]),
        ("q=ke hoach so", vec![draft.id()]),
        ("q=50-ctr", vec![adopted.id()]),
        ("limit=1", vec![adopted.id()]),
    ];
    for (query, ids) in cases {
        assert_eq!(app.inspector().get(&format!("programmes?{query}")).await.expect(200).texts("id"), ids, "{query}");
    }
    app.inspector().get("programmes?colour=red").await.refused(400, "unknown_parameter");
}
