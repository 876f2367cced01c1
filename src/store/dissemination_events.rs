//! Conferences, and what stands in rows of their own: connection points, presenters, essays by unit.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::task_rows::Place;
use crate::db::Connection;
use crate::db::connection::MultiBackend;
use crate::db::schema::{dissemination_essays, dissemination_events, dissemination_sites};
use crate::domain::dissemination_events::{EventKind, EventLevel, EventState};
use crate::domain::partial_date::DatePrecision;
use crate::domain::{Id, Origin};

/// One conference.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dissemination_events, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct DisseminationEvent {
    pub id: Id,
    pub root_id: Id,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub plan_id: Option<Id>,
    pub kind: EventKind,
    pub level: EventLevel,
    pub title: String,
    pub host_unit_id: Option<Id>,
    pub host_text: Option<String>,
    pub state: EventState,
    pub reason: Option<String>,
    pub held_text: Option<String>,
    pub held_on: Option<NaiveDate>,
    pub held_precision: Option<DatePrecision>,
    pub held_to: Option<NaiveDate>,
    pub duration: Option<String>,
    /// JSON: a list of `EventFormat`.
    pub formats: String,
    pub is_first: bool,
    pub site_count: Option<i32>,
    pub attendance: Option<String>,
    /// JSON: a list of `AudienceDraft`.
    pub audiences: String,
    pub combined_with: Option<String>,
    /// JSON: the `Essays`, with the deadline as it was read when it was written.
    pub essays: Option<String>,
    pub source: Option<String>,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(dissemination_events, DisseminationEvent, searched);

/// Which conferences a list asks for.
#[derive(Debug, Default, Clone)]
pub struct DisseminationEventFilter {
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub kinds: Vec<EventKind>,
    pub level: Option<EventLevel>,
    pub state: Option<EventState>,
    pub host_unit_id: Option<Id>,
    /// Voided ones too.
    pub voided: bool,
    /// The last conference of the page before.
    pub after: Option<Id>,
    pub limit: i64,
}

type Query<'a> = dissemination_events::BoxedQuery<'a, MultiBackend>;

/// A page of conferences in the order they were recorded, of those that `place` shows: all of its
/// roots, and those that its units hold, sat in, or owe essays to.
pub fn list(conn: &mut Connection, place: &Place, filter: &DisseminationEventFilter) -> StoreResult<Vec<DisseminationEvent>> {
    use dissemination_events as e;
    let mut query = visible(place).order(e::id).limit(filter.limit);
    if let Some(resolution) = filter.resolution_id {
        query = query.filter(e::resolution_id.eq(resolution));
    }
    if let Some(programme) = filter.programme_id {
        query = query.filter(e::programme_id.eq(programme));
    }
    if !filter.kinds.is_empty() {
        query = query.filter(e::kind.eq_any(filter.kinds.clone()));
    }
    if let Some(level) = filter.level {
        query = query.filter(e::level.eq(level));
    }
    if let Some(state) = filter.state {
        query = query.filter(e::state.eq(state));
    }
    if let Some(host) = filter.host_unit_id {
        query = query.filter(e::host_unit_id.eq(host));
    }
    if !filter.voided {
        query = query.filter(e::voided_at.is_null());
    }
    if let Some(id) = filter.after {
        query = query.filter(e::id.gt(id));
    }
    query.select(DisseminationEvent::as_select()).load(conn)
}

/// Those of these conferences that `place` shows, voided ones too.
pub fn visible_among(conn: &mut Connection, place: &Place, ids: &[Id]) -> StoreResult<Vec<Id>> {
    visible(place).filter(dissemination_events::id.eq_any(ids.to_vec())).select(dissemination_events::id).load(conn)
}

/// The conferences about a resolution that were held up to a day, in the order of their days.
pub fn held(conn: &mut Connection, resolution: Id, until: NaiveDate) -> StoreResult<Vec<DisseminationEvent>> {
    use dissemination_events as e;
    e::table
        .filter(e::resolution_id.eq(resolution).and(e::state.eq(EventState::Held)).and(e::voided_at.is_null()))
        .filter(e::held_on.le(until))
        .order((e::held_on, e::id))
        .select(DisseminationEvent::as_select())
        .load(conn)
}

/// How many conferences about a programme were held.
pub fn count_held(conn: &mut Connection, programme: Id) -> StoreResult<i64> {
    use dissemination_events as e;
    let held = e::programme_id.eq(programme).and(e::state.eq(EventState::Held)).and(e::voided_at.is_null());
    e::table.filter(held).count().get_result(conn)
}

fn visible<'a>(place: &Place) -> Query<'a> {
    use dissemination_events as e;
    let Place { roots, units } = place;
    let sat = dissemination_sites::table.filter(dissemination_sites::unit_id.eq_any(units.clone())).select(dissemination_sites::event_id);
    let owed =
        dissemination_essays::table.filter(dissemination_essays::unit_id.eq_any(units.clone())).select(dissemination_essays::event_id);
    let hosted = e::host_unit_id.eq_any(units.clone()).assume_not_null();
    e::table
        .filter(e::root_id.eq_any(roots.clone()).or(hosted.and(e::host_unit_id.is_not_null())).or(e::id.eq_any(sat)).or(e::id.eq_any(owed)))
        .into_boxed()
}
