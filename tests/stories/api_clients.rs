//! Other systems: what their keys open, and for how long.

use serde_json::{Value, json};

use super::progress_reports::report;
use super::resolutions::with;
use super::tasks::{draft, issued};
use crate::common::{Actor, TestApp, on_both_databases};

on_both_databases! {
    a_key_is_shown_once_and_opens_what_its_scopes_say,
    scopes_are_kept_one_by_one,
    a_client_reaches_its_unit_only,
    a_client_is_the_author_of_what_it_does,
    a_client_is_no_person,
    a_key_ends,
    a_key_is_rotated,
    its_use_is_noted_once_a_minute,
    administrators_make_clients_within_their_reach,
    no_copy_of_a_key_is_kept,
}

fn client(scopes: &[&str]) -> Value {
    json!({"code": "edoc", "name": "Quản lý văn bản", "scopes": scopes, "area": "hg"})
}

/// Makes a client; answers its id and its key.
pub async fn made(app: &TestApp, draft: Value) -> (String, String) {
    let made = app.admin().post("api-clients", draft).await.expect(201);
    (made.id().to_owned(), made.json["key"].as_str().unwrap().to_owned())
}

async fn a_key_is_shown_once_and_opens_what_its_scopes_say(app: TestApp) {
    let admin = app.admin();
    let made = admin.post("api-clients", client(&["work_read", "directory_read"])).await.expect(201);
    let key = made.json["key"].as_str().unwrap();
    assert!(key.starts_with(made.json["key_prefix"].as_str().unwrap()) && key.starts_with("rt_") && key.len() == 76, "{key}");
    assert_eq!(made.json["scopes"], json!(["directory_read", "work_read"]));
    assert_eq!((&made.json["expires_at"], &made.json["area"]["code"]), (&json!("2024-10-01T03:00:00Z"), &json!("hg")));
    for reader in [&admin, &app.inspector()] {
        let shown = reader.get(made.header("location")).await.expect(200);
        assert_eq!((&shown.json["key"], &shown.json["key_prefix"]), (&Value::Null, &made.json["key_prefix"]));
        assert!(!reader.get("api-clients").await.expect(200).text.contains(key));
        assert!(!reader.get("audit").await.expect(200).text.contains(key));
    }
    let system = app.holder(key);
    system.get("units").await.expect(200);
    system.get("tasks").await.expect(200);
    system.get("dashboards/overview").await.refused(403, "forbidden");
    system.post("tasks", draft("Việc")).await.refused(403, "forbidden");
    let forged: String = key.chars().rev().collect::<String>().chars().rev().map(|c| if c == 'a' { 'b' } else { c }).collect();
    for wrong in ["rt_", "rt_00000000_00", &key[..75], &format!("{key}0"), &key.replace("rt_", "rt_0"), &forged.replace('1', "2")] {
        app.holder(wrong).get("units").await.refused(401, "invalid_token");
    }
}

async fn scopes_are_kept_one_by_one(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let report_path = format!("tasks/{task}/progress-reports");
    let asked = [
        ("directory_read", "GET", "areas"),
        ("directory_write", "POST", "units"),
        ("work_read", "GET", "tasks"),
        ("work_write", "POST", "tasks"),
        ("progress_write", "POST", report_path.as_str()),
        ("dashboards_read", "GET", "dashboards/units"),
        ("changes_read", "GET", "changes"),
    ];
    let reads =
        [("directory_write", "areas"), ("work_write", "tasks"), ("progress_write", "tasks")].map(|(scope, path)| (scope, "GET", path));
    for (number, (scope, ..)) in asked.iter().enumerate() {
        let draft = with(client(&[scope]), json!({"code": format!("system-{number}")}));
        let (_, key) = made(&app, draft).await;
        let system = app.holder(&key);
        for (needed, method, path) in asked {
            let call = system.call(method.parse().unwrap(), path);
            let status = if method == "GET" { call.await.status } else { call.json(json!({})).await.status };
            let may = needed == *scope || reads.contains(&(scope, method, path));
            assert_eq!(status == 403, !may, "{method} {path} with {scope}: {status}");
        }
        for never in ["users", "api-clients", "audit"] {
            system.get(never).await.refused(403, "forbidden");
        }
    }
}

