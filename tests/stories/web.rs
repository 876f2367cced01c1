//! Pages: who is let in, which forms are taken, and what happens to what was typed.

mod table;

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use resolution_tracker::domain::permission::Role;
use serde_json::json;

use super::api_clients::made;
use super::dashboards::issued;

use crate::common::world::{self, On, PASSWORD};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    every_role_sees_what_the_table_says,
    one_signs_in_and_out,
    guessing_is_slowed_down,
    a_session_lasts_a_working_day,
    a_form_is_taken_from_our_own_page_only,
    what_was_typed_survives_the_end_of_a_session,
    ones_password_is_changed_by_oneself,
    the_language_is_chosen_once,
    pages_bring_nothing_from_elsewhere,
}

/// Everybody who asks; `neighbour` reports for a unit that the thing asked for is not of.
const ROLES: [&str; 7] = ["admin", "office", "leader", "reporter", "neighbour", "inspector", "integration"];
/// Every route of the files of `src/web`, as its handlers declare it; folders hold parts of pages.
fn routes() -> BTreeSet<String> {
    let mut routes = BTreeSet::new();
    let mut left = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web"))];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("#[")) {
            let Some((method, path)) = line.trim_end_matches("\")]").split_once("(\"/") else { continue };
            routes.insert(format!("{} /{path}", method.to_uppercase()));
        }
    }
    routes
}

/// Ids of a resolution, of a conference about it that Sở Y tế holds, of a plan, an indicator and a review round.
async fn of_documents(app: &TestApp) -> [String; 5] {
    let resolution = super::resolutions::congress(app).await;
    let event = json!({
        "title": "Hội nghị", "resolution": resolution.id(), "kind": "study", "level": "province", "host": "hg-so-y-te", "state": "draft"
    });
    let event = app.office().post("dissemination-events", event).await.expect(201);
    let programme = super::programmes::programme(app, None, "plan", json!([])).await;
    let indicator = super::indicators::indicator(resolution.id(), 1, json!({"lead_unit": "hg-so-y-te"}));
    let indicator = app.office().post("indicators", indicator).await.expect(201);
    let review = super::reviews::three_year(app, &resolution).await;
    let [resolution, event, programme, indicator] = [resolution, event, programme, indicator].map(|made| made.id().to_owned());
    [resolution, event, programme, indicator, review]
}

