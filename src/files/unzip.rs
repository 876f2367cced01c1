//! What an archive would unpack to, found out before and while it is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::domain::imports::FileProblem;

/// Most bytes that a file may unpack to.
pub const MOST_UNPACKED: u64 = 96 * 1024 * 1024;
/// Most parts of a file.
const MOST_PARTS: usize = 2_000;

/// Refuses an archive that is no workbook, holds macros, or unpacks to too much.
///
/// The directory of the archive is believed first; then every part is unpacked once into nothing,
/// since a directory may lie.
///
/// # Errors
/// Why it is refused.
pub fn inspect(bytes: &[u8]) -> Result<(), FileProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileProblem::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(FileProblem::UnpacksTooLarge);
    }
    let (mut declared, mut is_workbook) = (0_u64, false);
    for part in 0..archive.len() {
        let part = archive.by_index_raw(part).map_err(|_| FileProblem::Damaged)?;
        let name = part.name().map_err(|_| FileProblem::Damaged)?.to_lowercase();
        if name.ends_with("vbaproject.bin") || name.starts_with("xl/macrosheets/") {
            return Err(FileProblem::Macros);
        }
        is_workbook |= name == "xl/workbook.xml";
        declared = declared.saturating_add(part.size());
    }
    if declared > MOST_UNPACKED {
        return Err(FileProblem::UnpacksTooLarge);
    }
    if !is_workbook {
        return Err(FileProblem::OtherKind);
    }
    let mut left = MOST_UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| FileProblem::Damaged)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| FileProblem::Damaged)?;
        left = left.checked_sub(unpacked).ok_or(FileProblem::UnpacksTooLarge)?;
    }
    Ok(())
}
