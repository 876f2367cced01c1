//! Good practices and commendations, and what a thematic programme leads to.

use serde_json::{Value, json};

use super::resolutions::{congress, with};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_theme_is_whole,
    a_good_practice_says_how_often,
    commendations_are_counted_by_level,
    what_contradicts_itself_is_refused,
    everybody_sees_their_own,
}

async fn breakthrough(app: &TestApp, resolution: &Response, ordinal: i32) -> Response {
    let draft = json!({"resolution": resolution.id(), "ordinal": ordinal, "title": format!("Đột phá {ordinal}")});
    app.office().post("breakthroughs", draft).await.expect(201)
}

/// The theme of 2022-2023.
async fn theme(app: &TestApp, more: Value) -> Response {
    app.pass(1);
    let draft = json!({
        "title": "Chuyên đề năm 2022-2023", "kind": "thematic_programme", "issuer": "hg-tinh-uy", "scope": "term", "state": "adopted",
        "period": {"from": 2022, "to": 2023}, "theme": "Học tập và làm theo Bác", "decided_by": "hg-tinh-uy",
        "decided_by_text": "Ban Thường vụ Tỉnh ủy"
    });
    app.office().post("programmes", with(draft, more)).await.expect(201)
}

async fn a_theme_is_whole(app: TestApp) {
    let resolution = congress(&app).await;
    let people = breakthrough(&app, &resolution, 1).await;
    let roads = breakthrough(&app, &resolution, 2).await;
    let first = theme(&app, json!({"contributes_to": [{"breakthrough": people.id(), "how": "Các đề án về cán bộ"}]})).await;
    assert_eq!((&first.json["theme"], &first.json["decided_by"]["code"]), (&json!("Học tập và làm theo Bác"), &json!("hg-tinh-uy")));
    assert_eq!(first.json["review_due_on"], "2024-01-01", "two years after the first day of its two years");
    let round = async || {
        let rounds = app.leader().get(&format!("reviews?programme={}", first.id())).await.expect(200).json["items"].clone();
        assert_eq!(rounds.as_array().unwrap().len(), 1);
        rounds[0].clone()
    };
    let planned = round().await;
    assert_eq!((&planned["kind"], &planned["due_on"], &planned["resolution"]), (&json!("thematic"), &json!("2024-01-01"), &Value::Null));
    let contribution = &first.json["contributes_to"][0];
    assert_eq!((&contribution["title"], &contribution["how"]), (&people.json["title"], &json!("Các đề án về cán bộ")));
    let path = format!("programmes/{}", first.id());
    let both = json!({"contributes_to": [{"breakthrough": people.id()}, {"breakthrough": roads.id()}]});
    let changed = app.office().change(&path, both).await.expect(200);
    assert_eq!((changed.json["contributes_to"].as_array().unwrap().len(), &changed.json["theme"]), (2, &first.json["theme"]));
    assert_eq!(app.leader().get(&path).await.expect(200).json["contributes_to"], changed.json["contributes_to"]);
    let cleared = app.office().change(&path, json!({"theme": null, "decided_by": null, "decided_by_text": null})).await.expect(200);
    assert_eq!((&cleared.json["theme"], &cleared.json["decided_by_text"]), (&Value::Null, &Value::Null));
    app.office().change(&path, json!({"period": {"to": 2024}})).await.expect(200);
    assert_eq!((&round().await["due_on"], &round().await["id"]), (&json!("2025-01-01"), &planned["id"]), "what has not begun moves");
    let snapshot = app.office().post(&format!("reviews/{}/snapshots", planned["id"].as_str().unwrap()), json!({})).await.expect(201);
    assert_eq!(snapshot.json["statistics"]["total"]["tasks"]["total"], 0);
    app.outsider().get(&format!("reviews?programme={}", first.id())).await.refused(400, "invalid_parameter");
    let next =
        theme(&app, json!({"period": {"from": 2024, "to": 2025}, "relations": [{"relation": "follows", "programme": first.id()}]})).await;
    assert_eq!(next.json["relations"][0]["programme"], first.id());
    let wrong = [
        (
            json!({"contributes_to": [{"breakthrough": people.id()}, {"breakthrough": people.id()}]}),
            "/contributes_to/1/breakthrough",
            "repeated",
        ),
        (json!({"contributes_to": [{"breakthrough": resolution.id()}]}), "/contributes_to/0/breakthrough", "unknown_record"),
        (json!({"decided_by": "hd-so-tu-phap"}), "/decided_by", "unknown_unit"),
        (json!({"dissemination_rules": ["in_person", "in_person"]}), "/dissemination_rules/1", "repeated"),
        (json!({"theme": ""}), "/theme", "length"),
    ];
    for (patch, pointer, rule) in wrong {
        app.office().change(&path, patch).await.invalid(pointer, rule);
    }
}

