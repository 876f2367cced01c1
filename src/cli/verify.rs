//! `verify`: whether what is kept is whole and unaltered.

mod attachments;

use std::error::Error;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::backup::{self, contents};
use super::progress::Progress;
use super::{Outcome, say};
use crate::config::Settings;
use crate::db::transaction;
use crate::error::AppError;
use crate::service::dashboards::check::{self, Checked};
use crate::service::journal::chain;
use crate::service::review_reports;
use crate::store::events;

/// Most values that are printed one by one.
const MOST_TOLD: usize = 50;

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Follow the journal from its beginning and compute every hash again; the service may run meanwhile
    #[command(after_help = "Fails with the first position that does not hold. Write the last hash down elsewhere now and then: whoever can
rewrite the whole journal cannot rewrite that.")]
    Audit,
    /// Work every number of the dashboards out again, from what was told; the service may run meanwhile
    #[command(
        after_help = "Reports are compared with the journal, the states of tasks with their decisions, commitments and reports. Fails with the
first difference, and names the row. Whether the journal itself is whole, `verify audit` tells."
    )]
    Rollup,
    /// Work every frozen review out again, and compare it with what was frozen; the service may run meanwhile
    #[command(
        after_help = "Fails with the first value that the record no longer gives, unless the journal tells of a change that explains it: that is
printed. Names and titles may change in good order and are passed over; GET /reviews/{review}/diff?against=record shows all that differs."
    )]
    Reviews,
    /// Compare what search looks through with the records; the service may run meanwhile, but nothing is written
    #[command(after_help = "Fails if an entry is missing or wrong: `resolution-tracker search rebuild` makes them anew.")]
    Search,
    /// Read the file of every attachment and compare it with its row; the service may run meanwhile
    #[command(
        after_help = "Fails if a file is missing or was altered, and names every such attachment. The file comes back with a backup, or
when the same file is attached again."
    )]
    Attachments,
    /// Read a backup to its end: sizes, checksums, counts and the journal in it; needs no database
    Backup {
        /// File that `backup` wrote
        file: PathBuf,
    },
}

impl Verify {
    /// Checks, and fails with what is wrong.
    pub fn run(self, settings: impl FnOnce() -> Result<Settings, Box<dyn Error>>) -> Outcome {
        match self.what {
            What::Audit => audit(&settings()?),
            What::Rollup => rollup(&settings()?),
            What::Reviews => reviews(&settings()?),
            What::Search => super::search::verify(&settings()?),
            What::Attachments => attachments::verify(&settings()?),
            What::Backup { file } => {
                let progress = Progress::new();
                let checked = contents::read(&file, &progress, |_| Ok(()))?;
                drop(progress);
                let header = &checked.header;
                let taken = header.taken_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
                let from = format!("taken {taken} from {} by release {}", header.database, header.release);
                say(format!("{} is whole: {}, {from}", file.display(), checked.totals.in_words()));
                say(format!("last hash {}", checked.totals.journal.hash));
                Ok(())
            }
        }
    }
}

fn rollup(settings: &Settings) -> Outcome {
    super::serve::start_log(settings.log_json);
    let mut connection = backup::open_existing(settings)?;
    let progress = Progress::new();
    let outcome =
        transaction::read_at_length(&mut connection, |conn| check::verify(conn, &|reports| progress.tell(format!("{reports} reports"))))?;
    drop(progress);
    let Checked { tasks, reports } = outcome.map_err(|difference| {
        format!(
            "the numbers do not hold: {difference}. Somebody changed the database by other ways than this program; compare it with a backup"
        )
    })?;
    say(format!("the numbers hold: {tasks} counted tasks, {reports} reports"));
    Ok(())
}

fn reviews(settings: &Settings) -> Outcome {
    super::serve::start_log(settings.log_json);
    let mut connection = backup::open_existing(settings)?;
    let progress = Progress::new();
    let outcome =
        transaction::read_at_length(&mut connection, |conn| review_reports::verify(conn, &|title| progress.tell(title.to_owned())))?;
    drop(progress);
    let held = outcome.map_err(|broken| {
        format!(
            "a frozen review does not hold: {broken}. Keep this database as it is, and compare it with a backup from the day it was frozen"
        )
    })?;
    for changed in held.explained.iter().take(MOST_TOLD) {
        say(format!("changed since, as the journal tells: {changed}"));
    }
    let more = held.explained.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        say(format!("… and {more} more; GET /reviews/{{review}}/diff?against=record shows all"));
    }
    say(format!("the frozen reviews hold: {}", held.reviews));
    Ok(())
}

fn audit(settings: &Settings) -> Outcome {
    super::serve::start_log(settings.log_json);
    let mut connection = backup::open_existing(settings)?;
    let progress = Progress::new();
    let (outcome, head) = transaction::read_at_length(&mut connection, |conn| {
        let outcome = chain::verify(conn, |position| progress.tell(format!("{position} events")))?;
        Ok::<_, AppError>((outcome, events::head(conn)?))
    })?;
    drop(progress);
    let length = outcome.map_err(|broken| {
        format!("the journal does not hold: {broken}. Keep this database as it is, and compare it with the last backup that is whole")
    })?;
    say(format!("the journal is whole: {length} events"));
    say(format!("last hash {}", head.hash));
    Ok(())
}
