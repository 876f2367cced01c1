//! What documents are to each other.

use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::document_relations;
use crate::domain::Id;
use crate::domain::resolutions::Relation;

/// One relation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = document_relations, treat_none_as_null = true)]
pub struct DocumentRelation {
    pub id: Id,
    pub from_resolution_id: Option<Id>,
    pub from_programme_id: Option<Id>,
    pub relation: Relation,
    pub to_resolution_id: Option<Id>,
    pub to_programme_id: Option<Id>,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &DocumentRelation) -> StoreResult<()> {
    diesel::insert_into(document_relations::table).values(row).execute(conn).map(drop)
}
