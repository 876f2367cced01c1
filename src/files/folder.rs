//! The folder of attachments: each content once, under its SHA-256, as `ab/abcdef…`.
//!
//! A file comes in under a name of its own in `incoming/`, is hashed and counted while it is written, put on the disk, and
//! takes its name for good when the transaction that names it is about to end. What is dropped before is removed; what a
//! crash leaves is swept at a start a day later. Nothing else is ever removed here.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::sniff;
use crate::domain::attachments::{AttachedFile, AttachmentProblem, file_name};

/// Where files that are coming in lie.
const INCOMING: &str = "incoming";
/// After this time a file that is still coming in was left by a crash.
const LEFT_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// The folder of attachments.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    most: u64,
}

/// A file that is coming in. Dropping it removes what was written.
#[derive(Debug)]
pub struct Incoming {
    folder: Folder,
    file: File,
    temporary: Temporary,
    hash: Sha256,
    bytes: u64,
}

/// A file that came in whole and is one that is taken; it has not got its name yet, and is removed unless it does.
#[derive(Debug)]
pub struct Staged {
    /// What is known of it.
    pub about: AttachedFile,
    folder: Folder,
    temporary: Temporary,
}

/// Removes a file when it goes out of scope.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // It has moved to its place, or is swept at the next start.
        let _ = fs::remove_file(&self.0);
    }
}

impl Folder {
    /// The folder at this path, which is made when the first file comes; files may have up to `most` bytes.
    pub fn new(path: &Path, most: u64) -> Self {
        Self { path: path.to_owned(), most }
    }

    /// Most bytes of a file.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Begins a file.
    ///
    /// # Errors
    /// `NoRoom` when the folder cannot be written.
    pub fn begin(&self) -> Result<Incoming, AttachmentProblem> {
        let folder = self.path.join(INCOMING);
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(no_room)?;
        let path = folder.join(format!("{}.part", hex::encode(random)));
        let file = make(&folder).and_then(|()| create(&path)).map_err(no_room)?;
        Ok(Incoming { folder: self.clone(), file, temporary: Temporary(path), hash: Sha256::new(), bytes: 0 })
    }

    /// Opens a content for reading.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn open(&self, sha256: &str) -> io::Result<File> {
        File::open(self.place(sha256)?)
    }

    /// Reads a content to its end; answers how many bytes it has and their SHA-256.
    ///
    /// # Errors
    /// As [`Folder::open`].
    pub fn digest(&self, sha256: &str) -> io::Result<(u64, String)> {
        let mut hash = Hashing { hash: Sha256::new(), bytes: 0 };
        io::copy(&mut self.open(sha256)?, &mut hash)?;
        Ok((hash.bytes, hex::encode(hash.hash.finalize())))
    }

    /// How many contents there are.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn count(&self) -> io::Result<usize> {
        let mut count = 0;
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        for shelf in entries.collect::<io::Result<Vec<_>>>()?.into_iter().filter(|shelf| shelf.file_name().len() == 2) {
            count += fs::read_dir(shelf.path())?.count();
        }
        Ok(count)
    }

    /// Takes in a content that must have this SHA-256, as a backup has it, whatever it is.
    ///
    /// # Errors
    /// A sentence: what cannot be written, or that the content is another.
    pub fn take(&self, sha256: &str, content: &mut dyn Read) -> Result<(), String> {
        let failed = |e: &dyn std::fmt::Display| format!("cannot write to {}: {e}", self.path.display());
        let mut incoming = Self { most: u64::MAX, ..self.clone() }.begin().map_err(|e| failed(&e))?;
        io::copy(content, &mut incoming).map_err(|e| failed(&e))?;
        incoming.file.sync_all().map_err(|e| failed(&e))?;
        let found = hex::encode(incoming.hash.clone().finalize());
        if found != sha256 {
            return Err(format!("a file that is called {sha256} has the SHA-256 {found}"));
        }
        self.keep(&incoming.temporary, sha256).map_err(|e| failed(&e))
    }

    /// Removes what a crash left of files that were coming in a day before `now`; answers how many there were.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn sweep(&self, now: SystemTime) -> io::Result<usize> {
        let entries = match fs::read_dir(self.path.join(INCOMING)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        let mut swept = 0;
        for entry in entries {
            let entry = entry?;
            let written = entry.metadata()?.modified()?;
            if now.duration_since(written).is_ok_and(|age| age > LEFT_AFTER) && fs::remove_file(entry.path()).is_ok() {
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// Gives a file its name for good. One that has it already is replaced: it has the same content, unless it was damaged.
    fn keep(&self, temporary: &Temporary, sha256: &str) -> io::Result<()> {
        let place = self.place(sha256)?;
        let shelf = place.parent().unwrap_or(&self.path);
        make(shelf)?;
        fs::rename(&temporary.0, &place)?;
        // Not every system opens folders; where one does, the names are on the disk as well now.
        for folder in [shelf, &self.path] {
            if let Ok(folder) = File::open(folder) {
                folder.sync_all()?;
            }
        }
        Ok(())
    }

    /// Where a content lies. What is no digest has no place: it becomes part of a path.
    fn place(&self, sha256: &str) -> io::Result<PathBuf> {
        let plain = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
        let shelf = sha256.get(..2).filter(|_| plain).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.path.join(shelf).join(sha256))
    }
}

impl Incoming {
    /// Adds bytes.
    ///
    /// # Errors
    /// `TooLarge`, `NoRoom`.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), AttachmentProblem> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.bytes.saturating_add(length) > self.folder.most {
            return Err(AttachmentProblem::TooLarge { most: self.folder.most });
        }
        self.write_all(bytes).map_err(no_room)
    }

    /// Ends the file: looks at what it is, and puts it on the disk.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn end(mut self, name: &str) -> Result<Staged, AttachmentProblem> {
        if self.bytes == 0 {
            return Err(AttachmentProblem::Empty);
        }
        self.file.rewind().map_err(no_room)?;
        let kind = sniff::kind(&mut self.file)?;
        let file_name = file_name(name);
        if !kind.fits(&file_name) {
            return Err(AttachmentProblem::Ending { kind });
        }
        self.file.sync_all().map_err(no_room)?;
        let about = AttachedFile { file_name, kind, bytes: self.bytes, sha256: hex::encode(self.hash.finalize()) };
        Ok(Staged { about, folder: self.folder, temporary: self.temporary })
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Staged {
    /// Gives it its name for good: the last step before the transaction ends that names it. Should that fail to commit, the
    /// content stays without a row; it is never removed, since another row may have come to name it.
    ///
    /// # Errors
    /// `NoRoom`.
    pub fn keep(&self) -> Result<(), AttachmentProblem> {
        self.folder.keep(&self.temporary, &self.about.sha256).map_err(no_room)
    }
}

/// Hashes and counts what is written to it.
struct Hashing {
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hash.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The cause is for the operator; the caller hears that there is no room.
fn no_room(cause: impl std::fmt::Display) -> AttachmentProblem {
    tracing::error!(%cause, "the folder of attachments cannot be written");
    AttachmentProblem::NoRoom
}

/// Makes a folder that its owner alone may enter.
fn make(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests;
