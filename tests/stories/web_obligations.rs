//! The page of repeated work: its periods, and the form that names one.

use serde_json::json;

use super::obligations::{done, owed, quarterly, repeated};
use super::progress_reports::logged;
use super::tasks::seen;
use crate::common::{TestApp, hidden, on_both_databases};

on_both_databases! {
    a_period_is_reported_on_the_page,
    steps_and_work_done_once_have_their_pages,
}

async fn a_period_is_reported_on_the_page(app: TestApp) {
    let task = quarterly(&app).await;
    logged(&app, &task, done("2022Q4", "2022-12-20")).await;
    let _ = app.reporter("hg-so-y-te");
    let (browser, path) = (app.browser_of("r-hg-so-y-te"), format!("/tasks/{task}"));
    let page = browser.get(&path).await.expect(200).text;
    for part in ["Kỳ thực hiện", "1/5", "Quý IV/2022", "Quý IV/2023", "Chưa đến hạn", "31/03/2023", "chậm 185 ngày", "Cả nhiệm vụ"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.contains("<option value=\"2023Q1\" selected>"), "the form offers what is waited for: {page}");
    let (key, seen_entries) = (hidden(&page, "key"), hidden(&page, "seen"));
    let finished = |period: &'static str| {
        let said = [("state", "completed"), ("measured_on", "2023-10-02"), ("result", "Đã báo cáo quý"), ("period", period)];
        let product = [("product_number", "15-BC/SYT"), ("product_issued_on", "2023-03-30")];
        let hidden = [("key", key.clone()), ("seen", seen_entries.clone())].map(|(name, value)| (name, &*value.leak()));
        hidden.into_iter().chain(said).chain(product).collect::<Vec<_>>()
    };
    let page = browser.post(&path, &finished("")).await.expect(422).text;
    assert!(page.contains("id=\"period-fault\"") && page.contains("href=\"#period\"") && page.contains("15-BC/SYT"), "{page}");
    let answer = browser.post(&path, &finished("2023Q1")).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    assert!(page.contains("2/5") && page.contains("Quý I/2023") && page.contains("30/03/2023"), "{page}");
    assert_eq!(owed(&app, &task).await["items"][1]["report"]["state"], "completed");
    assert!(browser.get("/tasks").await.expect(200).text.contains("Kỳ đã thực hiện: 2/5"));
    // Who only reads sees the periods, and no form.
    let page = app.browser_of("leader").get(&path).await.expect(200).text;
    assert!(page.contains("Quý IV/2023") && !page.contains("name=\"period\""));
}

async fn steps_and_work_done_once_have_their_pages(app: TestApp) {
    let steps = repeated(&app, "Khởi động quý IV/2022; bộ tiêu chí quý II/2024").await;
    let page = app.browser_of("office").get(&format!("/tasks/{steps}")).await.expect(200).text;
    for part in ["0/2", "Mốc 1", "Mốc 2: bộ tiêu chí quý II/2024", "30/06/2024"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // Weeks of years are not all shown at once.
    let weekly = repeated(&app, "hằng tuần đến hết năm 2025").await;
    let page = app.browser_of("office").get(&format!("/tasks/{weekly}")).await.expect(200).text;
    assert!(page.contains("kỳ khác không hiện ở đây") && page.contains("Tuần 46/2022"), "{page}");
    let once = repeated(&app, "chậm nhất ngày 31/12/2023").await;
    let page = app.browser_of("office").get(&format!("/tasks/{once}")).await.expect(200).text;
    assert!(!page.contains("Kỳ thực hiện") && !page.contains("name=\"period\""));
    assert_eq!(seen(&app, &once).await["obligations"], json!(null));
}
