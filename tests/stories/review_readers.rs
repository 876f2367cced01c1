//! Who reads what of a review round: what the office says in it, the corrections of its report, the lines of its snapshots.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::api_clients::made;
use super::dashboards::issued;
use super::resolutions::congress;
use super::review_submissions::open;
use super::reviews::three_year;
use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    what_the_office_says_is_for_who_reads_it_all,
    corrections_are_for_who_reads_it_all,
    a_reporter_sees_its_own_lines_of_a_snapshot,
}

async fn what_the_office_says_is_for_who_reads_it_all(app: TestApp) {
    let congress = congress(&app).await;
    let path = format!("reviews/{}", three_year(&app, &congress).await);
    let said = json!({"claimed_score": "16/18 chỉ tiêu đạt và vượt", "texts": {"lessons": "Giao việc rõ người, rõ hạn."}});
    let _ = app.office().change(&path, said).await.expect(200);
    let (_, key) = made(&app, json!({"code": "so-y-te", "name": "Sở Y tế", "scopes": ["work_read"], "unit": "hg-so-y-te"})).await;
    let here = [(Role::Leader, On::Area("hg")), (Role::Reporter, On::Unit("hd-so-tu-phap"))];
    let elsewhere = [(Role::Leader, On::Area("hd")), (Role::Reporter, On::Unit("hg-so-y-te"))];
    let readers = [
        (app.leader(), true),
        (app.inspector(), true),
        (app.account_with("leads-here", &here), true),
        (app.account_with("leads-elsewhere", &elsewhere), false),
        (app.reporter("hg-so-y-te"), false),
        (app.holder(&key), false),
    ];
    for (reader, reads) in readers {
        let one = reader.get(&path).await.expect(200).json;
        let list = reader.get("reviews").await.expect(200).json;
        assert_eq!(list["items"][0], one);
        assert_eq!((one["claimed_score"].is_string(), one["texts"]["lessons"].is_string()), (reads, reads), "{one}");
        assert_eq!((&one["due_on"], &one["version"]), (&json!("2023-10-14"), &json!(2)));
    }
}

async fn corrections_are_for_who_reads_it_all(app: TestApp) {
    let (review, _) = open(&app).await;
    app.set_time("2023-10-05");
    let (office, path) = (app.office(), format!("{review}/freeze"));
    let _ = office.post(&format!("{review}/decisions"), json!({"decision": "consolidate"})).await.expect(201);
    let _ = office.post(&path, json!({"early_reason": "Thử", "missing_reason": "Thử"})).await.expect(201);
    let _ = office.post(&format!("{review}/errata"), json!({"text": "Biểu 1: đọc là 93,78."})).await.expect(201);
    let sha256 = app.leader().get(&path).await.expect(200).json["sha256"].clone();
    let _ = app.leader().post(&format!("{review}/approvals"), json!({"sha256": sha256})).await.expect(201);
    let whole = app.leader().get(&path).await.expect(200).json;
    assert_eq!(whole["errata"][0]["text"], "Biểu 1: đọc là 93,78.");
    let narrow = app.reporter("hg-so-y-te").get(&path).await.expect(200).json;
    assert_eq!((&narrow["errata"], &narrow["sha256"]), (&json!([]), &sha256));
    assert_eq!((narrow["approvals"].as_array().map(Vec::len), &narrow["approvals"]), (Some(1), &whole["approvals"]));
}

async fn a_reporter_sees_its_own_lines_of_a_snapshot(app: TestApp) {
    let congress = congress(&app).await;
    for unit in ["hg-so-y-te", "hg-so-tai-chinh"] {
        let _ = issued(&app, unit, json!({"resolution": congress.id()})).await;
    }
    let path = format!("reviews/{}/snapshots", three_year(&app, &congress).await);
    let taken = app.office().post(&path, json!({})).await.expect(201);
    let whole = app.leader().get(&path).await.expect(200).json["items"][0]["statistics"].clone();
    assert_eq!((&whole, &whole["total"]["tasks"]["total"]), (&taken.json["statistics"], &json!(2)));
    let codes: Vec<&Value> = whole["units"].as_array().unwrap().iter().map(|line| &line["unit"]["code"]).collect();
    assert_eq!(codes, ["hg-so-tai-chinh", "hg-so-y-te"]);
    let own = app.reporter("hg-so-y-te").get(&path).await.expect(200).json["items"][0]["statistics"].clone();
    assert_eq!((&own["units"], &own["total"]), (&json!([whole["units"][1]]), &Value::Null));
    let none = app.reporter("hg-so-khoa-hoc-va-cong-nghe").get(&path).await.expect(200);
    let none = &none.json["items"][0]["statistics"];
    assert_eq!((&none["units"], &none["total"], &none["basis"]), (&json!([]), &Value::Null, &whole["basis"]));
}
