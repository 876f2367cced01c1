//! Journeys: what people do with the pages, in Chromium, on the demo.
//!
//! `scripts/test --test browser` finds the browser, its driver and axe.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a test that cannot go on fails")]

mod first_day;
mod house;

use house::{Page, Scripts, journey};

/// Pages that are looked at for barriers, and on a phone.
const PAGES: [&str; 22] = [
    "/",
    "/?as_of=2022-06-30",
    "/tasks",
    "/tasks?counted=true&timeliness=overdue&as_of=2022-06-30",
    "/units/hg-so-y-te",
    "/briefings/hg-tinh-uy",
    "/integrity?signal=deadline_moved_late",
    "/briefings/hg-so-y-te?as_of=2022-06-30",
    "/areas/hg-huyen-vi-thuy",
    "/period-locks",
    "/loops",
    "/indicators",
    "/reviews",
    "/resolutions",
    "/search?q=khu%20cong%20nghiep",
    "/programmes",
    "/six-clears",
    "/instructions",
    "/notifications",
    "/proposals",
    "/password",
    "/nothing",
];

#[actix_web::test]
async fn a_leader_follows_a_number_to_its_tasks() {
    journey(Scripts::On, async |page: Page| {
        page.go("/tasks?q=y%20te").await;
        page.sign_in("leader").await;
        assert_eq!(page.path().await, "/tasks?q=y%20te", "one comes where one wanted to go");
        page.go("/").await;
        let overdue = page.text(".tile.open_overdue a").await;
        page.click(".tile.open_overdue a").await;
        assert_eq!(page.text("main p.lead strong").await, overdue);
        assert_eq!(page.count(".tasks tbody tr").await.to_string(), overdue);
        assert_eq!(page.value("#timeliness").await, "overdue");
        page.click(".account a[hreflang=en]").await;
        assert_eq!(page.text("h1").await, "Tasks");
        page.click(".account button").await;
        assert_eq!(page.text("h1").await, "Sign in");
        page.go("/").await;
        assert_eq!(page.path().await, "/login");
    })
    .await;
}

#[actix_web::test]
async fn no_page_has_barriers_and_each_fits_on_a_phone() {
    journey(Scripts::On, async |page: Page| {
        page.go("/login").await;
        page.has_no_barriers().await;
        page.sign_in("leader").await;
        for path in PAGES {
            page.go(path).await;
            page.looked_at().await;
        }
    })
    .await;
}

/// An annex that names units of another province: nearly every row is told of.
const ANNEX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lao-cai-2026-task-annex.csv");

/// The pages of those who work in it.
#[actix_web::test]
async fn the_pages_of_the_office_have_no_barriers() {
    journey(Scripts::On, async |page: Page| {
        page.go("/tasks?timeliness=overdue").await;
        page.sign_in("office").await;
        page.click(".tasks tbody a[href^='/tasks/']").await;
        let task = page.path().await;
        for path in ["/queue", "/drafts", "/import", task.as_str()] {
            page.go(path).await;
            page.looked_at().await;
        }
        page.go("/import").await;
        page.enter("#file", ANNEX).await;
        page.click("button[value=check]").await;
        assert!(page.count("#errors").await == 1 && page.count(".problems tbody tr").await > 8);
        page.looked_at().await;
    })
    .await;
}

/// From the documents to a conference, the form that logs one, and a theme.
#[actix_web::test]
async fn the_pages_of_conferences_have_no_barriers() {
    journey(Scripts::On, async |page: Page| {
        page.go("/resolutions").await;
        page.sign_in("office").await;
        page.run("[...document.querySelectorAll('main a')].find(link => link.textContent.includes('lần thứ XIV, nhiệm kỳ')).click()").await;
        page.click("main a[href$='/dissemination']").await;
        assert!(page.text("#coverage").await.contains("Cấp ủy"));
        page.looked_at().await;
        page.click("main .tasks a[href^='/dissemination-events/']").await;
        assert!(page.text("main").await.contains("hơn 16.000"));
        page.looked_at().await;
        page.go("/dissemination-events/new").await;
        page.looked_at().await;
        page.go("/programmes").await;
        page.click("#themes ~ ul a").await;
        assert!(page.text("main").await.contains("nghe dân nói"));
        page.looked_at().await;
    })
    .await;
}

