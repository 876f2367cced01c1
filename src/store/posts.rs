//! Posts (chức danh) of units.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::posts;
use crate::domain::Id;

/// One post.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = posts, treat_none_as_null = true)]
pub struct Post {
    pub id: Id,
    pub unit_id: Id,
    pub title: String,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(posts, Post);

/// The posts with these ids, in no order.
pub fn with_ids(conn: &mut crate::db::Connection, ids: &[Id]) -> super::StoreResult<Vec<Post>> {
    posts::table.filter(posts::id.eq_any(ids.to_vec())).select(Post::as_select()).load(conn)
}
