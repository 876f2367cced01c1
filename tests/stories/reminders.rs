//! Mail: reminders on the right days to the right people, once, by a real mail server.

use resolution_tracker::domain::notifications::OutboxState;
use resolution_tracker::jobs::reminders::tick;
use resolution_tracker::service::notifications::{planning, sending};
use resolution_tracker::store;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::progress_reports::{report, verdict};
use super::resolutions::with;
use super::tasks::{decide, draft, issued};
use super::unit_events::{merged, on, record};
use crate::common::smtp::{Mail, Mood, Smtp};
use crate::common::world::{self, On};
use crate::common::{TestApp, on_both_databases};
use resolution_tracker::domain::permission::Role;

on_both_databases! {
    reminders_come_on_their_days,
    they_go_to_whoever_answers_today,
    a_unit_without_reporters_has_a_superior,
    nothing_is_sent_at_night,
    what_is_refused_for_now_is_sent_once_later,
    what_is_refused_for_good_is_not_tried_again,
    what_may_have_been_taken_is_never_sent_again,
    two_instances_send_one_mail,
    some_get_none,
    of_secret_work_no_title_leaves,
    without_a_server_nothing_waits,
}

/// Gives an account an address of its own.
pub fn reachable(app: &TestApp, username: &str) {
    let address = format!("{username}@tinh.example");
    let found = app.db(|conn, _| {
        let user = store::users::find_by_username(conn, username)?.unwrap();
        let version = user.version + 1;
        Ok(store::users::update(conn, &store::users::User { email: Some(address), version, ..user })?)
    });
    assert!(found);
}

/// A reporter of a unit who can be reached.
pub fn reporter_with_mail(app: &TestApp, unit: &str) {
    let _ = app.reporter(unit);
    reachable(app, &format!("r-{unit}"));
}

/// A minute passes at the service: what is due is planned and sent. Answers what arrived.
pub async fn minute(app: &TestApp, server: &Smtp) -> Vec<Mail> {
    let (_stop, stopped) = watch::channel(false);
    tick(&app.state, &stopped).await.unwrap();
    server.received()
}

/// On the morning of a day, after days on which nothing was to be told: nothing is made up for.
pub async fn morning(app: &TestApp, server: &Smtp, day: &str) -> Vec<Mail> {
    app.db_sql(&format!("DELETE FROM settings WHERE key = 'notifications_planned' AND value < '{day}'"));
    app.set_time(day);
    minute(app, server).await
}

fn due(day: &str, title: &str) -> Value {
    with(draft(title), json!({"deadline": {"text": day, "reference_date": "2023-10-02"}}))
}

fn states(app: &TestApp) -> Vec<(OutboxState, i64)> {
    app.db(|conn, _| Ok(sending::status(conn)?.counts))
}

async fn reminders_come_on_their_days(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    reporter_with_mail(&app, "hg-so-y-te");
    let _ = issued(&app, due("31/10/2023", "Xây dựng đường giao thông\r\nBcc: ai@do.vn")).await;
    let _ = issued(&app, due("31/10/2023", "Đe\u{302}\u{300} án dạy nghề")).await;
    let done = issued(&app, due("31/10/2023", "Việc đã xong")).await;
    decide(&app.office(), &done, "cancel").await.expect(201);
    for (day, subject) in [
        ("2023-10-10", None),
        ("2023-10-24", Some("2 nhiệm vụ sắp đến hạn (24/10/2023)")),
        ("2023-10-25", None),
        ("2023-10-31", Some("2 nhiệm vụ đến hạn hôm nay (31/10/2023)")),
        ("2023-11-01", Some("2 nhiệm vụ quá hạn (01/11/2023)")),
        ("2023-11-02", None),
        ("2023-11-08", Some("2 nhiệm vụ quá hạn (08/11/2023)")),
    ] {
        let got = morning(&service, &server, day).await;
        assert_eq!(got.iter().map(Mail::subject).collect::<Vec<_>>(), subject.into_iter().collect::<Vec<_>>(), "{day}");
        assert!(minute(&service, &server).await.is_empty(), "a second look that day: {day}");
        if day == "2023-10-24" {
            let mail = &got[0];
            assert_eq!((mail.to.as_slice(), mail.header("bcc").as_str()), (&["r-hg-so-y-te@tinh.example".to_owned()][..], ""));
            assert!(mail.text.contains("Xây dựng đường giao thông Bcc: ai@do.vn (hạn 31/10/2023, còn 7 ngày) – Sở Y tế"), "{}", mail.text);
            assert!(mail.text.contains("Đề án dạy nghề") && !mail.text.contains("Việc đã xong"), "{}", mail.text);
            assert!(
                mail.text.contains("http://tracker.example/tasks?timeliness=due_soon")
                    && mail.text.starts_with("Kính gửi: Tài khoản r-hg-so-y-te")
            );
            assert_eq!(mail.header("auto-submitted"), "auto-generated");
            assert!(mail.header("message-id").ends_with("@tinh.example>"));
        }
    }
}

