//! Who held a post, and when.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::post_holders;
use crate::domain::Id;

/// One holder.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = post_holders, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct PostHolder {
    pub id: Id,
    pub post_id: Id,
    pub name: String,
    pub held_from: Option<NaiveDate>,
    pub held_to: Option<NaiveDate>,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &PostHolder) -> StoreResult<()> {
    diesel::insert_into(post_holders::table).values(row).execute(conn).map(drop)
}

/// The holders of these posts, in no order.
pub fn of_posts(conn: &mut Connection, posts: &[Id]) -> StoreResult<Vec<PostHolder>> {
    post_holders::table.filter(post_holders::post_id.eq_any(posts.to_vec())).select(PostHolder::as_select()).load(conn)
}

/// Takes away the holders of a post, before the changed list of them is written. The journal
/// keeps the list as it was.
pub fn clear(conn: &mut Connection, post: Id) -> StoreResult<()> {
    diesel::delete(post_holders::table.filter(post_holders::post_id.eq(post))).execute(conn).map(drop)
}
