//! One connection type for both databases, and the manager that opens it.

use std::fmt;
use std::str::FromStr;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{Error, ManageConnection, R2D2Connection};

/// An open connection to either database.
///
/// The variants are matched on in [`super::dialect`] only.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// Several instances, many users.
    Postgres(PgConnection),
    /// Embedded: one file, one instance.
    Sqlite(SqliteConnection),
}

/// Where the data lives, parsed from `DATABASE_URL`.
///
/// Only `sqlite://path` and `postgres://…` are known: any other scheme is refused, because
/// SQLite would take a mistyped address for the name of a new, empty file.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// Path of the database file.
    Sqlite(String),
    /// The whole `postgres://` URL, password included: never printed.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err("sqlite:// needs a path, such as sqlite://data/resolution-tracker.db".into());
            }
            return Ok(Self::Sqlite(path.to_owned()));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let scheme = text.split("://").next().filter(|s| s.len() < text.len());
        Err(format!(
            "{}: use sqlite://path or postgres://user@host/database",
            scheme.map_or_else(|| "no scheme in the database URL".into(), |s| format!("unknown database scheme {s:?}"))
        ))
    }
}

impl DatabaseUrl {
    /// Whether the data lies in this process, not with a server.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for DatabaseUrl {
    /// The address without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{path}"),
            // The query may hold a password as well.
            Self::Postgres(url) => match (url.split_once("://"), url.split('?').next().unwrap_or_default().rsplit_once('@')) {
                (Some((scheme, _)), Some((_, host))) => write!(f, "{scheme}://…@{host}"),
                _ => write!(f, "postgres://…"),
            },
        }
    }
}

/// Opens connections for the pool; chooses the database by the URL's scheme itself.
///
/// The derived `establish` would try every variant in turn and hide the real error.
#[derive(Debug, Clone)]
pub struct Manager(pub DatabaseUrl);

/// Settings of every SQLite connection: durable, waiting for the writer, 2 MiB of cache.
const SQLITE_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA cache_size = -2048; PRAGMA temp_store = MEMORY;";

/// Settings of every PostgreSQL connection: UTC, and no statement runs for ever.
const POSTGRES_SETTINGS: &str = "SET TIME ZONE 'UTC'; SET statement_timeout = '15s'; SET lock_timeout = '10s'; \
     SET idle_in_transaction_session_timeout = '60s';";

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = Error;

    fn connect(&self) -> Result<AnyConnection, Error> {
        match &self.0 {
            DatabaseUrl::Postgres(url) => {
                let mut connection = PgConnection::establish(url).map_err(Error::ConnectionError)?;
                connection.batch_execute(POSTGRES_SETTINGS).map_err(Error::QueryError)?;
                Ok(AnyConnection::Postgres(connection))
            }
            DatabaseUrl::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(path).map_err(Error::ConnectionError)?;
                connection.batch_execute(SQLITE_PRAGMAS).map_err(Error::QueryError)?;
                Ok(AnyConnection::Sqlite(connection))
            }
        }
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), Error> {
        connection.ping().map_err(Error::QueryError)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        R2D2Connection::is_broken(connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_schemes_are_known() {
        assert!("sqlite://a.db".parse::<DatabaseUrl>().is_ok());
        assert!("postgres://u@h/d".parse::<DatabaseUrl>().is_ok());
        for wrong in ["", "a.db", "mysql://u@h/d", "sqlite://", "postgre://u@h/d"] {
            assert!(wrong.parse::<DatabaseUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_never_printed() {
        let url: DatabaseUrl = "postgres://clerk:s3cret@db.example/rt".parse().unwrap();
        assert_eq!(format!("{url} {url:?}"), "postgres://…@db.example/rt postgres://…@db.example/rt");
        let url: DatabaseUrl = "postgres://clerk@db.example/rt?password=s3cret".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://…@db.example/rt");
    }
}
