//! Indicators of documents, and their targets in words.

use serde_json::{Value, json};

use super::resolutions::{congress, with};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    an_indicator_keeps_the_words_of_its_targets,
    targets_change_with_a_reason_and_stay_on_record,
    an_indicator_must_make_sense,
    sub_indicators_stand_one_level_below,
    what_is_void_stays_readable,
    words_are_read_before_anything_is_saved,
    other_systems_follow_them,
}

/// An indicator of a resolution, with its target of the last year.
pub fn indicator(resolution: &str, ordinal: i32, more: Value) -> Value {
    let base = json!({
        "resolution": resolution, "ordinal": ordinal, "name": "GRDP bình quân đầu người", "unit": "triệu đồng", "direction": "increase",
        "aggregation": "end", "from_year": 2021, "to_year": 2025, "targets": [{"period": "2025", "text": "77-80 triệu đồng"}]
    });
    with(base, more)
}

/// The congress resolution, and an indicator of it that Sở Y tế reports on.
pub async fn made(app: &TestApp, more: Value) -> Response {
    let congress = congress(app).await;
    let more = with(json!({"lead_unit": "hg-so-y-te"}), more);
    app.office().post("indicators", indicator(congress.id(), 1, more)).await.expect(201)
}

async fn an_indicator_keeps_the_words_of_its_targets(app: TestApp) {
    let congress = congress(&app).await;
    let draft =
        indicator(congress.id(), 3, json!({"label": "3a", "lead_unit": "hg-so-y-te", "baseline": {"period": "2020", "text": "49,96"}}));
    let made = app.office().post("indicators", draft.clone()).key("k").await.expect(201);
    assert_eq!(app.office().post("indicators", draft).key("k").await.expect(201).id(), made.id(), "sent twice, made once");
    let target = &made.json["targets"][0];
    assert_eq!((&target["target"]["text"], &target["target"]["kind"]), (&json!("77-80 triệu đồng"), &json!("range")));
    assert_eq!((&target["target"]["low"], &target["target"]["high"]), (&json!("77"), &json!("80")));
    assert_eq!((&made.json["role"], &made.json["lead_unit"]["code"]), (&json!("main"), &json!("hg-so-y-te")));
    assert_eq!(made.json["allowed_actions"], json!(["change", "void"]));
    let path = format!("indicators/{}", made.id());
    for reader in [app.leader(), app.inspector(), app.reporter("hg-so-tai-chinh")] {
        let seen = reader.get(&path).await.expect(200);
        assert_eq!((&seen.json["label"], &seen.json["allowed_actions"]), (&json!("3a"), &json!([])));
    }
    app.outsider().get(&path).await.refused(404, "not_found");
    let listed = app.leader().get(&format!("indicators?resolution={}&unit=hg-so-y-te", congress.id())).await.expect(200);
    assert_eq!(listed.texts("id"), [made.id()]);
    assert!(app.leader().get("indicators?unit=hg-so-tai-chinh").await.expect(200).texts("id").is_empty());
    app.outsider().get(&format!("indicators?resolution={}", congress.id())).await.refused(400, "invalid_parameter");
    // What cannot be read is kept, flagged and never judged.
    let odd = json!({"targets": [{"period": "2025", "text": "5 xã năm 2021, 6 xã năm 2022"}]});
    let odd = app.office().post("indicators", indicator(congress.id(), 4, odd)).await.expect(201);
    assert_eq!(odd.json["targets"][0]["target"]["kind"], "unreadable");
    let judged = app.leader().get(&format!("indicators/{}/assessments", odd.id())).await.expect(200);
    assert_eq!(judged.json["items"][0]["computed"]["cause"], "target_unreadable");
    assert_eq!(judged.json["items"][0]["verdict"], "not_assessable");
}

