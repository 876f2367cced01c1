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
#[diesel(table_name = document_relations, treat_none_as_null = true, treat_none_as_default_value = false)]
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
pub fn said_by(conn: &mut Connection, document: Id) -> StoreResult<Vec<DocumentRelation>> {
    document_relations::table
        .filter(document_relations::from_resolution_id.eq(document).or(document_relations::from_programme_id.eq(document)))
        .select(DocumentRelation::as_select())
        .order(document_relations::id)
        .load(conn)
}

/// What these documents say of others, and others of them.
pub fn around(conn: &mut Connection, documents: &[Id]) -> StoreResult<Vec<DocumentRelation>> {
    let ids = || documents.to_vec();
    let from = document_relations::from_resolution_id.eq_any(ids()).or(document_relations::from_programme_id.eq_any(ids()));
    let to = document_relations::to_resolution_id.eq_any(ids()).or(document_relations::to_programme_id.eq_any(ids()));
    let rows = document_relations::table.filter(from.or(to)).select(DocumentRelation::as_select());
    rows.order(document_relations::id).load(conn)
}

impl DocumentRelation {
    /// The document that says something of the other.
    pub fn from(&self) -> Option<Id> {
        self.from_resolution_id.or(self.from_programme_id)
    }

    /// The document of which something is said.
    pub fn to(&self) -> Option<Id> {
        self.to_resolution_id.or(self.to_programme_id)
    }
}

/// Which documents each document implements: the graph for `domain::resolutions::implemented_by`.
pub fn implements(conn: &mut Connection) -> StoreResult<HashMap<Id, Vec<Id>>> {
    said(conn, Relation::Implements)
}

/// Of which documents each document says this.
pub fn said(conn: &mut Connection, relation: Relation) -> StoreResult<HashMap<Id, Vec<Id>>> {
    let rows: Vec<DocumentRelation> = document_relations::table
        .filter(document_relations::relation.eq(relation))
        .select(DocumentRelation::as_select())
        .order(document_relations::id)
        .load(conn)?;
    let mut graph: HashMap<Id, Vec<Id>> = HashMap::new();
    for row in rows {
        if let (Some(from), Some(to)) = (row.from(), row.to()) {
            graph.entry(from).or_default().push(to);
        }
    }
    Ok(graph)
}

/// Every relation there is.
pub fn all(conn: &mut Connection) -> StoreResult<Vec<DocumentRelation>> {
    document_relations::table.select(DocumentRelation::as_select()).order(document_relations::id).load(conn)
}
