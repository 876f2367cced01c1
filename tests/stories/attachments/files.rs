//! What files are taken, under which names, and what stays behind of those that are not.

use std::future::IntoFuture;

use actix_web::http::Method;
use serde_json::json;

use super::super::progress_reports::{logged, report};
use super::super::tasks::{draft, issued};
use super::{PDF, Parts, form, kept, send, sent};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_file_is_what_its_bytes_are,
    a_name_is_cleaned,
    too_much_is_refused_and_leaves_nothing,
    the_same_content_lies_there_once,
    a_folder_out_of_reach_is_said_to_be_so,
    there_is_an_end_to_files,
}

async fn a_file_is_what_its_bytes_are(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let before = app.position();
    for (name, content, status, code, rule) in [
        ("Kế hoạch.pdf", &b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"[..], 415, "unsupported_attachment", "attachment_kind"),
        ("Kế hoạch.pdf", b"PK\x03\x04 a ZIP that was cut off", 422, "validation_failed", "attachment_damaged"),
        ("ảnh.png", b"<!DOCTYPE html><script>alert(1)</script>", 415, "unsupported_attachment", "attachment_kind"),
        ("ảnh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "unsupported_attachment", "attachment_kind"),
        ("x.pdf", b"MZ\x90\x00", 415, "unsupported_attachment", "attachment_kind"),
        ("x.docx", PDF, 422, "validation_failed", "attachment_ending"),
        ("pdf", PDF, 422, "validation_failed", "attachment_ending"),
        ("x.pdf.exe", PDF, 422, "validation_failed", "attachment_ending"),
        ("x.pdf", b"", 422, "validation_failed", "attachment_empty"),
    ] {
        send(&reporter, &task, &[("file", Some(name), content)]).await.refused(status, code).names("/file", rule);
    }
    let refused = send(&reporter, &task, &[("file", Some("ảnh.png"), b"<html>")]).in_english().await;
    let message = refused.json["errors"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("“ảnh.png” is HTML") && message.contains(".pdf, .docx"), "{message}");
    let path = format!("tasks/{task}/attachments");
    reporter.post(&path, json!({})).await.refused(415, "form_required");
    reporter.call(Method::POST, &path).bytes("multipart/form-data", "x").await.invalid("/file", "file_damaged");
    let cut = &form(&[("file", Some("a.pdf"), PDF)])[..120];
    reporter.call(Method::POST, &path).bytes("multipart/form-data; boundary=x", cut).await.invalid("/file", "file_damaged");
    assert_eq!((app.position(), kept(&app)), (before, vec![]));
    let picture = send(&reporter, &task, &[("file", Some("Ảnh.JPG"), b"\xff\xd8\xff\xe0 a picture")]).await.expect(201);
    assert_eq!((&picture.json["kind"], &picture.json["media_type"]), (&json!("jpeg"), &json!("image/jpeg")));
}

async fn a_name_is_cleaned(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let long = format!("{}.pdf", "ê".repeat(300));
    for (name, wanted) in [
        ("Ke\u{302}\u{301} hoa\u{323}ch.pdf", "Kế hoạch.pdf"),
        ("../../etc/Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("C:\\\\Users\\\\an\\\\a.pdf", "a.pdf"),
        ("a %22b%22%0D%0ASet-Cookie: x=1.pdf", "a \"b\"Set-Cookie: x=1.pdf"),
        ("a \\\"b\\\".pdf", "a \"b\".pdf"),
        ("an\u{202e}fdp.pdf", "anfdp.pdf"),
        (long.as_str(), &format!("{}.pdf", "ê".repeat(251))),
    ] {
        let made = sent(&reporter, &task, name).await;
        assert_eq!(made.json["file_name"], wanted, "{name}");
        let loaded = reporter.get(&format!("attachments/{}/content", made.id())).await.expect(200);
        let told = loaded.header("content-disposition");
        assert!(told.is_ascii() && told.starts_with("attachment; filename=\"") && told.matches('"').count() == 2, "{told}");
        assert_eq!(loaded.header("set-cookie"), "");
    }
}

async fn too_much_is_refused_and_leaves_nothing(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let mut content = PDF.to_vec();
    content.resize(65_536, b'x');
    let _ = send(&reporter, &task, &[("file", Some("a.pdf"), &content)]).await.expect(201);
    content.push(b'x');
    let (before, there) = (app.position(), kept(&app));
    let refused = send(&reporter, &task, &[("file", Some("a.pdf"), &content)]).in_english().await;
    refused.refused(413, "attachment_too_large").names("/file", "attachment_size");
    assert!(refused.text.contains("64 KiB"), "{}", refused.text);
    // What says beforehand that it is far too much is not read at all.
    let declared = send(&reporter, &task, &[("file", Some("a.pdf"), &[b'x'; 700 * 1024])]).await;
    declared.refused(413, "attachment_too_large");
    let typed: Parts<'_> = &[("note", None, &[b'x'; 300 * 1024]), ("file", Some("a.pdf"), PDF)];
    send(&reporter, &task, typed).await.refused(413, "payload_too_large");
    assert_eq!((app.position(), kept(&app)), (before, there));
}

async fn the_same_content_lies_there_once(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let other = app.second_instance().await;
    let there = other.reporter("hg-so-y-te");
    let (mine, theirs) = futures_util::future::join(
        send(&reporter, &task, &[("file", Some("a.pdf"), PDF)]).into_future(),
        send(&there, &task, &[("file", Some("b.pdf"), PDF)]).into_future(),
    )
    .await;
    let (mine, theirs) = (mine.expect(201), theirs.expect(201));
    assert_eq!(mine.json["sha256"], theirs.json["sha256"]);
    assert_eq!(kept(&app), [mine.json["sha256"].as_str().unwrap()]);
    // One of them is voided: the other is still there.
    reporter.post(&format!("attachments/{}/voiding", mine.id()), json!({"reason": "Trùng"})).await.expect(200);
    assert_eq!(reporter.get(&format!("attachments/{}/content", theirs.id())).await.expect(200).body, PDF);
}

async fn a_folder_out_of_reach_is_said_to_be_so(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    // A file stands where files that come in would lie: no folder can be made there, by nobody.
    std::fs::write(app.database.attachments().join("incoming"), "x").unwrap();
    let before = app.position();
    send(&reporter, &task, &[("file", Some("a.pdf"), PDF)]).await.refused(503, "attachments_unavailable");
    assert_eq!(app.position(), before);
    std::fs::remove_file(app.database.attachments().join("incoming")).unwrap();
    let _ = sent(&reporter, &task, "a.pdf").await;
}

async fn there_is_an_end_to_files(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let report = logged(&app, &task, report(60)).await.id().to_owned();
    let parts: Parts<'_> = &[("file", Some("a.pdf"), PDF), ("report", None, report.as_bytes())];
    let mut last = String::new();
    for _ in 0..20 {
        last = send(&reporter, &task, parts).await.expect(201).id().to_owned();
    }
    send(&reporter, &task, parts).await.invalid("/file", "too_many_files");
    // A void one makes room.
    reporter.post(&format!("attachments/{last}/voiding"), json!({"reason": "Trùng"})).await.expect(200);
    let _ = send(&reporter, &task, parts).await.expect(201);
}
