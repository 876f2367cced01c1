//! What a conference has several of: connection points, presenters, essays by unit.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::dissemination_events::DisseminationEvent;
use super::names::{self, Named, Names};
use super::programme_themes::{self, ProgrammeTheme};
use super::units::Unit;
use crate::db::Connection;
use crate::db::schema::{dissemination_essays, dissemination_presenters, dissemination_sites};
use crate::domain::Id;
use crate::domain::documents::DocumentId;

/// A connection point.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dissemination_sites, treat_none_as_default_value = false)]
pub struct Site {
    pub id: Id,
    pub event_id: Id,
    pub name: String,
    pub is_main: bool,
    pub unit_id: Option<Id>,
}

/// A presenter.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dissemination_presenters, treat_none_as_default_value = false)]
pub struct Presenter {
    pub id: Id,
    pub event_id: Id,
    pub post_id: Option<Id>,
    pub post_text: Option<String>,
    pub topic: Option<String>,
}

/// The essays of one unit.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dissemination_essays, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct UnitEssays {
    pub event_id: Id,
    pub unit_id: Id,
    pub expected: Option<i32>,
    pub received: i32,
    pub recorded_at: NaiveDateTime,
}

/// The connection points of these conferences, each in the order it was told.
pub fn sites(conn: &mut Connection, events: &[Id]) -> StoreResult<Vec<Site>> {
    use dissemination_sites as s;
    let chosen = s::table.filter(s::event_id.eq_any(events.to_vec()));
    chosen.order((s::event_id, s::id)).select(Site::as_select()).load(conn)
}

/// The presenters of these conferences, each in the order it was told.
pub fn presenters(conn: &mut Connection, events: &[Id]) -> StoreResult<Vec<Presenter>> {
    use dissemination_presenters as p;
    let chosen = p::table.filter(p::event_id.eq_any(events.to_vec()));
    chosen.order((p::event_id, p::id)).select(Presenter::as_select()).load(conn)
}

/// The essays of these conferences by unit, in no order.
pub fn essays(conn: &mut Connection, events: &[Id]) -> StoreResult<Vec<UnitEssays>> {
    use dissemination_essays as e;
    e::table.filter(e::event_id.eq_any(events.to_vec())).select(UnitEssays::as_select()).load(conn)
}

/// Writes the connection points of a conference in place of those before; the journal keeps them.
pub fn replace_sites(conn: &mut Connection, event: Id, rows: &[Site]) -> StoreResult<()> {
    use dissemination_sites as s;
    diesel::delete(s::table.filter(s::event_id.eq(event))).execute(conn)?;
    rows.iter().try_for_each(|row| diesel::insert_into(s::table).values(row).execute(conn).map(drop))
}

/// Writes the presenters of a conference in place of those before; the journal keeps them.
pub fn replace_presenters(conn: &mut Connection, event: Id, rows: &[Presenter]) -> StoreResult<()> {
    use dissemination_presenters as p;
    diesel::delete(p::table.filter(p::event_id.eq(event))).execute(conn)?;
    rows.iter().try_for_each(|row| diesel::insert_into(p::table).values(row).execute(conn).map(drop))
}

/// Writes the essays of one unit, new or in place of what was counted before.
pub fn put_essays(conn: &mut Connection, row: &UnitEssays) -> StoreResult<()> {
    use dissemination_essays as e;
    let standing = e::table.find((row.event_id, row.unit_id));
    if diesel::update(standing).set(row).execute(conn)? == 0 {
        diesel::insert_into(e::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// What a page of conferences consists of and mentions.
#[derive(Debug, Default, Clone)]
pub struct Details {
    /// Connection points, each in the order it was told.
    pub sites: Vec<Site>,
    /// Presenters, each in the order it was told.
    pub presenters: Vec<Presenter>,
    /// Essays by unit.
    pub essays: Vec<UnitEssays>,
    /// The rules of plans.
    pub plans: Vec<ProgrammeTheme>,
    /// What is mentioned.
    pub names: Names,
}

impl Details {
    /// The units that have a part in a conference: the one that holds it, those that sat in it, those that
    /// owe essays.
    pub fn units_of(&self, event: &DisseminationEvent) -> impl Iterator<Item = &Unit> {
        let id = event.id;
        let sat = self.sites.iter().filter(move |site| site.event_id == id).filter_map(|site| site.unit_id);
        let owed = self.essays.iter().filter(move |essays| essays.event_id == id).map(|essays| essays.unit_id);
        event.host_unit_id.into_iter().chain(sat).chain(owed).filter_map(|unit| self.names.units.get(&unit))
    }
}

/// Reads what these conferences consist of and mention.
pub fn details(conn: &mut Connection, events: &[DisseminationEvent]) -> StoreResult<Details> {
    let ids: Vec<Id> = events.iter().map(|event| event.id).collect();
    let (sites, presenters, essays) = (sites(conn, &ids)?, presenters(conn, &ids)?, essays(conn, &ids)?);
    // What a programme's own rules want holds for conferences about it as well.
    let plans: Vec<Id> = events.iter().filter_map(|event| event.plan_id.or(event.programme_id)).collect();
    let plan = |event: &DisseminationEvent| event.plan_id.map(DocumentId::Programme);
    let hosts = events.iter().filter_map(|event| event.host_unit_id);
    let named = Named {
        roots: events.iter().map(|event| event.root_id).collect(),
        units: hosts.chain(sites.iter().filter_map(|s| s.unit_id)).chain(essays.iter().map(|e| e.unit_id)).collect(),
        posts: presenters.iter().filter_map(|presenter| presenter.post_id).collect(),
        documents: events.iter().flat_map(|e| [names::document(e.resolution_id, e.programme_id), plan(e)]).flatten().collect(),
    };
    let plans = programme_themes::of_programmes(conn, &plans)?;
    Ok(Details { sites, presenters, essays, plans, names: names::of(conn, named)? })
}
