//! Files are backed up, brought back and looked after like rows.

use std::path::PathBuf;

use super::super::backup::command::{Place, run};
use super::super::tasks::{draft, issued};
use super::{PDF, send, sent};
use crate::common::{Database, Kind, Response, TestApp, on_both_databases};

on_both_databases! {
    files_come_back_with_a_backup,
    what_is_missing_or_altered_is_named,
}

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n a picture \0\xff";

/// Three attachments of two contents.
async fn three(app: &TestApp) -> [Response; 3] {
    let task = issued(app, draft("Xây dựng kế hoạch")).await;
    let reporter = app.reporter("hg-so-y-te");
    let (first, second) = (sent(&reporter, &task, "a.pdf").await, sent(&reporter, &task, "b.pdf").await);
    [first, second, send(&reporter, &task, &[("file", Some("Ảnh.png"), PICTURE)]).await.expect(201)]
}

/// Where the content of an attachment lies.
fn place_of(app: &TestApp, attachment: &Response) -> PathBuf {
    let digest = attachment.json["sha256"].as_str().unwrap();
    app.database.attachments().join(&digest[..2]).join(digest)
}

async fn files_come_back_with_a_backup(app: TestApp) {
    let made = three(&app).await;
    let place = Place::of(&app.database);
    let (file, without) = (place.file("a.tar.gz"), place.file("b.tar.gz"));
    let said = place.run(&["backup", &file]).done();
    assert!(said.contains("2 contents of attachments"), "{said}");
    assert!(run(&[], &["verify", "backup", &file]).done().contains("2 contents of attachments"));
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::empty(kind);
        let there = Place::of(&database);
        there.run(&["restore", &file]).done();
        let said = there.run(&["verify", "attachments"]).done();
        assert!(said.contains("3 attachments, 2 contents") && !said.contains("belong to no"), "{said}");
        let restored = TestApp::start_on(database, &app.now().to_rfc3339()).await;
        for (attachment, content) in made.iter().zip([PDF, PDF, PICTURE]) {
            let path = format!("attachments/{}/content", attachment.id());
            assert_eq!(restored.leader().get(&path).await.expect(200).body, content);
        }
    }
    // Whoever keeps the folder by other means leaves the files out, and brings them back by those.
    let said = place.run(&["backup", "--without-attachments", &without]).done();
    assert!(!said.contains("contents of attachments"), "{said}");
    let database = Database::empty(Kind::Sqlite);
    let there = Place::of(&database);
    there.run(&["restore", &without]).done();
    there.run(&["verify", "attachments"]).refused("3 of 3 attachments");
}

async fn what_is_missing_or_altered_is_named(app: TestApp) {
    let [first, second, picture] = three(&app).await;
    let place = Place::of(&app.database);
    place.run(&["verify", "attachments"]).done();
    std::fs::write(app.database.attachments().join("ab").join("0".repeat(64)), "x").unwrap_or_else(|_| {
        std::fs::create_dir_all(app.database.attachments().join("ab")).unwrap();
        std::fs::write(app.database.attachments().join("ab").join("0".repeat(64)), "x").unwrap();
    });
    let said = place.run(&["verify", "attachments"]).done();
    assert!(said.contains("1 contents belong to no attachment"), "{said}");
    std::fs::write(place_of(&app, &picture), [PICTURE, b"x"].concat()).unwrap();
    place.run(&["verify", "attachments"]).refused(&format!("attachment {} (\"Ảnh.png\"", picture.id()));
    place.run(&["backup", &place.file("a.tar.gz")]).refused("its file was altered");
    std::fs::remove_file(place_of(&app, &first)).unwrap();
    for missing in [&first, &second] {
        place.run(&["verify", "attachments"]).refused(missing.id());
    }
    place.run(&["verify", "attachments"]).refused("3 of 3 attachments are not as they came in");
    place.run(&["backup", &place.file("b.tar.gz")]).refused("verify attachments");
    place.run(&["backup", "--without-attachments", &place.file("c.tar.gz")]).done();
    // The same file, attached again, is whole again for all that name it.
    let task = picture.json["task"].as_str().unwrap();
    let reporter = app.reporter("hg-so-y-te");
    let _ = sent(&reporter, task, "again.pdf").await;
    let _ = send(&reporter, task, &[("file", Some("lại.png"), PICTURE)]).await.expect(201);
    assert!(place.run(&["verify", "attachments"]).done().contains("5 attachments, 2 contents"));
}
