//! What every request may use: the database by intent, the clock, the settings.

mod memory;
mod waiting;
mod writer;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use actix_web::web;
use tokio::sync::{Semaphore, watch};

use crate::clock::Clock;
use crate::config::{Settings, SigningKey};
pub use crate::db::Connection;
use crate::db::freshness::Freshness;
use crate::db::pool::Pools;
use crate::db::{migrations, transaction};
use crate::domain::{Moment, Origin};
use crate::error::{AppError, AppResult, codes};

pub use memory::Memory;
use waiting::Waiting;
use writer::Writer;

/// The shared state; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    pools: Pools,
    /// Started by the first write.
    writer: OnceLock<Writer>,
    freshness: Freshness,
    memory: Memory,
    clock: Clock,
    settings: Settings,
    signing_key: SigningKey,
    /// Password hashing must not starve everything else: two at a time.
    hashing: Semaphore,
    /// Requests with an `Idempotency-Key` that are being answered by this instance.
    in_flight: Mutex<HashSet<String>>,
    /// How many writes this instance has committed.
    moved: watch::Sender<u64>,
    /// Requests that wait for others to write.
    waiting: Waiting,
}

impl AppState {
    /// State for these settings.
    pub fn new(settings: Settings, signing_key: SigningKey, clock: Clock) -> Self {
        let pools = Pools::new(&settings.database_url, settings.pool_size);
        let freshness = Freshness::new(&settings.database_url);
        let memory = Memory::new(settings.answer_cache_mib * 1024 * 1024);
        let (moved, _) = watch::channel(0);
        Self(Arc::new(Shared {
            pools,
            writer: OnceLock::new(),
            freshness,
            memory,
            clock,
            settings,
            signing_key,
            hashing: Semaphore::new(2),
            in_flight: Mutex::default(),
            moved,
            waiting: Waiting::default(),
        }))
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Where attachments lie, and most bytes of one.
    ///
    /// # Errors
    /// `attachments_not_configured`.
    pub fn attachments(&self) -> AppResult<(PathBuf, u64)> {
        let folder = self.settings().attachments_dir().ok_or_else(|| AppError::new(codes::ATTACHMENTS_NOT_CONFIGURED))?;
        Ok((folder, self.settings().attachments_max_bytes))
    }

    /// The key that signs access tokens.
    pub fn signing_key(&self) -> &SigningKey {
        &self.0.signing_key
    }

    /// The moment it is, with the deployment's rules.
    pub fn moment(&self) -> Moment {
        Moment {
            instant: self.0.clock.now(),
            origin: Origin::Entry,
            due_soon_days: self.0.settings.due_soon_days,
            strict_before: self.0.settings.strict_before,
            mails: self.0.settings.mail.is_some(),
        }
    }

    /// Reads on one unchanging view of the data.
    ///
    /// # Errors
    /// What `work` answers; `unavailable` when the database is away.
    pub async fn read<T, F>(&self, work: F) -> AppResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection, &Moment) -> AppResult<T> + Send + 'static,
    {
        let state = self.clone();
        off_the_worker(move || {
            let mut connection = state.0.pools.reading::<AppError>()?;
            let moment = state.moment();
            transaction::finish(&mut connection, |conn| work(conn, &moment))
        })
        .await
    }

    /// Looks something up with a single statement, outside a transaction; `find` may be called again.
    ///
    /// # Errors
    /// What `find` answers; `unavailable` when the database is away.
    pub async fn look<T, F>(&self, find: F) -> AppResult<T>
    where
        T: Send + 'static,
        F: Fn(&mut Connection) -> AppResult<T> + Send + 'static,
    {
        let state = self.clone();
        off_the_worker(move || state.0.pools.look(find)).await
    }

