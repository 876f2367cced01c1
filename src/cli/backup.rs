//! `backup`: everything in one file, while the service runs.

pub mod attachments;
pub mod contents;
mod output;

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use clap::Args;

use super::progress::Progress;
use super::{Outcome, say};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::connection::DatabaseUrl;
use crate::db::pool::{Loan, Pools};
use crate::db::{Connection, migrations, rows, transaction};
use crate::files::archive::Writer;
use crate::store::events;
use contents::{Header, TableTotal, Tally, Totals};
use output::Output;

const HELP: &str = "The service goes on meanwhile: the file holds one moment of all the data. It can be restored into either
database, SQLite or PostgreSQL, with `restore`. It is written to FILE.partial, read back and checked, and
only then takes its name.

Files of attachments are in it, unless it is told to leave them out because the folder is backed up by other
means; then they do not come back with it.

It holds the hashes of passwords, but neither sign-ins nor the key that signs tokens. Only its owner may
read it (mode 0600); keep it as you keep the database.

  resolution-tracker backup /backup/rt-2026-11-21.tar.gz
  resolution-tracker verify backup /backup/rt-2026-11-21.tar.gz";

/// Options of `backup`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Backup {
    /// File to write, such as /backup/rt-2026-11-21.tar.gz
    file: PathBuf,
    /// Replace the file if there is one already
    #[arg(long)]
    force: bool,
    /// Leave out the files of attachments
    #[arg(long)]
    without_attachments: bool,
}

/// What is done with the files of attachments.
enum Files {
    /// They are in this folder; none where nobody said which.
    In(Option<PathBuf>),
    LeftOut,
}

type Archive = Writer<BufWriter<File>>;

/// The longest piece of a table that is written at once, in bytes.
const PIECE: usize = 1 << 20;

impl Backup {
    /// Writes, reads back, checks, and gives the file its name.
    pub fn run(self, settings: &Settings) -> Outcome {
        super::serve::start_log(settings.log_json);
        let mut connection = open_existing(settings)?;
        let output = Output::create(&self.file, self.force)?;
        let progress = Progress::new();
        let files = if self.without_attachments { Files::LeftOut } else { Files::In(settings.attachments_dir()) };
        let totals = transaction::read_at_length(&mut connection, |conn| write(conn, &output, files, &progress))
            .map_err(|e| format!("the backup was not finished: {e}"))?;
        output.flush()?;
        let checked = contents::read(output.path(), &progress, |_| Ok(()))?;
        if checked.totals != totals {
            return Err(format!("{} does not read as it was written: try again, and check the disk", output.path().display()).into());
        }
        let bytes = output.keep()?;
        drop(progress);
        say(format!("{}: {}, {bytes} bytes, written and checked", self.file.display(), totals.in_words()));
        Ok(())
    }
}

/// A connection to a database with exactly this release's schema; makes none.
pub fn open_existing(settings: &Settings) -> Result<Loan, Box<dyn Error>> {
    let url = &settings.database_url;
    if let DatabaseUrl::Sqlite(path) = url
        && !std::path::Path::new(path).exists()
    {
        return Err(format!("there is no database at {url}: check DATABASE_URL, RT_DATA_DIR or --config").into());
    }
    let mut connection = Pools::new(url, 1).reader().map_err(|e| format!("cannot open {url}: {e}"))?;
    let (applied, known) = (migrations::applied(&mut connection), migrations::of_this_release());
    match (applied.map_err(|e| e.to_string())?, known.map_err(|e| e.to_string())?) {
        (applied, known) if applied == known => Ok(connection),
        (applied, known) if applied.iter().all(|version| known.contains(version)) => {
            Err(format!("{url} has the schema of an older release: use that release, or run `resolution-tracker migrate` first").into())
        }
        _ => Err(format!("{url} has the schema of a newer release: use that release").into()),
    }
}

/// Writes every table into the archive, as they all stand at this moment.
fn write(conn: &mut Connection, output: &Output, files: Files, progress: &Progress) -> Result<Totals, rows::RowError> {
    let journal = events::head(conn)?;
    let taken_at = Clock::system().now();
    let header = Header::new(taken_at, rows::database_name(conn), migrations::of_this_release()?);
    let mut archive = Writer::new(output.writer()?, u64::try_from(taken_at.timestamp()).unwrap_or_default());
    archive.add(contents::HEADER, &serde_json::to_vec_pretty(&header)?)?;
    let mut totals = Totals { journal, tables: Vec::new(), attachments: None };
    for (number, table) in header.tables.iter().enumerate() {
        totals.tables.push(write_table(conn, &mut archive, (number, table), progress)?);
    }
    if let Files::In(folder) = files {
        totals.attachments = Some(attachments::write(conn, &mut archive, folder, progress)?);
    }
    archive.finish(&totals)?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    Ok(totals)
}

/// Writes a table in pieces.
fn write_table(
    conn: &mut Connection,
    archive: &mut Archive,
    (number, table): (usize, &rows::Table),
    progress: &Progress,
) -> Result<TableTotal, rows::RowError> {
    let (mut piece, mut pieces, mut tally) = (String::new(), 0, Tally::default());
    let mut add = |piece: &mut String| -> Result<(), rows::RowError> {
        pieces += 1;
        archive.add(&contents::piece_name(number, &table.name, pieces), piece.as_bytes())?;
        piece.clear();
        Ok(())
    };
    rows::each(conn, table, |line| {
        tally.count(line);
        piece.push_str(line);
        piece.push('\n');
        if piece.len() < PIECE {
            return Ok(());
        }
        progress.tell(format!("writing {}: {} rows", table.name, tally.rows));
        add(&mut piece)
    })?;
    if !piece.is_empty() {
        add(&mut piece)?;
    }
    Ok(TableTotal::new(&table.name, tally))
}
