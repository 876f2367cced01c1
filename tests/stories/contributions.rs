//! Units that help with a task file what they did; nothing of the task moves by it.

use serde_json::{Value, json};

use super::dashboards::issued as led;
use super::resolutions::with;
use super::tasks::{decide, draft, drafted, issued, seen};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_helping_unit_files_what_it_did,
    only_units_that_help_file,
    it_speaks_of_work_that_was_given_out,
    it_is_filed_on_a_page,
}

fn done(text: &str) -> Value {
    json!({"result": text, "measured_on": "2023-10-02"})
}

/// A task of Sở Y tế with which Sở Tài chính and Sở Khoa học và Công nghệ help.
async fn helped(app: &TestApp) -> String {
    let helpers = json!({"coordinating_units": ["hg-so-tai-chinh", "hg-so-khoa-hoc-va-cong-nghe"]});
    issued(app, with(draft("Xây dựng kế hoạch"), helpers)).await
}

async fn a_helping_unit_files_what_it_did(app: TestApp) {
    let task = helped(&app).await;
    let path = format!("tasks/{task}/contributions");
    let (finance, before) = (app.reporter("hg-so-tai-chinh"), seen(&app, &task).await);
    let made = finance.post(&path, done("Góp ý phần kinh phí")).key("k1").await.expect(201);
    assert_eq!((&made.json["unit"]["code"], &made.json["on_behalf"]), (&json!("hg-so-tai-chinh"), &json!(false)));
    assert_eq!((&made.json["recorded_by"], &made.json["task"]), (&json!("r-hg-so-tai-chinh"), &json!(task)));
    assert_eq!(finance.post(&path, done("Góp ý phần kinh phí")).key("k1").await.expect(201).id(), made.id());
    // Another one corrects it; the first stays.
    let _ = finance.post(&path, done("Góp ý kinh phí và nhân lực")).await.expect(201);
    let science = with(done("Thẩm định"), json!({"unit": "hg-so-khoa-hoc-va-cong-nghe"}));
    let other = app.office().post(&path, science).await.expect(201);
    assert_eq!(other.json["on_behalf"], true);
    for reader in [&app.reporter("hg-so-y-te"), &finance, &app.leader(), &app.inspector()] {
        assert_eq!(reader.get(&path).await.expect(200).texts("result"), ["Thẩm định", "Góp ý kinh phí và nhân lực", "Góp ý phần kinh phí"]);
    }
    let page = finance.get(&format!("{path}?unit=hg-so-tai-chinh&limit=1")).await.expect(200);
    assert_eq!(page.texts("result"), ["Góp ý kinh phí và nhân lực"]);
    let next = page.json["next"].as_str().unwrap();
    let rest = finance.get(&format!("{path}?unit=hg-so-tai-chinh&limit=1&cursor={next}")).await.expect(200);
    assert_eq!((rest.texts("id"), &rest.json["next"]), (vec![made.id()], &Value::Null));
    let after = seen(&app, &task).await;
    for key in ["version", "lifecycle", "progress", "waiting_reports", "timeliness"] {
        assert_eq!(before[key], after[key], "{key}");
    }
    let feed = app.reporter("hg-so-y-te").get("changes?kind=contribution").await.expect(200);
    assert_eq!((feed.texts("action").len(), &feed.json["items"][0]["subject"]["part_of"]), (3, &json!(task)));
    assert_eq!(feed.json["items"][0]["href"], format!("/api/v1/tasks/{task}/contributions"));
}

