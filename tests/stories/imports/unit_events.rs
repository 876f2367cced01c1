//! The annex of a reorganisation: Hậu Giang becomes a part of Cần Thơ (NQ 202/2025/QH15, NQ 1668/NQ-UBTVQH15;
//! who takes over is assumed).

use resolution_tracker::domain::imports::{ImportKind, ImportOptions, ImportReport, RowOutcome};
use resolution_tracker::files;
use resolution_tracker::service::access::Actor;
use resolution_tracker::service::imports;
use serde_json::json;

use super::{counts, problems, send};
use crate::common::{Kind, TestApp, on_both_databases};

/// The real annex is read on either database.
mod annex {
    use crate::common::Kind;

    #[actix_web::test]
    async fn of_hau_giang_sqlite() {
        super::the_annex_of_hau_giang_is_recorded_whole(Kind::Sqlite).await;
    }

    #[actix_web::test]
    async fn of_hau_giang_postgres() {
        super::the_annex_of_hau_giang_is_recorded_whole(Kind::Postgres).await;
    }
}

on_both_databases! {
    an_annex_of_mergers_is_recorded_once,
    what_cannot_be_is_told_at_its_row,
    a_name_that_two_have_is_not_guessed,
}

const HEADER: &str = "Từ ngày,Đối tượng,Loại,Trước,Sau,Bàn giao việc cho,Căn cứ,Ghi chú\n";

/// What is there after.
async fn successors(app: &TestApp) {
    let admin = app.admin();
    let areas = "code,name,level,parent_code,valid_from\nhg-xa-moi,Xã Mới,commune,hg,2024-07-01\n";
    let _ = send(&admin, "kind=areas", areas).await.expect(201);
    let units = "code,name,kind,parent_code,area_code,valid_from\nhg-so-moi,Sở Tài chính và Y tế,department,hg-ubnd-tinh,hg,2024-07-01\n\
                 hg-so-so,Sở Số,department,hg-ubnd-tinh,hg,2024-07-01\n";
    let _ = send(&admin, "kind=units", units).await.expect(201);
}

async fn an_annex_of_mergers_is_recorded_once(app: TestApp) {
    successors(&app).await;
    let admin = app.admin();
    let table = format!(
        "{HEADER}01/07/2024,Đơn vị,Sáp nhập,Sở Y tế,Sở Tài chính và Y tế,,12/NQ-HĐND,\n01/07/2024,Đơn vị,Sáp nhập,Sở Tài chính,Sở Tài chính và Y tế,,12/NQ-HĐND,\n\
         01/07/2024,Địa bàn,sáp nhập,Xã Vị Trung; hg-xa-nhon-nghia-a,Xã Mới,,12/NQ-HĐND,giả định\n\
         01/07/2024,,Chia tách,Sở Khoa học và Công nghệ,\"Sở Số (0,6); Sở Khoa học và Công nghệ 40%\",Sở Số,13/NQ-HĐND,\n"
    );
    let before = app.position();
    let dry = send(&admin, "kind=unit_events&dry_run=true", &table).await.expect(200);
    assert_eq!((counts(&dry), problems(&dry), app.position()), ([4, 0, 0, 0], vec![], before), "{}", dry.text);
    let made = send(&admin, "kind=unit_events", &table).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([4, 0, 0, 0], vec![]));
    let rows = made.json["rows"].as_array().unwrap();
    assert_eq!((rows[0]["id"] == rows[1]["id"], rows[1]["id"] == rows[2]["id"]), (true, false));
    let events = admin.get("unit-events").await.expect(200);
    assert_eq!(events.texts("id").len(), 3, "rows of one merger are one");
    let of =
        |basis: &str| events.json["items"].as_array().unwrap().iter().filter(|e| e["legal_basis"] == basis).cloned().collect::<Vec<_>>();
    let (first, second) = (of("12/NQ-HĐND"), of("13/NQ-HĐND"));
    assert_eq!((first.len(), first[0]["reorganisation"] == first[1]["reorganisation"]), (2, true), "{}", events.text);
    assert_ne!(first[0]["reorganisation"], second[0]["reorganisation"]);
    assert_eq!(admin.get("units/hg-so-y-te").await.expect(200).json["valid_to"], "2024-06-30");
    let before = app.position();
    let again = send(&admin, "kind=unit_events", &table).await.expect(200);
    assert_eq!((counts(&again), app.position()), ([0, 0, 4, 0], before), "what is recorded stays");
    assert_eq!(again.json["rows"][0]["id"], rows[0]["id"]);
    // A row more is a reorganisation of its own.
    let more = format!("{table}01/07/2024,Đơn vị,Giải thể,Huyện ủy Vị Thủy,,Tỉnh ủy Hậu Giang,12/NQ-HĐND,\n");
    assert_eq!(counts(&send(&admin, "kind=unit_events", &more).await.expect(201)), [1, 0, 4, 0]);
}

