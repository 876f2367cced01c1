//! Every number of a page leads to exactly its rows, today and on an earlier day.

use serde_json::json;

use super::dashboards::{decide, issued, report, verify};
use super::explanations::whole;
use super::resolutions::congress;
use crate::common::{Browser, TestApp, on_both_databases};

on_both_databases! {
    every_number_leads_to_its_rows,
    secret_tasks_are_counted_and_not_shown,
    a_list_of_the_past_is_asked_rightly,
    a_long_list_has_pages,
    the_numbers_of_a_whole_lead_to_its_leaves,
}

/// Counts on a page that lead somewhere: address and number.
fn linked_counts(page: &str) -> Vec<(String, String)> {
    let links = page.split("<a href=\"/tasks?").skip(1);
    let counts = links.filter_map(|rest| {
        let (address, text) = rest.split_once("\">")?;
        let number = text.split("</a>").next()?;
        number.parse::<u32>().ok()?;
        Some((format!("/tasks?{}", address.replace("&#38;", "&")), number.to_owned()))
    });
    counts.collect()
}

/// How many rows a list says it has, and how many it shows.
async fn rows(browser: &Browser<'_>, address: &str) -> (String, usize) {
    let page = browser.get(address).await.expect(200).text;
    let said = page.split("<strong>").nth(1).unwrap().split("</strong>").next().unwrap().to_owned();
    (said, page.matches("<a href=\"/tasks/0").count())
}

/// Looks at every number of these pages; answers how many there were.
pub async fn check(browser: &Browser<'_>, pages: &[String]) -> usize {
    let mut seen = 0;
    for path in pages {
        let page = browser.get(path).await.expect(200).text;
        for (address, number) in linked_counts(&page) {
            let (said, shown) = rows(browser, &address).await;
            assert_eq!((said.as_str(), shown.to_string().as_str()), (number.as_str(), number.as_str()), "{path} leads to {address}");
            seen += 1;
        }
    }
    seen
}

async fn every_number_leads_to_its_rows(app: TestApp) {
    let congress = congress(&app).await;
    let part = json!({"resolution": congress.id(), "ordinal": 1, "title": "Hạ tầng"});
    let breakthrough = app.office().post("breakthroughs", part).await.expect(201).id().to_owned();
    let due = |text: &str| json!({"deadline": {"text": text, "reference_date": "2023-08-03"}});
    let _ = issued(&app, "hg-so-y-te", due("chậm nhất ngày 31/12/2023")).await;
    let _ = issued(&app, "hg-so-y-te", due("chậm nhất ngày 15/10/2023")).await;
    let _ = issued(&app, "hg-so-tai-chinh", due("trong quý III-2023")).await;
    let _ = issued(&app, "hg-huyen-vi-thuy-dang", json!({"resolution": congress.id(), "breakthrough": breakthrough})).await;
    let district = issued(&app, "hg-huyen-vi-thuy-ubnd", json!({})).await;
    let done = issued(&app, "hg-so-y-te", due("trong quý III-2023")).await;
    app.set_time("2023-10-05");
    let product = json!({"state": "completed", "product": {"number": "12/KH", "issued_on": "2023-10-04"}});
    let told = report(&app, "hg-so-y-te", &done, product).await;
    app.set_time("2023-10-20");
    verify(&app, &told).await;
    decide(&app, &district, json!({"decision": "suspend", "reason": "Chờ quy hoạch."})).await;
    let mistake = issued(&app, "hg-so-y-te", json!({})).await;
    app.set_time("2023-10-25");
    decide(&app, &mistake, json!({"decision": "void", "reason": "Nhập nhầm."})).await;
    let pages = ["/", "/units/hg-so-y-te", "/areas/hg-huyen-vi-thuy", "/areas/hg"];
    let leader = app.browser_of("leader");
    for day in ["", "?as_of=2023-10-02", "?as_of=2023-10-05", "?as_of=2023-10-21"] {
        let seen = check(&leader, &pages.map(|page| format!("{page}{day}"))).await;
        assert!(seen > 20, "{seen} numbers on {day}");
    }
    // A reporter sees the totals of all, and follows the numbers of its own.
    let _ = app.reporter("hg-so-y-te");
    let reporter = app.browser_of("r-hg-so-y-te");
    assert!(check(&reporter, &["/".to_owned(), "/units/hg-so-y-te?as_of=2023-10-21".to_owned()]).await > 3);
    let then = app.leader().get("tasks?as_of=2023-10-21&timeliness=late").await.expect(200);
    let item = &then.json["items"][0];
    assert_eq!((&item["id"], &item["allowed_actions"]), (&json!(done.id()), &json!([])));
    let before = app.leader().get("tasks?as_of=2023-10-02&lead_unit=hg-so-y-te").await.expect(200);
    let standing = before.json["items"].as_array().unwrap().iter().find(|task| task["id"] == done.id()).unwrap();
    assert_eq!((&standing["lifecycle"], &standing["timeliness"]), (&json!("not_started"), &json!("overdue")));
}

