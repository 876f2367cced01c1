//! User accounts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Condition, StoreResult, any_of, below};
use crate::db::Connection;
use crate::db::schema::{api_clients, areas, grants, units, users};
use crate::domain::Id;
use crate::domain::permission::Role;

/// One account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct User {
    pub id: Id,
    pub username: String,
    pub display_name: String,
    pub password_hash: String,
    pub password_changed_at: NaiveDateTime,
    pub disabled_at: Option<NaiveDateTime>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    /// Where mail goes.
    pub email: Option<String>,
}

versioned!(users, User);

/// The account with this user name.
pub fn find_by_username(conn: &mut Connection, username: &str) -> StoreResult<Option<User>> {
    users::table.filter(users::username.eq(username)).select(User::as_select()).first(conn).optional()
}

/// Which accounts a list asks for.
#[derive(Debug, Default, Clone)]
pub struct UserFilter {
    /// Paths of the root areas the reader may see; accounts without a grant are seen from every root.
    pub roots: Vec<String>,
    pub username: Option<String>,
    /// Holding this role somewhere.
    pub role: Option<Role>,
    pub disabled: Option<bool>,
    /// User name of the last account of the page before.
    pub after: Option<String>,
    pub limit: i64,
}

/// A page of accounts by user name.
pub fn list(conn: &mut Connection, filter: &UserFilter) -> StoreResult<Vec<User>> {
    let mut query = users::table.select(User::as_select()).order(users::username).limit(filter.limit).into_boxed();
    let granted = grants::table.filter(grants::revoked_at.is_null()).select(grants::user_id);
    let free: Condition<users::table> = Box::new(users::id.ne_all(granted));
    // Other systems have accounts, but a list of their own.
    query = query.filter(users::id.ne_all(api_clients::table.select(api_clients::id)));
    query = query.filter(any_of(filter.roots.iter().map(|root| granted_in(root)).chain([free])));
    if let Some(username) = &filter.username {
        query = query.filter(users::username.eq(username.clone()));
    }
    if let Some(role) = filter.role {
        query = query.filter(users::id.eq_any(granted.filter(grants::role.eq(role))));
    }
    match filter.disabled {
        Some(true) => query = query.filter(users::disabled_at.is_not_null()),
        Some(false) => query = query.filter(users::disabled_at.is_null()),
        None => {}
    }
    if let Some(username) = &filter.after {
        query = query.filter(users::username.gt(username.clone()));
    }
    query.load(conn)
}

/// The user names of these accounts.
pub fn names(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<(Id, String)>> {
    load_among!(conn, users::table.select((users::id, users::username)), users::id, ids)
}

/// Holding a grant in force on a place of this root.
fn granted_in(root: &str) -> Condition<users::table> {
    let in_units = units::table.filter(units::area_path.like(below(root))).select(units::id.nullable());
    let in_areas = areas::table.filter(areas::path.like(below(root))).select(areas::id.nullable());
    let granted = grants::table.filter(grants::revoked_at.is_null()).select(grants::user_id);
    let on_unit = users::id.eq_any(granted.filter(grants::unit_id.eq_any(in_units)));
    Box::new(on_unit.or(users::id.eq_any(granted.filter(grants::area_id.eq_any(in_areas)))))
}
