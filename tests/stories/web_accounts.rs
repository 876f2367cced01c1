//! The pages on which administrators bring people in, and see them out.

use resolution_tracker::domain::permission::Role;
use serde_json::json;

use crate::common::world::{On, PASSWORD};
use crate::common::{Browser, TestApp, hidden, on_both_databases};

on_both_databases! {
    a_reporter_is_brought_in_without_a_command_line,
    what_is_wrong_with_an_account_stands_beside_its_field,
    an_account_sent_twice_is_made_once,
    what_was_typed_before_signing_in_again_is_not_recorded,
    accounts_are_found_and_paged,
    an_account_is_disabled_and_comes_back,
    a_password_is_set_anew_and_ends_the_sessions,
    a_role_is_given_and_taken_away,
    administrators_keep_to_their_reach,
    inspectors_only_look,
}

/// The password of a page that shows one.
fn shown(page: &str) -> String {
    page.split("class=\"secret-value\">").nth(1).unwrap_or_else(|| panic!("{page}")).split('<').next().unwrap().to_owned()
}

async fn sign_in(app: &TestApp, username: &str, password: &str) -> u16 {
    let browser = app.browser();
    let _ = browser.get("/login").await;
    browser.post("/login", &[("username", username), ("password", password)]).await.status
}

/// The address of an account's page, from the list.
async fn address(browser: &Browser<'_>, name: &str) -> String {
    let page = browser.get(&format!("/accounts?q={name}")).await.expect(200).text;
    let link = page.split("<th scope=\"row\"><a href=\"").nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    link.split('"').next().unwrap().to_owned()
}

async fn a_reporter_is_brought_in_without_a_command_line(app: TestApp) {
    let browser = app.browser_of("admin");
    assert!(browser.get("/").await.expect(200).text.contains("href=\"/accounts\""), "the menu leads there");
    let page = browser.get("/accounts/new").await.expect(200).text;
    assert!(page.contains("value=\"unit:hg-so-y-te\"") && page.contains("value=\"area:hg-huyen-vi-thuy\""), "{page}");
    assert!(!page.contains("hd-so-tu-phap") && !page.contains("value=\"integration\""), "{page}");
    let typed = [
        ("key", hidden(&page, "key")),
        ("username", " so-y-te.lan ".into()),
        ("display_name", "Cán bộ tổng hợp, Sở Y tế".into()),
        ("role", "reporter".into()),
        ("place", "unit:hg-so-y-te".into()),
        ("password", String::new()),
    ];
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = browser.post("/accounts", &typed).await.expect(200);
    assert_eq!(made.header("cache-control"), "no-store");
    assert!(made.text.contains("Chỉ hiện một lần") && made.text.contains("so-y-te.lan"));
    let password = shown(&made.text);
    assert_eq!(sign_in(&app, "so-y-te.lan", &password).await, 303);
    let reader = app.admin();
    for text in [browser.get("/accounts").await.text, reader.get("audit").await.text, reader.get("users").await.text] {
        assert!(!text.contains(&password));
    }
    let page = browser.get(&address(&browser, "so-y-te.lan").await).await.expect(200).text;
    assert!(page.contains("Cán bộ báo cáo: Sở Y tế") && page.contains("Thu hồi"), "{page}");
    // Sent again, it leads to the account, and shows no password.
    let again = browser.post("/accounts", &typed).await.expect(303);
    let page = browser.get(again.header("location")).await.expect(200).text;
    assert!(page.contains("Đã tạo tài khoản.") && !page.contains(&password), "{page}");
    // One's own choice of a password is not shown.
    let own = [("username", "van-thu"), ("display_name", "Văn thư"), ("password", "Tự-đặt-2026"), ("role", "")];
    let answer = browser.post("/accounts", &own).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    assert!(page.contains("Chưa được cấp quyền") && !page.contains("Tự-đặt"), "{page}");
    assert_eq!(sign_in(&app, "van-thu", "Tự-đặt-2026").await, 303);
}

