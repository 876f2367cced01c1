//! Indicators.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::indicators;
use crate::domain::indicators::{Aggregation, IndicatorRole};
use crate::domain::targets::TargetDirection;
use crate::domain::{Id, Origin};

/// One indicator.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = indicators, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Indicator {
    pub id: Id,
    pub root_id: Id,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub ordinal: i32,
    pub label: Option<String>,
    pub name: String,
    pub unit_of_measure: Option<String>,
    pub direction: TargetDirection,
    pub aggregation: Aggregation,
    pub from_year: i32,
    pub to_year: i32,
    pub history_from: Option<i32>,
    pub baseline_period: Option<String>,
    pub baseline_text: Option<String>,
    pub parent_id: Option<Id>,
    pub role: IndicatorRole,
    pub lead_unit_id: Option<Id>,
    pub objective_id: Option<Id>,
    pub description: Option<String>,
    pub source: Option<String>,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

impl Indicator {
    /// The unit its numbers are told in; empty where it is told in words.
    pub fn unit(&self) -> &str {
        self.unit_of_measure.as_deref().unwrap_or_default()
    }
}

versioned!(indicators, Indicator);

/// Which indicators a list asks for.
#[derive(Debug, Default, Clone)]
pub struct IndicatorFilter {
    /// Root areas the reader may see.
    pub roots: Vec<Id>,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub lead_unit_id: Option<Id>,
    /// Voided ones too.
    pub voided: bool,
    /// Place and id of the last one of the page before.
    pub after: Option<(i32, Id)>,
    pub limit: i64,
}

/// A page of indicators by their places.
pub fn list(conn: &mut Connection, filter: &IndicatorFilter) -> StoreResult<Vec<Indicator>> {
    let mut query = indicators::table
        .filter(indicators::root_id.eq_any(filter.roots.clone()))
        .select(Indicator::as_select())
        .order((indicators::ordinal, indicators::id))
        .limit(filter.limit)
        .into_boxed();
    if let Some(resolution) = filter.resolution_id {
        query = query.filter(indicators::resolution_id.eq(resolution));
    }
    if let Some(programme) = filter.programme_id {
        query = query.filter(indicators::programme_id.eq(programme));
    }
    if let Some(unit) = filter.lead_unit_id {
        query = query.filter(indicators::lead_unit_id.eq(unit));
    }
    if !filter.voided {
        query = query.filter(indicators::voided_at.is_null());
    }
    if let Some((ordinal, id)) = filter.after {
        let same = indicators::ordinal.eq(ordinal).and(indicators::id.gt(id));
        query = query.filter(indicators::ordinal.gt(ordinal).or(same));
    }
    query.load(conn)
}

/// The indicators of these roots that stood before a time, or of one document of them, by their places.
pub fn standing(conn: &mut Connection, roots: &[Id], document: Option<Id>, before: NaiveDateTime) -> StoreResult<Vec<Indicator>> {
    let mut query = indicators::table
        .filter(indicators::root_id.eq_any(roots.to_vec()).and(indicators::recorded_at.lt(before)))
        .filter(indicators::voided_at.is_null().or(indicators::voided_at.ge(before)))
        .select(Indicator::as_select())
        .order((indicators::ordinal, indicators::id))
        .into_boxed();
    if let Some(document) = document {
        query = query.filter(indicators::resolution_id.eq(document).or(indicators::programme_id.eq(document)));
    }
    query.load(conn)
}

/// Which one stands at a place of a document.
pub fn at_place(conn: &mut Connection, document: Id, ordinal: i32) -> StoreResult<Option<Id>> {
    let own = indicators::resolution_id.eq(document).or(indicators::programme_id.eq(document)).assume_not_null();
    let there = indicators::table.filter(own).filter(indicators::ordinal.eq(ordinal)).filter(indicators::voided_at.is_null());
    there.select(indicators::id).first(conn).optional()
}

/// The indicators that stand below one.
pub fn below(conn: &mut Connection, parent: Id) -> StoreResult<Vec<Indicator>> {
    let standing = indicators::table.filter(indicators::parent_id.eq(parent)).filter(indicators::voided_at.is_null());
    standing.select(Indicator::as_select()).order((indicators::ordinal, indicators::id)).load(conn)
}
