//! What one wants by mail: on one's page, through the API, and by the link in a mail.

use actix_web::test::TestRequest;
use resolution_tracker::domain::mail::{Delivery, Letter, MailSettings};
use resolution_tracker::domain::notifications::QuietHours;
use resolution_tracker::jobs::mail::deliver;
use serde_json::json;

use super::progress_reports::{report, verdict};
use super::reminders::{minute, morning, reachable, reporter_with_mail};
use super::resolutions::with;
use super::tasks::{draft, issued};
use crate::common::smtp::Smtp;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    everything_is_wanted_until_somebody_says_no,
    what_is_said_is_checked,
    one_chooses_on_a_page,
    a_link_ends_one_kind,
    a_mail_service_says_no_with_one_click,
    an_administrator_gives_an_address,
    who_may_no_longer_read_is_not_told,
}

async fn everything_is_wanted_until_somebody_says_no(app: TestApp) {
    let reporter = app.reporter("hg-so-y-te");
    let first = reporter.get("me/notifications").await.expect(200).json;
    assert_eq!((&first["email"], first["kinds"].as_array().unwrap().len()), (&json!(null), 7));
    assert!(first["kinds"].as_array().unwrap().iter().all(|choice| choice["wanted"] == true));
    let before = app.position();
    let said = json!({"email": "Van-Thu@HauGiang.GOV.vn", "kinds": [{"kind": "unit_digest", "wanted": false}]});
    let kept = reporter.put("me/notifications", said.clone()).await.expect(200).json;
    assert_eq!(kept["email"], "Van-Thu@haugiang.gov.vn");
    assert_eq!(kept["kinds"][3], json!({"kind": "unit_digest", "wanted": false}));
    assert_eq!(reporter.get("me/notifications").await.expect(200).json, kept);
    assert_eq!(app.position(), before + 1);
    let _ = reporter.put("me/notifications", said).await.expect(200);
    assert_eq!(app.position(), before + 1, "what is said again changes nothing");
    // What is not named is wanted again.
    let again = reporter.put("me/notifications", json!({"email": null, "kinds": []})).await.expect(200).json;
    assert_eq!((&again["email"], &again["kinds"][3]["wanted"]), (&json!(null), &json!(true)));
    let event = &app.inspector().get("audit?limit=1").await.expect(200).json["items"][0];
    assert_eq!((&event["action"], &event["actor"]["name"]), (&json!("user.notifications_changed"), &json!("r-hg-so-y-te")), "{event}");
}

async fn what_is_said_is_checked(app: TestApp) {
    let reporter = app.reporter("hg-so-y-te");
    let say = |body| reporter.put("me/notifications", body);
    say(json!({"kinds": []})).await.invalid("/email", "required");
    say(json!({"email": null})).await.invalid("/kinds", "required");
    say(json!({"email": "văn-thư@x.vn", "kinds": []})).await.invalid("/email", "email");
    say(json!({"email": "a@x.vn\r\nBcc: b@x.vn", "kinds": []})).await.invalid("/email", "email");
    say(json!({"email": null, "kinds": [{"kind": "spam", "wanted": true}]})).await.invalid("/kinds/0/kind", "unknown_value");
    let twice = json!([{"kind": "overdue", "wanted": true}, {"kind": "overdue", "wanted": false}]);
    say(json!({"email": null, "kinds": twice})).await.invalid("/kinds", "repeated");
    assert_eq!(reporter.get("me/notifications").await.expect(200).json["email"], json!(null));
}

async fn one_chooses_on_a_page(app: TestApp) {
    let _ = app.reporter("hg-so-y-te");
    let browser = app.browser_of("r-hg-so-y-te");
    let page = browser.get("/notifications").await.expect(200);
    assert_eq!(page.text.matches(" checked").count(), 7);
    assert!(page.text.contains("chưa được cài đặt máy chủ thư") && page.text.contains("Báo cáo bị trả lại"), "{}", page.text);
    let wrong = browser.post("/notifications", &[("email", "van thu"), ("kind", "overdue")]).await.expect(422);
    assert!(
        wrong.text.contains("id=\"email-fault\"")
            && wrong.text.contains("value=\"van thu\"")
            && wrong.text.matches(" checked").count() == 1
    );
    let kept = browser.post("/notifications", &[("email", "van-thu@x.vn"), ("kind", "overdue"), ("kind", "instruction")]).await.expect(200);
    assert!(kept.text.contains("Đã lưu.") && kept.text.matches(" checked").count() == 2, "{}", kept.text);
    let said = app.reporter("hg-so-y-te").get("me/notifications").await.expect(200).json;
    let wanted: Vec<&str> =
        said["kinds"].as_array().unwrap().iter().filter(|c| c["wanted"] == true).map(|c| c["kind"].as_str().unwrap()).collect();
    assert_eq!((&said["email"], wanted), (&json!("van-thu@x.vn"), vec!["overdue", "instruction"]));
}

