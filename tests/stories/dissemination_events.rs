//! Conferences: recorded as they were told, judged by their plan, counted for whoever owes one.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::programmes::programme;
use super::resolutions::{congress, with};
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_conference_keeps_its_words,
    what_contradicts_itself_is_refused,
    a_plan_is_heeded_with_warnings,
    essays_are_counted_by_unit,
    a_wrong_conference_is_voided,
    everybody_sees_their_own_part,
    those_who_owe_it_are_covered_or_missing,
    conferences_are_filtered,
}

/// The conference of 25-12-2020 about this resolution.
pub fn conference(resolution: &Response) -> Value {
    json!({
        "title": "Hội nghị học tập, quán triệt Nghị quyết Đại hội XIV của tỉnh", "resolution": resolution.id(), "kind": "study",
        "level": "province", "host": "hg-tinh-uy", "state": "held", "held_on": "25/12/2020", "duration": "1 ngày",
        "formats": ["online", "live_tv"], "is_first": true, "site_count": 336, "attendance": "hơn 16.000 cán bộ, đảng viên",
        "sites": [{"name": "Hội trường Tỉnh ủy", "is_main": true}, {"name": "Điểm cầu Vị Thủy", "unit": "hg-huyen-vi-thuy-dang"}]
    })
}

async fn recorded(app: &TestApp, draft: Value) -> Response {
    app.pass(1);
    app.office().post("dissemination-events", draft).await.expect(201)
}

fn address(event: &Response) -> String {
    format!("dissemination-events/{}", event.id())
}

async fn a_conference_keeps_its_words(app: TestApp) {
    let resolution = congress(&app).await;
    let post = app.admin().post("posts", json!({"unit": "hg-tinh-uy", "title": "Bí thư Tỉnh ủy"})).await.expect(201);
    let presenters = json!([{"post": post.id(), "topic": "Những vấn đề chung"}, {"post_text": "Báo cáo viên Trung ương"}]);
    let made = recorded(&app, with(conference(&resolution), json!({"presenters": presenters}))).await;
    assert_eq!(made.json["attendance"], json!({"text": "hơn 16.000 cán bộ, đảng viên", "count": 16_000, "qualifier": "more_than"}));
    assert_eq!(made.json["held_on"], json!({"text": "25/12/2020", "date": "2020-12-25", "precision": "day"}));
    assert_eq!(made.json["presenters"][0]["post"]["title"], "Bí thư Tỉnh ủy");
    assert_eq!(made.json["presenters"][0]["unit"]["code"], "hg-tinh-uy");
    assert_eq!(made.json["presenters"][1]["post_text"], "Báo cáo viên Trung ương");
    assert_eq!(made.json["sites"][1]["unit"]["code"], "hg-huyen-vi-thuy-dang");
    assert_eq!((&made.json["resolution"]["title"], &made.json["warnings"]), (&resolution.json["title"], &json!([])));
    assert_eq!(made.json["allowed_actions"], json!(["change", "void"]));
    let seen = app.leader().get(made.header("location")).await.expect(200);
    assert_eq!(seen.json["allowed_actions"], json!([]));
    let changed = app.office().change(&address(&made), json!({"attendance": "16.350", "formats": ["in_person"]})).await.expect(200);
    assert_eq!((&changed.json["attendance"]["qualifier"], &changed.json["version"]), (&json!("exactly"), &json!(2)));
    assert_eq!(changed.json["presenters"], made.json["presenters"], "what a patch leaves out stays");
    let event = app.inspector().get("audit?subject_kind=dissemination_event&limit=1").await.expect(200).json["items"][0].clone();
    assert_eq!(
        (&event["action"], &event["before"]["attendance"]),
        (&json!("dissemination_event.changed"), &json!("hơn 16.000 cán bộ, đảng viên"))
    );
    // Sent twice, it is recorded once.
    let twice = with(conference(&resolution), json!({"title": "Hội nghị khác"}));
    let first = app.office().post("dissemination-events", twice.clone()).key("k1").await.expect(201);
    assert_eq!(app.office().post("dissemination-events", twice).key("k1").await.expect(201).id(), first.id());
    app.office().patch(&address(&made), json!({"title": "x"})).await.refused(428, "precondition_required");
    app.office().patch(&address(&made), json!({"title": "x"})).if_match("\"1\"").await.refused(412, "stale");
}

