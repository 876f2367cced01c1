//! Files that come in and go out: spreadsheets and text tables.
//!
//! [`open`] turns the bytes of a file into sheets, whatever it is, within strict limits; [`written`]
//! makes files of tables, and [`archive`] holds backups. Attachments are [`received`] as streams, lie in
//! a [`folder`] and are [`served`] from there, whatever is in them.

pub mod archive;
pub mod csv_table;
pub mod folder;
pub mod received;
pub mod review_papers;
pub mod served;
mod sniff;
mod unzip;
mod workbook;
pub mod written;
mod xlsx;

use sha2::{Digest, Sha256};

use crate::domain::imports::{FileProblem, Sheet, Workbook};

/// The media type of workbooks.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Most bytes of a file that is taken in.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Most rows with content that are taken from one sheet.
pub const MOST_ROWS: usize = crate::domain::imports::MOST_ROWS;
/// Most cells with content that are taken from a file.
pub const MOST_CELLS: usize = 500_000;
/// Most columns; what stands further right is no table.
pub const MOST_COLUMNS: usize = 200;

/// The sheets of a file. What it is is seen in its bytes; its name is only kept.
///
/// # Errors
/// Why it cannot be read.
pub fn open(name: &str, bytes: &[u8]) -> Result<Workbook, FileProblem> {
    if bytes.is_empty() {
        return Err(FileProblem::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(FileProblem::TooLarge);
    }
    let sheets: Vec<Sheet> = match kind(bytes) {
        Kind::Zip => xlsx::read(bytes)?,
        Kind::Text => vec![csv_table::read(bytes)?],
        Kind::OldWorkbook => return Err(FileProblem::OldWorkbook),
        Kind::Other => return Err(FileProblem::OtherKind),
    };
    let file_name: String = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
    let sha256 = hex::encode(Sha256::digest(bytes));
    // Without a name it is known by what is in it.
    let nameless = || format!("tep-{}", sha256.get(..12).unwrap_or_default());
    Ok(Workbook { file_name: if file_name.is_empty() { nameless() } else { file_name }, sha256, sheets })
}

enum Kind {
    Zip,
    Text,
    OldWorkbook,
    Other,
}

/// First bytes of files that are no tables.
const OTHERS: &[&[u8]] =
    &[b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"<!DOCTYPE", b"<html", b"<?xml"];

fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"PK") {
        return Kind::Zip;
    }
    // Old Office files, and new ones with a password, are OLE2 containers.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Kind::OldWorkbook;
    }
    if OTHERS.iter().any(|begin| bytes.starts_with(begin)) { Kind::Other } else { Kind::Text }
}
