//! Imports: which file was taken in, and what became of it.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::imports;
use crate::domain::Id;
use crate::domain::imports::ImportKind;

/// One import.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
pub struct Import {
    pub id: Id,
    pub root_id: Id,
    pub kind: ImportKind,
    pub source: Option<String>,
    pub file_name: String,
    pub sha256: String,
    pub row_count: i32,
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub skipped: i32,
    pub warnings: i32,
    /// The first and the last of its events in the journal; all between are its own.
    pub first_position: i64,
    pub last_position: i64,
    pub recorded_by: Option<Id>,
    pub actor: String,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &Import) -> StoreResult<()> {
    diesel::insert_into(imports::table).values(row).execute(conn).map(drop)
}

/// The import with this id.
pub fn find(conn: &mut Connection, id: Id) -> StoreResult<Option<Import>> {
    imports::table.find(id).select(Import::as_select()).first(conn).optional()
}

/// A page of imports of these roots, newest first.
pub fn list(conn: &mut Connection, roots: &[Id], before: Option<Id>, limit: i64) -> StoreResult<Vec<Import>> {
    let mut query = imports::table.filter(imports::root_id.eq_any(roots.to_vec())).select(Import::as_select()).into_boxed();
    if let Some(id) = before {
        query = query.filter(imports::id.lt(id));
    }
    query.order(imports::id.desc()).limit(limit).load(conn)
}
