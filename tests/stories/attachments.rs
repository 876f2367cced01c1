//! Attachments: units prove what they did with files, and nobody gets at them who does not read the task.

mod backup;
mod files;

use actix_web::http::Method;
use resolution_tracker::domain::permission::Role;
use serde_json::json;

use super::progress_reports::{logged, report, verdict};
use super::resolutions::with;
use super::tasks::{decide, draft, drafted, issued};
use crate::common::world::On;
use crate::common::{Actor, Call, Response, TestApp, on_both_databases};

on_both_databases! {
    a_reporter_proves_a_report,
    a_file_is_loaded_and_never_shown,
    only_those_who_work_on_a_task_attach,
    it_belongs_to_work_that_is_given_out,
    what_was_sent_wrongly_is_voided,
    what_was_confirmed_keeps_its_files,
    a_request_sent_twice_attaches_once,
}

/// A small PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n";

/// The parts of a form: names, names of files, contents.
pub type Parts<'a> = &'a [(&'a str, Option<&'a str>, &'a [u8])];

/// A form as a browser sends it.
pub fn form(parts: Parts<'_>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.extend_from_slice(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n").as_bytes());
        // What the sender says it is counts for nothing.
        body.extend_from_slice(b"Content-Type: text/html\r\n\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    body
}

/// Sends a form to the files of a task.
pub fn send<'a>(actor: &'a Actor<'_>, task: &str, parts: Parts<'_>) -> Call<'a> {
    actor.call(Method::POST, &format!("tasks/{task}/attachments")).bytes("multipart/form-data; boundary=x", form(parts))
}

/// Attaches a PDF of this name.
pub async fn sent(actor: &Actor<'_>, task: &str, name: &str) -> Response {
    send(actor, task, &[("file", Some(name), PDF)]).await.expect(201)
}

/// Every file below the folder of attachments, by its name.
pub fn kept(app: &TestApp) -> Vec<String> {
    fn below(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                below(&entry.path(), found);
            } else {
                found.push(entry.file_name().into_string().unwrap());
            }
        }
    }
    let mut found = Vec::new();
    below(app.database.attachments(), &mut found);
    found
}

async fn a_reporter_proves_a_report(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let report = logged(&app, &task, report(60)).await.id().to_owned();
    let parts: Parts<'_> = &[
        ("report", None, report.as_bytes()),
        ("file", Some("Kế hoạch 15.pdf"), PDF),
        ("note", None, " Bản đã ký ".as_bytes()),
        ("unit", None, b""),
    ];
    let made = send(&reporter, &task, parts).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/attachments/{}", made.id()));
    assert_eq!((&made.json["task"], &made.json["report"]), (&json!(task), &json!(report)));
    assert_eq!((&made.json["file_name"], &made.json["media_type"]), (&json!("Kế hoạch 15.pdf"), &json!("application/pdf")));
    assert_eq!((&made.json["bytes"], &made.json["note"]), (&json!(PDF.len()), &json!("Bản đã ký")));
    assert_eq!((&made.json["unit"]["code"], &made.json["on_behalf"]), (&json!("hg-so-y-te"), &json!(false)));
    assert_eq!((&made.json["recorded_by"], &made.json["voided"]), (&json!("r-hg-so-y-te"), &json!(null)));
    assert_eq!(made.json["allowed_actions"], json!(["download", "void"]));
    assert_eq!(reporter.get(&format!("attachments/{}", made.id())).await.expect(200).json, made.json);
    // The report says so as well, wherever it is shown.
    let shown = app.office().get(&format!("progress-reports/{report}")).await.expect(200).json;
    let file = json!({"id": made.id(), "file_name": "Kế hoạch 15.pdf", "media_type": "application/pdf", "bytes": PDF.len(),
        "sha256": made.json["sha256"], "voided": false});
    assert_eq!(shown["attachments"], json!([file]));
    let queue = app.office().get("progress-reports?state=submitted").await.expect(200);
    assert_eq!(queue.json["items"][0]["attachments"], json!([file]));
    // One more, without a report, from the office on behalf of the unit.
    app.pass(1);
    let other = sent(&app.office(), &task, "Ảnh.pdf").await;
    assert_eq!((&other.json["on_behalf"], &other.json["unit"]["code"]), (&json!(true), &json!("hg-so-y-te")));
    let path = format!("tasks/{task}/attachments");
    let list = app.leader().get(&path).await.expect(200);
    assert_eq!(list.texts("id"), [other.id(), made.id()]);
    assert_eq!(list.json["items"][0]["allowed_actions"], json!(["download"]));
    assert_eq!(app.leader().get(&format!("{path}?report={report}")).await.expect(200).texts("id"), [made.id()]);
    let page = app.leader().get(&format!("{path}?limit=1")).await.expect(200);
    let rest = app.leader().get(&format!("{path}?limit=1&cursor={}", page.json["next"].as_str().unwrap())).await.expect(200);
    assert_eq!((page.texts("id"), rest.texts("id")), (vec![other.id()], vec![made.id()]));
    let feed = reporter.get("changes?kind=attachment").await.expect(200);
    assert_eq!((feed.texts("action"), &feed.json["items"][0]["subject"]["part_of"]), (vec!["attachment.added"; 2], &json!(task)));
    assert_eq!(feed.json["items"][0]["href"], format!("/api/v1/attachments/{}", made.id()));
    let event = app.admin().get("audit?limit=2").await.expect(200).json["items"][1].clone();
    assert_eq!((&event["action"], &event["after"]["file"]["sha256"]), (&json!("attachment.added"), &made.json["sha256"]), "{event}");
}

