//! Whether the files of attachments are there and unaltered.

use std::collections::HashMap;
use std::io;

use crate::cli::backup::{self, attachments};
use crate::cli::progress::Progress;
use crate::cli::{Outcome, say};
use crate::config::Settings;
use crate::db::rows::RowError;
use crate::db::transaction;
use crate::files::folder::Folder;
use crate::store::attachments::Attachment;

/// Most attachments that are named.
const NAMED: usize = 100;

/// Reads every content once and holds it against the rows that name it.
pub fn verify(settings: &Settings) -> Outcome {
    crate::cli::serve::start_log(settings.log_json);
    let mut connection = backup::open_existing(settings)?;
    let folder = settings.attachments_dir().map(|path| Folder::new(&path, 0));
    let progress = Progress::new();
    let mut rows = Vec::new();
    transaction::read_at_length(&mut connection, |conn| {
        attachments::each(conn, |row| rows.push(row))?;
        Ok::<_, RowError>(())
    })
    .map_err(|e| e.to_string())?;
    let (mut known, mut wrong) = (HashMap::new(), Vec::new());
    for row in &rows {
        let found = known.entry(row.sha256.clone()).or_insert_with(|| {
            progress.tell(format!("{} {}", row.sha256, row.file_name));
            folder.as_ref().ok_or(io::ErrorKind::NotFound.into()).and_then(|folder| folder.digest(&row.sha256))
        });
        wrong.extend(fault(row, found).map(|fault| format!("{}: {fault}", attachments::describe(row))));
    }
    drop(progress);
    if !wrong.is_empty() {
        let more = wrong.len().saturating_sub(NAMED);
        let tail = if more > 0 { format!("\n… and {more} more") } else { String::new() };
        let told = wrong.iter().take(NAMED).cloned().collect::<Vec<_>>().join("\n");
        return Err(format!("{} of {} attachments are not as they came in:\n{told}{tail}", wrong.len(), rows.len()).into());
    }
    let spare = folder.map_or(Ok(0), |folder| folder.count()).map_err(|e| e.to_string())?.saturating_sub(known.len());
    say(format!("the files are whole: {} attachments, {} contents", rows.len(), known.len()));
    if spare > 0 {
        say(format!("{spare} contents belong to no attachment: uploads that were not recorded, or of another database; they do no harm"));
    }
    Ok(())
}

/// What is wrong with the content of a row.
fn fault(row: &Attachment, found: &io::Result<(u64, String)>) -> Option<String> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some("its file is missing".to_owned()),
        Err(error) => Some(format!("its file cannot be read: {error}")),
        Ok((_, digest)) if *digest != row.sha256 => Some("its file was altered".to_owned()),
        Ok((bytes, _)) if i64::try_from(*bytes).ok() != Some(row.bytes) => {
            Some(format!("its file has {bytes} bytes, the row says {}", row.bytes))
        }
        Ok(_) => None,
    }
}
