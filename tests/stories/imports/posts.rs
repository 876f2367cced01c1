//! Posts and who held them, from the table of a staff office.

use serde_json::json;

use super::{counts, problems, send};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    posts_come_in_with_their_holders,
    wrong_posts_are_told_where_they_stand,
}

/// Nobody in particular held these posts.
const POSTS: &str = "Đơn vị,Chức danh,Họ tên,Từ ngày,Đến ngày\nSở Y tế,Giám đốc,Nguyễn Văn A,01/01/2016,31/12/2020\n\
                     Sở Tài chính,Giám đốc,,,\nhg-so-y-te,giám đốc,Trần Thị B,1/1/2021,\n";

async fn posts_come_in_with_their_holders(app: TestApp) {
    let admin = app.admin();
    let made = send(&admin, "kind=posts", POSTS).await.expect(201);
    assert_eq!((counts(&made), problems(&made)), ([3, 0, 0, 0], vec![]));
    let posts = async || admin.get("posts?unit=hg-so-y-te").await.expect(200).json["items"].clone();
    let post = posts().await[0].clone();
    assert_eq!((post["holders"].as_array().unwrap().len(), &post["holders"][1]["name"]), (2, &json!("Trần Thị B")));
    assert_eq!(admin.get("posts").await.expect(200).texts("id").len(), 2, "rows of one post are one");
    let before = app.position();
    assert_eq!(counts(&send(&admin, "kind=posts", POSTS).await.expect(200)), [0, 0, 3, 0]);
    assert_eq!(app.position(), before, "the same file changes nothing");
    // A later file ends one and names another; nobody is lost.
    let later = "Đơn vị,Chức danh,Họ tên,Từ ngày,Đến ngày\nSở Y tế,Giám đốc,Trần Thị B,01/01/2021,30/6/2023\nSở Y tế,Giám đốc,Lê Văn C,01/07/2023,\n";
    assert_eq!(counts(&send(&admin, "kind=posts", later).await.expect(201)), [0, 2, 0, 0]);
    let holders = posts().await[0]["holders"].clone();
    let names: Vec<_> = holders.as_array().unwrap().iter().map(|holder| holder["name"].as_str().unwrap()).collect();
    assert_eq!((names, &holders[1]["held_to"]), (vec!["Nguyễn Văn A", "Trần Thị B", "Lê Văn C"], &json!("2023-06-30")));
}

async fn wrong_posts_are_told_where_they_stand(app: TestApp) {
    let wrong = "Đơn vị,Chức danh,Họ tên,Từ ngày,Đến ngày\nSở Y tếế,Giám đốc,A,,\nSở Y tế,,A,hôm qua,\nSở Y tế,Giám đốc,A,01/01/2021,01/01/2020\n\
                 Sở Y tế,Giám đốc,,01/01/2021,\nSở Tư pháp,Giám đốc,A,,\n";
    let before = app.position();
    let told = send(&app.admin(), "kind=posts&dry_run=true", wrong).await.expect(200);
    let wanted = [(2, "unknown_unit"), (3, "required"), (3, "not_a_date"), (4, "date_order"), (5, "required"), (6, "unknown_unit")];
    assert_eq!(problems(&told), wanted.map(|(row, code)| (row, code.to_owned())), "{}", told.text);
    assert_eq!(told.json["problems"][0]["suggestions"], json!(["Sở Y tế"]));
    send(&app.admin(), "kind=posts", wrong).await.refused(422, "import_has_errors").names("/rows/4/E", "import_problem");
    assert_eq!(app.position(), before, "nothing is half-written");
    send(&app.office(), "kind=posts", POSTS).await.refused(403, "forbidden");
    let told = send(&app.outsider(), "kind=posts&dry_run=true", POSTS).await.expect(200);
    assert_eq!(problems(&told).len(), 3, "{}", told.text);
}
