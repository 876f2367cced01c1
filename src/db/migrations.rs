//! The schema's history, embedded in the binary, one tree per database.

use diesel::migration::{Migration, MigrationSource};
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

/// Versions of the migrations that have run here, oldest first.
///
/// # Errors
/// The database's error.
pub fn applied(connection: &mut Connection) -> Result<Vec<String>, MigrationError> {
    let mut versions = on_each_database!(connection, |c| names(c.applied_migrations()))?;
    versions.sort();
    Ok(versions)
}

/// Versions of the migrations of this release, oldest first.
///
/// # Errors
/// None in practice: they are part of the program.
pub fn of_this_release() -> Result<Vec<String>, MigrationError> {
    Ok(sorted::<diesel::sqlite::Sqlite>(&SQLITE)?.iter().map(|migration| version(migration.as_ref())).collect())
}

/// Brings the schema to exactly the migrations `wanted`, forth or back, inside the transaction
/// that has begun. Going back throws away what the tables hold.
///
/// # Errors
/// The database's error, or a version this release does not know.
pub fn move_to(connection: &mut Connection, wanted: &[String]) -> Result<(), MigrationError> {
    let (known, applied) = (of_this_release()?, applied(connection)?);
    if let Some(unknown) = wanted.iter().chain(&applied).find(|version| !known.contains(version)) {
        return Err(format!("this release does not know the migration {unknown}: use a newer one").into());
    }
    let tree = dialect::pick(connection, POSTGRES, SQLITE);
    on_each_database!(connection, |c| {
        let migrations = sorted(&tree)?;
        let is_in = |migration: &dyn Migration<_>, versions: &[String]| versions.contains(&version(migration));
        for migration in migrations.iter().rev().filter(|m| is_in(m.as_ref(), &applied) && !is_in(m.as_ref(), wanted)) {
            c.revert_migration(migration)?;
        }
        for migration in migrations.iter().filter(|m| is_in(m.as_ref(), wanted) && !is_in(m.as_ref(), &applied)) {
            c.run_migration(migration)?;
        }
        Ok(())
    })
}

type Migrations<DB> = Vec<Box<dyn Migration<DB>>>;

fn sorted<DB: diesel::backend::Backend>(tree: &EmbeddedMigrations) -> Result<Migrations<DB>, MigrationError> {
    let mut migrations: Migrations<DB> = tree.migrations()?;
    migrations.sort_by_key(|migration| version(migration.as_ref()));
    Ok(migrations)
}

fn version<DB: diesel::backend::Backend>(migration: &dyn Migration<DB>) -> String {
    migration.name().version().to_string()
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
