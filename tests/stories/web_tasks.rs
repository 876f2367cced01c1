//! The page of a task: what it shows, how progress is logged there, and what happens when two do
//! it at once.

use serde_json::json;

use super::dashboards::{decide, issued, report, verify};
use crate::common::{TestApp, hidden, on_both_databases};

on_both_databases! {
    progress_is_logged_on_the_page,
    what_is_wrong_stands_beside_its_field,
    a_report_sent_twice_is_recorded_once,
    two_tabs_lose_nothing,
    what_was_typed_before_signing_in_again_is_shown_and_not_sent,
    a_script_in_a_narrative_is_text,
    a_voided_task_says_so,
    a_secret_task_shows_no_words,
    a_draft_is_issued_and_suspended_on_its_page,
    a_whole_shows_its_parts,
}

fn filled<'a>(key: &'a str, seen: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("key", key), ("seen", seen), ("state", "in_progress"), ("measured_on", "2023-10-02")];
    fields.extend_from_slice(more);
    fields
}

/// The reports on a task, as the API tells of them.
async fn reports(app: &TestApp, task: &str) -> Vec<serde_json::Value> {
    let page = app.office().get(&format!("tasks/{task}/progress-reports")).await.expect(200);
    page.json["items"].as_array().unwrap().clone()
}

async fn progress_is_logged_on_the_page(app: TestApp) {
    let task = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "trong quý IV-2023"}, "assigned_on": {"text": "03/8/2023"}})).await;
    app.set_time("2023-10-02");
    let _ = app.reporter("hg-so-y-te");
    let browser = app.browser_of("r-hg-so-y-te");
    let path = format!("/tasks/{}", task.id());
    let page = browser.get(&path).await.expect(200).text;
    assert!(page.contains("trong quý IV-2023") && page.contains("31/12/2023") && page.contains("Chưa bắt đầu"), "{page}");
    assert!(page.contains("value=\"2023-10-02\""), "the day is today unless typed otherwise");
    assert!(!page.contains("/decision#"), "a reporter decides nothing");
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    let typed = filled(&key, &seen, &[("result", "Đã lấy ý kiến"), ("percent", "62,5"), ("proposals", "Bố trí kinh phí")]);
    let answer = browser.post(&path, &typed).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    for part in ["Đã ghi nhận báo cáo", "Đã lấy ý kiến", "62,5%", "Bố trí kinh phí", "Chờ xác nhận", "r-hg-so-y-te", "Đang thực hiện"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let kept = reports(&app, task.id()).await;
    assert_eq!((kept.len(), &kept[0]["percent"], &kept[0]["proposals"][0]["text"]), (1, &json!(62.5), &json!("Bố trí kinh phí")));
    // A leader reads the same page without any form.
    let page = app.browser_of("leader").get(&path).await.expect(200).text;
    assert!(page.contains("Đã lấy ý kiến") && !page.contains("name=\"seen\""));
}

async fn what_is_wrong_stands_beside_its_field(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = report(&app, "hg-so-y-te", &task, json!({"percent": 60})).await;
    let (browser, path) = (app.browser_of("r-hg-so-y-te"), format!("/tasks/{}", task.id()));
    let page = browser.get(&path).await.expect(200).text;
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    let typed = filled(&key, &seen, &[("result", "Xong <b>phần</b> một"), ("percent", "nhiều")]);
    let page = browser.post(&path, &typed).await.expect(422).text;
    assert!(page.contains("id=\"percent-fault\"") && page.contains("value=\"nhiều\"") && page.contains("Xong &#60;b&#62;phần"), "{page}");
    assert!(page.contains("href=\"#percent\""), "the summary leads to the field");
    let fields = filled(&key, &seen, &[("result", "Lùi lại"), ("percent", "40")]);
    let page = browser.post(&path, &fields).await.expect(422).text;
    assert!(page.contains("id=\"reason-fault\"") && page.contains("Lùi lại"), "{page}");
    let done = [("key", key.as_str()), ("seen", seen.as_str()), ("state", "completed"), ("measured_on", "2023-10-02"), ("result", "Xong")];
    assert!(browser.post(&path, &done).await.expect(422).text.contains("id=\"product-fault\""));
    assert_eq!(reports(&app, task.id()).await.len(), 1);
    let done: Vec<_> = done.into_iter().chain([("product_number", "15-KH"), ("product_issued_on", "2023-10-02")]).collect();
    browser.post(&path, &done).await.expect(303);
    assert_eq!(reports(&app, task.id()).await[0]["product"]["number"], "15-KH");
}