    /// Writes: `work` is one transaction, committed if it answers `Ok` and undone otherwise. On the
    /// embedded database writes that arrive together share one commit; `work` does not notice.
    ///
    /// # Errors
    /// What `work` answers; `unavailable` when the database is away or too many writes wait.
    pub async fn write<T, F>(&self, work: F) -> AppResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection, &Moment) -> AppResult<T> + Send + 'static,
    {
        let state = self.clone();
        if !self.0.pools.has_one_writer() {
            return off_the_worker(move || state.write_now(work)).await;
        }
        let value = self.writer()?.write(move |conn| work(conn, &state.moment())).await?;
        self.0.moved.send_modify(|writes| *writes += 1);
        Ok(value)
    }

    fn writer(&self) -> AppResult<&Writer> {
        if let Some(writer) = self.0.writer.get() {
            return Ok(writer);
        }
        let started = Writer::start(self.0.pools.clone()).map_err(AppError::internal)?;
        // If two came first at once, one of the threads ends again.
        Ok(self.0.writer.get_or_init(|| started))
    }

    /// [`AppState::write`] on this thread: for the command line and the demo.
    ///
    /// # Errors
    /// As [`AppState::write`].
    pub fn write_now<T>(&self, work: impl FnOnce(&mut Connection, &Moment) -> AppResult<T>) -> AppResult<T> {
        let mut connection = self.0.pools.writing::<AppError>()?;
        let moment = self.moment();
        let value = transaction::finish(&mut connection, |conn| work(conn, &moment))?;
        self.0.moved.send_modify(|writes| *writes += 1);
        Ok(value)
    }

    /// Tells of every write that this instance has committed: the count goes up by one after each,
    /// before its answer leaves. Writes of other instances and of the command line do not show
    /// here, so whoever waits for those as well must also look from time to time. Many writes may
    /// arrive as one change, and a write need not have added to the journal.
    ///
    /// ```no_run
    /// # async fn next(state: resolution_tracker::state::AppState) {
    /// let mut moved = state.moved(); // before looking, so that nothing is missed
    /// // … look; if there is nothing new:
    /// let _ = moved.changed().await;
    /// # }
    /// ```
    pub fn moved(&self) -> watch::Receiver<u64> {
        self.0.moved.subscribe()
    }

    /// How far the data has come: a count that grows whenever anybody has committed anything. It is
    /// looked up after the call began, so whoever asks has every write before that behind it.
    ///
    /// # Errors
    /// `unavailable` when the database is away.
    pub async fn age(&self) -> AppResult<u64> {
        let age = if self.0.freshness.is_quick() {
            self.0.freshness.look()
        } else {
            let state = self.clone();
            web::block(move || state.0.freshness.look()).await.map_err(AppError::internal)?
        };
        age.map_err(AppError::unavailable)
    }

    /// What was worked out before and may still be good.
    pub fn memory(&self) -> &Memory {
        &self.0.memory
    }

    /// Whether the database answers and has this release's schema.
    ///
    /// # Errors
    /// `unavailable`.
    pub async fn ready(&self) -> AppResult<()> {
        let state = self.clone();
        off_the_worker(move || {
            let mut connection = state.0.pools.reading::<AppError>()?;
            transaction::finish(&mut connection, |_| AppResult::Ok(()))?;
            match migrations::pending(&mut connection) {
                Ok(false) => Ok(()),
                Ok(true) => Err(AppError::unavailable("the schema is older than this release")),
                Err(error) => Err(AppError::unavailable(error)),
            }
        })
        .await
    }

    /// Hashes or checks a password on a thread of the small pool kept for that.
    ///
    /// # Errors
    /// What `work` answers.
    pub async fn hash<T, F>(&self, work: F) -> AppResult<T>
    where
        T: Send + 'static,
        F: FnOnce() -> AppResult<T> + Send + 'static,
    {
        let _turn = self.0.hashing.acquire().await.map_err(AppError::internal)?;
        off_the_worker(work).await
    }

    /// Marks a request as being answered; `None` if it is already.
    pub fn begin(&self, request: &str) -> Option<InFlight> {
        let mut set = self.0.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        set.insert(request.to_owned()).then(|| InFlight { state: self.clone(), request: request.to_owned() })
    }
}

/// A request that is being answered; the mark is taken away when this is dropped.
pub struct InFlight {
    state: AppState,
    request: String,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.state.0.in_flight.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.request);
    }
}

async fn off_the_worker<T, F>(work: F) -> AppResult<T>
where
    T: Send + 'static,
    F: FnOnce() -> AppResult<T> + Send + 'static,
{
    web::block(work).await.map_err(AppError::internal)?
}
