//! Indicators on pages: the scoreboard, one of them, and the forms.

use serde_json::json;

use super::indicators::made;
use super::resolutions::congress;
use crate::common::{TestApp, hidden, on_both_databases};

on_both_databases! {
    an_office_adds_one_with_its_target,
    a_unit_tells_a_value_and_the_office_confirms_it,
    what_was_decided_stands_beside_the_numbers,
    an_indicator_is_changed_and_taken_back,
}

async fn an_office_adds_one_with_its_target(app: TestApp) {
    let congress = congress(&app).await;
    let office = app.browser_of("office");
    assert!(office.get("/indicators").await.expect(200).text.contains("Chưa có chỉ tiêu nào."));
    let opened = office.get(&format!("/indicators/new?resolution={}", congress.id())).await.expect(200).text;
    assert!(opened.contains("Mục tiêu, nguyên lời văn bản"), "{opened}");
    let key = hidden(&opened, "key");
    let mut typed = vec![
        ("key", key.as_str()),
        ("resolution", congress.id()),
        ("ordinal", "1"),
        ("name", "GRDP <bình quân>"),
        ("unit", "triệu đồng"),
        ("direction", "increase"),
        ("aggregation", "end"),
        ("from_year", "2021"),
        ("to_year", "2020"),
        ("lead_unit", "hg-so-y-te"),
        ("target_period", "2022"),
        ("target_text", "60-62"),
    ];
    let wrong = office.post("/indicators", &typed).await.expect(422).text;
    assert!(wrong.contains("id=\"to_year-fault\"") && wrong.contains("60-62"), "what was typed stays: {wrong}");
    let key = hidden(&wrong, "key");
    (typed[0], typed[8]) = (("key", key.as_str()), ("to_year", "2025"));
    let sent = office.post("/indicators", &typed).await.expect(303);
    let address = sent.header("location").split('?').next().unwrap().to_owned();
    let page = office.get(&address).await.expect(200).text;
    assert!(page.contains("GRDP &#60;bình quân&#62;") && page.contains("60-62") && page.contains("Hết kỳ mà chưa có số liệu"), "{page}");
}

async fn a_unit_tells_a_value_and_the_office_confirms_it(app: TestApp) {
    let made = made(&app, json!({"targets": [{"period": "2022", "text": "60-62"}]})).await;
    let (office, address) = (app.browser_of("office"), format!("/indicators/{}", made.id()));
    let _ = app.reporter("hg-so-y-te");
    let unit = app.browser_of("r-hg-so-y-te");
    let page = unit.get(&address).await.expect(200).text;
    assert!(page.contains("/values/new") && !page.contains("/targets/new"), "{page}");
    let form = format!("{address}/values/new");
    let key = hidden(&unit.get(&form).await.expect(200).text, "key");
    let wrong = unit.post(&format!("{address}/values"), &[("key", &key), ("period", "quý I"), ("text", "61"), ("stage", "official")]).await;
    let wrong = wrong.expect(422).text;
    assert!(wrong.contains("id=\"period-fault\""), "{wrong}");
    let key = hidden(&wrong, "key");
    let typed = [("key", key.as_str()), ("period", "2022"), ("text", "63,5"), ("stage", "official"), ("source", "Niên giám")];
    let _ = unit.post(&format!("{address}/values"), &typed).await.expect(303);
    let page = unit.get(&address).await.expect(200).text;
    assert!(page.contains("63,5") && page.contains("verdict exceeded") && page.contains("Chờ xác nhận"), "{page}");

    let verification = format!("{address}/values/2022/verification");
    assert!(!page.contains(&verification) && office.get(&address).await.expect(200).text.contains(&verification));
    let form = office.get(&verification).await.expect(200).text;
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let typed = [("key", key.as_str()), ("version", version.as_str()), ("outcome", "verified")];
    let _ = office.post(&verification, &typed).await.expect(303);
    assert!(office.get(&address).await.expect(200).text.contains("Đã xác nhận"));
    office.get(&format!("{address}/values/nay/verification")).await.expect(404);
    let board = app.browser_of("leader").get("/indicators").await.expect(200).text;
    assert!(board.contains("<strong>1/1</strong>") && board.contains("Vượt") && !board.contains("/indicators/new"), "{board}");
}

