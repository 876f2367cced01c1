//! Work given to all districts at once: one whole, a part for each, and one more for a district born later.

use std::collections::BTreeSet;

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::imports::{problems, send};
use super::resolutions::with;
use super::tasks::{decide, seen};
use super::unit_groups::{districts, grouped};
use crate::common::world::{MONITORING, On};
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_group_is_given_one_whole_and_a_part_for_each,
    issuing_the_whole_issues_its_parts,
    a_group_without_members_that_day_is_refused,
    a_unit_born_later_is_given_its_part,
    who_answers_for_a_part_already_is_given_no_other,
    a_whole_that_was_given_to_a_group_stays_so,
    an_annex_may_name_the_group,
    a_name_is_never_guessed,
}

/// Given to all districts; Văn phòng Tỉnh ủy verifies.
fn order() -> Value {
    json!({
        "title": "Xây dựng kế hoạch thực hiện", "lead_group": "hg-cac-huyen", "monitoring_unit": MONITORING, "deliverable": "Kế hoạch",
        "deadline": {"text": "chậm nhất ngày 31/12/2023", "reference_date": "2023-10-02"}
    })
}

async fn ordered(app: &TestApp) -> Response {
    app.office().post("tasks", order()).await.expect(201)
}

/// The parts of a whole, as the office sees them.
async fn parts(app: &TestApp, whole: &str) -> Vec<Value> {
    app.office().get(&format!("tasks?parent={whole}")).await.expect(200).json["items"].as_array().unwrap().clone()
}

fn leads(parts: &[Value]) -> BTreeSet<&str> {
    parts.iter().map(|part| part["lead_unit"]["code"].as_str().unwrap()).collect()
}

fn both() -> BTreeSet<&'static str> {
    BTreeSet::from(["hg-huyen-chau-thanh-a-ubnd", "hg-huyen-vi-thuy-ubnd"])
}

async fn a_group_is_given_one_whole_and_a_part_for_each(app: TestApp) {
    let group = grouped(&app, districts()).await;
    let whole = ordered(&app).await;
    assert_eq!((&whole.json["lead_unit"]["code"], &whole.json["unit_group"]["id"]), (&json!(MONITORING), &json!(group)));
    let made = parts(&app, whole.id()).await;
    assert_eq!(leads(&made), both());
    for part in &made {
        for same in ["title", "deliverable", "deadline", "due_on", "monitoring_unit"] {
            assert_eq!(part[same], whole.json[same], "{same}");
        }
        assert_eq!((&part["lifecycle"], &part["unit_group"]), (&json!("draft"), &Value::Null));
    }
    // Another unit may coordinate; the list finds wholes and parts by their group.
    let named = app.office().post("tasks", with(order(), json!({"lead_unit": "hg-so-y-te"}))).await.expect(201);
    assert_eq!(named.json["lead_unit"]["code"], "hg-so-y-te");
    for name in [group.as_str(), "hg-cac-huyen"] {
        assert_eq!(app.office().get(&format!("tasks?unit_group={name}")).await.expect(200).texts("id").len(), 6);
    }
    let one = app.office().get(&format!("tasks?unit_group={group}&lead_unit=hg-huyen-vi-thuy-ubnd")).await.expect(200);
    assert_eq!(one.texts("id").len(), 2);
    app.office().get("tasks?unit_group=hg-nhom-la").await.refused(400, "invalid_parameter");
    app.outsider().get(&format!("tasks?unit_group={group}")).await.refused(400, "invalid_parameter");
}

