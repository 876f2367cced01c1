//! Imports: an office takes in the annex it has, corrects what the dry run tells, and does it again.

mod annex;
mod calendar_days;
mod clauses;
mod conferences;
mod documents;
pub mod files;
mod indicators;
mod posts;
mod unit_events;
mod unit_groups;

use resolution_tracker::service::journal;
use serde_json::{Value, json};

use crate::common::{Actor, Response, TestApp, on_both_databases};

on_both_databases! {
    areas_and_units_come_in_any_order,
    an_annex_becomes_tasks_once,
    a_dry_run_says_what_the_real_run_does,
    a_hundred_wrong_rows_are_told_at_once,
    an_issued_task_keeps_its_commitments,
    papers_of_earlier_years_carry_their_time,
    who_may_import_what,
}

const HEADER: &str = "STT,Nhiệm vụ,Cơ quan chủ trì,Cơ quan phối hợp,Sản phẩm,Thời gian hoàn thành\n";

/// Sends a text table.
pub async fn send(actor: &Actor<'_>, query: &str, table: &str) -> Response {
    actor.call(actix_web::http::Method::POST, &format!("imports?{query}")).bytes("text/csv", table).await
}

/// Rows created, updated, unchanged and failed.
pub fn counts(answer: &Response) -> [u64; 4] {
    ["created", "updated", "unchanged", "failed"].map(|name| answer.json["counts"][name].as_u64().unwrap())
}

/// Row and code of every problem.
pub fn problems(answer: &Response) -> Vec<(u64, String)> {
    let all = answer.json["problems"].as_array().unwrap();
    all.iter().map(|p| (p["row"].as_u64().unwrap_or_default(), p["code"].as_str().unwrap().to_owned())).collect()
}

async fn areas_and_units_come_in_any_order(app: TestApp) {
    let admin = app.admin();
    let areas = "code,name,level,parent_code,valid_from,valid_to,note\n\
                 hg-xa-moi,Xã Mới,commune,hg-huyen-moi,2004-01-01,,\n\
                 hg-huyen-moi,Huyện Mới,district,hg,2004-01-01,2025-06-30,thử\n";
    let made = send(&admin, "kind=areas", areas).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([2, 0, 0, 0], vec![]));
    assert_eq!(admin.get("areas/hg-xa-moi").await.expect(200).json["parent"], app.area("hg-huyen-moi"));
    let before = app.position();
    assert_eq!(counts(&send(&admin, "kind=areas", areas).await.expect(200)), [0, 0, 2, 0]);
    assert_eq!(app.position(), before, "the same file changes nothing");
    let units = "Mã;Tên đơn vị;Loại;Cấp trên;Địa bàn;Từ ngày\n\
                 hg-phong-y-te-moi;Phòng Y tế;Sở, ban, ngành;UBND huyện Mới;Huyện Mới;01/01/2004\n\
                 hg-ubnd-moi;UBND huyện Mới;UBND;UBND tỉnh;hg-huyen-moi;1/1/2004\n";
    let made = send(&admin, "kind=units", units).await.expect(201);
    assert_eq!(counts(&made), [2, 0, 0, 0]);
    let unit = admin.get("units/hg-phong-y-te-moi").await.expect(200).json;
    assert_eq!((&unit["parent"], &unit["system"]), (&json!(app.unit("hg-ubnd-moi")), &json!("state")));
    assert_eq!(counts(&send(&admin, "kind=units", units).await.expect(200)), [0, 0, 2, 0]);
    let renamed = send(&admin, "kind=units", &units.replace("Phòng Y tế", "Phòng Y tế huyện")).await.expect(201);
    assert_eq!(counts(&renamed), [0, 1, 1, 0]);
    // What stands elsewhere, a circle and a missing code are told with what could be written.
    let wrong = "code,name,level,parent_code,valid_from\nhg-xa-moi,Xã Mới,commune,hg,2004-01-01\na-a,A,xã,b-b,2004-01-01\n\
                 b-b,B,xã,a-a,2004-01-01\n,Xã Vị Đông,xã,hg-huyen-vi-thuy,2004-01-01\nc-c,C,làng,hg,1/1/04\n";
    let told = send(&admin, "kind=areas&dry_run=true", wrong).await.expect(200);
    let wanted = [(2, "fixed"), (3, "circle"), (4, "circle"), (5, "code_missing"), (6, "unknown_word")].map(|(r, c)| (r, c.to_owned()));
    assert_eq!(problems(&told), wanted);
    assert_eq!(told.json["problems"][3]["suggestions"], json!(["hg-huyen-vi-thuy-xa-vi-dong"]));
}

