//! A list of documents: an office takes in what it keeps in a table, resolutions and programmes together.

use serde_json::{Value, json};

use super::{counts, problems, send};
use crate::common::{Actor, TestApp, on_both_databases};

on_both_databases! {
    a_list_of_documents_becomes_a_tree_once,
    a_changed_cell_changes_that_field_only,
    wrong_documents_are_told_where_they_stand,
    documents_of_another_province_are_none,
}

const HEADER: &str =
    "STT,Số ký hiệu,Loại,Trích yếu,Cấp,Cơ quan ban hành,Ngày ban hành,Nhiệm kỳ,Phạm vi,Năm,Giai đoạn,Tình trạng,Thực hiện văn bản,Nguồn\n";

/// Documents of Hậu Giang; source: demo/README.md, 001 and 003.
const DOCUMENTS: &str = "1,50-CTr/TU,Chương trình hành động,Chương trình thực hiện Nghị quyết Đại hội,,Tỉnh ủy,2021-01,2020-2025,cả nhiệm kỳ,,2021-2025,,Nghị quyết Đại hội XIV,001\n\
                         2,,Nghị quyết đại hội,Nghị quyết Đại hội XIV,Tỉnh,Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV,14/10/2020,XIV,,,,,,001\n\
                         3,04-NQ/TU,Nghị quyết,Về chuyển đổi số,Tỉnh,Tỉnh ủy Hậu Giang,tháng 8/2021,XIV,,,,,nghị quyết đại hội xiv,003\n\
                         4,,Kế hoạch,Kế hoạch năm của Ủy ban,,UBND tỉnh,,XIV,năm,2022,,dự thảo,50 CTr TU; 4-NQ/TU,\n";

async fn term(app: &TestApp) -> Value {
    let term = json!({"root": "hg", "ordinal": 14, "title": "Nhiệm kỳ 2020-2025", "starts_on": "2020-10-14", "ends_on": "2025-10-13"});
    app.admin().post("terms", term).await.expect(201).json["id"].clone()
}

/// The document that a row became.
async fn of_row(office: &Actor<'_>, report: &Value, row: u64, noun: &str) -> Value {
    let rows = report["rows"].as_array().unwrap();
    let id = rows.iter().find(|told| told["row"] == row).unwrap()["id"].as_str().unwrap().to_owned();
    office.get(&format!("{noun}/{id}")).await.expect(200).json
}

async fn a_list_of_documents_becomes_a_tree_once(app: TestApp) {
    let (office, term) = (app.office(), term(&app).await);
    let table = format!("{HEADER}{DOCUMENTS}");
    let before = app.position();
    let dry = send(&office, "kind=documents&dry_run=true", &table).await.expect(200);
    assert_eq!((counts(&dry), problems(&dry), app.position()), ([4, 0, 0, 0], vec![], before));
    let made = send(&office, "kind=documents", &table).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([4, 0, 0, 0], vec![]));
    assert_eq!(made.json["source"], Value::Null);
    let congress = of_row(&office, &made.json, 3, "resolutions").await;
    assert_eq!((&congress["kind"], &congress["level"], &congress["term"]), (&json!("congress"), &json!("province"), &term));
    let thematic = of_row(&office, &made.json, 4, "resolutions").await;
    assert_eq!((&thematic["issued_on"]["date"], &thematic["kind"]), (&json!("2021-08-01"), &json!("thematic")));
    assert_eq!(thematic["relations"][0]["resolution"], congress["id"], "{thematic:#}");
    let programme = of_row(&office, &made.json, 2, "programmes").await;
    assert_eq!((&programme["scope"], &programme["state"], &programme["period"]["to"]), (&json!("term"), &json!("adopted"), &json!(2025)));
    let plan = of_row(&office, &made.json, 5, "programmes").await;
    assert_eq!((&plan["scope_year"], &plan["state"], plan["relations"].as_array().unwrap().len()), (&json!(2022), &json!("draft"), 2));
    let kept = office.get("imports").await.expect(200).json["items"][0].clone();
    assert_eq!((&kept["kind"], &kept["created"]), (&json!("documents"), &json!(4)));
    // The same file, and the same words spelt otherwise, change nothing.
    let before = app.position();
    assert_eq!(counts(&send(&office, "kind=documents", &table).await.expect(200)), [0, 0, 4, 0]);
    let spelt = table.replace("04-NQ/TU,Nghị quyết", "Số 4 – NQ/TU,NGHỊ QUYẾT chuyên đề").replace("tháng 8/2021", "08/2021");
    let spelt = spelt.replace("số ký hiệu", "Số và ký hiệu");
    let told = send(&office, "kind=documents", &spelt).await.expect(201);
    assert_eq!(counts(&told), [0, 1, 3, 0], "the number as printed: {}", told.text);
    assert_eq!(app.position(), before + 2);
}

