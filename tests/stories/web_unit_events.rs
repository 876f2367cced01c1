//! The page that tells what became of units and areas.

use serde_json::json;

use super::dashboards::issued;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_leader_reads_what_became_of_a_department,
}

async fn a_leader_reads_what_became_of_a_department(app: TestApp) {
    app.set_time("2023-10-02");
    let _ = issued(&app, "hg-so-tai-chinh", json!({"title": "Việc dở"})).await;
    let leader = app.browser_of("leader");
    assert!(leader.get("/unit-events").await.expect(200).text.contains("Chưa có sự kiện nào"));
    let reform = json!({"effective_on": "2023-10-01", "legal_basis": "Nghị quyết sắp xếp", "events": [
        {"kind": "rename", "from": ["hg-so-y-te"], "to": [{"ref": "hg-ubnd-tinh"}]},
        {"kind": "dissolve", "from": ["hg-so-tai-chinh"], "handovers": [{"to": "hg-ubnd-tinh"}]},
    ]});
    let _ = app.admin().post("unit-events", reform).await.expect(201);
    let page = leader.get("/unit-events").await.expect(200).text;
    for words in
        ["Đổi tên", "toàn bộ", "Giải thể, kết thúc", "không có nơi kế thừa", "UBND tỉnh", ": 1", "Nghị quyết sắp xếp", "01/10/2023"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let place = leader.get("/units/hg-so-y-te").await.expect(200).text;
    assert!(place.contains("href=\"/unit-events?unit=hg-so-y-te\""), "{place}");
    let own = leader.get("/unit-events?unit=hg-so-y-te").await.expect(200).text;
    assert!(own.contains("Đổi tên") && !own.contains("Giải thể"), "{own}");
    leader.get("/unit-events?unit=hd-so-tu-phap").await.expect(400);
    let other = app.browser_of("outsider").get("/unit-events").await.expect(200).text;
    assert!(other.contains("Chưa có sự kiện nào"), "{other}");
}