async fn what_cannot_be_is_told_at_its_row(app: TestApp) {
    successors(&app).await;
    let admin = app.admin();
    let lead = "STT,Nhiệm vụ,Cơ quan chủ trì,Thời gian hoàn thành\n1,Khám bệnh,UBND huyện Vị Thủy,quý IV/2024\n";
    let _ = send(&app.office(), "kind=tasks&source=x1&issue=true", lead).await.expect(201);
    let wrong = format!(
        "{HEADER}01/07/2024,Đơn vị,Sáp nhập,Sở X,Sở Số,,1/QĐ,\nmai,Đơn vị,bay,Sở Y tế,,,,\n\
         01/07/2024,Đơn vị,Chia tách,Sở Y tế,\"Sở Số (0,6); Sở Tài chính và Y tế (0,6)\",Sở Số,1/QĐ,\n\
         01/07/2024,Đơn vị,Giải thể,UBND huyện Vị Thủy,,,1/QĐ,\n01/07/2024,Đơn vị,Giải thể,Sở Tài chính,Sở Số,,2/QĐ,\n"
    );
    let before = app.position();
    let told = send(&admin, "kind=unit_events&dry_run=true", &wrong).await.expect(200);
    let wanted = [(2, "unknown_unit"), (3, "not_a_date"), (3, "unknown_word"), (3, "required"), (4, "shares"), (6, "event_sides")];
    assert_eq!(problems(&told), wanted.map(|(row, code)| (row, code.to_owned())), "{}", told.text);
    assert_eq!(told.json["problems"][4]["column"], "E");
    send(&admin, "kind=unit_events", &wrong).await.refused(422, "import_has_errors");
    // Open work must go to somebody.
    let undecided = format!(
        "{HEADER}01/07/2024,Đơn vị,Sáp nhập,Sở Y tế; Sở Tài chính,Sở Tài chính và Y tế,,1/QĐ,\n01/07/2024,Đơn vị,Giải thể,UBND huyện Vị Thủy,,,1/QĐ,\n"
    );
    let told = send(&admin, "kind=unit_events&dry_run=true", &undecided).await.expect(200);
    assert_eq!(problems(&told), [(3, "undecided".to_owned())]);
    assert_eq!((counts(&told), &told.json["problems"][0]["column"]), ([0, 0, 0, 2], &json!("F")), "all or nothing");
    assert_eq!(app.position(), before, "nothing is half-written");
    let decided = undecided.replace("UBND huyện Vị Thủy,,,", "UBND huyện Vị Thủy,,UBND tỉnh,");
    let done = send(&admin, "kind=unit_events", &decided).await.expect(201);
    assert_eq!((counts(&done), problems(&done)), ([2, 0, 0, 0], vec![]));
    send(&app.office(), "kind=unit_events", &decided).await.refused(403, "forbidden");
    let told = send(&app.outsider(), "kind=unit_events&dry_run=true", &decided).await.expect(200);
    assert!(problems(&told).iter().all(|(_, code)| code == "unknown_unit") && problems(&told).len() == 5, "{}", told.text);
}

async fn a_name_that_two_have_is_not_guessed(app: TestApp) {
    let admin = app.admin();
    // The new commune has the name of an old one, as Vị Thủy has in the real list.
    let areas = "code,name,level,parent_code,valid_from\nhg-xa-vi-trung-moi,Xã Vị Trung,commune,hg,2024-07-01\n";
    let _ = send(&admin, "kind=areas", areas).await.expect(201);
    let table = format!("{HEADER}01/07/2024,Địa bàn,Sáp nhập,Xã Vị Trung; Xã Nhơn Nghĩa A,Xã Vị Trung,,1/NQ,\n");
    let told = send(&admin, "kind=unit_events&dry_run=true", &table).await.expect(200);
    assert_eq!(problems(&told), [(2, "ambiguous_unit".to_owned())]);
    let one = &told.json["problems"][0];
    assert_eq!((&one["column"], one["suggestions"].as_array().unwrap().len()), (&json!("E"), 2), "{}", told.text);
    let coded = table.replace("A,Xã Vị Trung,", "A,Xã Vị Trung [hg-xa-vi-trung-moi],");
    assert_eq!(counts(&send(&admin, "kind=unit_events", &coded).await.expect(201)), [1, 0, 0, 0]);
    assert_eq!(admin.get("areas/hg-xa-vi-trung").await.expect(200).json["valid_to"], "2024-06-30");
    // Now each side has one of that name.
    assert_eq!(counts(&send(&admin, "kind=unit_events", &table).await.expect(200)), [0, 0, 1, 0]);
}

fn taken_in(app: &TestApp, kind: ImportKind, file: &'static str) -> ImportReport {
    let book = files::open("annex.csv", file.as_bytes()).unwrap();
    app.db(|conn, at| imports::run(conn, &Actor::system("a test"), kind, &book, &ImportOptions::default(), at))
}

/// 78 areas become communes of Cần Thơ, whose units take over from those of Hậu Giang: rows as the list has them.
async fn the_annex_of_hau_giang_is_recorded_whole(kind: Kind) {
    let app = TestApp::start_empty(kind, "2025-06-01T02:00:00Z").await;
    let areas = taken_in(&app, ImportKind::Areas, include_str!("../../../demo/areas.csv"));
    let units = taken_in(&app, ImportKind::Units, include_str!("../../../demo/units.csv"));
    assert!(areas.applied && units.applied, "{:?} {:?}", areas.problems, units.problems);
    let annex = include_str!("../../../demo/unit-events.csv");
    let report = taken_in(&app, ImportKind::UnitEvents, annex);
    assert!(report.applied && report.problems.is_empty(), "{:#?}", report.problems);
    let rows = annex.lines().count() - 1;
    assert_eq!((report.row_count, report.count(RowOutcome::Created)), (rows, rows));
    let before = app.position();
    let again = taken_in(&app, ImportKind::UnitEvents, annex);
    assert_eq!((again.count(RowOutcome::Unchanged), app.position()), (rows, before));
}
