//! Groups of units: who keeps them, and who belongs to one on which day.

use serde_json::{Value, json};

use super::resolutions::with;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    an_administrator_names_all_districts,
    a_group_follows_the_days_of_its_units,
    a_list_adds_to_a_rule_and_takes_from_it,
    a_wrong_group_is_refused_naming_the_field,
    a_group_is_changed_and_voided,
    others_read_and_do_not_write,
}

/// The People's Committees of all districts.
pub fn districts() -> Value {
    json!({
        "code": "hg-cac-huyen", "name": "UBND các huyện, thị xã, thành phố", "root": "hg",
        "aliases": ["các huyện, thị xã, thành phố"], "rule": {"kinds": ["people_committee"], "levels": ["district"]}
    })
}

/// Makes that group.
pub async fn grouped(app: &TestApp, group: Value) -> String {
    app.admin().post("unit-groups", group).await.expect(201).id().to_owned()
}

async fn members(app: &TestApp, group: &str, query: &str) -> Vec<String> {
    let found = app.leader().get(&format!("unit-groups/{group}/members{query}")).await.expect(200);
    found.json["items"].as_array().unwrap().iter().map(|unit| unit["code"].as_str().unwrap().to_owned()).collect()
}

async fn an_administrator_names_all_districts(app: TestApp) {
    let before = app.position();
    let made = app.admin().post("unit-groups", districts()).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/unit-groups/{}", made.id()));
    assert_eq!((&made.json["root"]["code"], &made.json["rule"]["levels"]), (&json!("hg"), &json!(["district"])));
    assert_eq!((&made.json["members"], &made.json["allowed_actions"]), (&json!([]), &json!(["change", "void"])));
    assert_eq!(app.position(), before + 1);
    let districts = ["hg-huyen-chau-thanh-a-ubnd", "hg-huyen-vi-thuy-ubnd"];
    for name in [made.id(), "hg-cac-huyen"] {
        assert_eq!(members(&app, name, "").await, districts);
    }
    // A rule may look into one area, and at one hierarchy.
    let within = json!({"code": "hg-vi-thuy", "name": "Các đơn vị huyện Vị Thủy", "rule": {"kinds": ["people_committee", "party_committee"], "area": "hg-huyen-vi-thuy"}});
    let _ = grouped(&app, with(with(districts_bare(), within.clone()), json!({"aliases": []}))).await;
    assert_eq!(members(&app, "hg-vi-thuy", "").await, ["hg-huyen-vi-thuy-dang", "hg-huyen-vi-thuy-ubnd"]);
    let changed = app.admin().change("unit-groups/hg-vi-thuy", json!({"rule": {"system": "party"}})).await.expect(200);
    assert_eq!(changed.json["rule"]["area"], "hg-huyen-vi-thuy");
    assert_eq!(members(&app, "hg-vi-thuy", "").await, ["hg-huyen-vi-thuy-dang"]);
}

fn districts_bare() -> Value {
    with(districts(), json!({"rule": null}))
}

async fn a_group_follows_the_days_of_its_units(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let reform = json!({"effective_on": "2023-11-01", "legal_basis": "Nghị quyết thử", "events": [{"kind": "dissolve", "from": ["hg-huyen-chau-thanh-a-ubnd"]}]});
    let _ = app.admin().post("unit-events", reform).await.expect(201);
    let born = json!({
        "code": "hg-huyen-moi-ubnd", "name": "UBND huyện Mới", "system": "state", "kind": "people_committee", "parent": "hg-ubnd-tinh",
        "area": "hg-huyen-vi-thuy", "valid_from": "2023-12-01"
    });
    let _ = app.admin().post("units", born).await.expect(201);
    assert_eq!(members(&app, "hg-cac-huyen", "?on=2023-10-31").await, ["hg-huyen-chau-thanh-a-ubnd", "hg-huyen-vi-thuy-ubnd"]);
    assert_eq!(members(&app, "hg-cac-huyen", "?on=2023-11-01").await, ["hg-huyen-vi-thuy-ubnd"]);
    assert_eq!(members(&app, "hg-cac-huyen", "?on=2023-12-01").await, ["hg-huyen-moi-ubnd", "hg-huyen-vi-thuy-ubnd"]);
    assert_eq!(members(&app, "hg-cac-huyen", "?on=1999-01-01").await, Vec::<String>::new());
    app.leader().get("unit-groups/hg-cac-huyen/members?on=soon").await.refused(400, "invalid_parameter");
}

async fn a_list_adds_to_a_rule_and_takes_from_it(app: TestApp) {
    let departments = json!({
        "code": "hg-cac-so", "name": "Các sở", "root": "hg", "rule": {"kinds": ["department"]},
        "members": ["hg-huyen-vi-thuy-ubnd"], "excluded": ["hg-so-y-te"]
    });
    let made = app.admin().post("unit-groups", departments).await.expect(201);
    assert_eq!(
        (&made.json["members"][0]["code"], &made.json["excluded"][0]["code"]),
        (&json!("hg-huyen-vi-thuy-ubnd"), &json!("hg-so-y-te"))
    );
    assert_eq!(members(&app, "hg-cac-so", "").await, ["hg-so-khoa-hoc-va-cong-nghe", "hg-so-tai-chinh", "hg-huyen-vi-thuy-ubnd"]);
    let listed = json!({"code": "hg-hai-so", "name": "Hai sở", "root": "hg", "members": ["hg-so-y-te", "hg-so-tai-chinh"]});
    let _ = grouped(&app, listed).await;
    assert_eq!(members(&app, "hg-hai-so", "").await, ["hg-so-tai-chinh", "hg-so-y-te"]);
}

