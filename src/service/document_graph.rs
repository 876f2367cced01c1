//! What leads up to a document, and what it leads to, across all levels.

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::document_graph::{DEEPEST, Direction, GraphQuery, Reached, walk};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::document_graph::Known;

use super::access::{Permit, ReadWork};
use super::documents;
use super::paging::{Page, PageRequest};

/// A page of a graph.
#[derive(Debug)]
pub struct Graph {
    /// The documents, each with the way to it.
    pub page: Page<(Direction, Reached)>,
    /// What is known of them.
    pub known: Known,
}

/// The documents around one that the reader may read: upwards, then downwards, each way the nearest
/// first. Documents of roots the reader does not see are neither shown nor passed through.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn around(conn: &mut Connection, permit: &Permit<ReadWork>, document: Id, query: GraphQuery) -> AppResult<Graph> {
    let depth = query.depth.unwrap_or(DEEPEST);
    if !(1..=DEEPEST).contains(&depth) {
        let field = FieldError::new("depth", rules::RANGE).with("min", 1).with("max", DEEPEST);
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(field));
    }
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    let after: Option<(bool, u32, Id)> = request.after()?;
    let roots = documents::own_roots(conn, permit)?;
    let mut edges = store::document_graph::edges(conn, &roots)?;
    edges.retain(|edge| query.relation.is_empty() || query.relation.contains(&edge.relation));
    let ways = Direction::ALL.iter().copied().filter(|way| query.direction.is_none_or(|asked| asked == *way));
    let all = ways.flat_map(|way| walk(document, &edges, way, depth).into_iter().map(move |found| (way, found)));
    let key = |(way, found): &(Direction, Reached)| (*way == Direction::Down, found.depth, found.id);
    let most = usize::try_from(request.limit()? + 1).unwrap_or(usize::MAX);
    let rows: Vec<_> = all.filter(|found| after.is_none_or(|after| key(found) > after)).take(most).collect();
    let page = request.page(rows, key)?;
    let ids: Vec<Id> = page.items.iter().map(|(_, found)| found.id).collect();
    let known = store::document_graph::known(conn, &ids)?;
    Ok(Graph { page, known })
}
