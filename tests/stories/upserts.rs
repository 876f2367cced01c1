//! Another system writes areas, units and tasks under the names it gives them.

use serde_json::{Value, json};

use super::resolutions::with;
use super::tasks::{decide, draft};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    what_is_sent_again_changes_nothing,
    what_is_sent_otherwise_replaces,
    a_task_is_kept_through_its_life,
    what_was_promised_stays,
    names_of_other_systems_stay,
    a_name_in_an_address_has_a_form,
    a_name_is_of_one_province,
}

fn unit(name: &str) -> Value {
    json!({"code": "hg-so-moi", "name": name, "system": "state", "kind": "department", "parent": "hg-ubnd-tinh", "area": "hg",
        "valid_from": "2020-01-01"})
}

async fn what_is_sent_again_changes_nothing(app: TestApp) {
    let admin = app.admin();
    let area = json!({"code": "hg-xa-moi", "name": "Xã mới", "level": "commune", "parent": "hg-huyen-vi-thuy", "valid_from": "2020-01-01"});
    for (path, body) in [("areas/by-ref/dvhc/31474", area), ("units/by-ref/edoc/H30.99", unit("Sở mới"))] {
        let before = app.position();
        let made = admin.put(path, body.clone()).await.expect(201);
        assert_eq!(made.header("location"), format!("/api/v1/{}/{}", &path[..5], made.id()));
        assert_eq!(made.json["external_refs"][0]["id"], path.rsplit_once('/').unwrap().1);
        let again = admin.put(path, body).await.expect(200);
        assert_eq!((&again.json, again.etag()), (&made.json, made.etag()));
        assert_eq!(app.position(), before + 1);
    }
}

async fn what_is_sent_otherwise_replaces(app: TestApp) {
    let admin = app.admin();
    let path = "units/by-ref/edoc/H30.99";
    let made = admin.put(path, with(unit("Sở mới"), json!({"note": "nguồn"}))).await.expect(201);
    let changed = admin.put(path, unit("Sở Khác")).await.expect(200);
    assert_eq!((&changed.json["name"], &changed.json["note"], &changed.json["version"]), (&json!("Sở Khác"), &Value::Null, &json!(2)));
    admin.put(path, unit("Sở nữa")).if_match(made.etag()).await.refused(412, "stale");
    admin.put(path, with(unit("Sở nữa"), json!({"code": "hg-so-nua"}))).await.invalid("/code", "format");
    admin.put(path, with(unit("Sở nữa"), json!({"area": "hg-nowhere"}))).await.invalid("/area", "unknown_area");
    admin.put("units/by-ref/edoc/H30.100", unit("Sở nữa")).await.refused(409, "duplicate");
    admin
        .put("areas/by-ref/edoc/H30", json!({"code": "hg", "name": "Tỉnh", "level": "province", "valid_from": "2004-01-01"}))
        .await
        .refused(409, "duplicate");
    app.office().put(path, unit("Sở nữa")).await.refused(403, "forbidden");
}

async fn a_task_is_kept_through_its_life(app: TestApp) {
    let (office, path) = (app.office(), "tasks/by-ref/edoc/NV%2F2023%3A1");
    let body = with(draft("Xây dựng kế hoạch"), json!({"coordinating_units": ["hg-so-tai-chinh", "hg-so-khoa-hoc-va-cong-nghe"]}));
    let made = office.put(path, body.clone()).await.expect(201);
    assert_eq!(made.json["external_refs"], json!([{"system": "edoc", "id": "NV/2023:1"}]));
    let position = app.position();
    assert_eq!(office.put(path, body.clone()).await.expect(200).json, made.json);
    assert_eq!(app.position(), position);
    let _ = decide(&office, made.id(), "issue").await.expect(201);
    let issued = app.position();
    // The deadline was read with a date; sent again without one, it is the same deadline.
    let plain = with(body.clone(), json!({"deadline": {"text": "chậm nhất ngày 31/12/2023"}}));
    for same in [body.clone(), plain] {
        assert_eq!(office.put(path, same).await.expect(200).json["lifecycle"], "not_started");
    }
    assert_eq!(app.position(), issued);
    let renamed = office.put(path, with(body.clone(), json!({"title": "Ban hành kế hoạch"}))).await.expect(200);
    assert_eq!((&renamed.json["title"], &renamed.json["lifecycle"]), (&json!("Ban hành kế hoạch"), &json!("not_started")));
    let _ = decide(&office, made.id(), "void").await.expect(201);
    office.put(path, body).await.refused(409, "illegal_state");
}

async fn what_was_promised_stays(app: TestApp) {
    let (office, path) = (app.office(), "tasks/by-ref/edoc/1");
    let made = office.put(path, draft("Xây dựng kế hoạch")).await.expect(201);
    let _ = decide(&office, made.id(), "issue").await.expect(201);
    let position = app.position();
    for promise in [
        json!({"weight": 3}),
        json!({"scope": "toàn tỉnh"}),
        json!({"lead_unit": "hg-so-tai-chinh"}),
        json!({"deadline": {"text": "trong năm 2024", "reference_date": "2023-10-02"}}),
    ] {
        office.put(path, with(draft("Xây dựng kế hoạch"), promise)).await.refused(409, "committed");
    }
    assert_eq!(app.position(), position);
}

async fn names_of_other_systems_stay(app: TestApp) {
    let office = app.office();
    let path = "tasks/by-ref/edoc/1";
    let both = json!([{"system": "edoc", "id": "1"}, {"system": "ioc", "id": "9"}]);
    let made = office.put(path, with(draft("Việc"), json!({"external_refs": [{"system": "ioc", "id": "9"}]}))).await.expect(201);
    assert_eq!(made.json["external_refs"], both);
    assert_eq!(office.put(path, draft("Việc")).await.expect(200).json, made.json);
    assert_eq!(office.put("tasks/by-ref/ioc/9", draft("Việc khác")).await.expect(200).json["id"], made.id());
    office.put("tasks/by-ref/edoc/2", draft("Việc thứ hai")).await.expect(201);
    let taken = json!({"external_refs": [{"system": "edoc", "id": "1"}]});
    office.put("tasks/by-ref/edoc/2", with(draft("Việc thứ hai"), taken)).await.invalid("/external_refs/0", "taken");
}

async fn a_name_in_an_address_has_a_form(app: TestApp) {
    let office = app.office();
    office.put("tasks/by-ref/E-doc/1", draft("Việc")).await.refused(400, "invalid_parameter").names("system", "system_code");
    let long = format!("tasks/by-ref/edoc/{}", "x".repeat(201));
    office.put(&long, draft("Việc")).await.refused(400, "invalid_parameter").names("id", "external_id");
    let composed = office.put("tasks/by-ref/edoc/So\u{302}", draft("Việc")).await.expect(201);
    assert_eq!(composed.json["external_refs"][0]["id"], "Sô");
    office.put("tasks/by-ref/edoc/Sô", draft("Việc")).await.expect(200);
}

async fn a_name_is_of_one_province(app: TestApp) {
    app.office().put("tasks/by-ref/edoc/1", draft("Việc")).await.expect(201);
    let theirs = json!({"title": "Việc của tỉnh khác", "lead_unit": "hd-so-tu-phap"});
    let outsider = app.outsider();
    outsider.put("tasks/by-ref/edoc/1", theirs).await.expect(201);
    outsider.put("tasks/by-ref/edoc/1", draft("Việc")).await.invalid("/lead_unit", "unknown_unit");
}
