//! Ids and references in addresses: what cannot be one is not found, before any query.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::NaiveDate;

use validator::Validate;

use crate::api::problem::unmatched;
use crate::domain::calendar_days::DayReference;
use crate::domain::external_refs::ExternalRef;
use crate::domain::periods::Period;
use crate::domain::{Id, Reference};
use crate::error::{AppError, AppResult, FieldError, codes, rules};

/// The first part in braces of the address, as an id.
#[derive(Debug, Clone, Copy)]
pub struct PathId(pub Id);

impl FromRequest for PathId {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(first(request).and_then(|text| text.parse().map(Self).map_err(|_| unmatched(request))))
    }
}

/// The first part in braces of the address, as an id or a code.
#[derive(Debug, Clone)]
pub struct PathRef(pub Reference);

impl FromRequest for PathRef {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = first(request).and_then(|text| if text.contains('\0') { Err(AppError::new(codes::NOT_FOUND)) } else { Ok(text) });
        ready(text.map(|text| Self(Reference::from(text.to_owned()))))
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

/// The first two parts in braces of the address, as an id and as an id or a code.
#[derive(Debug, Clone)]
pub struct PathIdRef(pub Id, pub Reference);

impl FromRequest for PathIdRef {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut parts = request.match_info().iter().map(|(_, value)| value);
        let id = parts.next().and_then(|value| value.parse().ok());
        let reference = parts.next().filter(|value| !value.contains('\0')).map(|value| Reference::from(value.to_owned()));
        ready(id.zip(reference).map(|(id, reference)| Self(id, reference)).ok_or_else(|| AppError::new(codes::NOT_FOUND)))
    }
}

/// The first two parts in braces of the address, as an id and as a period (`2023`, `2021-2025`, `2023Q3`).
#[derive(Debug, Clone)]
pub struct PathIdPeriod(pub Id, pub String);

impl FromRequest for PathIdPeriod {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut parts = request.match_info().iter().map(|(_, value)| value);
        let id = parts.next().and_then(|value| value.parse().ok());
        let period = parts.next().filter(|value| Period::of_any(value).is_some()).map(ToOwned::to_owned);
        ready(id.zip(period).map(|(id, period)| Self(id, period)).ok_or_else(|| AppError::new(codes::NOT_FOUND)))
    }
}

/// The two parts in braces of the address, as the name of a thing in another system. A slash in an id
/// is written `%2F`.
#[derive(Debug, Clone)]
pub struct PathExternal(pub ExternalRef);

impl FromRequest for PathExternal {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = web::Path::<(String, String)>::from_request(request, payload).into_inner();
        let reference = parts.map(|parts| ExternalRef::new(&parts.0, &parts.1)).map_err(|_| AppError::new(codes::NOT_FOUND));
        ready(reference.and_then(named).map(Self))
    }
}

/// What cannot be a name is a wrong parameter, part by part.
fn named(reference: ExternalRef) -> AppResult<ExternalRef> {
    let Err(wrong) = reference.validate() else { return Ok(reference) };
    let rule = |part| if part == "system" { rules::SYSTEM_CODE } else { rules::EXTERNAL_ID };
    let fields = wrong.errors().keys().map(|part| FieldError::new(part.to_string(), rule(part.as_ref())));
    Err(AppError { fields: fields.collect(), ..AppError::new(codes::INVALID_PARAMETER) })
}

/// The first part in braces of the address, as a day or the id of an entry.
#[derive(Debug, Clone, Copy)]
pub struct PathDayRef(pub DayReference);

impl FromRequest for PathDayRef {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let reference = first(request).ok().and_then(|text| text.parse().ok());
        ready(reference.map(Self).ok_or_else(|| AppError::new(codes::NOT_FOUND)))
    }
}

/// The first part in braces of the address, as a day.
#[derive(Debug, Clone, Copy)]
pub struct PathDay(pub NaiveDate);

impl FromRequest for PathDay {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let day = match first(request).ok().and_then(|text| text.parse().ok()) {
            Some(DayReference::Day(day)) => Some(day),
            _ => None,
        };
        ready(day.map(Self).ok_or_else(|| AppError::new(codes::NOT_FOUND)))
    }
}

/// The first part in braces of the address, as a name of an enumeration.
#[derive(Debug, Clone, Copy)]
pub struct PathName<T>(pub T);

impl<T: FromStr> FromRequest for PathName<T> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(first(request).and_then(|text| text.parse().map(Self).map_err(|_| unmatched(request))))
    }
}

fn first(request: &HttpRequest) -> AppResult<&str> {
    request.match_info().iter().next().map(|(_, value)| value).ok_or_else(|| AppError::new(codes::NOT_FOUND))
}
