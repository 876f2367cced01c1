//! A form with a file, read as it comes. What is wrong with the file is kept beside the fields, so
//! that the page can be shown again with everything that was typed.

use std::convert::Infallible;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;

use super::forms::{CSRF, Fields};
use crate::domain::imports::{FileProblem, Workbook};
use crate::error::{AppError, AppResult, rules};
use crate::files;

/// Largest file that a page carries along for the next step, in bytes.
const MOST_CARRIED: usize = 1024 * 1024;
/// Most bytes of all fields together: a file that is carried along, in base 64, and what is typed.
const MOST_TYPED: usize = MOST_CARRIED / 3 * 4 + 64 * 1024;
/// Most bytes that are read and thrown away, so that whoever sends them hears why. A browser reads
/// no answer before it has sent its form.
const MOST_READ: usize = 512 * 1024 * 1024;

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct SentFile {
    name: String,
    bytes: Vec<u8>,
}

/// A form with a file.
#[derive(Debug)]
pub struct FileForm {
    /// What was typed and chosen.
    pub fields: Fields,
    /// The file; none if nobody chose one.
    pub file: AppResult<Option<SentFile>>,
}

impl SentFile {
    /// A file that a page has carried along.
    ///
    /// # Errors
    /// 422 when it is no longer what was put there.
    pub fn carried(name: &str, text: &str) -> AppResult<Self> {
        let bytes = STANDARD.decode(text).map_err(|_| broken())?;
        Ok(Self { name: name.to_owned(), bytes })
    }

    /// The file as a page carries it along; none if it is too large for that.
    pub fn carry(&self) -> Option<String> {
        (self.bytes.len() <= MOST_CARRIED).then(|| STANDARD.encode(&self.bytes))
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sheets in it.
    ///
    /// # Errors
    /// 413, or 422 saying why it cannot be read.
    pub async fn open(self) -> AppResult<Workbook> {
        let opened = web::block(move || files::open(&self.name, &self.bytes)).await.map_err(AppError::internal)?;
        Ok(opened?)
    }
}

impl FromRequest for FileForm {
    type Error = Infallible;
    type Future = LocalBoxFuture<'static, Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = Multipart::from_request(request, payload);
        Box::pin(async move {
            let mut sent = Self { fields: Fields::default(), file: Ok(None) };
            let read = match form.await {
                Ok(form) => sent.read(form).await,
                Err(_) => Err(broken()),
            };
            if let Err(error) = read {
                sent.file = Err(error);
            }
            Ok(sent)
        })
    }
}

fn broken() -> AppError {
    AppError::invalid("/file", rules::FILE_DAMAGED)
}

impl FileForm {
    async fn read(&mut self, mut form: Multipart) -> AppResult<()> {
        let (mut all, mut typed) = (0, 0);
        while let Some(field) = form.next().await {
            let mut field = field.map_err(|_| broken())?;
            let name = field.name().unwrap_or_default().to_owned();
            let file = (name == "file").then(|| field.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_owned());
            let mut bytes = Vec::new();
            let mut fits = true;
            while let Some(chunk) = field.next().await {
                let chunk = chunk.map_err(|_| broken())?;
                all += chunk.len();
                typed += if file.is_none() { chunk.len() } else { 0 };
                fits = fits && typed <= MOST_TYPED && bytes.len() + chunk.len() <= files::MOST_BYTES;
                if all > MOST_READ {
                    return Err(FileProblem::TooLarge.into());
                }
                if fits { bytes.extend_from_slice(&chunk) } else { bytes = Vec::new() }
            }
            match file {
                _ if !fits => self.file = Err(FileProblem::TooLarge.into()),
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) => self.file = Ok(Some(SentFile { name, bytes })),
                None => self.keep(name, bytes)?,
            }
        }
        Ok(())
    }

    /// Keeps a field, as [`Fields::read`] would.
    fn keep(&mut self, name: String, bytes: Vec<u8>) -> AppResult<()> {
        let unreadable = || AppError::bad_parameter("form", rules::FORMAT);
        let value = String::from_utf8(bytes).ok().filter(|value| !value.contains('\0')).ok_or_else(unreadable)?;
        if name != CSRF {
            self.fields.0.push((name, value));
        }
        Ok(())
    }
}

/// Reads what was sent to nobody and throws it away, as far as a file may reach: so the browser
/// comes to read why.
pub async fn discard(mut payload: Payload) {
    let mut all = 0;
    while let Some(Ok(chunk)) = payload.next().await {
        all += chunk.len();
        if all > files::MOST_BYTES + MOST_TYPED {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_carried_along_as_it_is() {
        let file = SentFile { name: "phụ lục.csv".into(), bytes: vec![0, 255, b'x'] };
        let carried = SentFile::carried(file.name(), &file.carry().unwrap()).unwrap();
        assert_eq!((carried.name, carried.bytes), (file.name, file.bytes));
        assert!(SentFile { name: String::new(), bytes: vec![0; MOST_CARRIED + 1] }.carry().is_none());
        assert!(SentFile::carried("x", "not base 64").is_err());
    }
}
