//! Terms of office.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Condition, StoreResult, any_of, below};
use crate::db::Connection;
use crate::db::schema::{areas, terms};
use crate::domain::Id;

/// One term.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = terms, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Term {
    pub id: Id,
    pub root_id: Id,
    pub ordinal: i32,
    pub ordinal_text: String,
    pub title: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub previous_term_id: Option<Id>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(terms, Term);

/// Which terms a list asks for.
#[derive(Debug, Default, Clone)]
pub struct TermFilter {
    /// Paths of the root areas the reader may see.
    pub roots: Vec<String>,
    pub root_id: Option<Id>,
    /// In force on this day.
    pub valid_on: Option<NaiveDate>,
    /// First day and id of the last term of the page before.
    pub after: Option<(NaiveDate, Id)>,
    pub limit: i64,
}

/// A page of terms, the latest first.
pub fn list(conn: &mut Connection, filter: &TermFilter) -> StoreResult<Vec<Term>> {
    let mut query =
        terms::table.select(Term::as_select()).order((terms::starts_on.desc(), terms::id.desc())).limit(filter.limit).into_boxed();
    query = query.filter(any_of(filter.roots.iter().map(|root| in_root(root))));
    if let Some(root) = filter.root_id {
        query = query.filter(terms::root_id.eq(root));
    }
    if let Some(day) = filter.valid_on {
        query = query.filter(terms::starts_on.le(day)).filter(terms::ends_on.ge(day));
    }
    if let Some((day, id)) = filter.after {
        query = query.filter(terms::starts_on.lt(day).or(terms::starts_on.eq(day).and(terms::id.lt(id))));
    }
    query.load(conn)
}

fn in_root(root: &str) -> Condition<terms::table> {
    Box::new(terms::root_id.eq_any(areas::table.filter(areas::path.like(below(root))).select(areas::id)))
}
