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

/// Runs `work` within the transaction that runs. It says itself, beside its answer, whether what it
/// wrote is kept.
///
/// # Errors
/// What `work` answers, and then nothing it wrote is kept; or the database's own error.
pub fn tried<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<(T, bool), E>,
{
    dialect::begin_part(connection)?;
    match work(connection) {
        Ok((value, true)) => {
            dialect::commit(connection)?;
            Ok(value)
        }
        Ok((value, false)) => {
            dialect::rollback(connection)?;
            Ok(value)
        }
        Err(error) => {
            dialect::rollback(connection)?;
            Err(error)
        }
    }
}

/// Runs `work` as a part of a writing transaction that has begun: kept if it answers `Ok`, undone
/// alone otherwise, whatever becomes of the other parts.
///
/// # Errors
/// As [`write()`].
pub fn part<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<T, E>,
{
    within(connection, dialect::begin_part, work)
}

/// Undoes a part whose `work` never came back, because it panicked.
///
/// # Errors
/// The database's.
pub fn undo_part(connection: &mut Connection) -> QueryResult<()> {
    dialect::rollback(connection)
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
    finish(connection, work)
}

/// Runs `work` in the transaction that has begun last: committed if it answers `Ok`, undone otherwise.
///
/// # Errors
/// What `work` answers, or the database's own error.
pub fn finish<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    E: From<diesel::result::Error>,
    F: FnOnce(&mut Connection) -> Result<T, E>,
{
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