/// The way to say no in the reminder of the thirty-first.
async fn link(app: &TestApp, service: &TestApp, server: &Smtp) -> String {
    reporter_with_mail(app, "hg-so-y-te");
    let deadline = json!({"deadline": {"text": "31/10/2023", "reference_date": "2023-10-02"}});
    let _ = issued(app, with(draft("Việc"), deadline)).await;
    let got = morning(service, server, "2023-10-31").await;
    assert_eq!(got[0].header("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
    let link = got[0].unsubscribe();
    assert!(got[0].text.contains(&link), "{}", got[0].text);
    link
}

async fn a_link_ends_one_kind(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    let link = link(&app, &service, &server).await;
    let (nobody, before) = (app.browser(), app.position());
    let page = nobody.get(&link).await.expect(200);
    assert!(page.text.contains("Nhiệm vụ đến hạn hôm nay") && !page.text.contains("r-hg-so-y-te"), "{}", page.text);
    assert_eq!((app.position(), page.header("cache-control")), (before, "no-store"), "looking changes nothing");
    nobody.get(&link[..link.len() - 1]).await.expect(404);
    nobody.get(&link.replace("due_today", "overdue")).await.expect(404);
    nobody.get("/unsubscribe").await.expect(404);
    nobody.post_bare(&link.replace("due_today", "overdue"), &[]).await.expect(404);
    assert!(nobody.post_bare(&link, &[]).await.expect(200).text.contains("Đã ghi nhận"));
    let _ = nobody.post_bare(&link, &[]).await.expect(200);
    assert_eq!(app.position(), before + 1);
    // The other kinds go on.
    let got = morning(&service, &server, "2023-11-01").await;
    assert!(got.iter().all(|mail| mail.subject().contains("quá hạn")) && got.len() == 1);
    app.set_time("2023-11-01");
    let deadline = json!({"deadline": {"text": "02/11/2023", "reference_date": "2023-10-02"}});
    let _ = issued(&app, with(draft("Việc khác"), deadline)).await;
    assert!(morning(&service, &server, "2023-11-02").await.is_empty(), "what is due today is not told any more");
}

async fn a_mail_service_says_no_with_one_click(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    let link = link(&app, &service, &server).await;
    let browser = app.browser();
    let click =
        TestRequest::post().uri(&link).insert_header(("origin", "https://mail.example")).insert_header(("sec-fetch-site", "cross-site"));
    let click = click.insert_header(("content-type", "application/x-www-form-urlencoded")).set_payload("List-Unsubscribe=One-Click");
    let _ = browser.send(click).await.expect(200);
    let said = app.reporter("hg-so-y-te").get("me/notifications").await.expect(200).json;
    assert_eq!(said["kinds"][1], json!({"kind": "due_today", "wanted": false}));
    assert!(minute(&service, &server).await.is_empty());
}

async fn an_administrator_gives_an_address(app: TestApp) {
    let new = json!({"username": "van-thu", "display_name": "Văn thư", "password": "Mật-khẩu-số-1", "email": "Van-Thu@X.VN"});
    let made = app.admin().post("users", new).await.expect(201);
    assert_eq!(made.json["email"], "Van-Thu@x.vn");
    let path = format!("users/{}", made.id());
    app.admin().change(&path, json!({"email": "x"})).await.invalid("/email", "email");
    let cleared = app.admin().change(&path, json!({"email": null})).await.expect(200);
    assert_eq!(cleared.json["email"], json!(null));
    // And on the page.
    let admin = app.browser_of("admin");
    let page = admin.get(&format!("/accounts/{}", made.id())).await.expect(200);
    let version = page.text.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("display_name", "Văn thư"), ("email", "vt@x.vn"), ("key", "k-1"), ("version", version.as_str())];
    let _ = admin.post(&format!("/accounts/{}", made.id()), &fields).await.expect(303);
    assert!(admin.get(&format!("/accounts/{}", made.id())).await.expect(200).text.contains("value=\"vt@x.vn\""));
    reachable(&app, "van-thu");
}

async fn who_may_no_longer_read_is_not_told(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    reporter_with_mail(&app, "hg-so-y-te");
    let task = issued(&service, draft("Việc")).await;
    let reporter = service.reporter("hg-so-y-te");
    let made = reporter.post(&format!("tasks/{task}/progress-reports"), report(60)).await.expect(201);
    service.set_time("2023-10-03");
    let user = reporter.get("me").await.expect(200).id().to_owned();
    let grants = service.admin().get(&format!("users/{user}/grants")).await.expect(200);
    let path = format!("users/{user}/grants/{}/revocation", grants.texts("id")[0]);
    let _ = service.admin().post(&path, json!({"reason": "Chuyển công tác"})).await.expect(200);
    let _ = verdict(&service.office(), made.id(), json!({"outcome": "returned", "reason": "Thiếu minh chứng"})).await.expect(200);
    assert!(minute(&service, &server).await.is_empty());
}

/// A server that offers no encryption, where it is required, hears nothing but the greeting.
#[test]
fn a_line_that_must_be_encrypted_is_not_used_without() {
    let server = Smtp::start();
    let mail = MailSettings {
        server: format!("smtp://vp:bimat@127.0.0.1:{}?tls=required", server.port).parse().unwrap(),
        from_name: None,
        from: "vp@tinh.example".into(),
        site: "http://tracker.example".into(),
        quiet: QuietHours { from: 0, until: 0 },
    };
    let letter = Letter {
        id: "7".into(),
        to_name: "Văn thư".into(),
        to: "van-thu@tinh.example".into(),
        subject: "Thử".into(),
        body: "Thử".into(),
        unsubscribe: None,
    };
    let Delivery::NotReached(why) = deliver(&mail, &letter, chrono::DateTime::default()) else { panic!("it was sent") };
    assert!(why.contains("STARTTLS") && !why.contains("bimat"), "{why}");
    assert!(server.received().is_empty());
}
