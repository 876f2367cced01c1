//! The file a backup is written to: `FILE.partial` until it is whole, readable by its owner only.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// A file that has not got its name yet.
pub struct Output {
    wanted: PathBuf,
    partial: PathBuf,
    file: File,
    force: bool,
}

impl Output {
    /// Begins `FILE.partial`; one that was left by an interrupted backup is replaced.
    pub fn create(wanted: &Path, force: bool) -> Result<Self, String> {
        refuse_existing(wanted, force)?;
        let mut partial = wanted.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let failed = |e: io::Error| format!("cannot write {}: {e}", partial.display());
        let file = open_private(&partial).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(format!("another backup is writing {} just now", partial.display())),
            Err(TryLockError::Error(e)) => return Err(failed(e)),
        }
        file.set_len(0).map_err(failed)?;
        Ok(Self { wanted: wanted.to_owned(), partial, file, force })
    }

    /// Where it is being written.
    pub fn path(&self) -> &Path {
        &self.partial
    }

    /// What to write to.
    pub fn writer(&self) -> io::Result<BufWriter<File>> {
        Ok(BufWriter::with_capacity(1 << 16, self.file.try_clone()?))
    }

    /// Puts what was written on the disk.
    pub fn flush(&self) -> Result<(), String> {
        self.file.sync_all().map_err(|e| format!("cannot write {}: {e}", self.partial.display()))
    }

    /// Gives the file its name, for good; answers its length in bytes.
    pub fn keep(self) -> Result<u64, String> {
        refuse_existing(&self.wanted, self.force)?;
        let failed = |e: io::Error| format!("cannot rename {} to {}: {e}", self.partial.display(), self.wanted.display());
        std::fs::rename(&self.partial, &self.wanted).map_err(failed)?;
        let folder = self.wanted.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Not every system opens folders; where one does, the name is on the disk as well now.
        if let Ok(folder) = File::open(folder) {
            folder.sync_all().map_err(failed)?;
        }
        Ok(self.file.metadata().map_err(failed)?.len())
    }
}

fn refuse_existing(wanted: &Path, force: bool) -> Result<(), String> {
    match wanted.symlink_metadata() {
        Ok(found) if found.is_dir() => Err(format!("{} is a folder: name a file in it", wanted.display())),
        Ok(_) if !force => Err(format!("{} is there already: choose another name, or replace it with --force", wanted.display())),
        _ => Ok(()),
    }
}

fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // One left over may be readable by more.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}
