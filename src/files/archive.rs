//! An archive: one gzipped tar of named entries, closed by a manifest that lists every entry with
//! its size and SHA-256. Written and read in one go, at most one entry in memory at a time; a long one
//! is not even that.
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

/// The longest entry that is read as a whole, in bytes: more would not fit into memory.
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
        let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        self.add_from(name, bytes, &mut &*content).map(drop)
    }

    /// Adds an entry of so many bytes as it is read; answers its SHA-256.
    ///
    /// # Errors
    /// Of the file, or of what is read: that it is shorter.
    pub fn add_from(&mut self, name: &str, bytes: u64, content: &mut dyn Read) -> io::Result<String> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        let mut content = Content::new(content, bytes);
        self.tar.append_data(&mut header, name, (&mut content).take(bytes))?;
        let entry = content.entry(name);
        if entry.bytes != bytes {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, format!("{name} is shorter than it was")));
        }
        let sha256 = entry.sha256.clone();
        self.entries.push(entry);
        Ok(sha256)
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

/// The content of an entry, counted and hashed while it is read.
pub struct Content<'a> {
    reader: &'a mut dyn Read,
    declared: u64,
    bytes: u64,
    hash: Sha256,
}

impl<'a> Content<'a> {
    fn new(reader: &'a mut dyn Read, declared: u64) -> Self {
        Self { reader, declared, bytes: 0, hash: Sha256::new() }
    }

    /// All of it at once.
    ///
    /// # Errors
    /// When it is too long for that, or cannot be read.
    pub fn whole(&mut self) -> Result<Vec<u8>, ArchiveError> {
        if self.declared > LONGEST {
            return Err("it has an entry that is too long: this was not written by this program".into());
        }
        let mut whole = Vec::new();
        self.read_to_end(&mut whole).map_err(damaged)?;
        Ok(whole)
    }

    /// What was read so far, as a manifest lists it.
    fn entry(&self, name: &str) -> Entry {
        Entry { name: name.to_owned(), bytes: self.bytes, sha256: hex::encode(self.hash.clone().finalize()) }
    }

    /// Reads what nobody read; then it is as the manifest should list it.
    fn end(mut self, name: &str) -> Result<Entry, ArchiveError> {
        io::copy(&mut self, &mut io::sink()).map_err(damaged)?;
        if self.bytes == self.declared { Ok(self.entry(name)) } else { Err(format!("{name} is cut off").into()) }
    }
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.bytes += u64::try_from(read).unwrap_or_default();
        Ok(read)
    }
}

/// Hands every entry but the manifest to `visit`, then holds them all against the manifest. What `visit` does not read of an
/// entry is read after it.
///
/// What `visit` saw counts only when this answers `Ok`: a changed or cut off archive shows at the end.
///
/// # Errors
/// What is wrong with the archive, or what `visit` answers.
pub fn read<T: DeserializeOwned>(
    input: impl BufRead,
    mut visit: impl FnMut(&str, &mut Content<'_>) -> Result<(), ArchiveError>,
) -> Result<Manifest<T>, ArchiveError> {
    let mut archive = tar::Archive::new(GzDecoder::new(input));
    let (mut seen, mut manifest) = (Vec::new(), None);
    for entry in archive.entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        let (name, size) = (String::from_utf8_lossy(&entry.path_bytes()).into_owned(), entry.size());
        let mut content = Content::new(&mut entry, size);
        if manifest.is_some() {
            return Err(format!("{name} comes after the manifest: the file was changed").into());
        }
        if name == MANIFEST {
            let whole = content.whole()?;
            content.end(&name)?;
            manifest = Some(serde_json::from_slice::<Manifest<T>>(&whole).map_err(|e| format!("its manifest cannot be read: {e}"))?);
        } else {
            visit(&name, &mut content)?;
            seen.push(content.end(&name)?);
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
        let seen = |name: &str, _: &mut Content<'_>| {
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
    fn an_entry_is_written_as_it_is_read() {
        let mut writer = Writer::new(Vec::new(), 0);
        let digest = writer.add_from("a.bin", 3, &mut &b"one, and what does not belong to it"[..]).unwrap();
        assert_eq!(digest, hex::encode(Sha256::digest(b"one")));
        assert!(writer.add_from("b.bin", 4, &mut &b"one"[..]).is_err());
        let mut content = Vec::new();
        let mut writer = Writer::new(Vec::new(), 0);
        writer.add_from("a.bin", 3, &mut &b"one"[..]).unwrap();
        let visit = |_: &str, found: &mut Content<'_>| {
            content.extend(found.whole()?);
            Ok(())
        };
        read::<i32>(writer.finish(7).unwrap().as_slice(), visit).unwrap();
        assert_eq!(content, b"one");
    }

    #[test]
    fn entries_are_those_of_the_manifest() {
        let of = |name: &str, content: &[u8]| Entry {
            name: name.to_owned(),
            bytes: u64::try_from(content.len()).unwrap(),
            sha256: hex::encode(Sha256::digest(content)),
        };
        let entries = |entries: Vec<Entry>| {
            let mut writer = Writer::new(Vec::new(), 0);
            writer.add("a.txt", b"one").unwrap();
            writer.entries = entries;
            names(&writer.finish(7).unwrap())
        };
        assert!(entries(vec![of("a.txt", b"one")]).is_ok());
        assert!(entries(vec![of("a.txt", b"two")]).is_err());
        assert!(entries(vec![of("b.txt", b"one")]).is_err());
        assert!(entries(vec![]).is_err());
        assert!(entries(vec![of("a.txt", b"one"), of("b.txt", b"two")]).is_err());
    }
}