async fn an_annex_becomes_tasks_once(app: TestApp) {
    let office = app.office();
    let table = format!(
        "PHỤ LỤC\n(Kèm theo Kế hoạch)\n\n{HEADER}I,Y tế,,,,\n1,Khám bệnh lưu động,Sở Y tế,Sở Tài chính; doanh nghiệp,Báo cáo,quý IV/2023\n\
         2,\"Xây dựng\ncơ chế\",Sở Y tế (chuyên môn); Sở Tài chính (kinh phí),,Quyết định,31/12/2023\n\nNơi nhận:,\n"
    );
    let query = "kind=tasks&source=KH 17/2023&assigned_on=2023-10-01&monitoring_unit=hg-van-phong-tinh-uy";
    let before = app.position();
    let made = send(&office, query, &table).await.expect(201);
    assert_eq!(counts(&made), [4, 0, 0, 0]);
    assert_eq!(problems(&made), [(6, "helper_as_words".to_owned()), (7, "several_leads".to_owned())]);
    let id = made.json["id"].as_str().unwrap();
    assert_eq!(made.header("location"), format!("/api/v1/imports/{id}"));
    let kept = office.get(&format!("imports/{id}")).await.expect(200).json;
    assert_eq!((&kept["source"], &kept["created"], &kept["actor"]), (&json!("kh-17-2023"), &json!(4), &json!("office")));
    assert_eq!((kept["events"]["first"].as_i64(), kept["events"]["last"].as_i64()), (Some(before + 1), Some(app.position())));
    assert_eq!(app.db(|conn, _| journal::verify(conn)), Ok(app.position()));

    let tasks = office.get("tasks").await.expect(200);
    let of = |key: &str| {
        let named = |t: &&Value| t["external_refs"][0]["id"] == key;
        tasks.json["items"].as_array().unwrap().iter().find(named).unwrap_or_else(|| panic!("no {key}: {}", tasks.text)).clone()
    };
    let first = of("1");
    assert_eq!((&first["lead_unit"]["code"], &first["due_on"]), (&json!("hg-so-y-te"), &json!("2023-12-31")));
    assert_eq!(first["description"], "Nhóm: I. Y tế\nPhối hợp khác: doanh nghiệp");
    assert_eq!((&first["monitoring_unit"]["code"], &first["origin"]), (&json!("hg-van-phong-tinh-uy"), &json!("import")));
    let (whole, part) = (of("2"), of("2/1"));
    assert_eq!((&whole["title"], &whole["lead_unit"]["code"]), (&json!("Xây dựng cơ chế"), &json!("hg-ubnd-tinh")));
    assert_eq!((&part["parent"], &part["scope"]), (&whole["id"], &json!("chuyên môn")));
    assert_eq!((&part["lead_unit"]["code"], &of("2/2")["lead_unit"]["code"]), (&json!("hg-so-y-te"), &json!("hg-so-tai-chinh")));

    let before = app.position();
    let again = send(&office, query, &table).await.expect(200);
    assert_eq!((counts(&again), app.position()), ([0, 0, 4, 0], before), "the same file changes nothing");
    let changed = send(&office, query, &table.replace("Báo cáo", "Báo cáo kết quả")).await.expect(201);
    assert_eq!((counts(&changed), app.position()), ([0, 1, 3, 0], before + 2));
    let issued = send(&office, &format!("{query}&issue=true"), &table).await.expect(201);
    assert_eq!(counts(&issued), [0, 4, 0, 0]);
    assert_eq!(app.leader().get("tasks?counted=true").await.expect(200).texts("id").len(), 3);
}

async fn a_dry_run_says_what_the_real_run_does(app: TestApp) {
    let office = app.office();
    let table = format!("{HEADER}1,Khám bệnh,Sở Y tế,,Báo cáo,quý IV/2023\n2,Rà soát,Sở Y tế; Sở Tài chính,,,khi nào xong thì xong\n");
    let before = app.position();
    let dry = send(&office, "kind=tasks&source=x1&dry_run=true", &table).await.expect(200);
    assert_eq!((dry.json["applied"].as_bool(), dry.json["id"].as_str(), app.position()), (Some(false), None, before));
    assert_eq!(office.get("tasks").await.expect(200).texts("id"), Vec::<&str>::new());
    let real = send(&office, "kind=tasks&source=x1", &table).await.expect(201);
    assert_eq!((&dry.json["problems"], &dry.json["counts"]), (&real.json["problems"], &real.json["counts"]));
    assert!(problems(&real).contains(&(3, "deadline_unread".to_owned())));
    let rows = |answer: &Response| -> Vec<(Value, Value)> {
        answer.json["rows"].as_array().unwrap().iter().map(|r| (r["key"].clone(), r["outcome"].clone())).collect()
    };
    assert_eq!(rows(&dry), rows(&real));
}

