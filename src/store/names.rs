//! What conferences, good practices and commendations mention, read at once for a page of them.

use std::collections::HashMap;

use super::areas::{self, Area};
use super::documents::{self, Mentioned};
use super::posts::{self, Post};
use super::units::{self, Unit};
use super::{StoreResult, among};
use crate::db::Connection;
use crate::domain::Id;
use crate::domain::documents::DocumentId;

/// Ids of what is mentioned.
#[derive(Debug, Default, Clone)]
pub struct Named {
    /// Root areas.
    pub roots: Vec<Id>,
    /// Units; those of posts are found with them.
    pub units: Vec<Id>,
    /// Posts.
    pub posts: Vec<Id>,
    /// Resolutions and programmes.
    pub documents: Vec<DocumentId>,
}

/// What is mentioned, by id.
#[derive(Debug, Default, Clone)]
pub struct Names {
    /// Root areas.
    pub roots: HashMap<Id, Area>,
    /// Units.
    pub units: HashMap<Id, Unit>,
    /// Posts.
    pub posts: HashMap<Id, Post>,
    /// Resolutions and programmes.
    pub documents: HashMap<Id, Mentioned>,
}

/// Reads what is mentioned.
pub fn of(conn: &mut Connection, named: Named) -> StoreResult<Names> {
    let mut names = Names::default();
    for id in among::distinct(&named.roots) {
        names.roots.extend(areas::find(conn, id)?.map(|area| (id, area)));
    }
    names.posts = posts::with_ids(conn, &named.posts)?.into_iter().map(|post| (post.id, post)).collect();
    let ids: Vec<Id> = named.units.into_iter().chain(names.posts.values().map(|post| post.unit_id)).collect();
    names.units = units::with_ids(conn, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
    for document in named.documents {
        if !names.documents.contains_key(&document.id()) {
            names.documents.extend(documents::find(conn, document)?.map(|found| (document.id(), found)));
        }
    }
    Ok(names)
}

/// The one document of two columns.
pub fn document(resolution: Option<Id>, programme: Option<Id>) -> Option<DocumentId> {
    resolution.map(DocumentId::Resolution).or(programme.map(DocumentId::Programme))
}
