//! Documents as a graph: from the centre to the communes and back, and numbers as people type them.

use serde_json::{Value, json};

use super::programmes::{implements, programme};
use super::resolutions::{congress, thematic, with};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    the_chain_is_read_upwards_and_downwards,
    no_document_comes_to_amend_or_replace_itself,
    numbers_are_read_as_people_type_them,
    a_number_that_is_taken_names_who_has_it,
    a_misprinted_congress_is_read_and_kept,
}

/// A plan of this unit that implements a programme.
async fn plan(app: &TestApp, unit: &str, of: &Response) -> Response {
    app.pass(1);
    let draft = json!({
        "title": format!("Kế hoạch của {unit}"), "kind": "plan", "issuer": unit, "scope": "term", "state": "adopted",
        "relations": [implements("programme", of)]
    });
    app.office().post("programmes", draft).await.expect(201)
}

fn reached(page: &Value) -> Vec<(&str, u64, &str)> {
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let id = item["resolution"].as_str().or(item["programme"].as_str()).unwrap();
            (item["direction"].as_str().unwrap(), item["depth"].as_u64().unwrap(), id)
        })
        .collect()
}

async fn the_chain_is_read_upwards_and_downwards(app: TestApp) {
    let congress = congress(&app).await;
    let province = programme(&app, Some("50-CTr/TU"), "programme", json!([implements("resolution", &congress)])).await;
    let conclusion = json!({
        "title": "Kết luận", "kind": "conclusion", "level": "province", "number": "159-KL/TU", "issuer": "hg-tinh-uy",
        "relations": [{"relation": "amends", "programme": province.id()}]
    });
    app.pass(1);
    let conclusion = app.office().post("resolutions", conclusion).await.expect(201);
    let district = plan(&app, "hg-huyen-vi-thuy-dang", &province).await;
    let below = plan(&app, "hg-huyen-vi-thuy-ubnd", &district).await;
    app.pass(1);
    let near = with(thematic("09-NQ/TU"), json!({"relations": [{"relation": "relates", "resolution": congress.id()}]}));
    let near = app.office().post("resolutions", near).await.expect(201);

    let reader = app.reporter("hg-so-y-te");
    let path = format!("resolutions/{}/graph", congress.id());
    let all = reader.get(&path).await.expect(200).json;
    let expected = [
        ("down", 1, province.id()),
        ("down", 1, near.id()),
        ("down", 2, conclusion.id()),
        ("down", 2, district.id()),
        ("down", 3, below.id()),
    ];
    assert_eq!(reached(&all), expected);
    let plan = &all["items"][3];
    assert_eq!(
        (&plan["level"], &plan["programme_kind"], &plan["issuer"]["code"]),
        (&json!("district"), &json!("plan"), &json!("hg-huyen-vi-thuy-dang"))
    );
    assert_eq!(plan["via"], json!([{"from": district.id(), "relation": "implements", "to": province.id()}]));
    let first = reader.get(&format!("{path}?limit=2")).await.expect(200).json;
    let next = first["next"].as_str().unwrap();
    let rest = reader.get(&format!("{path}?limit=3&cursor={next}")).await.expect(200).json;
    assert_eq!([reached(&first), reached(&rest)].concat(), expected);
    assert_eq!(reached(&reader.get(&format!("{path}?depth=1&relation=implements")).await.expect(200).json), expected[..1]);
    let up = reader.get(&format!("programmes/{}/graph?direction=up", below.id())).await.expect(200).json;
    assert_eq!(reached(&up), [("up", 1, district.id()), ("up", 2, province.id()), ("up", 3, congress.id())]);
    for wrong in ["depth=0", "depth=11", "direction=left", "relation=hates", "limit=201"] {
        reader.get(&format!("{path}?{wrong}")).await.refused(400, "invalid_parameter");
    }
    app.outsider().get(&path).await.refused(404, "not_found");
}