async fn they_go_to_whoever_answers_today(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    merged(&app);
    ["hg-so-y-te", "hg-so-tai-chinh", "hg-so-moi"].iter().for_each(|unit| reporter_with_mail(&app, unit));
    let helped = json!({"coordinating_units": ["hg-so-tai-chinh"], "deadline": {"text": "31/10/2023", "reference_date": "2023-10-02"}});
    let _ = issued(&app, with(draft("Việc phối hợp"), helped)).await;
    let got = morning(&service, &server, "2023-10-24").await;
    assert_eq!(got.iter().flat_map(|mail| mail.to.clone()).collect::<Vec<_>>(), ["r-hg-so-y-te@tinh.example"], "who helps is not reminded");
    let merger = json!([{"kind": "merge", "from": ["hg-so-y-te", "hg-so-tai-chinh"], "to": [{"ref": "hg-so-moi"}]}]);
    let _ = record(&app, on("2023-10-20", merger)).await.expect(201);
    let got = morning(&service, &server, "2023-10-31").await;
    assert_eq!(got.iter().flat_map(|mail| mail.to.clone()).collect::<Vec<_>>(), ["r-hg-so-moi@tinh.example"]);
}

async fn a_unit_without_reporters_has_a_superior(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    reporter_with_mail(&app, "hg-ubnd-tinh");
    app.db(|conn, _| world::db_account(conn, "cap-tren", &[(Role::Reporter, On::Area("hg"))]));
    reachable(&app, "cap-tren");
    let _ = issued(&app, due("31/10/2023", "Việc của Sở Y tế")).await;
    let _ = issued(&app, with(due("31/10/2023", "Việc của Tỉnh ủy"), json!({"lead_unit": "hg-tinh-uy"}))).await;
    let got = morning(&service, &server, "2023-10-31").await;
    let told: Vec<(String, bool, bool)> =
        got.iter().map(|mail| (mail.to[0].clone(), mail.text.contains("của Sở Y tế"), mail.text.contains("của Tỉnh ủy"))).collect();
    assert_eq!(told, [("cap-tren@tinh.example".to_owned(), false, true), ("r-hg-ubnd-tinh@tinh.example".to_owned(), true, false)]);
    // Once the unit has a reporter of its own, whatever address that has, it is its own again.
    let _ = app.reporter("hg-so-y-te");
    service.set_time("2023-11-01");
    let got = minute(&service, &server).await;
    assert_eq!(got.iter().flat_map(|mail| mail.to.clone()).collect::<Vec<_>>(), ["cap-tren@tinh.example"]);
}

