//! Pages on which administrators keep the calendar, groups of units, what must be clear, and
//! reorganisations.

use serde_json::json;

use super::dashboards::issued;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    an_administrator_keeps_the_calendar,
    an_administrator_keeps_groups,
    an_administrator_keeps_the_posts_of_a_unit,
    an_administrator_says_what_must_be_clear,
    an_administrator_records_a_reorganisation,
}

async fn an_administrator_keeps_the_calendar(app: TestApp) {
    app.set_time("2026-03-02");
    let reader = app.browser_of("leader");
    let year = reader.get("/calendar-days").await.expect(200).text;
    assert!(year.contains("Tết Nguyên đán") && year.contains("17/02/2026") && !year.contains("/calendar-days/entry"), "{year}");
    let admin = app.browser_of("admin");
    assert!(admin.get("/calendar-days/entry?day=2026-08-31").await.expect(200).text.contains("value=\"2026-08-31\""));
    let mut typed = vec![("day", "2026-08-31"), ("kind", "day_off"), ("version", "0"), ("key", "k1")];
    let refused = admin.post("/calendar-days", &typed).await.expect(422).text;
    assert!(refused.contains("href=\"#name\"") && refused.contains("id=\"name-fault\""), "{refused}");
    typed.push(("name", "Nghỉ hoán đổi"));
    let done = admin.post("/calendar-days", &typed).await.expect(303);
    assert_eq!(done.header("location"), "/calendar-days?year=2026&done=entered#content");
    let year = admin.get("/calendar-days?year=2026&done=entered").await.expect(200).text;
    assert!(year.contains("Đã ghi.") && year.contains("Nghỉ hoán đổi, nghỉ bù: Nghỉ hoán đổi"), "{year}");
    let entry = admin.get("/calendar-days/entry?day=2026-08-31").await.expect(200).text;
    assert!(entry.contains("name=\"version\" value=\"1\"") && entry.contains("value=\"Nghỉ hoán đổi\""), "{entry}");
    // Somebody who has not seen the entry does not write over it unknowingly.
    let stale = [("day", "2026-08-31"), ("kind", "holiday"), ("name", "Nghỉ"), ("version", "0"), ("key", "k2")];
    let told = admin.post("/calendar-days", &stale).await.expect(412).text;
    assert!(told.contains("đã được người khác cập nhật") && told.contains("name=\"version\" value=\"1\""), "{told}");
    let _ = admin.post("/calendar-days/voiding", &[("day", "2026-08-31"), ("reason", " ")]).await.expect(422);
    let _ = admin.post("/calendar-days/voiding", &[("day", "2026-08-31"), ("reason", "Nhập nhầm")]).await.expect(303);
    let day = app.leader().get("calendar-days/2026-08-31").await.expect(200);
    assert!(day.json["working"] == true && !day.json["entered"]["voided_at"].is_null(), "{}", day.text);
    assert!(admin.get("/calendar-days?year=3000").await.status == 400);
}

