//! The one place where the two databases are told apart.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;

use super::Connection;

/// Expands one body for both concrete connections.
///
/// For what `MultiConnection` cannot express: `on_conflict`, batch insert, `for_update`.
#[macro_export]
macro_rules! on_each_database {
    ($connection:expr, |$c:ident| $body:expr) => {
        match $connection {
            $crate::db::Connection::Postgres($c) => $body,
            $crate::db::Connection::Sqlite($c) => $body,
        }
    };
}

/// Begins a transaction that will write: SQLite takes its one write lock at once, so that
/// reading before writing cannot fail half-way.
pub fn begin_write(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
    }
}

/// Begins a transaction that only reads: every query in it sees the same moment.
pub fn begin_read(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        Connection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED"),
    }
}

/// Begins a transaction within the one that runs.
pub fn begin_within(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::begin_transaction(c),
    }
}

/// Commits what [`begin_write`] or [`begin_read`] began.
pub fn commit(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::commit_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::commit_transaction(c),
    }
}

/// Undoes what [`begin_write`] or [`begin_read`] began.
pub fn rollback(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::rollback_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c),
    }
}

/// Chooses what belongs to this connection's database.
pub fn pick<T>(connection: &Connection, postgres: T, sqlite: T) -> T {
    match connection {
        Connection::Postgres(_) => postgres,
        Connection::Sqlite(_) => sqlite,
    }
}

/// What to append to a `SELECT` whose rows nobody else may change until the end of the
/// transaction. SQLite has one writer, who holds everything already.
pub fn row_lock(connection: &Connection) -> &'static str {
    pick(connection, " FOR UPDATE", "")
}

/// Which database this is, in the words of the configuration.
pub fn name(connection: &Connection) -> &'static str {
    pick(connection, "postgres", "sqlite")
}

/// Keeps a second instance from migrating at the same time, until [`unlock_migrations`].
pub fn lock_migrations(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        // Any number will do as long as every release uses the same.
        Connection::Postgres(c) => c.batch_execute("SET lock_timeout = 0; SET statement_timeout = 0; SELECT pg_advisory_lock(4119832604)"),
        Connection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN EXCLUSIVE"),
    }
}

/// Ends [`lock_migrations`]; on SQLite this commits the migrations, or undoes them all.
pub fn unlock_migrations(connection: &mut Connection, done: bool) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => {
            c.batch_execute("SELECT pg_advisory_unlock(4119832604); SET lock_timeout = '10s'; SET statement_timeout = '15s'")
        }
        Connection::Sqlite(c) if done => AnsiTransactionManager::commit_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c),
    }
}