async fn nothing_is_sent_at_night(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    reporter_with_mail(&app, "hg-so-y-te");
    let task = issued(&app, due("31/10/2023", "Việc")).await;
    let told = json!({"task": task, "text": "Báo cáo ngay\ntrong ngày"});
    // Five past eight in the evening.
    service.set_time("2023-10-03T13:05:00Z");
    let _ = service.leader().post("instructions", told).await.expect(201);
    for quiet in ["2023-10-03T13:05:00Z", "2023-10-03T17:00:00Z", "2023-10-03T23:59:00Z"] {
        service.set_time(quiet);
        assert!(minute(&service, &server).await.is_empty(), "{quiet}");
    }
    service.set_time("2023-10-04T00:00:00Z");
    let got = minute(&service, &server).await;
    assert_eq!(got.iter().map(Mail::subject).collect::<Vec<_>>(), ["Ý kiến chỉ đạo: Việc"]);
    assert!(got[0].text.contains("Báo cáo ngay\ntrong ngày") && got[0].text.contains(&format!("http://tracker.example/tasks/{task}")));
}

/// A report that was returned, with a mail about it that waits.
async fn one_waits(service: &TestApp) {
    reporter_with_mail(service, "hg-so-y-te");
    let task = issued(service, draft("Xây dựng kế hoạch")).await;
    let made = service.reporter("hg-so-y-te").post(&format!("tasks/{task}/progress-reports"), report(60)).await.expect(201);
    service.set_time("2023-10-03");
    verdict(&service.office(), made.id(), json!({"outcome": "returned"})).await.invalid("/reason", "reason_required");
    assert_eq!(states(service), [], "what is undone tells nobody");
    let _ = verdict(&service.office(), made.id(), json!({"outcome": "returned", "reason": "Thiếu minh chứng"})).await.expect(200);
    assert_eq!(states(service), [(OutboxState::Waiting, 1)]);
}

async fn what_is_refused_for_now_is_sent_once_later(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    one_waits(&service).await;
    for (mood, wait) in [(Mood::RefusesForNow, 5 * 60), (Mood::Away, 10 * 60)] {
        server.set(mood);
        assert!(minute(&service, &server).await.is_empty());
        assert_eq!(states(&service), [(OutboxState::Waiting, 1)]);
        server.set(Mood::Takes);
        service.pass(wait - 1);
        assert!(minute(&service, &server).await.is_empty(), "it is not tried before its time");
        service.pass(1);
    }
    let got = minute(&service, &server).await;
    assert_eq!(got.iter().map(Mail::subject).collect::<Vec<_>>(), ["Báo cáo bị trả lại: Xây dựng kế hoạch"]);
    assert!(got[0].text.contains("Lý do: Thiếu minh chứng"), "{}", got[0].text);
    service.pass(3600);
    assert!(minute(&service, &server).await.is_empty());
    assert_eq!(states(&service), [(OutboxState::Sent, 1)]);
}

async fn what_is_refused_for_good_is_not_tried_again(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    one_waits(&service).await;
    server.set(Mood::RefusesForGood);
    assert!(minute(&service, &server).await.is_empty());
    let status = app.db(|conn, _| sending::status(conn));
    assert_eq!(status.counts, [(OutboxState::Failed, 1)]);
    assert!(status.errors[0].0.error.as_ref().unwrap().contains("550"), "{:?}", status.errors);
    server.set(Mood::Takes);
    service.pass(3600);
    assert!(minute(&service, &server).await.is_empty());
}

async fn what_may_have_been_taken_is_never_sent_again(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    one_waits(&service).await;
    server.set(Mood::BreaksOff);
    assert_eq!(minute(&service, &server).await.len(), 1, "the server has it, and did not say so");
    assert_eq!(states(&service), [(OutboxState::Unsure, 1)]);
    server.set(Mood::Takes);
    service.pass(3600);
    assert!(minute(&service, &server).await.is_empty());

    // The process dies between taking a mail and hearing of it.
    let task = issued(&service, draft("Việc khác")).await;
    let _ = service.leader().post("instructions", json!({"task": task, "text": "Khẩn trương"})).await.expect(201);
    let taken = service.db(|conn, at| {
        let id = sending::waiting(conn, at)?[0];
        sending::take(conn, id, at)
    });
    assert!(taken.is_some());
    service.pass(9 * 60);
    assert!(minute(&service, &server).await.is_empty());
    assert_eq!(states(&service), [(OutboxState::Sending, 1), (OutboxState::Unsure, 1)]);
    service.pass(2 * 60);
    assert!(minute(&service, &server).await.is_empty());
    assert_eq!(states(&service), [(OutboxState::Unsure, 2)]);
}

