//! What a resolution consists of: breakthroughs, pillars, objectives, task groups. They share their
//! rules, so they share their stories.

use resolution_tracker::domain::permission::Role;
use resolution_tracker::store;
use resolution_tracker::store::fields::Field;
use serde_json::{Value, json};

use super::resolutions::congress;
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_congress_names_three_breakthroughs_and_a_theme_four_pillars,
    objectives_are_general_or_specific_and_may_be_in_words,
    a_task_group_serves_a_breakthrough_of_the_same_root,
    no_two_stand_at_the_same_place,
    a_part_is_written_with_its_resolution,
    what_is_wrong_with_a_part_is_named,
}

const BREAKTHROUGHS: [&str; 3] = ["Phát triển nguồn nhân lực", "Cơ chế, chính sách", "Kết cấu hạ tầng công nghiệp và giao thông"];
const PILLARS: [&str; 4] = ["Công nghiệp hiện đại", "Nông nghiệp sinh thái", "Đô thị thông minh", "Du lịch chất lượng"];
const PARTS: [&str; 4] = ["breakthroughs", "pillars", "objectives", "task-groups"];

/// A draft that is right for every kind of part but for what `kind` needs beside.
fn part(path: &str, resolution: &Response, ordinal: i32, title: &str) -> Value {
    let mut draft = json!({"resolution": resolution.id(), "ordinal": ordinal, "title": title});
    match path {
        "objectives" => draft["level"] = json!("specific"),
        "task-groups" => draft["kind"] = json!("task"),
        _ => {}
    }
    draft
}

async fn made(app: &TestApp, path: &str, resolution: &Response, ordinal: i32, title: &str) -> Response {
    app.office().post(path, part(path, resolution, ordinal, title)).await.expect(201)
}

async fn theme(app: &TestApp) -> Response {
    app.pass(1);
    let draft = json!({"title": "Nghị quyết về bốn trụ cột", "kind": "thematic", "level": "province", "number": "04-NQ/TU", "issuer": "hg-tinh-uy"});
    app.office().post("resolutions", draft).await.expect(201)
}

