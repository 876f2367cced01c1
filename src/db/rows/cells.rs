//! One value of a row: checked, and spelt the same whichever database it comes from.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Column, RowError, Table};
use crate::domain::Id;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    BigInt,
    /// True or false.
    Bool,
    /// A day.
    Date,
    /// An instant, UTC, to the microsecond.
    Timestamp,
    /// An id.
    Uuid,
}

/// How a timestamp stands in a backup.
const WRITTEN: &str = "%Y-%m-%dT%H:%M:%S%.6f";

impl Kind {
    /// Whether SQLite keeps it as bytes, which JSON has none of.
    pub fn is_bytes(self) -> bool {
        self == Self::Uuid
    }

    /// PostgreSQL's name of the type.
    pub fn postgres(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::BigInt => "bigint",
            Self::Bool => "boolean",
            Self::Date => "date",
            Self::Timestamp => "timestamp",
            Self::Uuid => "uuid",
        }
    }
}

/// A line as a backup has it, from a row as the database gives it.
pub fn from_database(table: &Table, row: &str) -> Result<String, RowError> {
    rewritten(table, row, |kind, value| match (kind, value) {
        (Kind::Bool, Value::Number(n)) if n.as_i64().is_some_and(|n| n == 0 || n == 1) => Some(Value::Bool(n.as_i64() == Some(1))),
        (Kind::Uuid, Value::String(text)) => id(&text).map(|id| Value::String(id.to_string())),
        (Kind::Timestamp, Value::String(text)) => {
            text.replacen(' ', "T", 1).parse::<NaiveDateTime>().ok().map(|at| Value::String(at.format(WRITTEN).to_string()))
        }
        (kind, value) => fits(kind, &value).then_some(value),
    })
}

/// A row as the database takes it, from a line of a backup.
pub fn to_database(table: &Table, line: &str) -> Result<String, RowError> {
    rewritten(table, line, |kind, value| match (kind, value) {
        // As diesel writes it to SQLite; PostgreSQL reads it as well.
        (Kind::Timestamp, Value::String(text)) => {
            let at = NaiveDateTime::parse_from_str(&text, WRITTEN).ok()?;
            Some(Value::String(at.format("%F %T%.f").to_string()))
        }
        (Kind::Uuid, Value::String(text)) => text.parse::<Id>().ok().map(|id| Value::String(id.to_string())),
        (kind, value) => fits(kind, &value).then_some(value),
    })
}

fn rewritten(table: &Table, row: &str, spell: impl Fn(Kind, Value) -> Option<Value>) -> Result<String, RowError> {
    let values: Vec<Value> = serde_json::from_str(row).map_err(|e| format!("{}: this is no row: {e}", table.name))?;
    if values.len() != table.columns.len() {
        return Err(format!("{}: a row has {} values for {} columns", table.name, values.len(), table.columns.len()).into());
    }
    let spell = |(column, value): (&Column, Value)| match value {
        Value::Null if column.nullable => Ok(Value::Null),
        Value::Null => Err(format!("{}.{}: nothing where something is needed", table.name, column.name)),
        value => {
            let shown = value.to_string();
            spell(column.kind, value).ok_or_else(|| format!("{}.{}: {shown} is not {:?}", table.name, column.name, column.kind))
        }
    };
    let spelt = table.columns.iter().zip(values).map(spell).collect::<Result<Vec<_>, _>>()?;
    Ok(Value::Array(spelt).to_string())
}

/// Whether a value is spelt as a backup spells it.
fn fits(kind: Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Text, Value::String(_)) | (Kind::Bool, Value::Bool(_)) => true,
        (Kind::Integer, Value::Number(n)) => n.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        (Kind::BigInt, Value::Number(n)) => n.as_i64().is_some(),
        (Kind::Date, Value::String(text)) => text.parse::<NaiveDate>().is_ok_and(|day| day.to_string() == *text),
        _ => false,
    }
}

/// An id as either database gives it: hyphenated, or sixteen bytes in hexadecimal.
fn id(text: &str) -> Option<Id> {
    text.parse().ok().or_else(|| Id::from_slice(&hex::decode(text).ok()?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(kind: Kind, nullable: bool) -> Table {
        Table { name: "t".into(), key: vec!["c".into()], columns: vec![Column { name: "c".into(), kind, nullable }] }
    }

    #[test]
    fn both_databases_are_spelt_alike() {
        let id = "01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55";
        for (kind, sqlite, postgres, written) in [
            (Kind::Uuid, r#""01780C2E7A007B6E8F0A3B2F5F7D1C55""#, &format!("{id:?}"), format!("{id:?}")),
            (Kind::Bool, "1", &"true".to_owned(), "true".into()),
            (Kind::Bool, "0", &"false".to_owned(), "false".into()),
            (
                Kind::Timestamp,
                r#""2021-07-01 02:00:00.250""#,
                &r#""2021-07-01T02:00:00.25""#.into(),
                r#""2021-07-01T02:00:00.250000""#.into(),
            ),
            (Kind::BigInt, "9223372036854775807", &"9223372036854775807".into(), "9223372036854775807".into()),
            (Kind::Text, r#""đ \" \\ \u0000 🙂""#, &r#""đ \" \\ \u0000 🙂""#.into(), r#""đ \" \\ \u0000 🙂""#.into()),
        ] {
            for given in [sqlite, postgres] {
                assert_eq!(from_database(&table(kind, false), &format!("[{given}]")).unwrap(), format!("[{written}]"));
            }
        }
    }

    #[test]
    fn a_value_that_does_not_fit_is_refused_with_its_column() {
        for (kind, value) in [
            (Kind::Integer, "2147483648"),
            (Kind::Integer, "1.5"),
            (Kind::Bool, "2"),
            (Kind::Date, "\"2021-7-1\""),
            (Kind::Date, "\"2021-02-30\""),
            (Kind::Timestamp, "\"2021-07-01\""),
            (Kind::Uuid, "\"01780c2e\""),
            (Kind::Text, "7"),
            (Kind::Text, "null"),
        ] {
            let row = format!("[{value}]");
            assert!(from_database(&table(kind, false), &row).unwrap_err().to_string().starts_with("t.c: "), "{kind:?} {value}");
            assert!(to_database(&table(kind, false), &row).is_err(), "{kind:?} {value}");
        }
        assert!(to_database(&table(Kind::Text, true), "[null]").is_ok());
        assert!(to_database(&table(Kind::Text, true), "[null,null]").is_err());
        assert!(to_database(&table(Kind::Text, true), "{}").is_err());
    }
}