async fn a_report_sent_twice_is_recorded_once(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = app.reporter("hg-so-y-te");
    let (browser, path) = (app.browser_of("r-hg-so-y-te"), format!("/tasks/{}", task.id()));
    let page = browser.get(&path).await.expect(200).text;
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    let typed = filled(&key, &seen, &[("result", "Đang làm")]);
    let first = browser.post(&path, &typed).await.expect(303);
    let second = browser.post(&path, &typed).await.expect(303);
    assert_eq!(first.header("location"), second.header("location"));
    // The same form with other words is not taken silently.
    let other = filled(&key, &seen, &[("result", "Khác hẳn")]);
    assert!(browser.post(&path, &other).await.expect(422).text.contains("Khác hẳn"));
    assert_eq!(reports(&app, task.id()).await.len(), 1);
}

async fn two_tabs_lose_nothing(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = app.reporter("hg-so-y-te");
    let (browser, path) = (app.browser_of("r-hg-so-y-te"), format!("/tasks/{}", task.id()));
    let page = browser.get(&path).await.expect(200).text;
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    app.pass(60);
    let _ = report(&app, "hg-so-y-te", &task, json!({"result": "Bản ở thẻ kia", "percent": 30})).await;
    let typed = filled(&key, &seen, &[("result", "Bản ở thẻ này"), ("percent", "35")]);
    let page = browser.post(&path, &typed).await.expect(412).text;
    for part in ["Nhiệm vụ đã thay đổi", "<mark>Mới</mark>", "Bản ở thẻ kia", "Bản ở thẻ này", "value=\"35\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(page.matches("<mark>").count(), 1, "only what is new is marked");
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    browser.post(&path, &filled(&key, &seen, &[("result", "Bản ở thẻ này"), ("percent", "35")])).await.expect(303);
    assert_eq!(reports(&app, task.id()).await.len(), 2);
    // Suspended meanwhile: nothing can be sent, and nothing typed is lost.
    let page = browser.get(&path).await.expect(200).text;
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    decide(&app, &task, json!({"decision": "suspend", "reason": "Chờ quy hoạch"})).await;
    let page = browser.post(&path, &filled(&key, &seen, &[("result", "Gửi muộn")])).await.expect(409).text;
    assert!(page.contains("Gửi muộn") && page.contains("Chờ quy hoạch") && !page.contains("Gửi báo cáo</button>"), "{page}");
}

async fn what_was_typed_before_signing_in_again_is_shown_and_not_sent(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = app.reporter("hg-so-y-te");
    let (browser, path) = (app.browser_of("r-hg-so-y-te"), format!("/tasks/{}", task.id()));
    let page = browser.get(&path).await.expect(200).text;
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    let typed = filled(&key, &seen, &[("result", "Viết dở dang"), ("resumed", "1")]);
    let page = browser.post(&path, &typed).await.expect(200).text;
    assert!(page.contains("Báo cáo chưa được gửi") && page.contains("Viết dở dang") && hidden(&page, "seen") == seen, "{page}");
    assert!(reports(&app, task.id()).await.is_empty());
    let key = hidden(&page, "key");
    browser.post(&path, &filled(&key, &seen, &[("result", "Viết dở dang")])).await.expect(303);
    assert_eq!(reports(&app, task.id()).await.len(), 1);
}

async fn a_script_in_a_narrative_is_text(app: TestApp) {
    app.set_time("2023-10-02");
    let evil = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>";
    let task = issued(&app, "hg-so-y-te", json!({"title": evil, "description": evil, "deliverable": evil})).await;
    let sent = report(&app, "hg-so-y-te", &task, json!({"result": evil, "obstacles": evil, "proposals": [evil]})).await;
    for path in [format!("/tasks/{}", task.id()), "/queue".to_owned(), "/tasks".to_owned()] {
        let page = app.browser_of("office").get(&path).await.expect(200).text;
        assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script>alert") && !page.contains("<img src=x"), "{path}");
    }
    verify(&app, &sent).await;
}

async fn a_voided_task_says_so(app: TestApp) {
    let task = issued(&app, "hg-so-y-te", json!({"title": "Nhiệm vụ nhập trùng"})).await;
    decide(&app, &task, json!({"decision": "void", "reason": "Nhập trùng với số 12"})).await;
    let page = app.browser_of("office").get(&format!("/tasks/{}", task.id())).await.expect(200).text;
    assert!(page.contains("Nhiệm vụ nhập trùng") && page.contains("đã bị vô hiệu") && page.contains("Nhập trùng với số 12"), "{page}");
    assert!(!page.contains("name=\"seen\""), "nothing may be done any more");
    for path in ["/tasks/nothing", "/tasks/01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55"] {
        app.browser_of("office").get(path).await.expect(404);
    }
}

async fn a_secret_task_shows_no_words(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({"title": null, "secrecy": "secret"})).await;
    let path = format!("/tasks/{}", task.id());
    let page = app.browser_of("office").get(&path).await.expect(200).text;
    assert!(page.contains("<h1>Nhiệm vụ mật</h1>") && !page.contains("name=\"result\""), "{page}");
    let browser = app.browser_of("leader");
    browser.get(&path).await.expect(404);
}

