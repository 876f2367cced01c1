//! Instructions on pages: given on a task's page, answered and closed from a queue.

use serde_json::json;

use super::dashboards::{issued, report};
use crate::common::{TestApp, hidden, on_both_databases};

on_both_databases! {
    a_leader_instructs_a_unit_answers_and_the_leader_closes,
    a_form_says_what_is_wrong_and_keeps_what_was_typed,
    a_proposal_is_answered_or_taken_back,
    an_instruction_asks_about_a_report_and_another_proves_the_answer,
}

/// Ids of an instruction that the office gave for a leader, and of a proposal of the unit.
pub async fn dialogue(app: &TestApp, task: &str) -> [String; 2] {
    let post = app.admin().post("posts", json!({"unit": "hg-tinh-uy", "title": "Phó Bí thư"})).await.expect(201);
    let told = super::instructions::given(&app.office(), json!({"task": task, "text": "Báo cáo rõ", "from_post": post.id()})).await;
    let report = json!({"state": "in_progress", "result": "Đang làm", "measured_on": "2023-10-02", "proposals": ["Bố trí vốn"]});
    let report = app.office().post(&format!("tasks/{task}/progress-reports"), report).await.expect(201);
    [told.id().to_owned(), report.json["proposals"][0]["id"].as_str().unwrap().to_owned()]
}

/// The first address on a page that ends so.
fn address(page: &str, end: &str) -> String {
    let found = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).find(|href| href.ends_with(end));
    found.unwrap_or_else(|| panic!("no address ends in {end}: {page}")).to_owned()
}

async fn a_leader_instructs_a_unit_answers_and_the_leader_closes(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = app.reporter("hg-so-y-te");
    let task = issued(&app, "hg-so-y-te", json!({})).await.id().to_owned();
    let (leader, unit) = (app.browser_of("leader"), app.browser_of("r-hg-so-y-te"));
    let page = leader.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("Cho ý kiến chỉ đạo"), "{page}");
    let form = leader.get(&format!("/tasks/{task}/instructions")).await.expect(200).text;
    assert!(form.contains("value=\"Sở Y tế [hg-so-y-te]\""), "{form}");
    let key = hidden(&form, "key");
    let typed = [("key", key.as_str()), ("to_unit", "Sở Y tế [hg-so-y-te]"), ("text", "Báo cáo rõ <b>"), ("due", "15/10")];
    let sent = leader.post(&format!("/tasks/{task}/instructions"), &typed).await.expect(303);
    // Sent twice, taken once.
    assert_eq!(leader.post(&format!("/tasks/{task}/instructions"), &typed).await.expect(303).header("location"), sent.header("location"));
    let page = leader.get(sent.header("location").split('#').next().unwrap()).await.expect(200).text;
    assert!(page.contains("Đã gửi ý kiến chỉ đạo.") && page.contains("Chờ trả lời") && page.contains("15/10 (15/10/2023)"), "{page}");
    assert_eq!((page.matches("Báo cáo rõ &#60;b&#62;").count(), page.contains("<b>")), (1, false), "{page}");

    let queue = unit.get("/instructions").await.expect(200).text;
    assert!(queue.contains("Chờ trả lời (1)") && !queue.contains("/withdrawal"), "{queue}");
    let answer = address(&queue, "/answer");
    let form = unit.get(&answer).await.expect(200).text;
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let typed = [("key", key.as_str()), ("version", version.as_str())];
    let _ = unit.post(&answer, &[typed[0], typed[1], ("text", "Đã bố trí đủ vốn")]).await.expect(303);
    let queue = unit.get("/instructions?done=answer").await.expect(200).text;
    assert!(queue.contains("Đã gửi trả lời.") && queue.contains("Đang theo dõi (1)"), "{queue}");
    // Somebody slower hears that it has been answered, and what was typed is still there.
    let slow = unit.post(&answer, &[("key", "other"), typed[1], ("text", "Trả lời khác")]).await.expect(412).text;
    assert!(slow.contains("Trả lời khác") && slow.contains("đã được người khác cập nhật"), "{slow}");

    let queue = leader.get("/instructions").await.expect(200).text;
    assert!(queue.contains("chờ kết thúc (1)") && queue.contains("Đã bố trí đủ vốn"), "{queue}");
    let closing = address(&queue, "/closing");
    let form = leader.get(&closing).await.expect(200).text;
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let again = [("key", key.as_str()), ("version", version.as_str()), ("outcome", "reopened")];
    assert!(leader.post(&closing, &again).await.expect(422).text.contains("phải nêu lý do"));
    let _ = leader.post(&closing, &[again[0], again[1], ("outcome", "closed")]).await.expect(303);
    assert!(leader.get("/instructions").await.expect(200).text.contains("Không có ý kiến chỉ đạo nào đang mở."));
    let page = unit.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("Đã kết thúc") && page.contains("Đã bố trí đủ vốn") && !page.contains("Cho ý kiến chỉ đạo"), "{page}");
}