async fn a_wrong_group_is_refused_naming_the_field(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let admin = app.admin();
    let other = |part: Value| with(json!({"code": "hg-khac", "name": "Nhóm khác", "root": "hg", "members": ["hg-so-y-te"]}), part);
    let before = app.position();
    for (part, pointer, rule) in [
        (json!({"members": []}), "/rule", "required"),
        (json!({"rule": {"kinds": []}}), "/rule/kinds", "required"),
        (json!({"rule": {"kinds": ["department"], "area": "hd"}}), "/rule/area", "unknown_area"),
        (json!({"members": ["hg-so-y-te", "hg-so-y-te"]}), "/members/1", "repeated"),
        (json!({"members": ["hd-so-tu-phap"]}), "/members/0", "unknown_unit"),
        (json!({"excluded": ["hg-so-y-te"]}), "/excluded/0", "repeated"),
        (json!({"root": "hg-huyen-vi-thuy"}), "/root", "root_area"),
        (json!({"root": "hd"}), "/root", "unknown_area"),
        (json!({"code": "Các Sở"}), "/code", "code_form"),
        (json!({"name": "Các huyện, thị xã,  thành phố"}), "/name", "taken"),
        (json!({"aliases": ["ubnd cac huyen, thi xa, thanh pho"]}), "/aliases/0", "taken"),
        (json!({"aliases": [""]}), "/aliases", "format"),
    ] {
        admin.post("unit-groups", other(part)).await.invalid(pointer, rule);
    }
    admin.post("unit-groups", other(json!({"code": "hg-cac-huyen"}))).await.refused(409, "duplicate");
    assert_eq!(app.position(), before);
}

async fn a_group_is_changed_and_voided(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let admin = app.admin();
    let path = "unit-groups/hg-cac-huyen";
    admin.change(path, json!({"code": "hg-khac"})).await.invalid("/code", "fixed");
    admin.change(path, json!({"root": app.area("hd")})).await.invalid("/root", "fixed");
    admin.patch(path, json!({"name": "x"})).await.refused(428, "precondition_required");
    let changed = admin.change(path, json!({"aliases": ["cấp huyện"], "note": "thử"})).await.expect(200);
    assert_eq!((&changed.json["aliases"], &changed.json["version"]), (&json!(["cấp huyện"]), &json!(2)));
    admin.patch(path, json!({"name": "x"})).if_match("\"1\"").await.refused(412, "stale");
    let voided = admin.post(&format!("{path}/voiding"), json!({"reason": "Lập trùng"})).await.expect(200);
    assert_eq!((&voided.json["voided"]["reason"], &voided.json["allowed_actions"]), (&json!("Lập trùng"), &json!([])));
    admin.change(path, json!({"name": "x"})).await.refused(409, "illegal_state");
    admin.post(&format!("{path}/voiding"), json!({"reason": "Lại"})).await.refused(409, "illegal_state");
    assert_eq!(admin.get("unit-groups").await.expect(200).texts("code"), Vec::<&str>::new());
    assert_eq!(admin.get("unit-groups?voided=true").await.expect(200).texts("code"), ["hg-cac-huyen"]);
    // Its names are free again.
    let _ = grouped(&app, with(districts(), json!({"code": "hg-cac-huyen-2"}))).await;
}

async fn others_read_and_do_not_write(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    for actor in [&app.office(), &app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        assert_eq!(actor.get("unit-groups/hg-cac-huyen").await.expect(200).json["allowed_actions"], json!([]));
        assert_eq!(actor.get("unit-groups").await.expect(200).texts("code"), ["hg-cac-huyen"]);
        actor.post("unit-groups", with(districts(), json!({"code": "hg-x"}))).await.refused(403, "forbidden");
        actor.patch("unit-groups/hg-cac-huyen", json!({"name": "x"})).if_match("*").await.refused(403, "forbidden");
        actor.post("unit-groups/hg-cac-huyen/voiding", json!({"reason": "x"})).await.refused(403, "forbidden");
    }
    let outsider = app.outsider();
    outsider.get("unit-groups/hg-cac-huyen").await.refused(404, "not_found");
    outsider.get("unit-groups/hg-cac-huyen/members").await.refused(404, "not_found");
    outsider.patch("unit-groups/hg-cac-huyen", json!({"name": "x"})).if_match("*").await.refused(404, "not_found");
    assert_eq!(outsider.get("unit-groups").await.expect(200).texts("code"), Vec::<&str>::new());
    outsider.get("unit-groups?root=hg").await.refused(400, "invalid_parameter");
}