async fn a_file_is_loaded_and_never_shown(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let made = sent(&app.reporter("hg-so-y-te"), &task, "Kế hoạch.pdf").await;
    let path = format!("attachments/{}/content", made.id());
    for reader in [&app.reporter("hg-so-y-te"), &app.leader(), &app.office(), &app.inspector(), &app.admin()] {
        assert_eq!(reader.get(&path).await.expect(200).body, PDF);
    }
    let reader = app.leader();
    let loaded = reader.get(&path).header("Accept-Encoding", "gzip").await.expect(200);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment; filename=\"K_ ho_ch.pdf\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "private, no-store"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(loaded.header(name), value);
    }
    assert_eq!((loaded.body.as_slice(), loaded.etag()), (PDF, format!("\"{}\"", made.json["sha256"].as_str().unwrap()).as_str()));
    let known = reader.get(&path).header("If-None-Match", loaded.etag()).await.expect(304);
    assert!(known.body.is_empty());
    let part = reader.get(&path).header("Range", "bytes=1-3").await.expect(206);
    assert_eq!((part.text.as_str(), part.header("content-range")), ("PDF", format!("bytes 1-3/{}", PDF.len()).as_str()));
    reader.get(&path).header("Range", "bytes=9999-").await.expect(416);
    // Who does not read the task does not read its files.
    app.reporter("hg-so-tai-chinh").get(&path).await.refused(403, "forbidden");
    app.outsider().get(&path).await.refused(404, "not_found");
    app.anonymous().get(&path).await.refused(401, "unauthenticated");
    app.outsider().get(&format!("attachments/{}", made.id())).await.refused(404, "not_found");
    // A content that is gone is no fault of the reader, and none of the program.
    let digest = made.json["sha256"].as_str().unwrap();
    std::fs::remove_file(app.database.attachments().join(&digest[..2]).join(digest)).unwrap();
    reader.get(&path).await.refused(503, "attachments_unavailable");
}

