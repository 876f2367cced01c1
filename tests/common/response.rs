//! What comes back.

use actix_web::HttpResponse;
use actix_web::body::{MessageBody, to_bytes};
use actix_web::http::header::HeaderMap;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as JSON; `null` if it is none.
    pub json: Value,
    pub text: String,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Response {
    pub(super) async fn read<B: MessageBody>(response: HttpResponse<B>) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.unwrap_or_else(|_| panic!("the body broke off"));
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Self { status, headers, json: serde_json::from_str(&text).unwrap_or_default(), text, body: bytes.to_vec() }
    }

    /// Asserts the status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Asserts a refusal: a problem of this status and code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status, self.json["code"].as_str().unwrap_or_default()), (status, code), "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json["status"], status);
        assert!(self.json["title"].is_string() && self.json["type"].is_string(), "{}", self.text);
        self
    }

    /// Asserts a 422 that names this field and rule, and possibly others.
    #[track_caller]
    pub fn invalid(&self, pointer: &str, rule: &str) -> &Self {
        self.refused(422, "validation_failed").names(pointer, rule)
    }

    /// Asserts that the problem names this field or parameter, with this rule and a message.
    #[track_caller]
    pub fn names(&self, pointer: &str, rule: &str) -> &Self {
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        let found =
            errors.iter().any(|e| e["pointer"] == pointer && e["code"] == rule && e["message"].as_str().is_some_and(|m| m.len() > 3));
        assert!(found, "no {rule} at {pointer}: {}", self.text);
        self
    }

    /// A header; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The tag of what was shown.
    #[track_caller]
    pub fn etag(&self) -> &str {
        let etag = self.header("etag");
        assert!(etag.starts_with('"'), "no ETag: {self:?}");
        etag
    }

    /// The id of what was shown.
    #[track_caller]
    pub fn id(&self) -> &str {
        self.json["id"].as_str().unwrap_or_else(|| panic!("no id: {}", self.text))
    }

    /// One text of each item of a list: `texts("name")`.
    #[track_caller]
    pub fn texts(&self, key: &str) -> Vec<&str> {
        let items = self.json["items"].as_array().unwrap_or_else(|| panic!("no items: {}", self.text));
        items.iter().map(|item| item[key].as_str().unwrap_or_default()).collect()
    }
}