async fn an_administrator_keeps_groups(app: TestApp) {
    let admin = app.browser_of("admin");
    let form = admin.get("/unit-groups/new").await.expect(200).text;
    assert!(form.contains("<option value=\"Sở Y tế [hg-so-y-te]\">") && form.contains("<option value=\"hg\""), "{form}");
    assert!(!form.contains("hd-so-tu-phap"), "units of another province are not offered");
    let typed = [
        ("name", "Các sở được giao"),
        ("code", "hg-cac-so"),
        ("root", "hg"),
        ("aliases", "các sở\ncác sở, ngành"),
        ("kinds", "department"),
        ("excluded", "Sở Tài chính [hg-so-tai-chinh]"),
        ("key", "k1"),
    ];
    let nameless: Vec<_> = typed.iter().copied().filter(|(name, _)| *name != "name").collect();
    let refused = admin.post("/unit-groups", &nameless).await.expect(422).text;
    assert!(refused.contains("href=\"#name\"") && refused.contains("value=\"Sở Tài chính [hg-so-tai-chinh]\""), "{refused}");
    let made = admin.post("/unit-groups", &typed).await.expect(303);
    assert_eq!(made.header("location"), "/unit-groups/hg-cac-so?done=saved#content");
    let page = admin.get("/unit-groups/hg-cac-so?done=saved").await.expect(200).text;
    for words in ["Đã ghi.", "các sở; các sở, ngành", "Sở, ban, ngành", "href=\"/units/hg-so-y-te\"", "Sở Tài chính"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("href=\"/units/hg-so-tai-chinh\""), "who is left out is no member");
    let form = admin.get("/unit-groups/hg-cac-so/change").await.expect(200).text;
    assert!(form.contains("value=\"department\" checked") && form.contains("value=\"Sở Tài chính [hg-so-tai-chinh]\""), "{form}");
    let change = [("name", "Các sở"), ("kinds", "department"), ("version", "1"), ("key", "k2")];
    let _ = admin.post("/unit-groups/hg-cac-so", &change).await.expect(303);
    let group = app.leader().get("unit-groups/hg-cac-so").await.expect(200).json;
    assert_eq!((&group["name"], &group["aliases"], &group["excluded"]), (&json!("Các sở"), &json!([]), &json!([])));
    let _ = admin.post("/unit-groups/hg-cac-so", &change).await.expect(303);
    let stale = [("name", "Sở"), ("kinds", "department"), ("version", "1"), ("key", "k3")];
    assert!(admin.post("/unit-groups/hg-cac-so", &stale).await.expect(412).text.contains("name=\"version\" value=\"2\""));
    let _ = admin.post("/unit-groups/hg-cac-so/voiding", &[("reason", "Lập trùng")]).await.expect(303);
    let page = app.browser_of("leader").get("/unit-groups/hg-cac-so").await.expect(200).text;
    assert!(page.contains("Lập trùng") && !page.contains("/change"), "{page}");
    assert!(app.browser_of("outsider").get("/unit-groups/hg-cac-so").await.status == 404);
}

async fn an_administrator_keeps_the_posts_of_a_unit(app: TestApp) {
    app.set_time("2023-10-02");
    let admin = app.browser_of("admin");
    assert!(admin.get("/units/hg-so-y-te").await.expect(200).text.contains("href=\"/units/hg-so-y-te/posts/new\""));
    let _ = admin.get("/units/hg-so-y-te/posts/new").await.expect(200);
    let holders = "Trần Thị B; 1/1/2019; 13/10/2020\nNguyễn Văn A; 14/10/2020";
    let typed = [("title", "Giám đốc"), ("holders", "Nguyễn Văn A; hôm qua"), ("key", "k1")];
    let refused = admin.post("/units/hg-so-y-te/posts", &typed).await.expect(422).text;
    assert!(refused.contains("href=\"#holders\"") && refused.contains("Nguyễn Văn A; hôm qua"), "{refused}");
    let made = admin.post("/units/hg-so-y-te/posts", &[typed[0], ("holders", holders), typed[2]]).await.expect(303);
    assert_eq!(made.header("location"), "/units/hg-so-y-te#posts");
    let page = app.browser_of("leader").get("/units/hg-so-y-te").await.expect(200).text;
    assert!(page.contains("Nguyễn Văn A (từ 14/10/2020)") && !page.contains("Trần Thị B"), "who holds it today: {page}");
    assert!(!page.contains("/posts/new"));
    let post = app.leader().get("posts?unit=hg-so-y-te").await.expect(200).json["items"][0].clone();
    let address = format!("/posts/{}", post["id"].as_str().unwrap());
    let form = admin.get(&address).await.expect(200).text;
    assert!(form.contains("Trần Thị B; 01/01/2019; 13/10/2020\nNguyễn Văn A; 14/10/2020"), "{form}");
    let _ = admin.post(&address, &[("title", "Giám đốc Sở"), ("holders", holders), ("version", "1"), ("key", "k2")]).await.expect(303);
    let _ = admin.post(&address, &[("title", ""), ("holders", holders), ("version", "2"), ("key", "k3")]).await.expect(422);
    let after = app.leader().get("posts?unit=hg-so-y-te").await.expect(200).json["items"][0].clone();
    assert_eq!((&after["title"], &after["holders"]), (&json!("Giám đốc Sở"), &post["holders"]));
}