async fn no_document_comes_to_amend_or_replace_itself(app: TestApp) {
    for relation in ["amends", "replaces"] {
        let said = |of: &Response| json!([{"relation": relation, "resolution": of.id()}]);
        let number = |n: u32| format!("{n}-{}/TU", if relation == "amends" { "NQ" } else { "KL" });
        let first = app.office().post("resolutions", thematic(&number(1))).await.expect(201);
        app.pass(1);
        let second = with(thematic(&number(2)), json!({"relations": said(&first)}));
        let second = app.office().post("resolutions", second).await.expect(201);
        app.pass(1);
        let third = with(thematic(&number(3)), json!({"relations": said(&second)}));
        let third = app.office().post("resolutions", third).await.expect(201);
        let path = format!("resolutions/{}", first.id());
        let position = app.position();
        app.office().change(&path, json!({"relations": said(&third)})).await.invalid("/relations/0", "circle");
        assert_eq!(app.position(), position);
        // What is amended may well be implemented by what amends it.
        let other = json!([{"relation": "implements", "resolution": third.id()}]);
        let _ = app.office().change(&path, json!({"relations": other})).await.expect(200);
    }
}

async fn numbers_are_read_as_people_type_them(app: TestApp) {
    let party = app.office().post("resolutions", thematic("04-NQ/TU")).await.expect(201);
    let read = json!({"scheme": "party", "serial": "04", "year": null, "type": "NQ", "organ": "TU", "text": "04-NQ/TU"});
    assert_eq!(party.json["number_read"], read);
    app.pass(1);
    let law = with(thematic("21/2020/NQ - HĐND"), json!({"kind": "council", "issuer": "hg-ubnd-tinh"}));
    let law = app.office().post("resolutions", law).await.expect(201);
    assert_eq!((&law.json["number"], &law.json["number_read"]["year"]), (&json!("21/2020/NQ-HĐND"), &json!(2020)));
    let ids = async |query: &str| {
        let found = app.leader().get(query).await.expect(200);
        found.texts("id").into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    for typed in ["4 NQ TU", "04-nq/tu", "s%E1%BB%91 4 - NQ / TU", "04/NQ-TU"] {
        assert_eq!(ids(&format!("resolutions?number={typed}")).await, [party.id()], "{typed}");
        assert_eq!(ids(&format!("resolutions?q={typed}")).await, [party.id()], "{typed}");
    }
    assert_eq!(ids("resolutions?number=21/2020/nq-hdnd").await, [law.id()]);
    let made = programme(&app, Some("50-CTr/TU"), "programme", json!([])).await;
    assert_eq!(ids("programmes?number=50 ctr tu").await, [made.id()]);
    let draft = with(thematic("Số: /KH-UBND"), json!({"kind": "decision", "issuer": "hg-ubnd-tinh"}));
    let draft = app.office().post("resolutions", draft.clone()).await.expect(201);
    assert_eq!(draft.json["number_read"]["serial"], Value::Null);
    let again = with(thematic("Số: /KH-UBND"), json!({"kind": "decision", "issuer": "hg-ubnd-tinh"}));
    let _ = app.office().post("resolutions", again).await.expect(201);

    let parse = async |text: &str| app.leader().post("documents/parse-number", json!({"text": text})).await;
    assert_eq!(parse("số 04 nq tu").await.expect(200).json["read"], parse("04-NQ/TU").await.expect(200).json["read"]);
    assert_eq!(parse("Nghị quyết").await.expect(200).json["read"], Value::Null);
    parse("").await.invalid("/text", "length");
}

async fn a_number_that_is_taken_names_who_has_it(app: TestApp) {
    let first = with(thematic("04-NQ/TU"), json!({"issued_on": "2021-05-04"}));
    let first = app.office().post("resolutions", first).await.expect(201);
    let position = app.position();
    for typed in ["4-NQ/TU", "4 nq tu", "04/NQ-TU"] {
        let again = with(thematic(typed), json!({"issued_on": "2021-06-04"}));
        let refused = app.office().post("resolutions", again).await;
        let text = &refused.refused(409, "duplicate").names("/number", "taken").text;
        assert!(text.contains(first.id()) && text.contains("Nghị quyết số 04-NQ/TU"), "{text}");
    }
    assert_eq!(app.position(), position);
}

async fn a_misprinted_congress_is_read_and_kept(app: TestApp) {
    let draft = json!({
        "title": "Nghị quyết Đại hội", "kind": "congress", "level": "province", "area": "hd",
        "issuer_text": "Đại hội đại biểu Đảng bộ tỉnh Hải Dương lần thứ VXII"
    });
    let made = app.outsider().post("resolutions", draft).await.expect(201);
    assert_eq!(made.json["issuer_text"], "Đại hội đại biểu Đảng bộ tỉnh Hải Dương lần thứ VXII");
    assert_eq!(made.json["congress"], json!({"text": "VXII", "value": 17, "numeral": "XVII", "repaired": true}));
}
