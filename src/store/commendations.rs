//! Commendations and those they honour.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::task_rows::Place;
use crate::db::Connection;
use crate::db::connection::MultiBackend;
use crate::db::schema::{commendation_recipients, commendations};
use crate::domain::commendations::{CommendationForm, CommendationLevel, RecipientKind};
use crate::domain::partial_date::DatePrecision;
use crate::domain::{Id, Origin};

/// One commendation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commendations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Commendation {
    pub id: Id,
    pub root_id: Id,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub level: CommendationLevel,
    pub form: CommendationForm,
    pub awarding_unit_id: Option<Id>,
    pub awarding_text: Option<String>,
    pub collectives: i32,
    pub individuals: i32,
    pub awarded_text: Option<String>,
    pub awarded_on: Option<NaiveDate>,
    pub awarded_precision: Option<DatePrecision>,
    pub reason: Option<String>,
    pub source: Option<String>,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(commendations, Commendation, searched);

/// A recipient.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = commendation_recipients, treat_none_as_default_value = false)]
pub struct Recipient {
    pub id: Id,
    pub commendation_id: Id,
    pub kind: RecipientKind,
    pub unit_id: Option<Id>,
    pub words: Option<String>,
}

/// Which commendations a list asks for.
#[derive(Debug, Default, Clone)]
pub struct CommendationFilter {
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub level: Option<CommendationLevel>,
    /// Voided ones too.
    pub voided: bool,
    /// The last one of the page before.
    pub after: Option<Id>,
    pub limit: i64,
}

/// A page of commendations in the order they were recorded, of those that `place` shows: of its roots,
/// and those that its units award or receive.
pub fn list(conn: &mut Connection, place: &Place, filter: &CommendationFilter) -> StoreResult<Vec<Commendation>> {
    let mut query = visible(place).order(commendations::id).limit(filter.limit);
    if let Some(resolution) = filter.resolution_id {
        query = query.filter(commendations::resolution_id.eq(resolution));
    }
    if let Some(programme) = filter.programme_id {
        query = query.filter(commendations::programme_id.eq(programme));
    }
    if let Some(level) = filter.level {
        query = query.filter(commendations::level.eq(level));
    }
    if !filter.voided {
        query = query.filter(commendations::voided_at.is_null());
    }
    if let Some(id) = filter.after {
        query = query.filter(commendations::id.gt(id));
    }
    query.select(Commendation::as_select()).load(conn)
}

/// Those of these that `place` shows, voided ones too.
pub fn visible_among(conn: &mut Connection, place: &Place, ids: &[Id]) -> StoreResult<Vec<Id>> {
    visible(place).filter(commendations::id.eq_any(ids.to_vec())).select(commendations::id).load(conn)
}

/// Level, collectives and individuals of each commendation for a programme.
pub fn counts(conn: &mut Connection, programme: Id) -> StoreResult<Vec<(CommendationLevel, i32, i32)>> {
    commendations::table
        .filter(commendations::programme_id.eq(programme).and(commendations::voided_at.is_null()))
        .select((commendations::level, commendations::collectives, commendations::individuals))
        .load(conn)
}

/// The recipients of these commendations, each in the order it was told.
pub fn recipients(conn: &mut Connection, of: &[Id]) -> StoreResult<Vec<Recipient>> {
    use commendation_recipients as r;
    let chosen = r::table.filter(r::commendation_id.eq_any(of.to_vec()));
    chosen.order((r::commendation_id, r::id)).select(Recipient::as_select()).load(conn)
}

/// Writes the recipients of a commendation in place of those before; the journal keeps them.
pub fn replace_recipients(conn: &mut Connection, of: Id, rows: &[Recipient]) -> StoreResult<()> {
    use commendation_recipients as r;
    diesel::delete(r::table.filter(r::commendation_id.eq(of))).execute(conn)?;
    rows.iter().try_for_each(|row| diesel::insert_into(r::table).values(row).execute(conn).map(drop))
}

fn visible<'a>(place: &Place) -> commendations::BoxedQuery<'a, MultiBackend> {
    use {commendation_recipients as r, commendations as c};
    let received = r::table.filter(r::unit_id.eq_any(place.units.clone())).select(r::commendation_id);
    let awarded = c::awarding_unit_id.eq_any(place.units.clone()).assume_not_null().and(c::awarding_unit_id.is_not_null());
    c::table.filter(c::root_id.eq_any(place.roots.clone()).or(awarded).or(c::id.eq_any(received))).into_boxed()
}
