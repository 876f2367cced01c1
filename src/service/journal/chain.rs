//! Following the chain of the journal: whether it is whole, and if not, where and how it breaks.

use std::cmp::Ordering;
use std::fmt;

use super::seal;
use crate::db::Connection;
use crate::error::AppResult;
use crate::store::events::{self, Event, Head};

/// The first place where the chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The position that should stand there.
    pub position: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a place of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Another event stands there: this one was taken out, or put at another place.
    Missing,
    /// The event does not carry the hash of the one before.
    Unlinked,
    /// The event is not what its hash was taken over.
    Altered,
    /// The chain ends before the position its head names.
    Truncated,
    /// The chain goes on behind the position its head names.
    BeyondHead,
    /// The head does not carry the hash of the last event.
    HeadAltered,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let position = self.position;
        match self.fault {
            Fault::Missing => write!(f, "the event at position {position} is missing"),
            Fault::Unlinked => write!(f, "the event at position {position} does not follow from the one before"),
            Fault::Altered => write!(f, "the event at position {position} was altered"),
            Fault::Truncated => write!(f, "the events from position {position} on are missing: the end was cut off"),
            Fault::BeyondHead => write!(f, "the event at position {position} stands behind the end of the journal"),
            Fault::HeadAltered => write!(f, "the end of the journal (chain_head) does not fit the event at position {position}"),
        }
    }
}

/// The chain as far as it was followed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Chain {
    position: i64,
    hash: String,
}

impl Chain {
    /// Goes one event further.
    ///
    /// # Errors
    /// Where the chain breaks, if it does here.
    pub fn follow(&mut self, event: &Event) -> AppResult<Result<(), Break>> {
        let position = self.position + 1;
        let fault = if event.position != position {
            Fault::Missing
        } else if event.previous_hash != self.hash {
            Fault::Unlinked
        } else if seal(event)? != event.hash {
            Fault::Altered
        } else {
            self.position = position;
            self.hash.clone_from(&event.hash);
            return Ok(Ok(()));
        };
        Ok(Err(Break { position, fault }))
    }

    /// Holds the end against the head: answers how many events there are.
    ///
    /// # Errors
    /// Where the chain breaks, if its end is not the head.
    pub fn end(self, head: &Head) -> Result<i64, Break> {
        let (position, fault) = match head.position.cmp(&self.position) {
            Ordering::Greater => (self.position + 1, Fault::Truncated),
            Ordering::Less => (head.position + 1, Fault::BeyondHead),
            Ordering::Equal if head.hash != self.hash => (self.position, Fault::HeadAltered),
            Ordering::Equal => return Ok(self.position),
        };
        Err(Break { position, fault })
    }
}

/// Follows the whole chain from its beginning, a thousand events at a time, and tells `told` how
/// far it has come. Answers its length, or the first place where it breaks.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut Connection, mut told: impl FnMut(i64)) -> AppResult<Result<i64, Break>> {
    let mut chain = Chain::default();
    let mut last = i64::MIN;
    loop {
        let events = events::after(conn, last, 1_000)?;
        let Some(newest) = events.last() else { return Ok(chain.end(&events::head(conn)?)) };
        last = newest.position;
        for event in &events {
            if let Err(broken) = chain.follow(event)? {
                return Ok(Err(broken));
            }
        }
        told(last);
    }
}
