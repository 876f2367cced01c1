//! Pages on which units ask for other commitments, and others decide.

use serde_json::json;

use super::dashboards::issued;
use super::tasks::seen;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_reporter_asks_and_a_leader_approves,
    a_refusal_needs_a_reason_and_a_request_can_be_taken_back,
    the_overview_tells_both_deadlines,
}

/// What the forms of the queue name.
fn item(page: &str) -> String {
    page.split("name=\"item\" value=\"").nth(1).unwrap_or_else(|| panic!("{page}")).split('"').next().unwrap().to_owned()
}

fn hidden(page: &str, name: &str) -> String {
    let form = &page[page.find("/commitment-requests#change-title").unwrap_or_else(|| panic!("{page}"))..];
    crate::common::hidden(form, name)
}

/// Asks for an extension on the task's page.
async fn ask(app: &TestApp, task: &str, deadline: &str) {
    let browser = app.browser_of("r-hg-so-y-te");
    let page = browser.get(&format!("/tasks/{task}")).await.expect(200).text;
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    let typed = [("deadline", deadline), ("reason", "Chờ quy hoạch"), ("key", key.as_str()), ("seen", seen.as_str())];
    let sent = browser.post(&format!("/tasks/{task}/commitment-requests"), &typed).await.expect(303);
    let page = browser.get(sent.header("location").trim_end_matches("#content")).await.expect(200).text;
    assert!(page.contains("Đã gửi đề nghị") && page.contains("Chờ quyết định"), "{page}");
}

async fn a_reporter_asks_and_a_leader_approves(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = app.reporter("hg-so-y-te");
    let task = issued(&app, "hg-so-y-te", json!({"title": "Xây dựng kế hoạch", "deadline": {"text": "31/12/2023"}})).await.id().to_owned();
    let reporter = app.browser_of("r-hg-so-y-te");
    let page = reporter.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("Đề nghị điều chỉnh, gia hạn") && !page.contains("id=\"approver\""), "{page}");
    let (key, seen_now) = (hidden(&page, "key"), hidden(&page, "seen"));
    let nothing = [("deadline", "31/12/2023"), ("reason", "Vô ích"), ("key", key.as_str()), ("seen", seen_now.as_str())];
    let page = reporter.post(&format!("/tasks/{task}/commitment-requests"), &nothing).await.expect(422).text;
    assert!(page.contains("không có gì thay đổi") && page.contains("Vô ích"), "{page}");
    ask(&app, &task, "30/6/2024").await;
    let leader = app.browser_of("leader");
    let queue = leader.get("/commitment-requests").await.expect(200).text;
    assert!(queue.contains("31/12/2023 → <strong>30/6/2024</strong>") && queue.contains("Chờ quy hoạch"), "{queue}");
    let item = item(&queue);
    let done = leader.post("/commitment-requests/decision", &[("item", &item), ("outcome", "approved"), ("approver", "Thường trực")]).await;
    assert!(done.expect(200).text.contains("Đã chấp thuận, cam kết đã thay đổi: 1"));
    assert_eq!(seen(&app, &task).await["due_on"], "2024-06-30");
    let page = reporter.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("Người đề nghị") && page.contains("Thường trực") && page.contains("Thời hạn ban đầu"), "{page}");
    // Somebody who was slower hears that it is decided.
    let office = app.browser_of("office");
    let _ = office.get("/commitment-requests").await.expect(200);
    let late = office.post("/commitment-requests/decision", &[("item", &item), ("outcome", "approved")]).await;
    assert!(late.expect(409).text.contains("Chưa thực hiện được: 1"));
}

async fn a_refusal_needs_a_reason_and_a_request_can_be_taken_back(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = app.reporter("hg-so-y-te");
    let task = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "31/12/2023"}})).await.id().to_owned();
    ask(&app, &task, "30/6/2024").await;
    let office = app.browser_of("office");
    let first = item(&office.get("/commitment-requests").await.expect(200).text);
    let refused = office.post("/commitment-requests/decision", &[("item", &first), ("outcome", "refused"), ("approver", "Ông")]).await;
    let page = refused.expect(409).text;
    assert!(page.contains("Chưa thực hiện được: 1") && page.contains("value=\"Ông\""), "{page}");
    let no = [("item", first.as_str()), ("outcome", "refused"), ("reason", "Chưa có căn cứ")];
    let resumed = office.post("/commitment-requests/decision", &[no[0], no[1], no[2], ("resumed", "1")]).await.expect(200).text;
    assert!(resumed.contains("Phiên làm việc đã hết") && resumed.contains("Chưa có căn cứ"), "{resumed}");
    assert!(office.post("/commitment-requests/decision", &no).await.expect(200).text.contains("Đã không chấp thuận: 1"));
    let page = office.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("Không chấp thuận điều chỉnh") && page.contains("Chưa có căn cứ"), "{page}");
    ask(&app, &task, "30/9/2024").await;
    let reporter = app.browser_of("r-hg-so-y-te");
    let second = item(&reporter.get("/commitment-requests").await.expect(200).text);
    reporter.post("/commitment-requests/decision", &[("item", &second), ("outcome", "approved")]).await.expect(403);
    let gone = reporter.post("/commitment-requests/withdrawal", &[("item", &second), ("outcome", "withdrawn")]).await.expect(200).text;
    assert!(gone.contains("Đã rút đề nghị: 1") && gone.contains("Không có đề nghị nào đang chờ"), "{gone}");
    reporter.post("/commitment-requests/withdrawal", &[("item", "x"), ("outcome", "withdrawn")]).await.expect(404);
    assert!(app.browser_of("outsider").get("/commitment-requests").await.expect(200).text.contains("Không có đề nghị nào"));
}

async fn the_overview_tells_both_deadlines(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "31/10/2023"}})).await.id().to_owned();
    let later = json!({"deadline": {"text": "31/12/2023"}, "reason": "Chờ quy hoạch"});
    let _ = app.office().post(&format!("tasks/{task}/commitment-changes"), later).await.expect(201);
    app.set_time("2023-11-15");
    let leader = app.browser_of("leader");
    let page = leader.get("/").await.expect(200).text;
    assert!(page.contains("Đã điều chỉnh thời hạn") && page.contains("Theo thời hạn ban đầu"), "{page}");
    let address = page.split("href=\"").map(|rest| rest.split('"').next().unwrap()).find(|href| href.contains("against=original")).unwrap();
    let list = leader.get(&address.replace("&#38;", "&").replace("&amp;", "&")).await.expect(200).text;
    assert!(
        list.contains("<strong>1</strong>") && list.contains("Xét theo thời hạn ban đầu") && list.contains("ban đầu: 31/10/2023"),
        "{list}"
    );
}
