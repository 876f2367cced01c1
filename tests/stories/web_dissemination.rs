//! Pages of conferences, and of programmes with what they led to.

use serde_json::json;

use super::dissemination_events::conference;
use super::programmes::programme;
use super::resolutions::{congress, with};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    the_office_logs_a_conference_and_its_essays,
    a_leader_sees_who_has_studied_it,
    a_programme_shows_what_it_led_to,
}

async fn the_office_logs_a_conference_and_its_essays(app: TestApp) {
    let resolution = congress(&app).await;
    let plan = programme(&app, None, "plan", json!([])).await;
    app.office().change(&format!("programmes/{}", plan.id()), json!({"dissemination_rules": ["in_person"]})).await.expect(200);
    let browser = app.browser_of("office");
    let list = browser.get(&format!("/resolutions/{}/dissemination", resolution.id())).await.expect(200).text;
    assert!(list.contains("Chưa ghi nhận hội nghị nào") && list.contains("/dissemination-events/new?resolution="), "{list}");
    let form = browser.get(&format!("/dissemination-events/new?resolution={}", resolution.id())).await.expect(200).text;
    assert!(form.contains(&format!("value=\"{}\" selected", resolution.id())), "{form}");
    let mut typed = vec![
        ("title", "Hội nghị học tập"),
        ("resolution", resolution.id()),
        ("plan", plan.id()),
        ("kind", "study"),
        ("level", "province"),
        ("host", "hg-tinh-uy"),
        ("state", "held"),
        ("formats", "online"),
        ("formats", "live_tv"),
        ("is_first", "true"),
        ("site_count", "336"),
        ("attendance", "hơn 16.000"),
        ("presenters", "Bí thư Tỉnh ủy\nChủ tịch UBND tỉnh"),
        ("handwritten", "true"),
        ("key", "k1"),
    ];
    let refused = browser.post("/dissemination-events", &typed).await.expect(422).text;
    assert!(refused.contains("href=\"#held_on\"") && refused.contains("Bí thư Tỉnh ủy\nChủ tịch UBND tỉnh"), "{refused}");
    typed.push(("held_on", "25/12/2020"));
    let made = browser.post("/dissemination-events", &typed).await.expect(303);
    let again = browser.post("/dissemination-events", &typed).await.expect(303);
    assert_eq!(made.header("location"), again.header("location"), "sent twice, it is logged once");
    let address = made.header("location").trim_end_matches("#content").to_owned();
    let page = browser.get(&address).await.expect(200).text;
    for words in ["Đã ghi nhận hội nghị", "Trực tuyến, Truyền hình trực tiếp (lần đầu tiên)", "336", "hơn 16.000", "Chủ tịch UBND tỉnh"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("Kế hoạch quy định tổ chức trực tiếp."), "a breach of the plan is told");
    essays_are_counted(&app, address.split('?').next().unwrap()).await;
}

async fn essays_are_counted(app: &TestApp, event: &str) {
    let browser = app.browser_of("office");
    assert!(browser.get(event).await.expect(200).text.contains("essays-title"));
    let count =
        |version: &'static str, received: &'static str| [("unit", "hg-so-y-te"), ("received", received), ("version", version), ("key", "")];
    let wrong = browser.post(&format!("{event}/essays"), &count("1", "nhiều")).await.expect(422).text;
    assert!(wrong.contains("value=\"nhiều\"") && wrong.contains("received-fault"), "{wrong}");
    let counted = browser.post(&format!("{event}/essays"), &count("1", "1.042")).await.expect(303);
    let page = browser.get(counted.header("location").trim_end_matches("#content")).await.expect(200).text;
    assert!(page.contains("1042") && page.contains("Đã ghi số bài thu hoạch"), "{page}");
    let stale = browser.post(&format!("{event}/essays"), &count("1", "7")).await.expect(412).text;
    assert!(stale.contains("đã được người khác cập nhật") && stale.contains("value=\"7\""), "{stale}");
    // A reader sees no form.
    let read = app.browser_of("leader").get(event).await.expect(200).text;
    assert!(!read.contains("essays-title") && read.contains("Viết tay"), "{read}");
}

async fn a_leader_sees_who_has_studied_it(app: TestApp) {
    let resolution = congress(&app).await;
    app.office().post("dissemination-events", conference(&resolution)).await.expect(201);
    let browser = app.browser_of("leader");
    let of_resolution = browser.get(&format!("/resolutions/{}", resolution.id())).await.expect(200).text;
    let address = format!("/resolutions/{}/dissemination", resolution.id());
    assert!(of_resolution.contains(&address), "{of_resolution}");
    let page = browser.get(&address).await.expect(200).text;
    assert!(page.contains("hơn 16.000") && page.contains("2 / 6") && !page.contains("/dissemination-events/new"), "{page}");
    let missing = browser.get(&format!("{address}?covered=false")).await.expect(200).text;
    assert!(missing.contains("UBND huyện Vị Thủy") && !missing.contains("/units/hg-huyen-vi-thuy-dang"), "{missing}");
    browser.get("/language?to=en").await.expect(303);
    let english = browser.get(&address).await.expect(200).text;
    assert!(english.contains("more than 16,000") && english.contains("Study of the resolution"), "{english}");
    app.browser_of("outsider").get(&address).await.expect(404);
    browser.get("/resolutions/x/dissemination").await.expect(404);
    browser.get("/dissemination-events/x").await.expect(404);
}

async fn a_programme_shows_what_it_led_to(app: TestApp) {
    let theme = programme(&app, None, "thematic_programme", json!([])).await;
    let said = json!({"theme": "Tận dụng thời kỳ vàng", "decided_by_text": "Ban Thường vụ Tỉnh ủy", "dissemination_rules": ["in_person"]});
    app.office().change(&format!("programmes/{}", theme.id()), said).await.expect(200);
    let practice = json!({"title": "Nghe dân nói", "owner_unit": "hg-tinh-uy", "programme": theme.id(), "recurring": "hằng tháng"});
    app.office().post("good-practices", practice).await.expect(201);
    let praise = json!({
        "programme": theme.id(), "level": "central", "form": "certificate_of_merit", "awarding_text": "Ban Tuyên giáo Trung ương",
        "collectives": 1, "individuals": 2
    });
    app.office().post("commendations", praise.clone()).await.expect(201);
    app.office().post("commendations", with(praise, json!({"level": "province", "collectives": 12, "individuals": 13}))).await.expect(201);
    let address = format!("/programmes/{}", theme.id());
    let page = app.browser_of("leader").get(&address).await.expect(200).text;
    for words in [
        "Tận dụng thời kỳ vàng",
        "Ban Thường vụ Tỉnh ủy",
        "Nghe dân nói",
        "hằng tháng",
        "Ban Tuyên giáo Trung ương",
        "<strong>13</strong>",
        "<strong>15</strong>",
        "Tổ chức trực tiếp",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let _ = app.reporter("hg-so-y-te");
    let own = app.browser_of("r-hg-so-y-te").get(&address).await.expect(200).text;
    assert!(
        own.contains("Chỉ hiển thị mục của đơn vị bạn") && !own.contains("Nghe dân nói") && own.contains("<strong>15</strong>"),
        "{own}"
    );
    app.browser_of("outsider").get(&address).await.expect(404);
}
