//! What a file is, as its bytes tell: never what its name or its sender says.
//!
//! An archive is looked into: a document of Office or OpenDocument has its parts inside, any other archive is refused. Only
//! its directory and its two describing parts are read, never what it would unpack to.

use std::fs::File;
use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;

use crate::domain::attachments::{AttachmentKind, AttachmentProblem};

/// Most parts of an archive.
const MOST_PARTS: usize = 20_000;
/// Most bytes of a part that describes the others.
const MOST_DESCRIBED: u64 = 1024 * 1024;
/// How much of a file is looked at first.
const HEAD: u64 = 4096;

/// What a file is; it is read from where it stands, its beginning.
///
/// # Errors
/// Why it is not taken.
pub fn kind(file: &mut File) -> Result<AttachmentKind, AttachmentProblem> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(damaged)?;
    file.rewind().map_err(damaged)?;
    // Some programs put a mark of the byte order or an empty line before it.
    let begun = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    if begun.starts_with(b"%PDF-") {
        return Ok(AttachmentKind::Pdf);
    }
    let at_8 = head.get(8..12).unwrap_or_default();
    match head.as_slice() {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(AttachmentKind::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(AttachmentKind::Jpeg),
        [b'R', b'I', b'F', b'F', ..] if at_8 == b"WEBP" => Ok(AttachmentKind::Webp),
        [b'P', b'K', 0x03, 0x04, ..] => of_archive(file),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => of_compound(file),
        _ => Err(other(named(&head))),
    }
}

fn damaged<E>(_: E) -> AttachmentProblem {
    AttachmentProblem::Damaged
}

fn other(found: impl Into<String>) -> AttachmentProblem {
    AttachmentProblem::OtherKind { found: found.into() }
}

/// What else a file may be, for whoever sent it.
fn named(head: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    match () {
        () if text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg")) => "SVG",
        () if text.starts_with("<!doctype html") || text.contains("<html") || text.contains("<script") => "HTML",
        // What it takes for a PDF has something else before it.
        () => infer::get(head).map(|found| found.mime_type()).filter(|found| *found != "application/pdf").unwrap_or("?"),
    }
}

/// A document of Office since 2007, or of OpenDocument.
fn of_archive(file: &mut File) -> Result<AttachmentKind, AttachmentProblem> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(other("ZIP"));
    }
    let names = archive.file_names().map(|name| name.map(|name| name.to_lowercase()));
    let mut names = names.collect::<Result<Vec<String>, _>>().map_err(damaged)?;
    names.sort_unstable();
    let has = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
    let kind = if has("[content_types].xml") {
        of_office(&described(&mut archive, "[Content_Types].xml")?, &names)?
    } else if has("mimetype") && has("content.xml") {
        of_open_document(&described(&mut archive, "mimetype")?)
    } else {
        None
    };
    let kind = kind.ok_or_else(|| other("ZIP"))?;
    if names.iter().any(|name| is_macro(name)) { Err(AttachmentProblem::Macros) } else { Ok(kind) }
}

/// A part that describes the others.
fn described<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<String, AttachmentProblem> {
    let part = archive.by_name(name).map_err(damaged)?;
    let mut bytes = Vec::new();
    part.take(MOST_DESCRIBED).read_to_end(&mut bytes).map_err(damaged)?;
    // A file that names its parts in UTF-16 is read all the same: what is looked for is ASCII.
    Ok(String::from_utf8_lossy(&bytes).chars().filter(|c| *c != '\0').collect())
}

/// The main part of a document, by its content type, and the folder its parts lie in.
const OFFICE: [(&str, &str, AttachmentKind); 3] = [
    ("wordprocessingml.document.main+xml", "word/", AttachmentKind::Docx),
    ("spreadsheetml.sheet.main+xml", "xl/", AttachmentKind::Xlsx),
    ("presentationml.presentation.main+xml", "ppt/", AttachmentKind::Pptx),
];

fn of_office(types: &str, names: &[String]) -> Result<Option<AttachmentKind>, AttachmentProblem> {
    if types.to_lowercase().contains("macroenabled") {
        return Err(AttachmentProblem::Macros);
    }
    let is = |(main, folder, _): &&(&str, &str, AttachmentKind)| types.contains(main) && names.iter().any(|name| name.starts_with(folder));
    Ok(OFFICE.iter().find(is).map(|(_, _, kind)| *kind))
}

fn of_open_document(media_type: &str) -> Option<AttachmentKind> {
    [AttachmentKind::Odt, AttachmentKind::Ods, AttachmentKind::Odp].into_iter().find(|kind| kind.media_type() == media_type.trim())
}

/// Parts that hold programs: of Office, and of OpenDocument.
fn is_macro(name: &str) -> bool {
    name.ends_with("vbaproject.bin") || name.starts_with("xl/macrosheets/") || name.starts_with("basic/") || name.starts_with("scripts/")
}

/// A document of Office before 2007: a container with one stream that says which.
fn of_compound(file: &mut File) -> Result<AttachmentKind, AttachmentProblem> {
    let container = cfb::CompoundFile::open(BufReader::new(file)).map_err(damaged)?;
    if container.exists("/EncryptedPackage") {
        return Err(AttachmentProblem::Locked);
    }
    if ["/Macros", "/_VBA_PROJECT_CUR"].iter().any(|storage| container.exists(storage)) {
        return Err(AttachmentProblem::Macros);
    }
    let streams = [
        ("/WordDocument", AttachmentKind::Doc),
        ("/Workbook", AttachmentKind::Xls),
        ("/Book", AttachmentKind::Xls),
        ("/PowerPoint Document", AttachmentKind::Ppt),
    ];
    streams.into_iter().find(|(stream, _)| container.is_stream(stream)).map(|(_, kind)| kind).ok_or_else(|| other("OLE"))
}

#[cfg(test)]
mod tests;
