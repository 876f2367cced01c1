//! Exports: a list is taken away as a file, and the file is taken in again, here or elsewhere.

mod readers;
mod templates;

use resolution_tracker::db::DatabaseUrl;
use resolution_tracker::domain::Reference;
use resolution_tracker::domain::imports::{ImportKind, ImportOptions, ImportReport, RowOutcome};
use resolution_tracker::domain::permission::Role;
use resolution_tracker::files;
use resolution_tracker::service::access;
use resolution_tracker::service::imports;
use serde_json::{Value, json};

use super::backup::command::Place;
use super::demo::loaded;
use super::tasks::{draft, drafted, issued};
use crate::common::world::{self, On};
use crate::common::{Actor, Kind, Response, TestApp, on_both_databases};

on_both_databases! {
    what_is_exported_is_taken_in_again_and_changes_nothing,
    a_changed_cell_changes_one_task,
    a_file_of_another_database_makes_its_tasks_once,
    the_command_line_writes_what_it_reads,
}

mod the_demo {
    use crate::common::Kind;

    #[actix_web::test]
    async fn sqlite() {
        super::the_demo_goes_round(Kind::Sqlite).await;
    }

    #[actix_web::test]
    async fn postgres() {
        super::the_demo_goes_round(Kind::Postgres).await;
    }
}

/// A list as a file.
async fn exported(actor: &Actor<'_>, file: &str) -> Response {
    let answer = actor.get(&format!("exports/{file}")).await.expect(200);
    let (stem, end) = file.split('?').next().unwrap().split_once('.').unwrap();
    let name = match stem {
        "areas" => "dia-ban",
        "units" => "don-vi",
        _ => "nhiem-vu",
    };
    let wanted = format!("attachment; filename=\"{name}-2023-10-02.{end}\"");
    assert_eq!((answer.header("content-disposition"), answer.header("cache-control")), (wanted.as_str(), "private, no-cache"));
    answer
}

/// Sends a file as it came.
async fn taken_in(actor: &Actor<'_>, query: &str, file: &Response) -> Response {
    let media_type = file.header("content-type").split(';').next().unwrap().to_owned();
    actor.call(actix_web::http::Method::POST, &format!("imports?{query}")).bytes(&media_type, file.body.clone()).await
}

