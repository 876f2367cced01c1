//! Areas: who keeps them, who reads them, in which order they stand.

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::common::world::{On, PASSWORD};
use crate::common::{TestApp, on_both_databases};
use resolution_tracker::domain::permission::Role;

on_both_databases! {
    an_administrator_adds_a_commune,
    an_administrator_renames_a_district,
    a_list_is_in_vietnamese_order_page_by_page,
    names_are_found_without_diacritics,
    filters_narrow_a_list,
    text_is_kept_composed,
    another_province_is_not_there,
    only_administrators_write,
    the_keeper_of_a_province_may_add_the_next,
}

fn commune(code: &str, name: &str) -> Value {
    json!({"code": code, "name": name, "level": "commune", "parent": "hg-huyen-vi-thuy", "valid_from": "2004-01-01"})
}

async fn an_administrator_adds_a_commune(app: TestApp) {
    let made = app.admin().post("areas", commune("hg-xa-vi-thang", "Xã Vị Thắng")).await.expect(201);
    assert_eq!(made.json["parent"], app.area("hg-huyen-vi-thuy"));
    assert_eq!(made.header("location"), format!("/api/v1/areas/{}", made.id()));
    assert_eq!(made.json["recorded_at"], "2023-10-02T03:00:00Z");
    let reporter = app.reporter("hg-so-y-te");
    for address in [made.header("location"), "areas/hg-xa-vi-thang"] {
        assert_eq!(reporter.get(address).await.expect(200).json, made.json);
    }
}

async fn an_administrator_renames_a_district(app: TestApp) {
    let before = app.position();
    let renamed = app.admin().change("areas/hg-huyen-vi-thuy", json!({"name": "Huyện Vị Thuỷ", "note": "chính tả"})).await.expect(200);
    assert_eq!((&renamed.json["name"], &renamed.json["version"]), (&json!("Huyện Vị Thuỷ"), &json!(2)));
    assert_eq!(app.position(), before + 1);
    for (change, pointer) in [(json!({"code": "hg-vi-thuy"}), "/code"), (json!({"parent": "hg-xa-vi-trung"}), "/parent")] {
        app.admin().change("areas/hg-huyen-vi-thuy", change).await.invalid(pointer, "format");
    }
    assert_eq!(app.position(), before + 1);
}

