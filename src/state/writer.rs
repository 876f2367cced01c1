//! Writes that arrive together share one durable commit: the embedded database has one writer
//! anyway, and waiting for the disk is most of what a write costs.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use tokio::sync::oneshot;

use crate::db::pool::Pools;
use crate::db::{Connection, transaction};
use crate::error::{AppError, AppResult};

/// Most writes that wait; more are refused at once.
const QUEUE: usize = 256;
/// Most writes that share a commit.
const TOGETHER: usize = 64;

/// One write: runs within the common transaction, if that could begin, then tells whoever waits what
/// came of it.
type Job = Box<dyn FnOnce(AppResult<&mut Connection>) -> Tell + Send>;
/// Tells the outcome, once it is known whether the common transaction was committed.
type Tell = Box<dyn FnOnce(Result<(), AppError>) + Send>;

/// The one writer of an embedded database, on a thread of its own. It ends with whoever holds this.
pub struct Writer(SyncSender<Job>);

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no more threads.
    pub fn start(pools: Pools) -> std::io::Result<Self> {
        let (sender, jobs) = sync_channel(QUEUE);
        std::thread::Builder::new().name("writer".into()).spawn(move || run(&pools, &jobs))?;
        Ok(Self(sender))
    }

    /// Runs `work` in a transaction of its own within one that others may share: committed if it
    /// answers `Ok`, undone alone otherwise. Answers when it is on disk.
    ///
    /// # Errors
    /// What `work` answers; `unavailable` when too many wait or the database is away.
    pub async fn write<T, F>(&self, work: F) -> AppResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> AppResult<T> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |conn| {
            let outcome = conn.and_then(|conn| transaction::part(conn, work));
            Box::new(move |committed| {
                // Whoever waited may have gone away; what is written stays.
                let _ = tell.send(committed.and(outcome));
            })
        });
        match self.0.try_send(job) {
            Ok(()) => told.await.map_err(AppError::internal)?,
            Err(TrySendError::Full(_)) => Err(AppError::unavailable("too many writes wait")),
            Err(TrySendError::Disconnected(_)) => Err(AppError::internal("the writer has ended")),
        }
    }
}

fn run(pools: &Pools, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        // Those who waited for a batch that panicked hear that nobody answers them any more.
        if catch_unwind(AssertUnwindSafe(|| batch(pools, first, jobs))).is_err() {
            tracing::error!("a write panicked; those that shared its commit were undone");
        }
    }
}

/// Runs the first write and those that wait behind it, commits, and tells each.
fn batch(pools: &Pools, first: Job, jobs: &Receiver<Job>) {
    let (mut first, mut tell) = (Some(first), Vec::new());
    let committed = pools.writer().map_err(AppError::from).and_then(|mut connection| {
        transaction::write(&mut connection, |conn| {
            for job in first.take().into_iter().chain(jobs.try_iter()).take(TOGETHER) {
                let Ok(told) = catch_unwind(AssertUnwindSafe(|| job(Ok(&mut *conn)))) else {
                    // Its own part is still open; the common transaction is undone by the error.
                    transaction::undo_part(conn)?;
                    return Err(AppError::internal("a write panicked"));
                };
                tell.push(told);
            }
            AppResult::Ok(())
        })
    });
    if let (Some(first), Err(error)) = (first, &committed) {
        tell.push(first(Err(error.clone())));
    }
    for tell in tell {
        tell(committed.clone());
    }
}