fn practice(programme: &Response) -> Value {
    json!({
        "title": "Ngày thứ sáu tuần cuối tháng nghe dân nói", "owner_unit": "hg-huyen-vi-thuy-dang", "programme": programme.id(),
        "recurring": "Ngày thứ sáu tuần cuối tháng", "since": "2022"
    })
}

fn praise(programme: &Response, level: &str, awarding: &str, counts: (i32, i32)) -> Value {
    json!({
        "programme": programme.id(), "level": level, "form": "certificate_of_merit", "awarding_text": awarding,
        "collectives": counts.0, "individuals": counts.1
    })
}

async fn a_good_practice_says_how_often(app: TestApp) {
    let programme = theme(&app, json!({})).await;
    let made = app.office().post("good-practices", practice(&programme)).await.expect(201);
    assert_eq!(
        made.json["recurring"],
        json!({
            "text": "Ngày thứ sáu tuần cuối tháng", "frequency": "monthly", "rule": "FREQ=MONTHLY;BYDAY=-1FR", "fuzzy": true
        })
    );
    assert_eq!((&made.json["since"]["precision"], &made.json["programme"]["id"]), (&json!("year"), &programme.json["id"]));
    let path = format!("good-practices/{}", made.id());
    let changed = app.office().change(&path, json!({"recurring": "khi cần", "description": "Lãnh đạo nghe dân nói."})).await.expect(200);
    assert_eq!((&changed.json["recurring"]["rule"], &changed.json["version"]), (&Value::Null, &json!(2)));
    app.office().patch(&path, json!({"title": "x"})).if_match("\"1\"").await.refused(412, "stale");
    let found =
        app.leader().get(&format!("good-practices?programme={}&owner_unit=hg-huyen-vi-thuy-dang", programme.id())).await.expect(200);
    assert_eq!(found.texts("id"), [made.id()]);
    let voided = app.office().post(&format!("{path}/voiding"), json!({"reason": "Nhập trùng"})).await.expect(200);
    assert_eq!(voided.json["allowed_actions"], json!([]));
    app.office().change(&path, json!({"title": "x"})).await.refused(409, "illegal_state");
    assert_eq!(app.leader().get("good-practices").await.expect(200).json["items"], json!([]));
    assert_eq!(app.leader().get("good-practices?voided=true").await.expect(200).texts("id"), [made.id()]);
}

async fn commendations_are_counted_by_level(app: TestApp) {
    let programme = theme(&app, json!({})).await;
    for (level, awarding, counts) in [
        ("central", "Thủ tướng Chính phủ", (1, 2)),
        ("central", "Ban Tuyên giáo Trung ương", (1, 2)),
        ("province", "Ban Thường vụ Tỉnh ủy", (12, 13)),
    ] {
        app.pass(1);
        app.office().post("commendations", praise(&programme, level, awarding, counts)).await.expect(201);
    }
    let mistake = app.office().post("commendations", praise(&programme, "district", "Nhầm", (9, 9))).await.expect(201);
    app.office().post(&format!("commendations/{}/voiding", mistake.id()), json!({"reason": "Không có thật"})).await.expect(200);
    app.office().post("good-practices", practice(&programme)).await.expect(201);
    let results = app.reporter("hg-so-y-te").get(&format!("programmes/{}/results", programme.id())).await.expect(200).json;
    assert_eq!(
        results,
        json!({
            "programme": programme.id(), "conferences": 0, "good_practices": 1,
            "commendations": {"commendations": 3, "collectives": 14, "individuals": 17},
            "commendations_by_level": [
                {"level": "central", "commendations": 2, "collectives": 2, "individuals": 4},
                {"level": "province", "commendations": 1, "collectives": 12, "individuals": 13},
            ],
        })
    );
    let central = app.leader().get(&format!("commendations?programme={}&level=central", programme.id())).await.expect(200);
    assert_eq!(central.texts("awarding_text"), ["Thủ tướng Chính phủ", "Ban Tuyên giáo Trung ương"]);
    app.outsider().get(&format!("programmes/{}/results", programme.id())).await.refused(404, "not_found");
}

