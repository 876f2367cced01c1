//! Accounts: made by administrators, without a password ever being shown or written down.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    an_administrator_makes_an_account_that_signs_in,
    a_password_is_read_as_it_was_sent,
    a_password_is_written_nowhere,
    a_new_password_ends_every_session,
    a_disabled_account_is_out_at_once,
    an_account_is_changed_within_reach_only,
    accounts_of_another_province_are_not_there,
    only_administrators_write_and_inspectors_read,
    a_bad_account_is_refused_by_field,
}

const SECRET: &str = "Mật-khẩu-số-1";

fn account(username: &str) -> Value {
    json!({"username": username, "display_name": "Văn thư Sở Y tế", "password": SECRET})
}

async fn sign_in(app: &TestApp, username: &str, password: &str) -> u16 {
    app.anonymous().post("auth/login", json!({"username": username, "password": password})).await.status
}

async fn an_administrator_makes_an_account_that_signs_in(app: TestApp) {
    let admin = app.admin();
    let made = admin.post("users", account("van-thu")).await.expect(201);
    assert_eq!((&made.json["disabled"], &made.json["grants"]), (&json!(false), &json!([])));
    let seen = admin.get(made.header("location")).await.expect(200);
    assert_eq!(seen.json, made.json);
    assert_eq!(sign_in(&app, "van-thu", SECRET).await, 200);
    admin.post("users", account("van-thu")).await.refused(409, "duplicate");
    app.account("van-thu").get("units").await.refused(403, "forbidden");
}

async fn a_password_is_read_as_it_was_sent(app: TestApp) {
    let mut new = account("van-thu");
    new["display_name"] = json!("  Văn thư  ");
    new["password"] = json!("  ca\u{301}ch trống  ");
    let made = app.admin().post("users", new).await.expect(201);
    assert_eq!(made.json["display_name"], "Văn thư");
    assert_eq!(sign_in(&app, "van-thu", "  ca\u{301}ch trống  ").await, 200);
    assert_eq!(sign_in(&app, "van-thu", "cách trống").await, 401);
}

async fn a_password_is_written_nowhere(app: TestApp) {
    let admin = app.admin();
    let made = admin.post("users", account("van-thu")).key("k-1").await.expect(201);
    let again = admin.post("users", account("van-thu")).key("k-1").await.expect(201);
    assert_eq!(again.json, made.json);
    let mut other = account("van-thu");
    other["password"] = json!("Mật-khẩu-số-2");
    admin.post("users", other).key("k-1").await.refused(422, "idempotency_key_reused");
    let path = format!("users/{}", made.id());
    let set = admin.post(&format!("{path}/password"), json!({"password": "Mật-khẩu-số-3"})).await.expect(204);
    let read = [admin.get(&path).await.text, admin.get("users").await.text, admin.get("audit").await.text, set.text, made.text];
    for text in read {
        assert!(!text.contains("Mật-khẩu") && !text.contains("argon2"), "{text}");
    }
}

async fn a_new_password_ends_every_session(app: TestApp) {
    let reporter = app.reporter("hg-so-y-te");
    let token = reporter.token().unwrap();
    let id = app.holder(&token).get("me").await.expect(200).id().to_owned();
    let path = format!("users/{id}/password");
    app.admin().post(&path, json!({"password": "short"})).await.invalid("/password", "password");
    let _ = app.admin().post(&path, json!({"password": SECRET})).await.expect(204);
    app.holder(&token).get("me").await.refused(401, "invalid_token");
    assert_eq!(sign_in(&app, "r-hg-so-y-te", SECRET).await, 200);
}

async fn a_disabled_account_is_out_at_once(app: TestApp) {
    let token = app.reporter("hg-so-y-te").token().unwrap();
    let id = app.holder(&token).get("me").await.expect(200).id().to_owned();
    let path = format!("users/{id}");
    let admin = app.admin();
    let off = admin.change(&path, json!({"disabled": true, "display_name": "Đã nghỉ"})).await.expect(200);
    assert_eq!((&off.json["disabled"], &off.json["display_name"]), (&json!(true), &json!("Đã nghỉ")));
    app.holder(&token).get("me").await.refused(401, "invalid_token");
    assert_eq!(admin.get("users?disabled=true").await.expect(200).texts("username"), ["r-hg-so-y-te"]);
    let on = admin.change(&path, json!({"disabled": false})).await.expect(200);
    assert_eq!(on.json["disabled_at"], Value::Null);
    app.holder(&token).get("me").await.refused(401, "invalid_token");
    admin.change(&path, json!({"username": "khac"})).await.invalid("/username", "fixed");
    admin.patch(&path, json!({"disabled": true})).await.refused(428, "precondition_required");
}