async fn what_was_decided_stands_beside_the_numbers(app: TestApp) {
    let made = made(&app, json!({"targets": [{"period": "2022", "text": "13,5"}]})).await;
    let value = json!({"text": "13,12", "stage": "official"});
    let _ = app.reporter("hg-so-y-te").put(&format!("indicators/{}/values/2022", made.id()), value).await.expect(201);
    let (office, address) = (app.browser_of("office"), format!("/indicators/{}", made.id()));
    let form = office.get(&format!("{address}/assessments/new")).await.expect(200).text;
    assert!(form.contains("Năm 2022 · Theo số liệu: Không đạt"), "{form}");
    let key = hidden(&form, "key");
    let send = format!("{address}/assessments");
    let wrong = office.post(&send, &[("key", &key), ("period", "2022"), ("verdict", "basically_met")]).await.expect(422).text;
    let key = hidden(&wrong, "key");
    let typed = [("key", key.as_str()), ("period", "2022"), ("verdict", "basically_met"), ("reason", "Xấp xỉ")];
    let _ = office.post(&send, &typed).await.expect(303);
    let page = office.get(&address).await.expect(200).text;
    assert!(page.contains("Cơ bản đạt") && page.contains("theo số liệu: không đạt") && page.contains("Xấp xỉ"), "{page}");
    let board = office.get("/indicators").await.expect(200).text;
    assert!(board.contains("Theo số liệu: không đạt"), "{board}");
    // A target is set anew with a reason.
    let form = office.get(&format!("{address}/targets/new")).await.expect(200).text;
    let key = hidden(&form, "key");
    let typed = [("key", key.as_str()), ("period", "2022"), ("text", "13")];
    let wrong = office.post(&format!("{address}/targets"), &typed).await.expect(422).text;
    let key = hidden(&wrong, "key");
    let typed = [("key", key.as_str()), ("period", "2022"), ("text", "13"), ("reason", "Điều chỉnh")];
    app.pass(1);
    let _ = office.post(&format!("{address}/targets"), &typed).await.expect(303);
    let english = app.leader().get(&format!("indicators/{}", made.id())).in_english().await.expect(200);
    assert_eq!(english.json["targets"][0]["reason"], "Điều chỉnh");
}

async fn an_indicator_is_changed_and_taken_back(app: TestApp) {
    let made = made(&app, json!({"baseline": {"period": "2020", "text": "49,96"}})).await;
    let (office, address) = (app.browser_of("office"), format!("/indicators/{}", made.id()));
    let change = format!("{address}/change");
    let form = office.get(&change).await.expect(200).text;
    assert!(form.contains("49,96") && form.contains("GRDP bình quân đầu người"), "{form}");
    let (key, version) = (hidden(&form, "key"), hidden(&form, "version"));
    let typed = [
        ("key", key.as_str()),
        ("version", version.as_str()),
        ("ordinal", "1"),
        ("name", "GRDP đầu người"),
        ("unit", "triệu đồng"),
        ("direction", "increase"),
        ("aggregation", "end"),
        ("from_year", "2021"),
        ("to_year", "2025"),
        ("lead_unit", "hg-so-y-te"),
    ];
    let _ = office.post(&change, &typed).await.expect(303);
    let seen = app.leader().get(&format!("indicators/{}", made.id())).await.expect(200);
    assert_eq!((&seen.json["name"], &seen.json["baseline"]), (&json!("GRDP đầu người"), &json!(null)), "what was emptied is gone");
    assert_eq!(seen.json["targets"][0]["target"]["text"], "77-80 triệu đồng", "targets stay");
    let voiding = format!("{address}/voiding");
    let key = hidden(&office.get(&voiding).await.expect(200).text, "key");
    let _ = office.post(&voiding, &[("key", &key), ("reason", "Nhập nhầm")]).await.expect(303);
    let page = office.get(&address).await.expect(200).text;
    assert!(page.contains("Đã hủy: Nhập nhầm") && !page.contains(&change), "{page}");
}
