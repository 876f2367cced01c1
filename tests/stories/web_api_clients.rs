//! The pages on which administrators connect other systems.

use serde_json::json;

use super::api_clients::made;
use crate::common::{TestApp, hidden, on_both_databases};

on_both_databases! {
    a_system_is_connected_and_its_key_shown_once,
    what_is_wrong_with_a_system_stands_beside_its_field,
    a_key_is_replaced_extended_and_revoked,
    inspectors_look_at_systems_only,
}

fn key_of(page: &str) -> String {
    page.split("class=\"secret-value\">").nth(1).unwrap_or_else(|| panic!("{page}")).split('<').next().unwrap().to_owned()
}

async fn a_system_is_connected_and_its_key_shown_once(app: TestApp) {
    let browser = app.browser_of("admin");
    assert!(browser.get("/api-clients").await.expect(200).text.contains("Chưa có hệ thống nào kết nối"));
    let page = browser.get("/api-clients/new").await.expect(200).text;
    assert!(
        page.contains("value=\"2024-10-01\"") && page.contains("value=\"unit:hg-so-y-te\"") && !page.contains("hd-so-tu-phap"),
        "{page}"
    );
    let form = hidden(&page, "key");
    let typed = [
        ("key", form.as_str()),
        ("name", "Quản lý văn bản"),
        ("code", "edoc"),
        ("place", "area:hg"),
        ("scopes", "work_read"),
        ("scopes", "changes_read"),
        ("expires_on", "2023-12-31"),
    ];
    let shown = browser.post("/api-clients", &typed).await.expect(200);
    assert_eq!(shown.header("cache-control"), "no-store");
    let key = key_of(&shown.text);
    app.holder(&key).get("tasks").await.expect(200);
    let again = browser.post("/api-clients", &typed).await.expect(303);
    let page = browser.get(again.header("location")).await.expect(200).text;
    assert!(page.contains("Khóa chỉ hiện một lần") && !page.contains(&key) && page.contains(&key[..11]), "{page}");
    for part in ["Đọc văn bản, nhiệm vụ, báo cáo", "Theo dõi thay đổi", "Tỉnh Hậu Giang", "10:00 02/10/2023", "hết ngày 31/12/2023"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let list = browser.get("/api-clients").await.expect(200).text;
    assert!(list.contains("Quản lý văn bản") && list.contains(&key[..11]) && list.contains("Đang dùng") && !list.contains(&key), "{list}");
    app.set_time("2023-12-15");
    assert!(browser_of(&app, "/api-clients").await.contains("Sắp hết hạn"));
    app.set_time("2023-12-31T17:00:00Z");
    assert!(browser_of(&app, "/api-clients").await.contains("Đã hết hạn"));
    app.holder(&key).get("tasks").await.refused(401, "key_expired");
}

/// A page, in a session that has just begun.
async fn browser_of(app: &TestApp, path: &str) -> String {
    app.browser_of("admin").get(path).await.expect(200).text
}

async fn what_is_wrong_with_a_system_stands_beside_its_field(app: TestApp) {
    let (browser, before) = (app.browser_of("admin"), app.position());
    let _ = browser.get("/api-clients/new").await.expect(200);
    let page = browser.post("/api-clients", &[("code", "Văn bản"), ("name", "Văn bản"), ("place", "area:hg")]).await.expect(422).text;
    for part in ["id=\"code-fault\"", "id=\"scopes-fault\"", "value=\"Văn bản\"", "<option value=\"area:hg\" selected>"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let good = [("code", "edoc"), ("name", "Văn bản"), ("scopes", "work_read")];
    let page = browser.post("/api-clients", &good).await.expect(422).text;
    assert!(page.contains("id=\"place-fault\"") && page.contains("value=\"work_read\" checked"), "{page}");
    for day in ["2023-10-01", "mai"] {
        let late = [good[0], good[1], good[2], ("place", "area:hg"), ("expires_on", day)];
        assert!(browser.post("/api-clients", &late).await.expect(422).text.contains("id=\"expires_on-fault\""), "{day}");
    }
    let page = browser.post("/api-clients", &[good[0], good[1], ("resumed", "1")]).await.expect(200).text;
    assert!(page.contains("Chưa ghi gì") && page.contains("value=\"edoc\""), "{page}");
    assert_eq!(app.position(), before);
    let _ = made(&app, json!({"code": "edoc", "name": "X", "scopes": ["work_read"], "area": "hg"})).await;
    let taken = [good[0], good[1], good[2], ("place", "area:hg")];
    assert!(browser.post("/api-clients", &taken).await.expect(409).text.contains("Mã này đã có"));
}

async fn a_key_is_replaced_extended_and_revoked(app: TestApp) {
    let draft = json!({"code": "edoc", "name": "Văn bản", "scopes": ["work_read"], "area": "hg", "expires_at": "2023-10-31T03:00:00Z"});
    let (id, first) = made(&app, draft).await;
    let (browser, path) = (app.browser_of("admin"), format!("/api-clients/{id}"));
    let page = browser.get(&path).await.expect(200).text;
    assert!(page.contains("value=\"2023-10-31\"") && page.contains("chưa dùng"), "{page}");
    // The name alone: the key ends at the hour it did.
    let version = hidden(&page, "version");
    let named = [("version", version.as_str()), ("name", "Quản lý văn bản"), ("expires_on", "2023-10-31")];
    let answer = browser.post(&path, &named).await.expect(303);
    assert!(browser.get(answer.header("location")).await.expect(200).text.contains("10:00 31/10/2023"));
    let stale = browser.post(&path, &named).await.expect(412).text;
    assert!(stale.contains("vừa thay đổi hệ thống này"), "{stale}");
    let version = hidden(&stale, "version");
    let past = [("version", version.as_str()), ("name", "Văn bản"), ("expires_on", "2023-10-01")];
    assert!(browser.post(&path, &past).await.expect(422).text.contains("id=\"expires_on-fault\""));
    let later = [("version", version.as_str()), ("name", "Văn bản"), ("expires_on", "2024-06-30")];
    browser.post(&path, &later).await.expect(303);
    let page = browser.get(&path).await.expect(200).text;
    assert!(page.contains("value=\"2024-06-30\""), "{page}");
    let form = hidden(&page, "key");
    let rotated = browser.post(&format!("{path}/key"), &[("key", &form)]).await.expect(200).text;
    let second = key_of(&rotated);
    app.holder(&first).get("tasks").await.refused(401, "invalid_token");
    app.holder(&second).get("tasks").await.expect(200);
    browser.post(&format!("{path}/key"), &[("key", &form)]).await.expect(303);
    app.holder(&second).get("tasks").await.expect(200);
    let revocation = format!("{path}/revocation");
    assert!(browser.post(&revocation, &[("reason", "")]).await.expect(422).text.contains("id=\"reason-fault\""));
    let answer = browser.post(&revocation, &[("reason", "Thay hệ thống")]).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    assert!(page.contains("Đã thu hồi") && !page.contains("name=\"reason\""), "{page}");
    app.holder(&second).get("tasks").await.refused(401, "key_revoked");
    browser.post(&format!("{path}/key"), &[]).await.expect(409);
    assert_eq!(browser.get(&revocation).await.expect(303).header("location"), path);
}

async fn inspectors_look_at_systems_only(app: TestApp) {
    let (id, _) = made(&app, json!({"code": "edoc", "name": "Văn bản", "scopes": ["work_read"], "area": "hg"})).await;
    let browser = app.browser_of("inspector");
    assert!(!browser.get("/api-clients").await.expect(200).text.contains("/api-clients/new"));
    assert!(!browser.get(&format!("/api-clients/{id}")).await.expect(200).text.contains("name=\"key\""));
    app.browser_of("outsider").get(&format!("/api-clients/{id}")).await.expect(404);
}