async fn a_congress_names_three_breakthroughs_and_a_theme_four_pillars(app: TestApp) {
    let (congress, theme) = (congress(&app).await, theme(&app).await);
    for (ordinal, title) in (1..4).zip(BREAKTHROUGHS).rev() {
        let _ = made(&app, "breakthroughs", &congress, ordinal, title).await;
    }
    for (ordinal, title) in (1..5).zip(PILLARS) {
        let _ = made(&app, "pillars", &theme, ordinal, title).await;
    }
    let reporter = app.reporter("hg-so-y-te");
    let list = |path: &str, of: &Response| reporter.get(&format!("{path}?resolution={}", of.id()));
    assert_eq!(list("breakthroughs", &congress).await.expect(200).texts("title"), BREAKTHROUGHS);
    assert_eq!(list("pillars", &theme).await.expect(200).texts("title"), PILLARS);
    assert_eq!(list("pillars", &congress).await.expect(200).json["items"], json!([]));

    let first = reporter.get("breakthroughs?limit=2").await.expect(200);
    let next = first.json["next"].as_str().unwrap();
    let rest = reporter.get(&format!("breakthroughs?limit=2&cursor={next}")).await.expect(200);
    assert_eq!([first.texts("title"), rest.texts("title")].concat(), BREAKTHROUGHS);
    let one = &first.json["items"][0];
    let seen = reporter.get(&format!("breakthroughs/{}", one["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(&seen.json, one);
}

async fn objectives_are_general_or_specific_and_may_be_in_words(app: TestApp) {
    let congress = congress(&app).await;
    let general = json!({
        "resolution": congress.id(), "ordinal": 1, "level": "general", "title": "Phát triển nhanh, bền vững", "description": "Định tính."
    });
    let general = app.office().post("objectives", general).await.expect(201);
    assert_eq!((&general.json["quantified"], &general.json["level"]), (&json!(false), &json!("general")));
    let specific =
        json!({"resolution": congress.id(), "ordinal": 2, "level": "specific", "title": "Thu nhập bình quân", "quantified": true});
    let specific = app.office().post("objectives", specific).await.expect(201);
    assert_eq!(specific.json["quantified"], true);
    let path = format!("objectives/{}", general.id());
    let changed = app.office().change(&path, json!({"description": null, "title": "Phát triển bền vững"})).await.expect(200);
    assert_eq!((&changed.json["description"], &changed.json["version"]), (&Value::Null, &json!(2)));
}

async fn a_task_group_serves_a_breakthrough_of_the_same_root(app: TestApp) {
    let (congress, theme) = (congress(&app).await, theme(&app).await);
    let breakthrough = made(&app, "breakthroughs", &congress, 1, BREAKTHROUGHS[0]).await;
    let field = app.db(|conn, at| {
        let recorded_at = at.recorded_at();
        let field =
            Field {
                id: at.new_id(), code: "xay-dung-dang".into(), name: "Xây dựng Đảng".into(), ordinal: 90, version: 1, recorded_at
            };
        store::fields::insert(conn, &field)?;
        Ok(field.id.to_string())
    });
    let group = json!({
        "resolution": theme.id(), "kind": "solution", "ordinal": 1, "title": "Đào tạo, bồi dưỡng cán bộ", "breakthrough": breakthrough.id(),
        "field": field
    });
    let group = app.office().post("task-groups", group).await.expect(201);
    assert_eq!((&group.json["breakthrough"], &group.json["field"]), (&breakthrough.json["id"], &json!(field)));
    let path = format!("task-groups/{}", group.id());
    app.office().change(&path, json!({"field": congress.id()})).await.invalid("/field", "unknown_record");
    app.office().change(&path, json!({"breakthrough": congress.id()})).await.invalid("/breakthrough", "unknown_record");
    assert_eq!(app.office().change(&path, json!({"breakthrough": null})).await.expect(200).json["breakthrough"], Value::Null);

    let theirs = json!({"title": "Nghị quyết", "kind": "congress", "level": "province", "issuer": "hd-so-tu-phap"});
    let theirs = app.outsider().post("resolutions", theirs).await.expect(201);
    let across = json!({"resolution": theirs.id(), "kind": "task", "ordinal": 1, "title": "Nhóm", "breakthrough": breakthrough.id()});
    app.outsider().post("task-groups", across).await.invalid("/breakthrough", "unknown_record");
}

async fn no_two_stand_at_the_same_place(app: TestApp) {
    let (congress, theme) = (congress(&app).await, theme(&app).await);
    for path in PARTS {
        let _ = made(&app, path, &congress, 1, "Thứ nhất").await;
        let second = made(&app, path, &congress, 2, "Thứ hai").await;
        let _ = made(&app, path, &theme, 1, "Thứ nhất").await;
        let position = app.position();
        let again = part(path, &congress, 1, "Lại thứ nhất");
        app.office().post(path, again).await.refused(409, "duplicate").names("/ordinal", "taken");
        let one = format!("{path}/{}", second.id());
        app.office().change(&one, json!({"ordinal": 1})).await.refused(409, "duplicate").names("/ordinal", "taken");
        app.office().change(&one, json!({"resolution": theme.id()})).await.invalid("/resolution", "fixed");
        assert_eq!(app.position(), position);
        assert_eq!(app.office().change(&one, json!({"ordinal": 7})).await.expect(200).json["ordinal"], 7);
    }
}

async fn a_part_is_written_with_its_resolution(app: TestApp) {
    let congress = congress(&app).await;
    let district = app.account_with("vi-thuy", &[(Role::Office, On::Area("hg-huyen-vi-thuy"))]);
    for path in PARTS {
        let standing = made(&app, path, &congress, 1, "Thứ nhất").await;
        let one = format!("{path}/{}", standing.id());
        let title = json!({"title": "Khác"});
        for reader in [&district, &app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
            let _ = reader.get(&one).await.expect(200);
            reader.post(path, part(path, &congress, 2, "Thứ hai")).await.refused(403, "forbidden");
            reader.patch(&one, title.clone()).if_match("*").await.refused(403, "forbidden");
        }
        let outsider = app.outsider();
        outsider.get(&one).await.refused(404, "not_found");
        outsider.patch(&one, title.clone()).if_match("*").await.refused(404, "not_found");
        outsider.post(path, part(path, &congress, 2, "Thứ hai")).await.invalid("/resolution", "unknown_record");
        outsider.get(&format!("{path}?resolution={}", congress.id())).await.refused(400, "invalid_parameter");
        assert_eq!(outsider.get(path).await.expect(200).json["items"], json!([]));
        app.office().patch(&one, title.clone()).await.refused(428, "precondition_required");
        let _ = app.office().patch(&one, title.clone()).if_match(standing.etag()).await.expect(200);
        app.office().patch(&one, title).if_match(standing.etag()).await.refused(412, "stale");
    }
}

async fn what_is_wrong_with_a_part_is_named(app: TestApp) {
    let congress = congress(&app).await;
    let position = app.position();
    for path in PARTS {
        let cases = [
            ("ordinal", json!(0), "range"),
            ("ordinal", json!("1"), "wrong_type"),
            ("title", json!(""), "length"),
            ("resolution", json!(app.area("hg")), "unknown_record"),
            ("colour", json!("đỏ"), "unknown_field"),
        ];
        for (name, value, rule) in cases {
            let mut draft = part(path, &congress, 1, "Thứ nhất");
            draft[name] = value;
            app.office().post(path, draft).await.invalid(&format!("/{name}"), rule);
        }
        app.office().get(&format!("{path}?q=x")).await.refused(400, "unknown_parameter");
    }
    assert_eq!(app.position(), position);
}
