//! Search over everything the reader may read: what lists show, and nothing else.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::search::{LONGEST, SearchKind, SearchQuery, Span, read, spans};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::search::{Found, SearchFilter};

use super::access::{Permit, ReadDirectory, ReadWork};
use super::paging::{Page, PageRequest};
use super::shown_tasks::{ShownTask, show};
use super::{documents, tasks};

/// A find with what is shown beside it.
#[derive(Debug)]
pub struct Find {
    /// What was found.
    pub found: Found,
    /// Where the words stand in its title.
    pub title_spans: Vec<Span>,
    /// The part of its other words in which any stand, and where.
    pub snippet: Option<(String, Vec<Span>)>,
    /// The task, if it is one.
    pub task: Option<ShownTask>,
}

/// A page of what was found, best first. A question without a word finds nothing.
///
/// # Errors
/// `invalid_parameter` for a question that is too long, and for a wrong page.
pub fn search(conn: &mut Connection, permit: &Permit<ReadWork>, query: SearchQuery, at: &Moment) -> AppResult<Page<Find>> {
    let question = query.q.unwrap_or_default();
    if question.chars().count() > LONGEST {
        let field = FieldError::new("q", rules::LENGTH).with("min", 0).with("max", LONGEST);
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(field));
    }
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    let (after, limit) = (request.after()?, request.limit()? + 1);
    let terms = read(&question);
    let kinds = kinds(permit, &query.kind);
    if terms.is_empty() || kinds.is_empty() {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let (roots, rows) = (documents::own_roots(conn, permit)?, tasks::rows_of(conn, permit)?);
    let filter = SearchFilter { terms, kinds, roots, tasks: rows, after, limit };
    let found = store::search::search(conn, &filter)?;
    let page = request.page(found, |found| (found.rank, found.weight, found.length, found.id))?;
    let mut tasks = tasks_of(conn, permit, &page.items, at)?;
    let find = |found: Found| Find {
        title_spans: spans(&found.title, &filter.terms),
        snippet: snippet(&found.body, &filter.terms),
        task: tasks.remove(&found.id),
        found,
    };
    Ok(Page { items: page.items.into_iter().map(find).collect(), next: page.next })
}

/// The kinds asked for, as far as the reader may read them.
fn kinds(permit: &Permit<ReadWork>, asked: &[SearchKind]) -> Vec<SearchKind> {
    let directory = permit.actor().permit::<ReadDirectory>().is_ok();
    let all = SearchKind::ALL.iter().copied();
    all.filter(|kind| (directory || !kind.is_directory()) && (asked.is_empty() || asked.contains(kind))).collect()
}

fn tasks_of(conn: &mut Connection, permit: &Permit<ReadWork>, found: &[Found], at: &Moment) -> AppResult<HashMap<Id, ShownTask>> {
    let ids: Vec<Id> = found.iter().filter(|found| found.kind == SearchKind::Task).map(|found| found.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = store::tasks::rows_with_ids(conn, &ids)?;
    Ok(show(conn, permit.actor(), rows, at)?.into_iter().map(|shown| (shown.record.task.id, shown)).collect())
}

/// Characters shown before the first word that was found, and altogether.
const BEFORE: usize = 40;
const SHOWN: usize = 200;

/// The part of a text around the first word that was found in it.
fn snippet(body: &str, terms: &[crate::domain::search::Term]) -> Option<(String, Vec<Span>)> {
    let first = spans(body, terms).first()?.start;
    let letters: Vec<char> = body.chars().collect();
    let near = first.saturating_sub(BEFORE);
    // A word is not cut where it can be helped.
    let begin = letters.iter().take(near).rposition(|c| c.is_whitespace()).map_or(0, |at| at + 1);
    let text: String = letters.iter().skip(begin).take(SHOWN).collect();
    let found = spans(&text, terms);
    Some((text, found))
}

/// Makes everything that is searched anew from the records; answers how many may be found.
///
/// # Errors
/// The database's.
pub fn rebuild(conn: &mut Connection) -> AppResult<u64> {
    Ok(store::search_entries::rebuild(conn)?)
}