async fn two_instances_send_one_mail(app: TestApp) {
    let server = Smtp::start();
    let (one, other) = (app.mailing(&server).await, app.mailing(&server).await);
    for unit in ["hg-so-y-te", "hg-so-tai-chinh", "hg-tinh-uy"] {
        reporter_with_mail(&app, unit);
        let _ = issued(&app, with(due("31/10/2023", "Việc"), json!({"lead_unit": unit}))).await;
    }
    one.set_time("2023-10-31");
    other.set_time("2023-10-31");
    let (_stop, stopped) = watch::channel(false);
    let (a, b) = futures_util::future::join(tick(&one.state, &stopped), tick(&other.state, &stopped)).await;
    a.and(b).unwrap();
    // Whoever came second may have looked before the first had planned.
    let _ = tick(&other.state, &stopped).await;
    assert_eq!(server.received().len(), 3);
    assert_eq!(states(&one), [(OutboxState::Sent, 3)]);
    // And for each single mail.
    let again = one.db(planning::plan);
    assert_eq!(again, 0);
}

async fn some_get_none(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    for unit in ["hg-so-y-te", "hg-so-tai-chinh", "hg-tinh-uy"] {
        reporter_with_mail(&app, unit);
        let _ = issued(&app, with(due("31/10/2023", "Việc"), json!({"lead_unit": unit}))).await;
    }
    // One says no, one loses its address, one is disabled, all after the mail was planned.
    service.set_time("2023-10-31");
    assert_eq!(service.db(planning::plan), 3);
    let no = json!({"email": "r-hg-so-y-te@tinh.example", "kinds": [{"kind": "due_today", "wanted": false}]});
    let _ = app.reporter("hg-so-y-te").put("me/notifications", no).await.expect(200);
    let _ = app.reporter("hg-so-tai-chinh").put("me/notifications", json!({"email": null, "kinds": []})).await.expect(200);
    let id = app.reporter("hg-tinh-uy").get("me").await.expect(200).id().to_owned();
    let _ = app.admin().change(&format!("users/{id}"), json!({"disabled": true})).await.expect(200);
    assert!(minute(&service, &server).await.is_empty());
    assert_eq!(states(&service), [(OutboxState::Dropped, 3)]);
    assert!(morning(&service, &server, "2023-11-01").await.iter().all(|mail| mail.to == ["r-hg-so-y-te@tinh.example"]));
}

async fn of_secret_work_no_title_leaves(app: TestApp) {
    let server = Smtp::start();
    let service = app.mailing(&server).await;
    reporter_with_mail(&app, "hg-so-y-te");
    let _ = issued(&app, due("31/10/2023", "Đề án phòng thủ")).await;
    assert_eq!(service.db_sql("UPDATE tasks SET secrecy = 'secret' WHERE title LIKE '%phòng thủ%'"), 1);
    let got = morning(&service, &server, "2023-10-31").await;
    assert!(
        got[0].text.contains("1. Nhiệm vụ mật (hạn 31/10/2023, hôm nay) – Sở Y tế") && !got[0].text.contains("phòng thủ"),
        "{}",
        got[0].text
    );
}

async fn without_a_server_nothing_waits(app: TestApp) {
    reporter_with_mail(&app, "hg-so-y-te");
    let task = issued(&app, due("03/10/2023", "Việc")).await;
    let _ = app.leader().post("instructions", json!({"task": task, "text": "Khẩn trương"})).await.expect(201);
    let (_stop, stopped) = watch::channel(false);
    tick(&app.state, &stopped).await.unwrap();
    assert_eq!(app.db(planning::plan), 0);
    assert_eq!(states(&app), []);
}
