//! Whom mail may reach, and what they do not want.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::users::User;
use crate::db::Connection;
use crate::db::schema::{notification_choices, users};
use crate::domain::Id;
use crate::domain::notifications::NotificationKind;

/// What an account said of mail of one kind.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = notification_choices)]
pub struct Choice {
    pub user_id: Id,
    pub kind: NotificationKind,
    pub wanted: bool,
    pub changed_at: NaiveDateTime,
}

/// Whether any account that may sign in has an address.
pub fn anybody(conn: &mut Connection) -> StoreResult<bool> {
    let reachable = users::table.filter(users::email.is_not_null()).filter(users::disabled_at.is_null());
    Ok(reachable.select(users::id).first::<Id>(conn).optional()?.is_some())
}

/// Accounts that may sign in, with an address or without.
pub fn enabled(conn: &mut Connection) -> StoreResult<Vec<User>> {
    users::table.filter(users::disabled_at.is_null()).select(User::as_select()).load(conn)
}

/// What an account said.
pub fn choices(conn: &mut Connection, user: Id) -> StoreResult<Vec<Choice>> {
    notification_choices::table.filter(notification_choices::user_id.eq(user)).select(Choice::as_select()).load(conn)
}

/// Whether an account said no to a kind.
pub fn is_unwanted(conn: &mut Connection, user: Id, kind: NotificationKind) -> StoreResult<bool> {
    let said = notification_choices::table.find((user, kind)).select(notification_choices::wanted).first::<bool>(conn).optional()?;
    Ok(said == Some(false))
}

/// Everything anybody said no to.
pub fn unwanted(conn: &mut Connection) -> StoreResult<HashSet<(Id, NotificationKind)>> {
    let said = notification_choices::table.filter(notification_choices::wanted.eq(false));
    let rows: Vec<(Id, NotificationKind)> = said.select((notification_choices::user_id, notification_choices::kind)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Keeps what an account says of a kind, in place of what it said before.
pub fn choose(conn: &mut Connection, choice: &Choice) -> StoreResult<()> {
    diesel::delete(notification_choices::table.find((choice.user_id, choice.kind))).execute(conn)?;
    diesel::insert_into(notification_choices::table).values(choice).execute(conn).map(drop)
}
