//! Rows as text, the same text from either database: what a backup is made of.
//!
//! A row is one line of JSON: an array with one value for each column, in the order of
//! [`Table::columns`]. Ids are hyphenated, dates `2021-07-01`, timestamps (UTC)
//! `2021-07-01T02:00:00.000000`, booleans and whole numbers JSON's own. Rows come in the order of
//! their key, which both databases sort by bytes: equal data are equal lines.

mod cells;
mod described;
mod tables;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde::{Deserialize, Serialize};

use super::Connection;
use super::dialect;
pub use super::dialect::{defer_references, name as database_name, settle_references};
pub use cells::Kind;
pub use tables::{LEFT_OUT, SEEDED, kept};

/// A table as it is written out and read in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The columns of its primary key, by which rows are sorted.
    pub key: Vec<String>,
    /// Its columns, in the order of the values of a row.
    pub columns: Vec<Column>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may hold nothing.
    pub nullable: bool,
}

/// What went wrong with a row, in a sentence for the operator.
pub type RowError = Box<dyn std::error::Error + Send + Sync>;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// Hands every row of a table to `work`, one line each, in the order of the key. Holds one row at
/// a time, however many there are.
///
/// # Errors
/// The database's, what `work` answers, or a value that its column cannot hold.
pub fn each(connection: &mut Connection, table: &Table, mut work: impl FnMut(&str) -> Result<(), RowError>) -> Result<(), RowError> {
    table.check_names()?;
    let cells: Vec<String> = table.columns.iter().map(|c| dialect::cell_to_json(connection, &quoted(&c.name), c.kind.is_bytes())).collect();
    let key: Vec<String> = table.key.iter().map(|name| table.sorted_by(connection, name)).collect();
    let row = dialect::row_to_json(connection, &cells);
    let sql = format!("SELECT {row} AS line FROM {} ORDER BY {}", quoted(&table.name), key.join(", "));
    dialect::each_line(connection, &sql, |line| work(&cells::from_database(table, &line)?))
}

/// Adds rows, one line each as [`each`] makes them, in one statement.
///
/// # Errors
/// The database's, or a line that is no row of this table.
pub fn insert(connection: &mut Connection, table: &Table, lines: &str) -> Result<(), RowError> {
    table.check_names()?;
    let rows = lines.lines().map(|line| cells::to_database(table, line)).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = table.columns.iter().map(|c| quoted(&c.name)).collect();
    let cells = table.columns.iter().enumerate();
    let values: Vec<String> = cells.map(|(at, c)| dialect::cell_from_json(connection, at, c.kind.postgres(), c.kind.is_bytes())).collect();
    let from = dialect::rows_of_json(connection);
    let sql = format!("INSERT INTO {} ({}) SELECT {} FROM {from}", quoted(&table.name), names.join(", "), values.join(", "));
    let added = diesel::sql_query(sql).bind::<Text, _>(format!("[{}]", rows.join(","))).execute(connection)?;
    if added == rows.len() { Ok(()) } else { Err(format!("{}: {} rows given, {added} added", table.name, rows.len()).into()) }
}

/// How many rows a table has.
///
/// # Errors
/// The database's.
pub fn count(connection: &mut Connection, name: &str) -> QueryResult<i64> {
    let sql = format!("SELECT count(*) AS rows FROM {}", quoted(name));
    Ok(diesel::sql_query(sql).get_result::<Counted>(connection)?.rows)
}

/// Takes every row out of a table.
///
/// # Errors
/// The database's.
pub fn clear(connection: &mut Connection, name: &str) -> QueryResult<()> {
    diesel::sql_query(format!("DELETE FROM {}", quoted(name))).execute(connection).map(drop)
}

impl Table {
    /// A column of the key, to sort by.
    fn sorted_by(&self, connection: &Connection, name: &str) -> String {
        let is_text = self.columns.iter().any(|column| column.name == name && column.kind == Kind::Text);
        if is_text { dialect::by_bytes(connection, &quoted(name)) } else { quoted(name) }
    }

    /// Names become part of SQL, and may come from a file.
    fn check_names(&self) -> Result<(), RowError> {
        let plain = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let mut names = self.columns.iter().map(|c| c.name.as_str()).chain(self.key.iter().map(String::as_str)).chain([self.name.as_str()]);
        match names.find(|name| !plain(name)) {
            None if !self.key.is_empty() && !self.columns.is_empty() => Ok(()),
            None => Err(format!("the table {} is described without columns or key", self.name).into()),
            Some(name) => Err(format!("{name:?} is no name of a table or column").into()),
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