async fn what_contradicts_itself_is_refused(app: TestApp) {
    let resolution = congress(&app).await;
    let made = recorded(&app, conference(&resolution)).await;
    let position = app.position();
    let plan = json!({"title": "x", "kind": "plan", "issuer": "hg-tinh-uy", "scope": "term", "state": "draft"});
    let cases = [
        (json!({"resolution": null}), "/resolution", "one_of"),
        (json!({"resolution": made.id()}), "/resolution", "unknown_record"),
        (json!({"host": null}), "/host", "required"),
        (json!({"host": "hd-so-tu-phap"}), "/host", "unknown_unit"),
        (json!({"held_on": null}), "/held_on", "required"),
        (json!({"held_on": "đầu năm"}), "/held_on", "required"),
        (json!({"held_on": "03/10/2023"}), "/held_on", "future"),
        (json!({"held_to": "2020-12-24"}), "/held_to", "date_order"),
        (json!({"state": "cancelled"}), "/reason", "reason_required"),
        (json!({"formats": ["online", "online"]}), "/formats/1", "repeated"),
        (json!({"formats": ["radio"]}), "/formats/0", "unknown_value"),
        (json!({"sites": [{"name": "A", "is_main": true}, {"name": "B"}, {"name": "C", "is_main": true}]}), "/sites/2/is_main", "repeated"),
        (json!({"sites": [{"name": "A", "unit": "hd-so-tu-phap"}]}), "/sites/0/unit", "unknown_unit"),
        (json!({"presenters": [{"topic": "x"}]}), "/presenters/0", "one_of"),
        (json!({"presenters": [{"post": made.id()}]}), "/presenters/0/post", "unknown_record"),
        (json!({"presenters": [{"name": "Nguyễn Văn A"}]}), "/presenters/0/name", "unknown_field"),
        (json!({"site_count": -1}), "/site_count", "range"),
        (json!({"plan": resolution.id()}), "/plan", "unknown_record"),
        (json!({"essays": {"received": -1}}), "/essays/received", "range"),
    ];
    for (more, pointer, rule) in cases {
        app.office().post("dissemination-events", with(conference(&resolution), more)).await.invalid(pointer, rule);
    }
    assert_eq!(app.position(), position, "nothing is half written");
    let plan = app.office().post("programmes", plan).await.expect(201);
    let elsewhere = json!({"resolution": null, "programme": plan.id()});
    app.office().change(&address(&made), elsewhere).await.invalid("/resolution", "fixed");
}

async fn a_plan_is_heeded_with_warnings(app: TestApp) {
    let resolution = congress(&app).await;
    let plan = programme(&app, None, "plan", json!([{"relation": "implements", "resolution": resolution.id()}])).await;
    let rules = json!({"dissemination_rules": ["not_combined_with_executive_committee", "in_person", "secretary_presents"]});
    let plan = app.office().change(&format!("programmes/{}", plan.id()), rules).await.expect(200);
    assert_eq!(plan.json["dissemination_rules"].as_array().unwrap().len(), 3);
    let draft = json!({
        "plan": plan.id(), "combined_with": "Hội nghị Ban Chấp hành Đảng bộ huyện", "presenters": [{"post_text": "Phó Bí thư"}],
        "essays": {"handwritten": true, "expected": 100, "received": 101}, "site_count": 1
    });
    let codes = |event: &Response| -> Vec<String> {
        event.json["warnings"].as_array().unwrap().iter().map(|w| w["code"].as_str().unwrap().to_owned()).collect()
    };
    let made = recorded(&app, with(conference(&resolution), draft)).await;
    let all = ["combined_with_executive_committee", "not_in_person", "secretary_absent", "essays_beyond_expected", "sites_beyond_count"];
    assert_eq!(codes(&made), all);
    let in_english = app.office().get(&address(&made)).in_english().await.expect(200);
    assert!(in_english.json["warnings"][1]["message"].as_str().unwrap().contains("in person"), "{}", in_english.text);
    let kept = json!({
        "combined_with": null, "formats": ["in_person"], "presenters": [{"post_text": "Bí thư Huyện ủy"}], "site_count": 2,
        "essays": {"received": 100}
    });
    assert!(codes(&app.office().change(&address(&made), kept).await.expect(200)).is_empty());
}

