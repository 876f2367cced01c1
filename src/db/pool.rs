//! Pools of connections, named by intent.

use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};

use super::connection::{DatabaseUrl, Manager};

/// A connection on loan.
pub type Loan = PooledConnection<Manager>;

/// Connections for reading and for writing.
///
/// SQLite has one writer beside a pool of readers; PostgreSQL has one pool for both.
#[derive(Clone)]
pub struct Pools {
    readers: Pool<Manager>,
    writers: Pool<Manager>,
}

/// How long a request waits for a connection before it is told that the database is away.
const PATIENCE: Duration = Duration::from_secs(3);

impl Pools {
    /// Pools for `url` with `size` connections for reading; opens none before it is needed.
    pub fn new(url: &DatabaseUrl, size: u32) -> Self {
        let build = |max: u32| {
            Pool::builder()
                .max_size(max.max(1))
                .min_idle(Some(0))
                .test_on_check_out(matches!(url, DatabaseUrl::Postgres(_)))
                .connection_timeout(PATIENCE)
                .error_handler(Box::new(LogAndRetry))
                .build_unchecked(Manager(url.clone()))
        };
        match url {
            DatabaseUrl::Postgres(_) => {
                let pool = build(size);
                Self { readers: pool.clone(), writers: pool }
            }
            DatabaseUrl::Sqlite(_) => Self { readers: build(size), writers: build(1) },
        }
    }

    /// Whether all writes go through one connection.
    pub fn has_one_writer(&self) -> bool {
        self.writers.max_size() == 1
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// When none is to be had within three seconds: the database is away or overloaded.
    pub fn reader(&self) -> Result<Loan, diesel::r2d2::PoolError> {
        self.readers.get()
    }

    /// A connection for writing.
    ///
    /// # Errors
    /// As [`Pools::reader`].
    pub fn writer(&self) -> Result<Loan, diesel::r2d2::PoolError> {
        self.writers.get()
    }
}

/// The pool keeps trying in the background; each failure is told once at this level.
#[derive(Debug)]
struct LogAndRetry;

impl diesel::r2d2::HandleError<diesel::r2d2::Error> for LogAndRetry {
    fn handle_error(&self, error: diesel::r2d2::Error) {
        tracing::warn!(%error, "cannot open a database connection");
    }
}
