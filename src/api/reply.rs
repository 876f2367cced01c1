//! Answers: a status, perhaps an address and a tag, and a body that is written once.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETAG, LOCATION, VARY};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use crate::error::{AppError, AppResult};
use crate::files::written::Written;

/// An answer, ready to be sent or to be kept for a repeated request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Address of what was made.
    pub location: Option<String>,
    /// Tag of what is shown.
    pub etag: Option<String>,
    /// JSON; empty for 204 and 304.
    pub body: String,
    /// What is kept for a repeated request instead of the body, where that holds a secret.
    pub kept: Option<String>,
}

impl Reply {
    /// 200 with a view.
    ///
    /// # Errors
    /// `internal` when it cannot be written as JSON.
    pub fn ok(view: &impl Serialize) -> AppResult<Self> {
        let body = serde_json::to_string(view).map_err(AppError::internal)?;
        Ok(Self { status: 200, location: None, etag: None, body, kept: None })
    }

    /// 200 with JSON that was written before: its very bytes.
    pub fn of_json(body: String) -> Self {
        Self { status: 200, location: None, etag: None, body, kept: None }
    }

    /// 201 with a view and its address.
    ///
    /// # Errors
    /// As [`Reply::ok`].
    pub fn created(location: String, view: &impl Serialize) -> AppResult<Self> {
        Ok(Self { status: 201, location: Some(location), ..Self::ok(view)? })
    }

    /// 204: done, nothing to show.
    pub fn no_content() -> Self {
        Self { status: 204, location: None, etag: None, body: String::new(), kept: None }
    }

    /// 304: the caller has it already.
    pub fn not_modified(etag: String) -> Self {
        Self { status: 304, location: None, etag: Some(etag), body: String::new(), kept: None }
    }

    /// Shows this body to the caller, now and never again: what stood here is kept in its place.
    #[must_use]
    pub fn showing_once(self, body: String) -> Self {
        Self { kept: Some(self.body), body, ..self }
    }

    /// Adds a tag.
    #[must_use]
    pub fn with_etag(self, etag: String) -> Self {
        Self { etag: Some(etag), ..self }
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        response.insert_header((CACHE_CONTROL, "private, no-cache"));
        response.insert_header((VARY, "Authorization, Accept-Language"));
        if let Some(location) = self.location {
            response.insert_header((LOCATION, location));
        }
        if let Some(etag) = self.etag {
            response.insert_header((ETAG, etag));
        }
        if self.body.is_empty() { response.finish() } else { response.content_type("application/json").body(self.body) }
    }
}

/// A file to be kept.
#[derive(Debug)]
pub struct Download(pub Written);

impl Responder for Download {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Written { name, media_type, bytes } = self.0;
        let mut response = HttpResponse::Ok();
        response.insert_header((CACHE_CONTROL, "private, no-cache"));
        response.insert_header((VARY, "Authorization"));
        response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
        response.content_type(media_type).body(bytes)
    }
}
