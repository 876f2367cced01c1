//! The one place where the two databases are told apart.

pub mod search;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::{Pg, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::query_dsl::methods::ExecuteDsl;
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;

use super::Connection;
use super::statements::words;

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
    let begun = match connection {
        Connection::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
    };
    begun.inspect_err(|_| give_up(connection))
}

/// Begins a transaction that only reads: every query in it sees the same moment.
pub fn begin_read(connection: &mut Connection) -> QueryResult<()> {
    let begun = match connection {
        Connection::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        Connection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED"),
    };
    begun.inspect_err(|_| give_up(connection))
}

/// Whether a connection can break while nobody uses it.
pub fn may_be_cut(connection: &Connection) -> bool {
    pick(connection, true, false)
}

/// Marks a connection on which nothing can begin, so that no pool keeps it.
fn give_up(connection: &mut Connection) {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::transaction_manager_status_mut(c).set_in_error(),
        Connection::Sqlite(c) => AnsiTransactionManager::transaction_manager_status_mut(c).set_in_error(),
    }
}

/// Begins a part of a transaction, which can be undone alone: a savepoint.
pub fn begin_part(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::begin_transaction(c),
    }
}

/// Commits what was begun last.
pub fn commit(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => AnsiTransactionManager::commit_transaction(c),
        Connection::Sqlite(c) => AnsiTransactionManager::commit_transaction(c),
    }
}

/// Undoes what was begun last.
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

/// The day so many days before a column of times, in UTC; a clause of SQL.
pub fn days_before(connection: &Connection, column: &str, days: i64) -> String {
    pick(connection, format!("({column}::date - {days})"), format!("date({column}, '-{days} days')"))
}

/// The seconds between two columns of times; a clause of SQL. On SQLite to a thousandth, which is enough to narrow down.
pub fn seconds_between(connection: &Connection, from: &str, to: &str) -> String {
    let postgres = format!("EXTRACT(EPOCH FROM ({to} - {from}))");
    pick(connection, postgres, format!("((julianday({to}) - julianday({from})) * 86400)"))
}

/// Whether a list of values is sent as one, so that a statement is the same however many there are.
pub fn lists_are_one_value(connection: &Connection) -> bool {
    pick(connection, true, false)
}

/// Changes and inserts, with statements whose words are always the same: on PostgreSQL as one
/// statement, as others may be waiting and each would be a round trip.
pub fn both<U, I>(connection: &mut Connection, update: U, insert: I) -> QueryResult<()>
where
    U: QueryFragment<Pg> + QueryFragment<Sqlite> + QueryId,
    I: QueryFragment<Pg> + QueryFragment<Sqlite> + QueryId,
{
    match connection {
        Connection::Postgres(c) => ExecuteDsl::execute(Both(update, insert), c).map(drop),
        Connection::Sqlite(c) => {
            ExecuteDsl::execute(update, c)?;
            ExecuteDsl::execute(insert, c).map(drop)
        }
    }
}

/// Two statements in one: the second is what it says, the first happens beside it.
struct Both<U, I>(U, I);

impl<U: QueryFragment<Pg>, I: QueryFragment<Pg>> QueryFragment<Pg> for Both<U, I> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH beside AS (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") ");
        self.1.walk_ast(out)
    }
}

impl<U, I> QueryId for Both<U, I> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// What to append to a `SELECT` whose rows nobody else may change until the end of the
/// transaction. SQLite has one writer, who holds everything already.
pub fn row_lock(connection: &Connection) -> &'static str {
    pick(connection, " FOR UPDATE", "")
}

/// Words that are the same as long as nobody has committed anything. On PostgreSQL: which
/// transactions are visible, over all connections. On SQLite: a count that others move, to be
/// compared on one connection only.
pub fn stamp(connection: &mut Connection) -> QueryResult<String> {
    match connection {
        Connection::Postgres(c) => words::<Text>("SELECT pg_current_snapshot()::text").get_result(c),
        Connection::Sqlite(c) => words::<BigInt>("PRAGMA data_version").get_result::<i64>(c).map(|version| version.to_string()),
    }
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

/// Lets the transaction that has begun take as long as it needs.
pub fn take_your_time(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => c.batch_execute(
            "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
        ),
        Connection::Sqlite(_) => Ok(()),
    }
}

/// Keeps every other instance from migrating until the transaction that has begun ends. SQLite's
/// transaction does so by itself.
pub fn hold_migrations(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => c.batch_execute("SELECT pg_advisory_xact_lock(4119832604)"),
        Connection::Sqlite(_) => Ok(()),
    }
}

/// Lets rows of a table come before the row of the same table they refer to, until
/// [`settle_references`]. SQLite lets them until the transaction ends.
pub fn defer_references(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => c.batch_execute(&references_to_self("DEFERRABLE INITIALLY DEFERRED")),
        Connection::Sqlite(c) => c.batch_execute("PRAGMA defer_foreign_keys = ON"),
    }
}

/// Checks what [`defer_references`] let pass, and ends it.
pub fn settle_references(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Postgres(c) => {
            c.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
            c.batch_execute(&references_to_self("NOT DEFERRABLE"))
        }
        Connection::Sqlite(_) => Ok(()),
    }
}

fn references_to_self(when: &str) -> String {
    format!(
        "DO $$ DECLARE k record; BEGIN \
         FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' AND conrelid = confrelid \
                  AND connamespace = current_schema()::regnamespace \
         LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I {when}', k.t, k.conname); END LOOP; END $$"
    )
}

/// An expression: a row as a JSON array of these values.
pub fn row_to_json(connection: &Connection, values: &[String]) -> String {
    let values = values.join(", ");
    pick(connection, format!("json_build_array({values})::text"), format!("json_array({values})"))
}

/// An expression: a column as a value for [`row_to_json`].
pub fn cell_to_json(connection: &Connection, column: &str, is_bytes: bool) -> String {
    if is_bytes { pick(connection, column.to_owned(), format!("nullif(hex({column}), '')")) } else { column.to_owned() }
}

/// An expression to sort a text by its bytes, whatever the collation of its column.
pub fn by_bytes(connection: &Connection, column: &str) -> String {
    pick(connection, format!("{column} COLLATE \"C\""), column.to_owned())
}

/// What to select from: the rows of the JSON array that is bound first, each as the column `value`.
pub fn rows_of_json(connection: &Connection) -> &'static str {
    pick(connection, "json_array_elements($1::json) AS r (value)", "json_each($1)")
}

/// An expression: the value at a place of a row of [`rows_of_json`], as its column takes it.
pub fn cell_from_json(connection: &Connection, at: usize, postgres_type: &str, is_bytes: bool) -> String {
    let sqlite = if is_bytes { format!("unhex(value ->> {at}, '-')") } else { format!("value ->> {at}") };
    pick(connection, format!("(value ->> {at})::{postgres_type}"), sqlite)
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Hands the column `line` of each row to `work` as it comes: no more than one is held.
pub fn each_line<E: From<diesel::result::Error>>(
    connection: &mut Connection,
    sql: &str,
    mut work: impl FnMut(String) -> Result<(), E>,
) -> Result<(), E> {
    match connection {
        Connection::Postgres(c) => {
            let mut rows = diesel::sql_query(sql).load_iter::<Line, PgRowByRowLoadingMode>(c)?;
            rows.try_for_each(|row| work(row?.line))
        }
        Connection::Sqlite(c) => {
            let mut rows = diesel::sql_query(sql).load_iter::<Line, diesel::connection::DefaultLoadingMode>(c)?;
            rows.try_for_each(|row| work(row?.line))
        }
    }
}