async fn targets_change_with_a_reason_and_stay_on_record(app: TestApp) {
    let made = made(&app, json!({})).await;
    let (office, path) = (app.office(), format!("indicators/{}", made.id()));
    let target = format!("{path}/targets/2025");
    let set = |body: Value| office.put(&target, body).if_match("*");
    office.put(&target, json!({"text": "82"})).await.refused(428, "precondition_required");
    set(json!({"text": "82"})).await.invalid("/reason", "reason_required");
    app.pass(1);
    let changed = set(json!({"text": "82", "reason": "Theo kết luận sơ kết"})).await.expect(200);
    assert_eq!(changed.json["targets"][0]["target"]["text"], "82");
    let before = app.position();
    let again = set(json!({"text": "82"})).await.expect(200);
    assert_eq!((again.json["targets"].as_array().unwrap().len(), app.position()), (1, before), "said again it changes nothing");
    // Another authority's stands beside, and needs no reason: none of its stood before.
    let both = set(json!({"text": "Trên 85", "authority": "Chính phủ"})).await.expect(200);
    let authorities: Vec<&Value> = both.json["targets"].as_array().unwrap().iter().map(|target| &target["authority"]).collect();
    assert_eq!(authorities, [&Value::Null, &json!("Chính phủ")]);
    office.put(&format!("{path}/targets/2026"), json!({"text": "90"})).if_match("*").await.invalid("/period", "period_outside");
    office.put(&format!("{path}/targets/2025Q9"), json!({"text": "90"})).if_match("*").await.refused(404, "not_found");
    // A patch of the indicator does not reach them.
    office.change(&path, json!({"targets": [{"period": "2025", "text": "1"}]})).await.invalid("/targets", "fixed");
    let audit = app.inspector().get(&format!("audit?subject={}", made.id())).await.expect(200);
    assert!(audit.texts("action").contains(&"indicator.target_set"), "{}", audit.text);
}

async fn an_indicator_must_make_sense(app: TestApp) {
    let congress = congress(&app).await;
    let (office, before) = (app.office(), app.position());
    let draft = |more: Value| indicator(congress.id(), 1, more);
    for (said, pointer, rule) in [
        (json!({"to_year": 2020}), "/to_year", "range"),
        (json!({"history_from": 2022}), "/history_from", "range"),
        (json!({"baseline": {"period": "2021", "text": "1"}}), "/baseline/period", "after_path"),
        (json!({"baseline": {"period": "năm 2020", "text": "1"}}), "/baseline/period", "period_or_span"),
        (json!({"role": "sub"}), "/role", "not_here"),
        (json!({"parent": app.unit("hg-so-y-te")}), "/parent", "unknown_record"),
        (json!({"lead_unit": "hd-so-tu-phap"}), "/lead_unit", "unknown_unit"),
        (json!({"objective": app.unit("hg-so-y-te")}), "/objective", "unknown_record"),
        (json!({"targets": [{"period": "2030", "text": "1"}]}), "/targets/0/period", "period_outside"),
        (json!({"targets": [{"period": "2025", "text": "1"}, {"period": "2025", "text": "2"}]}), "/targets/1", "repeated"),
        (json!({"direction": "sideways"}), "/direction", "unknown_value"),
        (json!({"name": ""}), "/name", "length"),
        (json!({"verdict": "met"}), "/verdict", "unknown_field"),
    ] {
        office.post("indicators", draft(said)).await.invalid(pointer, rule);
    }
    office.post("indicators", draft(json!({"programme": congress.id()}))).await.invalid("/resolution", "one_of");
    app.reporter("hg-so-y-te").post("indicators", draft(json!({}))).await.refused(403, "forbidden");
    assert_eq!(app.position(), before);
    let _ = office.post("indicators", draft(json!({}))).await.expect(201);
    office.post("indicators", draft(json!({}))).await.refused(409, "duplicate");
}

async fn sub_indicators_stand_one_level_below(app: TestApp) {
    let main = made(&app, json!({})).await;
    let (office, resolution) = (app.office(), main.json["resolution"]["id"].as_str().unwrap());
    let sub = office.post("indicators", indicator(resolution, 2, json!({"parent": main.id(), "targets": []}))).await.expect(201);
    assert_eq!(sub.json["role"], "sub");
    office.post("indicators", indicator(resolution, 3, json!({"parent": sub.id()}))).await.invalid("/parent", "unknown_record");
    let path = format!("indicators/{}", main.id());
    office.change(&path, json!({"parent": sub.id(), "role": "sub"})).await.invalid("/parent", "unknown_record");
    let wrong = json!({"reason": "Nhập nhầm"});
    office.post(&format!("{path}/voiding"), wrong.clone()).await.invalid("", "has_parts");
    let _ = office.post(&format!("indicators/{}/voiding", sub.id()), wrong.clone()).await.expect(200);
    let _ = office.post(&format!("{path}/voiding"), wrong).await.expect(200);
}

