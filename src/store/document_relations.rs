//! What documents are to each other. Resolutions and programmes share one space of ids.

use std::collections::HashMap;

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

/// Takes away what a document says of others; what others say of it stays.
pub fn delete_from(conn: &mut Connection, document: Id) -> StoreResult<()> {
    let said = document_relations::from_resolution_id.eq(document).or(document_relations::from_programme_id.eq(document));
    diesel::delete(document_relations::table.filter(said)).execute(conn).map(drop)
}

/// What a document says of others, in the order it was said.
pub fn from(conn: &mut Connection, document: Id) -> StoreResult<Vec<DocumentRelation>> {
    document_relations::table
        .filter(document_relations::from_resolution_id.eq(document).or(document_relations::from_programme_id.eq(document)))
        .select(DocumentRelation::as_select())
        .order(document_relations::id)
        .load(conn)
}

/// What others say of a document, in the order it was said.
pub fn to(conn: &mut Connection, document: Id) -> StoreResult<Vec<DocumentRelation>> {
    document_relations::table
        .filter(document_relations::to_resolution_id.eq(document).or(document_relations::to_programme_id.eq(document)))
        .select(DocumentRelation::as_select())
        .order(document_relations::id)
        .load(conn)
}

/// Which documents each document implements: the graph for `domain::resolutions::implemented_by`.
pub fn implements(conn: &mut Connection) -> StoreResult<HashMap<Id, Vec<Id>>> {
    let rows: Vec<DocumentRelation> = document_relations::table
        .filter(document_relations::relation.eq(Relation::Implements))
        .select(DocumentRelation::as_select())
        .order(document_relations::id)
        .load(conn)?;
    let mut graph: HashMap<Id, Vec<Id>> = HashMap::new();
    for row in rows {
        let (from, to) = (row.from_resolution_id.or(row.from_programme_id), row.to_resolution_id.or(row.to_programme_id));
        if let (Some(from), Some(to)) = (from, to) {
            graph.entry(from).or_default().push(to);
        }
    }
    Ok(graph)
}
