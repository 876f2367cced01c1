//! The page of a resolution and the page of search: what they say, in both languages.

use serde_json::json;

use super::clauses::clause;
use super::dashboards::issued;
use super::programmes::{implements, programme};
use super::resolutions::congress;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_leader_sees_what_a_resolution_lacks,
    words_are_found_on_a_page,
}

async fn a_leader_sees_what_a_resolution_lacks(app: TestApp) {
    let congress = congress(&app).await;
    let worked = clause(&app, &congress, "II.1", "task").await;
    let _ = clause(&app, &congress, "III", "solution").await;
    let part = json!({"resolution": congress.id(), "ordinal": 1, "title": "Nguồn nhân lực"});
    let _ = app.office().post("breakthroughs", part).await.expect(201);
    let plan = programme(&app, Some("50-CTr/TU"), "programme", json!([implements("resolution", &congress)])).await;
    let _ = issued(&app, "hg-so-y-te", json!({"programme": plan.id(), "clauses": [worked.id()]})).await;
    let leader = app.browser_of("leader");
    let list = leader.get("/resolutions").await.expect(200);
    assert!(list.text.contains(&format!("/resolutions/{}", congress.id())) && list.text.contains("chưa có, 1083 ngày"), "{}", list.text);
    let page = leader.get(&format!("/resolutions/{}", congress.id())).await.expect(200).text;
    for said in [
        "Nguồn nhân lực",
        "Mục II.1",
        "Mục III",
        "chưa có nhiệm vụ",
        "50-CTr/TU",
        "cụ thể hóa",
        "Cơ quan chưa ban hành đủ",
        "UBND huyện Vị Thủy",
        "cả nhiệm kỳ; 2021; 2022; 2023",
        "291 ngày (01/08/2021)",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let tasks = leader.get(&format!("/tasks?counted=true&clause={}", worked.id())).await.expect(200).text;
    assert!(tasks.contains("Xây dựng kế hoạch thực hiện"), "{tasks}");
    let without = leader.get(&format!("/tasks?counted=true&resolution={}&cites=false", congress.id())).await.expect(200).text;
    assert!(!without.contains("Xây dựng kế hoạch thực hiện"), "{without}");
    let _ = leader.get("/language?to=en&back=%2F").await;
    let page = leader.get(&format!("/resolutions/{}", congress.id())).await.expect(200).text;
    assert!(page.contains("Units that have not issued all") && page.contains("without a task"), "{page}");
    let _ = app.browser_of("outsider").get(&format!("/resolutions/{}", congress.id())).await.expect(404);
    assert!(leader.get("/").await.expect(200).text.contains("href=\"/resolutions\""));
}

async fn words_are_found_on_a_page(app: TestApp) {
    let task = issued(&app, "hg-so-y-te", json!({"title": "Nâng cấp đường tỉnh <931>"})).await;
    let leader = app.browser_of("leader");
    let page = leader.get("/search?q=duong+tinh").await.expect(200).text;
    assert!(page.contains(&format!("/tasks/{}", task.id())) && page.contains("<mark>đường</mark> <mark>tỉnh</mark>"), "{page}");
    assert!(!page.contains("<931>"), "what was typed is no markup");
    assert!(leader.get("/search?q=khongcogi").await.expect(200).text.contains("Không tìm thấy"));
    assert!(!leader.get("/search").await.expect(200).text.contains("Không tìm thấy"));
    assert!(!app.browser_of("outsider").get("/search?q=duong").await.expect(200).text.contains(task.id()));
}