async fn only_those_who_work_on_a_task_attach(app: TestApp) {
    let helpers = json!({"coordinating_units": ["hg-so-tai-chinh", "hg-so-khoa-hoc-va-cong-nghe"]});
    let task = issued(&app, with(draft("Xây dựng kế hoạch"), helpers)).await;
    let report = logged(&app, &task, report(60)).await.id().to_owned();
    let file: (&str, Option<&str>, &[u8]) = ("file", Some("a.pdf"), PDF);
    let before = app.position();
    for actor in [&app.leader(), &app.inspector(), &app.admin(), &app.reporter("hg-huyen-vi-thuy-dang")] {
        send(actor, &task, &[file]).await.refused(403, "forbidden");
    }
    send(&app.outsider(), &task, &[file]).await.refused(404, "not_found");
    send(&app.anonymous(), &task, &[file]).await.refused(401, "unauthenticated");
    let finance = app.reporter("hg-so-tai-chinh");
    send(&finance, &task, &[file, ("unit", None, b"hg-so-y-te")]).await.refused(403, "forbidden");
    send(&finance, &task, &[file, ("report", None, report.as_bytes())]).await.refused(403, "forbidden");
    let both = app
        .account_with("both", &[(Role::Reporter, On::Unit("hg-so-tai-chinh")), (Role::Reporter, On::Unit("hg-so-khoa-hoc-va-cong-nghe"))]);
    send(&both, &task, &[file]).await.invalid("/unit", "required");
    let office = app.office();
    send(&office, &task, &[file, ("unit", None, b"hg-huyen-vi-thuy-dang")]).await.invalid("/unit", "not_coordinating");
    send(&office, &task, &[file, ("unit", None, b"hg-so-la")]).await.invalid("/unit", "unknown_unit");
    send(&office, &task, &[file, ("report", None, task.as_bytes())]).await.invalid("/report", "unknown_record");
    send(&office, &task, &[file, ("report", None, b"x")]).await.invalid("/report", "wrong_type");
    send(&office, &task, &[file, ("colour", None, b"x")]).await.invalid("/colour", "unknown_field");
    send(&office, &task, &[file, ("note", None, b"x"), ("note", None, b"y")]).await.invalid("/note", "repeated");
    send(&office, &task, &[file, ("note", None, "x".repeat(2001).as_bytes())]).await.invalid("/note", "length");
    send(&office, &task, &[file, file]).await.invalid("/file", "repeated");
    send(&office, &task, &[("note", None, b"x")]).await.invalid("/file", "required");
    assert_eq!((app.position(), kept(&app)), (before, vec![]), "what is refused leaves nothing");
    // A unit that helps proves what it did, for itself.
    let made = send(&finance, &task, &[file]).await.expect(201);
    assert_eq!((&made.json["unit"]["code"], &made.json["report"]), (&json!("hg-so-tai-chinh"), &json!(null)));
    let named = send(&both, &task, &[file, ("unit", None, b"hg-so-khoa-hoc-va-cong-nghe")]).await.expect(201);
    assert_eq!(named.json["unit"]["code"], "hg-so-khoa-hoc-va-cong-nghe");
    app.reporter("hg-so-y-te").get(&format!("attachments/{}/content", made.id())).await.expect(200);
}

async fn it_belongs_to_work_that_is_given_out(app: TestApp) {
    let (office, reporter) = (app.office(), app.reporter("hg-so-y-te"));
    let file: Parts<'_> = &[("file", Some("a.pdf"), PDF)];
    let soon = drafted(&app, draft("Còn soạn")).await;
    send(&office, &soon, file).await.refused(409, "illegal_state");
    send(&reporter, &soon, file).await.refused(404, "not_found");
    for decision in ["void", "cancel"] {
        let task = issued(&app, draft("Việc")).await;
        let _ = decide(&office, &task, decision).await.expect(201);
        send(&reporter, &task, file).await.refused(409, "illegal_state");
    }
    let secret = issued(&app, json!({"secrecy": "secret", "lead_unit": "hg-so-y-te"})).await;
    send(&office, &secret, file).await.invalid("/file", "secret_stub");
    send(&reporter, &secret, file).await.refused(404, "not_found");
    // What becomes secret shows no file any more.
    let task = issued(&app, draft("Việc")).await;
    let made = sent(&reporter, &task, "a.pdf").await;
    assert_eq!(app.db_sql("UPDATE tasks SET secrecy = 'secret' WHERE secrecy = 'none' AND title = 'Việc' AND voided_at IS NULL"), 2);
    assert_eq!(office.get(&format!("tasks/{task}/attachments")).await.expect(200).texts("id"), Vec::<&str>::new());
    office.get(&format!("attachments/{}/content", made.id())).await.refused(404, "not_found");
    office.post(&format!("attachments/{}/voiding", made.id()), json!({"reason": "x"})).await.refused(404, "not_found");
}

