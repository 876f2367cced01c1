//! What is in a backup: a header, every table in pieces, attachments, and totals; and how one is read and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cli::progress::Progress;
use crate::db::rows::{self, RowError, Table};
use crate::files::archive::{self, Content};
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
    /// The contents of attachments; none in a backup that was taken without them, or by a release that had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments: Option<FileTotal>,
}

/// How many contents there are, and how long they are together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileTotal {
    pub files: u64,
    pub bytes: u64,
}

/// A part of a backup, as it is handed on.
pub enum Piece<'a, 'c> {
    /// Lines of a table.
    Table(&'a Table, &'a str),
    /// The content of attachments, under its SHA-256.
    File(&'a str, &'a mut Content<'c>),
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
    /// For people: `29 tables, 1234 rows, 567 events, 12 contents of attachments`.
    pub fn in_words(&self) -> String {
        let rows: u64 = self.tables.iter().map(|table| table.rows).sum();
        let files = self.attachments.map(|total| format!(", {} contents of attachments", total.files)).unwrap_or_default();
        format!("{} tables, {rows} rows, {} events{files}", self.tables.len(), self.journal.position)
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

/// The name of the content of attachments with this SHA-256.
pub fn file_name(sha256: &str) -> String {
    format!("{FILES}{}/{sha256}", sha256.get(..2).unwrap_or_default())
}

/// What the names of contents begin with.
const FILES: &str = "attachments/";

/// The table a piece belongs to.
fn table_of<'a>(header: &'a Header, piece: &str) -> Option<&'a Table> {
    let name = piece.strip_prefix("tables/")?.split_once('/')?.0.split_once('-')?.1;
    header.tables.iter().find(|table| table.name == name)
}

/// Reads a backup to its end, hands every piece of a table and every file to `visit`, and checks sizes, checksums,
/// counts and the journal's chain. What `visit` saw counts only if this answers `Ok`.
///
/// # Errors
/// What is wrong with the file, or what `visit` answers, in a sentence that names the file.
pub fn read(path: &Path, progress: &Progress, mut visit: impl FnMut(Piece<'_, '_>) -> Result<(), RowError>) -> Result<Checked, String> {
    let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let file = File::open(path).map_err(|e| format!("cannot open {}: {e}", path.display()))?;
    let mut reading = Reading::default();
    let manifest = archive::read::<Totals>(BufReader::with_capacity(1 << 16, file), |name, content| {
        progress.tell(format!("reading {name}"));
        reading.entry(name, content, &mut visit)
    })
    .map_err(|e| named(&e))?;
    reading.files(&manifest.entries, &manifest.totals).and_then(|()| reading.end(manifest.totals)).map_err(|e| named(&e))
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    header: Option<Header>,
    tallies: BTreeMap<String, Tally>,
    chain: Chain,
    /// The contents that rows name.
    wanted: BTreeSet<String>,
}

impl Reading {
    fn entry(
        &mut self,
        name: &str,
        content: &mut Content<'_>,
        visit: &mut impl FnMut(Piece<'_, '_>) -> Result<(), RowError>,
    ) -> Result<(), RowError> {
        let Some(header) = &self.header else {
            if name != HEADER {
                return Err("it is no backup".into());
            }
            self.header = Some(Header::read(&content.whole()?)?);
            return Ok(());
        };
        if let Some(sha256) = name.strip_prefix(FILES).and_then(|rest| rest.split('/').next_back()) {
            return visit(Piece::File(sha256, content));
        }
        let table = table_of(header, name).ok_or_else(|| format!("this release does not know what {name} in it is: use a newer one"))?;
        let content = content.whole()?;
        let lines = std::str::from_utf8(&content).map_err(|_| format!("{name} is no text"))?;
        let tally = self.tallies.entry(table.name.clone()).or_default();
        let digest = table.columns.iter().position(|column| table.name == "attachments" && column.name == "sha256");
        for line in lines.lines() {
            tally.count(line);
            if let Some(at) = digest {
                let row: Vec<serde_json::Value> = serde_json::from_str(line).map_err(|e| format!("{name}: this is no row: {e}"))?;
                self.wanted.extend(row.get(at).and_then(|value| value.as_str()).map(ToOwned::to_owned));
            }
            if table.name == "events" {
                let event: Event = serde_json::from_str(line).map_err(|e| format!("{name}: this is no event: {e}"))?;
                self.chain.follow(&event)?.map_err(|broken| format!("the journal in it does not hold: {broken}"))?;
            }
        }
        visit(Piece::Table(table, lines))
    }

    /// The contents are those that rows name, each under its own name.
    fn files(&self, entries: &[archive::Entry], totals: &Totals) -> Result<(), String> {
        let contents: Vec<_> = entries.iter().filter(|entry| entry.name.starts_with(FILES)).collect();
        if let Some(other) = contents.iter().find(|entry| entry.name != file_name(&entry.sha256)) {
            return Err(format!("{} is another file than its name says: it was altered", other.name));
        }
        let found: BTreeSet<&str> = contents.iter().map(|entry| entry.sha256.as_str()).collect();
        let Some(told) = totals.attachments else {
            return if found.is_empty() { Ok(()) } else { Err("it has files its manifest does not tell of: the file was changed".into()) };
        };
        let count =
            FileTotal { files: u64::try_from(found.len()).unwrap_or_default(), bytes: contents.iter().map(|entry| entry.bytes).sum() };
        if count != told || !self.wanted.iter().map(String::as_str).eq(found) {
            return Err("it has not the files its rows name: the file was changed".into());
        }
        Ok(())
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