/// The pages of whoever brings people and other systems in.
#[actix_web::test]
async fn the_pages_of_the_administrator_have_no_barriers() {
    journey(Scripts::On, async |page: Page| {
        page.go("/api-clients/new").await;
        page.sign_in("admin").await;
        page.enter("#name", "Quản lý văn bản").await;
        page.enter("#code", "edoc").await;
        page.pick("#place option[value='area:hg']").await;
        page.pick("#scope-work_read").await;
        page.click("main form button.primary").await;
        page.looked_at().await;
        page.click("main a.button").await;
        let client = page.path().await;
        page.go("/accounts?q=reporter").await;
        page.click("table a[href^='/accounts/']").await;
        let account = page.path().await;
        for path in ["/accounts", "/accounts/new", account.as_str(), "/api-clients", "/api-clients/new", client.as_str()] {
            page.go(path).await;
            page.looked_at().await;
        }
        // Refused, it is shown where it stands, with what is wrong.
        page.go(&account).await;
        page.click("form[action*='/grants#'] button").await;
        assert!(page.path().await.ends_with("/grants#give"));
        page.looked_at().await;
    })
    .await;
}

#[actix_web::test]
async fn an_administrator_brings_a_reporter_in() {
    journey(Scripts::Off, async |page: Page| {
        page.go("/accounts").await;
        page.sign_in("admin").await;
        page.click(".head a.primary").await;
        page.enter("#display_name", "Cán bộ tổng hợp, Sở Khoa học và Công nghệ").await;
        page.enter("#username", "so-khcn.lan").await;
        page.pick("#role-reporter").await;
        page.pick("#place option[value='unit:hg-so-khoa-hoc-va-cong-nghe']").await;
        page.click("main form button.primary").await;
        let password = page.text(".secret-value").await;
        page.click(".account button").await;
        page.enter("#username", "so-khcn.lan").await;
        page.enter("#password", &password).await;
        page.click("main button.primary").await;
        page.go("/tasks?timeliness=overdue").await;
        page.click(".tasks tbody a[href^='/tasks/']").await;
        assert_eq!(page.count("#report-title").await, 1, "the work of the department may be reported on");
    })
    .await;
}

#[actix_web::test]
async fn a_report_logged_and_confirmed_moves_the_figures() {
    journey(Scripts::On, async |page: Page| {
        page.go("/tasks?timeliness=overdue").await;
        page.sign_in("reporter").await;
        page.click(".tasks tbody a[href^='/tasks/']").await;
        let task = page.path().await;
        page.enter("textarea[name=result]", "Đã trình dự thảo lần hai").await;
        page.enter("input[name=percent]", "97,5").await;
        page.click("form[action^='/tasks/'] button.primary").await;
        page.go(&task).await;
        assert!(page.text("main").await.contains("97,5%"), "the unit's own figure is shown at once");
        page.click(".account button").await;

        page.go("/queue").await;
        page.sign_in("office").await;
        let waiting = page.count("main input[type=checkbox]").await;
        page.run("document.querySelectorAll('main input[type=checkbox]').forEach(box => { box.checked = true })").await;
        page.click(".bulk button.primary").await;
        page.go("/queue").await;
        assert!(waiting > 0 && page.count("main input[type=checkbox]").await == 0, "{waiting} reports waited, and all were confirmed");
        page.click(".account button").await;

        page.go(&task).await;
        page.sign_in("leader").await;
        assert!(page.text("main").await.matches("97,5%").count() >= 2, "claimed and verified are one");
    })
    .await;
}

#[actix_web::test]
async fn everything_works_without_scripts() {
    journey(Scripts::Off, async |page: Page| {
        page.go("/").await;
        page.sign_in("leader").await;
        page.enter("#as_of", "06302022").await;
        page.click(".as-of button").await;
        assert!(page.text("main .warning").await.contains("02/10/2023"));
        page.click(".tile.all a").await;
        page.click(".filters button").await;
        assert!(page.path().await.contains("as_of=2022-06-30"));
        page.click(".account button").await;
        assert_eq!(page.text("h1").await, "Đăng nhập");
    })
    .await;
}

#[actix_web::test]
async fn what_was_typed_comes_back_after_signing_in() {
    journey(Scripts::On, async |page: Page| {
        page.go("/login").await;
        page.sign_in("leader").await;
        page.go("/password").await;
        page.session_ends().await;
        for field in ["#current", "#new", "#repeated"] {
            page.enter(field, "Xuan-Thu-2026").await;
        }
        page.click("main button.primary").await;
        assert!(page.text("main .notice").await.contains("Phiên làm việc đã hết"));
        page.sign_in("leader").await;
        assert_eq!((page.path().await.as_str(), page.value("#new").await.as_str()), ("/password", ""), "a password is never kept");
    })
    .await;
}

#[actix_web::test]
async fn the_contract_is_read_in_the_browser() {
    journey(Scripts::On, async |page: Page| {
        page.go("/docs").await;
        assert!(page.text(".swagger-ui .info .title").await.contains("resolution-tracker"));
        assert!(page.count(".opblock").await > 50);
    })
    .await;
}
