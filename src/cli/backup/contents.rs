//! What is in a backup: a header, every table in pieces, and totals; and how one is read and checked.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cli::progress::Progress;
use crate::db::rows::{self, RowError, Table};
use crate::files::archive;
use crate::service::journal::chain::Chain;
use crate::store::events::{Event, Head};

/// The name of the first entry.
pub const HEADER: &str = "header.json";

const FORMAT: &str = "resolution-tracker backup";

/// Raised when an older release could not read what is written now.
const VERSION: u32 = 1;

/// What a backup begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    format: String,
    version: u32,
    /// The release that wrote it.
    pub release: String,
    /// When it was taken.
    pub taken_at: DateTime<Utc>,
    /// Which database it was taken from.
    pub database: String,
    /// The migrations that had run there, oldest first.
    pub migrations: Vec<String>,
    /// The tables in it, each after those it refers to.
    pub tables: Vec<Table>,
}

/// What a backup ends with, in its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The end of the journal.
    pub journal: Head,
    /// Every table, in the order of the header.
    pub tables: Vec<TableTotal>,
}

/// How much of a table there is, and the SHA-256 of all its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableTotal {
    pub name: String,
    pub rows: u64,
    pub sha256: String,
}

/// Counts and hashes the lines of a table.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// How many there were.
    pub rows: u64,
    hash: Sha256,
}

/// A backup that was read to its end and is whole.
#[derive(Debug)]
pub struct Checked {
    pub header: Header,
    pub totals: Totals,
}

impl Header {
    /// The header of a backup taken now, by this release.
    pub fn new(taken_at: DateTime<Utc>, database: &str, migrations: Vec<String>) -> Self {
        Self {
            format: FORMAT.into(),
            version: VERSION,
            release: env!("CARGO_PKG_VERSION").into(),
            taken_at,
            database: database.into(),
            migrations,
            tables: rows::kept(),
        }
    }

    fn read(content: &[u8]) -> Result<Self, RowError> {
        #[derive(Deserialize)]
        struct Kind {
            format: String,
            version: u32,
            release: String,
        }
        let kind = serde_json::from_slice::<Kind>(content).ok().filter(|kind| kind.format == FORMAT).ok_or("it is no backup")?;
        if kind.version > VERSION {
            return Err(format!("it was written by a newer release ({}): use that one", kind.release).into());
        }
        Ok(serde_json::from_slice(content).map_err(|e| format!("its header cannot be read: {e}"))?)
    }
}

impl Totals {
    /// For people: `29 tables, 1234 rows, 567 events`.
    pub fn in_words(&self) -> String {
        let rows: u64 = self.tables.iter().map(|table| table.rows).sum();
        format!("{} tables, {rows} rows, {} events", self.tables.len(), self.journal.position)
    }
}

impl TableTotal {
    /// What a tally came to.
    pub fn new(name: &str, tally: Tally) -> Self {
        Self { name: name.into(), rows: tally.rows, sha256: hex::encode(tally.hash.finalize()) }
    }
}

impl Tally {
    /// Counts one more line.
    pub fn count(&mut self, line: &str) {
        self.rows += 1;
        self.hash.update(line);
        self.hash.update("\n");
    }
}

/// The name of a piece of a table: `tables/24-progress_reports/000001.jsonl`.
pub fn piece_name(table_number: usize, table: &str, piece: u32) -> String {
    format!("tables/{:02}-{table}/{piece:06}.jsonl", table_number + 1)
}

/// The table a piece belongs to.
fn table_of<'a>(header: &'a Header, piece: &str) -> Option<&'a Table> {
    let name = piece.strip_prefix("tables/")?.split_once('/')?.0.split_once('-')?.1;
    header.tables.iter().find(|table| table.name == name)
}

/// Reads a backup to its end, hands every piece of a table to `visit`, and checks sizes, checksums,
/// counts and the journal's chain. What `visit` saw counts only if this answers `Ok`.
///
/// # Errors
/// What is wrong with the file, or what `visit` answers, in a sentence that names the file.
pub fn read(
    path: &Path,
    progress: &Progress,
    mut visit: impl FnMut(&Header, &Table, &str) -> Result<(), RowError>,
) -> Result<Checked, String> {
    let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let file = File::open(path).map_err(|e| format!("cannot open {}: {e}", path.display()))?;
    let mut reading = Reading::default();
    let manifest = archive::read::<Totals>(BufReader::with_capacity(1 << 16, file), |name, content| {
        progress.tell(format!("reading {name}"));
        reading.entry(name, content, &mut visit)
    })
    .map_err(|e| named(&e))?;
    reading.end(manifest.totals).map_err(|e| named(&e))
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    header: Option<Header>,
    tallies: BTreeMap<String, Tally>,
    chain: Chain,
}

impl Reading {
    fn entry(
        &mut self,
        name: &str,
        content: &[u8],
        visit: &mut impl FnMut(&Header, &Table, &str) -> Result<(), RowError>,
    ) -> Result<(), RowError> {
        let Some(header) = &self.header else {
            if name != HEADER {
                return Err("it is no backup".into());
            }
            self.header = Some(Header::read(content)?);
            return Ok(());
        };
        let table = table_of(header, name).ok_or_else(|| format!("this release does not know what {name} in it is: use a newer one"))?;
        let lines = std::str::from_utf8(content).map_err(|_| format!("{name} is no text"))?;
        let tally = self.tallies.entry(table.name.clone()).or_default();
        for line in lines.lines() {
            tally.count(line);
            if table.name == "events" {
                let event: Event = serde_json::from_str(line).map_err(|e| format!("{name}: this is no event: {e}"))?;
                self.chain.follow(&event)?.map_err(|broken| format!("the journal in it does not hold: {broken}"))?;
            }
        }
        visit(header, table, lines)
    }

    fn end(mut self, totals: Totals) -> Result<Checked, String> {
        let header = self.header.ok_or("it is no backup")?;
        let found = header.tables.iter().map(|table| TableTotal::new(&table.name, self.tallies.remove(&table.name).unwrap_or_default()));
        if !found.eq(totals.tables.iter().cloned()) {
            return Err("its tables have not the rows its manifest says: the file was changed".into());
        }
        self.chain.end(&totals.journal).map_err(|broken| format!("the journal in it does not hold: {broken}"))?;
        Ok(Checked { header, totals })
    }
}