async fn an_administrator_says_what_must_be_clear(app: TestApp) {
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    assert!(!app.browser_of("leader").get("/six-clears").await.expect(200).text.contains("required-clears"));
    let admin = app.browser_of("admin");
    assert!(admin.get("/six-clears").await.expect(200).text.contains("href=\"/areas/hg/required-clears\""));
    assert!(admin.get("/areas/hg/required-clears").await.expect(200).text.contains("name=\"version\" value=\"0\""));
    let typed = [("required", "when"), ("required", "product"), ("version", "0"), ("key", "k1")];
    let _ = admin.post("/areas/hg/required-clears", &typed).await.expect(303);
    let form = admin.get("/areas/hg/required-clears").await.expect(200).text;
    assert!(form.contains("value=\"product\" checked") && !form.contains("value=\"who\" checked"), "{form}");
    let set = app.leader().get("areas/hg/required-clears").await.expect(200).json;
    assert_eq!(set["required"], json!(["when", "product"]));
    let none = [("version", "1"), ("key", "k2")];
    let _ = admin.post("/areas/hg/required-clears", &none).await.expect(303);
    assert_eq!(app.leader().get("areas/hg/required-clears").await.expect(200).json["required"], json!([]));
}

async fn an_administrator_records_a_reorganisation(app: TestApp) {
    app.set_time("2023-10-02");
    let task = issued(&app, "hg-so-tai-chinh", json!({"title": "Việc dở"})).await;
    let admin = app.browser_of("admin");
    let form = admin.get("/unit-events/new").await.expect(200).text;
    assert!(form.contains("Sở Tài chính [hg-so-tai-chinh]") && form.contains("name=\"step\" value=\"check\""), "{form}");
    assert!(!form.contains("name=\"step\" value=\"send\""), "what it does is looked at first");
    let areas = admin.get("/unit-events/new?of=area").await.expect(200).text;
    assert!(areas.contains("[hg-huyen-vi-thuy]") && !areas.contains("value=\"transfer\""), "{areas}");
    let mut typed = vec![
        ("of", "unit"),
        ("kind", "dissolve"),
        ("effective_on", "2023-10-01"),
        ("from", "Sở Tài chính [hg-so-tai-chinh]"),
        ("from", ""),
        ("legal_basis", "Nghị quyết sắp xếp"),
        ("key", "k1"),
    ];
    let told = admin.post("/unit-events", &typed).await.expect(200).text;
    assert!(told.contains("Sở Tài chính: 1 nhiệm vụ chưa biết giao cho ai"), "{told}");
    let mut sent = typed.clone();
    sent.push(("step", "send"));
    let refused = admin.post("/unit-events", &sent).await.expect(422).text;
    assert!(refused.contains("role=\"alert\""), "{refused}");
    assert!(admin.get("/unit-events").await.expect(200).text.contains("Chưa có sự kiện nào"), "nothing was recorded");
    typed.push(("handover", "UBND tỉnh [hg-ubnd-tinh]"));
    let told = admin.post("/unit-events", &typed).await.expect(200).text;
    assert!(told.contains("Sở Tài chính: 1 nhiệm vụ chuyển sang UBND tỉnh") && told.contains("name=\"step\" value=\"send\""), "{told}");
    typed.push(("step", "send"));
    let done = admin.post("/unit-events", &typed).await.expect(303);
    assert_eq!(done.header("location"), admin.post("/unit-events", &typed).await.expect(303).header("location"), "recorded once");
    let page = admin.get("/unit-events?done=recorded").await.expect(200).text;
    assert!(page.contains("Đã ghi.") && page.contains("Giải thể, kết thúc") && page.contains("UBND tỉnh Hậu Giang: 1"), "{page}");
    let answers = app.leader().get(&format!("tasks/{}/responsible", task.id())).await.expect(200).json;
    assert_eq!(answers["responsible_unit"]["code"], "hg-ubnd-tinh");
    let event = app.leader().get("unit-events").await.expect(200).json["items"][0]["id"].as_str().unwrap().to_owned();
    let form = admin.get(&format!("/unit-events/{event}/voiding")).await.expect(200).text;
    assert!(form.contains("Nghị quyết sắp xếp"), "{form}");
    let _ = admin.post(&format!("/unit-events/{event}/voiding"), &[("reason", "Ghi nhầm")]).await.expect(303);
    let answers = app.leader().get(&format!("tasks/{}/responsible", task.id())).await.expect(200).json;
    assert_eq!(answers["responsible_unit"]["code"], "hg-so-tai-chinh");
}
