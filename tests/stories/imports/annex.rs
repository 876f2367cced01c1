//! The annex of a real province, as far as its facts are known: every row is imported right, or
//! told why not. Source: the column `source` of the file.

use serde_json::{Value, json};

use super::{problems, send};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    the_annex_of_lao_cai_is_imported_or_flagged,
    an_annex_of_indicators_is_no_annex_of_tasks,
}

const ANNEX: &str = include_str!("../../fixtures/lao-cai-2026-task-annex.csv");
const INDICATORS: &str = include_str!("../../fixtures/lao-cai-2026-indicator-annex.csv");

/// The province that the annex names, as far as it names it.
async fn lao_cai(app: &TestApp) {
    app.set_time("2026-09-15");
    let area = "code,name,level,valid_from\nlc,Tỉnh Lào Cai,province,2025-07-01\n";
    let _ = send(&app.admin(), "kind=areas", area).await.expect(201);
    let keeper = app.account_with(
        "lao-cai",
        &[
            (resolution_tracker::domain::permission::Role::Admin, crate::common::world::On::Area("lc")),
            (resolution_tracker::domain::permission::Role::Office, crate::common::world::On::Area("lc")),
        ],
    );
    let departments = ["Sở Công Thương", "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "Sở Khoa học và Công nghệ", "Sở Tư pháp"];
    let more = ["Sở Xây dựng", "Sở Nội vụ", "Sở Giáo dục và Đào tạo", "Ban Quản lý Khu kinh tế", "Ban Quản lý các khu công nghiệp"];
    let others = ["Thuế tỉnh", "Thống kê tỉnh", "Công an tỉnh", "Trung tâm Xúc tiến đầu tư"];
    let mut table = "code,name,kind,parent_code,area_code,valid_from\nlc-ubnd,UBND tỉnh Lào Cai,people_committee,,lc,2025-07-01\n\
                     lc-vh,\"Sở Văn hóa, Thể thao và Du lịch\",department,lc-ubnd,lc,2025-07-01\n\
                     lc-xa,UBND xã Tằng Loỏng,people_committee,lc-ubnd,lc,2025-07-01\n"
        .to_owned();
    for (at, name) in departments.iter().chain(&more).chain(&others).enumerate() {
        table += &format!("lc-{at},{name},department,lc-ubnd,lc,2025-07-01\n");
    }
    let _ = send(&keeper, "kind=units", &table).await.expect(201);
}

async fn the_annex_of_lao_cai_is_imported_or_flagged(app: TestApp) {
    lao_cai(&app).await;
    let office = app.account("lao-cai");
    let query = "kind=tasks&source=kh-ubnd-2026&reference_date=2026-09-14";
    let told = send(&office, &format!("{query}&dry_run=true"), ANNEX).await.expect(200);
    let found = problems(&told);
    let errors: Vec<&Value> = told.json["problems"].as_array().unwrap().iter().filter(|p| p["severity"] == "error").collect();
    // One row cannot be imported as it stands: it is led by "the communes", who are many.
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(
        (&errors[0]["row"], &errors[0]["code"], &errors[0]["value"]),
        (&json!(4), &json!("unit_group"), &json!("UBND các xã, phường"))
    );
    // Several steps in a cell are read, each with its own day.
    assert!(!found.iter().any(|(_, problem)| problem == "deadline_unread"), "{found:?}");
    for words in ["doanh nghiệp", "viện, trường", "UBND các xã, phường", "UBND 5 xã", "cơ sở đào tạo", "3 doanh nghiệp"]
    {
        assert!(told.json["problems"].as_array().unwrap().iter().any(|p| p["code"] == "helper_as_words" && p["value"] == words), "{words}");
    }
    let corrected = ANNEX.replace("Sở NN&MT và UBND các xã, phường (GPMB)", "Sở NN&MT (GPMB)");
    let made = send(&office, query, &corrected).await.expect(201);
    let keys: Vec<&str> = made.json["rows"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["1", "2", "3", "3/1", "3/2", "4", "5", "6", "7", "7/1", "7/2", "7/3", "8"]);
    let task = async |key: &str| {
        let list = office.get(&format!("tasks?external_ref=kh-ubnd-2026:{key}")).await.expect(200);
        list.json["items"][0].clone()
    };
    let first = task("1").await;
    let helpers = first["coordinating_units"].as_array().unwrap();
    assert_eq!((&first["lead_unit"]["name"], helpers.len()), (&json!("Sở Công Thương"), 6));
    assert!(first["description"].as_str().unwrap().contains("kinh_phi: 1.500 triệu đồng NSNN"), "{first}");
    assert!(first["deadline"]["text"].as_str().unwrap().starts_with("Khởi động quý IV/2026; báo cáo kiểm kê"), "{first}");
    let deadline = &first["deadline"];
    assert_eq!(
        (&deadline["kind"], &deadline["start"], &deadline["end"]),
        (&json!("milestones"), &json!("2026-10-01"), &json!("2030-12-31"))
    );
    assert_eq!(deadline["milestones"].as_array().unwrap().len(), 4);
    let (whole, part) = (task("3").await, task("3/2").await);
    assert_eq!(
        (&whole["lead_unit"]["name"], &part["lead_unit"]["name"]),
        (&json!("UBND tỉnh Lào Cai"), &json!("Sở Nông nghiệp và Môi trường"))
    );
    assert_eq!((&part["scope"], &part["parent"]), (&json!("GPMB"), &whole["id"]));
    let leads = [task("7/1").await, task("7/2").await, task("7/3").await].map(|t| t["lead_unit"]["name"].clone());
    assert_eq!(leads, ["Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường", "Ban Quản lý Khu kinh tế"].map(|n| json!(n)));
    let before = app.position();
    let _ = send(&office, query, &corrected).await.expect(200);
    assert_eq!(app.position(), before, "the same annex changes nothing");
}

async fn an_annex_of_indicators_is_no_annex_of_tasks(app: TestApp) {
    let told = send(&app.office(), "kind=tasks&dry_run=true", INDICATORS).await.expect(200);
    assert_eq!(problems(&told), [(0, "indicator_annex".to_owned())]);
    send(&app.office(), "kind=tasks", INDICATORS).await.refused(422, "import_has_errors").names("/file", "import_problem");
}