async fn a_form_says_what_is_wrong_and_keeps_what_was_typed(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await.id().to_owned();
    let (office, before) = (app.browser_of("office"), app.position());
    let action = format!("/tasks/{task}/instructions");
    let _ = office.get(&action).await.expect(200);
    let wrong = office.post(&action, &[("key", "k"), ("text", "Thay lãnh đạo"), ("due", "")]).await.expect(422).text;
    assert!(wrong.contains("Thay lãnh đạo") && wrong.contains("id=\"from_post-fault\""), "{wrong}");
    let past = office.post(&action, &[("key", "k"), ("text", "x"), ("due", "01/10/2023")]).await.expect(422).text;
    assert!(past.contains("01/10/2023"), "{past}");
    let resumed = office.post(&action, &[("key", "k"), ("text", "Gõ trước"), ("resumed", "1")]).await.expect(200).text;
    assert!(resumed.contains("Gõ trước") && resumed.contains("Chưa ghi gì."), "{resumed}");
    assert_eq!(app.position(), before);
    let post = app.admin().post("posts", json!({"unit": "hg-tinh-uy", "title": "Phó Bí thư Tỉnh ủy"})).await.expect(201);
    let _ = office.post(&action, &[("key", "k2"), ("text", "Thay lãnh đạo"), ("from_post", post.id())]).await.expect(303);
    let page = office.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains("của Phó Bí thư Tỉnh ủy · ghi thay lãnh đạo") && page.contains("/withdrawal"), "{page}");
    assert!(app.browser_of("outsider").get("/instructions").await.expect(200).text.contains("Không có ý kiến"));
    app.browser_of("outsider").get(&action).await.expect(404);
}

async fn an_instruction_asks_about_a_report_and_another_proves_the_answer(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let asked = report(&app, "hg-so-y-te", &task, json!({"percent": 40})).await;
    let (leader, unit) = (app.browser_of("leader"), app.browser_of("r-hg-so-y-te"));
    let action = format!("/tasks/{}/instructions", task.id());
    let form = leader.get(&action).await.expect(200).text;
    assert!(form.contains(&format!("<option value=\"{}\"", asked.id())) && form.contains("02/10/2023 · 40"), "{form}");
    let _ = leader.post(&action, &[("key", "k"), ("report", asked.id()), ("text", "Vì sao mới 40 %?")]).await.expect(303);
    let proof = report(&app, "hg-so-y-te", &task, json!({"percent": 60})).await;
    let answer = address(&unit.get("/instructions").await.expect(200).text, "/answer");
    let version = hidden(&unit.get(&answer).await.expect(200).text, "version");
    let typed = [("key", "a"), ("version", version.as_str()), ("text", "Đã đạt 60 %"), ("report", proof.id())];
    let _ = unit.post(&answer, &typed).await.expect(303);
    let given = app.leader().get("instructions?state=answered").await.expect(200).json["items"][0].clone();
    assert_eq!((&given["report"], &given["steps"][0]["report"]), (&json!(asked.id()), &json!(proof.id())));
}

async fn a_proposal_is_answered_or_taken_back(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = app.reporter("hg-so-y-te");
    let task = issued(&app, "hg-so-y-te", json!({})).await.id().to_owned();
    let asked =
        json!({"state": "in_progress", "result": "Đang làm", "measured_on": "2023-10-02", "proposals": ["Bố trí vốn", "Thêm người"]});
    let _ = app.reporter("hg-so-y-te").post(&format!("tasks/{task}/progress-reports"), asked).await.expect(201);
    let (office, unit) = (app.browser_of("office"), app.browser_of("r-hg-so-y-te"));
    let queue = office.get("/proposals").await.expect(200).text;
    assert!(queue.contains("Chờ trả lời (2)") && queue.contains("Sở Y tế gửi"), "{queue}");
    let answer = address(&queue, "/answer");
    let form = office.get(&answer).await.expect(200).text;
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let typed = [("key", key.as_str()), ("version", version.as_str()), ("outcome", "declined")];
    assert!(office.post(&answer, &typed).await.expect(422).text.contains("id=\"answer-fault\""));
    let done = office.post(&answer, &[typed[0], typed[1], typed[2], ("answer", "Không có nguồn")]).await.expect(303);
    assert!(office.get(done.header("location")).await.expect(200).text.contains("Đã gửi trả lời."));
    let queue = unit.get("/proposals").await.expect(200).text;
    assert!(queue.contains("Đã gửi, chờ trả lời (1)"), "{queue}");
    let back = address(&queue, "/withdrawal");
    let form = unit.get(&back).await.expect(200).text;
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let _ = unit.post(&back, &[("key", &key), ("version", &version)]).await.expect(303);
    assert!(unit.get("/proposals").await.expect(200).text.contains("Không có kiến nghị nào đang chờ."));
    let page = unit.get(&format!("/tasks/{task}")).await.expect(200).text;
    assert!(page.contains(": Không chấp nhận") && page.contains(": Đã rút"), "{page}");
}
