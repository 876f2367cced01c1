//! User accounts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::users;
use crate::domain::Id;

/// One account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
pub struct User {
    pub id: Id,
    pub username: String,
    pub display_name: String,
    pub password_hash: String,
    pub password_changed_at: NaiveDateTime,
    pub disabled_at: Option<NaiveDateTime>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(users, User);

/// The account with this user name.
pub fn find_by_username(conn: &mut Connection, username: &str) -> StoreResult<Option<User>> {
    users::table.filter(users::username.eq(username)).select(User::as_select()).first(conn).optional()
}

/// A page of accounts by user name.
pub fn list(conn: &mut Connection, after: Option<&str>, limit: i64) -> StoreResult<Vec<User>> {
    let mut query = users::table.select(User::as_select()).order(users::username).limit(limit).into_boxed();
    if let Some(username) = after {
        query = query.filter(users::username.gt(username.to_owned()));
    }
    query.load(conn)
}

/// The user names of these accounts.
pub fn names(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<(Id, String)>> {
    users::table.filter(users::id.eq_any(ids.to_vec())).select((users::id, users::username)).load(conn)
}