async fn secret_tasks_are_counted_and_not_shown(app: TestApp) {
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = issued(&app, "hg-so-y-te", json!({"secrecy": "secret", "title": null})).await;
    app.set_time("2023-10-04");
    for day in ["", "&as_of=2023-10-02"] {
        let address = format!("/tasks?counted=true&unit=hg-so-y-te{day}");
        let page = app.browser_of("leader").get(&address).await.expect(200).text;
        assert!(page.contains("<strong>1</strong>") && page.contains("+ 1 nhiệm vụ mật"), "{page}");
        let page = app.browser_of("office").get(&address).await.expect(200).text;
        assert!(page.contains("<strong>2</strong>") && page.contains("Nhiệm vụ mật</a>"), "{page}");
    }
}

async fn a_list_of_the_past_is_asked_rightly(app: TestApp) {
    let leader = app.leader();
    leader.get("tasks?as_of=2999-01-01").await.refused(400, "invalid_parameter").names("as_of", "future");
    leader.get("tasks?as_of=1999-01-01").await.refused(400, "invalid_parameter").names("as_of", "before_data");
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    app.set_time("2023-10-09");
    let both = leader.get("tasks?as_of=2023-10-02&deadline_kind=unresolved").await;
    both.refused(400, "invalid_parameter").names("deadline_kind", "not_here");
    let page = app.browser_of("leader").get("/tasks?as_of=2999-01-01").await.expect(400);
    assert!(page.text.contains("<h1>Yêu cầu chưa hợp lệ</h1>"));
    app.browser_of("leader").get("/tasks?unit=khong-co").await.expect(400);
    app.browser_of("leader").get("/tasks?colour=red").await.expect(400);
    app.browser_of("leader").get("/tasks?q=&unit=&timeliness=").await.expect(200);
}

async fn a_long_list_has_pages(app: TestApp) {
    for n in 0..53 {
        let _ = issued(&app, "hg-so-y-te", json!({"title": format!("Việc {n}")})).await;
    }
    app.set_time("2023-10-09");
    let leader = app.browser_of("leader");
    for address in ["/tasks?counted=true", "/tasks?as_of=2023-10-02"] {
        let first = leader.get(address).await.expect(200).text;
        assert_eq!((first.matches("<a href=\"/tasks/0").count(), first.contains("<strong>53</strong>")), (50, true));
        let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
        let second = leader.get(&next).await.expect(200).text;
        assert_eq!((second.matches("<a href=\"/tasks/0").count(), second.contains("rel=\"next\"")), (3, false));
    }
}

async fn the_numbers_of_a_whole_lead_to_its_leaves(app: TestApp) {
    app.set_time("2021-08-03");
    let (task, parts) = whole(&app, json!({})).await;
    let leader = app.browser_of("leader");
    let page = leader.get(&format!("/tasks/{}", task.id())).await.expect(200).text;
    let links: Vec<(String, &str)> = page
        .split("<a href=\"/explain?")
        .skip(1)
        .filter_map(|rest| rest.split_once("\">"))
        .map(|(address, text)| (format!("/explain?{}", address.replace("&#38;", "&")), text.split("</a>").next().unwrap()))
        .collect();
    let numbers: Vec<&str> = links.iter().map(|(_, number)| *number).collect();
    assert_eq!(numbers, ["80%", "99,99%", "4", "1", "2", "1"], "claimed, verified, all, completed, due, suspended: {page}");
    let back = format!("<a href=\"/tasks/{}\">Đề án chung</a>", task.id());
    for (address, number) in &links {
        let told = leader.get(address).await.expect(200).text;
        assert!(told.contains(&format!(": {number}</h1>")), "{address}: {told}");
        assert_eq!(told.matches(&back).count(), 2, "it is named, and the way back: {told}");
        let rows = parts.iter().filter(|part| told.contains(&format!("<a href=\"/tasks/{}\">", part.id()))).count();
        assert!(number.ends_with('%') || *number == rows.to_string(), "{address} shows {rows} rows");
        // The other numbers on it are those of the same whole.
        assert!(told.contains(&format!("/explain?of=light&#38;task={}", task.id())), "{told}");
    }
    let leaf = leader.get(&format!("/tasks/{}", parts[0].id())).await.expect(200).text;
    assert!(!leaf.contains("/explain?"), "{leaf}");
    leader.get(&format!("/explain?of=total&task={}", parts[0].id())).await.expect(400);
}
