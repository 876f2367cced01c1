//! Good practices.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::task_rows::Place;
use crate::db::Connection;
use crate::db::connection::MultiBackend;
use crate::db::schema::good_practices;
use crate::domain::partial_date::DatePrecision;
use crate::domain::{Id, Origin};

/// One good practice.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = good_practices, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct GoodPractice {
    pub id: Id,
    pub root_id: Id,
    pub owner_unit_id: Id,
    pub programme_id: Option<Id>,
    pub title: String,
    pub description: Option<String>,
    pub recurring: Option<String>,
    pub since_text: Option<String>,
    pub since_on: Option<NaiveDate>,
    pub since_precision: Option<DatePrecision>,
    pub source: Option<String>,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(good_practices, GoodPractice, searched);

/// Which good practices a list asks for.
#[derive(Debug, Default, Clone)]
pub struct GoodPracticeFilter {
    pub programme_id: Option<Id>,
    pub owner_unit_id: Option<Id>,
    /// Voided ones too.
    pub voided: bool,
    /// The last one of the page before.
    pub after: Option<Id>,
    pub limit: i64,
}

/// A page of good practices in the order they were recorded, of those that `place` shows: of its roots,
/// and of its units.
pub fn list(conn: &mut Connection, place: &Place, filter: &GoodPracticeFilter) -> StoreResult<Vec<GoodPractice>> {
    let mut query = visible(place).order(good_practices::id).limit(filter.limit);
    if let Some(programme) = filter.programme_id {
        query = query.filter(good_practices::programme_id.eq(programme));
    }
    if let Some(owner) = filter.owner_unit_id {
        query = query.filter(good_practices::owner_unit_id.eq(owner));
    }
    if !filter.voided {
        query = query.filter(good_practices::voided_at.is_null());
    }
    if let Some(id) = filter.after {
        query = query.filter(good_practices::id.gt(id));
    }
    query.select(GoodPractice::as_select()).load(conn)
}

/// Those of these that `place` shows, voided ones too.
pub fn visible_among(conn: &mut Connection, place: &Place, ids: &[Id]) -> StoreResult<Vec<Id>> {
    visible(place).filter(good_practices::id.eq_any(ids.to_vec())).select(good_practices::id).load(conn)
}

/// How many good practices grew from a programme.
pub fn count(conn: &mut Connection, programme: Id) -> StoreResult<i64> {
    let of_programme = good_practices::programme_id.eq(programme).and(good_practices::voided_at.is_null());
    good_practices::table.filter(of_programme).count().get_result(conn)
}

fn visible<'a>(place: &Place) -> good_practices::BoxedQuery<'a, MultiBackend> {
    let owned = good_practices::owner_unit_id.eq_any(place.units.clone());
    good_practices::table.filter(good_practices::root_id.eq_any(place.roots.clone()).or(owned)).into_boxed()
}
