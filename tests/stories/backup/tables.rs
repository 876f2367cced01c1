//! No table is forgotten, and each comes after those it refers to.

use std::collections::BTreeMap;

use resolution_tracker::db::rows;

use crate::common::{Database, Kind};
use crate::schema::foreign_keys;

/// Names of tables and of their keys, as schema.rs has them.
fn described() -> BTreeMap<String, String> {
    let lines = include_str!("../../../src/db/schema.rs").lines().map(str::trim);
    let tables = lines.filter_map(|line| line.strip_suffix(") {")?.split_once(" ("));
    tables.map(|(name, key)| (name.to_owned(), key.to_owned())).collect()
}

#[test]
fn every_table_is_kept_or_left_out_with_a_reason() {
    let count = rows::kept().len();
    let mut known: BTreeMap<String, String> = rows::kept().into_iter().map(|table| (table.name, table.key.join(", "))).collect();
    assert_eq!(known.len(), count, "a table stands twice in src/db/rows/tables.rs");
    let described = described();
    for (name, reason) in rows::LEFT_OUT {
        assert!(reason.len() > 10, "{name}");
        assert!(known.insert((*name).to_owned(), described[*name].clone()).is_none(), "{name} is in both lists of src/db/rows/tables.rs");
    }
    assert_eq!(known, described, "src/db/rows/tables.rs says of each table of schema.rs whether a backup keeps it");
}

#[test]
fn a_table_stands_after_those_it_refers_to() {
    let database = Database::with_world(Kind::Sqlite);
    let kept = rows::kept();
    let place = |name: &str| kept.iter().position(|table| table.name == name);
    let keys = foreign_keys(&mut database.connect());
    assert!(keys.len() > 30);
    for key in keys {
        let (from, to) = key.split_once(" -> ").unwrap();
        if let Some(from) = place(from.split_once('.').unwrap().0) {
            let to = place(to).unwrap_or_else(|| panic!("{key}: a backup keeps one table, but not the other"));
            assert!(to <= from, "{key}: {} must stand earlier in src/db/rows/tables.rs", kept[to].name);
        }
    }
}
