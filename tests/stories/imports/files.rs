//! Files as offices have them, and files nobody should send.

use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::json;
use zip::write::SimpleFileOptions;

use super::{problems, send};
use crate::common::{Actor, Call, TestApp, on_both_databases};

on_both_databases! {
    a_workbook_as_offices_have_it,
    a_form_carries_the_file,
}

mod hostile {
    use crate::common::{Kind, TestApp};

    #[actix_web::test]
    async fn files_are_refused() {
        super::hostile_files_are_refused(TestApp::start(Kind::Sqlite).await).await;
    }

    #[actix_web::test]
    async fn empty_rows_cost_nothing() {
        super::a_million_empty_rows_cost_nothing(TestApp::start(Kind::Sqlite).await).await;
    }
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn post<'a>(actor: &'a Actor<'_>, query: &str, bytes: Vec<u8>) -> Call<'a> {
    actor.call(actix_web::http::Method::POST, &format!("imports?{query}")).bytes(XLSX, bytes)
}

/// Merged headers over two rows, a title above, wrapped words, NFD, hard spaces, a real date.
pub fn annex() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Phụ lục").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 5, "PHỤ LỤC NHIỆM VỤ", &plain).unwrap();
    sheet.merge_range(2, 0, 3, 0, "STT", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "Nội dung\nnhiệm vụ", &plain).unwrap();
    sheet.merge_range(2, 2, 2, 3, "Phân công", &plain).unwrap();
    sheet.write(3, 2, "Chủ trì").unwrap();
    sheet.write(3, 3, "Phối hợp").unwrap();
    sheet.merge_range(2, 4, 3, 4, "Thời gian hoàn thành", &plain).unwrap();
    sheet.merge_range(2, 5, 3, 5, "Ghi chú", &plain).unwrap();
    sheet.merge_range(4, 0, 4, 5, "I. Lĩnh vực y tế", &plain).unwrap();
    sheet.write(5, 0, 1).unwrap();
    sheet.write(5, 1, "Kha\u{301}m bê\u{323}nh lưu động\u{a0} ").unwrap();
    sheet.write(5, 2, "So\u{31b}\u{309} Y te\u{302}\u{301}").unwrap();
    sheet.write(5, 3, "Sở KH&CN").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_with_format(5, 4, ExcelDateTime::from_ymd(2023, 11, 30).unwrap(), &day).unwrap();
    sheet.write(6, 0, 2).unwrap();
    sheet.write(6, 1, "Rà soát").unwrap();
    sheet.write(6, 2, "Sở Tài chính").unwrap();
    sheet.write(6, 4, 45_291).unwrap();
    sheet.write(6, 5, "theo Công văn 12").unwrap();
    book.save_to_buffer().unwrap()
}

async fn a_workbook_as_offices_have_it(app: TestApp) {
    let office = app.office();
    let made = post(&office, "kind=tasks&source=x1", annex()).await.expect(201);
    assert_eq!((made.json["sheet"].as_str(), problems(&made)), (Some("Phụ lục"), vec![]));
    let tasks = office.get("tasks").await.expect(200).json;
    let [first, second] = [&tasks["items"][0], &tasks["items"][1]];
    assert_eq!((&first["title"], &first["due_on"]), (&json!("Khám bệnh lưu động"), &json!("2023-11-30")));
    assert_eq!(first["coordinating_units"][0]["code"], "hg-so-khoa-hoc-va-cong-nghe");
    assert_eq!((&second["due_on"], &second["deadline"]["text"]), (&json!("2023-12-31"), &json!("31/12/2023")));
    assert_eq!(second["description"], "Nhóm: I. Lĩnh vực y tế\nGhi chú: theo Công văn 12");
    let _ = post(&office, "kind=tasks&source=x1", annex()).await.expect(200);
}

async fn a_form_carries_the_file(app: TestApp) {
    let office = app.office();
    let form = |name: &str, file: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"Kế hoạch 9.csv\"\r\nContent-Type: text/csv\r\n\r\n{file}\r\n--x--\r\n"
        )
    };
    let send =
        |form: String| office.call(actix_web::http::Method::POST, "imports?kind=tasks").bytes("multipart/form-data; boundary=x", form);
    let made = send(form("file", "STT,Nhiệm vụ,Chủ trì\n1,Khám bệnh,Sở Y tế\n")).await.expect(201);
    let kept = office.get("imports").await.expect(200).json["items"][0].clone();
    assert_eq!((&kept["file_name"], &kept["id"]), (&json!("Kế hoạch 9.csv"), &made.json["id"]));
    assert_eq!(made.json["source"], "ke-hoach-9");
    send(form("other", "x")).await.invalid("/file", "required");
    send("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nSTT".into()).await.invalid("/file", "file_damaged");
}

pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

async fn hostile_files_are_refused(app: TestApp) {
    let office = app.office();
    let zeros = vec![b' '; 100 * 1024 * 1024];
    let bomb = archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1024 * 1024);
    let before = app.position();
    let refused = |bytes: Vec<u8>| post(&office, "kind=tasks", bytes);
    refused(bomb.clone()).await.refused(413, "file_too_large");
    refused(lying(bomb)).await.refused(422, "validation_failed");
    refused(vec![b'x'; 11 * 1024 * 1024]).await.refused(413, "file_too_large");
    for (bytes, rule) in [
        (archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/vbaProject.bin", b"x")]), "file_macros"),
        (archive(&[("word/document.xml", b"<w/>")]), "file_kind"),
        (b"%PDF-1.7".to_vec(), "file_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "file_old"),
        (b"STT,Nhi\xd6m v\xf4".to_vec(), "file_encoding"),
        (annex()[..2000].to_vec(), "file_damaged"),
        (Vec::new(), "file_empty"),
    ] {
        refused(bytes).await.invalid("/file", rule);
    }
    office.post("imports?kind=tasks", json!({})).await.refused(415, "unsupported_file_type");
    assert_eq!(app.position(), before);
}

/// The same archive, its directory claiming that every part is small.
fn lying(mut archive: Vec<u8>) -> Vec<u8> {
    let size = u32::try_from(100 * 1024 * 1024_u64).unwrap().to_le_bytes();
    while let Some(at) = archive.windows(4).position(|bytes| bytes == size) {
        archive[at..at + 4].copy_from_slice(&16_u32.to_le_bytes());
    }
    archive
}

async fn a_million_empty_rows_cost_nothing(app: TestApp) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let grey = Format::new().set_background_color("#EEEEEE");
    for (column, name) in ["STT", "Nhiệm vụ", "Chủ trì"].iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), *name).unwrap();
    }
    sheet.write(1, 0, 1).unwrap();
    sheet.write(1, 1, "Khám bệnh").unwrap();
    sheet.write(1, 2, "Sở Y tế").unwrap();
    for row in (2..1_048_576).step_by(16) {
        sheet.write_blank(row, 0, &grey).unwrap();
    }
    // The farthest corner, which a dense table of the sheet would have to reach.
    sheet.write_blank(1_048_575, 16_383, &grey).unwrap();
    let made = post(&app.office(), "kind=tasks", book.save_to_buffer().unwrap()).await.expect(201);
    assert_eq!((made.json["counts"]["created"].as_u64(), made.json["counts"]["rows"].as_u64()), (Some(1), Some(1)));
    let _ = send(&app.office(), "kind=tasks", "STT,Nhiệm vụ,Chủ trì\n\n\n1,Khám bệnh,Sở Y tế\n").await.expect(201);
}
