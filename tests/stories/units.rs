//! Units: bodies with a superior in their own hierarchy, standing in an area.

use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};
use resolution_tracker::domain::permission::Role;

on_both_databases! {
    an_administrator_adds_a_department,
    a_district_holds_bodies_of_both_hierarchies,
    lists_answer_by_kind_and_place,
    a_unit_stays_where_it_is,
    a_unit_belongs_to_one_province,
    a_unit_of_another_province_is_not_there,
    an_administrator_of_a_unit_adds_below_it,
}

fn department(code: &str, name: &str) -> Value {
    json!({
        "code": code, "name": name, "system": "state", "kind": "department",
        "parent": "hg-ubnd-tinh", "area": "hg", "valid_from": "2004-01-01"
    })
}

async fn an_administrator_adds_a_department(app: TestApp) {
    let mut draft = department("hg-so-xay-dung", "Sở Xây dựng");
    draft["agency_code"] = json!("H30.18");
    let made = app.admin().post("units", draft).await.expect(201);
    let seen = app.leader().get("units?code=hg-so-xay-dung").await.expect(200);
    assert_eq!(seen.json["items"], json!([made.json]));
    assert_eq!((&made.json["agency_code"], &made.json["parent"]), (&json!("H30.18"), &json!(app.unit("hg-ubnd-tinh"))));
    app.admin().post("units", department("hg-so-xay-dung", "Sở khác")).await.refused(409, "duplicate");
}

async fn a_district_holds_bodies_of_both_hierarchies(app: TestApp) {
    let bodies = app.leader().get("units?area=hg-huyen-vi-thuy").await.expect(200);
    assert_eq!(bodies.texts("code"), ["hg-huyen-vi-thuy-dang", "hg-huyen-vi-thuy-ubnd"]);
    assert_eq!(bodies.texts("system"), ["party", "state"]);
}

async fn lists_answer_by_kind_and_place(app: TestApp) {
    let leader = app.leader();
    let codes = async |query: &str| leader.get(&format!("units?{query}")).await.expect(200).texts("code").join(" ");
    assert_eq!(codes("kind=department").await, "hg-so-khoa-hoc-va-cong-nghe hg-so-tai-chinh hg-so-y-te");
    assert_eq!(codes("kind=department&kind=party_body&q=van phong").await, "hg-van-phong-tinh-uy");
    assert_eq!(codes("parent=hg-tinh-uy&system=party&limit=2").await, "hg-huyen-chau-thanh-a-dang hg-huyen-vi-thuy-dang");
    assert_eq!(codes("q=so tai chinh").await, "hg-so-tai-chinh");
    leader.get("units?parent=hg-none").await.refused(400, "invalid_parameter");
}

async fn a_unit_stays_where_it_is(app: TestApp) {
    let admin = app.admin();
    for (change, pointer) in [
        (json!({"code": "hg-y-te"}), "/code"),
        (json!({"parent": "hg-tinh-uy"}), "/parent"),
        (json!({"parent": null}), "/parent"),
        (json!({"area": "hg-huyen-vi-thuy"}), "/area"),
    ] {
        admin.change("units/hg-so-y-te", change).await.invalid(pointer, "format");
    }
    admin.change("units/hg-so-y-te", json!({"valid_to": "2000-01-01"})).await.invalid("/valid_to", "date_order");
    // Saying again what stands is no move.
    let same = json!({"parent": app.unit("hg-ubnd-tinh"), "area": app.area("hg"), "note": "x"});
    admin.change("units/hg-so-y-te", same).await.expect(200);
}

async fn a_unit_belongs_to_one_province(app: TestApp) {
    let both = app.account_with("admin-2", &[(Role::Admin, On::Area("hg")), (Role::Admin, On::Area("hd"))]);
    let mut draft = department("hd-so-y-te", "Sở Y tế");
    draft["area"] = json!("hd");
    both.post("units", draft.clone()).await.invalid("/parent", "other_root");
    app.admin().post("units", draft.clone()).await.invalid("/area", "unknown_area");
    draft["parent"] = json!("hd-so-tu-phap");
    both.post("units", draft).await.expect(201);
}

async fn a_unit_of_another_province_is_not_there(app: TestApp) {
    let outsider = app.outsider();
    outsider.get("units/hg-so-y-te").await.refused(404, "not_found");
    outsider.get(&format!("units/{}", app.unit("hg-so-y-te"))).await.refused(404, "not_found");
    outsider.patch("units/hg-so-y-te", json!({"name": "x"})).if_match("*").await.refused(404, "not_found");
    assert_eq!(outsider.get("units").await.expect(200).texts("code"), ["hd-so-tu-phap"]);
    app.reporter("hg-so-y-te").patch("units/hg-so-y-te", json!({"name": "x"})).if_match("*").await.refused(403, "forbidden");
}

async fn an_administrator_of_a_unit_adds_below_it(app: TestApp) {
    let health = app.account_with("admin-y-te", &[(Role::Admin, On::Unit("hg-so-y-te"))]);
    let mut draft = department("hg-chi-cuc-dan-so", "Chi cục Dân số");
    health.post("units", draft.clone()).await.refused(403, "forbidden");
    draft["parent"] = json!("hg-so-y-te");
    health.post("units", draft).await.expect(201);
    health.patch("units/hg-so-tai-chinh", json!({"name": "x"})).if_match("*").await.refused(403, "forbidden");
}
