//! What a task points at: it is there, it exists on the day, and it is of the same province.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::resolutions::{thematic, with};
use super::tasks::{draft, drafted};
use crate::common::world::On;
use crate::common::{Actor, TestApp, on_both_databases};

on_both_databases! {
    what_a_task_points_at_must_be_there,
    everything_around_a_task_is_of_its_province,
}

async fn what_a_task_points_at_must_be_there(app: TestApp) {
    let office = app.office();
    let _ = app.admin().change("units/hg-so-tai-chinh", json!({"valid_to": "2023-09-30"})).await.expect(200);
    let before = app.position();
    let nothing = "01890a5d-ac96-774b-bcce-b302099a8057";
    let say = async |more: Value| office.post("tasks", with(draft("Xây dựng kế hoạch"), more)).await;
    say(json!({"lead_unit": "hg-so-la"})).await.invalid("/lead_unit", "unknown_unit");
    say(json!({"lead_unit": nothing})).await.invalid("/lead_unit", "unknown_unit");
    say(json!({"lead_unit": "hg-so-tai-chinh"})).await.invalid("/lead_unit", "not_valid_then");
    say(json!({"lead_unit": "hd-so-tu-phap"})).await.invalid("/lead_unit", "unknown_unit");
    say(json!({"monitoring_unit": "hg-so-la"})).await.invalid("/monitoring_unit", "unknown_unit");
    say(json!({"coordinating_units": ["hg-tinh-uy", "hg-so-la"]})).await.invalid("/coordinating_units/1", "unknown_unit");
    for field in ["parent", "resolution", "programme", "group", "field", "breakthrough", "pillar", "objective", "accountable_post"] {
        say(json!({field: nothing})).await.invalid(&format!("/{field}"), "unknown_record");
        say(json!({field: "none"})).await.invalid(&format!("/{field}"), "wrong_type");
    }
    say(json!({"weight": 0})).await.invalid("/weight", "range");
    say(json!({"weight": 1001})).await.invalid("/weight", "range");
    say(json!({"deadline": {"text": ""}})).await.invalid("/deadline/text", "length");
    say(json!({"deadline": {"text": "30/11", "reference_date": "hôm qua"}})).await.invalid("/deadline/reference_date", "wrong_type");
    say(json!({"colour": "red"})).await.invalid("/colour", "unknown_field");
    assert_eq!(app.position(), before);
    // A unit that has ended is refused when a draft is changed, too.
    let task = drafted(&app, draft("Xây dựng kế hoạch")).await;
    office.change(&format!("tasks/{task}"), json!({"lead_unit": "hg-so-tai-chinh"})).await.invalid("/lead_unit", "not_valid_then");
}

async fn everything_around_a_task_is_of_its_province(app: TestApp) {
    let both = app.account_with("office-2", &[(Role::Office, On::Area("hg")), (Role::Office, On::Area("hd"))]);
    let there = with(thematic("05-NQ/TU"), json!({"issuer": "hd-so-tu-phap", "area": "hd"}));
    let resolution = app.outsider().post("resolutions", there).await.expect(201).id().to_owned();
    let breakthrough = json!({"resolution": resolution, "ordinal": 1, "title": "Đột phá"});
    let breakthrough = app.outsider().post("breakthroughs", breakthrough).await.expect(201).id().to_owned();
    let task = with(draft("Nhiệm vụ"), json!({"lead_unit": "hd-so-tu-phap", "monitoring_unit": null}));
    let task = app.outsider().post("tasks", task).await.expect(201).id().to_owned();
    let say = async |actor: &Actor<'_>, more: Value| actor.post("tasks", with(draft("Xây dựng kế hoạch"), more)).await;
    for actor in [&app.office(), &both] {
        say(actor, json!({"resolution": resolution})).await.invalid("/resolution", "other_root");
        say(actor, json!({"breakthrough": breakthrough})).await.invalid("/breakthrough", "other_root");
    }
    say(&app.office(), json!({"parent": task})).await.invalid("/parent", "unknown_record");
    say(&both, json!({"parent": task})).await.invalid("/parent", "other_root");
    say(&both, json!({"monitoring_unit": "hd-so-tu-phap"})).await.invalid("/monitoring_unit", "other_root");
    say(&both, json!({"coordinating_units": ["hd-so-tu-phap"]})).await.invalid("/coordinating_units/0", "other_root");
    let post = app.outsider().post("posts", json!({"unit": "hd-so-tu-phap", "title": "Giám đốc"})).await.expect(201);
    say(&both, json!({"accountable_post": post.id()})).await.invalid("/accountable_post", "other_root");
}