async fn a_changed_cell_changes_that_field_only(app: TestApp) {
    let office = app.office();
    term(&app).await;
    let table = format!("{HEADER}{DOCUMENTS}");
    let made = send(&office, "kind=documents", &table).await.expect(201);
    let before = of_row(&office, &made.json, 4, "resolutions").await;
    let changed = send(&office, "kind=documents", &table.replace("tháng 8/2021", "03/08/2021")).await.expect(201);
    assert_eq!(counts(&changed), [0, 1, 3, 0]);
    let mut after = of_row(&office, &changed.json, 4, "resolutions").await;
    assert_eq!(after["issued_on"], json!({"text": "03/08/2021", "date": "2021-08-03", "precision": "day"}));
    for field in ["issued_on", "version"] {
        after[field] = before[field].clone();
    }
    assert_eq!(after, before);
    // Columns that a file does not have stay, and so do other relations.
    let thematic = format!("resolutions/{}", before["id"].as_str().unwrap());
    let relations = json!([
        {"relation": "implements", "resolution": before["relations"][0]["resolution"]},
        {"relation": "relates", "programme": made.json["rows"][0]["id"]}
    ]);
    office.change(&thematic, json!({"relations": relations})).await.expect(200);
    assert_eq!(counts(&send(&office, "kind=documents", &table.replace("tháng 8/2021", "03/08/2021")).await.expect(200)), [0, 0, 4, 0]);
    let narrow = "Loại,Số ký hiệu,Trích yếu,Cấp,Cơ quan ban hành\nNghị quyết,04-NQ/TU,Chuyển đổi số đến năm 2025,Tỉnh,Tỉnh ủy Hậu Giang\n";
    assert_eq!(counts(&send(&office, "kind=documents", narrow).await.expect(201)), [0, 1, 0, 0]);
    let kept = office.get(&thematic).await.expect(200).json;
    assert_eq!((&kept["title"], &kept["source"]), (&json!("Chuyển đổi số đến năm 2025"), &json!("003")));
    assert_eq!((kept["relations"].as_array().unwrap().len(), &kept["term"]), (2, &before["term"]));
}