async fn what_contradicts_itself_is_refused(app: TestApp) {
    let programme = theme(&app, json!({})).await;
    let sound = praise(&programme, "province", "Ban Thường vụ Tỉnh ủy", (1, 0));
    let position = app.position();
    let recipient = |more: Value| json!({"recipients": [with(json!({"kind": "collective"}), more)]});
    for (more, pointer, rule) in [
        (json!({"programme": null}), "/resolution", "one_of"),
        (json!({"awarding_text": null}), "/awarding_unit", "required"),
        (json!({"awarding_unit": "hd-so-tu-phap"}), "/awarding_unit", "unknown_unit"),
        (json!({"collectives": -1}), "/collectives", "range"),
        (json!({"recipients": [{"kind": "individual", "words": "Bí thư"}]}), "/individuals", "range"),
        (recipient(json!({})), "/recipients/0/words", "required"),
        (recipient(json!({"unit": "hd-so-tu-phap"})), "/recipients/0/unit", "unknown_unit"),
        (recipient(json!({"words": "x", "name": "Nguyễn Văn A"})), "/recipients/0/name", "unknown_field"),
        (json!({"form": "cup"}), "/form", "unknown_value"),
    ] {
        app.office().post("commendations", with(sound.clone(), more)).await.invalid(pointer, rule);
    }
    for (more, pointer, rule) in [
        (json!({"owner_unit": "hd-so-tu-phap"}), "/owner_unit", "unknown_unit"),
        (json!({"title": ""}), "/title", "length"),
        (json!({"programme": "01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55"}), "/programme", "unknown_record"),
    ] {
        app.office().post("good-practices", with(practice(&programme), more)).await.invalid(pointer, rule);
    }
    assert_eq!(app.position(), position);
}

async fn everybody_sees_their_own(app: TestApp) {
    let programme = theme(&app, json!({})).await;
    let before = app.position();
    let own = app.office().post("good-practices", practice(&programme)).await.expect(201);
    let recipients = json!({"recipients": [{"kind": "collective", "unit": "hg-huyen-vi-thuy-dang"}, {"kind": "individual", "words": "Bí thư Huyện ủy"}]});
    let praised = praise(&programme, "province", "Ban Thường vụ Tỉnh ủy", (1, 1));
    let praised = app.office().post("commendations", with(praised, recipients)).await.expect(201);
    assert_eq!(praised.json["recipients"][0]["unit"]["code"], "hg-huyen-vi-thuy-dang");
    let (own, praised) = (format!("good-practices/{}", own.id()), format!("commendations/{}", praised.id()));
    let changed = app.office().change(&praised, json!({"reason": "Chuyên đề"})).await.expect(200);
    assert_eq!(changed.json["recipients"].as_array().unwrap().len(), 2, "recipients stay");
    let (vi_thuy, y_te) = (app.reporter("hg-huyen-vi-thuy-dang"), app.reporter("hg-so-y-te"));
    for path in [&own, &praised] {
        vi_thuy.get(path).await.expect(200);
        y_te.get(path).await.refused(403, "forbidden");
        app.outsider().get(path).await.refused(404, "not_found");
        vi_thuy.patch(path, json!({"source": "x"})).if_match("*").await.refused(403, "forbidden");
    }
    let heard = vi_thuy.get(&format!("changes?after={before}")).await.expect(200);
    assert_eq!(heard.texts("action"), ["good_practice.created", "commendation.created", "commendation.changed"]);
    for href in heard.texts("href") {
        vi_thuy.get(href).await.expect(200);
    }
    assert_eq!(y_te.get(&format!("changes?after={before}")).await.expect(200).json["items"], json!([]));
    let fixed = json!({"programme": null, "resolution": congress(&app).await.id()});
    app.office().change(&praised, fixed).await.invalid("/resolution", "fixed");
}
