//! Statements that a connection prepares once, where diesel's own would be prepared each time:
//! a round trip to PostgreSQL and a plan more for every change.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::RunQueryDsl;
use diesel::backend::Backend;
use diesel::query_builder::{AsChangeset, AstPass, Query, QueryFragment, QueryId};

/// An `UPDATE` that is kept, by its words.
///
/// diesel keeps none of its own, because a changeset may leave out what is `None` and each form would be
/// kept. So the changeset of this one must always name the same columns (`treat_none_as_null`).
#[derive(Debug, Clone, Copy)]
pub struct Update<S, W> {
    table: &'static str,
    set: S,
    rows: W,
}

/// Sets these columns of the rows of `table` that keep the condition.
pub fn update<C: AsChangeset, W>(table: &'static str, set: C, rows: W) -> Update<C::Changeset, W> {
    Update { table, set: set.as_changeset(), rows }
}

impl<DB: Backend, S: QueryFragment<DB>, W: QueryFragment<DB>> QueryFragment<DB> for Update<S, W> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        out.push_identifier(self.table)?;
        out.push_sql(" SET ");
        self.set.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE ");
        self.rows.walk_ast(out)
    }
}

impl<S, W> QueryId for Update<S, W> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<S, W, C> RunQueryDsl<C> for Update<S, W> {}

/// A query with words after it that diesel has no expression for on both databases; kept, by its words.
#[derive(Debug, Clone, Copy)]
pub struct Followed<Q>(pub Q, pub &'static str);

impl<DB: Backend, Q: QueryFragment<DB>> QueryFragment<DB> for Followed<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(self.1);
        Ok(())
    }
}

impl<Q> QueryId for Followed<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Followed<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> RunQueryDsl<C> for Followed<Q> {}

/// A query in words of our own, without values, that answers rows of `T`; kept, by its words.
#[derive(Debug, Clone, Copy)]
pub struct Words<T>(&'static str, PhantomData<T>);

/// A query in these words, that answers rows of the SQL type `T`.
pub fn words<T>(sql: &'static str) -> Words<T> {
    Words(sql, PhantomData)
}

impl<DB: Backend, T> QueryFragment<DB> for Words<T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.0);
        Ok(())
    }
}

impl<T> QueryId for Words<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> Query for Words<T> {
    type SqlType = T;
}

impl<T, C> RunQueryDsl<C> for Words<T> {}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use diesel::connection::{Connection as _, InstrumentationEvent};
    use diesel::prelude::*;

    use super::*;
    use crate::db::Connection;
    use crate::db::schema::chain_head;

    /// The statements that a connection has kept after three goes.
    fn kept(run: impl Fn(&mut Connection)) -> Vec<String> {
        let mut connection = Connection::Sqlite(SqliteConnection::establish(":memory:").unwrap());
        diesel::sql_query("CREATE TABLE chain_head (id INTEGER, position BIGINT, hash TEXT)").execute(&mut connection).unwrap();
        let kept = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&kept);
        connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::CacheQuery { sql, .. } = event {
                list.lock().unwrap().push(sql.to_owned());
            }
        });
        (0..3).for_each(|_| run(&mut connection));
        kept.lock().unwrap().clone()
    }

    #[test]
    fn an_update_is_prepared_once_for_all_values() {
        let set = |position: i64| (chain_head::position.eq(position), chain_head::hash.eq("x"));
        let own = kept(|conn| assert_eq!(update("chain_head", set(7), chain_head::id.eq(1)).execute(conn), Ok(0)));
        assert_eq!(own, ["UPDATE `chain_head` SET `position` = ?, `hash` = ? WHERE (`chain_head`.`id` = ?)"]);
        let plain = kept(|conn| assert_eq!(diesel::update(chain_head::table.find(1)).set(set(7)).execute(conn), Ok(0)));
        assert!(plain.is_empty(), "diesel keeps updates now: take ours away");
    }

    #[test]
    fn words_after_a_query_make_it_another() {
        let query = || chain_head::table.select(chain_head::position);
        let both = kept(|conn| {
            for words in ["", " LIMIT 1"] {
                assert_eq!(Followed(query(), words).load::<i64>(conn), Ok(Vec::new()));
            }
        });
        assert_eq!(both, ["SELECT `chain_head`.`position` FROM `chain_head`", "SELECT `chain_head`.`position` FROM `chain_head` LIMIT 1"]);
    }
}