async fn what_is_wrong_with_an_account_stands_beside_its_field(app: TestApp) {
    let (browser, before) = (app.browser_of("admin"), app.position());
    let _ = browser.get("/accounts/new").await.expect(200);
    let bad = [("username", "Văn Thư"), ("display_name", ""), ("password", "aaaaaaaaaaaa"), ("place", "unit:hg-so-y-te")];
    let page = browser.post("/accounts", &bad).await.expect(422).text;
    for part in ["id=\"username-fault\"", "id=\"display_name-fault\"", "id=\"password-fault\"", "value=\"Văn Thư\"", "href=\"#username\""]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("aaaa") && page.contains("<option value=\"unit:hg-so-y-te\" selected>"), "{page}");
    let good = [("username", "van-thu"), ("display_name", "Văn thư")];
    let no_place = [good[0], good[1], ("role", "reporter")];
    assert!(browser.post("/accounts", &no_place).await.expect(422).text.contains("id=\"place-fault\""));
    let no_role = [good[0], good[1], ("role", ""), ("place", "unit:hg-so-y-te")];
    assert!(browser.post("/accounts", &no_role).await.expect(422).text.contains("id=\"role-fault\""), "a place is for a role");
    let no_such = [good[0], good[1], ("role", "king"), ("place", "unit:hg-so-y-te")];
    assert!(browser.post("/accounts", &no_such).await.expect(422).text.contains("id=\"role-fault\""));
    let taken = [("username", "leader"), ("display_name", "Trùng")];
    assert!(browser.post("/accounts", &taken).await.expect(409).text.contains("Tên đăng nhập này đã có"));
    assert_eq!(app.position(), before);
}

async fn an_account_sent_twice_is_made_once(app: TestApp) {
    let browser = app.browser_of("admin");
    let key = hidden(&browser.get("/accounts/new").await.expect(200).text, "key");
    let typed = [("key", key.as_str()), ("username", "van-thu"), ("display_name", "Văn thư"), ("password", "Tự-đặt-2026")];
    let (first, again) = (browser.post("/accounts", &typed).await.expect(303), browser.post("/accounts", &typed).await.expect(303));
    assert_eq!(first.header("location"), again.header("location"));
    let other = [("key", key.as_str()), ("username", "van-thu-2"), ("display_name", "Văn thư"), ("password", "Tự-đặt-2026")];
    assert!(browser.post("/accounts", &other).await.expect(422).text.contains("van-thu-2"), "another form under this key is not taken");
}

async fn what_was_typed_before_signing_in_again_is_not_recorded(app: TestApp) {
    let (browser, before) = (app.browser_of("admin"), app.position());
    let leader = address(&browser, "leader").await;
    let grants = format!("{leader}/grants");
    let password = format!("{leader}/password");
    for (path, typed, kept) in [
        ("/accounts", ("display_name", "Người mới"), "value=\"Người mới\""),
        (leader.as_str(), ("display_name", "Tên khác"), "value=\"Tên khác\""),
        (grants.as_str(), ("place", "unit:hg-so-y-te"), "<option value=\"unit:hg-so-y-te\" selected>"),
        (password.as_str(), ("password", ""), "Đặt lại mật khẩu"),
    ] {
        let page = browser.post(path, &[typed, ("resumed", "1")]).await.expect(200).text;
        assert!(page.contains("Chưa ghi gì") && page.contains(kept), "{path}: {page}");
    }
    assert_eq!(app.position(), before);
    for path in [grants, password, format!("{leader}/grants/x")] {
        assert_eq!(browser.get(&path).await.expect(303).header("location"), leader);
    }
}

