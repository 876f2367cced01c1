//! Settings of the database itself.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{areas, settings, users};

/// The value kept under a key.
pub fn find(conn: &mut Connection, key: &str) -> StoreResult<Option<String>> {
    settings::table.find(key).select(settings::value).first(conn).optional()
}

/// Keeps a value under a key.
pub fn set(conn: &mut Connection, key: &str, value: &str) -> StoreResult<()> {
    diesel::sql_query("INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind::<Text, _>(key)
        .bind::<Text, _>(value)
        .execute(conn)
        .map(drop)
}

/// Whether anything has been entered yet.
pub fn is_empty(conn: &mut Connection) -> StoreResult<bool> {
    let (areas, users): (i64, i64) = (areas::table.count().get_result(conn)?, users::table.count().get_result(conn)?);
    Ok(areas + users == 0)
}
