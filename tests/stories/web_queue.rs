//! The office's pages: reports are verified or returned, drafts are issued, one by one and in bulk.

use serde_json::json;

use super::dashboards::{issued, report, verify};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    the_office_verifies_in_bulk_and_the_leader_sees_it,
    one_report_is_returned_with_a_reason,
    drafts_are_issued_in_bulk,
}

/// What a queue's checkboxes name.
fn items(page: &str) -> Vec<String> {
    page.split("form=\"bulk\" name=\"item\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

async fn the_office_verifies_in_bulk_and_the_leader_sees_it(app: TestApp) {
    app.set_time("2023-10-02");
    let browser = app.browser_of("office");
    assert!(browser.get("/queue").await.expect(200).text.contains("Không có báo cáo nào đang chờ"));
    let (first, second) = (
        issued(&app, "hg-so-y-te", json!({"title": "Việc một"})).await,
        issued(&app, "hg-so-tai-chinh", json!({"title": "Việc hai"})).await,
    );
    let one = report(&app, "hg-so-y-te", &first, json!({"percent": 40, "result": "Kết quả một"})).await;
    app.pass(1);
    let _ = report(&app, "hg-so-tai-chinh", &second, json!({"percent": 80, "result": "Kết quả hai"})).await;
    let page = browser.get("/queue").await.expect(200).text;
    assert!(page.find("Kết quả một").unwrap() < page.find("Kết quả hai").unwrap(), "oldest first");
    assert!(page.contains("đã xác nhận – → nay báo cáo 40%"), "{page}");
    let items = items(&page);
    assert_eq!(items.len(), 2);
    // A colleague is quicker with one of them: the other is verified all the same.
    verify(&app, &one).await;
    let fields = [("item", items[0].as_str()), ("item", items[1].as_str()), ("outcome", "verified")];
    let page = browser.post("/queue", &fields).await.expect(409).text;
    assert!(
        page.contains("Chưa thực hiện được: 1") && page.contains("Đã xác nhận: 1") && page.contains("Không có báo cáo nào đang chờ"),
        "{page}"
    );
    let overview = app.browser_of("leader").get("/").await.expect(200).text;
    assert!(overview.contains("60%"), "the leader reads the verified average: {overview}");
    assert!(browser.post("/queue", &[("outcome", "verified")]).await.expect(200).text.contains("Chưa chọn báo cáo nào"));
    browser.post("/queue", &[("item", "x"), ("item", "01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55:1"), ("outcome", "verified")]).await.expect(200);
}

async fn one_report_is_returned_with_a_reason(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let sent = report(&app, "hg-so-y-te", &task, json!({"percent": 40})).await;
    let browser = app.browser_of("office");
    let items = items(&browser.get("/queue").await.expect(200).text);
    let item = ("item", items[0].as_str());
    let refused = browser.post("/queue", &[item, ("outcome", "returned"), ("reason", " ")]).await.expect(409).text;
    assert!(refused.contains("Chưa thực hiện được: 1"), "{refused}");
    let resumed =
        browser.post("/queue", &[item, ("outcome", "returned"), ("reason", "Thiếu số văn bản"), ("resumed", "1")]).await.expect(200).text;
    assert!(resumed.contains("Thiếu số văn bản") && resumed.contains("Phiên làm việc đã hết"), "{resumed}");
    let done = browser.post("/queue", &[item, ("outcome", "returned"), ("reason", "Thiếu số văn bản")]).await.expect(200).text;
    assert!(done.contains("Đã trả lại: 1"), "{done}");
    let kept = app.office().get(&format!("progress-reports/{}", sent.id())).await.expect(200);
    assert_eq!(kept.json["verification"]["reason"], "Thiếu số văn bản");
    let page = app.browser_of("leader").get(&format!("/tasks/{}", task.id())).await.expect(200).text;
    assert!(page.contains("Trả lại báo cáo") && page.contains("Thiếu số văn bản"));
    // Whoever monitors elsewhere has nothing to verify here.
    assert!(app.browser_of("outsider").get("/queue").await.expect(200).text.contains("Không có báo cáo nào đang chờ"));
}

async fn drafts_are_issued_in_bulk(app: TestApp) {
    let mut ids = Vec::new();
    for title in ["Việc một", "Việc hai", "Việc ba"] {
        let draft = json!({"title": title, "lead_unit": "hg-so-y-te", "monitoring_unit": "hg-van-phong-tinh-uy", "deadline": {"text": "không rõ khi nào"}});
        ids.push(app.office().post("tasks", draft).await.expect(201).id().to_owned());
    }
    let browser = app.browser_of("office");
    let page = browser.get("/drafts").await.expect(200).text;
    assert!(page.contains("<strong>3</strong>") && page.contains("chưa đọc được thành ngày"), "{page}");
    let page = browser.post("/drafts", &[("item", ids[0].as_str()), ("shown", ids[1].as_str())]).await.expect(200).text;
    assert!(page.contains("Đã giao: 1") && page.contains("<strong>2</strong>"), "{page}");
    assert!(browser.post("/drafts", &[("shown", ids[1].as_str())]).await.expect(200).text.contains("Chưa chọn dự thảo nào"));
    let all = [("shown", ids[0].as_str()), ("shown", ids[1].as_str()), ("shown", ids[2].as_str()), ("all", "1")];
    let page = browser.post("/drafts", &all).await.expect(409).text;
    assert!(page.contains("Đã giao: 2") && page.contains("Chưa giao được: 1") && page.contains("Không có dự thảo nào"), "{page}");
}
