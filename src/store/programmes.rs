//! Programmes.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{ESCAPE, StoreResult, containing};
use crate::db::Connection;
use crate::db::schema::programmes;
use crate::domain::partial_date::DatePrecision;
use crate::domain::programmes::ProgrammeKind;
use crate::domain::programmes::ProgrammeScope;
use crate::domain::programmes::ProgrammeState;
use crate::domain::{Id, Origin};

/// One programme.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = programmes, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Programme {
    pub id: Id,
    pub root_id: Id,
    pub term_id: Option<Id>,
    pub kind: ProgrammeKind,
    pub number: Option<String>,
    pub title: String,
    pub folded: String,
    pub issuer_unit_id: Option<Id>,
    pub issuer_text: Option<String>,
    pub drafting_unit_id: Option<Id>,
    pub scope: ProgrammeScope,
    pub scope_year: Option<i32>,
    pub period_from: Option<i32>,
    pub period_to: Option<i32>,
    pub orientation_from: Option<i32>,
    pub orientation_to: Option<i32>,
    pub issued_text: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub issued_precision: Option<DatePrecision>,
    pub state: ProgrammeState,
    pub source: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    /// What spellings of its number share; none without a running number.
    pub number_key: Option<String>,
}

versioned!(programmes, Programme, searched);

/// Which programmes a list asks for.
#[derive(Debug, Default, Clone)]
pub struct ProgrammeFilter {
    /// The roots the reader may see.
    pub roots: Vec<Id>,
    pub kinds: Vec<ProgrammeKind>,
    pub state: Option<ProgrammeState>,
    pub scope: Option<ProgrammeScope>,
    pub scope_year: Option<i32>,
    pub issuer_unit_id: Option<Id>,
    /// What spellings of a number share.
    pub number_key: Option<String>,
    /// Only these.
    pub ids: Option<Vec<Id>>,
    /// Folded words to find in number and title, and the key of the number they may be.
    pub search: Option<(String, String)>,
    /// The last programme of the page before.
    pub after: Option<Id>,
    pub limit: i64,
}

/// A page of programmes in the order they were recorded.
pub fn list(conn: &mut Connection, filter: &ProgrammeFilter) -> StoreResult<Vec<Programme>> {
    let mut query = programmes::table.select(Programme::as_select()).order(programmes::id).limit(filter.limit).into_boxed();
    query = query.filter(programmes::root_id.eq_any(filter.roots.clone()));
    if !filter.kinds.is_empty() {
        query = query.filter(programmes::kind.eq_any(filter.kinds.clone()));
    }
    if let Some(state) = filter.state {
        query = query.filter(programmes::state.eq(state));
    }
    if let Some(scope) = filter.scope {
        query = query.filter(programmes::scope.eq(scope));
    }
    if let Some(year) = filter.scope_year {
        query = query.filter(programmes::scope_year.eq(year));
    }
    if let Some(issuer) = filter.issuer_unit_id {
        query = query.filter(programmes::issuer_unit_id.eq(issuer));
    }
    if let Some(key) = &filter.number_key {
        query = query.filter(programmes::number_key.eq(key.clone()));
    }
    if let Some(ids) = &filter.ids {
        query = query.filter(programmes::id.eq_any(ids.clone()));
    }
    if let Some((words, key)) = &filter.search {
        let found = programmes::folded.like(containing(words)).escape(ESCAPE);
        query = query.filter(found.or(programmes::number_key.is_not_null().and(programmes::number_key.assume_not_null().eq(key.clone()))));
    }
    if let Some(id) = filter.after {
        query = query.filter(programmes::id.gt(id));
    }
    query.load(conn)
}

/// The programmes of a kind whose number has this key.
pub fn numbered(conn: &mut Connection, root: Id, kind: ProgrammeKind, number_key: &str) -> StoreResult<Vec<Programme>> {
    programmes::table
        .filter(programmes::root_id.eq(root))
        .filter(programmes::kind.eq(kind))
        .filter(programmes::number_key.eq(number_key))
        .select(Programme::as_select())
        .load(conn)
}