async fn a_draft_is_issued_and_suspended_on_its_page(app: TestApp) {
    let draft = json!({"title": "Xây dựng đề án", "lead_unit": "hg-so-y-te", "monitoring_unit": "hg-van-phong-tinh-uy"});
    let task = app.office().post("tasks", draft).await.expect(201);
    let (browser, path) = (app.browser_of("office"), format!("/tasks/{}", task.id()));
    let send = format!("{path}/decision");
    let page = browser.get(&path).await.expect(200).text;
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    let answer = browser.post(&send, &[("key", &key), ("seen", &seen), ("decision", "issue")]).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    assert!(page.contains("Đã ghi nhận quyết định") && page.contains("Chưa bắt đầu"));
    assert!(page.contains("<span class=\"quiet\">· office</span>"), "who decided is told: {page}");
    let stale =
        browser.post(&send, &[("key", "k2"), ("seen", &seen), ("decision", "suspend"), ("reason", "Chờ quy hoạch")]).await.expect(412);
    assert!(stale.text.contains("Chờ quy hoạch") && stale.text.contains("<mark>Mới</mark>"));
    let page = browser.get(&path).await.expect(200).text;
    let seen = page.split("/decision#").nth(1).map(|rest| hidden(rest, "seen")).unwrap();
    let wrong =
        browser.post(&send, &[("key", "k3"), ("seen", &seen), ("decision", "suspend"), ("legal_basis", "159-TB")]).await.expect(422);
    assert!(wrong.text.contains("id=\"decision_reason-fault\"") && wrong.text.contains("159-TB"), "{}", wrong.text);
    browser.post(&send, &[("key", "k4"), ("seen", &seen), ("decision", "suspend"), ("reason", "Chờ quy hoạch")]).await.expect(303);
    assert!(browser.get(&path).await.expect(200).text.contains("<span class=\"badge suspended\">Tạm dừng"));
    assert_eq!(browser.get(&send).await.expect(303).header("location"), path);
}

async fn a_whole_shows_its_parts(app: TestApp) {
    let whole = issued(&app, "hg-so-y-te", json!({"title": "Cả việc"})).await;
    let part = issued(&app, "hg-so-tai-chinh", json!({"title": "Phần tài chính", "parent": whole.id()})).await;
    let browser = app.browser_of("leader");
    let page = browser.get(&format!("/tasks/{}", whole.id())).await.expect(200).text;
    assert!(page.contains("Các phần việc") && page.contains(&format!("<a href=\"/tasks/{}\">Phần tài chính</a>", part.id())), "{page}");
    let page = browser.get(&format!("/tasks/{}", part.id())).await.expect(200).text;
    assert!(page.contains(&format!("<a href=\"/tasks/{}\">Cả việc</a>", whole.id())), "{page}");
}