async fn accounts_are_found_and_paged(app: TestApp) {
    let browser = app.browser_of("admin");
    for number in 0..60 {
        let _ = app.account_with(&format!("bao-cao-{number:02}"), &[(Role::Reporter, On::Unit("hg-so-y-te"))]);
    }
    let page = browser.get("/accounts").await.expect(200).text;
    let next = page.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    assert!(page.contains("bao-cao-00") && !page.contains("outsider"), "{page}");
    let rest = browser.get(&next).await.expect(200).text;
    assert!(rest.contains("office") && rest.contains("Về trang đầu") && !rest.contains("bao-cao-00"), "{rest}");
    // Words with or without diacritics, in the name or the user name; the filters beside them.
    let found = browser.get("/accounts?q=tai%20khoan%20bao-cao-07").await.expect(200).text;
    assert_eq!(found.matches("<th scope=\"row\">").count(), 1, "{found}");
    let page = browser.get("/accounts?q=B%C3%81O-CAO-5&role=reporter&disabled=false").await.expect(200).text;
    assert_eq!(page.matches("<th scope=\"row\">").count(), 10, "{page}");
    assert!(page.contains("<option value=\"reporter\" selected>") && page.contains("<option value=\"false\" selected>"));
    assert!(browser.get("/accounts?q=kh%C3%B4ng").await.expect(200).text.contains("Không có tài khoản nào như vậy"));
    assert_eq!(app.admin().get("users?q=BAO-CAO&limit=3").await.expect(200).texts("username"), ["bao-cao-00", "bao-cao-01", "bao-cao-02"]);
    browser.get("/accounts?role=king").await.expect(400);
}

async fn an_account_is_disabled_and_comes_back(app: TestApp) {
    let (browser, leader) = (app.browser_of("admin"), app.browser_of("leader"));
    let path = address(&browser, "leader").await;
    let page = browser.get(&path).await.expect(200).text;
    let version = hidden(&page, "version");
    let typed = [("version", version.as_str()), ("display_name", "Lãnh đạo cũ"), ("disabled", "on")];
    let answer = browser.post(&path, &typed).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    assert!(page.contains("Đã lưu thay đổi") && page.contains("<h1>Lãnh đạo cũ</h1>") && page.contains("Đã khóa"), "{page}");
    leader.get("/").await.expect(303);
    assert_eq!(sign_in(&app, "leader", PASSWORD).await, 401);
    // From the page as it was before, a change is shown again instead of taken.
    let late = [("version", version.as_str()), ("display_name", "Tên khác")];
    let page = browser.post(&path, &late).await.expect(412).text;
    assert!(page.contains("đã được người khác thay đổi") && page.contains("value=\"Tên khác\""), "{page}");
    let version = hidden(&page, "version");
    let wrong = [("version", version.as_str()), ("display_name", " ")];
    assert!(browser.post(&path, &wrong).await.expect(422).text.contains("id=\"display_name-fault\""));
    browser.post(&path, &[("version", version.as_str()), ("display_name", "Lãnh đạo")]).await.expect(303);
    assert_eq!(sign_in(&app, "leader", PASSWORD).await, 303);
    // One does not lock oneself out by mistake: the own page offers neither.
    let own = browser.get(&address(&browser, "admin").await).await.expect(200).text;
    assert!(own.contains("Đây là tài khoản của bạn") && !own.contains("name=\"disabled\"") && !own.contains("/password#"), "{own}");
}

async fn a_password_is_set_anew_and_ends_the_sessions(app: TestApp) {
    let (browser, leader) = (app.browser_of("admin"), app.browser_of("leader"));
    let path = address(&browser, "leader").await;
    let form = format!("{path}/password");
    let key = hidden(&browser.get(&path).await.expect(200).text, "key");
    let short = browser.post(&form, &[("password", "ngắn")]).await.expect(422).text;
    assert!(short.contains("id=\"password-fault\"") && !short.contains("ngắn\""), "{short}");
    leader.get("/").await.expect(200);
    let typed = [("key", key.as_str()), ("password", "")];
    let set = browser.post(&form, &typed).await.expect(200).text;
    let password = shown(&set);
    leader.get("/").await.expect(303);
    assert_eq!((sign_in(&app, "leader", PASSWORD).await, sign_in(&app, "leader", &password).await), (401, 303));
    // Loaded again, it sets no other.
    let again = browser.post(&form, &typed).await.expect(303);
    assert!(browser.get(again.header("location")).await.expect(200).text.contains("Đã đặt lại mật khẩu."));
    assert_eq!(sign_in(&app, "leader", &password).await, 303);
    assert!(browser.post(&form, &[("password", "Tự-đặt-2026")]).await.expect(303).header("location").ends_with("?done=password#content"));
    assert_eq!(sign_in(&app, "leader", "Tự-đặt-2026").await, 303);
}