async fn what_was_sent_wrongly_is_voided(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let made = sent(&reporter, &task, "Nhầm.pdf").await;
    let (path, void) = (format!("attachments/{}", made.id()), format!("attachments/{}/voiding", made.id()));
    reporter.post(&void, json!({})).await.invalid("/reason", "required");
    for stranger in [&app.leader(), &app.inspector(), &app.admin(), &app.reporter("hg-so-tai-chinh")] {
        stranger.post(&void, json!({"reason": "x"})).await.refused(403, "forbidden");
    }
    app.outsider().post(&void, json!({"reason": "x"})).await.refused(404, "not_found");
    let voided = reporter.post(&void, json!({"reason": "Gửi nhầm tệp"})).await.expect(200);
    assert_eq!((&voided.json["voided"]["reason"], &voided.json["voided"]["by"]), (&json!("Gửi nhầm tệp"), &json!("r-hg-so-y-te")));
    assert_eq!((&voided.json["allowed_actions"], &voided.json["version"]), (&json!([]), &json!(2)));
    reporter.post(&void, json!({"reason": "x"})).await.refused(409, "illegal_state");
    // Nothing is deleted: whoever audits still loads it.
    for reader in [&reporter, &app.office(), &app.leader()] {
        reader.get(&format!("{path}/content")).await.refused(409, "illegal_state");
        assert_eq!(reader.get(&path).await.expect(200).json["voided"]["reason"], "Gửi nhầm tệp");
    }
    for auditor in [&app.inspector(), &app.admin()] {
        assert_eq!(auditor.get(&format!("{path}/content")).await.expect(200).body, PDF);
    }
    let event = app.admin().get("audit?limit=1").await.expect(200).json["items"][0].clone();
    assert_eq!((&event["action"], &event["reason"]), (&json!("attachment.voided"), &json!("Gửi nhầm tệp")));
}

async fn what_was_confirmed_keeps_its_files(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let (office, reporter) = (app.office(), app.reporter("hg-so-y-te"));
    let report = logged(&app, &task, report(60)).await.id().to_owned();
    let parts: Parts<'_> = &[("file", Some("a.pdf"), PDF), ("report", None, report.as_bytes())];
    let made = send(&reporter, &task, parts).await.expect(201);
    let _ = verdict(&office, &report, json!({"outcome": "verified"})).await.expect(200);
    send(&reporter, &task, parts).await.refused(409, "illegal_state");
    let path = format!("attachments/{}", made.id());
    assert_eq!(reporter.get(&path).await.expect(200).json["allowed_actions"], json!(["download"]));
    assert_eq!(office.get(&path).await.expect(200).json["allowed_actions"], json!(["download", "void"]));
    reporter.post(&format!("{path}/voiding"), json!({"reason": "x"})).await.refused(403, "forbidden");
    office.post(&format!("{path}/voiding"), json!({"reason": "Sai tệp"})).await.expect(200);
    let shown = office.get(&format!("progress-reports/{report}")).await.expect(200).json;
    assert_eq!(shown["attachments"][0]["voided"], true);
}

async fn a_request_sent_twice_attaches_once(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let again = || send(&reporter, &task, &[("file", Some("a.pdf"), PDF)]).key("k");
    let (first, second) = (again().await.expect(201), again().await.expect(201));
    assert_eq!((first.json, first.headers.get("location")), (second.json, second.headers.get("location")));
    let other = send(&reporter, &task, &[("file", Some("b.pdf"), PDF)]).key("k");
    other.await.refused(422, "idempotency_key_reused");
    assert_eq!(reporter.get(&format!("tasks/{task}/attachments")).await.expect(200).texts("file_name"), ["a.pdf"]);
    assert_eq!(kept(&app).len(), 1);
}
