//! Groups of units, from a table.

use serde_json::json;

use super::{counts, problems, send};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    groups_come_in_and_lead_tasks,
    wrong_groups_are_told_where_they_stand,
}

const GROUPS: &str = "Mã,Tên,Tên khác,Loại đơn vị,Cấp,Địa bàn,Đơn vị thêm,Đơn vị trừ\n\
                      hg-cac-huyen,\"UBND các huyện, thị xã, thành phố\",\"các huyện; các huyện, thị xã, thành phố\",UBND,huyện,,,\n\
                      hg-cac-so,Các sở,,\"Sở, ban, ngành\",Tỉnh,Tỉnh Hậu Giang,Văn phòng Tỉnh ủy,Sở Tài chính\n\
                      hg-hai-so,Hai sở,,,,,Sở Y tế; Sở Tài chính,\n";

async fn groups_come_in_and_lead_tasks(app: TestApp) {
    let admin = app.admin();
    let made = send(&admin, "kind=unit_groups", GROUPS).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([3, 0, 0, 0], vec![]));
    let members = admin.get("unit-groups/hg-cac-so/members").await.expect(200).texts("code").len();
    assert_eq!(members, 3, "two departments and the office");
    assert_eq!(admin.get("unit-groups/hg-hai-so").await.expect(200).json["rule"], json!(null));
    let before = app.position();
    assert_eq!(counts(&send(&admin, "kind=unit_groups", GROUPS).await.expect(200)), [0, 0, 3, 0]);
    assert_eq!(app.position(), before, "the same file changes nothing");
    let annex = "STT,Nhiệm vụ,Cơ quan chủ trì\n1,Rà soát,\"các huyện, thị xã, thành phố\"\n";
    let told = send(&app.office(), "kind=tasks&dry_run=true", annex).await.expect(200);
    assert_eq!(problems(&told), [(2, "group_leads".to_owned())]);
    let narrow = "Mã,Tên,Loại đơn vị\nhg-cac-huyen,Các huyện,UBND; Cấp ủy\n";
    assert_eq!(counts(&send(&admin, "kind=unit_groups", narrow).await.expect(201)), [0, 1, 0, 0]);
    let group = admin.get("unit-groups/hg-cac-huyen").await.expect(200).json;
    assert_eq!((&group["rule"]["levels"], group["aliases"].as_array().unwrap().len()), (&json!(["district"]), 2), "{group}");
    admin.post("unit-groups/hg-hai-so/voiding", json!({"reason": "nhầm"})).await.expect(200);
    let told = send(&admin, "kind=unit_groups&dry_run=true", "Mã,Tên,Loại đơn vị\nhg-hai-so,Hai sở,sở\n").await.expect(200);
    assert_eq!(problems(&told), [(2, "void_record".to_owned())]);
}

async fn wrong_groups_are_told_where_they_stand(app: TestApp) {
    let wrong = "Mã,Tên,Loại đơn vị,Địa bàn,Đơn vị thêm,Tên khác\nHG Huyện,A,UBND,,,\nhg-b,B,công ty,Huyện X,Sở X,\nhg-c,C,,,,\n\
                 hg-d,D,sở,,,\nhg-d,D hai,sở,,,\nhg-e,E,sở,,,d hai\n";
    let before = app.position();
    let told = send(&app.admin(), "kind=unit_groups&dry_run=true", wrong).await.expect(200);
    let wanted =
        [(2, "code_form"), (3, "unknown_word"), (3, "unknown_area"), (3, "unknown_unit"), (4, "required"), (6, "repeated"), (7, "taken")];
    assert_eq!(problems(&told), wanted.map(|(row, code)| (row, code.to_owned())), "{}", told.text);
    send(&app.admin(), "kind=unit_groups", wrong).await.refused(422, "import_has_errors").names("/rows/2/A", "import_problem");
    assert_eq!(app.position(), before, "nothing is half-written");
    send(&app.office(), "kind=unit_groups", GROUPS).await.refused(403, "forbidden");
    let _ = send(&app.admin(), "kind=unit_groups", GROUPS).await.expect(201);
    let there = "Mã,Tên,Loại đơn vị\nhg-cac-so,Các sở,sở\n";
    assert_eq!(problems(&send(&app.outsider(), "kind=unit_groups&dry_run=true", there).await.expect(200)), [(2, "taken".to_owned())]);
}
