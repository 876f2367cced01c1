//! Posts of units, and who held them.

use serde_json::{Value, json};

use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_post_passes_from_hand_to_hand,
    a_post_belongs_to_one_unit,
    a_post_of_another_province_is_not_there,
}

fn post(unit: &str) -> Value {
    json!({"unit": unit, "title": "Giám đốc", "holders": [
        {"name": "Trần Thị B", "held_from": "2023-01-01"},
        {"name": "Nguyễn Văn A", "held_from": "2020-10-14", "held_to": "2022-12-31"},
    ]})
}

async fn a_post_passes_from_hand_to_hand(app: TestApp) {
    let made = app.admin().post("posts", post("hg-so-y-te")).await.expect(201);
    let names =
        |json: &Value| json["holders"].as_array().unwrap().iter().map(|h| h["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&made.json), ["Nguyễn Văn A", "Trần Thị B"]);
    assert_eq!(made.json["unit"]["code"], "hg-so-y-te");
    let path = format!("posts/{}", made.id());
    assert_eq!(app.leader().get(&path).await.expect(200).json, made.json);
    let holders = json!([{"name": "Trần Thị B", "held_from": "2023-01-01", "held_to": "2023-09-30"}, {"name": "Lê Văn C", "held_from": "2023-10-01"}]);
    let changed = app.admin().change(&path, json!({"holders": holders})).await.expect(200);
    assert_eq!((names(&changed.json), &changed.json["version"]), (vec!["Trần Thị B".to_owned(), "Lê Văn C".into()], &json!(2)));
    assert_eq!(app.leader().get(&path).await.expect(200).json, changed.json);
    let event = app.inspector().get("audit?subject_kind=post&limit=1").await.expect(200).json["items"][0].clone();
    assert_eq!(names(&event["before"]), ["Nguyễn Văn A", "Trần Thị B"]);
    let wrong = json!({"holders": [{"name": "X"}, {"name": "Y", "held_from": "2023-01-02", "held_to": "2023-01-01"}]});
    app.admin().change(&path, wrong).await.invalid("/holders/1/held_to", "date_order");
    app.admin().change(&path, json!({"holders": [{"name": "X", "phone": "1"}]})).await.invalid("/holders/0/phone", "unknown_field");
    let _ = app.admin().change(&path, json!({"holders": null})).await.expect(200);
    assert_eq!(app.leader().get(&path).await.expect(200).json["holders"], json!([]));
}

async fn a_post_belongs_to_one_unit(app: TestApp) {
    let admin = app.admin();
    let first = admin.post("posts", post("hg-so-y-te")).await.expect(201);
    app.pass(1);
    let _ = admin.post("posts", post("hg-so-tai-chinh")).await.expect(201);
    let listed = app.leader().get("posts?unit=hg-so-y-te").await.expect(200);
    assert_eq!(listed.json["items"], json!([first.json]));
    let page = app.leader().get("posts?limit=1").await.expect(200);
    let rest = app.leader().get(&format!("posts?cursor={}", page.json["next"].as_str().unwrap())).await.expect(200);
    assert_eq!(rest.json["items"][0]["unit"]["code"], "hg-so-tai-chinh");
    let path = format!("posts/{}", first.id());
    admin.change(&path, json!({"unit": "hg-so-tai-chinh"})).await.invalid("/unit", "fixed");
    let _ = admin.change(&path, json!({"unit": "hg-so-y-te", "title": "Phó Giám đốc"})).await.expect(200);
    admin.post("posts", post("hd-so-tu-phap")).await.invalid("/unit", "unknown_unit");
    app.office().post("posts", post("hg-so-y-te")).await.refused(403, "forbidden");
}

async fn a_post_of_another_province_is_not_there(app: TestApp) {
    let made = app.admin().post("posts", post("hg-so-y-te")).await.expect(201);
    let path = format!("posts/{}", made.id());
    app.outsider().get(&path).await.refused(404, "not_found");
    app.outsider().patch(&path, json!({"title": "x"})).if_match("*").await.refused(404, "not_found");
    assert_eq!(app.outsider().get("posts").await.expect(200).json["items"], json!([]));
    app.outsider().get("posts?unit=hg-so-y-te").await.refused(400, "invalid_parameter");
}
