//! Answers kept for a day, so that a request sent twice happens once.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::idempotency_keys;
use crate::domain::Id;

/// The first answer to a request with an `Idempotency-Key`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys, treat_none_as_default_value = false)]
pub struct KeptAnswer {
    pub user_id: Id,
    pub route: String,
    pub idempotency_key: String,
    /// Hash of the body it was sent with.
    pub fingerprint: String,
    pub status: i32,
    pub location: Option<String>,
    pub etag: Option<String>,
    pub body: String,
    pub recorded_at: NaiveDateTime,
}

/// The answer kept for this user, route and key.
pub fn find(conn: &mut Connection, user: Id, route: &str, key: &str) -> StoreResult<Option<KeptAnswer>> {
    idempotency_keys::table.find((user, route, key)).select(KeptAnswer::as_select()).first(conn).optional()
}

/// Keeps an answer.
pub fn insert(conn: &mut Connection, answer: &KeptAnswer) -> StoreResult<()> {
    diesel::insert_into(idempotency_keys::table).values(answer).execute(conn).map(drop)
}

/// Forgets answers older than `instant`.
pub fn forget_before(conn: &mut Connection, instant: NaiveDateTime) -> StoreResult<()> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::recorded_at.lt(instant))).execute(conn).map(drop)
}
