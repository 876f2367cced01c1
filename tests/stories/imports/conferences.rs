//! Conferences that an office lists: what was held, what is planned.

use serde_json::json;

use super::{counts, problems, send};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    conferences_come_in_once,
    wrong_conferences_are_told_where_they_stand,
}

/// The conference of 25-12-2020 is a fact (demo/README.md, 000); the second row is illustrative.
const CONFERENCES: &str = "Văn bản,Tên hội nghị,Loại,Cấp,Đơn vị tổ chức,Tình trạng,Ngày,Hình thức,Số điểm cầu,Số người dự,Đối tượng,Báo cáo viên,Nguồn\n\
    Nghị quyết Đại hội XIV,Hội nghị học tập toàn tỉnh,Quán triệt,Tỉnh,Tỉnh ủy Hậu Giang,Đã tổ chức,25/12/2020,Trực tuyến; trực tiếp,336,hơn 16.000,\
    Cán bộ chủ chốt; Đội ngũ doanh nhân (khoảng 300),\"Giám đốc, Sở Y tế; Phó Trưởng Ban Tuyên giáo Trung ương\",000\n\
    Nghị quyết Đại hội XIV,Hội nghị của Sở,Học tập,Tỉnh,Sở Y tế,,tháng 12/2023,,,,,,\n";

async fn given(app: &TestApp) {
    let draft = json!({"title": "Nghị quyết Đại hội XIV", "kind": "congress", "level": "province", "issuer": "hg-tinh-uy"});
    app.office().post("resolutions", draft).await.expect(201);
    app.admin().post("posts", json!({"unit": "hg-so-y-te", "title": "Giám đốc"})).await.expect(201);
}

async fn conferences_come_in_once(app: TestApp) {
    given(&app).await;
    let office = app.office();
    let made = send(&office, "kind=conferences", CONFERENCES).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([2, 0, 0, 0], vec![]));
    let id = made.json["rows"][0]["id"].as_str().unwrap().to_owned();
    let of = async |id: &str| office.get(&format!("dissemination-events/{id}")).await.expect(200).json;
    let held = of(&id).await;
    assert_eq!((&held["state"], &held["site_count"], &held["attendance"]["count"]), (&json!("held"), &json!(336), &json!(16000)), "{held}");
    assert_eq!(held["audiences"].as_array().unwrap().len(), 2);
    let presenters = held["presenters"].as_array().unwrap();
    assert!(!presenters[0]["post"].is_null() && presenters[1]["post_text"] == "Phó Trưởng Ban Tuyên giáo Trung ương", "{held}");
    let planned = of(made.json["rows"][1]["id"].as_str().unwrap()).await;
    assert_eq!((&planned["state"], &planned["held_on"]["precision"]), (&json!("draft"), &json!("month")));
    let before = app.position();
    assert_eq!(counts(&send(&office, "kind=conferences", CONFERENCES).await.expect(200)), [0, 0, 2, 0]);
    assert_eq!(app.position(), before, "the same file changes nothing");
    // One cell; what the file does not speak of stays, topics too.
    let path = format!("dissemination-events/{id}");
    let topics =
        json!([{"post": presenters[0]["post"]["id"], "topic": "Nghị quyết"}, {"post_text": "Phó Trưởng Ban Tuyên giáo Trung ương"}]);
    office.change(&path, json!({"duration": "1 ngày", "presenters": topics})).await.expect(200);
    let changed = send(&office, "kind=conferences", &CONFERENCES.replace("hơn 16.000", "16.200")).await.expect(201);
    assert_eq!(counts(&changed), [0, 1, 1, 0]);
    let now = of(&id).await;
    assert_eq!(
        (&now["attendance"]["count"], &now["duration"], &now["presenters"][0]["topic"]),
        (&json!(16200), &json!("1 ngày"), &json!("Nghị quyết"))
    );
    office.post(&format!("{path}/voiding"), json!({"reason": "nhầm"})).await.expect(200);
    let told = send(&office, "kind=conferences&dry_run=true", CONFERENCES).await.expect(200);
    assert_eq!(problems(&told), [(2, "void_record".to_owned())]);
}

async fn wrong_conferences_are_told_where_they_stand(app: TestApp) {
    given(&app).await;
    let header = "Văn bản,Tên hội nghị,Loại,Cấp,Đơn vị tổ chức,Tình trạng,Ngày,Hình thức,Số điểm cầu\n";
    let wrong = format!(
        "{header}Nghị quyết Đại hội XV,A,Họp,Tỉnh,Sở Y tế,,,qua thư,nhiều\nNghị quyết Đại hội XIV,B,Học tập,Tỉnh,Sở Y tế,Đã tổ chức,,,\n\
         Nghị quyết Đại hội XIV,C,Học tập,Tỉnh,Sở Y tế,Không tổ chức,,,\nNghị quyết Đại hội XIV,D,Học tập,Tỉnh,,,,,200000\n\
         Nghị quyết Đại hội XIV,E,Học tập,Tỉnh,Sở Y tế,,,,200000\n"
    );
    let before = app.position();
    let office = app.office();
    let told = send(&office, "kind=conferences&dry_run=true", &wrong).await.expect(200);
    let wanted = [
        (2, "unknown_document"),
        (2, "unknown_word"),
        (2, "unknown_word"),
        (2, "not_a_number"),
        (3, "required"),
        (4, "reason_required"),
        (5, "required"),
        (6, "range"),
    ];
    assert_eq!(problems(&told), wanted.map(|(row, code)| (row, code.to_owned())), "{}", told.text);
    assert_eq!(told.json["problems"][4]["column"], "G");
    send(&office, "kind=conferences", &wrong).await.refused(422, "import_has_errors").names("/rows/2/A", "import_problem");
    assert_eq!(app.position(), before, "nothing is half-written");
    send(&app.leader(), "kind=conferences", CONFERENCES).await.refused(403, "forbidden");
    let told = send(&app.outsider(), "kind=conferences&dry_run=true", CONFERENCES).await.expect(200);
    assert!(problems(&told).contains(&(2, "unknown_document".to_owned())), "{}", told.text);
}
