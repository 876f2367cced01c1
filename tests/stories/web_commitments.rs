//! The form on a task's page that changes its commitments.

use serde_json::{Value, json};

use super::dashboards::{decide, issued};
use crate::common::{Response, TestApp, hidden, on_both_databases};

on_both_databases! {
    a_deadline_is_extended_and_handed_on,
    what_is_wrong_with_a_change_stands_beside_its_field,
    only_the_office_is_offered_the_form,
    a_change_sent_twice_or_too_late_is_recorded_once,
}

/// The hidden fields of the form.
fn fields(page: &str) -> (String, String) {
    let form = page.split("/commitment-changes#").nth(1).unwrap();
    (hidden(form, "key"), hidden(form, "seen"))
}

async fn changes(app: &TestApp, task: &Response) -> Vec<Value> {
    let list = app.office().get(&format!("tasks/{}/commitment-changes", task.id())).await.expect(200);
    list.json["items"].as_array().unwrap().clone()
}

async fn a_deadline_is_extended_and_handed_on(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({"deadline": {"text": "chậm nhất ngày 31/10/2023"}})).await;
    let (browser, path) = (app.browser_of("office"), format!("/tasks/{}", task.id()));
    let (form, page) = (format!("{path}/commitment-changes"), browser.get(&path).await.expect(200).text);
    assert!(page.contains("Hiện nay: chậm nhất ngày 31/10/2023") && page.contains("<option value=\"\">Giữ nguyên: Sở Y tế"), "{page}");
    let (key, seen) = fields(&page);
    let typed = [
        ("key", key.as_str()),
        ("seen", seen.as_str()),
        ("deadline", "cuối năm"),
        ("reference_date", "2023-10-02"),
        ("lead_unit", "hg-so-tai-chinh"),
        ("weight", "3"),
        ("scope", "toàn tỉnh"),
        ("reason", "Bổ sung nội dung"),
        ("legal_basis", "159-KL/TU"),
        ("approver", "Thường trực Tỉnh ủy"),
    ];
    let answer = browser.post(&form, &typed).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    for part in [
        "Đã ghi nhận điều chỉnh",
        "chậm nhất ngày 31/10/2023 → cuối năm",
        "Sở Y tế → Sở Tài chính",
        "1 → 3",
        "– → toàn tỉnh",
        "Bổ sung nội dung",
        "159-KL/TU",
        "Thường trực Tỉnh ủy",
        "Thời hạn ban đầu",
        "31/12/2023",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let now = app.office().get(&format!("tasks/{}", task.id())).await.expect(200);
    assert_eq!((&now.json["due_on"], &now.json["lead_unit"]["code"]), (&json!("2023-12-31"), &json!("hg-so-tai-chinh")));
    assert_eq!(browser.get(&form).await.expect(303).header("location"), path);
}

async fn what_is_wrong_with_a_change_stands_beside_its_field(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let (browser, path) = (app.browser_of("office"), format!("/tasks/{}", task.id()));
    let form = format!("{path}/commitment-changes");
    let (key, seen) = fields(&browser.get(&path).await.expect(200).text);
    let send = async |more: &[(&'static str, &'static str)]| {
        let fields: Vec<(&str, &str)> = [("key", key.as_str()), ("seen", seen.as_str())].into_iter().chain(more.iter().copied()).collect();
        browser.post(&form, &fields).await
    };
    let page = send(&[("deadline", "cuối năm"), ("weight", "nhiều"), ("reason", "x")]).await.expect(422).text;
    assert!(
        page.contains("phải nằm trong khoảng 1 đến 1000") && page.contains("value=\"nhiều\"") && page.contains("value=\"cuối năm\""),
        "{page}"
    );
    let page = send(&[("weight", "0"), ("deadline", "cuối năm")]).await.expect(422).text;
    assert!(page.contains("href=\"#change_reason\"") && page.contains("id=\"change_reason-fault\""), "{page}");
    let page = send(&[("weight", "0"), ("reason", "x")]).await.expect(422).text;
    assert!(page.contains("phải nằm trong khoảng 1 đến 1000"), "{page}");
    let page = send(&[("lead_unit", "hd-so-tu-phap"), ("reason", "x")]).await.expect(422).text;
    assert!(page.contains("id=\"new_lead_unit-fault\"") && !page.contains("Sở Tư pháp"), "{page}");
    // Nothing that changes anything: said above the form, since it is no field's fault.
    let page = send(&[("reason", "Chẳng đổi gì"), ("weight", "1")]).await.expect(422).text;
    assert!(page.contains("role=\"alert\">không có gì thay đổi") && page.contains("Chẳng đổi gì"), "{page}");
    let page = send(&[("reason", "Viết dở"), ("resumed", "1")]).await.expect(200).text;
    assert!(page.contains("Điều chỉnh chưa được ghi") && page.contains("Viết dở"), "{page}");
    assert!(changes(&app, &task).await.is_empty());
}

async fn only_the_office_is_offered_the_form(app: TestApp) {
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = app.reporter("hg-so-y-te");
    let path = format!("/tasks/{}", task.id());
    for name in ["admin", "leader", "r-hg-so-y-te", "inspector"] {
        let page = app.browser_of(name).get(&path).await.expect(200).text;
        assert!(!page.contains("/commitment-changes#"), "{name}");
    }
    let draft = json!({"title": "Dự thảo", "lead_unit": "hg-so-y-te"});
    let draft = app.office().post("tasks", draft).await.expect(201);
    let page = app.browser_of("office").get(&format!("/tasks/{}", draft.id())).await.expect(200).text;
    assert!(!page.contains("/commitment-changes#"), "a draft is edited, it promises nothing yet");
}

async fn a_change_sent_twice_or_too_late_is_recorded_once(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let (browser, path) = (app.browser_of("office"), format!("/tasks/{}", task.id()));
    let form = format!("{path}/commitment-changes");
    let (key, seen) = fields(&browser.get(&path).await.expect(200).text);
    let typed = [("key", key.as_str()), ("seen", seen.as_str()), ("weight", "2"), ("reason", "Một")];
    let (first, again) = (browser.post(&form, &typed).await.expect(303), browser.post(&form, &typed).await.expect(303));
    assert_eq!(first.header("location"), again.header("location"));
    let other_tab = [("key", "k-2"), ("seen", seen.as_str()), ("weight", "5"), ("reason", "Hai")];
    let page = browser.post(&form, &other_tab).await.expect(412).text;
    assert!(page.contains("Nhiệm vụ đã thay đổi") && page.contains("<mark>Mới</mark>") && page.contains("value=\"5\""), "{page}");
    let (key, seen) = fields(&page);
    decide(&app, &task, json!({"decision": "cancel", "reason": "Trùng"})).await;
    let late = [("key", key.as_str()), ("seen", seen.as_str()), ("weight", "5"), ("reason", "Hai")];
    let page = browser.post(&form, &late).await.expect(409).text;
    assert!(page.contains("không còn cho phép") && page.contains("Hai") && !page.contains("Ghi điều chỉnh</button>"), "{page}");
    assert_eq!(changes(&app, &task).await.len(), 1);
}
