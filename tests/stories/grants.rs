//! Grants: a role on a unit or an area, given and ended within an administrator's own reach.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_grant_opens_and_its_revocation_closes,
    a_grant_lies_on_exactly_one_place,
    nobody_grants_beyond_the_own_reach,
    a_grant_ends_once_and_stays_on_record,
}

async fn new_account(app: &TestApp, username: &str) -> String {
    let body = json!({"username": username, "display_name": "Cán bộ", "password": "Mật-khẩu-số-1"});
    app.admin().post("users", body).await.expect(201).id().to_owned()
}

async fn a_grant_opens_and_its_revocation_closes(app: TestApp) {
    let admin = app.admin();
    let path = format!("users/{}/grants", new_account(&app, "van-thu").await);
    let granted = admin.post(&path, json!({"role": "reporter", "unit": "hg-so-y-te"})).await.expect(201);
    assert_eq!((&granted.json["unit"]["code"], &granted.json["area"]), (&json!("hg-so-y-te"), &Value::Null));
    assert_eq!(admin.get(granted.header("location")).await.expect(200).json, granted.json);
    let _ = app.account("van-thu").get("units").await.expect(200);
    admin.post(&path, json!({"role": "reporter", "unit": "hg-so-y-te"})).await.refused(409, "duplicate");
    let end = format!("{path}/{}/revocation", granted.id());
    let ended = admin.post(&end, json!({"reason": "Chuyển công tác"})).await.expect(200);
    assert_ne!(ended.json["revoked_at"], Value::Null);
    app.account("van-thu").get("units").await.refused(403, "forbidden");
}

async fn a_grant_lies_on_exactly_one_place(app: TestApp) {
    let path = format!("users/{}/grants", new_account(&app, "van-thu").await);
    let admin = app.admin();
    admin.post(&path, json!({"role": "leader"})).await.invalid("/unit", "one_of");
    admin.post(&path, json!({"role": "leader", "unit": "hg-so-y-te", "area": "hg"})).await.invalid("/unit", "one_of");
    admin.post(&path, json!({"role": "king", "area": "hg"})).await.invalid("/role", "unknown_value");
    admin.post(&path, json!({"role": "leader", "unit": "hg-khong-co"})).await.invalid("/unit", "unknown_unit");
    admin.post(&path, json!({"role": "leader", "area": "hd"})).await.invalid("/area", "unknown_area");
    assert_eq!(admin.get(&path).await.expect(200).json["items"], json!([]));
}

async fn nobody_grants_beyond_the_own_reach(app: TestApp) {
    let district = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    let body = app.account_with("admin-so-y-te", &[(Role::Admin, On::Unit("hg-so-y-te"))]);
    let path = format!("users/{}/grants", new_account(&app, "van-thu").await);
    district.post(&path, json!({"role": "admin", "area": "hg"})).await.refused(403, "forbidden");
    district.post(&path, json!({"role": "reporter", "unit": "hg-so-y-te"})).await.refused(403, "forbidden");
    body.post(&path, json!({"role": "reporter", "area": "hg-huyen-vi-thuy"})).await.refused(403, "forbidden");
    let own = district.post(&path, json!({"role": "reporter", "unit": "hg-huyen-vi-thuy-dang"})).await.expect(201);
    body.post(&format!("{path}/{}/revocation", own.id()), json!({"reason": "x"})).await.refused(403, "forbidden");
    app.outsider().post(&format!("{path}/{}/revocation", own.id()), json!({"reason": "x"})).await.refused(404, "not_found");
    app.outsider().post(&path, json!({})).await.refused(404, "not_found");
    app.outsider().get(&path).await.refused(404, "not_found");
    app.inspector().post(&path, json!({"role": "admin", "area": "hg"})).await.refused(403, "forbidden");
}

async fn a_grant_ends_once_and_stays_on_record(app: TestApp) {
    let admin = app.admin();
    let user = new_account(&app, "van-thu").await;
    let path = format!("users/{user}/grants");
    let granted = admin.post(&path, json!({"role": "leader", "area": "hg-huyen-vi-thuy"})).await.expect(201);
    let end = format!("{path}/{}/revocation", granted.id());
    admin.post(&end, json!({})).await.invalid("/reason", "required");
    let _ = admin.post(&end, json!({"reason": "Hết nhiệm kỳ"})).await.expect(200);
    admin.post(&end, json!({})).await.refused(409, "illegal_state");
    assert_eq!(admin.get(&path).await.expect(200).json["items"], json!([]));
    let all = admin.get(&format!("{path}?revoked=true")).await.expect(200);
    assert_eq!(all.json["items"].as_array().unwrap().len(), 1);
    let event = admin.get("audit?subject_kind=grant&limit=1").await.expect(200).json["items"][0].clone();
    assert_eq!((&event["action"], &event["reason"]), (&json!("grant.revoked"), &json!("Hết nhiệm kỳ")));
    assert_eq!((&event["before"]["username"], &event["after"]), (&json!("van-thu"), &Value::Null));
}