async fn a_hundred_wrong_rows_are_told_at_once(app: TestApp) {
    let office = app.office();
    let wrong: String = (1..=100).map(|n| format!("{n},Việc {n},Sở Y tếế,,,quý IV/2023\n")).collect();
    let table = format!("{HEADER}{wrong}101,Việc đúng,Sở Y tế,,,quý IV/2023\n");
    let before = app.position();
    let told = send(&office, "kind=tasks&dry_run=true", &table).await.expect(200);
    assert_eq!((counts(&told), told.json["counts"]["errors"].as_u64()), ([1, 0, 0, 100], Some(100)));
    let one = &told.json["problems"][0];
    assert_eq!((&one["row"], &one["column"], &one["header"]), (&json!(2), &json!("C"), &json!("Cơ quan chủ trì")));
    assert_eq!((&one["message"], &one["suggestions"]), (&json!("không có đơn vị \"Sở Y tếế\""), &json!(["Sở Y tế"])));
    let refused = send(&office, "kind=tasks", &table).await;
    refused.refused(422, "import_has_errors").names("/rows/2/C", "import_problem").names("/rows/101/C", "import_problem");
    assert_eq!(app.position(), before);
    assert_eq!(office.get("tasks").await.expect(200).texts("id"), Vec::<&str>::new());
}

async fn an_issued_task_keeps_its_commitments(app: TestApp) {
    let office = app.office();
    let table = format!("{HEADER}1,Khám bệnh,Sở Y tế,,Báo cáo,quý IV/2023\n2,Khác,Sở Tài chính,,,quý IV/2023\n");
    let _ = send(&office, "kind=tasks&source=x1&issue=true", &table).await.expect(201);
    let later = table.replacen("quý IV/2023", "quý I/2024", 1).replace("Báo cáo", "Kế hoạch");
    let before = app.position();
    let refused = send(&office, "kind=tasks&source=x1&dry_run=true", &later).await.expect(200);
    assert_eq!(problems(&refused), [(2, "committed".to_owned())]);
    send(&office, "kind=tasks&source=x1", &later).await.refused(422, "import_has_errors");
    assert_eq!(app.position(), before);
    let words = send(&office, "kind=tasks&source=x1", &table.replace("Báo cáo", "Kế hoạch")).await.expect(201);
    assert_eq!(counts(&words), [0, 1, 1, 0]);
}

async fn papers_of_earlier_years_carry_their_time(app: TestApp) {
    let office = app.office();
    let table = format!("{HEADER}1,Khám bệnh,Sở Y tế,,Báo cáo,quý IV năm nay\n");
    let query = "kind=tasks&source=x1&issue=true&recorded_at=2021-08-04T02:00:00Z&reference_date=2021-08-03";
    let made = send(&office, query, &table).await.expect(201);
    let task = office.get(&format!("tasks/{}", made.json["rows"][0]["id"].as_str().unwrap())).await.expect(200).json;
    assert_eq!((&task["recorded_at"], &task["due_on"]), (&json!("2021-08-04T02:00:00Z"), &json!("2021-12-31")));
    assert_eq!(task["timeliness"], "overdue");
    let future = send(&office, "kind=tasks&recorded_at=2030-01-01T00:00:00Z", &table).await;
    future.refused(400, "invalid_parameter").names("recorded_at", "future");
}

async fn who_may_import_what(app: TestApp) {
    let table = format!("{HEADER}1,Khám bệnh,Sở Y tế,,Báo cáo,quý IV/2023\n");
    let areas = "code,name,level,parent_code,valid_from\nhg-xa-moi,Xã Mới,commune,hg,2004-01-01\n";
    send(&app.office(), "kind=areas", areas).await.refused(403, "forbidden");
    for actor in [&app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        send(actor, "kind=tasks", &table).await.refused(403, "forbidden");
        actor.get("imports").await.refused(403, "forbidden");
    }
    app.anonymous().get("imports").await.refused(401, "unauthenticated");
    // Another province has other units, and does not see what was taken in here.
    let elsewhere = send(&app.outsider(), "kind=tasks&dry_run=true", &table).await.expect(200);
    assert_eq!(problems(&elsewhere), [(2, "unknown_unit".to_owned())]);
    let made = send(&app.admin(), "kind=tasks&source=x1", &table).await.expect(201);
    let id = made.json["id"].as_str().unwrap();
    app.outsider().get(&format!("imports/{id}")).await.refused(404, "not_found");
    assert_eq!(app.outsider().get("imports").await.expect(200).texts("id"), Vec::<&str>::new());
    assert_eq!(app.office().get("imports").await.expect(200).texts("id"), [id]);
    // Whoever writes for one district only is told so, row by row.
    let narrow = app.account_with(
        "office-vi-thuy",
        &[(resolution_tracker::domain::permission::Role::Office, crate::common::world::On::Area("hg-huyen-vi-thuy"))],
    );
    let told = send(&narrow, "kind=tasks&source=y2&dry_run=true", &table).await.expect(200);
    assert_eq!(problems(&told), [(2, "forbidden".to_owned())]);
    for query in
        ["", "kind=nonsense", "kind=tasks&nonsense=1", "kind=tasks&programme=01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55", "kind=tasks&root=hd"]
    {
        assert_eq!(send(&app.office(), query, &table).await.status, 400, "{query}");
    }
}
