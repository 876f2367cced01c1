//! `search`: keeps what search looks through.

use clap::{Args, Subcommand};

use super::{Outcome, backup, say};
use crate::config::Settings;
use crate::db::pool::{Loan, Pools};
use crate::db::transaction;
use crate::error::AppError;
use crate::service;
use crate::store::search_entries;

/// Options of `search`.
#[derive(Debug, Args)]
pub struct Search {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make it anew from the records, in one transaction; writers wait meanwhile
    #[command(after_help = "Needed only if `verify search` fails: after a release before this one wrote to the same database, or after
rows were changed past the program. `migrate` and `restore` do it by themselves.")]
    Rebuild,
}

impl Search {
    /// Does it.
    pub fn run(self, settings: &Settings) -> Outcome {
        let What::Rebuild = self.what;
        let mut connection = open(settings)?;
        let count = transaction::write(&mut connection, service::search::rebuild)?;
        say(format!("{count} records may be found"));
        Ok(())
    }
}

/// The database that is there, to be written to.
fn open(settings: &Settings) -> Result<Loan, Box<dyn std::error::Error>> {
    drop(backup::open_existing(settings)?);
    Ok(Pools::new(&settings.database_url, 1).writer().map_err(|e| format!("cannot open {}: {e}", settings.database_url))?)
}

/// Compares the entries with the records.
pub fn verify(settings: &Settings) -> Outcome {
    let mut connection = open(settings)?;
    let found = transaction::write(&mut connection, |conn| Ok::<_, AppError>(search_entries::compare(conn)?))?;
    if found.wrong > 0 || found.left_over > 0 {
        let search_entries::Differences { right, wrong, left_over } = found;
        return Err(format!(
            "search: {wrong} of {} records cannot be found as they stand, {left_over} entries are left over: run `resolution-tracker search rebuild`",
            right + wrong
        )
        .into());
    }
    say(format!("search is whole: {} records may be found", found.right));
    Ok(())
}
