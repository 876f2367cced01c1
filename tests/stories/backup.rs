//! Backups: taken from a service at work, refused when damaged, and brought back into either database.

pub mod command;
mod older;
mod refusals;
mod tables;

use resolution_tracker::db::rows;
use resolution_tracker::service::journal;
use resolution_tracker::store::settings;
use serde_json::json;

use super::demo::loaded;
use crate::common::{Database, Kind, TestApp, on_both_databases};
use command::{Place, run};

on_both_databases! {
    a_backup_comes_back_in_either_database,
    writers_go_on_while_a_backup_is_taken,
    whoever_was_signed_in_signs_in_again,
}

/// Every line of every table a backup keeps.
fn everything(database: &Database) -> Vec<String> {
    let mut all = Vec::new();
    for table in rows::kept() {
        let line = |line: &str| {
            all.push(format!("{} {line}", table.name));
            Ok(())
        };
        rows::each(&mut database.connect(), &table, line).unwrap();
    }
    all
}

/// What is likely to be changed on its way: characters, kinds of nothing, fractions of seconds, numbers in text.
fn odd(app: &TestApp) {
    let text = "NFC \u{e9} NFD e\u{301} đ \" ' \\ \r\n\t \u{1} 🙂 {\"a\":[1.0,null]} 0123 true null";
    app.db(|conn, _| {
        for key in ["b", "a", "B", "đ", "_", "0"] {
            settings::set(conn, key, "sorted by bytes")?;
        }
        settings::set(conn, "odd", text)?;
        Ok(settings::set(conn, "", "")?)
    });
    assert_eq!(app.db_sql("UPDATE areas SET note = '', recorded_at = '2021-03-04 05:06:07.123456' WHERE code = 'hg'"), 1);
    assert_eq!(app.db_sql("UPDATE areas SET recorded_at = '2021-03-04 05:06:07.5', version = 2147483647 WHERE code = 'hd'"), 1);
    assert_eq!(app.db_sql("UPDATE areas SET valid_to = '9999-12-31', valid_from = '0001-01-01' WHERE code = 'hg-xa-vi-trung'"), 1);
}

async fn a_backup_comes_back_in_either_database(app: TestApp) {
    app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    // A subordinate that is older than its superior: its row comes first.
    let superior = "(SELECT id FROM areas WHERE code = 'hg-xa-nhon-nghia-a')";
    assert_eq!(app.db_sql(&format!("UPDATE areas SET parent_id = {superior} WHERE code = 'hg-xa-vi-trung'")), 1);
    odd(&app);
    let place = Place::of(&app.database);
    let file = place.file("a.tar.gz");
    let said = place.run(&["backup", &file]).done();
    assert!(said.contains(&format!("{} events", app.position())), "{said}");
    let wanted = everything(&app.database);
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::empty(kind);
        let there = Place::of(&database);
        there.run(&["restore", &file]).done();
        assert_eq!(everything(&database), wanted, "{kind:?}");
        assert!(there.run(&["verify", "audit"]).done().contains(&format!("the journal is whole: {} events", app.position())));
        let restored = TestApp::start_on(database, &app.now().to_rfc3339()).await;
        for path in ["areas", "units", "dashboards/units", "audit"] {
            assert_eq!(restored.leader().get(path).await.json["items"], app.leader().get(path).await.json["items"], "{kind:?} {path}");
        }
        restored.admin().change("units/hg-so-y-te", json!({"note": "y"})).await.expect(200);
        assert_eq!(restored.app_chain(), Ok(app.position() + 1));
    }
}

async fn writers_go_on_while_a_backup_is_taken(app: TestApp) {
    let place = Place::of(&app.database);
    let (file, before) = (place.file("a.tar.gz"), app.position());
    let mut backup = place.start(&["backup", &file]);
    let mut round = 0;
    while backup.is_running() {
        round += 1;
        app.admin().change("units/hg-so-y-te", json!({"note": round.to_string()})).await.expect(200);
    }
    backup.end().done();
    assert!(round > 0);
    assert_eq!(app.position(), before + round);
    let database = Database::empty(Kind::Sqlite);
    Place::of(&database).run(&["restore", &file]).done();
    let restored = TestApp::start_on(database, &app.now().to_rfc3339()).await;
    let position = restored.position();
    assert!((before..=app.position()).contains(&position), "{before} {position}");
    let note = restored.admin().get("units/hg-so-y-te").await.json["note"].clone();
    let wanted = if position == before { json!(null) } else { json!((position - before).to_string()) };
    assert_eq!(note, wanted, "the unit and the journal are of one moment");
}

async fn whoever_was_signed_in_signs_in_again(app: TestApp) {
    let signed_in = app.login("office").await;
    let token = signed_in.token().unwrap().to_owned();
    signed_in.get("me").await.expect(200);
    let place = Place::of(&app.database);
    let file = place.file("a.tar.gz");
    place.run(&["backup", &file]).done();
    let database = Database::empty(Kind::Sqlite);
    Place::of(&database).run(&["restore", &file]).done();
    let restored = TestApp::start_on(database, &app.now().to_rfc3339()).await;
    assert_eq!(restored.holder(&token).get("me").await.status, 401);
    restored.login("office").await.get("me").await.expect(200);
}

/// The demo has rows in nearly every table; what is read of them is the same on either database.
#[actix_web::test]
async fn the_whole_demo_comes_back() {
    let app = loaded(Kind::Sqlite, "2023-10-02T02:00:00Z").await;
    let place = Place::of(&app.database);
    let file = place.file("demo.tar.gz");
    place.run(&["backup", &file]).done();
    let said = run(&[], &["verify", "backup", &file]).done();
    assert!(said.contains(" from sqlite by release "), "{said}");
    for kind in [Kind::Postgres, Kind::Sqlite] {
        let database = Database::empty(kind);
        Place::of(&database).run(&["restore", &file]).done();
        assert_eq!(everything(&database), everything(&app.database));
        let restored = TestApp::start_on(database, &app.now().to_rfc3339()).await;
        for dashboard in ["overview", "units?kind=department", "areas?level=district", "objectives", "breakthroughs", "resolutions"] {
            for day in ["", "2022-01-01"] {
                let query =
                    if day.is_empty() { String::new() } else { format!("{}as_of={day}", if dashboard.contains('?') { "&" } else { "?" }) };
                let path = format!("dashboards/{dashboard}{query}");
                let (here, there) = (app.leader().get(&path).await.expect(200), restored.leader().get(&path).await.expect(200));
                assert_eq!(there.json, here.json, "{kind:?} {path}");
            }
        }
    }
}

impl TestApp {
    fn app_chain(&self) -> Result<i64, journal::chain::Break> {
        self.db(|conn, _| journal::verify(conn))
    }
}
