//! What lists to choose from offer: units, documents, fields.

use super::session::Visitor;
use crate::domain::fields::FieldQuery;
use crate::domain::programmes::ProgrammeQuery;
use crate::domain::resolutions::ResolutionQuery;
use crate::domain::units::UnitQuery;
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, ReadWork, Right};
use crate::service::paging::Page;
use crate::service::{fields, programmes, resolutions, units};
use crate::state::Connection;

/// One of a list to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen now.
    pub chosen: bool,
}

impl Choice {
    /// A choice; `chosen` is what is chosen now.
    pub fn new(value: &str, label: &str, chosen: Option<&str>) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), chosen: chosen == Some(value) }
    }
}

/// Most pages of a list: the directory of a province, in pages as lists give them.
const PAGES: usize = 10;
/// Items of a page.
const LIMIT: Option<i64> = Some(200);

/// All items of a list, page by page.
fn all<T>(mut page: impl FnMut(Option<String>) -> AppResult<Page<T>>) -> AppResult<Vec<T>> {
    let (mut found, mut cursor) = (Vec::new(), None);
    for _ in 0..PAGES {
        let next = page(cursor)?;
        found.extend(next.items);
        cursor = next.next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(found)
}

/// The units, by code.
///
/// # Errors
/// As `units::list`.
pub fn units<R: Right>(conn: &mut Connection, visitor: &Visitor<R>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let permit = visitor.actor().permit::<ReadDirectory>()?;
    let found = all(|cursor| units::list(conn, &permit, UnitQuery { limit: LIMIT, cursor, ..UnitQuery::default() }))?;
    Ok(found.iter().map(|unit| Choice::new(&unit.code, &unit.name, chosen)).collect())
}

/// The resolutions, by id.
///
/// # Errors
/// As `resolutions::list`.
pub fn resolutions<R: Right>(conn: &mut Connection, visitor: &Visitor<R>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let permit = visitor.actor().permit::<ReadWork>()?;
    let found = all(|cursor| resolutions::list(conn, &permit, ResolutionQuery { limit: LIMIT, cursor, ..ResolutionQuery::default() }))?;
    Ok(found.iter().map(|r| Choice::new(&r.id.to_string(), &named(r.number.as_deref(), &r.title), chosen)).collect())
}

/// The programmes, by id.
///
/// # Errors
/// As `programmes::list`.
pub fn programmes<R: Right>(conn: &mut Connection, visitor: &Visitor<R>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let permit = visitor.actor().permit::<ReadWork>()?;
    let found = all(|cursor| programmes::list(conn, &permit, ProgrammeQuery { limit: LIMIT, cursor, ..ProgrammeQuery::default() }))?;
    Ok(found.iter().map(|p| Choice::new(&p.id.to_string(), &named(p.number.as_deref(), &p.title), chosen)).collect())
}

/// The fields of work, by id.
///
/// # Errors
/// As `fields::list`.
pub fn fields<R: Right>(conn: &mut Connection, visitor: &Visitor<R>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let permit = visitor.actor().permit::<ReadDirectory>()?;
    let found = all(|cursor| fields::list(conn, &permit, FieldQuery { limit: LIMIT, cursor, ..FieldQuery::default() }))?;
    Ok(found.iter().map(|field| Choice::new(&field.id.to_string(), &field.name, chosen)).collect())
}

/// A document by number and title.
fn named(number: Option<&str>, title: &str) -> String {
    [number, Some(title)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
