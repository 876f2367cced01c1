//! Pools of connections, named by intent.

use std::time::Duration;

use diesel::QueryResult;
use diesel::r2d2::{Pool, PoolError, PooledConnection, R2D2Connection};

use super::connection::{DatabaseUrl, Manager};
use super::{Connection, dialect};

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
                .test_on_check_out(false)
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

    /// A connection for reading, which may have broken while it lay idle.
    ///
    /// # Errors
    /// When none is to be had within three seconds: the database is away or overloaded.
    pub fn reader(&self) -> Result<Loan, PoolError> {
        self.readers.get()
    }

    /// A connection for writing.
    ///
    /// # Errors
    /// As [`Pools::reader`].
    pub fn writer(&self) -> Result<Loan, PoolError> {
        self.writers.get()
    }

    /// A connection on which a transaction for reading has begun.
    ///
    /// # Errors
    /// As [`Pools::reader`], or what the database says.
    pub fn reading<E: From<PoolError> + From<diesel::result::Error>>(&self) -> Result<Loan, E> {
        begun(&self.readers, dialect::begin_read)
    }

    /// Looks something up with a single statement, which is one view of the data by itself and needs
    /// no transaction around it. Connections that broke while they lay idle are put away.
    ///
    /// # Errors
    /// As [`Pools::reader`], or what `find` answers.
    pub fn look<T, E: From<PoolError>>(&self, find: impl Fn(&mut Connection) -> Result<T, E>) -> Result<T, E> {
        let mut broken = 0;
        loop {
            let mut connection = self.readers.get()?;
            match find(&mut connection) {
                Err(_) if broken < self.readers.max_size() && R2D2Connection::is_broken(&mut *connection) => broken += 1,
                answer => return answer,
            }
        }
    }

    /// A connection on which a transaction for writing has begun.
    ///
    /// # Errors
    /// As [`Pools::reading`].
    pub fn writing<E: From<PoolError> + From<diesel::result::Error>>(&self) -> Result<Loan, E> {
        begun(&self.writers, dialect::begin_write)
    }
}

/// Connections that broke while they lay idle, because the server was restarted, say so when they
/// are to begin: they are put away, as many as there may be, and a new one is opened. Asking each
/// before it is used would cost a round trip for every request.
fn begun<E: From<PoolError> + From<diesel::result::Error>>(
    pool: &Pool<Manager>,
    begin: fn(&mut Connection) -> QueryResult<()>,
) -> Result<Loan, E> {
    let mut broken = 0;
    loop {
        let mut connection = pool.get()?;
        match begin(&mut connection) {
            Ok(()) => return Ok(connection),
            Err(_) if broken < pool.max_size() && dialect::may_be_cut(&connection) => broken += 1,
            Err(error) => return Err(error.into()),
        }
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
