//! Terms of office: a number, and the number as printed.

use serde_json::{Value, json};

use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    one_term_follows_another,
    a_printed_number_agrees_or_cannot_be_read,
    a_term_belongs_to_one_province,
}

fn term(root: &str, ordinal: i32, from: i32) -> Value {
    json!({
        "root": root, "ordinal": ordinal, "title": format!("Nhiệm kỳ {from}-{}", from + 5),
        "starts_on": format!("{from}-10-14"), "ends_on": format!("{}-10-13", from + 5)
    })
}

async fn one_term_follows_another(app: TestApp) {
    let admin = app.admin();
    let earlier = admin.post("terms", term("hg", 13, 2015)).await.expect(201);
    let mut draft = term("hg", 14, 2020);
    draft["previous_term"] = json!(earlier.id());
    let later = admin.post("terms", draft).await.expect(201);
    assert_eq!((&later.json["ordinal_text"], &later.json["root"]["code"]), (&json!("XIV"), &json!("hg")));
    assert_eq!(app.leader().get("terms").await.expect(200).texts("ordinal_text"), ["XIV", "XIII"]);
    assert_eq!(app.leader().get("terms?root=hg&valid_on=2016-01-01").await.expect(200).json["items"], json!([earlier.json]));
    let page = app.leader().get("terms?limit=1").await.expect(200);
    let rest = app.leader().get(&format!("terms?cursor={}", page.json["next"].as_str().unwrap())).await.expect(200);
    assert_eq!(rest.texts("ordinal_text"), ["XIII"]);
    let path = format!("terms/{}", earlier.id());
    admin.change(&path, json!({"previous_term": later.id()})).await.invalid("/previous_term", "circle");
    admin.change(&path, json!({"previous_term": earlier.id()})).await.invalid("/previous_term", "circle");
    admin.change(&path, json!({"ends_on": "2015-10-13"})).await.invalid("/ends_on", "date_order");
    admin.change(&path, json!({"root": "hd"})).await.invalid("/root", "fixed");
    admin.post("terms", term("hg", 14, 2020)).await.refused(409, "duplicate");
    admin.post("terms", term("hg-huyen-vi-thuy", 14, 2020)).await.invalid("/root", "unknown_area");
}

async fn a_printed_number_agrees_or_cannot_be_read(app: TestApp) {
    let admin = app.outsider();
    let mut draft = term("hd", 17, 2020);
    draft["ordinal_text"] = json!("XVI");
    admin.post("terms", draft.clone()).await.invalid("/ordinal_text", "ordinal_text");
    draft["ordinal_text"] = json!("VXII");
    let made = admin.post("terms", draft).await.expect(201);
    assert_eq!((&made.json["ordinal"], &made.json["ordinal_text"]), (&json!(17), &json!("VXII")));
    let path = format!("terms/{}", made.id());
    let renumbered = admin.change(&path, json!({"ordinal": 18})).await.expect(200);
    assert_eq!(renumbered.json["ordinal_text"], "XVIII");
    let back = admin.change(&path, json!({"ordinal": 17, "ordinal_text": null})).await.expect(200);
    assert_eq!(back.json["ordinal_text"], "XVII");
    admin.change(&path, json!({"ordinal": 0})).await.invalid("/ordinal", "range");
}

async fn a_term_belongs_to_one_province(app: TestApp) {
    let made = app.outsider().post("terms", term("hd", 17, 2020)).await.expect(201);
    let path = format!("terms/{}", made.id());
    app.leader().get(&path).await.refused(404, "not_found");
    app.admin().patch(&path, json!({"title": "x"})).if_match("*").await.refused(404, "not_found");
    assert_eq!(app.leader().get("terms").await.expect(200).json["items"], json!([]));
    let mut draft = term("hg", 14, 2020);
    draft["previous_term"] = json!(made.id());
    app.admin().post("terms", draft).await.invalid("/previous_term", "unknown_record");
    app.admin().post("terms", term("hd", 18, 2025)).await.invalid("/root", "unknown_area");
    app.office().post("terms", term("hg", 14, 2020)).await.refused(403, "forbidden");
}
