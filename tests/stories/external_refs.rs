//! What other systems call our areas, units and tasks.

use serde_json::{Value, json};

use super::resolutions::with;
use super::tasks::{draft, drafted};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_thing_is_found_by_what_another_system_calls_it,
    names_change_like_everything_else_said_of_a_thing,
    a_name_stands_for_one_thing_of_a_kind_in_a_province,
    a_name_has_a_form,
    a_secret_task_has_no_name_elsewhere,
}

fn named(system: &str, id: &str) -> Value {
    json!({"external_refs": [{"system": system, "id": id}]})
}

async fn a_thing_is_found_by_what_another_system_calls_it(app: TestApp) {
    let admin = app.admin();
    admin.change("areas/hg-xa-vi-trung", named("dvhc", "31474")).await.expect(200);
    admin.change("units/hg-so-y-te", named("edoc", "H30.14")).await.expect(200);
    let task = drafted(&app, with(draft("Xây dựng kế hoạch"), named("edoc", "NV:42/2023"))).await;
    drafted(&app, draft("Việc khác")).await;
    let office = app.office();
    assert_eq!(office.get("areas?external_ref=dvhc:31474").await.expect(200).texts("code"), ["hg-xa-vi-trung"]);
    assert_eq!(office.get("units?external_ref=edoc:H30.14").await.expect(200).texts("code"), ["hg-so-y-te"]);
    let found = office.get("tasks?external_ref=edoc:NV:42/2023").await.expect(200);
    assert_eq!(found.texts("id"), [task.as_str()]);
    assert_eq!(found.json["items"][0]["external_refs"], json!([{"system": "edoc", "id": "NV:42/2023"}]));
    for unknown in ["units?external_ref=edoc:NV:42/2023", "tasks?external_ref=other:NV:42/2023", "tasks?external_ref=edoc:nv:42/2023"] {
        assert_eq!(office.get(unknown).await.expect(200).texts("id"), Vec::<&str>::new(), "{unknown}");
    }
    assert_eq!(app.outsider().get("units?external_ref=edoc:H30.14").await.expect(200).texts("id"), Vec::<&str>::new());
    for wrong in ["edoc", "edoc:", ":42", "E Doc:42"] {
        office.get(&format!("tasks?external_ref={wrong}")).await.refused(400, "invalid_parameter").names("external_ref", "format");
    }
}

async fn names_change_like_everything_else_said_of_a_thing(app: TestApp) {
    let admin = app.admin();
    let two = json!({"external_refs": [{"system": "edoc", "id": "b"}, {"system": "dvhc", "id": "a\u{302} "}]});
    let changed = admin.change("units/hg-so-y-te", two).await.expect(200);
    let shown = json!([{"system": "dvhc", "id": "â"}, {"system": "edoc", "id": "b"}]);
    assert_eq!((&changed.json["external_refs"], &changed.json["version"]), (&shown, &json!(2)));
    assert_eq!(admin.change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200).json["external_refs"], shown);
    let event = &admin.get("audit?limit=1").await.expect(200).json["items"][0];
    assert_eq!((&event["before"]["external_refs"], &event["after"]["external_refs"]), (&shown, &shown));
    let other = admin.change("units/hg-so-y-te", named("edoc", "c")).await.expect(200);
    assert_eq!(other.json["external_refs"], named("edoc", "c")["external_refs"]);
    // What one thing is no longer called, another may be.
    admin.change("units/hg-so-tai-chinh", named("edoc", "b")).await.expect(200);
    let none = admin.change("units/hg-so-y-te", json!({"external_refs": null})).await.expect(200);
    assert_eq!(none.json["external_refs"], json!([]));
    assert_eq!(admin.get("units/hg-so-y-te").await.expect(200).json, none.json);
}

async fn a_name_stands_for_one_thing_of_a_kind_in_a_province(app: TestApp) {
    let admin = app.admin();
    admin.change("units/hg-so-y-te", named("edoc", "42")).await.expect(200);
    let before = app.position();
    admin.change("units/hg-so-tai-chinh", named("edoc", "42")).await.invalid("/external_refs/0", "taken");
    let unit =
        json!({"code": "hg-so-moi", "name": "Sở mới", "system": "state", "kind": "department", "area": "hg", "valid_from": "2020-01-01"});
    admin.post("units", with(unit, named("edoc", "42"))).await.invalid("/external_refs/0", "taken");
    let twice = json!({"external_refs": [{"system": "edoc", "id": "1"}, {"system": "edoc", "id": "1"}]});
    admin.change("units/hg-so-tai-chinh", twice).await.invalid("/external_refs/1", "repeated");
    assert_eq!(app.position(), before);
    // Another kind, another province.
    admin.change("areas/hg", named("edoc", "42")).await.expect(200);
    app.outsider().change("units/hd-so-tu-phap", named("edoc", "42")).await.expect(200);
}

async fn a_name_has_a_form(app: TestApp) {
    let admin = app.admin();
    for (system, id, pointer, rule) in [
        ("E-doc", "1", "/external_refs/0/system", "system_code"),
        ("e:doc", "1", "/external_refs/0/system", "system_code"),
        ("edoc", "  ", "/external_refs/0/id", "external_id"),
        ("edoc", "a\u{1}b", "/external_refs/0/id", "external_id"),
    ] {
        admin.change("units/hg-so-y-te", named(system, id)).await.invalid(pointer, rule);
    }
    let long = named("edoc", &"ế".repeat(201));
    admin.change("units/hg-so-y-te", long).await.invalid("/external_refs/0/id", "external_id");
    let many: Vec<Value> = (0..21).map(|n| json!({"system": "edoc", "id": n.to_string()})).collect();
    admin.change("units/hg-so-y-te", json!({"external_refs": many})).await.invalid("/external_refs", "count");
    admin.change("units/hg-so-y-te", named("edoc", &"ế".repeat(200))).await.expect(200);
}

async fn a_secret_task_has_no_name_elsewhere(app: TestApp) {
    let secret = json!({"lead_unit": "hg-so-y-te", "secrecy": "confidential"});
    app.office().post("tasks", with(secret, named("edoc", "12-NQ/TU"))).await.invalid("/external_refs", "secret_stub");
}
