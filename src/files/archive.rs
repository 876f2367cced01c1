//! An archive: one gzipped tar of named entries, closed by a manifest that lists every entry with
//! its size and SHA-256. Written and read in one go, one entry in memory at a time.
//!
//! `gzip -dc FILE | tar -t` shows what is in one. The manifest comes last, so an archive that was
//! cut off has none.

use std::io::{self, BufRead, Read, Write};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of the last entry.
const MANIFEST: &str = "manifest.json";

/// The longest entry that is read, in bytes: more would not fit into memory.
const LONGEST: u64 = 256 << 20;

/// What an archive ends with.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest<T> {
    /// Every entry before this one, in order.
    pub entries: Vec<Entry>,
    /// What the writer has to say about them all.
    pub totals: T,
}

/// One entry as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name: a path.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Entry {
    fn of(name: &str, content: &[u8]) -> Self {
        let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        Self { name: name.to_owned(), bytes, sha256: hex::encode(Sha256::digest(content)) }
    }
}

/// An archive being written.
pub struct Writer<W: Write> {
    tar: tar::Builder<GzEncoder<W>>,
    entries: Vec<Entry>,
    seconds: u64,
}

impl<W: Write> Writer<W> {
    /// Begins an archive; its entries bear the time `seconds` (since 1970).
    pub fn new(out: W, seconds: u64) -> Self {
        Self { tar: tar::Builder::new(GzEncoder::new(out, Compression::default())), entries: Vec::new(), seconds }
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// Of the file.
    pub fn add(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let entry = Entry::of(name, content);
        let mut header = tar::Header::new_gnu();
        header.set_size(entry.bytes);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        self.tar.append_data(&mut header, name, content)?;
        self.entries.push(entry);
        Ok(())
    }

    /// Closes the archive with its manifest and gives back what it was written to.
    ///
    /// # Errors
    /// Of the file.
    pub fn finish<T: Serialize>(mut self, totals: T) -> io::Result<W> {
        let manifest = Manifest { entries: std::mem::take(&mut self.entries), totals };
        self.add(MANIFEST, &serde_json::to_vec_pretty(&manifest)?)?;
        self.tar.into_inner()?.finish()
    }
}

/// Why an archive cannot be used, in a sentence; or what `visit` answered.
pub type ArchiveError = Box<dyn std::error::Error + Send + Sync>;

/// Hands every entry but the manifest to `visit`, then holds them all against the manifest.
///
/// What `visit` saw counts only when this answers `Ok`: a changed or cut off archive shows at the end.
///
/// # Errors
/// What is wrong with the archive, or what `visit` answers.
pub fn read<T: DeserializeOwned>(
    input: impl BufRead,
    mut visit: impl FnMut(&str, &[u8]) -> Result<(), ArchiveError>,
) -> Result<Manifest<T>, ArchiveError> {
    let mut archive = tar::Archive::new(GzDecoder::new(input));
    let (mut seen, mut manifest) = (Vec::new(), None);
    for entry in archive.entries().map_err(damaged)? {
        let (name, content) = open(entry)?;
        if manifest.is_some() {
            return Err(format!("{name} comes after the manifest: the file was changed").into());
        }
        if name == MANIFEST {
            manifest = Some(serde_json::from_slice::<Manifest<T>>(&content).map_err(|e| format!("its manifest cannot be read: {e}"))?);
        } else {
            visit(&name, &content)?;
            seen.push(Entry::of(&name, &content));
        }
    }
    at_end(archive.into_inner())?;
    let manifest = manifest.ok_or("it has no manifest: it was cut off")?;
    match manifest.entries.iter().zip(&seen).find(|(listed, found)| listed != found) {
        Some((listed, _)) => Err(format!("{} is not what the manifest says: the file was changed", listed.name).into()),
        None if manifest.entries.len() != seen.len() => Err("it has not the entries its manifest lists: the file was changed".into()),
        None => Ok(manifest),
    }
}

fn open(entry: io::Result<tar::Entry<'_, impl Read>>) -> Result<(String, Vec<u8>), ArchiveError> {
    let mut entry = entry.map_err(damaged)?;
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    if entry.size() > LONGEST {
        return Err(format!("{name} is too long: this was not written by this program").into());
    }
    let mut content = Vec::new();
    entry.read_to_end(&mut content).map_err(damaged)?;
    if !u64::try_from(content.len()).is_ok_and(|length| length == entry.size()) {
        return Err(format!("{name} is cut off").into());
    }
    Ok((name, content))
}

/// Reads on to the end of the compressed data, where its checksum is, and sees that nothing follows.
fn at_end(mut rest: GzDecoder<impl BufRead>) -> Result<(), ArchiveError> {
    let mut buffer = [0_u8; 8192];
    loop {
        let read = rest.read(&mut buffer).map_err(damaged)?;
        if read == 0 {
            break;
        }
        if buffer.iter().take(read).any(|byte| *byte != 0) {
            return Err("something follows its last entry: the file was changed".into());
        }
    }
    let more = rest.into_inner().read(&mut buffer).map_err(damaged)?;
    if more == 0 { Ok(()) } else { Err("something follows its end: the file was changed".into()) }
}

fn damaged(error: io::Error) -> ArchiveError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "it is cut off: its end is missing".into(),
        _ => format!("it is damaged, or no backup: {error}").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive() -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), 0);
        writer.add("a.txt", b"one").unwrap();
        writer.add("tables/a/000001.jsonl", &[b'x'; 3000]).unwrap();
        writer.finish(7).unwrap()
    }

    fn names(bytes: &[u8]) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        let seen = |name: &str, _: &[u8]| {
            names.push(name.to_owned());
            Ok(())
        };
        let manifest = read::<i32>(bytes, seen).map_err(|e| e.to_string())?;
        assert_eq!(manifest.totals, 7);
        Ok(names)
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(names(&archive()).unwrap(), ["a.txt", "tables/a/000001.jsonl"]);
    }

    /// The same content can be compressed in more than one way.
    fn content(bytes: &[u8]) -> Vec<u8> {
        let mut content = Vec::new();
        let _ = GzDecoder::new(bytes).read_to_end(&mut content);
        content
    }

    #[test]
    fn no_altered_byte_of_the_content_and_no_cut_goes_unseen() {
        let whole = archive();
        for at in 0..whole.len() {
            let mut altered = whole.clone();
            altered[at] ^= 1;
            assert!(names(&altered).is_err() || content(&altered) == content(&whole), "byte {at} of {}", whole.len());
            assert!(names(&whole[..at]).is_err(), "cut at {at}");
        }
        assert!(names(&[whole.as_slice(), b"x"].concat()).is_err());
        assert!(names(b"").is_err());
        assert!(names(b"PK\x03\x04 a workbook").is_err());
    }

    #[test]
    fn entries_are_those_of_the_manifest() {
        let entries = |entries: Vec<Entry>| {
            let mut writer = Writer::new(Vec::new(), 0);
            writer.add("a.txt", b"one").unwrap();
            writer.entries = entries;
            names(&writer.finish(7).unwrap())
        };
        assert!(entries(vec![Entry::of("a.txt", b"one")]).is_ok());
        assert!(entries(vec![Entry::of("a.txt", b"two")]).is_err());
        assert!(entries(vec![Entry::of("b.txt", b"one")]).is_err());
        assert!(entries(vec![]).is_err());
        assert!(entries(vec![Entry::of("a.txt", b"one"), Entry::of("b.txt", b"two")]).is_err());
    }
}
