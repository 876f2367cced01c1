//! Transactions around a closure. `write` and `read` *are* the transaction: services begin none.

use diesel::QueryResult;

use super::Connection;
use super::dialect;

/// Runs `work` in one writing transaction: committed if it answers `Ok`, undone otherwise.
///
/// # Errors
/// What `work` answers, or the database's own error.
pub fn write<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<T, E>,
{
    within(connection, dialect::begin_write, work)
}

/// Runs `work` on one unchanging view of the data; nothing it writes would be kept.
///
/// # Errors
/// What `work` answers, or the database's own error.
pub fn read<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<T, E>,
{
    within(connection, dialect::begin_read, work)
}

/// [`read`] that may take as long as it needs.
///
/// # Errors
/// As [`read`].
pub fn read_at_length<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<T, E>,
{
    read(connection, |conn| {
        dialect::take_your_time(conn)?;
        work(conn)
    })
}

/// [`write()`] that may take as long as it needs, and change the schema: no instance migrates meanwhile.
///
/// # Errors
/// As [`write()`].
pub fn write_schema<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<T, E>,
{
    write(connection, |conn| {
        dialect::take_your_time(conn)?;
        dialect::hold_migrations(conn)?;
        work(conn)
    })
}

fn within<T, E, F>(connection: &mut Connection, begin: fn(&mut Connection) -> QueryResult<()>, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<T, E>,
{
    begin(connection)?;
    match work(connection) {
        Ok(value) => {
            dialect::commit(connection)?;
            Ok(value)
        }
        Err(error) => {
            if let Err(undo) = dialect::rollback(connection) {
                tracing::warn!(error = %undo, "rollback failed");
            }
            Err(error)
        }
    }
}
