//! Migrations: they can be taken back, agree with each other, and may be run by two at once.

use std::collections::BTreeSet;
use std::path::PathBuf;

use resolution_tracker::db::{Connection, migrations};

use super::schema::lines;
use crate::common::{Database, Kind};

#[test]
fn up_down_up_sqlite() {
    up_down_up(Kind::Sqlite);
}

#[test]
fn up_down_up_postgres() {
    up_down_up(Kind::Postgres);
}

fn up_down_up(kind: Kind) {
    let database = Database::empty(kind);
    let conn = &mut database.connect();
    assert!(migrations::pending(conn).unwrap());
    let ran = migrations::run(conn).unwrap();
    assert!(ran.len() >= 6 && !migrations::pending(conn).unwrap());
    let first = dump(conn);
    assert!(first.len() > 100, "{first:#?}");
    assert_eq!(migrations::revert_all(conn).unwrap().len(), ran.len());
    assert_eq!(dump(conn), Vec::<String>::new(), "down.sql left something behind");
    migrations::run(conn).unwrap();
    assert_eq!(dump(conn), first, "the second time is not like the first");
    assert_eq!(migrations::run(conn).unwrap(), Vec::<String>::new());
}

#[test]
fn two_instances_start_at_once_sqlite() {
    two_instances_start_at_once(Kind::Sqlite);
}

#[test]
fn two_instances_start_at_once_postgres() {
    two_instances_start_at_once(Kind::Postgres);
}

fn two_instances_start_at_once(kind: Kind) {
    let database = Database::empty(kind);
    let url = &database.url;
    let ran: Vec<usize> = std::thread::scope(|scope| {
        let start = || scope.spawn(|| migrations::run(&mut crate::common::connect(url)).unwrap().len());
        let instances = [start(), start(), start()];
        instances.map(|instance| instance.join().unwrap()).to_vec()
    });
    assert_eq!(ran.iter().filter(|count| **count > 0).count(), 1, "exactly one of them migrates: {ran:?}");
}

#[test]
fn both_databases_have_the_same_migrations() {
    let [sqlite, postgres] = ["sqlite", "postgres"].map(names);
    assert!(sqlite.len() >= 6);
    assert_eq!(sqlite, postgres);
}

#[test]
fn every_migration_does_and_undoes_something() {
    for database in ["sqlite", "postgres"] {
        for name in names(database) {
            for file in ["up.sql", "down.sql"] {
                let path = folder(database).join(&name).join(file);
                let sql = std::fs::read_to_string(&path).unwrap();
                let statements = sql.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--")).count();
                assert!(statements > 0, "{} does nothing", path.display());
            }
        }
    }
}

fn names(database: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder(database)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn folder(database: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database)
}

/// Everything a schema consists of, one line each, in order. The table of the migrations stays.
fn dump(conn: &mut Connection) -> Vec<String> {
    let all = lines(
        conn,
        "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') \
                || ' ' || coalesce(collation_name, '') AS line FROM information_schema.columns WHERE table_schema = 'public' \
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
         UNION ALL SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
                   WHERE connamespace = 'public'::regnamespace \
         UNION ALL SELECT p.proname || ' ' || pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace \
         UNION ALL SELECT tgname || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
         ORDER BY line",
        "SELECT m.type || ' ' || m.name || ' ' || m.sql AS line FROM sqlite_schema m WHERE m.sql IS NOT NULL \
         UNION ALL SELECT m.name || '.' || p.name || ' ' || p.type FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' \
         ORDER BY line",
    );
    all.into_iter().filter(|line| !line.contains("__diesel_schema_migrations")).collect()
}
