//! Reading the journal: who sees which events.

use resolution_tracker::domain::permission::Role;
use resolution_tracker::service::access::Actor;
use resolution_tracker::service::journal::{self, Happening};
use resolution_tracker::store;
use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    an_event_tells_who_did_what,
    each_province_reads_its_own,
    the_office_reads_its_own_actions,
    pages_follow_the_order,
    every_kind_of_subject_can_be_placed,
}

async fn an_event_tells_who_did_what(app: TestApp) {
    let _ = app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    let path = format!("audit?subject_kind=unit&subject={}&limit=1", app.unit("hg-so-y-te"));
    let event = app.inspector().get(&path).await.expect(200).json["items"][0].clone();
    assert_eq!((&event["position"], &event["action"]), (&json!(app.position()), &json!("unit.changed")));
    assert_eq!((&event["actor"]["name"], &event["origin"]), (&json!("admin"), &json!("entry")));
    assert_eq!((&event["subject"]["kind"], &event["subject"]["id"]), (&json!("unit"), &json!(app.unit("hg-so-y-te"))));
    assert_eq!((&event["before"]["note"], &event["after"]["note"]), (&Value::Null, &json!("x")));
    assert_eq!(event["hash"].as_str().unwrap().len(), 64);
}

async fn each_province_reads_its_own(app: TestApp) {
    let _ = app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    let _ = app.admin().post("fields", json!({"code": "xay-dung-dang", "name": "Xây dựng Đảng", "ordinal": 1})).await.expect(201);
    // Somebody who works in two provinces shows each of them only what was done there.
    let _ = app.account_with("hai-tinh", &[(Role::Admin, On::Area("hg")), (Role::Admin, On::Area("hd"))]);
    let _ = app.account("hai-tinh").change("units/hg-so-tai-chinh", json!({"note": "y"})).await.expect(200);
    let texts = async |actor: crate::common::Actor<'_>| actor.get("audit?limit=200").await.expect(200).text;
    let (inside, outside) = (texts(app.inspector()).await, texts(app.outsider()).await);
    for mine in ["\"note\":\"x\"", "\"note\":\"y\"", "xay-dung-dang", "hg-huyen-vi-thuy"] {
        assert!(inside.contains(mine), "{mine}");
    }
    assert!(!inside.contains("hd-so-tu-phap") && outside.contains("hd-so-tu-phap"));
    assert!(!outside.contains("\"note\"") && !outside.contains("hg-huyen-vi-thuy") && outside.contains("xay-dung-dang"));
}

async fn the_office_reads_its_own_actions(app: TestApp) {
    assert_eq!(app.office().get("audit").await.expect(200).json["items"], json!([]));
    app.db(|conn, at| {
        let user = store::users::find_by_username(conn, "office")?.unwrap();
        let actor = Actor::of_user(conn, &user)?;
        journal::append(conn, &actor, &Happening::created("task.created", "task", at.new_id(), &json!({})), at)
    });
    let _ = app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    let own = app.office().get("audit").await.expect(200);
    assert_eq!(own.texts("action"), ["task.created"]);
    assert_eq!(app.reporter("hg-so-y-te").get("audit").await.expect(200).json["items"], json!([]));
    app.leader().get("audit").await.refused(403, "forbidden");
}

async fn pages_follow_the_order(app: TestApp) {
    let first = app.inspector().get("audit?limit=2").await.expect(200);
    let path = format!("audit?limit=2&cursor={}", first.json["next"].as_str().unwrap());
    let second = app.inspector().get(&path).await.expect(200);
    let positions = |page: &Value| page["items"].as_array().unwrap().iter().map(|e| e["position"].as_i64().unwrap()).collect::<Vec<_>>();
    let all = [positions(&first.json), positions(&second.json)].concat();
    assert!(all.len() == 4 && all.is_sorted_by(|a, b| a > b), "{all:?}");
    app.inspector().get("audit?cursor=x").await.refused(400, "invalid_parameter");
    app.inspector().get("audit?subject=x").await.refused(400, "invalid_parameter");
    let refusal = app.inspector().get(&format!("audit?request={}", "x".repeat(201))).await.refused(400, "invalid_parameter").json.clone();
    assert_eq!(refusal["errors"][0]["pointer"], "request");
}

async fn every_kind_of_subject_can_be_placed(app: TestApp) {
    app.db(|conn, at| {
        for kind in store::subjects::kinds() {
            assert_eq!(store::subjects::paths(conn, kind, at.new_id())?, Vec::<String>::new(), "{kind}");
        }
        Ok(())
    });
}
