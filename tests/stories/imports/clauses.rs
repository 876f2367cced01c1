//! Clauses of a resolution, from the table an office made of it.

use serde_json::json;

use super::{counts, problems, send};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    clauses_come_in_once,
    wrong_clauses_are_told_where_they_stand,
}

/// The structure of a congress resolution; the numbering is ours.
const CLAUSES: &str = "Văn bản,Mục,Loại,Đề mục,Nội dung\nNghị quyết Đại hội XIV,II,Mục,Nhiệm vụ và giải pháp,\n,II. 3,Nhiệm vụ,Cải cách hành chính,\
                       \"Một\nhai\"\nnghị quyết đại hội xiv,II.3.b,giải pháp,Chính quyền số,\n";

async fn resolution(app: &TestApp) -> String {
    let draft = json!({"title": "Nghị quyết Đại hội XIV", "kind": "congress", "level": "province", "issuer": "hg-tinh-uy"});
    app.office().post("resolutions", draft).await.expect(201).json["id"].as_str().unwrap().to_owned()
}

async fn clauses_come_in_once(app: TestApp) {
    let (office, resolution) = (app.office(), resolution(&app).await);
    let query = format!("kind=clauses&resolution={resolution}");
    let made = send(&office, &query, CLAUSES).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([3, 0, 0, 0], vec![]));
    let list = format!("resolutions/{resolution}/clauses");
    let clauses = office.get(&list).await.expect(200);
    assert_eq!(clauses.texts("path"), ["II", "II.3", "II.3.b"]);
    assert_eq!((&clauses.json["items"][1]["text"], &clauses.json["items"][2]["kind"]), (&json!("Một\nhai"), &json!("solution")));
    let before = app.position();
    assert_eq!(counts(&send(&office, &query, CLAUSES).await.expect(200)), [0, 0, 3, 0]);
    assert_eq!(app.position(), before, "the same file changes nothing");
    let narrow = "Mục,Loại,Đề mục\nII.3,Nhiệm vụ,Cải cách hành chính, chuyển đổi số\n".replace("chính, chuyển", "chính và chuyển");
    assert_eq!(counts(&send(&office, &query, &narrow).await.expect(201)), [0, 1, 0, 0]);
    let changed = office.get(&list).await.expect(200).json["items"][1].clone();
    assert_eq!((&changed["heading"], &changed["text"]), (&json!("Cải cách hành chính và chuyển đổi số"), &json!("Một\nhai")));
    // What was voided is left out.
    let id = changed["id"].as_str().unwrap();
    office.post(&format!("clauses/{id}/voiding"), json!({"reason": "đánh số nhầm"})).await.expect(200);
    let told = send(&office, &query, &narrow).await.expect(200);
    assert_eq!((told.json["counts"]["skipped"].as_u64(), problems(&told)), (Some(1), vec![(2, "void_record".to_owned())]));
    // The page offers the resolutions.
    let page = app.browser_of("office").get("/import?kind=clauses").await.expect(200).text;
    assert!(page.contains(&resolution) && page.contains("/import/templates/clauses.xlsx"), "{page}");
}

async fn wrong_clauses_are_told_where_they_stand(app: TestApp) {
    let (office, _) = (app.office(), resolution(&app).await);
    let plan = json!({"title": "Kế hoạch A", "kind": "plan", "scope": "term", "state": "draft", "issuer": "hg-tinh-uy"});
    office.post("programmes", plan).await.expect(201);
    let wrong = "Văn bản,Mục,Loại,Đề mục\nNghị quyết Đại hội XIV,II/?,Nhiệm vụ,A\nNghị quyết Đại hội XV,II,chương,\nKế hoạch A,I,Mục,B\n\
                 ,I,Mục,C\nNghị quyết Đại hội XIV,III,Mục,D\nNghị quyết Đại hội XIV,III,Mục,D\n";
    let before = app.position();
    let told = send(&office, "kind=clauses&dry_run=true", wrong).await.expect(200);
    let wanted = [
        (2, "format"),
        (3, "unknown_document"),
        (3, "unknown_word"),
        (3, "required"),
        (4, "not_a_resolution"),
        (5, "required"),
        (7, "repeated"),
    ];
    assert_eq!(problems(&told), wanted.map(|(row, code)| (row, code.to_owned())), "{}", told.text);
    let first = &told.json["problems"][0];
    assert_eq!((&first["column"], &told.json["problems"][1]["suggestions"]), (&json!("B"), &json!(["Nghị quyết Đại hội XIV"])));
    send(&office, "kind=clauses", wrong).await.refused(422, "import_has_errors").names("/rows/3/A", "import_problem");
    assert_eq!(app.position(), before, "nothing is half-written");
    let told = send(&app.outsider(), "kind=clauses&dry_run=true", CLAUSES).await.expect(200);
    assert_eq!(problems(&told), [(2, "unknown_document".to_owned()), (3, "required".to_owned()), (5, "unknown_document".to_owned())]);
    let other = "kind=clauses&resolution=01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55";
    send(&office, other, CLAUSES).await.refused(400, "invalid_parameter").names("resolution", "unknown_record");
    send(&app.leader(), "kind=clauses", CLAUSES).await.refused(403, "forbidden");
}
