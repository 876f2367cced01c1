//! Pages on which an office records documents, good practices and commendations, and takes back what was
//! wrong.

use serde_json::json;

use super::dissemination_events::conference;
use super::programmes::programme;
use super::resolutions::congress;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    an_office_records_documents,
    an_office_records_what_a_programme_led_to,
    an_office_takes_a_conference_back,
}

async fn an_office_records_documents(app: TestApp) {
    let congress = congress(&app).await;
    let office = app.browser_of("office");
    assert!(office.get("/resolutions").await.expect(200).text.contains("href=\"/resolutions/new\""));
    let _ = office.get("/resolutions/new").await.expect(200);
    let mut typed = vec![
        ("title", "Nghị quyết về chuyển đổi số"),
        ("kind", "thematic"),
        ("issued_on", "tháng 8/2021"),
        ("number", "04-NQ/TU"),
        ("level", "phường"),
        ("issuer", "hg-tinh-uy"),
        ("implements", congress.id()),
        ("key", "k1"),
    ];
    let refused = office.post("/resolutions", &typed).await.expect(422).text;
    assert!(refused.contains("href=\"#level\"") && refused.contains("value=\"tháng 8/2021\""), "{refused}");
    typed[4] = ("level", "province");
    let made = office.post("/resolutions", &typed).await.expect(303);
    let page = office.get(made.header("location")).await.expect(200).text;
    assert!(page.contains("Nghị quyết về chuyển đổi số") && page.contains("04-NQ/TU"), "{page}");
    let resolution = made.header("location").trim_start_matches("/resolutions/").to_owned();
    let said = app.leader().get(&format!("resolutions/{resolution}")).await.expect(200).json;
    assert_eq!(said["relations"][0]["resolution"], congress.id());
    let twice = office.post("/resolutions", &[&typed[..7], &[("key", "k2")]].concat()).await.expect(409).text;
    assert!(twice.contains("role=\"alert\"") && twice.contains("04-NQ/TU"), "{twice}");
    let plan = [
        ("title", "Kế hoạch chuyển đổi số"),
        ("kind", "plan"),
        ("issuer", "hg-ubnd-tinh"),
        ("implements", &resolution),
        ("state", "adopted"),
        ("scope", "term"),
        ("period_from", "2021"),
        ("period_to", "2025"),
        ("key", "k3"),
    ];
    let made = office.post("/programmes", &plan).await.expect(303);
    let page = office.get(made.header("location")).await.expect(200).text;
    assert!(page.contains("2021–2025") && page.contains("Nghị quyết về chuyển đổi số"), "{page}");
    let reversed: Vec<_> = plan.iter().map(|(name, value)| (*name, if *name == "period_to" { "2020" } else { *value })).collect();
    let refused = office.post("/programmes", &reversed[..8]).await.expect(422).text;
    assert!(refused.contains("period_to") && refused.contains("role=\"alert\""), "{refused}");
}

async fn an_office_records_what_a_programme_led_to(app: TestApp) {
    let theme = programme(&app, None, "plan", json!([])).await;
    let office = app.browser_of("office");
    let page = office.get(&format!("/programmes/{}", theme.id())).await.expect(200).text;
    assert!(page.contains(&format!("href=\"/good-practices/new?programme={}\"", theme.id())), "{page}");
    assert!(office.get("/good-practices/new").await.status == 404, "a practice grows from a programme");
    let _ = office.get(&format!("/good-practices/new?programme={}", theme.id())).await.expect(200);
    let practice = [
        ("programme", theme.id()),
        ("title", "Ngày thứ bảy nông thôn mới"),
        ("owner_unit", "hg-so-y-te"),
        ("recurring", "thứ bảy hằng tuần"),
        ("key", "k1"),
    ];
    let made = office.post("/good-practices", &practice).await.expect(303);
    assert_eq!(made.header("location"), format!("/programmes/{}?done=recorded#practices", theme.id()));
    let praise = [
        ("programme", theme.id()),
        ("level", "province"),
        ("form", "certificate_of_merit"),
        ("awarding_unit", "hg-ubnd-tinh"),
        ("collectives", "1.012"),
        ("individuals", "nhiều"),
        ("key", "k2"),
    ];
    let refused = office.post("/commendations", &praise).await.expect(422).text;
    assert!(refused.contains("href=\"#individuals\"") && refused.contains("value=\"nhiều\""), "{refused}");
    let praise = praise.map(|(name, value)| (name, if value == "nhiều" { "14" } else { value }));
    let _ = office.post("/commendations", &praise).await.expect(303);
    let page = office.get(&format!("/programmes/{}?done=recorded", theme.id())).await.expect(200).text;
    for words in ["Đã ghi.", "Ngày thứ bảy nông thôn mới", "thứ bảy hằng tuần", "1012", "14"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let of = |noun: &str| format!("{noun}?programme={}", theme.id());
    for noun in ["good-practices", "commendations"] {
        let id = app.office().get(&of(noun)).await.expect(200).json["items"][0]["id"].as_str().unwrap().to_owned();
        assert!(page.contains(&format!("href=\"/{noun}/{id}/voiding\"")), "{page}");
        let _ = office.get(&format!("/{noun}/{id}/voiding")).await.expect(200);
        assert!(office.post(&format!("/{noun}/{id}/voiding"), &[("reason", "")]).await.expect(422).text.contains("reason-fault"));
        let back = office.post(&format!("/{noun}/{id}/voiding"), &[("reason", "Ghi trùng")]).await.expect(303);
        assert_eq!(back.header("location"), format!("/programmes/{}?done=voided#content", theme.id()));
        assert_eq!(app.office().get(&of(noun)).await.expect(200).json["items"], json!([]));
    }
}

async fn an_office_takes_a_conference_back(app: TestApp) {
    let resolution = congress(&app).await;
    let event = app.office().post("dissemination-events", conference(&resolution)).await.expect(201);
    let office = app.browser_of("office");
    let address = format!("/dissemination-events/{}", event.id());
    assert!(office.get(&address).await.expect(200).text.contains(&format!("href=\"{address}/voiding\"")));
    let _ = office.get(&format!("{address}/voiding")).await.expect(200);
    let back = office.post(&format!("{address}/voiding"), &[("reason", "Ghi trùng")]).await.expect(303);
    let page = office.get(back.header("location").trim_end_matches("#content")).await.expect(200).text;
    assert!(page.contains("Đã bỏ hội nghị này") && page.contains("Ghi trùng"), "{page}");
}
