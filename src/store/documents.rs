//! What resolutions and programmes share: the roots they are kept for, and what they mention.

use std::collections::HashMap;

use diesel::prelude::*;

use super::StoreResult;
use super::document_relations::{self, DocumentRelation};
use super::programme_themes::{ContributionTo, ProgrammeTheme};
use super::units::{self, Unit};
use crate::db::Connection;
use crate::db::schema;
use crate::domain::Id;
use crate::domain::documents::DocumentId;

/// Ids of the root areas that lie within these paths.
pub fn root_ids(conn: &mut Connection, paths: &[String]) -> StoreResult<Vec<Id>> {
    use schema::areas;
    let roots: Vec<(Id, String)> = areas::table.filter(areas::parent_id.is_null()).select((areas::id, areas::path)).load(conn)?;
    Ok(roots.into_iter().filter(|(_, root)| paths.iter().any(|path| root.starts_with(path))).map(|(id, _)| id).collect())
}

/// A document where it is mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    /// Which document, of which kind.
    pub document: DocumentId,
    /// The root area it is kept for.
    pub root_id: Id,
    /// Its number, as printed.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
}

/// The document with this id, in short.
pub fn find(conn: &mut Connection, document: DocumentId) -> StoreResult<Option<Mentioned>> {
    let ids = vec![document.id()];
    let found = match document {
        DocumentId::Resolution(_) => mentioned_resolutions(conn, ids)?,
        DocumentId::Programme(_) => mentioned_programmes(conn, ids)?,
    };
    Ok(found.into_iter().next())
}

/// What a page of documents mentions, read at once.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Issuing and drafting units.
    pub units: HashMap<Id, Unit>,
    /// What the documents say of others, and others of them.
    pub relations: Vec<DocumentRelation>,
    /// The documents at the far ends.
    pub documents: HashMap<Id, Mentioned>,
    /// What programmes say beside the document itself.
    pub themes: Vec<ProgrammeTheme>,
    /// What programmes do for breakthroughs.
    pub contributions: Vec<ContributionTo>,
}

/// What these documents mention: these units, and documents kept for these roots.
pub fn mentions(conn: &mut Connection, documents: &[Id], unit_ids: &[Id], roots: &[Id]) -> StoreResult<Mentions> {
    let units = units::with_ids(conn, unit_ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let relations = document_relations::around(conn, documents)?;
    let (mut of_resolutions, mut of_programmes) = (Vec::new(), Vec::new());
    for relation in &relations {
        of_resolutions.extend([relation.from_resolution_id, relation.to_resolution_id].into_iter().flatten());
        of_programmes.extend([relation.from_programme_id, relation.to_programme_id].into_iter().flatten());
    }
    let mut mentioned = mentioned_resolutions(conn, of_resolutions)?;
    mentioned.append(&mut mentioned_programmes(conn, of_programmes)?);
    mentioned.retain(|other| roots.contains(&other.root_id));
    let documents = mentioned.into_iter().map(|m| (m.document.id(), m)).collect();
    Ok(Mentions { units, relations, documents, ..Mentions::default() })
}

fn mentioned_resolutions(conn: &mut Connection, ids: Vec<Id>) -> StoreResult<Vec<Mentioned>> {
    use schema::resolutions as r;
    let rows: Vec<(Id, Id, Option<String>, String)> =
        r::table.filter(r::id.eq_any(ids)).select((r::id, r::root_id, r::number, r::title)).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, root_id, number, title)| Mentioned { document: DocumentId::Resolution(id), root_id, number, title })
        .collect())
}

fn mentioned_programmes(conn: &mut Connection, ids: Vec<Id>) -> StoreResult<Vec<Mentioned>> {
    use schema::programmes as p;
    let rows: Vec<(Id, Id, Option<String>, String)> =
        p::table.filter(p::id.eq_any(ids)).select((p::id, p::root_id, p::number, p::title)).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, root_id, number, title)| Mentioned { document: DocumentId::Programme(id), root_id, number, title })
        .collect())
}
