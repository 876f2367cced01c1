//! Ids and references in addresses: what cannot be one is not found, before any query.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::domain::{Id, Reference};
use crate::error::{AppError, AppResult, codes};

/// The first part in braces of the address, as an id.
#[derive(Debug, Clone, Copy)]
pub struct PathId(pub Id);

impl FromRequest for PathId {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(first(request).and_then(|text| text.parse().map(Self).map_err(|_| AppError::new(codes::NOT_FOUND))))
    }
}

/// The first part in braces of the address, as an id or a code.
#[derive(Debug, Clone)]
pub struct PathRef(pub Reference);

impl FromRequest for PathRef {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(first(request).map(|text| Self(Reference::from(text.to_owned()))))
    }
}

/// The first two parts in braces of the address, as ids.
#[derive(Debug, Clone, Copy)]
pub struct PathIds(pub Id, pub Id);

impl FromRequest for PathIds {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut parts = request.match_info().iter().map(|(_, value)| value.parse().ok());
        let ids = parts.next().flatten().zip(parts.next().flatten());
        ready(ids.map(|(first, second)| Self(first, second)).ok_or_else(|| AppError::new(codes::NOT_FOUND)))
    }
}

fn first(request: &HttpRequest) -> AppResult<&str> {
    request.match_info().iter().next().map(|(_, value)| value).ok_or_else(|| AppError::new(codes::NOT_FOUND))
}
