//! `restore`: brings a backup back, into an empty place.

use std::path::{Path, PathBuf};

use clap::Args;

use super::backup::contents::{self, Checked, Header, Piece, TableTotal, Tally, Totals};
use super::progress::Progress;
use super::{Outcome, say};
use crate::config::Settings;
use crate::db::pool::Pools;
use crate::db::rows::{self, RowError};
use crate::db::{Connection, migrations, transaction};
use crate::files::folder::Folder;
use crate::service::{journal, obligations, search};
use crate::store::events;

const HELP: &str = "The place is the configured database; it must be new, or migrated but without data. Anything else is
refused and left as it is. Everything comes back in one transaction: if it fails, the place is as empty
as before. The backup may come from SQLite or PostgreSQL, and from an older release.

Files of attachments go into the configured folder, which need not be empty.

Everybody signs in again afterwards: backups hold no sign-ins. Passwords are as they were.

  DATABASE_URL=sqlite://restored/resolution-tracker.db resolution-tracker restore rt-2026-11-21.tar.gz";

/// Options of `restore`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Restore {
    /// File that `backup` wrote
    file: PathBuf,
}

impl Restore {
    /// Checks the file, loads it, reads back what was loaded, and follows the journal.
    pub fn run(self, settings: &Settings) -> Outcome {
        super::serve::start_log(settings.log_json);
        if self.file.extension().is_some_and(|extension| extension == "partial") {
            return Err(format!("{} is of a backup that was not finished: take one that was", self.file.display()).into());
        }
        let progress = Progress::new();
        let checked = contents::read(&self.file, &progress, |_| Ok(()))?;
        fits_this_release(&checked.header).map_err(|e| e.to_string())?;
        let folder = settings.attachments_dir().map(|path| Folder::new(&path, 0));
        if folder.is_none() && checked.totals.attachments.is_some_and(|total| total.files > 0) {
            return Err("the backup has attachments: say where they are to lie (attachments_dir, RT_ATTACHMENTS_DIR)".into());
        }
        super::serve::prepare_data_dir(settings)?;
        let url = &settings.database_url;
        let mut connection = Pools::new(url, 1).writer().map_err(|e| format!("cannot open {url}: {e}"))?;
        transaction::write_schema(&mut connection, |conn| load(conn, (&self.file, folder.as_ref()), &checked, &progress))
            .map_err(|e: RowError| format!("nothing was restored, {url} is as it was: {e}"))?;
        drop(progress);
        let Checked { header, totals } = checked;
        let taken = header.taken_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        say(format!("{url}: restored and checked {}, as of {taken}. Everybody signs in again", totals.in_words()));
        Ok(())
    }
}

/// Refuses what a newer release wrote.
fn fits_this_release(header: &Header) -> Result<(), RowError> {
    let known = migrations::of_this_release()?;
    if header.migrations.iter().any(|version| !known.contains(version)) {
        return Err(format!("the backup was written by a newer release ({}): use that one", header.release).into());
    }
    if header.migrations == known && header.tables != rows::kept() {
        return Err("the backup does not describe the tables of this release: its header was changed".into());
    }
    Ok(())
}

/// Loads rows, and files into their folder: those lie under their digests, and harm nobody should the rest fail.
fn load(conn: &mut Connection, (file, folder): (&Path, Option<&Folder>), checked: &Checked, progress: &Progress) -> Result<(), RowError> {
    is_empty(conn)?;
    migrations::move_to(conn, &checked.header.migrations)?;
    for name in rows::SEEDED {
        rows::clear(conn, name)?;
    }
    rows::defer_references(conn)?;
    let again = contents::read(file, progress, |piece| match piece {
        Piece::Table(table, lines) => rows::insert(conn, table, lines),
        Piece::File(sha256, content) => Ok(folder.map_or(Ok(()), |folder| folder.take(sha256, content))?),
    })?;
    if (&again.header, &again.totals) != (&checked.header, &checked.totals) {
        return Err("the file changed while it was read".into());
    }
    rows::settle_references(conn)?;
    reads_back(conn, checked, progress)?;
    migrations::move_to(conn, &migrations::of_this_release()?)?;
    progress.tell("indexing".to_owned());
    search::rebuild(conn)?;
    if checked.header.migrations != migrations::of_this_release()? {
        obligations::rebuild(conn)?;
    }
    journal_holds(conn, &checked.totals)
}

/// Refuses a place with anything in it.
fn is_empty(conn: &mut Connection) -> Result<(), RowError> {
    let (applied, known) = (migrations::applied(conn)?, migrations::of_this_release()?);
    if applied.is_empty() {
        return Ok(());
    }
    if applied != known {
        return Err("it has the schema of another release. Name a new place".into());
    }
    let kept = rows::kept();
    let names = kept.iter().map(|table| table.name.as_str()).chain(rows::LEFT_OUT.iter().map(|(name, _)| *name));
    for name in names.filter(|name| !rows::SEEDED.contains(name)) {
        let count = rows::count(conn, name)?;
        if count > 0 {
            return Err(
                format!("it is not empty ({name} has {count} rows). A backup comes back only into an empty place: name a new one").into()
            );
        }
    }
    match events::position(conn)? {
        0 => Ok(()),
        position => Err(format!("its journal has come to position {position}. Name a new place").into()),
    }
}

/// Reads every row back and compares it with the backup.
fn reads_back(conn: &mut Connection, checked: &Checked, progress: &Progress) -> Result<(), RowError> {
    for (table, total) in checked.header.tables.iter().zip(&checked.totals.tables) {
        progress.tell(format!("comparing {}", table.name));
        let mut tally = Tally::default();
        rows::each(conn, table, |line| {
            tally.count(line);
            Ok(())
        })?;
        if TableTotal::new(&table.name, tally) != *total {
            return Err(format!("{} does not read back as it was backed up", table.name).into());
        }
    }
    Ok(())
}

fn journal_holds(conn: &mut Connection, totals: &Totals) -> Result<(), RowError> {
    match journal::verify(conn)? {
        Ok(position) if position == totals.journal.position => Ok(()),
        Ok(position) => Err(format!("the journal came back with {position} events").into()),
        Err(broken) => Err(format!("the journal does not hold: {broken}").into()),
    }
}