async fn a_list_is_in_vietnamese_order_page_by_page(app: TestApp) {
    let admin = app.admin();
    let names = ["Xã Đông Phước", "Xã Ân Nghĩa", "Xã An Bình", "Xã Ăn Lộc", "Xã Êm Đềm", "Xã Dương Hòa", "Xã Ea Súp"];
    for (number, name) in names.iter().enumerate() {
        admin.post("areas", commune(&format!("hg-xa-{number}"), name)).await.expect(201);
    }
    let wanted = ["Xã An Bình", "Xã Ăn Lộc", "Xã Ân Nghĩa", "Xã Dương Hòa", "Xã Đông Phước", "Xã Ea Súp", "Xã Êm Đềm", "Xã Vị Trung"];
    let (mut seen, mut next, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = admin.get(&format!("areas?parent=hg-huyen-vi-thuy&limit=3{next}")).await.expect(200);
        seen.extend(page.texts("name").into_iter().map(ToOwned::to_owned));
        pages += 1;
        match page.json["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!((seen.as_slice(), pages), (wanted.map(ToOwned::to_owned).as_slice(), 3));
    assert_eq!(admin.get("areas?parent=hg-huyen-vi-thuy&limit=8").await.expect(200).json["next"], Value::Null);
}

async fn names_are_found_without_diacritics(app: TestApp) {
    app.admin().post("areas", commune("hg-xa-dong-phuoc", "Xã Đông Phước")).await.expect(201);
    let leader = app.leader();
    for words in ["dong phuoc", "ĐÔNG PHƯỚC", "đông  phước", "Do\u{302}ng"] {
        assert_eq!(leader.get(&format!("areas?q={words}")).await.expect(200).texts("code"), ["hg-xa-dong-phuoc"], "{words}");
    }
    for words in ["%25", "_", "\\", "'"] {
        assert_eq!(leader.get(&format!("areas?q={words}")).await.expect(200).texts("code"), Vec::<&str>::new(), "{words}");
    }
}

async fn filters_narrow_a_list(app: TestApp) {
    let admin = app.admin();
    admin.change("areas/hg-huyen-vi-thuy", json!({"valid_to": "2025-06-30"})).await.expect(200);
    let codes = async |query: &str| admin.get(&format!("areas?{query}")).await.expect(200).texts("code").join(" ");
    assert_eq!(codes("level=district").await, "hg-huyen-chau-thanh-a hg-huyen-vi-thuy");
    assert_eq!(codes("level=district&valid_on=2025-07-01").await, "hg-huyen-chau-thanh-a");
    assert_eq!(codes("level=district&valid_on=2025-06-30&parent=hg").await, "hg-huyen-chau-thanh-a hg-huyen-vi-thuy");
    assert_eq!(codes("valid_on=2003-12-31").await, "");
    assert_eq!(codes(&format!("parent={}", app.area("hg-huyen-vi-thuy"))).await, "hg-xa-vi-trung");
}

/// A name typed on a Mac arrives decomposed; it must be the same name.
async fn text_is_kept_composed(app: TestApp) {
    let decomposed: String = "Xã Vị Thắng".nfd().collect();
    assert_ne!(decomposed, "Xã Vị Thắng");
    let made = app.admin().post("areas", commune("hg-xa-vi-thang", &format!("  {decomposed}\n"))).await.expect(201);
    assert_eq!(made.json["name"], "Xã Vị Thắng");
    let stored = app.db_sql("UPDATE areas SET version = version WHERE name = 'Xã Vị Thắng'");
    assert_eq!(stored, 1);
    let renamed = app.admin().change("areas/hg-xa-vi-thang", json!({"name": decomposed})).await;
    assert_eq!(renamed.json["name"], "Xã Vị Thắng");
}

async fn another_province_is_not_there(app: TestApp) {
    let outsider = app.outsider();
    for path in ["areas/hg", "areas/hg-xa-vi-trung"] {
        outsider.get(path).await.refused(404, "not_found");
    }
    outsider.get("areas?parent=hg").await.refused(400, "invalid_parameter");
    assert_eq!(outsider.get("areas").await.expect(200).texts("code"), ["hd"]);
    outsider.patch("areas/hg", json!({"name": "x"})).if_match("*").await.refused(404, "not_found");
    outsider.post("areas", commune("hg-xa-la", "Xã Lạ")).await.invalid("/parent", "unknown_area");
    assert!(!app.leader().get("areas").await.texts("code").contains(&"hd"));
}

async fn only_administrators_write(app: TestApp) {
    let before = app.position();
    let reporter = app.reporter("hg-huyen-vi-thuy-ubnd");
    for actor in [&app.office(), &app.leader(), &app.inspector(), &reporter] {
        actor.patch("areas/hg-huyen-vi-thuy", json!({"name": "x"})).if_match("*").await.refused(403, "forbidden");
        actor.post("areas", commune("hg-xa-moi", "Xã Mới")).await.refused(403, "forbidden");
        actor.get("areas/hg-huyen-vi-thuy").await.expect(200);
    }
    // The administrator of one district keeps that district, reads the province, and is stopped beyond.
    let district = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    district.patch("areas/hg", json!({"name": "x"})).if_match("*").await.refused(403, "forbidden");
    district.patch("areas/hg-huyen-chau-thanh-a", json!({"name": "x"})).if_match("*").await.refused(403, "forbidden");
    assert_eq!(app.position(), before);
    district.post("areas", commune("hg-xa-moi", "Xã Mới")).await.expect(201);
}

async fn the_keeper_of_a_province_may_add_the_next(app: TestApp) {
    let province = json!({"code": "cm", "name": "Tỉnh Cà Mau", "level": "province", "valid_from": "1997-01-01"});
    let district = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    district.post("areas", province.clone()).await.refused(403, "forbidden");
    let keeper = app.login("admin").await;
    assert!(!keeper.token().unwrap().contains(PASSWORD));
    let made = keeper.post("areas", province).await.expect(201);
    assert_eq!(made.json["parent"], Value::Null);
    // Adding is not keeping: nobody is granted on it yet.
    keeper.get("areas/cm").await.refused(404, "not_found");
}
