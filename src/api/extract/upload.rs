//! A file that is sent: a part of a form, or the body itself; read up to its own limit.

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;

use super::header;
use crate::domain::imports::Workbook;
use crate::error::{AppError, AppResult, codes, rules};
use crate::files::{self, XLSX};

/// A file as it was sent.
#[derive(Debug)]
pub struct Upload {
    name: String,
    bytes: Vec<u8>,
}

impl Upload {
    /// The sheets in it.
    ///
    /// # Errors
    /// 413, or 422 saying why it cannot be read.
    pub async fn open(self) -> AppResult<Workbook> {
        let opened = web::block(move || files::open(&self.name, &self.bytes)).await.map_err(AppError::internal)?;
        Ok(opened?)
    }
}

impl FromRequest for Upload {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let content_type = header(request, "content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim().to_lowercase();
        let declared = header(request, "content-length").and_then(|length| length.parse::<usize>().ok());
        if declared.is_some_and(|length| length > files::MOST_BYTES + FORM_BYTES) {
            return Box::pin(async { Err(AppError::new(codes::FILE_TOO_LARGE)) });
        }
        match content_type.as_str() {
            "multipart/form-data" => {
                let form = Multipart::from_request(request, payload);
                Box::pin(async move { of_form(form.await.map_err(|_| broken())?).await })
            }
            "text/csv" | XLSX | "application/octet-stream" => of_body(payload.take()),
            _ => Box::pin(async { Err(AppError::new(codes::UNSUPPORTED_FILE_TYPE)) }),
        }
    }
}

/// What a form may have beside its file.
const FORM_BYTES: usize = 16 * 1024;

fn broken() -> AppError {
    AppError::invalid("/file", rules::FILE_DAMAGED)
}

async fn of_form(mut form: Multipart) -> AppResult<Upload> {
    let mut file = None;
    let mut beside = 0;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| broken())?;
        let is_file = field.name() == Some("file") && file.is_none();
        let name = field.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(|_| broken())?;
            beside += if is_file { 0 } else { chunk.len() };
            if beside > FORM_BYTES || bytes.len() + chunk.len() > files::MOST_BYTES {
                return Err(AppError::new(codes::FILE_TOO_LARGE));
            }
            bytes.extend(is_file.then_some(&chunk).into_iter().flatten());
        }
        if is_file {
            file = Some(Upload { name, bytes });
        }
    }
    file.ok_or_else(|| AppError::invalid("/file", rules::REQUIRED))
}

fn of_body(mut payload: Payload) -> LocalBoxFuture<'static, AppResult<Upload>> {
    Box::pin(async move {
        let mut bytes = Vec::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| broken())?;
            if bytes.len() + chunk.len() > files::MOST_BYTES {
                return Err(AppError::new(codes::FILE_TOO_LARGE));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Upload { name: String::new(), bytes })
    })
}
