//! The contents of attachments in a backup: each once, as it lies in the folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use super::contents::{self, FileTotal};
use crate::cli::progress::Progress;
use crate::db::Connection;
use crate::db::rows::RowError;
use crate::domain::Id;
use crate::files::archive::Writer;
use crate::files::folder::Folder;
use crate::store::StoreResult;
use crate::store::attachments::{self, Attachment};

/// Rows looked at in one go.
const BATCH: i64 = 500;

/// Writes every content that a row names. Contents are never changed and stand there before their rows do, so those of the
/// rows of one moment are there, whatever comes meanwhile.
pub fn write(
    conn: &mut Connection,
    archive: &mut Writer<BufWriter<File>>,
    folder: Option<PathBuf>,
    progress: &Progress,
) -> Result<FileTotal, RowError> {
    let mut total = FileTotal::default();
    let named = contents_named(conn)?;
    let Some(folder) = folder else {
        let nowhere =
            "there are attachments, and nobody said where they lie: set attachments_dir, or leave them out with --without-attachments";
        return if named.is_empty() { Ok(total) } else { Err(nowhere.into()) };
    };
    let folder = Folder::new(&folder, 0);
    for (sha256, row) in named {
        let wrong = |what: &dyn std::fmt::Display| -> RowError { format!("{}: {what}. See `verify attachments`", describe(&row)).into() };
        let mut file = folder.open(&sha256).map_err(|e| wrong(&e))?;
        let bytes = file.metadata()?.len();
        total.files += 1;
        total.bytes += bytes;
        progress.tell(format!("writing attachments: {}", total.files));
        let found = archive.add_from(&contents::file_name(&sha256), bytes, &mut file)?;
        if found != sha256 {
            return Err(wrong(&"its file was altered"));
        }
    }
    Ok(total)
}

/// Every content, with one of the rows that name it, in the order of the digests.
fn contents_named(conn: &mut Connection) -> StoreResult<BTreeMap<String, Attachment>> {
    let mut named = BTreeMap::new();
    each(conn, |row| drop(named.insert(row.sha256.clone(), row)))?;
    Ok(named)
}

/// Hands every attachment on, page by page.
pub fn each(conn: &mut Connection, mut work: impl FnMut(Attachment)) -> StoreResult<()> {
    let mut after = Id::NIL;
    loop {
        let rows = attachments::after(conn, after, BATCH)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        rows.into_iter().for_each(&mut work);
    }
}

/// An attachment for the operator: `attachment 01… ("a.pdf" of task 01…)`.
pub fn describe(row: &Attachment) -> String {
    format!("attachment {} ({:?} of task {})", row.id, row.file_name, row.task_id)
}