async fn issuing_the_whole_issues_its_parts(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let whole = ordered(&app).await.id().to_owned();
    let before = app.position();
    let _ = decide(&app.office(), &whole, "issue").await.expect(201);
    assert_eq!(app.position(), before + 3, "each is told of in the journal");
    let issued = parts(&app, &whole).await;
    assert!(issued.iter().all(|part| part["lifecycle"] == "not_started"));
    let now = seen(&app, &whole).await;
    assert_eq!((&now["parts"]["total"], &now["parts"]["open_in_time"]), (&json!(2), &json!(2)));
    // Reports are logged on the parts; the whole is their sum.
    let report = json!({"state": "in_progress", "result": "Đang làm", "percent": 50, "measured_on": "2023-10-02"});
    app.office().post(&format!("tasks/{whole}/progress-reports"), report.clone()).await.refused(409, "illegal_state");
    let part = issued.iter().find(|part| part["lead_unit"]["code"] == "hg-huyen-vi-thuy-ubnd").unwrap()["id"].as_str().unwrap();
    let district = app.reporter("hg-huyen-vi-thuy-ubnd");
    let _ = district.post(&format!("tasks/{part}/progress-reports"), report).await.expect(201);
    assert_eq!(seen(&app, &whole).await["lifecycle"], "in_progress");
    assert_eq!(district.get("tasks").await.expect(200).texts("id"), [part]);
    let page = app.browser_of("office").get(&format!("/tasks/{whole}")).await.expect(200).text;
    assert!(page.contains("UBND huyện Vị Thủy") && page.contains("/tasks?unit_group=hg-cac-huyen"));
}

async fn a_group_without_members_that_day_is_refused(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let before = app.position();
    let office = app.office();
    let long_ago = with(order(), json!({"assigned_on": "2003-05-06", "lead_unit": MONITORING}));
    office.post("tasks", long_ago).await.invalid("/lead_unit", "not_valid_then");
    let cells = json!({"code": "hg-chi-bo", "name": "Các chi bộ", "root": "hg", "rule": {"kinds": ["cell"]}});
    let _ = grouped(&app, cells).await;
    let refused = office.post("tasks", with(order(), json!({"lead_group": "hg-chi-bo"}))).in_english().await;
    refused.invalid("/lead_group", "empty_group");
    assert!(refused.text.contains("2023-10-02"), "{}", refused.text);
    office.post("tasks", with(order(), json!({"lead_group": "hg-nhom-la"}))).await.invalid("/lead_group", "unknown_record");
    office.post("tasks", with(order(), json!({"monitoring_unit": null}))).await.invalid("/lead_unit", "required");
    let elsewhere = json!({"title": "X", "lead_unit": "hd-so-tu-phap", "lead_group": "hg-cac-huyen"});
    app.outsider().post("tasks", elsewhere).await.invalid("/lead_group", "unknown_record");
    let _ = app.admin().post("unit-groups/hg-cac-huyen/voiding", json!({"reason": "Thử"})).await.expect(200);
    office.post("tasks", order()).await.invalid("/lead_group", "unknown_record");
    assert_eq!(app.position(), before + 2, "nothing is half-written");
    // Whoever writes for one unit only gives no work to others.
    let _ = grouped(&app, with(districts(), json!({"code": "hg-cac-huyen-2"}))).await;
    let narrow = app.account_with("office-y-te", &[(Role::Office, On::Unit("hg-so-y-te"))]);
    let asked = with(order(), json!({"lead_unit": "hg-so-y-te", "lead_group": "hg-cac-huyen-2"}));
    narrow.post("tasks", asked).await.refused(403, "forbidden");
}