async fn a_client_reaches_its_unit_only(app: TestApp) {
    let scopes =
        json!({"code": "his", "name": "Y tế", "scopes": ["work_write", "progress_write", "dashboards_read"], "unit": "hg-so-y-te"});
    let (_, key) = made(&app, scopes).await;
    let system = app.holder(&key);
    let own = issued(&app, draft("Của Sở Y tế")).await;
    let other = issued(&app, with(draft("Của sở khác"), json!({"lead_unit": "hg-so-tai-chinh"}))).await;
    assert_eq!(system.get("tasks").await.expect(200).texts("id"), [own.as_str()]);
    system.get(&format!("tasks/{other}")).await.refused(403, "forbidden");
    system.post(&format!("tasks/{own}/progress-reports"), report(10)).await.expect(201);
    system.post(&format!("tasks/{other}/progress-reports"), report(10)).await.refused(403, "forbidden");
    system.post("tasks", with(draft("Việc"), json!({"lead_unit": "hg-so-tai-chinh"}))).await.refused(403, "forbidden");
    let lines = system.get("dashboards/units").await.expect(200);
    let codes: Vec<&str> = lines.json["items"].as_array().unwrap().iter().map(|line| line["unit"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["hg-so-y-te"]);
    let (_, theirs) = {
        let made = app
            .outsider()
            .post("api-clients", json!({"code": "hd", "name": "HD", "scopes": ["work_read"], "area": "hd"}))
            .await
            .expect(201);
        (made.id().to_owned(), made.json["key"].as_str().unwrap().to_owned())
    };
    app.holder(&theirs).get(&format!("tasks/{own}")).await.refused(404, "not_found");
}

async fn a_client_is_the_author_of_what_it_does(app: TestApp) {
    let (id, key) = made(&app, client(&["work_write", "progress_write"])).await;
    let system = app.holder(&key);
    let body = draft("Xây dựng kế hoạch");
    let first = system.post("tasks", body.clone()).key("one-time").await.expect(201);
    assert_eq!(system.post("tasks", body).key("one-time").await.expect(201).json, first.json);
    let task = issued(&app, draft("Việc khác")).await;
    let logged = system.post(&format!("tasks/{task}/progress-reports"), report(10)).await.expect(201);
    assert_eq!(logged.json["recorded_by"], "client:edoc");
    let events = app.admin().get(&format!("audit?actor={id}")).await.expect(200);
    let actions = events.texts("action");
    assert_eq!(actions, ["progress_report.submitted", "task.created"]);
    assert_eq!(events.json["items"][0]["actor"], json!({"id": id, "name": "client:edoc"}));
    app.db(|conn, _| Ok(resolution_tracker::service::journal::verify(conn)?.unwrap()));
}

async fn a_client_is_no_person(app: TestApp) {
    let (id, key) = made(&app, client(&["work_read"])).await;
    let (system, admin) = (app.holder(&key), app.admin());
    assert_eq!(system.get("me").await.expect(200).json["username"], "client:edoc");
    let change = json!({"current_password": "!", "new_password": "Một-mật-khẩu-mới"});
    system.put("me/password", change).await.refused(403, "forbidden");
    system.post("auth/logout", json!({})).await.refused(403, "forbidden");
    for password in ["!", "", "x"] {
        let answer = app.anonymous().post("auth/login", json!({"username": "client:edoc", "password": password})).await;
        assert!(answer.status == 401 || answer.status == 422, "{}", answer.text);
    }
    assert!(!admin.get("users").await.expect(200).text.contains("client:edoc"));
    admin.get(&format!("users/{id}")).await.refused(404, "not_found");
    admin.patch(&format!("users/{id}"), json!({"disabled": true})).if_match("*").await.refused(404, "not_found");
    admin.post(&format!("users/{id}/password"), json!({"password": "Một-mật-khẩu-mới"})).await.refused(404, "not_found");
    admin.post(&format!("users/{id}/grants"), json!({"role": "admin", "area": "hg"})).await.refused(404, "not_found");
    let person = app.db(|conn, _| Ok(resolution_tracker::store::users::find_by_username(conn, "leader")?.unwrap().id));
    admin.get(&format!("api-clients/{person}")).await.refused(404, "not_found");
}

async fn a_key_ends(app: TestApp) {
    let admin = app.admin();
    let (id, key) = made(&app, with(client(&["work_read"]), json!({"expires_at": "2023-10-03T00:00:00Z"}))).await;
    let (system, path) = (app.holder(&key), format!("api-clients/{id}"));
    app.set_time("2023-10-02T23:59:59Z");
    system.get("tasks").await.expect(200);
    app.set_time("2023-10-03T00:00:00Z");
    system.get("tasks").await.refused(401, "key_expired");
    admin.change(&path, json!({"expires_at": "2023-10-03T00:00:00Z", "name": "Vẫn hết hạn"})).await.expect(200);
    admin.change(&path, json!({"expires_at": "2023-10-02T00:00:00Z"})).await.invalid("/expires_at", "not_past");
    admin.change(&path, json!({"expires_at": "2023-12-31T00:00:00Z"})).await.expect(200);
    system.get("tasks").await.expect(200);
    for (change, pointer) in
        [(json!({"code": "khac"}), "/code"), (json!({"scopes": ["work_write"]}), "/scopes"), (json!({"area": "hg-huyen-vi-thuy"}), "/area")]
    {
        admin.change(&path, change).await.invalid(pointer, "fixed");
    }
    admin.post(&format!("{path}/revocation"), json!({})).await.invalid("/reason", "required");
    let revoked = admin.post(&format!("{path}/revocation"), json!({"reason": "Thay hệ thống"})).await.expect(200);
    assert_eq!(revoked.json["revoked_at"], "2023-10-03T00:00:00Z");
    system.get("tasks").await.refused(401, "key_revoked");
    admin.post(&format!("{path}/revocation"), json!({"reason": "Lần nữa"})).await.refused(409, "illegal_state");
    admin.post(&format!("{path}/key"), json!({})).await.refused(409, "illegal_state");
    assert_eq!(admin.get("api-clients?revoked=true").await.expect(200).texts("id"), [id.as_str()]);
    assert_eq!(admin.get("api-clients?revoked=false").await.expect(200).texts("id"), Vec::<&str>::new());
}

async fn a_key_is_rotated(app: TestApp) {
    let (id, key) = made(&app, client(&["work_read"])).await;
    let rotated = app.admin().post(&format!("api-clients/{id}/key"), json!({})).await.expect(201);
    let new = rotated.json["key"].as_str().unwrap();
    assert!(new != key && new.starts_with(rotated.json["key_prefix"].as_str().unwrap()));
    app.holder(&key).get("tasks").await.refused(401, "invalid_token");
    app.holder(new).get("tasks").await.expect(200);
    let event = &app.admin().get("audit?limit=1").await.expect(200).json["items"][0];
    assert_eq!((&event["action"], &event["after"]["key_prefix"]), (&json!("api_client.key_rotated"), &rotated.json["key_prefix"]));
}

async fn its_use_is_noted_once_a_minute(app: TestApp) {
    let (id, key) = made(&app, client(&["work_read"])).await;
    let (system, admin, path) = (app.holder(&key), app.admin(), format!("api-clients/{id}"));
    let noted = async || admin.get(&path).await.expect(200).json["last_used_at"].clone();
    assert_eq!(noted().await, Value::Null);
    let position = app.position();
    for (seconds, expected) in [(0, "2023-10-02T03:00:00Z"), (59, "2023-10-02T03:00:00Z"), (2, "2023-10-02T03:01:01Z")] {
        app.pass(seconds);
        system.get("tasks").await.expect(200);
        assert_eq!(noted().await, expected);
    }
    assert_eq!(app.position(), position);
}

async fn administrators_make_clients_within_their_reach(app: TestApp) {
    use crate::common::world::On;
    use resolution_tracker::domain::permission::Role;
    let admin = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    let district = |place: Value| with(json!({"code": "vi-thuy", "name": "Vị Thủy", "scopes": ["work_read"]}), place);
    admin.post("api-clients", client(&["work_read"])).await.refused(403, "forbidden");
    admin.post("api-clients", district(json!({"unit": "hg-so-y-te"}))).await.refused(403, "forbidden");
    admin.post("api-clients", district(json!({"unit": "hd-so-tu-phap"}))).await.invalid("/unit", "unknown_unit");
    admin.post("api-clients", district(json!({}))).await.invalid("/unit", "one_of");
    admin.post("api-clients", with(client(&[]), json!({}))).await.invalid("/scopes", "required");
    admin.post("api-clients", district(json!({"area": "hg-huyen-vi-thuy"}))).await.expect(201);
    admin.post("api-clients", district(json!({"area": "hg-huyen-vi-thuy"}))).await.refused(409, "duplicate");
    let (id, _) = made(&app, client(&["work_read"])).await;
    // Read is all of one's province, changed what lies within reach.
    assert_eq!(admin.get("api-clients").await.expect(200).texts("code"), ["edoc", "vi-thuy"]);
    admin.patch(&format!("api-clients/{id}"), json!({"name": "Khác"})).if_match("*").await.refused(403, "forbidden");
    admin.post(&format!("api-clients/{id}/key"), json!({})).await.refused(403, "forbidden");
    assert_eq!(app.admin().get("api-clients?limit=1").await.expect(200).texts("code"), ["edoc"]);
    app.outsider().get(&format!("api-clients/{id}")).await.refused(404, "not_found");
}

/// A repeated request finds the client, but no key: what is kept for repetitions is without.
async fn no_copy_of_a_key_is_kept(app: TestApp) {
    let admin: Actor<'_> = app.admin();
    let ask = || admin.post("api-clients", client(&["work_read"])).key("one-time");
    let (first, again) = (ask().await.expect(201), ask().await.expect(201));
    assert_eq!((again.id(), &again.json["key"], again.etag()), (first.id(), &Value::Null, first.etag()));
    let key = first.json["key"].as_str().unwrap();
    app.db_sql(&format!("UPDATE idempotency_keys SET location = 'found' WHERE body LIKE '%{}%'", &key[12..]));
    assert_eq!(app.db_sql("DELETE FROM idempotency_keys WHERE location = 'found'"), 0);
    assert_eq!(app.db_sql("DELETE FROM idempotency_keys"), 1);
}