async fn every_role_sees_what_the_table_says(app: TestApp) {
    let table = table::table();
    assert_eq!(routes(), table.keys().map(|route| (*route).to_owned()).collect(), "the routes of src/web and the table differ");
    app.db(|conn, _| world::db_account(conn, "integration", &[(Role::Integration, On::Area("hg"))]));
    let task = issued(&app, "hg-so-y-te", json!({})).await;
    let (client, _) = made(&app, json!({"code": "edoc", "name": "X", "scopes": ["work_read"], "area": "hg"})).await;
    let [resolution, event, programme, indicator, review] = of_documents(&app).await;
    let [told, proposal] = super::web_instructions::dialogue(&app, task.id()).await;
    let lock = app.office().post("period-locks", json!({"period": "2022"})).await.expect(201);
    let account = app.account_with("somebody", &[]).get("me").await.expect(200).id().to_owned();
    let (_, file) = (app.reporter("hg-so-tai-chinh"), super::attachments::sent(&app.reporter("hg-so-y-te"), task.id(), "a.pdf").await);
    #[rustfmt::skip]
    let things = [
        ("{period}", "2022"), ("{indicator}", &indicator), ("{review}", &review),
        ("{unit}", "hg-so-y-te"), ("{area}", "hg-huyen-vi-thuy"), ("{task}", task.id()), ("{instruction}", &told), ("{proposal}", &proposal), ("{lock}", lock.id()),
        ("{event}", &event), ("{resolution}", &resolution), ("{programme}", &programme), ("{group}", "hg-nhom"), ("{practice}", &event),
        ("{post}", &event), ("{commendation}", &event), ("{user}", &account), ("{client}", &client), ("{grant}", &client), ("{form:.*}", "password"), ("{kind}", "areas"), ("{attachment}", file.id()),
    ];
    let mut wrong = Vec::new();
    for (route, who) in table.iter().filter(|(_, who)| **who != "public") {
        let (method, path) = route.split_once(' ').unwrap();
        let path = things.iter().fold(path.to_owned(), |path, (part, thing)| path.replace(part, thing));
        for role in ROLES {
            let name = match role {
                "reporter" => "r-hg-so-y-te",
                "neighbour" => "r-hg-so-tai-chinh",
                name => name,
            };
            let browser = app.browser_of(name);
            let _ = browser.get("/password").await.expect(200);
            let status = if method == "GET" { browser.get(&path).await.status } else { browser.post(&path, &[]).await.status };
            let allowed = who.split(' ').any(|known| known == role);
            if allowed != (status != 403) || status >= 500 || status == 401 {
                wrong.push(format!("{route} by {role}: {status}"));
            }
        }
        let nobody = app.browser();
        let answer = if method == "GET" { nobody.get(&path).await } else { nobody.post_bare(&path, &[]).await };
        let asked_to_sign_in = answer.header("location").starts_with("/login") || answer.text.contains("action=\"/login\"");
        if !matches!(answer.status, 303 | 401) || !asked_to_sign_in {
            wrong.push(format!("{route} by nobody: {}", answer.status));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    let outsider = app.browser_of("outsider");
    for path in ["/units/hg-so-y-te", "/areas/hg-huyen-vi-thuy", "/nothing"] {
        assert!(outsider.get(path).await.expect(404).text.contains("<h1>Không tìm thấy trang</h1>"));
    }
    assert_eq!(app.browser().get("/nothing").await.expect(303).header("location"), "/login?next=%2Fnothing");
}

async fn one_signs_in_and_out(app: TestApp) {
    let browser = app.browser();
    let page = browser.get("/tasks?timeliness=overdue").await.expect(303);
    let page = browser.get(page.header("location")).await.expect(200);
    assert!(page.text.contains("name=\"next\" value=\"/tasks?timeliness=overdue\""), "{}", page.text);
    let typed = |password: &'static str| [("username", "leader"), ("password", password), ("next", "/tasks?timeliness=overdue")];
    let wrong = browser.post("/login", &typed("falsch-falsch")).await.expect(401);
    assert!(wrong.text.contains("Tên đăng nhập hoặc mật khẩu không đúng") && wrong.text.contains("value=\"leader\""));
    assert!(!wrong.text.contains("falsch"));
    let answer = browser.post("/login", &typed(PASSWORD)).await.expect(303);
    assert_eq!(answer.header("location"), "/tasks?timeliness=overdue");
    let cookie = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    browser.get("/tasks").await.expect(200);
    // Nobody is led away from here.
    assert_eq!(browser.get("/login?next=https://evil.example").await.expect(303).header("location"), "/");
    // The cookie is for pages only, and a token of the API for the API.
    let session = browser.cookie("session").unwrap();
    let api = TestRequest::get().uri("/api/v1/me").insert_header(("cookie", format!("session={session}")));
    assert_eq!(browser.send(api).await.status, 401);
    let other = app.browser();
    other.set_cookie("session", Some(&app.db_session("leader").access));
    other.get("/").await.expect(303);
    let out = browser.post("/sign-out", &[]).await.expect(303);
    assert_eq!((out.header("location"), out.header("clear-site-data")), ("/login", "\"cache\""));
    assert_eq!(browser.cookie("session"), None);
    browser.set_cookie("session", Some(&session));
    browser.get("/").await.expect(303);
}

async fn guessing_is_slowed_down(app: TestApp) {
    let browser = app.browser();
    let _ = browser.get("/login").await;
    for _ in 0..5 {
        browser.post("/login", &[("username", "leader"), ("password", "wrong")]).await.expect(401);
    }
    let refused = browser.post("/login", &[("username", "leader"), ("password", PASSWORD)]).await.expect(429);
    assert!(refused.text.contains("Đăng nhập sai quá nhiều lần"));
}

async fn a_session_lasts_a_working_day(app: TestApp) {
    let browser = app.browser_of("leader");
    app.pass(12 * 3600 - 1);
    browser.get("/").await.expect(200);
    app.pass(1);
    browser.get("/").await.expect(303);
}

async fn a_form_is_taken_from_our_own_page_only(app: TestApp) {
    let browser = app.browser_of("leader");
    let _ = browser.get("/password").await.expect(200);
    for token in ["", "a.b"] {
        let answer = browser.post_bare("/sign-out", &[("csrf", token)]).await.expect(403);
        assert!(answer.text.contains("Hãy tải lại trang"), "{}", answer.text);
    }
    // A token of another session, and one on a page of another site.
    let other = app.browser_of("leader");
    let foreign = other.get("/password").await.text;
    let foreign = foreign.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    browser.post_bare("/sign-out", &[("csrf", foreign)]).await.expect(403);
    let own = browser.get("/password").await.text;
    let own = own.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let elsewhere = TestRequest::post().uri("/sign-out").set_form([("csrf", own)]).insert_header(("sec-fetch-site", "cross-site"));
    assert_eq!(browser.send(elsewhere).await.status, 403);
    let elsewhere = TestRequest::post().uri("/sign-out").set_form([("csrf", own)]).insert_header(("origin", "https://evil.example"));
    assert_eq!(browser.send(elsewhere).await.status, 403);
    browser.get("/").await.expect(200);
    // Signing in, too, wants the form that this browser was given.
    let victim = app.browser();
    victim.post_bare("/login", &[("username", "leader"), ("password", PASSWORD)]).await.expect(403);
    assert_eq!(victim.cookie("session"), None);
    browser.post_bare("/sign-out", &[("csrf", own)]).await.expect(303);
}

async fn what_was_typed_survives_the_end_of_a_session(app: TestApp) {
    let (browser, before) = (app.browser_of("leader"), app.position());
    let _ = browser.get("/password").await.expect(200);
    app.pass(13 * 3600);
    let typed = "Đã lấy ý kiến <script>alert(1)</script> & \"trình\"\ndòng hai";
    let page = browser.post("/tasks/7/report", &[("result", typed), ("percent", "60"), ("a_password", "x")]).await.expect(401);
    assert!(page.text.contains("Nội dung bạn vừa nhập vẫn được giữ") && !page.text.contains("<script>alert"), "{}", page.text);
    let hidden = page.text.split("name=\"kept\" value=\"").nth(1).unwrap().split("\">").next().unwrap();
    let kept = hidden.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&").replace("&#39;", "'");
    let again = [("username", "leader"), ("password", "wrong"), ("next", "/tasks/7/report"), ("kept", kept.as_str())];
    let refused = browser.post("/login", &again).await.expect(401);
    assert!(refused.text.contains("dòng hai"), "a wrong password loses nothing");
    let right = [("username", "leader"), ("password", PASSWORD), ("next", "/tasks/7/report"), ("kept", kept.as_str())];
    let resumed = browser.post("/login", &right).await.expect(200);
    for part in ["action=\"/tasks/7/report\"", "name=\"resumed\" value=\"1\"", "name=\"percent\" value=\"60\"", "dòng hai", "#60;script"] {
        assert!(resumed.text.contains(part), "{part}: {}", resumed.text);
    }
    assert!(!resumed.text.contains("a_password") && !resumed.text.contains("<script>alert"));
    assert_eq!(app.position(), before, "nothing is sent by itself");
}

async fn ones_password_is_changed_by_oneself(app: TestApp) {
    let (browser, elsewhere) = (app.browser_of("leader"), app.browser_of("leader"));
    let _ = browser.get("/password").await.expect(200);
    let change = async |current: &'static str, new: &'static str, repeated: &'static str| {
        browser.post("/password", &[("current_password", current), ("new_password", new), ("repeated_password", repeated)]).await
    };
    assert!(change("wrong", "Xuan-Thu-2026", "Xuan-Thu-2026").await.expect(422).text.contains("id=\"current-fault\""));
    assert!(change(PASSWORD, "short", "short").await.expect(422).text.contains("id=\"new-fault\""));
    assert!(change(PASSWORD, "Xuan-Thu-2026", "Xuan-Thu-2027").await.expect(422).text.contains("id=\"repeated-fault\""));
    assert!(change(PASSWORD, "Xuan-Thu-2026", "Xuan-Thu-2026").await.expect(200).text.contains("Đã đổi mật khẩu."));
    browser.get("/").await.expect(200);
    elsewhere.get("/").await.expect(303);
    let fresh = app.browser();
    let _ = fresh.get("/login").await;
    fresh.post("/login", &[("username", "leader"), ("password", PASSWORD)]).await.expect(401);
    fresh.post("/login", &[("username", "leader"), ("password", "Xuan-Thu-2026")]).await.expect(303);
}

async fn the_language_is_chosen_once(app: TestApp) {
    let browser = app.browser();
    assert!(browser.get("/login").await.expect(200).text.contains("<html lang=\"vi\">"));
    let chosen = browser.get("/language?to=en&back=%2Flogin%3Fnext%3D%2Ftasks").await.expect(303);
    assert_eq!(chosen.header("location"), "/login?next=/tasks");
    let english = browser.get("/login").await.expect(200).text;
    assert!(english.contains("<html lang=\"en\">") && english.contains("User name"));
    assert_eq!(browser.get("/language?to=vi&back=//evil.example").await.expect(303).header("location"), "/");
    assert!(browser.get("/login").await.expect(200).text.contains("Tên đăng nhập"));
}

async fn pages_bring_nothing_from_elsewhere(app: TestApp) {
    let browser = app.browser_of("leader");
    let page = browser.get("/").await.expect(200);
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!((page.header("cache-control"), page.header("vary").contains("Cookie")), ("private, no-cache", true));
    assert!(!page.text.contains(" style=") && !page.text.contains(" onclick=") && !page.text.contains("<style"));
    let sheet = page.text.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let sheet = app.browser().get(sheet).await.expect(200);
    assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    app.browser().get("/static/app-000000000000.css").await.expect(404);
    // The reader of the contract has rules of its own.
    let docs = app.anonymous().get("/docs/").await.expect(200);
    assert!(docs.header("content-security-policy").contains("connect-src 'self'"));
}
