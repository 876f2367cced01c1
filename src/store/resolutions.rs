//! Resolutions.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{ESCAPE, StoreResult, containing};
use crate::db::Connection;
use crate::db::schema::resolutions;
use crate::domain::partial_date::DatePrecision;
use crate::domain::resolutions::CycleAnchor;
use crate::domain::resolutions::ResolutionKind;
use crate::domain::resolutions::ResolutionLevel;
use crate::domain::{Id, Origin};

/// One resolution.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = resolutions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Resolution {
    pub id: Id,
    pub root_id: Id,
    pub term_id: Option<Id>,
    pub kind: ResolutionKind,
    pub number: Option<String>,
    pub title: String,
    pub folded: String,
    pub level: ResolutionLevel,
    pub issuer_unit_id: Option<Id>,
    pub issuer_text: Option<String>,
    pub issued_text: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub issued_precision: Option<DatePrecision>,
    pub cycle_anchor: CycleAnchor,
    pub source: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    /// What spellings of its number share; none without a running number.
    pub number_key: Option<String>,
    /// Who owes documents to carry it out, as JSON, where it was said.
    pub owed_by: Option<String>,
}

versioned!(resolutions, Resolution, searched);

/// Which resolutions a list asks for.
#[derive(Debug, Default, Clone)]
pub struct ResolutionFilter {
    /// The roots the reader may see.
    pub roots: Vec<Id>,
    pub kinds: Vec<ResolutionKind>,
    pub level: Option<ResolutionLevel>,
    pub term_id: Option<Id>,
    pub issuer_unit_id: Option<Id>,
    /// What spellings of a number share.
    pub number_key: Option<String>,
    /// Folded words to find in number and title, and the key of the number they may be.
    pub search: Option<(String, String)>,
    /// The last resolution of the page before.
    pub after: Option<Id>,
    pub limit: i64,
}

/// A page of resolutions in the order they were recorded.
pub fn list(conn: &mut Connection, filter: &ResolutionFilter) -> StoreResult<Vec<Resolution>> {
    let mut query = resolutions::table.select(Resolution::as_select()).order(resolutions::id).limit(filter.limit).into_boxed();
    query = query.filter(resolutions::root_id.eq_any(filter.roots.clone()));
    if !filter.kinds.is_empty() {
        query = query.filter(resolutions::kind.eq_any(filter.kinds.clone()));
    }
    if let Some(level) = filter.level {
        query = query.filter(resolutions::level.eq(level));
    }
    if let Some(term) = filter.term_id {
        query = query.filter(resolutions::term_id.eq(term));
    }
    if let Some(issuer) = filter.issuer_unit_id {
        query = query.filter(resolutions::issuer_unit_id.eq(issuer));
    }
    if let Some(key) = &filter.number_key {
        query = query.filter(resolutions::number_key.eq(key.clone()));
    }
    if let Some((words, key)) = &filter.search {
        let found = resolutions::folded.like(containing(words)).escape(ESCAPE);
        query =
            query.filter(found.or(resolutions::number_key.is_not_null().and(resolutions::number_key.assume_not_null().eq(key.clone()))));
    }
    if let Some(id) = filter.after {
        query = query.filter(resolutions::id.gt(id));
    }
    query.load(conn)
}

/// The resolutions of a kind whose number has this key.
pub fn numbered(conn: &mut Connection, root: Id, kind: ResolutionKind, number_key: &str) -> StoreResult<Vec<Resolution>> {
    resolutions::table
        .filter(resolutions::root_id.eq(root))
        .filter(resolutions::kind.eq(kind))
        .filter(resolutions::number_key.eq(number_key))
        .select(Resolution::as_select())
        .load(conn)
}

/// Ids of every resolution kept for these roots.
pub fn ids_within(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<Id>> {
    resolutions::table.filter(resolutions::root_id.eq_any(roots.to_vec())).select(resolutions::id).load(conn)
}

/// The resolutions of a term.
pub fn of_term(conn: &mut Connection, term: Id) -> StoreResult<Vec<Resolution>> {
    resolutions::table.filter(resolutions::term_id.eq(term)).order(resolutions::id).select(Resolution::as_select()).load(conn)
}
