//! Posts (chức danh) of units.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Condition, StoreResult, any_of, below};
use crate::db::Connection;
use crate::db::schema::{posts, units};
use crate::domain::Id;

/// One post.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = posts, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Post {
    pub id: Id,
    pub unit_id: Id,
    pub title: String,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(posts, Post, searched);

/// The posts with these ids, in no order.
pub fn with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<Post>> {
    load_among!(conn, posts::table.select(Post::as_select()), posts::id, ids)
}

/// Which posts a list asks for.
#[derive(Debug, Default, Clone)]
pub struct PostFilter {
    /// Paths of the root areas the reader may see.
    pub roots: Vec<String>,
    pub unit_id: Option<Id>,
    /// Id of the last post of the page before.
    pub after: Option<Id>,
    pub limit: i64,
}

/// A page of posts in the order they were recorded.
pub fn list(conn: &mut Connection, filter: &PostFilter) -> StoreResult<Vec<Post>> {
    let mut query = posts::table.select(Post::as_select()).order(posts::id).limit(filter.limit).into_boxed();
    query = query.filter(any_of(filter.roots.iter().map(|root| in_root(root))));
    if let Some(unit) = filter.unit_id {
        query = query.filter(posts::unit_id.eq(unit));
    }
    if let Some(id) = filter.after {
        query = query.filter(posts::id.gt(id));
    }
    query.load(conn)
}

fn in_root(root: &str) -> Condition<posts::table> {
    Box::new(posts::unit_id.eq_any(units::table.filter(units::area_path.like(below(root))).select(units::id)))
}