async fn a_role_is_given_and_taken_away(app: TestApp) {
    let browser = app.browser_of("admin");
    let path = address(&browser, "leader").await;
    let form = format!("{path}/grants");
    let given = [("role", "reporter"), ("place", "area:hg-huyen-vi-thuy")];
    let answer = browser.post(&form, &given).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    assert!(page.contains("Đã cấp quyền.") && page.contains("Cán bộ báo cáo: Huyện Vị Thủy"), "{page}");
    assert!(browser.post(&form, &given).await.expect(409).text.contains("Quyền này đã có"));
    assert!(browser.post(&form, &[("role", "reporter")]).await.expect(422).text.contains("id=\"place-fault\""));
    assert!(browser.post(&form, &[("place", "unit:hg-so-y-te")]).await.expect(422).text.contains("id=\"role-fault\""));
    // The leader's own role is the first of the two.
    let end = page.split("action=\"").find(|rest| rest.starts_with(&format!("{form}/"))).unwrap().split('"').next().unwrap();
    let page = browser.post(end, &[("reason", " ")]).await.expect(422).text;
    assert!(page.contains("<details open>") && page.matches("-fault\">").count() == 1, "{page}");
    let leader = app.browser_of("leader");
    leader.get("/areas/hg-huyen-vi-thuy").await.expect(200);
    let answer = browser.post(end, &[("reason", "Chuyển công tác")]).await.expect(303);
    let page = browser.get(answer.header("location")).await.expect(200).text;
    assert!(page.contains("Đã thu hồi quyền.") && page.contains("Đã kết thúc"), "{page}");
    let audit = app.admin().get("audit?limit=1").await.expect(200).json["items"][0].clone();
    assert_eq!((&audit["action"], &audit["reason"]), (&json!("grant.revoked"), &json!("Chuyển công tác")));
    assert_eq!(browser.post(end, &[("reason", "Lần nữa")]).await.status, 409);
}

async fn administrators_keep_to_their_reach(app: TestApp) {
    let _ = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    let browser = app.browser_of("admin-vi-thuy");
    let page = browser.get("/accounts/new").await.expect(200).text;
    assert!(page.contains("value=\"area:hg-huyen-vi-thuy\"") && page.contains("value=\"unit:hg-huyen-vi-thuy-ubnd\""), "{page}");
    assert!(!page.contains("value=\"area:hg\"") && !page.contains("unit:hg-so-y-te"), "{page}");
    let outside = [("username", "x-y-z"), ("display_name", "X"), ("role", "leader"), ("place", "area:hg")];
    let before = app.position();
    browser.post("/accounts", &outside).await.expect(403);
    assert_eq!(app.position(), before, "neither the role nor the account");
    let office = address(&browser, "office").await;
    let page = browser.get(&office).await.expect(200).text;
    assert!(page.contains("ngoài phạm vi quản trị") && !page.contains("name=\"version\"") && !page.contains("Thu hồi quyền này"), "{page}");
    browser.post(&format!("{office}/password"), &[]).await.expect(403);
    browser.post(&office, &[("version", "1"), ("display_name", "X")]).await.expect(403);
    // A role of one's own reach may be added to anybody of the province.
    browser.post(&format!("{office}/grants"), &[("role", "reporter"), ("place", "unit:hg-huyen-vi-thuy-ubnd")]).await.expect(303);
    let stranger = app.browser_of("outsider");
    stranger.get(&office).await.expect(404);
    stranger.post(&format!("{office}/password"), &[]).await.expect(404);
}

async fn inspectors_only_look(app: TestApp) {
    let browser = app.browser_of("inspector");
    let list = browser.get("/accounts").await.expect(200).text;
    assert!(list.contains("leader") && !list.contains("/accounts/new"), "{list}");
    let page = browser.get(&address(&browser, "leader").await).await.expect(200).text;
    assert!(page.contains("Lãnh đạo: Tỉnh Hậu Giang") && !page.contains("name=\"key\""), "{page}");
}
