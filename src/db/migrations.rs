//! The schema's history, embedded in the binary, one tree per database.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Connection;
use super::dialect;
use crate::on_each_database;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// What went wrong with the schema, in a sentence for the operator.
pub type MigrationError = Box<dyn std::error::Error + Send + Sync>;

/// Brings the schema up to date under a lock, so that instances may start together.
/// Answers the names of the migrations it ran.
///
/// # Errors
/// The database's error; on SQLite nothing has changed then.
pub fn run(connection: &mut Connection) -> Result<Vec<String>, MigrationError> {
    let tree = dialect::pick(connection, POSTGRES, SQLITE);
    locked(connection, |c| on_each_database!(c, |c| names(c.run_pending_migrations(tree))))
}

/// Takes every migration back: the database is empty afterwards.
///
/// # Errors
/// The database's error.
pub fn revert_all(connection: &mut Connection) -> Result<Vec<String>, MigrationError> {
    let tree = dialect::pick(connection, POSTGRES, SQLITE);
    locked(connection, |c| on_each_database!(c, |c| names(c.revert_all_migrations(tree))))
}

/// Whether the schema lacks a migration of this release.
///
/// # Errors
/// The database's error.
pub fn pending(connection: &mut Connection) -> Result<bool, MigrationError> {
    let tree = dialect::pick(connection, POSTGRES, SQLITE);
    on_each_database!(connection, |c| c.has_pending_migration(tree))
}

/// Whether any migration has ever run here.
///
/// # Errors
/// The database's error.
pub fn any_applied(connection: &mut Connection) -> Result<bool, MigrationError> {
    on_each_database!(connection, |c| c.applied_migrations().map(|applied| !applied.is_empty()))
}

fn locked<F>(connection: &mut Connection, work: F) -> Result<Vec<String>, MigrationError>
where
    F: FnOnce(&mut Connection) -> Result<Vec<String>, MigrationError>,
{
    dialect::lock_migrations(connection)?;
    let outcome = work(connection);
    let unlocked = dialect::unlock_migrations(connection, outcome.is_ok());
    // What went wrong first is what the operator needs to know.
    outcome.and_then(|names| Ok(unlocked.map(|()| names)?))
}

fn names(versions: diesel::migration::Result<Vec<diesel::migration::MigrationVersion<'_>>>) -> Result<Vec<String>, MigrationError> {
    Ok(versions?.iter().map(ToString::to_string).collect())
}
