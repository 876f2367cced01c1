//! The light path, closed periods and one's own reports on pages.

use serde_json::json;

use super::progress_reports::{report, task};
use super::resolutions::with;
use crate::common::{TestApp, hidden, on_both_databases};

on_both_databases! {
    a_task_is_set_on_the_light_path,
    a_period_is_closed_left_open_and_opened_again,
    the_queue_tells_of_ones_own_reports,
}

async fn a_task_is_set_on_the_light_path(app: TestApp) {
    let task = task(&app).await;
    let office = app.browser_of("office");
    let path = format!("/tasks/{task}/self-verification");
    let page = office.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("chờ cơ quan theo dõi xác nhận") && page.contains(&path), "{page}");
    let form = office.get(&path).await.expect(200).text;
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let typed = [("key", key.as_str()), ("version", version.as_str()), ("allowed", "true")];
    let wrong = office.post(&path, &typed).await.expect(422).text;
    assert!(wrong.contains("bắt buộc phải có"), "{wrong}");
    let key = hidden(&wrong, "key");
    let typed = [("key", key.as_str()), ("version", version.as_str()), ("allowed", "true"), ("reason", "Việc thường xuyên")];
    let sent = office.post(&path, &typed).await.expect(303);
    let page = office.get(sent.header("location")).await.expect(200).text;
    assert!(page.contains("tự xác nhận khi gửi") && page.contains("Việc thường xuyên"), "{page}");
    let _ = app.reporter("hg-so-y-te").post(&format!("tasks/{task}/progress-reports"), report(60)).await.expect(201);
    let page = app.browser_of("r-hg-so-y-te").get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("Tự xác nhận khi gửi") && !page.contains(&path), "the unit reads it and decides nothing: {page}");
}

async fn a_period_is_closed_left_open_and_opened_again(app: TestApp) {
    let task = task(&app).await;
    let september = with(report(10), json!({"measured_on": "2023-09-15"}));
    let _ = app.entry().post(&format!("tasks/{task}/progress-reports"), september).await.expect(201);
    let office = app.browser_of("office");
    assert!(office.get("/directory").await.expect(200).text.contains("/period-locks"));
    assert!(office.get("/period-locks").await.expect(200).text.contains("Chưa khóa kỳ nào."));
    let form = office.get("/period-locks/new").await.expect(200).text;
    let key = hidden(&form, "key");
    let tried = office.post("/period-locks/new", &[("key", key.as_str()), ("period", "2023Q3")]).await.expect(200).text;
    assert!(tried.contains("1 báo cáo trong kỳ đang chờ xác nhận") && tried.contains("01/07/2023 – 30/09/2023"), "{tried}");
    let wrong = office.post("/period-locks/new", &[("key", key.as_str()), ("period", "quý III")]).await.expect(422).text;
    assert!(wrong.contains("2023Q3"), "{wrong}");
    let sent = office.post("/period-locks/new", &[("key", key.as_str()), ("period", "2023Q3"), ("step", "send")]).await.expect(303);
    let page = office.get(sent.header("location")).await.expect(200).text;
    let lock = page.split("/period-locks/").find(|part| part.contains("/exceptions")).unwrap().split('/').next().unwrap().to_owned();
    let _ = app.reporter("hg-so-y-te");
    let read = app.browser_of("r-hg-so-y-te").get("/period-locks").await.expect(200).text;
    assert!(read.contains("đã khóa") && !read.contains("/opening"), "{read}");

    let path = format!("/period-locks/{lock}/exceptions");
    let key = hidden(&office.get(&path).await.expect(200).text, "key");
    let typed = [("key", key.as_str()), ("unit", "Sở Y tế [hg-so-y-te]"), ("until", "2023-10-05"), ("reason", "Số liệu đến muộn")];
    let sent = office.post(&path, &typed).await.expect(303);
    let page = office.get(sent.header("location")).await.expect(200).text;
    assert!(page.contains("Mở riêng cho Sở Y tế · đến hết ngày 05/10/2023") && page.contains("Số liệu đến muộn"), "{page}");

    let path = format!("/period-locks/{lock}/opening");
    let form = office.get(&path).await.expect(200).text;
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let typed = [("key", key.as_str()), ("version", version.as_str()), ("reason", "Khóa nhầm")];
    let sent = office.post(&path, &typed).await.expect(303);
    let page = office.get(sent.header("location")).await.expect(200).text;
    assert!(page.contains("đã mở lại") && page.contains("Khóa nhầm") && !page.contains("/opening"), "{page}");
}

async fn the_queue_tells_of_ones_own_reports(app: TestApp) {
    let task = task(&app).await;
    let _ = app.office().post(&format!("tasks/{task}/progress-reports"), report(60)).await.expect(201);
    let page = app.browser_of("office").get("/queue").await.expect(200).text;
    assert!(page.contains("1 báo cáo do chính bạn gửi") && page.contains("Không có báo cáo nào đang chờ."), "{page}");
    let page = app.browser_of("office-entry").get("/queue").await.expect(200).text;
    assert!(!page.contains("do chính bạn gửi") && page.contains("báo cáo đang chờ"), "{page}");
}
