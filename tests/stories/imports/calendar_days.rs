//! The calendar of a year, from its announcement.

use serde_json::json;

use super::{counts, problems, send};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_calendar_comes_in_once,
    wrong_days_are_told_where_they_stand,
}

/// Days of the form of a yearly announcement; illustrative.
const DAYS: &str = "Ngày,Loại,Tên,Nguồn\n02/05/2024,Nghỉ bù,Nghỉ hoán đổi,Thông báo A\n11/05/2024,làm bù,Làm bù,Thông báo A\n";

async fn a_calendar_comes_in_once(app: TestApp) {
    let admin = app.admin();
    let made = send(&admin, "kind=calendar_days", DAYS).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([2, 0, 0, 0], vec![]));
    let day = admin.get("calendar-days/2024-05-11").await.expect(200).json;
    assert_eq!((&day["working"], &day["entered"]["source"]), (&json!(true), &json!("Thông báo A")), "{day}");
    let before = app.position();
    assert_eq!(counts(&send(&admin, "kind=calendar_days", DAYS).await.expect(200)), [0, 0, 2, 0]);
    assert_eq!(app.position(), before, "the same file changes nothing");
    let narrow = "Ngày,Loại,Tên\n2024-05-02,Nghỉ lễ,Nghỉ hoán đổi\n";
    assert_eq!(counts(&send(&admin, "kind=calendar_days", narrow).await.expect(201)), [0, 1, 0, 0]);
    let day = admin.get("calendar-days/2024-05-02").await.expect(200).json;
    assert_eq!((&day["entered"]["kind"], &day["entered"]["source"]), (&json!("holiday"), &json!("Thông báo A")));
    admin.post("calendar-days/2024-05-02/voiding", json!({"reason": "nhầm"})).await.expect(200);
    let told = send(&admin, "kind=calendar_days&dry_run=true", narrow).await.expect(200);
    assert_eq!(problems(&told), [(2, "void_record".to_owned())]);
}

async fn wrong_days_are_told_where_they_stand(app: TestApp) {
    let wrong = "Ngày,Loại,Tên,Màu\nngày mai,Nghỉ bù,A,\n02/05/2024,nghỉ phép,,đỏ\n03/05/2024,Nghỉ bù,B,\n03/05/2024,Làm bù,C,\n";
    let before = app.position();
    let told = send(&app.admin(), "kind=calendar_days&dry_run=true", wrong).await.expect(200);
    let wanted = [(1, "column_ignored"), (2, "not_a_date"), (3, "unknown_word"), (3, "required"), (5, "repeated")];
    assert_eq!(problems(&told), wanted.map(|(row, code)| (row, code.to_owned())), "{}", told.text);
    send(&app.admin(), "kind=calendar_days", wrong).await.refused(422, "import_has_errors");
    assert_eq!(app.position(), before, "nothing is half-written");
    send(&app.office(), "kind=calendar_days", DAYS).await.refused(403, "forbidden");
}