async fn a_unit_born_later_is_given_its_part(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let whole = ordered(&app).await.id().to_owned();
    let _ = decide(&app.office(), &whole, "issue").await.expect(201);
    let born = json!({
        "code": "hg-huyen-moi-ubnd", "name": "UBND huyện Mới", "system": "state", "kind": "people_committee", "parent": "hg-ubnd-tinh",
        "area": "hg-huyen-vi-thuy", "valid_from": "2023-11-01"
    });
    let _ = app.admin().post("units", born).await.expect(201);
    let (office, path) = (app.office(), format!("tasks/{whole}/children"));
    office.post(&path, json!({"unit": "hg-huyen-moi-ubnd"})).await.invalid("/unit", "not_valid_then");
    office.post(&path, json!({"unit": "hg-huyen-vi-thuy-ubnd"})).await.invalid("/unit", "taken");
    office.post(&path, json!({"unit": "hg-khong-co"})).await.invalid("/unit", "unknown_unit");
    office.post(&path, json!({})).await.invalid("/unit", "one_of");
    office.post(&path, json!({"unit": "hg-so-y-te", "from_group": true})).await.invalid("/unit", "one_of");
    assert_eq!(office.post(&path, json!({"from_group": true})).await.expect(201).json["children"], json!([]));
    app.set_time("2023-11-06");
    let before = app.position();
    let told = office.post(&format!("{path}?dry_run=true"), json!({"from_group": true})).await.expect(200);
    assert_eq!((&told.json["units"][0]["code"], &told.json["children"]), (&json!("hg-huyen-moi-ubnd"), &json!([])));
    assert_eq!(app.position(), before);
    let added = office.post(&path, json!({"from_group": true})).await.expect(201);
    let part = &added.json["children"][0];
    assert_eq!((&part["lead_unit"]["code"], &part["lifecycle"]), (&json!("hg-huyen-moi-ubnd"), &json!("not_started")));
    assert_eq!((&part["due_on"], &part["assigned_on"]["date"]), (&json!("2023-12-31"), &json!("2023-11-06")));
    assert_eq!(seen(&app, &whole).await["parts"]["total"], 3);
    // A single unit that the group does not hold may be given one too, once.
    let named = office.post(&path, json!({"unit": "hg-so-y-te"})).await.expect(201);
    assert_eq!(named.json["units"][0]["code"], "hg-so-y-te");
    office.post(&path, json!({"unit": "hg-so-y-te"})).await.invalid("/unit", "taken");
    for actor in [&app.leader(), &app.inspector(), &app.reporter("hg-huyen-vi-thuy-ubnd")] {
        actor.post(&path, json!({"from_group": true})).await.refused(403, "forbidden");
    }
    app.outsider().post(&path, json!({"from_group": true})).await.refused(404, "not_found");
    let part = part["id"].as_str().unwrap();
    office.post(&format!("tasks/{part}/children"), json!({"from_group": true})).await.refused(409, "illegal_state");
}

/// Two districts become one: the new one answers for both parts, and needs no third.
async fn who_answers_for_a_part_already_is_given_no_other(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let whole = ordered(&app).await.id().to_owned();
    let _ = decide(&app.office(), &whole, "issue").await.expect(201);
    let born = json!({
        "code": "hg-huyen-gop-ubnd", "name": "UBND huyện Gộp", "system": "state", "kind": "people_committee", "parent": "hg-ubnd-tinh",
        "area": "hg-huyen-vi-thuy", "valid_from": "2023-11-01"
    });
    let _ = app.admin().post("units", born).await.expect(201);
    let reform = json!({"effective_on": "2023-11-01", "legal_basis": "Nghị quyết thử", "events": [{
        "kind": "merge", "from": ["hg-huyen-chau-thanh-a-ubnd", "hg-huyen-vi-thuy-ubnd"], "to": [{"ref": "hg-huyen-gop-ubnd"}]
    }]});
    let reform = app.admin().post("unit-events", reform).await;
    assert_eq!(reform.status, 201, "{}", reform.text);
    app.set_time("2023-11-06");
    let told = app.office().post(&format!("tasks/{whole}/children?dry_run=true"), json!({"from_group": true})).await.expect(200);
    assert_eq!(told.json["units"], json!([]));
}

