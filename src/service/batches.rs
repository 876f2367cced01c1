//! Batches: many things asked for at once, carried out one after the other in one transaction.

use crate::db::Connection;
use crate::domain::batches::BatchMode;
use crate::error::{AppError, AppResult};
use crate::store;

/// What became of a batch.
#[derive(Debug)]
pub struct Batch<T> {
    /// Whether what could be done was kept.
    pub kept: bool,
    /// What each item led to, in order, or why it was refused.
    pub results: Vec<AppResult<T>>,
}

impl<T> Batch<T> {
    /// How many items were refused.
    pub fn refused(&self) -> usize {
        self.results.iter().filter(|result| result.is_err()).count()
    }
}

/// Carries out each item that could be read, and undoes what must not be kept.
///
/// An item that is refused leaves nothing behind, and holds up no other. With [`BatchMode::All`] one that is refused
/// keeps out all.
///
/// # Errors
/// What is no answer to an item: the database is away.
pub fn carry_out<I, T>(
    conn: &mut Connection,
    items: Vec<AppResult<I>>,
    (mode, dry_run): (BatchMode, bool),
    mut work: impl FnMut(&mut Connection, I) -> AppResult<T>,
) -> AppResult<Batch<T>> {
    store::tried(conn, |conn| {
        let mut batch = Batch { kept: !dry_run, results: Vec::with_capacity(items.len()) };
        for item in items {
            let tried = item.and_then(|item| store::tried(conn, |conn| Ok::<_, AppError>((work(conn, item)?, true))));
            match tried {
                Err(error) if error.code.status >= 500 => return Err(error),
                tried => batch.results.push(tried),
            }
        }
        batch.kept &= mode == BatchMode::Each || batch.refused() == 0;
        let keep = batch.kept;
        Ok((batch, keep))
    })
}