async fn wrong_documents_are_told_where_they_stand(app: TestApp) {
    let office = app.office();
    term(&app).await;
    let wrong = format!(
        "{HEADER}1,1/KH-UBND,Kế hoạch,Đúng,,UBND tỉnh,2021,XIV,,,,,,\n\
         2,,Công văn,Sai loại,,UBND tỉnh,,,,,,,,\n3,2/KH-UBND,Kế hoạch,,,Sở Y tếế,,XV,,,,,12/NQ-HĐND,\n\
         4,01/KH-UBND,Kế hoạch,Trùng số,,UBND tỉnh,2021,XIV,,,,,,\n5,3/KH-UBND,Kế hoạch,Ngược,,UBND tỉnh,,,,,2025-2021,,,\n"
    );
    let before = app.position();
    let told = send(&office, "kind=documents&dry_run=true", &wrong).await.expect(200);
    let wanted = [(3, "unknown_word"), (4, "required"), (4, "unit_as_words"), (4, "unknown_term"), (5, "repeated"), (6, "date_order")];
    assert_eq!(problems(&told), wanted.map(|(row, code)| (row, code.to_owned())), "{}", told.text);
    let of = |code: &str| told.json["problems"].as_array().unwrap().iter().find(|p| p["code"] == code).unwrap().clone();
    assert_eq!((&of("date_order")["column"], &of("unknown_word")["column"]), (&json!("K"), &json!("C")));
    assert_eq!(of("unknown_term")["suggestions"], json!(["2020-2025"]));
    let unknown = format!("{HEADER}1,1/KH-UBND,Kế hoạch,A,,UBND tỉnh,2021,XIV,,,,,12/NQ-HĐND; 2/KH-UBND,\n");
    let told = send(&office, "kind=documents&dry_run=true", &unknown).await.expect(200);
    assert_eq!(problems(&told), [(2, "unknown_document".to_owned()), (2, "unknown_document".to_owned())]);
    send(&office, "kind=documents", &wrong).await.refused(422, "import_has_errors").names("/rows/3/C", "import_problem");
    assert_eq!(app.position(), before, "nothing is half-written");
    assert_eq!(office.get("programmes").await.expect(200).texts("id"), Vec::<&str>::new());
    // A number that two years have is not guessed.
    let years = format!(
        "{HEADER}1,1/KH-UBND,Kế hoạch,Năm nay,,UBND tỉnh,2021,XIV,,,,,,\n2,1/KH-UBND,Kế hoạch,Năm sau,,UBND tỉnh,2022,XIV,,,,,,\n\
         3,2/KH-UBND,Kế hoạch,Mơ hồ,,UBND tỉnh,2022,XIV,,,,,1/KH-UBND,\n4,3/KH-UBND,Kế hoạch,Rõ,,UBND tỉnh,2022,XIV,,,,,1/KH-UBND năm 2021,\n"
    );
    let told = send(&office, "kind=documents&dry_run=true", &years).await.expect(200);
    assert_eq!(problems(&told), [(4, "ambiguous_document".to_owned())]);
}

async fn documents_of_another_province_are_none(app: TestApp) {
    term(&app).await;
    let made = send(&app.office(), "kind=documents", &format!("{HEADER}{DOCUMENTS}")).await.expect(201);
    assert_eq!(counts(&made), [4, 0, 0, 0]);
    let there = "Số ký hiệu,Loại,Trích yếu,Cơ quan ban hành,Thực hiện văn bản\n1/KH-STP,Kế hoạch,Kế hoạch của Sở,Sở Tư pháp,04-NQ/TU\n";
    let told = send(&app.outsider(), "kind=documents&dry_run=true", there).await.expect(200);
    assert_eq!(problems(&told), [(2, "unknown_document".to_owned())]);
    let own = send(&app.outsider(), "kind=documents", &there.replace("04-NQ/TU", "")).await.expect(201);
    assert_eq!(counts(&own), [1, 0, 0, 0]);
    assert_eq!(app.office().get("programmes").await.expect(200).texts("id").len(), 2);
    for actor in [&app.leader(), &app.reporter("hg-so-y-te")] {
        send(actor, "kind=documents", there).await.refused(403, "forbidden");
    }
    let narrow = app.account_with(
        "office-vi-thuy",
        &[(resolution_tracker::domain::permission::Role::Office, crate::common::world::On::Area("hg-huyen-vi-thuy"))],
    );
    let table =
        format!("{HEADER}1,1/KH-UBND,Kế hoạch,A,,UBND tỉnh,2021,XIV,,,,,,\n2,1/KH-UBND,Kế hoạch,B,,UBND huyện Vị Thủy,2021,XIV,,,,,,\n");
    let told = send(&narrow, "kind=documents&dry_run=true", &table).await.expect(200);
    assert_eq!(problems(&told), [(2, "forbidden".to_owned())]);
}
