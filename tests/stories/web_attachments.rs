//! Files on pages: brought with a report, shown where it is judged, loaded, taken back.

use super::attachments::{PDF, kept};
use super::dashboards::issued;
use crate::common::{TestApp, on_both_databases};
use serde_json::json;

on_both_databases! {
    a_report_is_sent_with_its_files,
    one_bad_file_and_nothing_is_written,
    words_survive_the_end_of_a_session,
    a_file_sent_wrongly_is_taken_back,
}

/// What the form of a report sends, beside files.
fn typed<'a>(key: &'a str, seen: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", key),
        ("seen", seen),
        ("state", "in_progress"),
        ("result", "Đã lấy ý kiến"),
        ("percent", "60"),
        ("measured_on", "2023-10-02"),
    ]
}

/// A task of Sở Y tế with a reporter, and the number of entries of its history.
async fn task(app: &TestApp) -> (String, String) {
    app.set_time("2023-10-02");
    let _ = app.reporter("hg-so-y-te");
    let task = issued(app, "hg-so-y-te", json!({})).await.id().to_owned();
    let page = app.browser_of("r-hg-so-y-te").get(&format!("/tasks/{task}")).await.expect(200).text;
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    (task, seen.to_owned())
}

async fn a_report_is_sent_with_its_files(app: TestApp) {
    let (task, seen) = task(&app).await;
    let (path, browser) = (format!("/tasks/{task}"), app.browser_of("r-hg-so-y-te"));
    let page = browser.get(&path).await.expect(200).text;
    for part in ["enctype=\"multipart/form-data\"", "type=\"file\" multiple", "accept=\".pdf, .docx", "64 KiB", "data-most=\"65536\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let files: &[(&str, &[u8])] = &[("Kế hoạch <15>.pdf", PDF), ("", b""), ("Ảnh.png", b"\x89PNG\r\n\x1a\n.")];
    let sent = browser.post_files(&path, &typed("k", &seen), files).await.expect(303);
    let page = browser.get(sent.header("location").split('#').next().unwrap()).await.expect(200).text;
    assert!(page.contains("Đã ghi nhận báo cáo.") && page.contains("Kế hoạch &#60;15&#62;.pdf</a>"), "{page}");
    assert!(page.contains("(PNG, 9 B)") && page.contains("id=\"attachments\""), "{page}");
    // Sent again, it is taken once.
    browser.post_files(&path, &typed("k", &seen), files).await.expect(303);
    let list = app.leader().get(&format!("tasks/{task}/attachments")).await.expect(200);
    assert_eq!(list.texts("file_name"), ["Ảnh.png", "Kế hoạch <15>.pdf"]);
    assert!(list.json["items"][0]["report"].is_string());
    // Who judges it sees the files beside it, and loads them.
    let office = app.browser_of("office");
    let queue = office.get("/queue").await.expect(200).text;
    assert!(queue.contains("Ảnh.png</a>"), "{queue}");
    let id = list.json["items"][1]["id"].as_str().unwrap();
    let href = format!("/attachments/{id}/content");
    assert!(queue.contains(&format!("href=\"{href}\"")));
    let loaded = office.get(&href).await.expect(200);
    assert_eq!((loaded.body.as_slice(), loaded.header("content-security-policy")), (PDF, "sandbox; default-src 'none'"));
    assert!(loaded.header("content-disposition").starts_with("attachment; "));
    app.browser_of("outsider").get(&href).await.expect(404);
    app.browser().get(&href).await.expect(303);
    // A form without files is taken as before, in either form.
    let seen = (seen.parse::<usize>().unwrap() + 1).to_string();
    browser.get(&path).await.expect(200);
    browser.post(&path, &typed("k2", &seen)).await.expect(303);
}

async fn one_bad_file_and_nothing_is_written(app: TestApp) {
    let (task, seen) = task(&app).await;
    let (path, browser) = (format!("/tasks/{task}"), app.browser_of("r-hg-so-y-te"));
    let _ = browser.get(&path).await.expect(200);
    let before = app.position();
    for (files, status, said) in [
        (&[("a.pdf", PDF), ("b.pdf", &b"PK\x05\x06 a ZIP"[..])][..], 415, "“b.pdf” là"),
        (&[("a.pdf", PDF), ("x.docx", PDF)], 422, "phải kết thúc bằng: .pdf"),
        (&[("a.pdf", &[b'x'; 65_537][..])], 413, "64 KiB"),
        (&[("a.pdf", PDF); 11], 422, "tối đa 10"),
    ] {
        let page = browser.post_files(&path, &typed("k", &seen), files).await.expect(status).text;
        assert!(page.contains(said) && page.contains("id=\"file-fault\""), "{said}: {page}");
        assert!(page.contains(">Đã lấy ý kiến</textarea>"), "what was typed is still there: {page}");
    }
    // The file is good and the words are not.
    let mut words = typed("k", &seen);
    words.retain(|(name, _)| *name != "result");
    let page = browser.post_files(&path, &words, &[("a.pdf", PDF)]).await.expect(422).text;
    assert!(page.contains("id=\"result-fault\""), "{page}");
    // Nobody reports for another unit, with files or without.
    let _ = app.reporter("hg-so-tai-chinh");
    let other = app.browser_of("r-hg-so-tai-chinh");
    let _ = other.get("/tasks").await.expect(200);
    let _ = other.get("/password").await.expect(200);
    other.post_files(&path, &typed("k", &seen), &[("a.pdf", PDF)]).await.expect(403);
    assert_eq!((app.position(), kept(&app)), (before, vec![]));
}

async fn words_survive_the_end_of_a_session(app: TestApp) {
    let (task, seen) = task(&app).await;
    let (path, browser) = (format!("/tasks/{task}"), app.browser_of("r-hg-so-y-te"));
    let _ = browser.get(&path).await.expect(200);
    app.pass(13 * 3600);
    let page = browser.post_files(&path, &typed("k", &seen), &[("a.pdf", PDF)]).await.expect(401).text;
    assert!(page.contains("Nội dung bạn vừa nhập vẫn được giữ") && page.contains("Đã lấy ý kiến"), "{page}");
    assert_eq!(kept(&app), Vec::<String>::new());
}

async fn a_file_sent_wrongly_is_taken_back(app: TestApp) {
    let (task, seen) = task(&app).await;
    let (path, browser) = (format!("/tasks/{task}"), app.browser_of("r-hg-so-y-te"));
    let _ = browser.get(&path).await.expect(200);
    browser.post_files(&path, &typed("k", &seen), &[("Nhầm.pdf", PDF)]).await.expect(303);
    let page = browser.get(&path).await.expect(200).text;
    let void = page.split("href=\"").find(|href| href.contains("/voiding\"")).unwrap().split('"').next().unwrap();
    let form = browser.get(void).await.expect(200).text;
    assert!(form.contains("Bỏ tệp gửi nhầm") && form.contains("Nhầm.pdf"), "{form}");
    browser.post(void, &[("key", "v"), ("reason", "")]).await.expect(422);
    let done = browser.post(void, &[("key", "v"), ("reason", "Gửi nhầm tệp")]).await.expect(303);
    let page = browser.get(done.header("location").split('#').next().unwrap()).await.expect(200).text;
    assert!(page.contains("Đã bỏ tệp.") && page.contains("Gửi nhầm tệp") && page.contains("<s>Nhầm.pdf</s>"), "{page}");
    assert!(!page.contains("/content\"") && !page.contains("/voiding\""), "{page}");
    let audited = app.browser_of("inspector").get(&path).await.expect(200).text;
    assert!(audited.contains("/content\""), "whoever audits still loads it: {audited}");
}
