//! A backup of an older release: it comes back with the schema it had, which is then brought up to date.

use std::collections::BTreeSet;
use std::io::BufReader;

use resolution_tracker::db::rows::Table;
use resolution_tracker::db::{Connection, migrations, transaction};
use resolution_tracker::files::archive::{self, Writer};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::command::Place;
use crate::common::{Database, Kind, TestApp, on_both_databases};
use crate::schema::lines;

on_both_databases! {
    a_backup_of_an_older_release_is_brought_up_to_date,
    a_backup_of_a_newer_release_is_refused,
}

async fn a_backup_of_an_older_release_is_brought_up_to_date(app: TestApp) {
    let place = Place::of(&app.database);
    let (file, older) = (place.file("a.tar.gz"), place.file("older.tar.gz"));
    place.run(&["backup", &file]).done();
    let mut versions = migrations::of_this_release().unwrap();
    versions.pop().unwrap();
    let there = columns_before_the_last_migration(&versions);
    rewrite(&file, &older, |header, tables| {
        header["migrations"] = serde_json::to_value(&versions).unwrap();
        tables.retain(|(table, _)| there.iter().any(|name| name.starts_with(&format!("{}.", table.name))));
        for (table, lines) in tables {
            let keep: Vec<bool> = table.columns.iter().map(|c| there.contains(&format!("{}.{}", table.name, c.name))).collect();
            let mut kept = keep.iter();
            table.columns.retain(|_| *kept.next().unwrap());
            for line in lines {
                let values: Vec<Value> = serde_json::from_str(line).unwrap();
                let values = values.into_iter().zip(&keep).filter(|(_, keep)| **keep).map(|(value, _)| value);
                *line = Value::Array(values.collect()).to_string();
            }
        }
    });
    let database = Database::empty(Kind::Sqlite);
    Place::of(&database).run(&["restore", &older]).done();
    assert_eq!(migrations::applied(&mut database.connect()).unwrap(), migrations::of_this_release().unwrap());
    let restored = TestApp::start_on(database, &app.now().to_rfc3339()).await;
    assert_eq!(restored.position(), app.position());
    assert_eq!(restored.leader().get("units").await.json["items"], app.leader().get("units").await.json["items"]);
}

async fn a_backup_of_a_newer_release_is_refused(app: TestApp) {
    let place = Place::of(&app.database);
    let (file, newer) = (place.file("a.tar.gz"), place.file("newer.tar.gz"));
    place.run(&["backup", &file]).done();
    let empty = Database::empty(Kind::Sqlite);
    rewrite(&file, &newer, |header, _| header["migrations"].as_array_mut().unwrap().push("99991231000000".into()));
    Place::of(&empty).run(&["restore", &newer]).refused("written by a newer release");
    rewrite(&file, &newer, |header, _| header["version"] = 2.into());
    Place::of(&empty).run(&["restore", &newer]).refused("written by a newer release");
    rewrite(&file, &newer, |_, tables| tables[0].0.columns[1].name = "x\" --".into());
    Place::of(&empty).run(&["restore", &newer]).refused("does not describe the tables of this release");
    assert!(!migrations::any_applied(&mut empty.connect()).unwrap());
}

/// `table.column` of every column that was there before the last migration.
fn columns_before_the_last_migration(versions: &[String]) -> BTreeSet<String> {
    let database = Database::empty(Kind::Sqlite);
    let conn = &mut database.connect();
    transaction::write(conn, |conn: &mut Connection| migrations::move_to(conn, versions)).unwrap();
    let sql = "SELECT m.name || '.' || p.name AS line FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table'";
    lines(conn, sql, sql).into_iter().collect()
}

/// Writes a backup again, with another header and other tables, and with totals that fit.
fn rewrite(from: &str, to: &str, change: impl FnOnce(&mut Value, &mut Vec<(Table, Vec<String>)>)) {
    let (mut header, mut tables) = (Value::Null, Vec::<(Table, Vec<String>)>::new());
    let input = BufReader::new(std::fs::File::open(from).unwrap());
    let visit = |name: &str, content: &mut archive::Content<'_>| {
        let content = content.whole()?;
        let text = std::str::from_utf8(&content).unwrap();
        if name == "header.json" {
            header = serde_json::from_str(text).unwrap();
            let described: Vec<Table> = serde_json::from_value(header["tables"].clone()).unwrap();
            tables = described.into_iter().map(|table| (table, Vec::new())).collect();
        } else {
            let lines = tables.iter_mut().find(|(table, _)| name.contains(&format!("-{}/", table.name)));
            lines.unwrap().1.extend(text.lines().map(ToOwned::to_owned));
        }
        Ok(())
    };
    let mut totals = archive::read::<Value>(input, visit).unwrap().totals;
    change(&mut header, &mut tables);
    header["tables"] = tables.iter().map(|(table, _)| serde_json::to_value(table).unwrap()).collect();
    let mut writer = Writer::new(std::fs::File::create(to).unwrap(), 0);
    writer.add("header.json", header.to_string().as_bytes()).unwrap();
    let mut counts = Vec::new();
    for (number, (table, lines)) in tables.iter().enumerate() {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        if !lines.is_empty() {
            writer.add(&format!("tables/{number:02}-{}/000001.jsonl", table.name), text.as_bytes()).unwrap();
        }
        counts.push(serde_json::json!({"name": table.name, "rows": lines.len(), "sha256": hex::encode(Sha256::digest(&text))}));
    }
    totals["tables"] = counts.into();
    writer.finish(totals).unwrap();
}