async fn what_is_void_stays_readable(app: TestApp) {
    let made = made(&app, json!({})).await;
    let (office, path) = (app.office(), format!("indicators/{}", made.id()));
    let changed = office.change(&path, json!({"name": "GRDP bình quân"})).await.expect(200);
    assert_eq!((&changed.json["name"], &changed.json["version"]), (&json!("GRDP bình quân"), &json!(2)));
    office.patch(&path, json!({"name": "x"})).if_match(made.etag()).await.refused(412, "stale");
    let void = office.post(&format!("{path}/voiding"), json!({"reason": "Trùng"})).await.expect(200);
    assert_eq!((&void.json["voided"]["reason"], &void.json["allowed_actions"]), (&json!("Trùng"), &json!([])));
    office.change(&path, json!({"name": "x"})).await.refused(409, "illegal_state");
    office.put(&format!("{path}/targets/2025"), json!({"text": "1"})).if_match("*").await.refused(409, "illegal_state");
    office.put(&format!("{path}/values/2022"), json!({"text": "1", "stage": "official"})).await.refused(409, "illegal_state");
    assert!(app.leader().get("indicators").await.expect(200).texts("id").is_empty());
    assert_eq!(app.leader().get("indicators?voided=true").await.expect(200).texts("id"), [made.id()]);
    // Its place is free.
    let resolution = made.json["resolution"]["id"].as_str().unwrap();
    let _ = office.post("indicators", indicator(resolution, 1, json!({}))).await.expect(201);
}

async fn words_are_read_before_anything_is_saved(app: TestApp) {
    let (reporter, before) = (app.reporter("hg-so-y-te"), app.position());
    let ask = |body: Value| reporter.post("targets/assess", body);
    let said = |target: &str, direction: &str, actual: &str| json!({"target_text": target, "unit": "%", "direction": direction, "actual_text": actual});
    for (question, kind, verdict) in [
        (said("6,5-7", "increase", "7,02"), "range", "exceeded"),
        (said("trên 80%", "increase", "80"), "floor", "met"),
        (said("Dưới 3", "decrease", "Xuất siêu"), "ceiling", "exceeded"),
        (said("nhóm 30 tỉnh đầu", "rank", "38"), "rank", "not_met"),
        (said("2,0-2,1", "range", "2,2"), "range", "not_met"),
        (said("0 hộ nghèo", "decrease", "0"), "number", "met"),
        (said("Cơ bản ổn định", "increase", "5"), "qualitative", "not_assessable"),
        (said("1,2,3", "increase", "5"), "unreadable", "not_assessable"),
        (json!({"target_text": "70 %", "direction": "increase"}), "number", "not_yet_due"),
    ] {
        let read = ask(question.clone()).await.expect(200);
        assert_eq!((&read.json["target"]["kind"], &read.json["verdict"]), (&json!(kind), &json!(verdict)), "{question}");
    }
    let thousand = json!({"target_text": "75 nghìn người", "unit": "người", "direction": "increase", "actual_text": "80.000"});
    let read = ask(thousand).await.expect(200);
    assert_eq!((&read.json["target"]["low"], &read.json["actual"]["low"]), (&json!("75000"), &json!("80000")));
    let improve = json!({"target_text": "Năm sau cao hơn năm trước", "direction": "rank", "actual_text": "9", "before_text": "12"});
    assert_eq!(ask(improve).await.expect(200).json["verdict"], "met");
    ask(json!({"target_text": "", "direction": "up"})).await.names("/direction", "unknown_value");
    ask(json!({"target_text": "", "direction": "increase"})).await.invalid("/target_text", "length");
    ask(json!({"direction": "increase"})).await.invalid("/target_text", "required");
    assert_eq!(app.position(), before);
}

async fn other_systems_follow_them(app: TestApp) {
    let made = made(&app, json!({})).await;
    let feed = app.reporter("hg-so-tai-chinh").get("changes?kind=indicator").await.expect(200);
    assert_eq!(feed.texts("action"), ["indicator.created"]);
    assert_eq!(feed.json["items"][0]["href"], format!("/api/v1/indicators/{}", made.id()));
    assert!(app.outsider().get("changes?kind=indicator").await.expect(200).texts("action").is_empty());
}
