//! What units hand in to review rounds: prefilled, returned, handed in anew, confirmed.

use serde_json::{Value, json};

use super::dashboards::{issued, report};
use super::indicators::indicator;
use super::resolutions::congress;
use super::reviews::three_year;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_unit_finds_written_what_it_has_reported,
    what_is_returned_is_handed_in_anew,
    only_who_owes_it_hands_it_in,
}

/// The round after three years of the congress resolution, open; Sở Y tế leads a task and reports on an indicator, Sở Tài chính leads a task.
pub async fn open(app: &TestApp) -> (String, Response) {
    let congress = congress(app).await;
    let of = json!({"resolution": congress.id(), "deadline": {"text": "30/9/2023"}});
    let task = issued(app, "hg-so-y-te", of.clone()).await;
    let _ = issued(app, "hg-so-tai-chinh", of).await;
    let _ = app.office().post("indicators", indicator(congress.id(), 1, json!({"lead_unit": "hg-so-y-te"}))).await.expect(201);
    let review = format!("reviews/{}", three_year(app, &congress).await);
    let _ = app.office().post(&format!("{review}/decisions"), json!({"decision": "open"})).await.expect(201);
    (review, task)
}

async fn a_unit_finds_written_what_it_has_reported(app: TestApp) {
    let (review, task) = open(&app).await;
    let more = json!({"obstacles": "Thiếu kinh phí", "proposals": ["Bổ sung kinh phí"]});
    let _ = report(&app, "hg-so-y-te", &task, more).await;
    let reporter = app.reporter("hg-so-y-te");
    let path = format!("{review}/submissions/hg-so-y-te");
    let owed = reporter.get(&path).await.expect(200);
    assert_eq!((&owed.json["submission"]["state"], &owed.json["version"], &owed.json["last"]), (&json!("owed"), &json!(0), &Value::Null));
    assert_eq!(owed.json["allowed_actions"], json!(["submit"]));
    let prefill = &owed.json["prefill"];
    assert!(prefill["results"].as_str().unwrap().starts_with("Chủ trì 1 nhiệm vụ: đã hoàn thành 0"), "{prefill}");
    assert!(prefill["results"].as_str().unwrap().contains("Theo dõi 1 chỉ tiêu"));
    assert_eq!(prefill["obstacles"], "- Xây dựng kế hoạch thực hiện: Thiếu kinh phí");
    assert_eq!((&prefill["proposals"], &prefill["lessons"]), (&json!("- Bổ sung kinh phí"), &Value::Null));
    assert_eq!((&owed.json["overdue"][0]["days_late"], &owed.json["overdue"][0]["deadline"]), (&json!(2), &json!("30/9/2023")));
    assert_eq!((&owed.json["indicators"][0]["verdict"], owed.json["indicators"].as_array().unwrap().len()), (&json!("not_yet_due"), 1));
    // Another unit's obstacles and indicators are not brought.
    let other = app.reporter("hg-so-tai-chinh").get(&format!("{review}/submissions/hg-so-tai-chinh")).await.expect(200);
    assert_eq!((&other.json["prefill"]["obstacles"], &other.json["indicators"]), (&Value::Null, &json!([])));
}

async fn what_is_returned_is_handed_in_anew(app: TestApp) {
    let (review, _) = open(&app).await;
    let path = format!("{review}/submissions/hg-so-y-te");
    let (reporter, office) = (app.reporter("hg-so-y-te"), app.office());
    let first = reporter.put(&path, json!({"results": "Đã tiêm chủng."})).await.expect(201);
    assert_eq!((&first.json["submission"]["state"], &first.json["last"]["recorded_by"]), (&json!("submitted"), &json!("r-hg-so-y-te")));
    let before = app.position();
    let same = reporter.put(&path, json!({"results": "Đã tiêm chủng."})).await.expect(200);
    assert_eq!((&same.json["version"], app.position()), (&json!(1), before), "said again it changes nothing");
    let verdict = format!("{path}/verification");
    office.put(&verdict, json!({"outcome": "verified"})).await.refused(428, "precondition_required");
    office.put(&verdict, json!({"outcome": "returned"})).if_match(first.etag()).await.invalid("/reason", "reason_required");
    let returned = json!({"outcome": "returned", "reason": "Thiếu nguyên nhân"});
    let returned = office.put(&verdict, returned).if_match(first.etag()).await.expect(200);
    assert_eq!(returned.json["submission"]["state"], "returned");
    office.put(&verdict, json!({"outcome": "verified"})).if_match("*").await.refused(409, "illegal_state");
    app.pass(60);
    reporter.put(&path, json!({"results": "Mới"})).if_match(first.etag()).await.refused(412, "stale");
    let anew = json!({"results": "Đã tiêm chủng.", "causes": "Dịch bệnh"});
    let second = reporter.put(&path, anew.clone()).await.expect(201);
    assert_eq!((&second.json["last"]["revision"], &second.json["version"]), (&json!(2), &json!(3)));
    assert_eq!(second.json["earlier"][0]["verification_reason"], "Thiếu nguyên nhân");
    let verified = office.put(&verdict, json!({"outcome": "verified"})).if_match(second.etag()).await.expect(200);
    assert_eq!((&verified.json["submission"]["state"], &verified.json["allowed_actions"]), (&json!("verified"), &json!([])));
    reporter.put(&path, json!({"results": "Sửa"})).await.refused(409, "illegal_state");
    let _ = reporter.put(&path, anew).await.expect(200);
    let list = app.leader().get(&format!("{review}/submissions")).await.expect(200);
    assert_eq!(list.texts("state"), ["owed", "verified"]);
}

async fn only_who_owes_it_hands_it_in(app: TestApp) {
    let (review, _) = open(&app).await;
    let (body, path) = (json!({"results": "Xong"}), format!("{review}/submissions/hg-so-y-te"));
    app.reporter("hg-so-tai-chinh").put(&path, body.clone()).await.refused(403, "forbidden");
    app.reporter("hg-so-tai-chinh").get(&path).await.refused(403, "forbidden");
    app.outsider().put(&path, body.clone()).await.refused(404, "not_found");
    for reader in [app.leader(), app.inspector(), app.admin()] {
        reader.put(&path, body.clone()).await.refused(403, "forbidden");
    }
    app.office().put(&format!("{review}/submissions/hg-so-khoa-hoc-va-cong-nghe"), body.clone()).await.refused(404, "not_found");
    app.office().put(&format!("{review}/submissions/khong-co"), body.clone()).await.refused(404, "not_found");
    app.office().put(&path, json!({"obstacles": "Thiếu người"})).await.invalid("/results", "required");
    app.office().put(&path, json!({"result": "Xong"})).await.invalid("/result", "unknown_field");
    let behalf = app.office().put(&path, body.clone()).await.expect(201);
    assert_eq!((&behalf.json["last"]["on_behalf"], &behalf.json["allowed_actions"]), (&json!(true), &json!(["submit", "return"])));
    let own = app.office().put(&format!("{path}/verification"), json!({"outcome": "verified"})).if_match(behalf.etag()).await;
    own.refused(409, "own_report");
    let decided = json!({"decision": "cancel", "reason": "Không tổ chức"});
    let _ = app.office().post(&format!("{review}/decisions"), decided).await.expect(201);
    let refused = app.reporter("hg-so-y-te").put(&path, json!({"results": "Khác"})).await;
    assert_eq!(refused.refused(409, "illegal_state").json["allowed_actions"], json!(["reopen"]));
}
