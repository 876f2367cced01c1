//! Who looks for what does not mean what it says, where, and as of when.

use serde_json::json;

use super::dashboards::{issued, report, verify};
use super::integrity::{LONG, count, due, found, says};
use super::programmes::{implements, programme};
use super::resolutions::congress;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    only_what_was_told_by_then,
    an_import_says_nothing_by_its_clock,
    who_may_look_and_where,
    a_list_has_pages,
    an_inspector_looks_on_a_page,
}

async fn only_what_was_told_by_then(app: TestApp) {
    app.set_time("2023-02-01");
    let task = due(&app, "hg-so-y-te", "31/3/2023").await;
    app.set_time("2023-06-01");
    let sent = says(&app, &task, LONG, json!({"measured_on": "2023-02-15"})).await;
    verify(&app, &sent).await;
    let before = app.leader().get("dashboards/units/hg-so-y-te").await.expect(200).json;
    app.set_time("2023-07-01");
    let change = json!({"deadline": {"text": "31/12/2023"}, "reason": "Bổ sung nội dung."});
    let _ = app.office().post(&format!("tasks/{}/commitment-changes", task.id()), change).await.expect(201);
    let _ = says(&app, &task, LONG, json!({})).await;
    for (signal, june, july) in
        [("backdated", 1, 1), ("fast_verification", 1, 1), ("deadline_moved_late", 0, 1), ("copied_narrative", 0, 1)]
    {
        assert_eq!(count(&app, signal, "?as_of=2023-05-31").await, 0, "{signal} in May");
        assert_eq!((count(&app, signal, "?as_of=2023-06-30").await, count(&app, signal, "").await), (june, july), "{signal}");
    }
    let then = app.leader().get("dashboards/units/hg-so-y-te?as_of=2023-06-01").await.expect(200).json;
    assert_eq!((&then["tasks"], &then["light"]), (&before["tasks"], &before["light"]), "signals change no number");
    for (query, field) in [("as_of=2999-01-01", "as_of"), ("as_of=1999-01-01", "as_of"), ("unit=khong-co", "unit")] {
        let refused = app.inspector().get(&format!("dashboards/integrity?{query}")).await.expect(400);
        assert_eq!(refused.json["errors"][0]["pointer"], field);
        let _ = app.inspector().get(&format!("dashboards/integrity/backdated?{query}")).await.expect(400);
    }
    let _ = app.inspector().get("dashboards/integrity/backdated?limit=0").await.expect(400);
    let _ = app.inspector().get("dashboards/integrity/luck").await.expect(404);
}

async fn an_import_says_nothing_by_its_clock(app: TestApp) {
    app.set_time("2023-02-01");
    let task = due(&app, "hg-so-y-te", "31/3/2023").await;
    app.set_time("2023-06-01");
    let sent = says(&app, &task, LONG, json!({"measured_on": "2023-02-15"})).await;
    verify(&app, &sent).await;
    let _ = says(&app, &task, LONG, json!({})).await;
    app.db_sql("UPDATE progress_reports SET origin = 'import'");
    for (signal, expected) in [("backdated", 0), ("fast_verification", 0), ("copied_narrative", 1)] {
        assert_eq!(count(&app, signal, "?as_of=2023-06-01").await, expected, "{signal}");
    }
    app.set_time("2023-06-02");
    app.db_sql("UPDATE progress_reports SET origin = 'demo'");
    let all = app.inspector().get("dashboards/integrity?as_of=2023-06-01&unit=hg-ubnd-tinh").await.expect(200).json;
    let demo: Vec<_> = all["items"].as_array().unwrap().iter().filter(|line| line["illustrative"] != 0).collect();
    assert_eq!(demo.len(), 3, "what the demo made up is looked at and called so");
    assert!(found(&app, "backdated").await[0]["illustrative"] == true);
}

