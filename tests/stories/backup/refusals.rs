//! What is refused, and that nothing happens then.

use std::os::unix::fs::PermissionsExt;

use resolution_tracker::db::migrations;
use serde_json::json;

use super::command::{Place, run};
use super::everything;
use crate::common::{Database, Kind, TestApp, on_both_databases};

on_both_databases! {
    a_damaged_backup_is_refused_and_the_place_stays_empty,
    a_restore_over_data_is_refused_and_the_data_stay,
    a_restore_that_fails_half_way_leaves_nothing,
    a_backup_replaces_a_partial_one_but_no_other_file,
    an_altered_journal_is_found_by_verify_and_by_backup,
}

fn kind_of(app: &TestApp) -> Kind {
    let conn = &app.database.connect();
    resolution_tracker::db::dialect::pick(conn, Kind::Postgres, Kind::Sqlite)
}

async fn a_damaged_backup_is_refused_and_the_place_stays_empty(app: TestApp) {
    let place = Place::of(&app.database);
    let file = place.file("a.tar.gz");
    place.run(&["backup", &file]).done();
    let whole = std::fs::read(&file).unwrap();
    let empty = Database::empty(kind_of(&app));
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 4;
    for (content, words) in [
        (altered.as_slice(), ""),
        (&whole[..whole.len() / 2], "cut off"),
        (&whole[..whole.len() - 1], "cut off"),
        (b"".as_slice(), ""),
        (b"STT,Nhiem vu\n".as_slice(), "no backup"),
    ] {
        std::fs::write(&file, content).unwrap();
        run(&[], &["verify", "backup", &file]).refused(words);
        Place::of(&empty).run(&["restore", &file]).refused(words);
    }
    Place::of(&empty).run(&["restore", &place.file("none.tar.gz")]).refused("cannot open");
    assert!(!migrations::any_applied(&mut empty.connect()).unwrap());
    std::fs::write(&file, &whole).unwrap();
    Place::of(&empty).run(&["restore", &file]).done();
}

async fn a_restore_over_data_is_refused_and_the_data_stay(app: TestApp) {
    let place = Place::of(&app.database);
    let file = place.file("a.tar.gz");
    place.run(&["backup", &file]).done();
    app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    let before = everything(&app.database);
    place.run(&["restore", &file]).refused("it is not empty (areas has");
    assert_eq!(everything(&app.database), before);
    // A place that was migrated and nothing else is empty.
    let migrated = TestApp::start_empty(kind_of(&app), "2023-10-02").await;
    let there = Place::of(&migrated.database);
    there.run(&["restore", &file]).done();
    there.run(&["restore", &file]).refused("it is not empty");
}

async fn a_restore_that_fails_half_way_leaves_nothing(app: TestApp) {
    // An event whose actor is nobody: the last tables are refused after all the others went in.
    let without_keys = match kind_of(&app) {
        Kind::Sqlite => "PRAGMA foreign_keys = OFF",
        Kind::Postgres => "ALTER TABLE grants DROP CONSTRAINT grants_user_id_fkey",
    };
    let conn = &mut app.database.connect();
    for sql in [without_keys, "UPDATE grants SET user_id = unit_id WHERE unit_id IS NOT NULL"] {
        diesel::RunQueryDsl::execute(diesel::sql_query(sql), conn).unwrap();
    }
    let place = Place::of(&app.database);
    let file = place.file("a.tar.gz");
    place.run(&["backup", &file]).done();
    let empty = Database::empty(kind_of(&app));
    Place::of(&empty).run(&["restore", &file]).refused("nothing was restored");
    assert!(!migrations::any_applied(&mut empty.connect()).unwrap());
}

async fn a_backup_replaces_a_partial_one_but_no_other_file(app: TestApp) {
    let place = Place::of(&app.database);
    let (file, partial) = (place.file("a.tar.gz"), place.file("a.tar.gz.partial"));
    std::fs::write(&partial, vec![7; 1 << 20]).unwrap();
    place.run(&["restore", &partial]).refused("not finished");
    place.run(&["backup", &file]).done();
    assert!(!std::fs::exists(&partial).unwrap());
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let first = std::fs::read(&file).unwrap();
    place.run(&["backup", &file]).refused("is there already");
    assert_eq!(std::fs::read(&file).unwrap(), first);
    app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    place.run(&["backup", &file, "--force"]).done();
    assert_ne!(std::fs::read(&file).unwrap(), first);
    // Somebody else is writing it.
    let held = std::fs::File::create(&partial).unwrap();
    held.lock().unwrap();
    place.run(&["backup", &file, "--force"]).refused("another backup");
    place.run(&["backup", &place.file("no/such/folder.tar.gz")]).refused("cannot write");
}

async fn an_altered_journal_is_found_by_verify_and_by_backup(app: TestApp) {
    let place = Place::of(&app.database);
    let last = app.position();
    assert!(place.run(&["verify", "audit"]).done().contains(&format!("{last} events")));
    assert_eq!(app.db_sql(&format!("DELETE FROM events WHERE position = {last}")), 1);
    place.run(&["verify", "audit"]).refused(&format!("the events from position {last} on are missing"));
    assert_eq!(app.db_sql("UPDATE events SET actor = 'nobody' WHERE position = 7"), 1);
    place.run(&["verify", "audit"]).refused("the event at position 7 was altered");
    let file = place.file("a.tar.gz");
    place.run(&["backup", &file]).refused("the event at position 7 was altered");
    assert!(!std::fs::exists(&file).unwrap());
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");
    let url = format!("sqlite://{}", path.display());
    let file = folder.path().join("a.tar.gz");
    for arguments in [["backup", file.to_str().unwrap()], ["verify", "audit"]] {
        run(&[("DATABASE_URL", &url)], &arguments).refused("there is no database");
    }
    assert!(!path.exists() && !file.exists());
}