async fn essays_are_counted_by_unit(app: TestApp) {
    let resolution = congress(&app).await;
    let essays = json!({"handwritten": true, "expected": 16_000, "deadline": {"text": "chậm nhất ngày 15/01/2021"}});
    let made = recorded(&app, with(conference(&resolution), json!({"essays": essays}))).await;
    assert_eq!(
        (&made.json["essays"]["deadline"]["end"], &made.json["essays"]["deadline"]["reference_date"]),
        (&json!("2021-01-15"), &json!("2020-12-25"))
    );
    let put =
        async |unit: &str, body: Value, tag: &str| app.office().put(&format!("{}/essays/{unit}", address(&made)), body).if_match(tag).await;
    let counted = put("hg-huyen-vi-thuy-dang", json!({"expected": 45, "received": 46}), made.etag()).await.expect(200);
    assert_eq!(counted.json["essays"]["by_unit"][0]["unit"]["code"], "hg-huyen-vi-thuy-dang");
    assert_eq!(counted.json["warnings"][0]["code"], "essays_beyond_expected", "told, and not refused");
    put("hg-so-y-te", json!({"received": 3}), made.etag()).await.refused(412, "stale");
    let counted = put("hg-so-y-te", json!({"received": 3}), counted.etag()).await.expect(200);
    let counted = put("hg-huyen-vi-thuy-dang", json!({"expected": 45, "received": 40}), counted.etag()).await.expect(200);
    assert_eq!((&counted.json["essays"]["received_by_units"], &counted.json["warnings"]), (&json!(43), &json!([])));
    assert_eq!(counted.json["version"], 4);
    put("hg-so-y-te", json!({}), "*").await.invalid("/received", "required");
    put("hg-khong-co", json!({"received": 3}), "*").await.refused(404, "not_found");
    put("hd-so-tu-phap", json!({"received": 3}), "*").await.refused(404, "not_found");
    // The words of a deadline that stands keep their reading, whatever else changes.
    let moved = app.office().change(&address(&made), json!({"held_on": "26/12/2020", "essays": {"received": 9}})).await.expect(200);
    assert_eq!(moved.json["essays"]["deadline"]["reference_date"], "2020-12-25");
    assert_eq!(app.office().change(&address(&made), json!({"essays": null})).await.expect(200).json["essays"]["expected"], Value::Null);
}

async fn a_wrong_conference_is_voided(app: TestApp) {
    let resolution = congress(&app).await;
    let made = recorded(&app, conference(&resolution)).await;
    let void = format!("{}/voiding", address(&made));
    app.office().post(&void, json!({})).await.invalid("/reason", "required");
    app.leader().post(&void, json!({"reason": "x"})).await.refused(403, "forbidden");
    let voided = app.office().post(&void, json!({"reason": "Nhập trùng"})).await.expect(200);
    assert_eq!((&voided.json["voided"]["reason"], &voided.json["allowed_actions"]), (&json!("Nhập trùng"), &json!([])));
    app.office().post(&void, json!({"reason": "x"})).await.refused(409, "illegal_state");
    app.office().change(&address(&made), json!({"title": "x"})).await.refused(409, "illegal_state");
    app.office()
        .put(&format!("{}/essays/hg-so-y-te", address(&made)), json!({"received": 1}))
        .if_match("*")
        .await
        .refused(409, "illegal_state");
    assert_eq!(app.leader().get("dissemination-events").await.expect(200).json["items"], json!([]));
    assert_eq!(app.leader().get("dissemination-events?voided=true").await.expect(200).texts("id"), [made.id()]);
    let coverage = app.leader().get(&format!("resolutions/{}/dissemination", resolution.id())).await.expect(200);
    assert_eq!(coverage.json["total"]["conferences"], 0);
    let event = app.inspector().get("audit?subject_kind=dissemination_event&limit=1").await.expect(200).json["items"][0].clone();
    assert_eq!((&event["action"], &event["reason"]), (&json!("dissemination_event.voided"), &json!("Nhập trùng")));
}

