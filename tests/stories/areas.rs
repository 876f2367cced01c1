//! Areas: who keeps them, who reads them.

use serde_json::json;

use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    an_administrator_adds_a_commune,
}

async fn an_administrator_adds_a_commune(app: TestApp) {
    let admin = app.admin();
    let draft = json!({"code": "hg-xa-vi-thang", "name": "Xã Vị Thắng", "level": "commune", "parent": "hg-huyen-vi-thuy", "valid_from": "2004-01-01"});
    let made = admin.post("areas", draft).await.expect(201);
    assert_eq!(made.json["parent"], app.area("hg-huyen-vi-thuy"));
    let seen = app.reporter("hg-so-y-te").get(made.header("location")).await.expect(200);
    assert_eq!(seen.json, made.json);
}