async fn only_units_that_help_file(app: TestApp) {
    let task = helped(&app).await;
    let (path, before) = (format!("tasks/{task}/contributions"), app.position());
    app.reporter("hg-so-y-te").post(&path, done("x")).await.refused(403, "forbidden");
    app.reporter("hg-huyen-vi-thuy-dang").post(&path, done("x")).await.refused(403, "forbidden");
    app.reporter("hg-huyen-vi-thuy-dang").get(&path).await.refused(403, "forbidden");
    for reader in [&app.leader(), &app.inspector(), &app.admin()] {
        reader.post(&path, done("x")).await.refused(403, "forbidden");
    }
    app.outsider().post(&path, done("x")).await.refused(404, "not_found");
    app.outsider().get(&path).await.refused(404, "not_found");
    // A unit files for itself alone, an office for those that help.
    let finance = app.reporter("hg-so-tai-chinh");
    finance.post(&path, with(done("x"), json!({"unit": "hg-so-khoa-hoc-va-cong-nghe"}))).await.refused(403, "forbidden");
    let office = app.office();
    office.post(&path, done("x")).await.invalid("/unit", "required");
    office.post(&path, with(done("x"), json!({"unit": "hg-so-y-te"}))).await.invalid("/unit", "not_coordinating");
    office.post(&path, with(done("x"), json!({"unit": "hd-so-tu-phap"}))).await.invalid("/unit", "unknown_unit");
    for (said, pointer, rule) in [
        (json!({"result": ""}), "/result", "length"),
        (json!({"result": "x".repeat(10_241)}), "/result", "length"),
        (json!({"measured_on": "2023-10-03"}), "/measured_on", "future"),
        (json!({"measured_on": "2020-01-01"}), "/measured_on", "before_task"),
        (json!({"percent": 10}), "/percent", "unknown_field"),
    ] {
        finance.post(&path, with(done("x"), said)).await.invalid(pointer, rule);
    }
    finance.get(&format!("{path}?unit=hg-so-la")).await.refused(400, "invalid_parameter");
    assert_eq!(app.position(), before);
}

async fn it_speaks_of_work_that_was_given_out(app: TestApp) {
    let helpers = json!({"coordinating_units": ["hg-so-tai-chinh"]});
    let draft_only = drafted(&app, with(draft("Còn soạn"), helpers.clone())).await;
    let (office, finance) = (app.office(), app.reporter("hg-so-tai-chinh"));
    office.post(&format!("tasks/{draft_only}/contributions"), done("x")).await.refused(409, "illegal_state");
    finance.post(&format!("tasks/{draft_only}/contributions"), done("x")).await.refused(404, "not_found");
    for decision in ["void", "cancel"] {
        let task = issued(&app, with(draft("Việc"), helpers.clone())).await;
        let _ = finance.post(&format!("tasks/{task}/contributions"), done("x")).await.expect(201);
        let _ = decide(&office, &task, decision).await.expect(201);
        finance.post(&format!("tasks/{task}/contributions"), done("x")).await.refused(409, "illegal_state");
        assert_eq!(finance.get(&format!("tasks/{task}/contributions")).await.expect(200).texts("result"), ["x"]);
    }
    let stub = json!({"secrecy": "secret", "lead_unit": "hg-so-y-te", "coordinating_units": ["hg-so-tai-chinh"]});
    let secret = issued(&app, stub).await;
    office.post(&format!("tasks/{secret}/contributions"), done("x")).await.invalid("/result", "secret_stub");
    finance.post(&format!("tasks/{secret}/contributions"), done("x")).await.refused(404, "not_found");
}

async fn it_is_filed_on_a_page(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = (app.reporter("hg-so-tai-chinh"), app.reporter("hg-so-y-te"));
    let task = led(&app, "hg-so-y-te", json!({"coordinating_units": ["hg-so-tai-chinh"]})).await.id().to_owned();
    let browser = app.browser_of("r-hg-so-tai-chinh");
    let path = format!("/tasks/{task}/contributions");
    assert!(browser.get(&format!("/tasks/{task}")).await.expect(200).text.contains(&format!("href=\"{path}\"")));
    let form = browser.get(&path).await.expect(200).text;
    assert!(form.contains("value=\"hg-so-tai-chinh\" selected") && form.contains("value=\"2023-10-02\""), "{form}");
    let typed = [("key", "k"), ("unit", "hg-so-tai-chinh"), ("measured_on", "2023-10-02")];
    assert!(browser.post(&path, &typed).await.expect(422).text.contains("id=\"result-fault\""));
    let sent = browser.post(&path, &[typed[0], typed[1], typed[2], ("result", "Đã góp ý <i>")]).await.expect(303);
    let page = browser.get(sent.header("location").split('#').next().unwrap()).await.expect(200).text;
    assert!(page.contains("Đã ghi kết quả phối hợp.") && page.contains("Đã góp ý &#60;i&#62;"), "{page}");
    let lead = app.browser_of("r-hg-so-y-te");
    let page = lead.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("Đã góp ý") && !page.contains(&format!("href=\"{path}\"")), "{page}");
    lead.post(&path, &[typed[0], ("result", "x"), typed[2]]).await.expect(403);
}
