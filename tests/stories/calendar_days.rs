//! The calendar of working days: computed from the law, corrected by administrators.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_year_is_computed_and_corrected,
    an_entry_is_void_but_stays_visible,
    only_administrators_of_a_whole_province_keep_it,
    deadlines_in_working_days_follow_it,
}

fn day<'a>(year: &'a Value, day: &str) -> &'a Value {
    year["items"].as_array().unwrap().iter().find(|item| item["day"] == day).unwrap_or(&Value::Null)
}

async fn a_year_is_computed_and_corrected(app: TestApp) {
    let admin = app.admin();
    let law = app.leader().get("calendar-days?year=2026").await.expect(200).json;
    assert_eq!(day(&law, "2026-02-17")["law"], json!({"kind": "lunar_new_year", "name": "Tết Nguyên đán", "assumed": false}));
    assert_eq!((&day(&law, "2026-09-01")["law"]["assumed"], &law["next"]), (&json!(true), &Value::Null));
    assert!(law["items"].as_array().unwrap().iter().all(|item| item["working"] == false && item["entered"].is_null()));
    // Monday 31 August 2026 was free in exchange for Saturday 22 August.
    let off = json!({"kind": "day_off", "name": "Nghỉ hoán đổi", "source": "Thông báo lịch nghỉ năm 2026"});
    let made = admin.put("calendar-days/2026-08-31", off.clone()).await.expect(201);
    assert_eq!((made.header("Location"), &made.json["working"]), ("/api/v1/calendar-days/2026-08-31", &json!(false)));
    let before = app.position();
    let again = admin.put("calendar-days/2026-08-31", off).await.expect(200);
    assert_eq!((app.position(), &again.json), (before, &made.json));
    let work = admin.put("calendar-days/2026-08-22", json!({"kind": "working_day", "name": "Làm bù"})).await.expect(201);
    assert_eq!((&work.json["working"], &work.json["law"]), (&json!(true), &Value::Null));
    let renamed = admin.put("calendar-days/2026-08-22", json!({"kind": "working_day", "name": "Làm bù Quốc khánh"}));
    let renamed = renamed.if_match(work.etag()).await.expect(200);
    assert_eq!((&renamed.json["version"], &renamed.json["entered"]["name"]), (&json!(2), &json!("Làm bù Quốc khánh")));
    let stale = admin.put("calendar-days/2026-08-22", json!({"kind": "holiday", "name": "x"})).if_match(work.etag()).await;
    stale.refused(412, "stale");
    let corrected = app.reporter("hg-so-y-te").get("calendar-days?year=2026").await.expect(200).json;
    assert_eq!((&day(&corrected, "2026-08-22")["working"], &day(&corrected, "2026-08-31")["working"]), (&json!(true), &json!(false)));
    let entry = renamed.json["entered"]["id"].as_str().unwrap();
    assert_eq!(app.leader().get(&format!("calendar-days/{entry}")).await.expect(200).json, renamed.json);
    let told = app.leader().get("changes?kind=calendar_day").await.expect(200).json;
    assert_eq!(told["items"][2]["href"], format!("/api/v1/calendar-days/{entry}"));
    assert_eq!(app.leader().get("calendar-days/2026-08-24").await.expect(200).json["working"], true);
    // The year of the clock, if none is named.
    assert_eq!(app.leader().get("calendar-days").await.expect(200).json["items"][0]["law"]["kind"], "new_year");
}

async fn an_entry_is_void_but_stays_visible(app: TestApp) {
    let admin = app.admin();
    let reason = json!({"reason": "Nhập nhầm năm"});
    admin.post("calendar-days/2026-09-02/voiding", reason.clone()).await.refused(404, "not_found");
    let _ = admin.put("calendar-days/2026-09-02", json!({"kind": "working_day", "name": "Làm bù"})).await.expect(201);
    admin.post("calendar-days/2026-09-02/voiding", json!({"reason": ""})).await.invalid("/reason", "length");
    let void = admin.post("calendar-days/2026-09-02/voiding", reason.clone()).await.expect(200).json;
    assert_eq!((&void["working"], void["entered"]["voided_at"].is_string()), (&json!(false), true));
    admin.post("calendar-days/2026-09-02/voiding", reason).await.refused(409, "illegal_state");
    let event = app.inspector().get("audit?limit=1").await.expect(200).json["items"][0].clone();
    assert_eq!((&event["action"], &event["reason"]), (&json!("calendar_day.voided"), &json!("Nhập nhầm năm")));
    let back = admin.put("calendar-days/2026-09-02", json!({"kind": "working_day", "name": "Làm bù"})).await.expect(200).json;
    assert_eq!((&back["working"], &back["entered"]["voided_at"], &back["version"]), (&json!(true), &Value::Null, &json!(3)));
}

async fn only_administrators_of_a_whole_province_keep_it(app: TestApp) {
    let draft = json!({"kind": "holiday", "name": "Ngày nghỉ"});
    let district = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    district.put("calendar-days/2026-11-24", draft.clone()).await.refused(403, "forbidden");
    app.office().put("calendar-days/2026-11-24", draft.clone()).await.refused(403, "forbidden");
    app.anonymous().get("calendar-days").await.refused(401, "unauthenticated");
    for address in ["2026-02-30", "2026-9-2", "1899-12-31", "x"] {
        app.admin().put(&format!("calendar-days/{address}"), draft.clone()).await.refused(404, "not_found");
    }
    app.admin().put("calendar-days/2026-11-24", json!({"kind": "feast", "name": ""})).await.refused(422, "validation_failed");
    app.admin().get("calendar-days?year=1800").await.refused(400, "invalid_parameter").names("year", "format");
}

async fn deadlines_in_working_days_follow_it(app: TestApp) {
    let question = json!({"text": "02 ngày làm việc kể từ ngày ban hành", "reference_date": "2026-03-02"});
    let end = async || app.office().post("deadlines/parse", question.clone()).await.expect(200).json["end"].clone();
    assert_eq!(end().await, "2026-03-04");
    let _ = app.admin().put("calendar-days/2026-03-03", json!({"kind": "day_off", "name": "Nghỉ"})).await.expect(201);
    assert_eq!(end().await, "2026-03-05");
    // A task keeps the day that was read for it.
    let draft = crate::tasks::draft("Báo cáo nhanh");
    let made = app.office().post("tasks", crate::resolutions::with(draft, json!({"deadline": question}))).await.expect(201);
    assert_eq!(made.json["deadline"]["end"], "2026-03-05");
    let _ = app.admin().post("calendar-days/2026-03-03/voiding", json!({"reason": "Nhập nhầm"})).await.expect(200);
    assert_eq!(app.office().get(&format!("tasks/{}", made.id())).await.expect(200).json["deadline"]["end"], "2026-03-05");
}
