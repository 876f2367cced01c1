//! Templates: taken away empty, filled in, taken in.

use std::io::{Cursor, Read, Write};

use resolution_tracker::domain::imports::ImportKind;
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::taken_in;
use crate::common::{Response, TestApp, on_both_databases};
use crate::imports::problems;

on_both_databases! {
    an_empty_template_says_that_there_is_nothing_yet,
    a_template_that_was_filled_in_is_taken_in,
    a_template_offers_what_there_is,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The parts of a workbook, by name.
fn parts(book: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().to_string(), text)
        })
        .collect()
}

fn part(book: &[u8], name: &str) -> String {
    parts(book).into_iter().find(|(known, _)| known == name).unwrap().1
}

/// The template with these cells typed into its second row.
fn filled_in(template: &Response, cells: &[(char, &str)]) -> Vec<u8> {
    let cell = |(column, text): &(char, &str)| format!("<c r=\"{column}2\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = format!("<row r=\"2\">{}</row></sheetData>", cells.iter().map(cell).collect::<String>());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts(&template.body) {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        let text = if name == "xl/worksheets/sheet1.xml" { text.replace("</sheetData>", &row) } else { text };
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

async fn an_empty_template_says_that_there_is_nothing_yet(app: TestApp) {
    let keeper = app.account_with(
        "keeper",
        &[
            (resolution_tracker::domain::permission::Role::Admin, crate::common::world::On::Area("hg")),
            (resolution_tracker::domain::permission::Role::Office, crate::common::world::On::Area("hg")),
        ],
    );
    let before = app.position();
    for kind in ImportKind::ALL {
        let template = keeper.get(&format!("imports/templates/{kind}.xlsx")).await.expect(200);
        assert!(template.header("content-disposition").starts_with("attachment; filename=\"mau-"));
        let told = taken_in(&keeper, &format!("kind={kind}&dry_run=true"), &template).await.expect(200);
        assert_eq!(problems(&told), [(0, "no_rows".to_owned())], "{kind}: {}", told.text);
        assert_eq!(told.json["problems"][0]["message"], "chưa có gì để nhập: hãy điền các dòng bên dưới tiêu đề");
        taken_in(&keeper, &format!("kind={kind}"), &template).await.refused(422, "import_has_errors").names("/file", "import_problem");
    }
    assert_eq!(app.position(), before);
    let browser = app.browser_of("office");
    let page = browser.get("/import/templates/tasks.xlsx").await.expect(200);
    assert_eq!(page.body, app.office().get("imports/templates/tasks.xlsx").await.expect(200).body);
}

async fn a_template_that_was_filled_in_is_taken_in(app: TestApp) {
    let (admin, office) = (app.admin(), app.office());
    let send = async |actor: &crate::common::Actor<'_>, kind: &str, cells: &[(char, &str)]| {
        let template = actor.get(&format!("imports/templates/{kind}.xlsx")).await.expect(200);
        let book = filled_in(&template, cells);
        actor.call(actix_web::http::Method::POST, &format!("imports?kind={kind}&source=mau")).bytes(XLSX, book).await.expect(201)
    };
    let area = [('B', "hg-xa-moi"), ('C', "Xã Mới"), ('D', "Xã, phường"), ('E', "Huyện Vị Thủy"), ('F', "01/01/2004")];
    assert_eq!(problems(&send(&admin, "areas", &area).await), []);
    assert_eq!(admin.get("areas/hg-xa-moi").await.expect(200).json["parent"], app.area("hg-huyen-vi-thuy"));
    let unit = [
        ('B', "hg-xa-moi-ubnd"),
        ('D', "UBND xã Mới"),
        ('E', "Ủy ban nhân dân"),
        ('G', "UBND huyện Vị Thủy"),
        ('H', "Xã Mới"),
        ('I', "1/1/2004"),
    ];
    assert_eq!(problems(&send(&admin, "units", &unit).await), []);
    let task = [
        ('A', "1"),
        ('B', "Khám bệnh"),
        ('C', "UBND xã Mới"),
        ('D', "Sở Y tế; Sở Tài chính"),
        ('F', "quý IV/2023"),
        ('H', "Văn phòng Tỉnh ủy"),
    ];
    assert_eq!(problems(&send(&office, "tasks", &task).await), []);
    let document =
        [('B', "17/KH-UBND"), ('C', "Kế hoạch"), ('D', "Kế hoạch năm 2022"), ('F', "UBND xã Mới"), ('G', "05/01/2022"), ('J', "2022")];
    assert_eq!(problems(&send(&office, "documents", &document).await), []);
    let event = [('B', "01/07/2024"), ('D', "Giải thể"), ('E', "Sở Tài chính"), ('G', "Sở Y tế"), ('H', "12/NQ-HĐND")];
    assert_eq!(problems(&send(&admin, "unit_events", &event).await), []);
    let made = office.get("tasks").await.expect(200).json["items"][0].clone();
    assert_eq!((&made["lead_unit"]["code"], &made["due_on"]), (&json!("hg-xa-moi-ubnd"), &json!("2023-12-31")));
    assert_eq!((made["coordinating_units"].as_array().unwrap().len(), &made["monitoring_unit"]["name"]), (2, &json!("Văn phòng Tỉnh ủy")));
}

async fn a_template_offers_what_there_is(app: TestApp) {
    app.admin().change("units/hg-so-tai-chinh", json!({"valid_to": "2023-09-30"})).await.expect(200);
    let book = app.office().get("imports/templates/tasks.xlsx").await.expect(200).body;
    let words = part(&book, "xl/sharedStrings.xml");
    assert!(words.contains("Sở Y tế") && words.contains("Nhiệm vụ (*)") && words.contains("Tuyệt mật"));
    assert!(!words.contains("<t>Sở Tài chính</t>") && !words.contains("Sở Tư pháp"), "neither the ended nor another province's");
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("type=\"list\"").count(), 4, "lead, helpers, monitoring, secrecy");
    assert!(sheet.contains("<formula1>'Danh mục'!$A$2:$A$10</formula1>"), "{sheet}");
    assert!(part(&book, "xl/workbook.xml").contains("name=\"Danh mục\" sheetId=\"3\" state=\"hidden\""));
    // A place with nothing in it yet has a template all the same.
    let empty = TestApp::start_empty(super::kind_of(&app), "2023-10-02").await;
    let template = empty.db(|conn, at| {
        let permit = resolution_tracker::service::access::Permit::of_system("a test");
        resolution_tracker::service::exports::template(conn, &permit, ImportKind::Areas, at)
    });
    let written = resolution_tracker::files::written::template(&template).unwrap();
    assert_eq!(part(&written.bytes, "xl/worksheets/sheet1.xml").matches("type=\"list\"").count(), 1, "levels");
}
