//! The documents around a resolution, as an indented tree: each below the one it is nearest to.

use std::collections::HashMap;

use super::labels::Label;
use crate::domain::document_graph::{Direction, GraphQuery};
use crate::domain::programmes::ProgrammeState;
use crate::domain::{Id, Language};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadWork};
use crate::service::document_graph;
use crate::state::Connection;
use crate::view::document_graph::GraphDocumentView;

/// A document in the tree.
#[derive(Debug)]
pub struct Branch {
    /// How far it is indented, from 1.
    pub depth: u32,
    /// What it is to the document above it.
    pub relation: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Number and title.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its date, as written.
    pub issued: Option<String>,
    /// Its own page, if it is a resolution.
    pub href: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// What a resolution carries out, and what carries it out.
///
/// # Errors
/// The database's.
pub fn around(
    conn: &mut Connection,
    permit: &Permit<ReadWork>,
    resolution: Id,
    language: Language,
) -> AppResult<(Vec<Branch>, Vec<Branch>)> {
    let mut trees = Direction::ALL.iter().map(|way| tree(conn, permit, resolution, *way, language));
    let (above, below) = (trees.next(), trees.next());
    Ok((above.transpose()?.unwrap_or_default(), below.transpose()?.unwrap_or_default()))
}

fn tree(conn: &mut Connection, permit: &Permit<ReadWork>, resolution: Id, way: Direction, language: Language) -> AppResult<Vec<Branch>> {
    let query = GraphQuery { direction: Some(way), limit: Some(200), ..GraphQuery::default() };
    let graph = document_graph::around(conn, permit, resolution, query)?;
    let known = graph.known;
    let reached = graph.page.items.into_iter().filter_map(|(way, reached)| GraphDocumentView::new(way, reached, &known));
    let mut below: HashMap<Id, Vec<GraphDocumentView>> = HashMap::new();
    for document in reached {
        let near = document.via.first().map(|edge| if way == Direction::Up { edge.from } else { edge.to });
        below.entry(near.unwrap_or(resolution)).or_default().push(document);
    }
    let mut branches = Vec::new();
    hang(resolution, &mut below, language, &mut branches);
    Ok(branches)
}

fn hang(near: Id, below: &mut HashMap<Id, Vec<GraphDocumentView>>, language: Language, branches: &mut Vec<Branch>) {
    for document in below.remove(&near).into_iter().flatten() {
        let id = document.resolution.or(document.programme);
        branches.push(branch(document, language));
        if let Some(id) = id {
            hang(id, below, language, branches);
        }
    }
}

fn branch(document: GraphDocumentView, language: Language) -> Branch {
    let kind = document.resolution_kind.map(|kind| kind.label(language)).or(document.programme_kind.map(|kind| kind.label(language)));
    Branch {
        depth: document.depth.min(5),
        relation: document.via.first().map(|edge| edge.relation.label(language)).unwrap_or_default(),
        kind: kind.unwrap_or_default(),
        title: [document.number, Some(document.title)].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        issuer: document.issuer.map(|unit| unit.name).or(document.issuer_text),
        issued: document.issued_on.map(|date| date.text),
        href: document.resolution.map(|id| format!("/resolutions/{id}")).or(document.programme.map(|id| format!("/programmes/{id}"))),
        draft: document.state == Some(ProgrammeState::Draft),
    }
}
