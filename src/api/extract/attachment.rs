//! A form with one file that is evidence: taken in as it comes, once it is known whose it is.

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde_json::{Map, Value};

use super::header;
use crate::domain::attachments::{AttachmentDraft, AttachmentProblem};
use crate::domain::text;
use crate::error::{AppError, AppResult, FieldError, body, codes, rules};
use crate::files::folder::{Folder, Staged};
use crate::files::received::{self, Received, Refused, Rules};

/// What a form may have beside its file, in bytes.
const BESIDE: u64 = 512 * 1024;

/// A form that has not been read yet.
pub struct SentForm {
    form: Option<Multipart>,
    declared: u64,
}

impl FromRequest for SentForm {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = header(request, "content-type").is_some_and(|kind| kind.trim().to_lowercase().starts_with("multipart/form-data"));
        let declared = header(request, "content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
        let form = is_form.then(|| Multipart::from_request(request, payload));
        Box::pin(async move {
            let Some(form) = form else { return Ok(Self { form: None, declared }) };
            // Whether it is whole shows when it is read; permission comes first.
            Ok(Self { form: form.await.ok(), declared })
        })
    }
}

impl SentForm {
    /// Takes the file in; gives what is said of it, and the file, which is removed again unless it is kept.
    ///
    /// # Errors
    /// 413, 415, 422 saying why it is not taken; 503 when the folder cannot be written.
    pub async fn receive(self, folder: &Folder) -> AppResult<(AttachmentDraft, Staged)> {
        let form = self.form.ok_or_else(|| AppError::new(codes::FORM_REQUIRED))?;
        if self.declared > folder.most() + BESIDE {
            return Err(AppError::attachment("…", &AttachmentProblem::TooLarge { most: folder.most() }));
        }
        let Received { fields, mut files, refused } = received::receive(form, Some(folder), Rules { files: 1, thrown_away: 0 }).await;
        if let Some(refused) = refused {
            return Err(refusal(refused));
        }
        let file = files.pop().ok_or_else(|| AppError::invalid("/file", rules::REQUIRED))?;
        Ok((draft(fields)?, file))
    }
}

fn refusal(refused: Refused) -> AppError {
    match refused {
        Refused::File(name, problem) => AppError::attachment(&name, &problem),
        Refused::NoFolder => AppError::new(codes::ATTACHMENTS_NOT_CONFIGURED),
        Refused::TooMany => AppError::invalid("/file", rules::REPEATED),
        Refused::TooLong => AppError::new(codes::PAYLOAD_TOO_LARGE),
        Refused::Broken => AppError::invalid("/file", rules::FILE_DAMAGED),
    }
}

/// What is typed, read by the rules of a body: composed, trimmed; an empty field counts as missing.
fn draft(fields: Vec<(String, String)>) -> AppResult<AttachmentDraft> {
    let mut json = Map::new();
    for (name, value) in fields {
        let value = text::nfc(&value).trim().to_owned();
        if !value.is_empty() && json.insert(name.clone(), Value::from(value)).is_some() {
            return Err(AppError::invalid_fields(vec![FieldError::new(format!("/{name}"), rules::REPEATED)]));
        }
    }
    let read = serde_path_to_error::deserialize(Value::from(json)).map_err(|e| body::unreadable(e.path(), e.inner()))?;
    body::validated(read)
}
