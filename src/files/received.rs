//! A form with files, taken in as it comes: files go straight to the folder, never as a whole into memory.

use actix_multipart::{Field, Multipart};
use actix_web::web::{self, Bytes};
use futures_util::StreamExt;

use super::folder::{Folder, Incoming, Staged};
use crate::domain::attachments::AttachmentProblem;

/// Most bytes of all that is typed beside the files.
const MOST_TYPED: usize = 256 * 1024;
/// How much of a file is gathered before it is written.
const AT_ONCE: usize = 256 * 1024;

/// How a form is read.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Most files.
    pub files: usize,
    /// Read on after a file that is not taken, throwing away up to this many bytes: a browser reads no answer before it
    /// has sent its form. 0 stops at once.
    pub thrown_away: u64,
}

/// What came in.
#[derive(Debug, Default)]
pub struct Received {
    /// What was typed: names and values, in order.
    pub fields: Vec<(String, String)>,
    /// The files, in order; none if anything is not taken.
    pub files: Vec<Staged>,
    /// Why it is not taken, if it is not.
    pub refused: Option<Refused>,
}

impl Received {
    fn refuse(&mut self, refused: Refused) {
        self.files.clear();
        self.refused.get_or_insert(refused);
    }
}

/// Why a form is not taken.
#[derive(Debug)]
pub enum Refused {
    /// A file that is not taken, by its name.
    File(String, AttachmentProblem),
    /// A file, where there is no folder for any.
    NoFolder,
    /// More files than are taken.
    TooMany,
    /// More is typed than any form of ours holds.
    TooLong,
    /// It broke off, or is no form.
    Broken,
}

/// Reads a form to its end. Files are the parts called `file`; one without name and content was not chosen. Nothing of a form
/// that is not taken stays in the folder.
pub async fn receive(mut form: Multipart, folder: Option<&Folder>, rules: Rules) -> Received {
    let mut received = Received::default();
    let (mut typed, mut left) = (0, rules.thrown_away);
    while let Some(field) = form.next().await {
        let Ok(field) = field else {
            received.refuse(Refused::Broken);
            break;
        };
        let mut field = Part { field, ended: false };
        let name = field.field.name().unwrap_or_default().to_owned();
        let outcome = match (name == "file", &received.refused) {
            (true, Some(_)) => Ok(()),
            (true, None) if received.files.len() == rules.files && !name_of(&field.field).is_empty() => Err(Refused::TooMany),
            (true, None) => file(&mut field, folder).await.map(|file| received.files.extend(file)),
            (false, _) => text(&mut field, MOST_TYPED - typed).await.map(|text| {
                typed += text.len();
                received.fields.push((name, text));
            }),
        };
        if let Err(refused) = outcome {
            received.refuse(refused);
        }
        if received.refused.is_some() && !discard(&mut field, &mut left).await {
            break;
        }
    }
    received
}

/// A part of a form; a field itself must not be asked on after its end.
struct Part {
    field: Field,
    ended: bool,
}

impl Part {
    /// The next bytes; none at the end, however often it is asked.
    async fn next(&mut self) -> Result<Option<Bytes>, Refused> {
        if self.ended {
            return Ok(None);
        }
        let next = self.field.next().await.transpose();
        self.ended = !matches!(next, Ok(Some(_)));
        next.map_err(|_| Refused::Broken)
    }
}

/// The name a file is sent with. Browsers write a quote and the end of a line as `%22`, `%0D%0A`.
fn name_of(field: &Field) -> String {
    let disposition = field.content_disposition();
    let extended = disposition.and_then(|d| d.get_filename_ext()).map(|name| String::from_utf8_lossy(&name.value).into_owned());
    let plain = || disposition.and_then(|d| d.get_filename()).unwrap_or_default().to_owned();
    extended.unwrap_or_else(plain).replace("%22", "\"").replace("%0D", "").replace("%0A", "")
}

/// Takes in a file; none if nobody chose one.
async fn file(field: &mut Part, folder: Option<&Folder>) -> Result<Option<Staged>, Refused> {
    let name = name_of(&field.field);
    let refuse = |problem| Refused::File(name.clone(), problem);
    let mut gathered = Vec::new();
    let mut incoming: Option<Incoming> = None;
    loop {
        let chunk = field.next().await?;
        let is_last = chunk.is_none();
        gathered.extend(chunk.iter().flatten());
        if !is_last && gathered.len() < AT_ONCE {
            continue;
        }
        if is_last && name.is_empty() && incoming.is_none() && gathered.is_empty() {
            return Ok(None);
        }
        let place = folder.ok_or(Refused::NoFolder)?.clone();
        let (bytes, begun) = (std::mem::take(&mut gathered), incoming.take());
        let written = off_the_worker(move || {
            let mut incoming = begun.map_or_else(|| place.begin(), Ok)?;
            incoming.add(&bytes).map(|()| incoming)
        });
        let written = written.await.map_err(refuse)?;
        if is_last {
            let named = name.clone();
            return off_the_worker(move || written.end(&named)).await.map(Some).map_err(refuse);
        }
        incoming = Some(written);
    }
}

async fn off_the_worker<T, F>(work: F) -> Result<T, AttachmentProblem>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, AttachmentProblem> + Send + 'static,
{
    // A reader of documents that panics found something it cannot read.
    web::block(work).await.unwrap_or(Err(AttachmentProblem::Damaged))
}

/// What is typed into a field.
async fn text(field: &mut Part, most: usize) -> Result<String, Refused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await? {
        if bytes.len() + chunk.len() > most {
            return Err(Refused::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or(Refused::Broken)
}

/// Reads the rest of a field and throws it away; says whether to go on.
async fn discard(field: &mut Part, left: &mut u64) -> bool {
    while *left > 0 {
        let Ok(Some(chunk)) = field.next().await else { return true };
        *left = left.saturating_sub(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
    }
    false
}

#[cfg(test)]
mod tests;