async fn an_account_is_changed_within_reach_only(app: TestApp) {
    let district = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    let id = async |name: &str| {
        let found = app.admin().get(&format!("users?username={name}")).await.expect(200);
        found.json["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let _ = app.reporter("hg-huyen-vi-thuy-ubnd");
    let own = format!("users/{}", id("r-hg-huyen-vi-thuy-ubnd").await);
    let _ = district.change(&own, json!({"display_name": "Cán bộ huyện"})).await.expect(200);
    let office = format!("users/{}", id("office").await);
    let read = district.get(&office).await.expect(200);
    district.patch(&office, json!({"disabled": true})).if_match(read.etag()).await.refused(403, "forbidden");
    district.post(&format!("{office}/password"), json!({"password": "x"})).await.refused(403, "forbidden");
    // One grant outside is enough.
    let _ = app.account_with("hai-noi", &[(Role::Reporter, On::Unit("hg-huyen-vi-thuy-ubnd")), (Role::Leader, On::Area("hg"))]);
    let both = format!("users/{}", id("hai-noi").await);
    district.change(&both, json!({"disabled": true})).await.refused(403, "forbidden");
    let free = app.admin().post("users", account("moi")).await.expect(201);
    let _ = district.change(&format!("users/{}", free.id()), json!({"display_name": "Người mới"})).await.expect(200);
}

async fn accounts_of_another_province_are_not_there(app: TestApp) {
    let names = app.admin().get("users").await.expect(200);
    assert_eq!(names.texts("username"), ["admin", "inspector", "leader", "office", "office-entry"]);
    let outsider = app.outsider().get("users").await.expect(200);
    assert_eq!(outsider.texts("username"), ["outsider"]);
    let path = format!("users/{}", outsider.json["items"][0]["id"].as_str().unwrap());
    app.admin().get(&path).await.refused(404, "not_found");
    app.admin().patch(&path, json!({"disabled": true})).if_match("*").await.refused(404, "not_found");
    app.admin().post(&format!("{path}/password"), json!({"password": SECRET})).await.refused(404, "not_found");
    // Who works in both provinces is seen in each with what is granted there.
    let _ = app.account_with("hai-tinh", &[(Role::Leader, On::Area("hg")), (Role::Leader, On::Area("hd"))]);
    let here = app.admin().get("users?username=hai-tinh").await.expect(200);
    assert_eq!(here.json["items"][0]["grants"].as_array().unwrap().len(), 1);
    assert_eq!(here.json["items"][0]["grants"][0]["area"]["code"], "hg");
}

async fn only_administrators_write_and_inspectors_read(app: TestApp) {
    let read = app.inspector().get("users?role=admin&limit=1").await.expect(200);
    assert_eq!(read.texts("username"), ["admin"]);
    for actor in [app.office(), app.leader(), app.reporter("hg-so-y-te")] {
        actor.get("users").await.refused(403, "forbidden");
        actor.post("users", account("x-y-z")).await.refused(403, "forbidden");
    }
    app.inspector().post("users", account("x-y-z")).await.refused(403, "forbidden");
    app.anonymous().get("users").await.refused(401, "unauthenticated");
    app.admin().get("users?name=x").await.refused(400, "unknown_parameter");
}

async fn a_bad_account_is_refused_by_field(app: TestApp) {
    let before = app.position();
    let bad = json!({"username": "Văn Thư", "display_name": "", "password": "aaaaaaaaaaaa"});
    let answer = app.admin().post("users", bad).await;
    answer.invalid("/username", "username").names("/display_name", "length").names("/password", "password");
    assert!(!answer.text.contains("aaaa"));
    app.admin().post("users", json!({"username": "van-thu", "display_name": "x"})).await.invalid("/password", "required");
    assert_eq!(app.position(), before);
}
