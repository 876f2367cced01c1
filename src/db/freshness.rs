//! Whether anything has changed since one looked before: what is remembered is good until then.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use diesel::r2d2::{Error, ManageConnection};

use super::connection::{DatabaseUrl, Manager};
use super::{Connection, dialect};

/// Tells how far the data has come, on a connection of its own.
///
/// The count grows whenever anybody has committed anything, this instance or another, the service
/// or the command line. Whoever looks, then reads, may keep what was read and use it again for as
/// long as the count stays the same: nothing was committed in between, so reading again would give
/// the same.
pub struct Freshness {
    manager: Manager,
    /// Looks that have begun.
    begun: AtomicU64,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    connection: Option<Connection>,
    /// What the database said; nothing yet on a new connection, whose count may be its own.
    stamp: Option<String>,
    /// How often that was something new.
    age: u64,
    /// The look that it was.
    look: u64,
}

impl Freshness {
    /// Of this database; nothing is opened before the first look.
    pub fn new(url: &DatabaseUrl) -> Self {
        Self { manager: Manager(url.clone()), begun: AtomicU64::new(0), seen: Mutex::default() }
    }

    /// Whether a look takes microseconds, so that it need not leave the thread that asks.
    pub fn is_quick(&self) -> bool {
        self.manager.0.is_embedded()
    }

    /// The count, as it stands after the call began. Those who wait at the same time share a look.
    ///
    /// # Errors
    /// When the database is away.
    pub fn look(&self) -> Result<u64, Error> {
        let came = self.begun.load(Ordering::SeqCst);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.look > came {
            return Ok(seen.age);
        }
        let look = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let stamp = self.ask(&mut seen)?;
        if seen.stamp.as_ref() != Some(&stamp) {
            (seen.stamp, seen.age) = (Some(stamp), seen.age + 1);
        }
        seen.look = look;
        Ok(seen.age)
    }

    /// Asks once more on a new connection where the old one broke: the server may have been
    /// restarted.
    fn ask(&self, seen: &mut Seen) -> Result<String, Error> {
        if let Some(stamp) = seen.connection.as_mut().and_then(|open| dialect::stamp(open).ok()) {
            return Ok(stamp);
        }
        (seen.connection, seen.stamp) = (None, None);
        let opened = seen.connection.insert(self.manager.connect()?);
        dialect::stamp(opened).map_err(Error::QueryError)
    }
}
