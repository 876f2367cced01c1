//! Bodies: JSON in UTF-8, composed to NFC and trimmed before anything looks at it.

use std::marker::PhantomData;

use actix_web::dev::{Decompress, Payload};
use actix_web::error::PayloadError;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use validator::Validate;

use super::header;
use crate::domain::merge_patch::MergePatch;
use crate::domain::text;
use crate::error::{AppError, AppResult, body, codes};

/// A body that will be read as a `T`, once permission and state have been checked. It may hold a
/// secret, so it is never printed.
#[derive(Clone)]
pub struct Body<T> {
    json: Value,
    fingerprint: String,
    content: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + Validate> Body<T> {
    /// The content.
    ///
    /// # Errors
    /// 422 naming each field that breaks a rule.
    pub fn read(&self) -> AppResult<T> {
        let mut json = self.json.clone();
        compose(&mut json);
        content(&json)
    }

    /// The content, with one field read as it was sent, neither trimmed nor composed: a password.
    ///
    /// # Errors
    /// As [`Body::read`].
    pub fn read_keeping(&self, secret: &str) -> AppResult<T> {
        let mut json = self.json.clone();
        compose(&mut json);
        if let (Some(kept), Some(sent)) = (json.get_mut(secret), self.json.get(secret)) {
            kept.clone_from(sent);
        }
        content(&json)
    }

    /// Hash of the body as it was sent.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

impl<T: 'static> FromRequest for Body<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = json_of(request, payload);
        Box::pin(async move {
            let (json, fingerprint) = json.await?;
            Ok(Self { json, fingerprint, content: PhantomData })
        })
    }
}

/// A body of many things, which may be larger than others.
#[derive(Clone)]
pub struct LargeBody<T>(pub Body<T>);

/// Most bytes of a [`LargeBody`].
const LARGE: usize = 4 * 1024 * 1024;

impl<T: 'static> FromRequest for LargeBody<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(header(request, "content-type").unwrap_or_default());
        let mut chunks = Decompress::from_headers(payload.take(), request.headers());
        Box::pin(async move {
            require_json(is_json)?;
            let mut bytes = Vec::new();
            while let Some(chunk) = chunks.next().await {
                let chunk = chunk.map_err(|_| AppError::new(codes::MALFORMED_JSON))?;
                if bytes.len() + chunk.len() > LARGE {
                    return Err(AppError::new(codes::PAYLOAD_TOO_LARGE));
                }
                bytes.extend_from_slice(&chunk);
            }
            let (json, fingerprint) = parsed(&bytes)?;
            Ok(Self(Body { json, fingerprint, content: PhantomData }))
        })
    }
}

/// A body that holds a secret: read as it was sent, neither trimmed nor composed.
#[derive(Debug)]
pub struct SecretBody<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for SecretBody<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = json_of(request, payload);
        Box::pin(async move {
            let (json, _) = json.await?;
            content(&json).map(Self)
        })
    }
}

/// A JSON Merge Patch, checked against what it changes by the service.
#[derive(Debug, Clone)]
pub struct Patch(pub MergePatch);

impl FromRequest for Patch {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = json_of(request, payload);
        Box::pin(async move {
            let (mut json, _) = json.await?;
            compose(&mut json);
            Ok(Self(MergePatch(json)))
        })
    }
}

/// What a part of a body says, if it keeps every rule that its type declares.
///
/// # Errors
/// 422 naming each field that does not, from the part on.
pub fn content<T: DeserializeOwned + Validate>(json: &Value) -> AppResult<T> {
    let content = serde_path_to_error::deserialize(json).map_err(|e| body::unreadable(e.path(), e.inner()))?;
    body::validated(content)
}

/// The body as JSON, and the hash of its bytes.
fn json_of(request: &HttpRequest, payload: &mut Payload) -> LocalBoxFuture<'static, AppResult<(Value, String)>> {
    let is_json = is_json(header(request, "content-type").unwrap_or_default());
    let bytes = web::Bytes::from_request(request, payload);
    Box::pin(async move {
        require_json(is_json)?;
        let bytes = bytes.await.map_err(|error| match error.as_error::<PayloadError>() {
            Some(PayloadError::Overflow) => AppError::new(codes::PAYLOAD_TOO_LARGE),
            _ => AppError::new(codes::MALFORMED_JSON),
        })?;
        parsed(&bytes)
    })
}

fn require_json(is_json: bool) -> AppResult<()> {
    if is_json { Ok(()) } else { Err(AppError::new(codes::UNSUPPORTED_MEDIA_TYPE)) }
}

/// What the bytes say, and their hash.
fn parsed(bytes: &[u8]) -> AppResult<(Value, String)> {
    let json = serde_json::from_slice(bytes).ok().filter(|json| !holds_nul(json));
    Ok((json.ok_or_else(|| AppError::new(codes::MALFORMED_JSON))?, hex::encode(Sha256::digest(bytes))))
}

/// Whether a text holds U+0000, which PostgreSQL cannot keep and no paper ever means.
fn holds_nul(json: &Value) -> bool {
    match json {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.values().any(holds_nul),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.eq_ignore_ascii_case("application/merge-patch+json")
}

/// Composes every text to NFC and trims it; names of fields are ASCII.
fn compose(json: &mut Value) {
    match json {
        Value::String(text) => *text = text::nfc(text).trim().to_owned(),
        Value::Array(items) => items.iter_mut().for_each(compose),
        Value::Object(fields) => fields.values_mut().for_each(compose),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_are_composed_and_trimmed_wherever_they_stand() {
        let mut body = json!({"a": " Sở Y te\u{302}\u{301} ", "b": [{"c": "u\u{031b}\t"}], "n": 1});
        compose(&mut body);
        assert_eq!(body, json!({"a": "Sở Y tế", "b": [{"c": "ư"}], "n": 1}));
    }

    #[test]
    fn the_nul_character_is_found_wherever_it_stands() {
        assert!(holds_nul(&json!({"a": [{"b": "x\0"}]})) && !holds_nul(&json!({"a": ["\\u0000", 0, null]})));
    }

    #[test]
    fn only_json_is_json() {
        assert!(is_json("application/json; charset=utf-8") && is_json("application/merge-patch+json"));
        assert!(!is_json("") && !is_json("text/plain") && !is_json("application/x-www-form-urlencoded"));
    }
}
