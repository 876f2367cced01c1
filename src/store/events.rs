//! The journal: every change in one dense order, chained by hashes.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Condition, StoreResult, any_of};
use crate::db::Connection;
use crate::db::dialect;
use crate::db::schema::{chain_head, events};
use crate::db::statements::{Followed, update};
use crate::domain::{Id, Origin};

/// One event. As JSON: an array in this order, which is the table's.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Deserialize)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub struct Event {
    pub position: i64,
    pub id: Id,
    pub recorded_at: NaiveDateTime,
    pub actor_id: Option<Id>,
    pub actor: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: Id,
    /// Code of the root area the subject belongs to; none for what all roots share.
    pub root: Option<String>,
    pub state_before: Option<String>,
    pub state_after: Option<String>,
    pub reason: Option<String>,
    pub request_id: Option<String>,
    pub origin: Origin,
    pub previous_hash: String,
    pub hash: String,
}

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = chain_head)]
pub struct Head {
    pub position: i64,
    pub hash: String,
}

/// The end of the chain, held until the transaction ends: the next event is ours.
pub fn lock_head(conn: &mut Connection) -> StoreResult<Head> {
    Followed(chain_head::table.find(1).select(Head::as_select()), dialect::row_lock(conn)).get_result(conn)
}

/// The end of the chain as it is now.
pub fn head(conn: &mut Connection) -> StoreResult<Head> {
    chain_head::table.find(1).select(Head::as_select()).first(conn)
}

/// The position of the last event.
pub fn position(conn: &mut Connection) -> StoreResult<i64> {
    chain_head::table.select(chain_head::position).first(conn)
}

/// Appends the event and moves the head. The caller holds [`lock_head`].
pub fn append(conn: &mut Connection, event: &Event) -> StoreResult<()> {
    let moved = (chain_head::position.eq(event.position), chain_head::hash.eq(&event.hash));
    dialect::both(conn, update("chain_head", moved, chain_head::id.eq(1)), diesel::insert_into(events::table).values(event))
}

/// Whose events a reader may see; a reader may see them for more than one reason.
#[derive(Debug, Default, Clone)]
pub struct Sight {
    /// Those of the root areas with these codes; whoever sees a root sees what all roots share.
    pub roots: Vec<String>,
    /// Those of this account's own doing.
    pub own: Option<Id>,
}

/// Which events a list asks for.
#[derive(Debug, Default, Clone)]
pub struct EventFilter {
    /// Whose events; all of them if nothing is said.
    pub sight: Option<Sight>,
    pub subject_id: Option<Id>,
    pub subject_kind: Option<String>,
    pub actor_id: Option<Id>,
    pub request_id: Option<String>,
    /// Only events before this position.
    pub before: Option<i64>,
    pub limit: i64,
}

/// A page of events, newest first.
pub fn list(conn: &mut Connection, filter: &EventFilter) -> StoreResult<Vec<Event>> {
    let mut query = events::table.select(Event::as_select()).order(events::position.desc()).limit(filter.limit).into_boxed();
    if let Some(sight) = &filter.sight {
        query = query.filter(any_of(seen(sight)));
    }
    if let Some(subject) = filter.subject_id {
        query = query.filter(events::subject_id.eq(subject));
    }
    if let Some(kind) = &filter.subject_kind {
        query = query.filter(events::subject_kind.eq(kind.clone()));
    }
    if let Some(actor) = filter.actor_id {
        query = query.filter(events::actor_id.eq(actor));
    }
    if let Some(request) = &filter.request_id {
        query = query.filter(events::request_id.eq(request.clone()));
    }
    if let Some(position) = filter.before {
        query = query.filter(events::position.lt(position));
    }
    query.load(conn)
}

fn seen(sight: &Sight) -> Vec<Condition<events::table>> {
    let mut seen: Vec<Condition<events::table>> = Vec::new();
    for root in &sight.roots {
        seen.push(Box::new(events::root.assume_not_null().eq(root.clone())));
    }
    if !sight.roots.is_empty() {
        seen.push(Box::new(events::root.is_null()));
    }
    if let Some(own) = sight.own {
        seen.push(Box::new(events::actor_id.assume_not_null().eq(own)));
    }
    seen
}

/// The events after `position` that tell of these actions in one root, or in what all roots share; newest first.
pub fn of_actions(conn: &mut Connection, root: &str, actions: &[&str], position: i64) -> StoreResult<Vec<Event>> {
    events::table
        .filter(events::position.gt(position).and(events::action.eq_any(actions.to_vec())))
        .filter(events::root.is_null().or(events::root.assume_not_null().eq(root)))
        .order(events::position.desc())
        .select(Event::as_select())
        .load(conn)
}

/// The first event of an action on a subject.
pub fn first_of(conn: &mut Connection, subject: Id, action: &str) -> StoreResult<Option<Event>> {
    events::table
        .filter(events::subject_id.eq(subject).and(events::action.eq(action)))
        .order(events::position)
        .select(Event::as_select())
        .first(conn)
        .optional()
}

/// Up to `limit` events after `position`, oldest first.
pub fn after(conn: &mut Connection, position: i64, limit: i64) -> StoreResult<Vec<Event>> {
    events::table.filter(events::position.gt(position)).order(events::position).limit(limit).select(Event::as_select()).load(conn)
}
