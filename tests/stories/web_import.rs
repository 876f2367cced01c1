//! Importing on the page: a file is checked, corrected, and taken in as it was checked.

use resolution_tracker::service::journal;
use serde_json::json;

use super::imports::files::{annex, archive};
use crate::common::{Browser, Response, TestApp, hidden, on_both_databases};

on_both_databases! {
    a_file_is_checked_and_then_taken_in,
    what_is_wrong_is_told_and_corrected,
    what_is_no_longer_as_it_was_checked_is_checked_again,
    a_form_sent_twice_imports_once,
    a_large_file_is_chosen_again,
    who_may_import_what_on_the_page,
    an_ended_session_says_so,
    an_empty_house_says_what_to_do_first,
}

mod hostile {
    use crate::common::{Kind, TestApp};

    #[actix_web::test]
    async fn files_are_refused_in_words() {
        super::hostile_files_are_refused_in_words(TestApp::start(Kind::Sqlite).await).await;
    }
}

const ANNEX: &str = "STT,Nhiệm vụ,Cơ quan chủ trì,Cơ quan phối hợp,Thời gian hoàn thành\n1,Khám bệnh lưu động,Sở Y tế,doanh nghiệp,quý IV/2023\n\
                     2,Rà soát <b>định mức</b>,Sở Tài chính,,31/12/2023\n";

/// Checks a file of tasks.
async fn check(browser: &Browser<'_>, more: &[(&str, &str)], file: &str) -> Response {
    let _ = browser.get("/import?kind=tasks").await.expect(200);
    let fields: Vec<_> = [("kind", "tasks"), ("step", "check")].into_iter().chain(more.iter().copied()).collect();
    browser.post_file("/import", &fields, Some(("KH 9.csv", file.as_bytes()))).await
}

/// Takes in what a page has checked: with the file that it carries along, or another.
async fn import(browser: &Browser<'_>, page: &Response, more: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Response {
    let own: Vec<(&str, String)> =
        ["kind", "key", "promise", "carried", "carried_name"].map(|name| (name, hidden(&page.text, name))).to_vec();
    let fields = own.iter().map(|(name, value)| (*name, value.as_str())).chain([("step", "import")]);
    browser.post_file("/import", &fields.chain(more.iter().copied()).collect::<Vec<_>>(), file).await
}

