//! Fields of work: shared by every province.

use resolution_tracker::domain::permission::Role;
use serde_json::json;

use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    every_province_shares_the_fields,
    only_administrators_of_a_whole_province_keep_them,
}

async fn every_province_shares_the_fields(app: TestApp) {
    let admin = app.admin();
    let second = admin.post("fields", json!({"code": "quoc-phong-an-ninh", "name": "Quốc phòng, an ninh", "ordinal": 2})).await.expect(201);
    let _ = admin.post("fields", json!({"code": "kinh-te-xa-hoi", "name": "Kinh tế - xã hội", "ordinal": 1})).await.expect(201);
    let seen = app.outsider().get("fields").await.expect(200);
    assert_eq!(seen.texts("code"), ["kinh-te-xa-hoi", "quoc-phong-an-ninh"]);
    assert_eq!(app.leader().get("fields?code=quoc-phong-an-ninh").await.expect(200).json["items"], json!([second.json]));
    let page = app.leader().get("fields?limit=1").await.expect(200);
    let rest = app.leader().get(&format!("fields?cursor={}", page.json["next"].as_str().unwrap())).await.expect(200);
    assert_eq!(rest.texts("code"), ["quoc-phong-an-ninh"]);
    let path = format!("fields/{}", second.id());
    let changed = admin.change(&path, json!({"ordinal": 3})).await.expect(200);
    assert_eq!((&changed.json["ordinal"], &changed.json["version"]), (&json!(3), &json!(2)));
    admin.change(&path, json!({"code": "khac"})).await.invalid("/code", "fixed");
    admin.post("fields", json!({"code": "kinh-te-xa-hoi", "name": "x", "ordinal": 9})).await.refused(409, "duplicate");
    admin
        .post("fields", json!({"code": "Kinh tế", "name": "x", "ordinal": 0}))
        .await
        .invalid("/code", "code_form")
        .names("/ordinal", "range");
}

async fn only_administrators_of_a_whole_province_keep_them(app: TestApp) {
    let draft = json!({"code": "xay-dung-dang", "name": "Xây dựng Đảng", "ordinal": 3});
    let district = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    district.post("fields", draft.clone()).await.refused(403, "forbidden");
    app.office().post("fields", draft.clone()).await.refused(403, "forbidden");
    app.anonymous().get("fields").await.refused(401, "unauthenticated");
    let made = app.outsider().post("fields", draft).await.expect(201);
    let _ = app.reporter("hg-so-y-te").get(&format!("fields/{}", made.id())).await.expect(200);
}