async fn a_whole_that_was_given_to_a_group_stays_so(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let whole = ordered(&app).await;
    let path = format!("tasks/{}", whole.id());
    let office = app.office();
    office.change(&path, json!({"lead_group": null})).await.invalid("/lead_group", "fixed");
    let changed = office.change(&path, json!({"lead_group": "hg-cac-huyen", "title": "Tên mới"})).await.expect(200);
    assert_eq!(changed.json["title"], "Tên mới");
    // A void group takes no new work; what it was given can still be changed.
    let _ = app.admin().post("unit-groups/hg-cac-huyen/voiding", json!({"reason": "Thử"})).await.expect(200);
    let _ = office.change(&path, json!({"title": "Tên khác"})).await.expect(200);
    let plain = json!({"title": "X", "lead_unit": "hg-so-y-te"});
    let plain = office.post("tasks", plain).await.expect(201).id().to_owned();
    office.change(&format!("tasks/{plain}"), json!({"lead_group": "hg-cac-huyen"})).await.invalid("/lead_group", "fixed");
    office.post(&format!("tasks/{plain}/children"), json!({"from_group": true})).await.refused(409, "illegal_state");
    // Another system writes it under its own name, twice.
    let _ = grouped(&app, with(districts(), json!({"code": "hg-cac-huyen-2"}))).await;
    let order = with(order(), json!({"lead_group": "hg-cac-huyen-2"}));
    let put = office.put("tasks/by-ref/edoc/7", order.clone()).await.expect(201);
    assert_eq!(leads(&parts(&app, put.id()).await), both());
    let before = app.position();
    let _ = office.put("tasks/by-ref/edoc/7", order).await.expect(200);
    assert_eq!((app.position(), parts(&app, put.id()).await.len()), (before, 2));
}

const HEADER: &str = "STT,Nhiệm vụ,Cơ quan chủ trì,Thời gian hoàn thành\n";

async fn an_annex_may_name_the_group(app: TestApp) {
    let group = grouped(&app, districts()).await;
    let office = app.office();
    let table = format!("{HEADER}1,Xây dựng kế hoạch,\"Các huyện, thị xã, thành phố\",chậm nhất ngày 31/12/2023\n");
    let query = format!("kind=tasks&source=kh-1&reference_date=2023-10-02&monitoring_unit={MONITORING}");
    let told = send(&office, &format!("{query}&dry_run=true"), &table).await.expect(200);
    let problem = &told.json["problems"][0];
    assert_eq!((&problem["row"], &problem["column"], &problem["code"]), (&json!(2), &json!("C"), &json!("group_leads")), "{problem}");
    assert!(problem["message"].as_str().unwrap().contains("2 phần việc"), "{problem}");
    let made = send(&office, &format!("{query}&issue=true"), &table).await.expect(201);
    assert_eq!(made.json["counts"]["created"], 3, "{}", made.text);
    let all = office.get(&format!("tasks?unit_group={group}")).await.expect(200);
    let whole = all.json["items"].as_array().unwrap().iter().find(|task| task["unit_group"] != Value::Null).unwrap().clone();
    let made = parts(&app, whole["id"].as_str().unwrap()).await;
    assert_eq!(leads(&made), both());
    assert!(made.iter().all(|part| part["lifecycle"] == "not_started" && part["due_on"] == "2023-12-31"));
    let before = app.position();
    let again = send(&office, &query, &table).await.expect(200);
    assert_eq!((&again.json["counts"]["unchanged"], app.position()), (&json!(3), before));
}

async fn a_name_is_never_guessed(app: TestApp) {
    let _ = grouped(&app, districts()).await;
    let query = format!("kind=tasks&source=kh-1&dry_run=true&monitoring_unit={MONITORING}");
    let row = |words: &str| format!("{HEADER}1,Xây dựng kế hoạch,\"{words}\",năm 2023\n");
    let near = send(&app.office(), &query, &row("các huyện, thị xã, thành phô thuộc tỉnh")).await.expect(200);
    assert!(problems(&near).iter().any(|(_, code)| code == "unit_group"), "{}", near.text);
    assert_eq!(
        problems(&send(&app.office(), &query, &row("UBND các huyện, thị xã, thành phố")).await.expect(200)),
        [(2, "group_leads".into())]
    );
    let cells = json!({"code": "hg-chi-bo", "name": "Các chi bộ", "root": "hg", "rule": {"kinds": ["cell"]}});
    let _ = grouped(&app, cells).await;
    let empty = send(&app.office(), &query, &row("các chi bộ")).await.expect(200);
    assert_eq!(problems(&empty), [(2, "empty_group".into())], "{}", empty.text);
}
