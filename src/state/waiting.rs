//! Waiting until somebody writes: without a connection, without a thread, and not too many at once.

use std::time::Duration;

use actix_web::rt::time::timeout;
use futures_util::future::{Either, select};
use tokio::sync::{Semaphore, SemaphorePermit, watch};

use super::AppState;
use crate::error::{AppError, AppResult, codes};

/// Most requests that wait at once in one instance.
const PLACES: usize = 128;
/// How long what another instance or process has written may go unnoticed.
const PATIENCE: Duration = Duration::from_millis(700);

/// Those who wait, and whether waiting has an end.
pub(super) struct Waiting {
    places: Semaphore,
    stopped: watch::Sender<bool>,
}

impl Default for Waiting {
    fn default() -> Self {
        Self { places: Semaphore::new(PLACES), stopped: watch::channel(false).0 }
    }
}

impl AppState {
    /// A place among those who wait; it is free again when this is dropped.
    ///
    /// # Errors
    /// `too_many_waiting`.
    pub fn place_to_wait(&self) -> AppResult<SemaphorePermit<'_>> {
        self.0.waiting.places.try_acquire().map_err(|_| AppError::new(codes::TOO_MANY_WAITING).retry_after(5))
    }

    /// How many wait now.
    pub fn waiting(&self) -> usize {
        PLACES - self.0.waiting.places.available_permits()
    }

    /// Waits until it is worth looking again: this instance has written since `moved` was last looked
    /// at, or enough time has passed for another one to have. Answers `false` when the process stops.
    pub async fn wait_for_writes(&self, moved: &mut watch::Receiver<u64>) -> bool {
        let mut stopped = self.0.waiting.stopped.subscribe();
        let written = Box::pin(timeout(PATIENCE, moved.changed()));
        let stopping = Box::pin(stopped.wait_for(|stopped| *stopped));
        matches!(select(written, stopping).await, Either::Left(_))
    }

    /// Ends all waiting: the process is about to stop.
    pub fn stop_waiting(&self) {
        self.0.waiting.stopped.send_replace(true);
    }
}
