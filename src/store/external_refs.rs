//! What other systems call our areas, units and tasks.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::external_refs;
use crate::domain::Id;
use crate::domain::external_refs::{ExternalRef, RefKind};

/// One name of one thing.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = external_refs, treat_none_as_default_value = false)]
pub struct ExternalRefRow {
    pub root_id: Id,
    pub subject_kind: RefKind,
    pub system: String,
    pub external_id: String,
    pub subject_id: Id,
    pub recorded_at: NaiveDateTime,
}

impl ExternalRefRow {
    /// The name itself.
    pub fn reference(&self) -> ExternalRef {
        ExternalRef { system: self.system.clone(), id: self.external_id.clone() }
    }
}

/// A row with what other systems call it. It may be used as the row.
#[derive(Debug, Clone)]
pub struct Known<T> {
    pub row: T,
    pub external_refs: Vec<ExternalRef>,
}

impl<T> std::ops::Deref for Known<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.row
    }
}

/// What the name stands for in this root.
pub fn find(conn: &mut Connection, root: Id, kind: RefKind, reference: &ExternalRef) -> StoreResult<Option<Id>> {
    external_refs::table.find((root, kind, &reference.system, &reference.id)).select(external_refs::subject_id).first(conn).optional()
}

/// What the name stands for in each of these roots.
pub fn find_in(conn: &mut Connection, roots: &[Id], kind: RefKind, reference: &ExternalRef) -> StoreResult<Vec<Id>> {
    external_refs::table
        .filter(external_refs::root_id.eq_any(roots.to_vec()))
        .filter(external_refs::subject_kind.eq(kind))
        .filter(external_refs::system.eq(&reference.system))
        .filter(external_refs::external_id.eq(&reference.id))
        .select(external_refs::subject_id)
        .load(conn)
}

/// The names of these, those of one by system and id.
pub fn of(conn: &mut Connection, kind: RefKind, subjects: &[Id]) -> StoreResult<Vec<ExternalRefRow>> {
    let names = external_refs::table
        .filter(external_refs::subject_kind.eq(kind))
        .order((external_refs::system, external_refs::external_id))
        .select(ExternalRefRow::as_select());
    load_among!(conn, names, external_refs::subject_id, subjects)
}

/// Adds a name.
pub fn insert(conn: &mut Connection, row: &ExternalRefRow) -> StoreResult<()> {
    diesel::insert_into(external_refs::table).values(row).execute(conn).map(drop)
}

/// Takes a name away; the journal keeps that it was there.
pub fn remove(conn: &mut Connection, row: &ExternalRefRow) -> StoreResult<()> {
    let key = (row.root_id, row.subject_kind, &row.system, &row.external_id);
    diesel::delete(external_refs::table.find(key)).execute(conn).map(drop)
}