async fn who_may_look_and_where(app: TestApp) {
    let congress = congress(&app).await;
    let plan = programme(&app, None, "plan", json!([implements("resolution", &congress)])).await;
    app.set_time("2023-11-01");
    let carried = issued(&app, "hg-so-y-te", json!({"programme": plan.id()})).await;
    let other = issued(&app, "hg-so-tai-chinh", json!({})).await;
    app.set_time("2024-02-01");
    let _ = report(&app, "hg-so-y-te", &carried, json!({"measured_on": "2023-11-02"})).await;
    let _ = report(&app, "hg-so-tai-chinh", &other, json!({"measured_on": "2023-11-02"})).await;
    for name in ["inspector", "admin", "office", "leader"] {
        let all = app.account(name).get("dashboards/integrity/backdated").await.expect(200);
        assert_eq!(all.texts("task").len(), 2, "{name}");
    }
    for path in ["dashboards/integrity", "dashboards/integrity/backdated"] {
        app.reporter("hg-so-y-te").get(path).await.refused(403, "forbidden");
    }
    assert_eq!(app.outsider().get("dashboards/integrity/backdated").await.expect(200).texts("task"), Vec::<&str>::new());
    let resolution = format!("?resolution={}", congress.id());
    for (query, expected) in [
        ("?unit=hg-so-y-te", 1),
        ("?unit=hg-ubnd-tinh", 2),
        ("?unit=hg-tinh-uy", 0),
        (resolution.as_str(), 1),
        (&format!("?programme={}", plan.id()), 1),
    ] {
        assert_eq!(count(&app, "backdated", query).await, expected, "{query}");
    }
    // A secret stub has no words to look at.
    let secret = issued(&app, "hg-so-y-te", json!({"secrecy": "secret", "title": null})).await;
    app.set_time("2024-06-01");
    let _ = app
        .office()
        .post(
            &format!("tasks/{}/progress-reports", secret.id()),
            json!({"state": "in_progress", "result": "Đang làm.", "measured_on": "2024-02-02"}),
        )
        .await;
    assert_eq!(count(&app, "backdated", "").await, 2);
}

async fn a_list_has_pages(app: TestApp) {
    app.set_time("2023-02-01");
    let task = due(&app, "hg-so-y-te", "31/12/2023").await;
    app.set_time("2023-06-01");
    for number in 0..5 {
        let _ = says(&app, &task, &format!("Lần {number}"), json!({"measured_on": "2023-02-15"})).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for size in [2, 2, 1] {
        let page = app.inspector().get(&format!("dashboards/integrity/backdated?limit=2{cursor}")).await.expect(200);
        assert_eq!(page.texts("report").len(), size);
        seen.extend(page.texts("report").into_iter().map(ToOwned::to_owned));
        cursor = page.json["next"].as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
    }
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), cursor.as_str()), (5, ""));
}

async fn an_inspector_looks_on_a_page(app: TestApp) {
    app.set_time("2023-02-01");
    let task = due(&app, "hg-so-y-te", "31/3/2023").await;
    app.set_time("2023-06-01");
    let _ = says(&app, &task, "Đang lấy ý kiến.", json!({"measured_on": "2023-02-15"})).await;
    let inspector = app.browser_of("inspector");
    let page = inspector.get("/integrity").await.expect(200).text;
    assert!(page.contains("Báo cáo lùi ngày") && page.contains("/integrity?signal=backdated#found\">1</a>"), "{page}");
    let page = inspector.get("/integrity?signal=backdated&unit=hg-so-y-te").await.expect(200).text;
    assert!(
        page.contains("Số liệu ngày 15/02/2023, 106 ngày trước khi báo cáo.") && page.contains(&format!("/tasks/{}", task.id())),
        "{page}"
    );
    assert!(inspector.get("/integrity?signal=backdated&as_of=2023-05-31").await.expect(200).text.contains("Không có dữ liệu"));
    assert!(inspector.get("/").await.expect(200).text.contains("href=\"/integrity\""));
    let _ = app.reporter("hg-so-y-te");
    let reporter = app.browser_of("r-hg-so-y-te");
    assert!(!reporter.get("/").await.expect(200).text.contains("href=\"/integrity\""));
    reporter.get("/integrity").await.expect(403);
}
