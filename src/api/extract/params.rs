//! Query parameters: unknown ones are refused, repeated ones are lists.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::domain::text;
use crate::error::{AppError, AppResult, FieldError, codes, rules};

/// The query parameters of a request, as a `T`.
#[derive(Debug, Clone)]
pub struct Params<T>(pub T);

/// One struct of parameters, or several that are read from the same query.
pub trait ParamSet: Sized {
    /// Names of all parameters.
    fn names() -> Vec<String>;
    /// The parameters from a query that is known to hold no others.
    fn read(query: &str) -> AppResult<Self>;
}

impl<T: IntoParams + DeserializeOwned> ParamSet for T {
    fn names() -> Vec<String> {
        T::into_params(|| None).into_iter().map(|p| p.name).collect()
    }

    fn read(query: &str) -> AppResult<Self> {
        let deserializer = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(deserializer).map_err(|e| unreadable(&e.path().to_string(), &e.inner().to_string()))
    }
}

/// Two structs of parameters read from one query: what all dashboards take, and what this one does.
#[derive(Debug, Clone)]
pub struct Both<A, B>(pub A, pub B);

impl<A: ParamSet, B: ParamSet> Params<Both<A, B>> {
    /// Reads both.
    ///
    /// # Errors
    /// 400 naming the parameter.
    pub fn both(request: &HttpRequest) -> AppResult<Both<A, B>> {
        let query = text::nfc(request.query_string());
        let mut names = A::names();
        names.extend(B::names());
        refuse_unknown(&query, &names)?;
        Ok(Both(A::read(&query)?, B::read(&query)?))
    }
}

impl<T: ParamSet> FromRequest for Params<T> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = request.query_string();
        ready(refuse_unknown(query, &T::names()).and_then(|()| T::read(query)).map(Self))
    }
}

fn refuse_unknown(query: &str, names: &[String]) -> AppResult<()> {
    let sent: Vec<(String, String)> = serde_html_form::from_str(query).map_err(|_| AppError::new(codes::INVALID_PARAMETER))?;
    let unknown = sent.into_iter().map(|(name, _)| name).find(|name| !names.contains(name));
    match unknown {
        None => Ok(()),
        Some(name) => {
            let field = FieldError::new(name, rules::UNKNOWN_PARAMETER).with("known", names.join(", "));
            Err(AppError::new(codes::UNKNOWN_PARAMETER).with_field(field))
        }
    }
}

fn unreadable(name: &str, text: &str) -> AppError {
    let name = name.split(['[', '.']).next().unwrap_or_default();
    let known: Vec<&str> = text.split('`').skip(3).step_by(2).collect();
    let field = if text.starts_with("unknown variant") {
        FieldError::new(name, rules::UNKNOWN_VALUE).with("known", known.join(", "))
    } else {
        FieldError::new(name, rules::FORMAT)
    };
    AppError::new(codes::INVALID_PARAMETER).with_field(field)
}
