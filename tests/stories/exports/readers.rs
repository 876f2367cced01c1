//! Who is given which rows, and which of them.

use serde_json::json;

use super::{column, exported, rows};
use crate::common::{TestApp, on_both_databases};
use crate::tasks::{draft, drafted, issued};

on_both_databases! {
    a_file_holds_what_the_list_shows,
    a_secret_task_is_a_stub_for_its_writers_and_nothing_for_others,
    a_file_of_an_earlier_day_stands_as_then,
    what_is_no_filter_is_refused,
    a_page_gives_its_whole_list,
}

async fn a_file_holds_what_the_list_shows(app: TestApp) {
    let health = issued(&app, draft("Khám bệnh")).await;
    let mut other = draft("Rà soát");
    other["lead_unit"] = json!("hg-so-tai-chinh");
    other["deadline"] = json!({"text": "trước 30/9/2023"});
    let _ = issued(&app, other).await;
    let _ = drafted(&app, draft("Dự thảo")).await;
    let titles = async |actor: &crate::common::Actor<'_>, query: &str| {
        let mut titles = column(&rows(&exported(actor, &format!("tasks.csv{query}")).await), "Nhiệm vụ");
        titles.sort();
        titles
    };
    assert_eq!(titles(&app.leader(), "").await, ["Khám bệnh", "Rà soát"]);
    assert_eq!(titles(&app.office(), "").await, ["Dự thảo", "Khám bệnh", "Rà soát"]);
    assert_eq!(titles(&app.office(), "?lifecycle=draft").await, ["Dự thảo"]);
    assert_eq!(titles(&app.leader(), "?timeliness=overdue").await, ["Rà soát"]);
    assert_eq!(titles(&app.leader(), "?lead_unit=hg-so-y-te").await, ["Khám bệnh"]);
    assert_eq!(titles(&app.reporter("hg-so-y-te"), "").await, ["Khám bệnh"]);
    assert_eq!(titles(&app.outsider(), "").await, Vec::<String>::new());
    assert_eq!(column(&rows(&exported(&app.reporter("hg-so-y-te"), "tasks.csv").await), "Mã"), [health]);
    let units = rows(&exported(&app.leader(), "units.csv?kind=department").await);
    assert_eq!(column(&units, "Loại"), ["Sở, ban, ngành"; 3]);
    assert_eq!(column(&units, "Cấp trên"), ["UBND tỉnh Hậu Giang"; 3]);
    assert_eq!(column(&rows(&exported(&app.outsider(), "areas.csv").await), "Mã"), ["hd"]);
}

async fn a_secret_task_is_a_stub_for_its_writers_and_nothing_for_others(app: TestApp) {
    let _ = issued(&app, json!({"lead_unit": "hg-so-y-te", "secrecy": "top_secret", "deadline": {"text": "31/12/2023"}})).await;
    for reader in [&app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        assert_eq!(rows(&exported(reader, "tasks.csv").await).len(), 1);
    }
    let stub = rows(&exported(&app.office(), "tasks.csv").await);
    assert_eq!((column(&stub, "Nhiệm vụ"), column(&stub, "Độ mật")), (vec![String::new()], vec!["Tuyệt mật".to_owned()]));
    assert!(!exported(&app.office(), "tasks.csv").await.text.contains("Nhiệm vụ mật"));
}

async fn a_file_of_an_earlier_day_stands_as_then(app: TestApp) {
    let task = issued(&app, draft("Khám bệnh")).await;
    app.set_time("2023-10-03");
    let report = json!({"state": "in_progress", "result": "Đang làm", "percent": 62.5, "measured_on": "2023-10-03"});
    app.office().post(&format!("tasks/{task}/progress-reports"), report).await.expect(201);
    let claimed = async |query: &str| {
        let answer = app.leader().get(&format!("exports/tasks.csv{query}")).await.expect(200);
        let day = answer.header("content-disposition").to_owned();
        (column(&rows(&answer), "Đã báo cáo (%)"), day.contains("2023-10-02"))
    };
    assert_eq!(claimed("").await, (vec!["62,5".to_owned()], false));
    assert_eq!(claimed("?as_of=2023-10-02").await, (vec![String::new()], true));
}

async fn what_is_no_filter_is_refused(app: TestApp) {
    let leader = app.leader();
    for query in ["limit=1", "cursor=x", "colour=red"] {
        leader.get(&format!("exports/tasks.xlsx?{query}")).await.refused(400, "unknown_parameter");
    }
    leader.get("exports/units.csv?kind=village").await.refused(400, "invalid_parameter");
    leader.get("exports/tasks.csv?lead_unit=hd-so-tu-phap").await.refused(400, "invalid_parameter");
    leader.get("exports/posts.csv").await.refused(404, "not_found");
    leader.get("exports/tasks.pdf").await.refused(404, "not_found");
}

async fn a_page_gives_its_whole_list(app: TestApp) {
    let _ = issued(&app, draft("Khám bệnh")).await;
    let mut other = draft("Rà soát & \"sửa\"");
    other["lead_unit"] = json!("hg-so-tai-chinh");
    let _ = issued(&app, other).await;
    let browser = app.browser_of("leader");
    let page = browser.get("/tasks?unit=hg-so-tai-chinh&q=ra+soat").await.expect(200).text;
    let address = page.split("href=\"/tasks.csv").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
    let file = browser.get(&format!("/tasks.csv{address}")).await.expect(200);
    assert_eq!(column(&rows(&file), "Nhiệm vụ"), ["Rà soát & \"sửa\""]);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"nhiem-vu-2023-10-02.csv\"");
    assert_eq!((file.header("cache-control"), file.header("x-content-type-options")), ("private, no-cache", "nosniff"));
    let book = browser.get("/tasks.xlsx").await.expect(200);
    assert!(book.body.starts_with(b"PK") && book.header("content-type").ends_with("spreadsheetml.sheet"));
    assert_eq!(rows(&browser.get("/tasks.csv?cursor=x").await.expect(200)).len(), 3, "a file has no pages");
    browser.get("/tasks.csv?timeliness=never").await.expect(400);
    let english = app.browser_of("leader");
    english.set_cookie("language", Some("en"));
    assert!(english.get("/tasks").await.expect(200).text.contains("Download the whole list"));
}
