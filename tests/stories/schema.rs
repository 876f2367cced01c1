//! `src/db/schema.rs`, which is kept by hand, and the two databases say the same.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::Text;
use resolution_tracker::db::{Connection, dialect};

use crate::common::{Database, Kind, TestApp, on_both_databases};

on_both_databases! {
    schema_rs_describes_every_column,
    every_foreign_key_has_an_index,
}

/// `table.column` to `Nullable<Text>` and the like.
type Columns = BTreeMap<String, String>;

async fn schema_rs_describes_every_column(app: TestApp) {
    let described = described_columns(include_str!("../../src/db/schema.rs"));
    let found = columns(&mut app.database.connect());
    assert!(described.len() > 300, "schema.rs was not understood");
    assert_eq!(described, found);
}

async fn every_foreign_key_has_an_index(app: TestApp) {
    let conn = &mut app.database.connect();
    let slow = lines(
        conn,
        "SELECT c.conrelid::regclass::text || '.' || a.attname AS line FROM pg_constraint c \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' \
         AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])",
        "SELECT m.name || '.' || f.\"from\" AS line FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' \
         AND f.seq = 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) l, pragma_index_info(l.name) i \
         WHERE i.seqno = 0 AND i.name = f.\"from\")",
    );
    assert_eq!(slow, Vec::<String>::new(), "foreign keys without an index");
}

#[test]
fn both_databases_have_the_same_keys() {
    let [sqlite, postgres] = [Kind::Sqlite, Kind::Postgres].map(|kind| {
        let database = Database::with_world(kind);
        foreign_keys(&mut database.connect())
    });
    assert!(sqlite.len() > 30);
    assert_eq!(sqlite, postgres);
}

/// `table.column -> other table` for every reference.
pub fn foreign_keys(conn: &mut Connection) -> BTreeSet<String> {
    let keys = lines(
        conn,
        "SELECT c.conrelid::regclass::text || '.' || a.attname || ' -> ' || c.confrelid::regclass::text AS line \
         FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'f'",
        "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" AS line \
         FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    );
    keys.into_iter().collect()
}

fn columns(conn: &mut Connection) -> Columns {
    let found = lines(
        conn,
        "SELECT table_name || '.' || column_name || ' ' || (is_nullable = 'YES')::int || ' ' || data_type AS line \
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'",
        "SELECT m.name || '.' || p.name || ' ' || (p.\"notnull\" = 0) || ' ' || p.type AS line FROM sqlite_schema m, pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND m.name NOT LIKE 'search_index%' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '__diesel_schema_migrations'",
    );
    found
        .iter()
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let (name, nullable, sql_type) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            let known = diesel_type(sql_type);
            (name.to_owned(), if nullable == "1" { format!("Nullable<{known}>") } else { known.to_owned() })
        })
        .collect()
}

/// What schema.rs calls a column type of either database; an unknown one stays as it is.
fn diesel_type(sql_type: &str) -> &str {
    match sql_type.to_lowercase().as_str() {
        "uuid" | "blob" => "Uuid",
        "text" => "Text",
        "integer" => "Integer",
        "bigint" => "BigInt",
        "boolean" => "Bool",
        "date" => "Date",
        "timestamp" | "timestamp without time zone" => "Timestamp",
        _ => sql_type,
    }
}

/// The columns as schema.rs writes them: `table (key) {` and lines like `name -> Type,`.
fn described_columns(source: &str) -> Columns {
    let mut columns = Columns::new();
    let mut table = "";
    for line in source.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name;
        } else if let Some((column, kind)) = line.strip_suffix(',').and_then(|line| line.split_once(" -> ")) {
            columns.insert(format!("{table}.{column}"), kind.to_owned());
        }
    }
    columns
}

/// The column `line` of each row of this database's query.
pub fn lines(conn: &mut Connection, postgres: &str, sqlite: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let sql = dialect::pick(conn, postgres, sqlite);
    let rows: Vec<Row> = diesel::sql_query(sql).load(conn).unwrap();
    rows.into_iter().map(|row| row.line).collect()
}