/// The rows of a text table, its header first.
fn rows(file: &Response) -> Vec<Vec<String>> {
    let text = file.text.trim_start_matches('\u{feff}');
    let mut table = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|title| title == name).unwrap_or_else(|| panic!("no column {name:?}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

/// A province with everything in it that a table could stumble over.
async fn odd_province(app: &TestApp) {
    let (admin, office) = (app.admin(), app.office());
    for (code, area, name) in [
        ("hg-p1", "hg-huyen-vi-thuy", "UBND Phường I"),
        ("hg-p2", "hg-huyen-chau-thanh-a", "UBND Phường I"),
        ("hg-hoi", "hg", "Hội Nông dân (tỉnh), cơ sở 2"),
    ] {
        app.pass(1);
        let unit = json!({"code": code, "name": name, "system": "state", "kind": "people_committee", "area": area, "parent": "hg-ubnd-tinh",
            "valid_from": "2004-01-01", "valid_to": (code == "hg-p2").then_some("2030-12-31"), "note": "=1+1\nhai  dòng", "agency_code": "H30.14"});
        admin.post("units", unit).await.expect(201);
    }
    admin.change("areas/hg-xa-vi-trung", json!({"note": "- một\n- hai", "valid_to": "2025-06-30"})).await.expect(200);
    let whole = issued(app, json!({"title": "=Xây dựng \"cơ chế\"; chính sách", "lead_unit": "hg-ubnd-tinh", "weight": 3,
        "description": "dòng một\n\n  dòng ba", "deadline": {"text": "trong quý IV năm nay", "reference_date": "2023-01-05"}, "assigned_on": "03/8/2023",
        "coordinating_units": ["hg-p1", "hg-p2", "hg-hoi"], "assigned_by": "Bí thư\u{a0}Tỉnh ủy", "assigning_document": "12-KH/TU", "source": "Kế hoạch"}))
    .await;
    let _ = issued(
        app,
        json!({"title": "Phần việc", "lead_unit": "hg-p2", "parent": whole, "scope": "-10% kinh phí", "assigned_on": "tháng 8/2023"}),
    )
    .await;
    let _ = drafted(app, json!({"lead_unit": "hg-hoi", "secrecy": "secret"})).await;
    let _ = drafted(
        app,
        json!({"title": "+ Khẩn trương", "lead_unit": "hg-hoi", "deadline": {"text": "31/12/2023"}, "deliverable": "@Báo cáo"}),
    )
    .await;
    let done = issued(app, draft("Hoàn thành")).await;
    let report = json!({"state": "completed", "result": "Đã ban hành", "measured_on": "2023-10-02", "product": {"number": "1/KH", "issued_on": "2023-10-02"}});
    office.post(&format!("tasks/{done}/progress-reports"), report).await.expect(201);
}

async fn what_is_exported_is_taken_in_again_and_changes_nothing(app: TestApp) {
    odd_province(&app).await;
    let keeper = app.account_with("keeper", &[(Role::Admin, On::Area("hg")), (Role::Office, On::Area("hg"))]);
    let before = app.position();
    for (kind, many) in [("areas", 5), ("units", 13), ("tasks", 5)] {
        for end in ["xlsx", "csv"] {
            let file = exported(&keeper, &format!("{kind}.{end}")).await;
            let told = taken_in(&keeper, &format!("kind={kind}&source=lan-hai"), &file).await.expect(200);
            let counts = &told.json["counts"];
            let seen = ["rows", "unchanged", "created", "updated", "failed", "errors"].map(|name| counts[name].as_u64().unwrap());
            assert_eq!(seen, [many, many, 0, 0, 0, 0], "{kind}.{end}: {}", told.text);
            assert_eq!(told.json["id"], Value::Null);
        }
    }
    assert_eq!(app.position(), before, "nothing was written");
    let table = rows(&exported(&keeper, "tasks.csv").await);
    let whole = table.iter().find(|row| row[1].contains("cơ chế")).unwrap();
    assert_eq!(whole[1], "'=Xây dựng \"cơ chế\"; chính sách");
    assert_eq!(whole[3], "Hội Nông dân (tỉnh), cơ sở 2; UBND Phường I [hg-p1]; UBND Phường I [hg-p2]");
    assert_eq!((whole[5].as_str(), whole[6].as_str()), ("trong quý IV năm nay", "05/01/2023"));
    let done = table.iter().find(|row| row[1] == "Hoàn thành").unwrap();
    assert_eq!(done[8..15], ["Hoàn thành", "Hoàn thành đúng hạn", "31/12/2023", "02/10/2023", "", "100", ""]);
}

async fn a_changed_cell_changes_one_task(app: TestApp) {
    odd_province(&app).await;
    let office = app.office();
    let file = exported(&office, "tasks.csv?q=khan+truong").await;
    assert_eq!(rows(&file).len(), 2);
    let changed = file.text.replace("'@Báo cáo", "Báo cáo tháng");
    let told = office.call(actix_web::http::Method::POST, "imports?kind=tasks").bytes("text/csv", changed).await.expect(201);
    assert_eq!((told.json["counts"]["updated"].as_u64(), told.json["counts"]["created"].as_u64()), (Some(1), Some(0)));
    let task = office.get(&format!("tasks/{}", told.json["rows"][0]["id"].as_str().unwrap())).await.expect(200).json;
    assert_eq!((&task["deliverable"], &task["title"], &task["version"]), (&json!("Báo cáo tháng"), &json!("+ Khẩn trương"), &json!(2)));
    // An id that is mistyped makes a task of its own, and says so.
    let mistyped = file.text.replace(&column(&rows(&file), "Mã")[0], "018b0000-0000-7000-8000-000000000000");
    let both = format!("{mistyped}{}", file.text.lines().last().unwrap().replacen("1,", "2,", 1));
    let told = office.call(actix_web::http::Method::POST, "imports?kind=tasks&dry_run=true").bytes("text/csv", both).await.expect(200);
    assert_eq!(super::imports::problems(&told), [(2, "new_id".to_owned())]);
}

/// Takes a file in on the command line's behalf.
fn carried_out(app: &TestApp, kind: ImportKind, file: &Response) -> ImportReport {
    let book = files::open("chuyen.xlsx", &file.body).unwrap();
    let options = ImportOptions { root: (kind == ImportKind::Tasks).then(|| Reference::Code("hg".into())), ..ImportOptions::default() };
    app.db(|conn, at| imports::run(conn, &access::Actor::system("a test"), kind, &book, &options, at))
}

const KINDS: [ImportKind; 3] = [ImportKind::Areas, ImportKind::Units, ImportKind::Tasks];

pub fn kind_of(app: &TestApp) -> Kind {
    if matches!(app.database.url, DatabaseUrl::Sqlite(_)) { Kind::Sqlite } else { Kind::Postgres }
}

/// Everything of one database made in an empty one, and again.
async fn moved(app: &TestApp, keeper: &Actor<'_>) -> TestApp {
    let elsewhere = TestApp::start_empty(kind_of(app), &app.now().to_rfc3339()).await;
    let filter = |kind| if kind == ImportKind::Tasks { "?area=hg" } else { "" };
    for again in [false, true] {
        let (before, mut stubs) = (elsewhere.position(), 0);
        for kind in KINDS {
            let file = exported(keeper, &format!("{kind}.xlsx{}", filter(kind))).await;
            let report = carried_out(&elsewhere, kind, &file);
            let errors: Vec<_> = report.problems.iter().filter(|problem| problem.is_error()).collect();
            assert!(report.applied && errors.is_empty(), "{kind}: {errors:#?}");
            // Stubs of secret tasks have no name by which they could be known again.
            stubs = report.rows.iter().filter(|row| row.name.is_empty()).count();
            let wanted = if again { RowOutcome::Unchanged } else { RowOutcome::Created };
            assert!(report.row_count > 0 && report.count(wanted) + stubs >= report.row_count, "{kind}: {:?}", report.rows);
        }
        assert_eq!(again && stubs == 0, elsewhere.position() == before);
    }
    elsewhere.db(|conn, _| world::db_account(conn, "admin", &[(Role::Admin, On::Area("hg"))]));
    elsewhere
}

async fn a_file_of_another_database_makes_its_tasks_once(app: TestApp) {
    odd_province(&app).await;
    let elsewhere = moved(&app, &app.admin()).await;
    let tasks = elsewhere.admin().get("tasks").await.expect(200).json;
    let of = |title: &str| tasks["items"].as_array().unwrap().iter().find(|task| task["title"] == title).unwrap().clone();
    assert_eq!(
        (&of("Phần việc")["parent"], &of("Phần việc")["lifecycle"]),
        (&of("=Xây dựng \"cơ chế\"; chính sách")["id"], &json!("draft"))
    );
    assert_eq!(of("Hoàn thành")["external_refs"][0]["system"], "chuyen");
}

/// What a table says of things themselves, whatever their order, ids and progress here.
fn said(file: &Response) -> Vec<Vec<String>> {
    let table = rows(file);
    // Without its resolution "nhiệm kỳ" has no date, and progress is in no file.
    let left_out = [
        "STT",
        "Mã",
        "Thuộc nhiệm vụ",
        "Trạng thái",
        "Tình trạng",
        "Hạn ngày",
        "Ngày hoàn thành",
        "Số ngày chậm",
        "Đã báo cáo (%)",
        "Đã xác nhận (%)",
    ];
    let is_task = table[0].iter().any(|title| title == "Nhiệm vụ");
    let kept: Vec<usize> = (0..table[0].len()).filter(|at| !is_task || !left_out.contains(&table[0][*at].as_str())).collect();
    let mut said: Vec<Vec<String>> = table.iter().map(|row| kept.iter().map(|at| row[*at].clone()).collect()).collect();
    said.sort();
    said
}

async fn the_demo_goes_round(kind: Kind) {
    let app = loaded(kind, "2023-10-02T02:00:00Z").await;
    let admin = app.admin();
    let before = app.position();
    for kind in KINDS {
        for end in ["xlsx", "csv"] {
            let file = exported(&admin, &format!("{kind}.{end}")).await;
            let told = taken_in(&admin, &format!("kind={kind}"), &file).await.expect(200);
            assert!(told.json["counts"]["rows"].as_u64() > Some(8), "{kind}: {}", told.json["counts"]);
            assert_eq!(told.json["counts"]["unchanged"], told.json["counts"]["rows"], "{kind}.{end}: {}", told.json["counts"]);
        }
    }
    assert_eq!(app.position(), before, "nothing was written");
    let elsewhere = moved(&app, &admin).await;
    for kind in KINDS {
        let (here, there) = (exported(&admin, &format!("{kind}.csv")).await, exported(&elsewhere.admin(), &format!("{kind}.csv")).await);
        let (here, there) = (said(&here), said(&there));
        let differing: Vec<_> = here.iter().zip(&there).filter(|(here, there)| here != there).take(3).collect();
        assert!(here.len() == there.len() && differing.is_empty(), "{kind}: {differing:#?}");
    }
}

async fn the_command_line_writes_what_it_reads(app: TestApp) {
    odd_province(&app).await;
    let place = Place::of(&app.database);
    let before = app.position();
    for (kind, rows) in [("areas", 6), ("units", 14), ("tasks", 5)] {
        for end in ["xlsx", "csv"] {
            let file = place.file(&format!("{kind}.{end}"));
            assert_eq!(place.run(&["export", kind, &file]).done(), format!("{file}: {rows} rows\n"));
            place.run(&["export", kind, &file]).refused("exists already");
            place.run(&["export", kind, &file, "--force"]).done();
            let rest: &[&str] = if kind == "tasks" { &["--root", "hg"] } else { &[] };
            let told = place.run(&[&["import", kind, file.as_str()], rest].concat()).done();
            assert!(told.contains(&format!("{rows} dòng: tạo 0, sửa 0, không đổi {rows}, bỏ qua 0, lỗi 0")), "{told}");
        }
    }
    assert_eq!(app.position(), before);
    let file = place.file("mau.xlsx");
    assert!(place.run(&["export", "tasks", "--template", &file]).done().contains("fill it in"));
    place.run(&["import", "tasks", &file, "--root", "hg", "--dry-run"]).refused("1 errors");
    place.run(&["export", "tasks", &place.file("x.txt")]).refused(".xlsx or .csv");
    place.run(&["export", "tasks", "--template", &place.file("x.csv")]).refused("must end in .xlsx");
    for (kind, file) in [("documents", place.file("mau-van-ban.xlsx")), ("unit-events", place.file("mau-sap-xep.xlsx"))] {
        place.run(&["export", kind, &file]).refused("only areas, units and tasks are exported");
        assert!(place.run(&["export", kind, "--template", &file]).done().contains("fill it in"));
        place.run(&["import", kind, &file, "--root", "hg", "--dry-run"]).refused("1 errors");
    }
    place.run(&["import", "nonsense", &file]).refused("calendar-days");
    let overdue = place.file("qua-han.csv");
    assert!(place.run(&["export", "tasks", &overdue, "--timeliness", "overdue", "--area", "hg"]).done().ends_with(" rows\n"));
}