async fn a_file_is_checked_and_then_taken_in(app: TestApp) {
    let (browser, before) = (app.browser_of("office"), app.position());
    let options = [("monitoring_unit", "hg-van-phong-tinh-uy"), ("assigning_document", "Kế hoạch 9"), ("assigned_on", "2023-10-01")];
    let page = check(&browser, &options, ANNEX).await.expect(200);
    for part in ["Không có lỗi", "KH 9.csv", "value=\"Kế hoạch 9\"", "doanh nghiệp", "Nhập vào hệ thống", "Rà soát &#60;b&#62;định mức"]
    {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    assert!(page.text.contains("<option value=\"hg-van-phong-tinh-uy\" selected>"));
    assert_eq!(app.position(), before, "a check writes nothing");
    let done = import(&browser, &page, &options, None).await.expect(303);
    let page = browser.get(done.header("location")).await.expect(200).text;
    assert!(page.contains("KH 9.csv: 2 tạo mới.") && page.contains("href=\"/drafts\"") && page.contains("Đã nhập gần đây"), "{page}");
    assert_eq!(app.db(|conn, _| journal::verify(conn)), Ok(app.position()));
    let tasks = app.office().get("tasks").await.expect(200).json;
    let first = &tasks["items"][0];
    assert_eq!((&first["assigning_document"], &first["lifecycle"]), (&json!("Kế hoạch 9"), &json!("draft")));
    assert_eq!(first["monitoring_unit"]["code"], "hg-van-phong-tinh-uy");
    assert!(browser.get("/drafts").await.expect(200).text.contains("Khám bệnh lưu động"));
    // The same file again changes nothing, and the page says so.
    let before = app.position();
    let page = check(&browser, &options, ANNEX).await.expect(200);
    assert!(page.text.contains("Tệp này không làm thay đổi gì") && !page.text.contains("value=\"import\""), "{}", page.text);
    let done = import(&browser, &page, &options, None).await.expect(303);
    assert!(browser.get(done.header("location")).await.expect(200).text.contains("Không có gì thay đổi"));
    assert_eq!(app.position(), before);
}

async fn what_is_wrong_is_told_and_corrected(app: TestApp) {
    let (browser, before) = (app.browser_of("office"), app.position());
    let wrong = ANNEX.replace("Sở Y tế", "Sở Y tết").replace("Sở Tài chính", "Sở Tài chánh; các huyện");
    let page = check(&browser, &[], &wrong).await.expect(200);
    for part in
        ["Chưa nhập được", "Lỗi phải sửa: 3", "không có đơn vị &#34;Sở Y tết&#34;", "Có phải: Sở Y tế", "<td data-label=\"Cột\"><span>C "]
    {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    assert!(!page.text.contains("value=\"import\""), "there is no button to import it");
    // Who sends the form all the same changes nothing.
    let refused = import(&browser, &page, &[], None).await.expect(409);
    assert!(refused.text.contains("Lỗi phải sửa: 3"), "{}", refused.text);
    assert_eq!(app.position(), before);
    // In English, too.
    let _ = browser.get("/language?to=en").await.expect(303);
    assert!(check(&browser, &[], &wrong).await.expect(200).text.contains("there is no unit &#34;Sở Y tết&#34;"));
    let _ = browser.get("/language?to=vi").await.expect(303);
    let page = check(&browser, &[], ANNEX).await.expect(200);
    import(&browser, &page, &[], None).await.expect(303);
    // What is wrong with an option stands beside it, and the file is not lost.
    let page = check(&browser, &[("sheet", "Phụ lục 2")], ANNEX).await.expect(400).text;
    assert!(page.contains("id=\"sheet-fault\"") && page.contains("không có trang tính &#34;Phụ lục 2&#34;"), "{page}");
    assert_eq!(hidden(&page, "carried_name"), "KH 9.csv");
    let page = check(&browser, &[("recorded_on", "2999-01-01")], ANNEX).await.expect(400).text;
    assert!(page.contains("id=\"recorded_on-fault\""), "{page}");
}

async fn what_is_no_longer_as_it_was_checked_is_checked_again(app: TestApp) {
    let browser = app.browser_of("office");
    let page = check(&browser, &[], ANNEX).await.expect(200);
    let before = app.position();
    let other = ANNEX.replace("Khám bệnh", "Chữa bệnh");
    // Another file, another option, another kind of step: none is imported unseen.
    let again = import(&browser, &page, &[], Some(("KH 9.csv", other.as_bytes()))).await.expect(409);
    assert!(again.text.contains("đã khác so với lần kiểm tra trước") && again.text.contains("Chữa bệnh"), "{}", again.text);
    import(&browser, &page, &[("issue", "true")], None).await.expect(409);
    let _ = browser.get("/import").await.expect(200);
    let unchecked = [("kind", "tasks"), ("step", "import")];
    browser.post_file("/import", &unchecked, Some(("KH 9.csv", ANNEX.as_bytes()))).await.expect(409);
    assert_eq!(app.position(), before);
    // Somebody else has imported it meanwhile.
    let elsewhere = app.browser_of("office");
    let first = check(&elsewhere, &[], ANNEX).await.expect(200);
    import(&elsewhere, &first, &[], None).await.expect(303);
    let before = app.position();
    assert!(import(&browser, &page, &[], None).await.expect(409).text.contains("Tệp này không làm thay đổi gì"));
    assert_eq!(app.position(), before);
    // What the last page has checked can be imported.
    let done = import(&browser, &again, &[], Some(("KH 9.csv", other.as_bytes()))).await;
    assert_eq!(done.status, 409, "the other import has changed what it does: {}", done.text);
    import(&browser, &done, &[], None).await.expect(303);
}

async fn a_form_sent_twice_imports_once(app: TestApp) {
    let browser = app.browser_of("office");
    let page = check(&browser, &[], ANNEX).await.expect(200);
    let first = import(&browser, &page, &[], None).await.expect(303);
    let position = app.position();
    let second = import(&browser, &page, &[], None).await.expect(303);
    assert_eq!((first.header("location"), app.position()), (second.header("location"), position));
}

async fn a_large_file_is_chosen_again(app: TestApp) {
    let browser = app.browser_of("office");
    let large = format!("{ANNEX}3,Việc dài,Sở Y tế,,\n\n\n\"Nơi nhận: {}\",,,,\n", "x".repeat(1024 * 1024));
    let page = check(&browser, &[], &large).await.expect(200);
    assert!(page.text.contains("hãy chọn lại đúng tệp") && page.text.len() < 200_000, "{}", page.text);
    let own: Vec<(&str, String)> = ["kind", "key", "promise"].map(|name| (name, hidden(&page.text, name))).to_vec();
    let fields: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).chain([("step", "import")]).collect();
    assert!(browser.post_file("/import", &fields, None).await.expect(422).text.contains("id=\"file-fault\""));
    browser.post_file("/import", &fields, Some(("KH 9.csv", large.as_bytes()))).await.expect(303);
}

async fn who_may_import_what_on_the_page(app: TestApp) {
    let office = app.browser_of("office");
    let page = office.get("/import").await.expect(200).text;
    assert!(page.contains("name=\"kind\" value=\"tasks\"") && !page.contains("?kind=areas\""), "{page}");
    let units = "code,name,kind,area_code,valid_from\nhg-so-moi,Sở Mới,department,hg,2004-01-01\n";
    let fields = [("kind", "units"), ("step", "check")];
    office.post_file("/import", &fields, Some(("u.csv", units.as_bytes()))).await.expect(403);
    let admin = app.browser_of("admin");
    let page = admin.get("/import").await.expect(200).text;
    admin.get("/import/templates/tasks.xlsx").await.expect(200);
    assert!(page.contains("href=\"/import/templates/tasks.xlsx\""), "{page}");
    assert!(
        page.contains("href=\"/import?kind=areas\"") && page.contains("Phụ lục nhiệm vụ như văn bản"),
        "units stand, so tasks come next"
    );
    let page = admin.post_file("/import", &fields, Some(("u.csv", units.as_bytes()))).await.expect(200);
    let done = import(&admin, &page, &[], None).await.expect(303);
    assert!(admin.get(done.header("location")).await.expect(200).text.contains("Tiếp theo: nhập nhiệm vụ"));
    app.admin().get("units/hg-so-moi").await.expect(200);
    for (path, status) in [("/import?kind=things", 400), ("/import?kind=tasks&done=01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55", 404)] {
        admin.get(path).await.expect(status);
    }
    // Not without the token of a page of ours.
    let before = app.position();
    let foreign = app.browser_of("office");
    foreign.post_file("/import", &[("kind", "tasks")], Some(("x.csv", ANNEX.as_bytes()))).await.expect(403);
    assert!(!app.browser_of("leader").get("/").await.expect(200).text.contains("href=\"/import\""));
    assert_eq!(app.position(), before);
}

async fn an_ended_session_says_so(app: TestApp) {
    let browser = app.browser_of("office");
    let page = check(&browser, &[], ANNEX).await.expect(200);
    app.pass(13 * 3600);
    let answer = import(&browser, &page, &[], None).await.expect(401).text;
    assert!(answer.contains("Đăng nhập rồi chọn lại tệp") && answer.contains("name=\"next\" value=\"/import\""), "{answer}");
}

async fn an_empty_house_says_what_to_do_first(app: TestApp) {
    let admin = app.browser_of("admin");
    let page = admin.get("/").await.expect(200).text;
    assert!(page.contains("<li class=\"next\"><a href=\"/import?kind=tasks\">") && page.contains("href=\"/import?kind=areas\""), "{page}");
    let page = app.browser_of("office").get("/").await.expect(200).text;
    assert!(page.contains("href=\"/import?kind=tasks\"") && !page.contains("href=\"/import?kind=areas\""), "{page}");
    let page = app.browser_of("leader").get("/").await.expect(200).text;
    assert!(page.contains("Chưa có nhiệm vụ nào được giao") && !page.contains("/import"), "{page}");
    let office = app.browser_of("office");
    let checked = check(&office, &[], ANNEX).await.expect(200);
    import(&office, &checked, &[], None).await.expect(303);
    assert!(office.get("/").await.expect(200).text.contains("<li class=\"next\"><a href=\"/drafts\">"));
}

async fn hostile_files_are_refused_in_words(app: TestApp) {
    let (browser, before) = (app.browser_of("office"), app.position());
    let zeros = vec![b' '; 100 * 1024 * 1024];
    let bomb = archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    let _ = browser.get("/import").await.expect(200);
    let kept = [("kind", "tasks"), ("step", "check"), ("assigning_document", "Kế hoạch 9")];
    for (file, status, words) in [
        (bomb, 413, "Tệp quá lớn"),
        (vec![b'x'; 11 * 1024 * 1024], 413, "Tệp quá lớn"),
        (archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/vbaProject.bin", b"x")]), 422, "tệp có macro"),
        (b"%PDF-1.7".to_vec(), 422, "không phải bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), 422, "tệp .xls cũ hoặc tệp có mật khẩu"),
        (b"STT,Nhi\xd6m v\xf4".to_vec(), 422, "bảng mã không rõ"),
        (annex()[..2000].to_vec(), 422, "tệp bị hỏng"),
        (Vec::new(), 422, "tệp trống"),
    ] {
        let page = browser.post_file("/import", &kept, Some(("KH 9.xlsx", &file))).await.expect(status).text;
        assert!(page.contains(words) && page.contains("value=\"Kế hoạch 9\"") && page.contains("<h1>Nhập dữ liệu"), "{words}: {page}");
    }
    for (fields, file) in [(&kept[..], None), (&[("kind", "tasks"), ("carried", "??")][..], None)] {
        assert!(browser.post_file("/import", fields, file).await.expect(422).text.contains("id=\"file-fault\""));
    }
    assert_eq!(app.position(), before);
}
