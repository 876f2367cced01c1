//! Sessions, their refresh tokens, and the throttle before them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};

use super::StoreResult;
use super::grants::{Grant, PlacedGrant};
use super::users::User;
use crate::db::Connection;
use crate::db::schema::{areas, grants, login_throttles, refresh_tokens, sessions, units, users};
use crate::domain::Id;

/// One sign-in, with every token that came from it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub struct Session {
    pub id: Id,
    pub user_id: Id,
    pub started_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub revoked_at: Option<NaiveDateTime>,
}

/// One refresh token, known by its hash; good for one use.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens, treat_none_as_default_value = false)]
pub struct RefreshToken {
    pub token_hash: String,
    pub session_id: Id,
    pub issued_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub used_at: Option<NaiveDateTime>,
}

/// Failed attempts to sign in as one subject.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = login_throttles)]
pub struct Throttle {
    pub subject: String,
    pub failures: i32,
    pub last_failure_at: NaiveDateTime,
}

/// The session with this id.
pub fn find(conn: &mut Connection, id: Id) -> StoreResult<Option<Session>> {
    sessions::table.find(id).select(Session::as_select()).first(conn).optional()
}

/// The session with its account and the grants in force, in the order they were made: one query, as
/// every request begins with it.
pub fn find_account(conn: &mut Connection, id: Id) -> StoreResult<Option<(Session, User, Vec<PlacedGrant>)>> {
    type Row = (Session, User, Option<Grant>, Option<super::grants::UnitPlace>, Option<super::grants::AreaPlace>);
    let in_force = grants::user_id.eq(users::id).and(grants::revoked_at.is_null());
    let rows: Vec<Row> = sessions::table
        .inner_join(users::table.left_join(grants::table.on(in_force).left_join(units::table).left_join(areas::table)))
        .filter(sessions::id.eq(id))
        .order(grants::id)
        .select((
            Session::as_select(),
            User::as_select(),
            Option::<Grant>::as_select(),
            (units::code, units::name, units::path, units::area_path).nullable(),
            (areas::code, areas::name, areas::path).nullable(),
        ))
        .load(conn)?;
    let mut account = None;
    for (session, user, grant, unit, area) in rows {
        let (_, _, grants) = account.get_or_insert_with(|| (session, user, Vec::new()));
        grants.extend(grant.map(|grant| (grant, unit, area)));
    }
    Ok(account)
}

/// Adds a session.
pub fn insert(conn: &mut Connection, session: &Session) -> StoreResult<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn).map(drop)
}

/// Ends a session and with it every token of its.
pub fn revoke(conn: &mut Connection, id: Id, at: NaiveDateTime) -> StoreResult<()> {
    diesel::update(sessions::table.find(id).filter(sessions::revoked_at.is_null())).set(sessions::revoked_at.eq(at)).execute(conn).map(drop)
}

/// Ends every session of a user but one.
pub fn revoke_others(conn: &mut Connection, user: Id, keep: Option<Id>, at: NaiveDateTime) -> StoreResult<()> {
    let open = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::revoked_at.is_null());
    match keep {
        Some(keep) => diesel::update(open.filter(sessions::id.ne(keep))).set(sessions::revoked_at.eq(at)).execute(conn),
        None => diesel::update(open).set(sessions::revoked_at.eq(at)).execute(conn),
    }
    .map(drop)
}

/// The refresh token with this hash.
pub fn find_token(conn: &mut Connection, hash: &str) -> StoreResult<Option<RefreshToken>> {
    refresh_tokens::table.find(hash).select(RefreshToken::as_select()).first(conn).optional()
}

/// Adds a refresh token.
pub fn insert_token(conn: &mut Connection, token: &RefreshToken) -> StoreResult<()> {
    diesel::insert_into(refresh_tokens::table).values(token).execute(conn).map(drop)
}

/// Uses a refresh token up; says whether it was still unused.
pub fn use_token(conn: &mut Connection, hash: &str, at: NaiveDateTime) -> StoreResult<bool> {
    diesel::update(refresh_tokens::table.find(hash).filter(refresh_tokens::used_at.is_null()))
        .set(refresh_tokens::used_at.eq(at))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Forgets tokens and sessions that expired before `instant`, and failures before `failures_before`.
pub fn forget_expired(conn: &mut Connection, instant: NaiveDateTime, failures_before: NaiveDateTime) -> StoreResult<()> {
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::expires_at.lt(instant))).execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(instant))).execute(conn)?;
    diesel::delete(login_throttles::table.filter(login_throttles::last_failure_at.lt(failures_before))).execute(conn).map(drop)
}

/// Failed attempts of a subject.
pub fn throttle(conn: &mut Connection, subject: &str) -> StoreResult<Option<Throttle>> {
    login_throttles::table.find(subject).select(Throttle::as_select()).first(conn).optional()
}

/// Counts one more attempt of a subject; others who try as the same wait until the transaction ends.
/// The time of the last one stays, until [`set_last_attempt`].
pub fn count_attempt(conn: &mut Connection, subject: &str, at: NaiveDateTime) -> StoreResult<()> {
    diesel::sql_query(
        "INSERT INTO login_throttles (subject, failures, last_failure_at) VALUES ($1, 1, $2) \
         ON CONFLICT (subject) DO UPDATE SET failures = login_throttles.failures + 1",
    )
    .bind::<Text, _>(subject)
    .bind::<Timestamp, _>(at)
    .execute(conn)
    .map(drop)
}

/// Sets when a subject last tried.
pub fn set_last_attempt(conn: &mut Connection, subject: &str, at: NaiveDateTime) -> StoreResult<()> {
    diesel::update(login_throttles::table.find(subject)).set(login_throttles::last_failure_at.eq(at)).execute(conn).map(drop)
}

/// Forgets the failed attempts of a subject.
pub fn clear_throttle(conn: &mut Connection, subject: &str) -> StoreResult<()> {
    diesel::delete(login_throttles::table.find(subject)).execute(conn).map(drop)
}
