//! The mark by which the demo knows its own database.

use crate::db::Connection;
use crate::error::AppResult;
use crate::store::settings;

const KEY: &str = "demo";

/// What a database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing yet.
    Nothing,
    /// A demo, with its mark.
    Demo(String),
    /// Somebody's data.
    Other,
}

/// What this database holds.
///
/// # Errors
/// The database's.
pub fn demo(conn: &mut Connection) -> AppResult<Content> {
    if let Some(mark) = settings::find(conn, KEY)? {
        return Ok(Content::Demo(mark));
    }
    Ok(if settings::is_empty(conn)? { Content::Nothing } else { Content::Other })
}

/// Marks this database as the demo's.
///
/// # Errors
/// The database's.
pub fn mark_demo(conn: &mut Connection, mark: &str) -> AppResult<()> {
    Ok(settings::set(conn, KEY, mark)?)
}
