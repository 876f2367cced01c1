//! Annexes of indicators as they were issued.

use serde_json::{Value, json};

use super::super::resolutions::congress;
use super::{counts, problems, send};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    an_annex_comes_in_once,
    two_authorities_stand_side_by_side,
    wrong_indicators_are_told_where_they_stand,
}

/// Lào Cai, annex of CV 7323/UBND-TH of 17-7-2026: 9 of its 32 indicators.
const ANNEX: &str = include_str!("../../fixtures/lao-cai-2026-indicator-annex.csv");

async fn listed(app: &TestApp, resolution: &str) -> Vec<Value> {
    let list = app.leader().get(&format!("indicators?resolution={resolution}")).await.expect(200);
    list.json["items"].as_array().unwrap().clone()
}

async fn an_annex_comes_in_once(app: TestApp) {
    let (office, congress) = (app.office(), congress(&app).await);
    let query = format!("kind=indicators&resolution={}", congress.id());
    let before = app.position();
    let tried = send(&office, &format!("{query}&dry_run=true"), ANNEX).await.expect(200);
    assert_eq!((counts(&tried), app.position()), ([9, 0, 0, 0], before), "{}", tried.text);
    let made = send(&office, &query, ANNEX).await.expect(201);
    assert_eq!(counts(&made), [9, 0, 0, 0]);
    assert!(problems(&made).iter().all(|(_, code)| code == "unit_as_words"), "{}", made.text);
    let indicators = listed(&app, congress.id()).await;
    let first = &indicators[0];
    assert_eq!(
        (&first["ordinal"], &first["unit"], &first["from_year"], &first["to_year"]),
        (&json!(3), &json!("%"), &json!(2026), &json!(2030))
    );
    let targets: Vec<(&str, &str)> = first["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| (t["period"].as_str().unwrap(), t["target"]["text"].as_str().unwrap()))
        .collect();
    assert_eq!(targets, [("2026", "13"), ("2026-2030", ">12")]);
    assert_eq!(first["description"], "Cơ quan chủ trì: Sở Công Thương", "a unit that is none of ours is kept in words");
    let part = indicators.iter().find(|indicator| indicator["label"] == "7c").unwrap();
    let whole = indicators.iter().find(|indicator| indicator["ordinal"] == 7).unwrap();
    assert_eq!((&part["parent"], &part["role"], &part["name"]), (&whole["id"], &json!("sub"), &json!("Nhóm nhiên liệu, khoáng sản")));
    let before = app.position();
    let again = send(&office, &query, ANNEX).await.expect(200);
    assert_eq!((counts(&again), app.position()), ([0, 0, 9, 0], before), "the same file changes nothing: {}", again.text);
    app.pass(1);
    let other = send(&office, &query, &ANNEX.replace(">12,13,", ">12,\"13,5\",")).await.expect(201);
    assert_eq!(counts(&other), [0, 1, 8, 0]);
    let changed = listed(&app, congress.id()).await[0].clone();
    assert_eq!(changed["targets"][0]["target"]["text"], "13,5");
    assert!(changed["targets"][0]["reason"].is_string(), "the file is the reason: {changed}");
    let page = app.browser_of("office").get("/import?kind=indicators").await.expect(200).text;
    assert!(page.contains(congress.id()) && page.contains("/import/templates/indicators.xlsx"), "{page}");
}

async fn two_authorities_stand_side_by_side(app: TestApp) {
    let (office, congress) = (app.office(), congress(&app).await);
    // The national annex of 2021: the plan of the National Assembly, and the Government's own aim.
    let annex = "stt,chi_tieu,don_vi,ke_hoach_quoc_hoi,muc_tieu_phan_dau_chinh_phu\n1,Tốc độ tăng GDP,%,Khoảng 6,\"Khoảng 6,5\"\n\
                 6,Tỷ lệ lao động qua đào tạo,%,Khoảng 66,Khoảng 66\n7,\"- có bằng cấp, chứng chỉ\",%,\"Khoảng 25,5\",\"Khoảng 25,5\"\n";
    let query = format!("kind=indicators&resolution={}", congress.id());
    let refused = send(&office, &query, annex).await.expect(422);
    assert!(refused.text.contains("tên cột không nêu năm"), "{}", refused.text);
    let made = send(&office, &format!("{query}&period=2021"), annex).await.expect(201);
    assert_eq!(counts(&made), [3, 0, 0, 0]);
    let indicators = listed(&app, congress.id()).await;
    let authorities: Vec<&Value> = indicators[0]["targets"].as_array().unwrap().iter().map(|target| &target["authority"]).collect();
    assert_eq!(authorities, [&Value::Null, &json!("muc_tieu_phan_dau_chinh_phu")]);
    assert_eq!((&indicators[2]["parent"], &indicators[2]["name"]), (&indicators[1]["id"], &json!("có bằng cấp, chứng chỉ")));
    send(&office, &format!("{query}&period=nay"), annex).await.refused(400, "invalid_parameter");
}

async fn wrong_indicators_are_told_where_they_stand(app: TestApp) {
    let (office, congress) = (app.office(), congress(&app).await);
    let query = format!("kind=indicators&resolution={}", congress.id());
    let wrong = "Chỉ tiêu,ĐVT,Chiều,Mục tiêu 2025\n,%,,5\nA,%,lên trời,6\nB,%,giảm,7\nB,%,giảm,8\n";
    let told = send(&office, &query, wrong).await.expect(422);
    for (pointer, words) in [("/rows/2/A", "bắt buộc"), ("/rows/3/C", "Càng thấp càng tốt"), ("/rows/5", "dòng 4")] {
        let errors = told.json["errors"].as_array().unwrap();
        let found = errors.iter().any(|e| e["pointer"] == pointer && e["message"].as_str().unwrap().contains(words));
        assert!(found, "{pointer}: {}", told.text);
    }
    let odd = "Chỉ tiêu,ĐVT,Mục tiêu 2025\nGiữ vững ổn định,,Cơ bản ổn định\nXã đạt chuẩn,xã,\"5 xã năm 2021, 6 xã năm 2022\"\n";
    let made = send(&office, &query, odd).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([2, 0, 0, 0], vec![(3, "target_unreadable".to_owned())]), "words are no mistake");
    send(&office, "kind=indicators", odd).await.expect(422);
    send(&office, "kind=indicators&resolution=0189bd2c-6c00-7000-8000-000000000001", odd).await.refused(400, "invalid_parameter");
    app.reporter("hg-so-y-te")
        .call(actix_web::http::Method::POST, &format!("imports?{query}"))
        .bytes("text/csv", odd)
        .await
        .refused(403, "forbidden");
    let tasks = send(&office, "kind=tasks", ANNEX).await.expect(422);
    assert!(tasks.text.contains("chọn loại bảng Chỉ tiêu"), "{}", tasks.text);
}