async fn everybody_sees_their_own_part(app: TestApp) {
    let resolution = congress(&app).await;
    let before = app.position();
    let made = recorded(&app, conference(&resolution)).await;
    let district =
        json!({"title": "Hội nghị huyện", "level": "district", "host": "hg-huyen-chau-thanh-a-dang", "sites": [], "site_count": 1});
    let district = recorded(&app, with(conference(&resolution), district)).await;
    let (vi_thuy, chau_thanh, y_te) =
        (app.reporter("hg-huyen-vi-thuy-dang"), app.reporter("hg-huyen-chau-thanh-a-dang"), app.reporter("hg-so-y-te"));
    assert_eq!(vi_thuy.get("dissemination-events").await.expect(200).texts("id"), [made.id()]);
    assert_eq!(chau_thanh.get("dissemination-events").await.expect(200).texts("id"), [district.id()]);
    assert_eq!(y_te.get("dissemination-events").await.expect(200).json["items"], json!([]));
    vi_thuy.get(&address(&made)).await.expect(200);
    vi_thuy.get(&address(&district)).await.refused(403, "forbidden");
    app.outsider().get(&address(&made)).await.refused(404, "not_found");
    assert_eq!(vi_thuy.get(&format!("changes?after={before}")).await.expect(200).texts("action"), ["dissemination_event.created"]);
    assert_eq!(y_te.get(&format!("changes?after={before}")).await.expect(200).json["items"], json!([]));
    // An office of a district writes for its own committee only.
    let office = app.account_with("vi-thuy", &[(Role::Office, On::Area("hg-huyen-vi-thuy"))]);
    let own = json!({"level": "district", "host": "hg-huyen-vi-thuy-dang", "sites": [], "site_count": null});
    let own = office.post("dissemination-events", with(conference(&resolution), own)).await.expect(201);
    let _ = office.change(&address(&own), json!({"attendance": "gần 300"})).await.expect(200);
    office.post("dissemination-events", conference(&resolution)).await.refused(403, "forbidden");
    office.patch(&address(&made), json!({"title": "x"})).if_match("*").await.refused(403, "forbidden");
    let words = json!({"host": null, "host_text": "Ban Tuyên giáo Trung ương"});
    office.post("dissemination-events", with(conference(&resolution), words.clone())).await.refused(403, "forbidden");
    let _ = app.office().post("dissemination-events", with(conference(&resolution), words)).await.expect(201);
}

async fn those_who_owe_it_are_covered_or_missing(app: TestApp) {
    let resolution = congress(&app).await;
    let made = recorded(&app, conference(&resolution)).await;
    let district = json!({
        "title": "Hội nghị huyện", "level": "district", "host": "hg-huyen-vi-thuy-dang", "held_on": "15/01/2021",
        "sites": [], "site_count": null, "attendance": "gần 300"
    });
    recorded(&app, with(conference(&resolution), district)).await;
    let outside =
        json!({"kind": "congress_results", "host": "hg-huyen-chau-thanh-a-dang", "attendance": "500", "sites": [], "site_count": 1});
    recorded(&app, with(conference(&resolution), outside)).await;
    recorded(&app, with(conference(&resolution), json!({"state": "draft", "host": "hg-ubnd-tinh", "sites": []}))).await;
    let path = format!("resolutions/{}/dissemination", resolution.id());
    let coverage = app.leader().get(&path).await.expect(200).json;
    assert_eq!(
        coverage["total"],
        json!({
            "conferences": 2, "sites": 336, "attendance": {"count": 16_300, "qualifier": "about", "unknown": 0}
        })
    );
    assert_eq!(coverage["by_level"][0]["attendance"]["qualifier"], "more_than", "a sum of more than is more than");
    assert_eq!((&coverage["by_level"][1]["level"], &coverage["by_level"][1]["sites"]), (&json!("district"), &json!(0)));
    assert_eq!(coverage["units"], json!({"owing": 6, "covered": 2, "missing": 4}));
    let line = |code: &str| coverage["items"].as_array().unwrap().iter().find(|line| line["unit"]["code"] == code).unwrap().clone();
    let parts = line("hg-huyen-vi-thuy-dang")["conferences"].as_array().unwrap().iter().map(|c| c["part"].clone()).collect::<Vec<_>>();
    assert_eq!(parts, ["site", "host"]);
    assert_eq!((&line("hg-tinh-uy")["conferences"][0]["id"], &line("hg-tinh-uy")["level"]), (&made.json["id"], &json!("province")));
    assert_eq!(line("hg-huyen-chau-thanh-a-dang")["covered"], false, "people outside the hierarchy are no part of it");
    let missing = app.leader().get(&format!("{path}?covered=false&level=district")).await.expect(200);
    assert_eq!(missing.json["items"].as_array().unwrap().len(), 3);
    // On an earlier day less was done, and pages follow one another.
    let earlier = app.leader().get(&format!("{path}?on=2020-12-31&limit=4")).await.expect(200);
    assert_eq!((&earlier.json["total"]["conferences"], earlier.json["items"].as_array().unwrap().len()), (&json!(1), 4));
    let next = earlier.json["next"].as_str().unwrap();
    let rest = app.leader().get(&format!("{path}?on=2020-12-31&limit=4&cursor={next}")).await.expect(200);
    assert_eq!((rest.json["items"].as_array().unwrap().len(), &rest.json["next"]), (2, &Value::Null));
    app.leader().get(&format!("{path}?on=2023-10-03")).await.refused(400, "invalid_parameter").names("on", "future");
    // Reporters see the sums of the province and the rows of their own units.
    let own = app.reporter("hg-huyen-vi-thuy-dang").get(&path).await.expect(200).json;
    assert_eq!((&own["units"], own["items"].as_array().unwrap().len()), (&coverage["units"], 1));
    app.outsider().get(&path).await.refused(404, "not_found");
}

async fn conferences_are_filtered(app: TestApp) {
    let resolution = congress(&app).await;
    let plan = programme(&app, None, "plan", json!([])).await;
    let study = recorded(&app, conference(&resolution)).await;
    let of_plan = json!({"resolution": null, "programme": plan.id(), "kind": "implementation", "level": "district", "state": "draft"});
    let other = recorded(&app, with(conference(&resolution), of_plan)).await;
    for (query, ids) in [
        (format!("resolution={}", resolution.id()), vec![study.id()]),
        (format!("programme={}", plan.id()), vec![other.id()]),
        ("kind=study&kind=review".into(), vec![study.id()]),
        ("level=district".into(), vec![other.id()]),
        ("state=held".into(), vec![study.id()]),
        ("host=hg-tinh-uy".into(), vec![study.id(), other.id()]),
        ("host=hg-so-y-te".into(), vec![]),
        ("limit=1".into(), vec![study.id()]),
    ] {
        assert_eq!(app.inspector().get(&format!("dissemination-events?{query}")).await.expect(200).texts("id"), ids, "{query}");
    }
    let page = app.inspector().get("dissemination-events?limit=1").await.expect(200);
    let rest = app.inspector().get(&format!("dissemination-events?cursor={}", page.json["next"].as_str().unwrap())).await.expect(200);
    assert_eq!(rest.texts("id"), [other.id()]);
    app.inspector().get(&format!("dissemination-events?resolution={}", plan.id())).await.refused(400, "invalid_parameter");
    app.outsider().get(&format!("dissemination-events?resolution={}", resolution.id())).await.refused(400, "invalid_parameter");
}
